from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import pytest

import exports
from conftest import export_at
from radiary.ingest import pipeline
from radiary.ingest.bench import Bench
from radiary.library.shelf import Library
from radiary.model.errors import (
    LibraryOffline,
    LibraryReadOnly,
    NotNow,
    PeopleDamaged,
    ShelfOffline,
    ShelfReadOnly,
    StateUnwritable,
    WorkersUnavailable,
)
from radiary.state.queue import Queue, folded
from radiary.workers.pool import Pool


def _no_worker() -> Executor:
    raise OSError(12, "Cannot allocate memory")


def test_a_place_where_all_is_well_can_be_worked_at_and_nothing_is_left_in_it(bench: Bench) -> None:
    bench.try_out(Queue())
    assert sorted(path.name for path in bench.library.root.rglob("*") if path.is_file()) == [".radiary"]
    for home in (bench.library, bench.shelf):
        assert list((home.root / ".tray").iterdir()) == []


def test_work_does_not_go_on_before_workers_start(bench: Bench) -> None:
    with pytest.raises(WorkersUnavailable):
        replace(bench, pool=Pool(_no_worker, 1)).try_out(Queue())


def _damage_people(_bench: Bench, folder: Path) -> None:
    (folder / "state/people").write_bytes(b"nonsense")


def _take_library_away(bench: Bench, folder: Path) -> None:
    bench.library.root.rename(folder / "away")


def _take_shelf_away(bench: Bench, folder: Path) -> None:
    bench.shelf.root.rename(folder / "away")


def _close(name: str) -> Callable[[Bench, Path], None]:
    """Nothing can be made where Radiary makes things, for root neither."""

    def close(_bench: Bench, folder: Path) -> None:
        tray = folder / name / ".tray"
        if tray.exists():
            tray.rmdir()
        tray.write_bytes(b"")

    return close


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        (_damage_people, PeopleDamaged),
        (_take_library_away, LibraryOffline),
        (_take_shelf_away, ShelfOffline),
        (_close("library"), NotNow),
        (_close("private"), NotNow),
    ],
)
def test_work_does_not_go_on_before_all_is_well_again(
    harm: Callable[[Bench, Path], None], kind: type[NotNow], bench: Bench, tmp_path: Path
) -> None:
    held = {"us": exports.written(exports.ultrasound(regions=False, study=2))}
    bench.open(Queue())
    (tmp_path / "state").mkdir()
    path = exports.zipped(tmp_path / "a.zip", {**exports.ct_files(1), **held})
    queue = folded([pipeline.ingest(export_at(path), bench, Queue())])
    bench.try_out(queue)
    harm(bench, tmp_path)
    with pytest.raises(kind):
        bench.try_out(queue)


def test_a_state_folder_that_cannot_be_written_to_is_asked_first(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "state/people.trial").mkdir(parents=True)
    with pytest.raises(StateUnwritable):
        bench.try_out(Queue())


@pytest.mark.parametrize(("is_held", "kind"), [(False, LibraryReadOnly), (True, ShelfReadOnly)])
def test_what_is_closed_is_called_by_its_name(
    is_held: bool, kind: type[NotNow], bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object) -> Path:
        raise LibraryReadOnly

    monkeypatch.setattr(Library, "tray", closed)
    with pytest.raises(kind):
        bench.tray("1", is_held=is_held)
