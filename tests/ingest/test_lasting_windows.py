"""Windows of a series are those of all its pictures, whenever and from wherever they come."""

from dataclasses import replace
from pathlib import Path

import pytest

import exports
from conftest import export_at
from radiary.ingest import decisions, lasting_windows, pipeline, release, window_pictures
from radiary.ingest.bench import Bench
from radiary.ingest.decisions import Decision
from radiary.model.nouns import Wanted
from radiary.state.queue import Queue


def lungs(bench: Bench) -> int:
    return len(list(bench.library.root.rglob("*-lung.png")))


def filed(bench: Bench, queue: Queue, place: Path, files: dict[str, bytes]) -> None:
    queue.fold(pipeline.ingest(export_at(exports.zipped(place, files)), bench, queue))


def test_a_slice_that_is_released_from_the_shelf_stands_in_the_windows_of_its_series(bench: Bench, tmp_path: Path) -> None:
    queue, bench = Queue(), replace(bench, searches_text=False, wanted=Wanted(windows=("lung",)))
    stamped = exports.written(exports.slice_of_ct(3, BurnedInAnnotation="YES"))
    filed(bench, queue, tmp_path / "a.zip", {**exports.ct_files(2), "stamped": stamped})
    assert lungs(bench) == 2
    ((study, record),) = decisions.held(bench.shelf, queue)
    assert record
    (instance,) = release.reviewable(record)
    bench = replace(bench, wanted=Wanted())
    for is_confirmed in (False, True):
        decision = Decision(study=study.uid, instance=instance.uid, decision="released", is_confirmed=is_confirmed)
        queue.fold(decisions.carried_out(decision, bench, queue))
    assert lungs(bench) == 3


def test_an_error_of_ours_keeps_no_export_waiting(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queue = Queue()
    filed(replace(bench, wanted=Wanted(windows=("lung",))), queue, tmp_path / "a.zip", exports.ct_files(2))

    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(window_pictures, "grown", fails)
    filed(bench, queue, tmp_path / "b.zip", exports.ct_files(2, first=3))
    (study,) = queue.studies.values()
    assert (sum(one.pictures for one in study.series), lungs(bench)) == (4, 2)
    monkeypatch.undo()
    assert lasting_windows.kept(study, bench) == study
    assert lungs(bench) == 4
