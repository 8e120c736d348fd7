"""A missing or broken reader of text is said as that, whatever is wrong with it, and believed once it works."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lettering import stamped
from outcomes import ingested
from radiary.dicom.render import encode
from radiary.ingest import reading_pictures, text_engine
from radiary.ingest.bench import Bench
from radiary.ingest.text_engine import TextEngine
from radiary.model.errors import Reason
from radiary.model.nouns import Treatment
from radiary.workers.pool import Pool
from radiary.workers.process import process


@pytest.fixture
def processes() -> Iterator[Pool]:
    made = Pool(process, 1)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("raise ImportError('libonnxruntime.so.1: cannot open shared object file')", Reason.TEXT_READER_UNLOADABLE),
        ("import os; os.abort()", Reason.TEXT_READER_CRASHED),
        ("class SessionOptions: pass", Reason.TEXT_READER_INCOMPLETE),
    ],
)
def test_each_trouble_is_told_from_a_process_of_its_own(
    processes: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, reason: str
) -> None:
    (tmp_path / "onnxruntime.py").write_text(content)
    monkeypatch.syspath_prepend(tmp_path)  # processes are given this path
    assert TextEngine(processes).trouble() == reason


HANGS = """
import time
import numpy
from unittest.mock import MagicMock
from radiary.dicom.text import inference
inference._SECONDS = 0.5
class InferenceSession:
    def __init__(self, *_, **__): pass
    def get_inputs(self): return [MagicMock()]
    def run(self, *_):
        time.sleep(15)
        return [numpy.zeros((1, 1, 8, 8), "f4")]
def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return MagicMock()
"""


def test_a_reader_that_hangs_is_ended_and_leaves_a_doubt(
    processes: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "onnxruntime.py").write_text(HANGS)
    (tmp_path / "picture.png").write_bytes(encode.png(np.full((32, 32), 90, "u1")))
    monkeypatch.syspath_prepend(tmp_path)
    looks = [(((tmp_path / "picture.png",),), None, True)]
    assert processes.each(reading_pictures.may_show_text, looks) == [None]


def test_a_library_that_is_missing_is_told_by_its_name(processes: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    why = "libgomp.so.1: cannot open shared object file: No such file or directory"
    (tmp_path / "onnxruntime.py").write_text(f"raise ImportError({why!r})")
    monkeypatch.syspath_prepend(tmp_path)
    assert text_engine.missing_library(processes) == "libgomp.so.1"


def test_one_that_works_is_asked_once_and_one_in_trouble_each_time(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Any] = [Reason.TEXT_READER_CRASHED, None, Reason.TEXT_READER_CRASHED]
    monkeypatch.setattr(text_engine, "_tried", lambda _reader: answers.pop(0))
    engine = TextEngine(bench.reader)
    assert [engine.trouble() for _ in range(4)] == [Reason.TEXT_READER_CRASHED, None, None, None]
    engine.forget()
    assert engine.trouble() == Reason.TEXT_READER_CRASHED


def test_what_is_held_for_want_of_a_reader_says_so_in_fact_and_record(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_engine, "_tried", lambda _reader: Reason.TEXT_READER_UNLOADABLE)
    filed = ingested(replace(bench, engine=TextEngine(bench.reader)), tmp_path, stamped("SYNTHETICA"))
    assert dict(filed.held) == {Reason.TEXT_READER_UNLOADABLE: 1}
    (study,) = filed.studies
    ((instance,),) = [one.instances for one in bench.shelf.study(study.folder).series]
    assert instance.hold == Reason.TEXT_READER_UNLOADABLE


def test_a_reader_that_breaks_meanwhile_leaves_no_doubt_of_the_picture(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Any] = [None, Reason.TEXT_READER_INCOMPLETE]
    monkeypatch.setattr(text_engine, "_tried", lambda _reader: answers.pop(0))
    monkeypatch.setattr(reading_pictures, "read", lambda *_: None)
    filed = ingested(replace(bench, engine=TextEngine(bench.reader)), tmp_path, stamped("SYNTHETICA"))
    assert dict(filed.held) == {Reason.TEXT_READER_INCOMPLETE: 1}


def test_a_doubt_of_a_reader_that_works_stays_one(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_pictures, "read", lambda *_: Treatment(hold=Reason.TEXT_UNCERTAIN))
    filed = ingested(replace(bench, engine=TextEngine(bench.reader)), tmp_path, stamped("SYNTHETICA"))
    assert dict(filed.held) == {Reason.TEXT_UNCERTAIN: 1}
