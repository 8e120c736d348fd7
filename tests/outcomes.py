"""What becomes of one file that is dropped, through the whole ingest, in a word."""

from pathlib import Path
from typing import Any

import exports
from conftest import export_at
from radiary.archives import source
from radiary.ingest import admission, pipeline
from radiary.ingest.bench import Bench
from radiary.model.errors import NoDicom, RadiaryError
from radiary.model.events import Filed, Queued
from radiary.state.queue import Queue


def outcome(bench: Bench, path: Path) -> str:
    if not source.sighted(path, source.fingerprint(path)).is_candidate:
        return "not ours"
    export = export_at(path)
    try:
        fact = admission.fact(export, admission.refusal(export, bench.scouts[0], bench))
    except NoDicom as error:
        return error.reason()
    if not isinstance(fact, Queued):
        return str(fact.reason)  # type: ignore[union-attr]
    try:
        filed = pipeline.ingest(export, bench, Queue())
    except RadiaryError as error:
        return error.reason()
    return f"filed {filed.pictures}" + (", a codec crashed" if "codec-crashed" in filed.skipped else "")


def ingested(bench: Bench, folder: Path, *made: Any) -> Filed:
    files = {f"f{number}": exports.written(one) for number, one in enumerate(made)}
    return pipeline.ingest(export_at(exports.zipped(folder / "a.zip", files)), bench, Queue())
