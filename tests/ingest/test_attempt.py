import contextlib
import shutil
from pathlib import Path

import pytest

import disks
import exports
from conftest import export_at
from radiary.ingest import pipeline
from radiary.ingest.attempt import Attempts
from radiary.ingest.error_facts import place_in_code
from radiary.model.errors import LibraryFull, Stopping
from radiary.model.events import Deferred, Event, Failed, Filed, Queued, Rejected
from radiary.model.nouns import Export
from radiary.state import ledger


@pytest.fixture
def export(attempts: Attempts, tmp_path: Path) -> Export:
    found = export_at(exports.zipped(tmp_path / "a.zip", exports.ct_files(2)))
    attempts.queue.fold(attempts.ledger.append(Queued(export=found.digest, kind="zip", size=1))[0])
    return found


def types(tmp_path: Path) -> list[str]:
    return [event.type for event in ledger.read(tmp_path / "state" / "ledger.jsonl")]


def ingest(attempts: Attempts, export: Export) -> Event:
    return attempts.ingest(export, lambda _done, _total: None)


def test_an_attempt_is_written_before_the_work_and_its_end_after(attempts: Attempts, export: Export, tmp_path: Path) -> None:
    assert isinstance(ingest(attempts, export), Filed)
    assert types(tmp_path) == ["queued", "started", "filed"]


def test_an_internal_error_is_a_fact_without_its_message_and_is_given_up_in_the_end(
    attempts: Attempts, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> Filed:
        raise ZeroDivisionError("Petronella Synthetica")

    monkeypatch.setattr(pipeline, "ingest", broken)
    ends = [ingest(attempts, export) for _ in range(4)]
    assert [type(end) for end in ends] == [Failed, Failed, Failed, Rejected]
    assert ends[3].reason == "gave-up"  # type: ignore[union-attr]
    assert "Petronella" not in caplog.text + (tmp_path / "state" / "ledger.jsonl").read_text()
    assert "ZeroDivisionError" in caplog.text


def test_a_full_disk_costs_no_attempt(attempts: Attempts, export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Filed:
        raise LibraryFull

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "ingest", full)
        for _ in range(10):
            assert isinstance(ingest(attempts, export), Deferred)
    assert isinstance(ingest(attempts, export), Filed)


def test_a_library_that_went_away_defers_and_nothing_is_made_in_its_place(
    attempts: Attempts, export: Export, tmp_path: Path
) -> None:
    ingest(attempts, export)
    (tmp_path / "library").rename(tmp_path / "unmounted")
    end = ingest(attempts, export)
    assert isinstance(end, Deferred)
    assert end.reason == "library-offline"
    assert not (tmp_path / "library").exists()


def test_a_source_that_went_away_defers(attempts: Attempts, export: Export) -> None:
    export.path.unlink()
    end = ingest(attempts, export)
    assert isinstance(end, Deferred)
    assert end.reason == "source-gone"


def test_stopping_leaves_it_pending(attempts: Attempts, export: Export) -> None:
    attempts.bench.pool.stop()
    with pytest.raises(Stopping):
        ingest(attempts, export)
    assert attempts.queue.pending() == [export.digest]
    assert attempts.queue.exports[export.digest].attempts == 0, "a stop that was asked for costs no attempt"


def test_what_is_given_up_at_the_end_costs_no_attempt(
    attempts: Attempts, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts.give_back()

    def stopped(*_: object, **__: object) -> Filed:
        attempts.give_back()
        attempts.give_back()
        raise SystemExit

    monkeypatch.setattr(pipeline, "ingest", stopped)
    with pytest.raises(SystemExit):
        ingest(attempts, export)
    assert types(tmp_path) == ["queued", "started", "deferred"]
    assert attempts.queue.exports[export.digest].attempts == 0


def test_an_error_is_shown_by_kind_and_place_only() -> None:
    with pytest.raises(AttributeError) as error:
        pipeline.ingest(None, None, None)  # type: ignore[arg-type]
    assert place_in_code(error.value).startswith("AttributeError in ingest:")
    assert place_in_code(ValueError("Petronella")) == "ValueError in a worker process"


def test_a_damaged_study_record_is_refused_with_what_to_do(attempts: Attempts, export: Export) -> None:
    filed = ingest(attempts, export)
    assert isinstance(filed, Filed)
    record = attempts.bench.library.root / filed.studies[0].folder / "study.json"
    for damage in (b"{", None):
        record.unlink()
        if damage is not None:
            record.write_bytes(damage)
        end = ingest(attempts, export)
        assert isinstance(end, Rejected)
        assert end.reason == "study-damaged"
        record.touch()


def test_a_missing_private_shelf_matters_only_when_something_is_held(attempts: Attempts, export: Export) -> None:
    assert isinstance(ingest(attempts, export), Filed)
    shutil.rmtree(attempts.bench.shelf.root)
    assert isinstance(ingest(attempts, export), Filed)


def test_an_attempt_whose_end_did_not_fit_on_the_ledgers_disk_is_given_back(
    attempts: Attempts, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full from the moment on when the attempt is written down."""
    path = tmp_path / "state/ledger.jsonl"
    with contextlib.ExitStack() as until_there_is_room, monkeypatch.context() as patch:

        def fills_the_disk(*_: object, **__: object) -> Filed:
            until_there_is_room.enter_context(disks.room_for(path.stat().st_size))
            return Filed(export=export.digest, studies=(), pictures=0, held={}, skipped={}, left=0)

        patch.setattr(pipeline, "ingest", fills_the_disk)
        with pytest.raises(OSError, match=r"large|space"):
            ingest(attempts, export)
    assert types(tmp_path) == ["queued", "started"]
    assert attempts.queue.exports[export.digest].attempts == 0
    assert isinstance(ingest(attempts, export), Filed)


def test_an_attempt_is_counted_before_the_work_begins(
    attempts: Attempts, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []

    def dies(*_: object, **__: object) -> Filed:
        seen.append((types(tmp_path), attempts.queue.exports[export.digest].attempts))
        raise SystemExit

    monkeypatch.setattr(pipeline, "ingest", dies)
    for _ in range(3):
        with pytest.raises(SystemExit):
            ingest(attempts, export)
    assert seen == [(["queued", *["started"] * times], times) for times in (1, 2, 3)]
    assert isinstance(ingest(attempts, export), Rejected)
    assert len(seen) == 3
    assert types(tmp_path)[-1] == "rejected"


def test_a_download_that_changes_while_it_is_read_is_not_filed(
    attempts: Attempts, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changes(done: int, total: int) -> None:
        if done == total:
            export.path.touch()

    end = attempts.ingest(export, changes)
    assert isinstance(end, Deferred)
    assert end.reason == "source-changed"
    assert list((tmp_path / "library").rglob("*.png")) == []
    assert list((tmp_path / "library/.tray").iterdir()) == []
    assert attempts.queue.exports[export.digest].attempts == 0


@pytest.mark.parametrize(
    ("error", "reason"),
    [(ModuleNotFoundError, "workers-unavailable"), (ImportError, "workers-unavailable"), (MemoryError, "out-of-memory")],
)
def test_what_the_computer_lacks_just_now_costs_no_attempt(
    error: type[Exception], reason: str, attempts: Attempts, export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(*_: object, **__: object) -> Filed:
        raise error("Petronella Synthetica")

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "ingest", lacking)
        for _ in range(10):
            end = ingest(attempts, export)
            assert isinstance(end, Deferred)
            assert end.reason == reason
    assert isinstance(ingest(attempts, export), Filed)
