"""What becomes of one file that is dropped, through the whole ingest, in a word."""

from pathlib import Path

from conftest import export_at
from radiary import pipeline
from radiary.disk import source
from radiary.errors import RadiaryError
from radiary.events import Queued
from radiary.intake import judged
from radiary.pipeline import Bench
from radiary.queue import Queue


def outcome(bench: Bench, path: Path) -> str:
    if not source.look(path, source.fingerprint(path)).is_candidate:
        return "not ours"
    export = export_at(path)
    fact = judged(export, bench)
    if not isinstance(fact, Queued):
        return str(fact.reason)  # type: ignore[union-attr]
    try:
        filed = pipeline.ingest(export, bench, Queue())
    except RadiaryError as error:
        return error.reason()
    return f"filed {filed.pictures}" + (", a codec crashed" if "codec-crashed" in filed.skipped else "")
