"""The service's second thread with everything real but the battery."""

import contextlib
import errno
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import exports
from conftest import export_at
from radiary.ingest import pipeline
from radiary.ingest.attempt import Attempts
from radiary.ingest.bench import Bench
from radiary.ingest.decisions import Decision
from radiary.ingest.intake import Intake
from radiary.library.shelf import Library
from radiary.model.errors import (
    LibraryFull,
    LibraryOffline,
    LibraryReadOnly,
    Mistaken,
    OnBattery,
    ShelfOffline,
    SourceChanged,
    SourceGone,
    SourceUnreadable,
    StateFull,
)
from radiary.model.events import Deferred, Filed, Forgotten, Restored
from radiary.model.nouns import Export
from radiary.service import backoff
from radiary.service.heartbeat import Heartbeat
from radiary.service.work_loop import WorkLoop
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.queue import Queue
from radiary.watch.inbox import Inbox
from radiary.watch.put_away import PutAway
from signs import until


@contextlib.contextmanager
def at_work(
    attempts: Attempts, state: State, is_on_battery: Callable[[], bool]
) -> Iterator[tuple[Callable[[], object], threading.Event]]:
    """A scan of the downloads folder, and what wakes the work loop that goes on meanwhile."""
    downloads = state.folder.parent / "downloads"
    wake, stop = threading.Event(), threading.Event()
    options = {"ignore": (), "own": (), "polling": False, "wake": threading.Event(), "clock": time.monotonic}
    inbox = Inbox([downloads], quiet=0.0, **options)
    intake = Intake(
        inbox,
        attempts.ledger,
        attempts.queue,
        bench=attempts.bench,
        digests={},
        putting_away=PutAway("keep", lambda is_held: attempts.bench.home(is_held=is_held)),
        arrived=wake.set,
        clock=time.monotonic,
    )
    loop = WorkLoop(
        attempts=attempts,
        intake=intake,
        heartbeat=Heartbeat(state, intake, 60),
        decisions=state.decisions,
        chronicle=lambda: None,
        prepare_workers=lambda: None,
        end_workers=lambda: None,
        is_on_battery=is_on_battery,
        wake=wake,
        stop=stop,
    )
    thread = threading.Thread(target=loop.run, daemon=True)
    inbox.start()
    thread.start()
    try:
        yield intake.scan, wake
        assert thread.is_alive()
    finally:
        stop.set()
        wake.set()
        thread.join(10)
        inbox.stop()


@pytest.mark.parametrize(
    ("raised", "is_dropped"), [(None, True), (ZeroDivisionError, True), (LibraryOffline, False), (PermissionError, False)]
)
def test_a_decision_that_cannot_be_carried_out_keeps_no_export_waiting(
    raised: type[Exception] | None, is_dropped: bool, attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_decision: object) -> None:
        assert raised is not None
        raise raised

    (tmp_path / "downloads").mkdir()
    path = exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(1))
    state = State(tmp_path / "state")
    if raised is not None:
        monkeypatch.setattr(attempts, "decide", refused)
    decision = Decision(study="s", instance="i", decision="released")
    state.ask("review", "1", b"{" if raised is None else decision.model_dump_json().encode())
    with at_work(attempts, state, lambda: False) as (scan, _wake):
        digest = export_at(path).digest
        until(lambda: scan() and digest in attempts.queue.exports)
        until(lambda: isinstance(attempts.queue.exports[digest].last, Filed))
        until(lambda: len(list((tmp_path / "state/wishes").glob("review-*"))) == (not is_dropped))


@pytest.mark.parametrize("trouble", [OSError(errno.ENOTEMPTY, "x"), ShelfOffline()])
def test_a_decision_that_fails_on_its_own_disk_keeps_no_later_one_waiting_and_is_told_once(
    trouble: Exception, attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    decided: list[str] = []
    is_odd = [True]

    def decide(decision: Decision) -> None:
        decided.append(decision.study)
        if decision.study == "odd" and is_odd[0]:
            raise trouble

    (tmp_path / "downloads").mkdir()
    state = State(tmp_path / "state")
    monkeypatch.setattr(attempts, "decide", decide)
    monkeypatch.setattr(backoff, "_FIRST", 0.05)
    for number, study in enumerate(("odd", "later")):
        state.ask("review", str(number), Decision(study=study, instance="i", decision="released").model_dump_json().encode())
    with at_work(attempts, state, lambda: False) as (_scan, _wake):
        until(lambda: decided.count("odd") > 2)
        assert decided.count("later") == 1
        until(lambda: "tried again" in str(state.pulse().get("stuck")))
        is_odd[0] = False
        until(lambda: not list((tmp_path / "state/wishes").glob("review-*")))
        until(lambda: state.pulse().get("stuck") is None)
    assert caplog.text.count("has to wait") == 1


@pytest.mark.parametrize(
    ("raised", "why"), [(Mistaken("Not there."), "Not there."), (ZeroDivisionError("Petronella"), "An internal error")]
)
def test_a_decision_that_is_refused_is_said_though_a_later_one_is_carried_out(
    raised: Exception, why: str, attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decide(decision: Decision) -> None:
        if decision.study == "odd":
            raise raised

    (tmp_path / "downloads").mkdir()
    state = State(tmp_path / "state")
    monkeypatch.setattr(attempts, "decide", decide)
    for number, study in enumerate(("odd", "later")):
        state.ask("review", str(number), Decision(study=study, instance="i", decision="released").model_dump_json().encode())
    with at_work(attempts, state, lambda: False):
        until(lambda: not list((tmp_path / "state/wishes").glob("review-*")))
    assert str(state.pulse().get("refused")).startswith(why)
    assert "Petronella" not in state.pulse()["refused"]


def test_a_decision_of_another_version_is_said_to_be_one(attempts: Attempts, tmp_path: Path) -> None:
    (tmp_path / "downloads").mkdir()
    state = State(tmp_path / "state")
    state.ask("review", "1", b'{"does": "something new", "study": "1.2.3"}')
    with at_work(attempts, state, lambda: False):
        until(lambda: not list((tmp_path / "state/wishes").glob("review-*")))
    assert "another version" in str(state.pulse().get("refused"))


def test_once_an_exam_is_back_downloads_are_looked_into_once_more(
    attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "downloads").mkdir()
    state, looked = State(tmp_path / "state"), list[str]()
    back = Restored(study="s", held=False, trash="t", studies=())
    monkeypatch.setattr(attempts, "decide", lambda _decision: back)
    monkeypatch.setattr(Intake, "scan_soon", lambda _intake: looked.append("soon"))
    state.ask("review", "1", Decision(study="s", instance="i", decision="released").model_dump_json().encode())
    with at_work(attempts, state, lambda: False):
        until(lambda: not list((tmp_path / "state/wishes").glob("review-*")))
        until(lambda: looked == ["soon"])


def test_a_letter_that_cannot_be_read_keeps_nothing_waiting(attempts: Attempts, tmp_path: Path) -> None:
    (tmp_path / "downloads").mkdir()
    (tmp_path / "state/wishes/review-odd").mkdir(parents=True)
    path = exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(1))
    with at_work(attempts, State(tmp_path / "state"), lambda: False) as (scan, _wake):
        digest = export_at(path).digest
        until(lambda: scan() and digest in attempts.queue.exports)
        until(lambda: isinstance(attempts.queue.exports[digest].last, Filed))


def test_no_export_is_begun_on_battery_and_it_goes_on_when_power_is_back(attempts: Attempts, tmp_path: Path) -> None:
    (tmp_path / "downloads").mkdir()
    path = exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(2))
    state, battery = State(tmp_path / "state"), [True]
    with at_work(attempts, state, lambda: battery[0]) as (scan, wake):
        digest = export_at(path).digest
        until(lambda: scan() and digest in attempts.queue.exports)
        until(lambda: state.pulse().get("paused") == OnBattery.reason())
        time.sleep(0.3)
        assert attempts.queue.exports[digest].attempts == 0
        battery[0] = False
        wake.set()
        seen = list[object]()
        until(lambda: seen.append(state.pulse()) or isinstance(attempts.queue.exports[digest].last, Filed))
        assert not [pulse for pulse in seen if isinstance(pulse, dict) and pulse["working"] and pulse["paused"]]
        until(lambda: state.pulse().get("paused") is None)


def _two_attempts(attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> float:
    """Seconds between two attempts at an export that ends in the same error each time, while it is found again and again."""
    begun: list[float] = []

    def fails(*_: object, **__: object) -> Filed:
        begun.append(time.monotonic())
        raise error

    (tmp_path / "downloads").mkdir()
    exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(1))
    monkeypatch.setattr(pipeline, "ingest", fails)
    monkeypatch.setattr(backoff, "_FIRST", 1.5)
    with at_work(attempts, State(tmp_path / "state"), lambda: False) as (scan, _wake):
        until(lambda: scan() and len(begun) > 1)
    return begun[1] - begun[0]


@pytest.mark.parametrize("error", [SourceGone, SourceChanged, SourceUnreadable, ZeroDivisionError])
def test_what_ended_in_an_error_is_not_tried_again_at_once(
    error: type[Exception], attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _two_attempts(attempts, tmp_path, monkeypatch, error) >= 1.5


@pytest.mark.parametrize("error", [SourceGone, SourceChanged, SourceUnreadable, ZeroDivisionError])
def test_an_export_that_cannot_be_worked_at_keeps_no_other_one_waiting(
    error: type[Exception], attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(export: Export, *rest: object, real: Callable[..., Filed] = pipeline.ingest, **named: object) -> Filed:
        if export.digest == bad:
            raise error
        return real(export, *rest, **named)

    (tmp_path / "downloads").mkdir()
    bad = export_at(exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(1))).digest
    good = export_at(exports.zipped(tmp_path / "downloads/b.zip", exports.ct_files(1, study=2))).digest
    monkeypatch.setattr(pipeline, "ingest", fails)
    monkeypatch.setattr(backoff, "_FIRST", 1000.0)
    with at_work(attempts, State(tmp_path / "state"), lambda: False) as (scan, _wake):
        until(lambda: scan() and good in attempts.queue.exports and isinstance(attempts.queue.exports[good].last, Filed))


def test_a_library_that_is_not_ready_is_asked_now_and_then_and_costs_one_fact(
    attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two exports wait; the library comes back by itself after it was asked for the third time."""
    asked: list[float] = []

    def away(library: Library, *, is_new: bool) -> None:
        asked.append(time.monotonic())
        if len(asked) < 4:
            raise LibraryOffline
        real(library, is_new=is_new)

    (tmp_path / "downloads").mkdir()
    for number in (1, 2):
        exports.zipped(tmp_path / f"downloads/{number}.zip", exports.ct_files(1, study=number))
    real = Library.open
    monkeypatch.setattr(Library, "open", away)
    monkeypatch.setattr(backoff, "_FIRST", 0.5)
    state = State(tmp_path / "state")
    with at_work(attempts, state, lambda: False) as (scan, wake):
        until(lambda: scan() and len(attempts.queue.exports) == 2 and state.pulse().get("paused") == "library-offline")
        until(lambda: wake.set() or len(asked) > 3)
        until(lambda: len(attempts.queue.studies) == 2)
        assert state.pulse().get("paused") is None
    kinds = [event.type for event in ledger.read(tmp_path / "state/ledger.jsonl")]
    assert (kinds.count("deferred"), kinds.count("started"), kinds.count("filed")) == (1, 3, 2)
    assert min(later - earlier for earlier, later in pairwise(asked[1:4])) >= 0.5


def test_what_does_not_fit_keeps_no_smaller_one_waiting_and_goes_on_when_there_is_room(
    attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = [1 << 20]
    real, begun = pipeline.ingest, []

    def full(export: Export, *rest: Any, **named: Any) -> Filed:
        begun.append(export.path.name)
        if export.path.name == "1.zip" and free[0] < 1 << 30:
            raise LibraryFull
        return real(export, *rest, **named)

    (tmp_path / "downloads").mkdir()
    for number in (1, 2):
        exports.zipped(tmp_path / f"downloads/{number}.zip", exports.ct_files(1, study=number))
    monkeypatch.setattr(pipeline, "ingest", full)
    monkeypatch.setattr(type(attempts.bench), "free", lambda _: (free[0],) * 3)
    state = State(tmp_path / "state")
    with at_work(attempts, state, lambda: False) as (scan, wake):
        until(lambda: scan() and len(attempts.queue.studies) == 1)
        until(lambda: state.pulse().get("paused") == "library-full")
        assert begun == ["1.zip", "2.zip"]
        free[0] = 2 << 30
        until(lambda: wake.set() or len(attempts.queue.studies) == 2)
    assert begun == ["1.zip", "2.zip", "1.zip"]


def test_an_export_that_changes_while_it_is_read_is_taken_again_as_it_is_then(attempts: Attempts, tmp_path: Path) -> None:
    (tmp_path / "downloads").mkdir()
    path = exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(1))

    def changes_meanwhile() -> bool:
        path.touch()
        return False

    with at_work(attempts, State(tmp_path / "state"), changes_meanwhile) as (scan, _wake):
        first = export_at(path).digest
        until(lambda: scan() and first in attempts.queue.exports and isinstance(attempts.queue.exports[first].last, Deferred))
    assert attempts.queue.exports[first].last.reason == "source-changed"  # type: ignore[union-attr]
    assert attempts.queue.exports[first].attempts == 0


@pytest.mark.parametrize(
    ("number", "reason"),
    [(28, "state-full"), (122, "state-full"), (30, "state-unwritable"), (5, "state-unwritable"), (116, "ledger-taken-away")],
)
def test_a_ledger_that_cannot_be_written_pauses_all_work_and_costs_no_attempt(
    number: int, reason: str, attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "no")

    (tmp_path / "downloads").mkdir()
    path = exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(1))
    battery = [True]
    monkeypatch.setattr(backoff, "_FIRST", 0.2)
    state = State(tmp_path / "state")
    with at_work(attempts, state, lambda: battery[0]) as (scan, wake):
        digest = export_at(path).digest
        until(lambda: scan() and digest in attempts.queue.exports)
        with monkeypatch.context() as patched:
            patched.setattr(attempts.ledger, "append", refuse)
            battery[0] = False
            wake.set()
            until(lambda: state.pulse().get("paused") == reason)
        until(lambda: isinstance(attempts.queue.exports[digest].last, Filed))
        until(lambda: state.pulse().get("paused") is None)
    assert [event.type for event in ledger.read(tmp_path / "state/ledger.jsonl")] == ["queued", "started", "filed"]


def test_a_ledger_that_stays_closed_is_told_once(
    attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[None] = []
    real = Bench.try_out

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def counted(bench: Bench, queue: Queue) -> None:
        asked.append(None)
        real(bench, queue)

    (tmp_path / "downloads").mkdir()
    path = exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(1))
    battery = [True]
    monkeypatch.setattr(backoff, "_FIRST", 0.2)
    monkeypatch.setattr(Bench, "try_out", counted)
    with at_work(attempts, State(tmp_path / "state"), lambda: battery[0]) as (scan, wake):
        digest = export_at(path).digest
        until(lambda: scan() and digest in attempts.queue.exports)
        monkeypatch.setattr(attempts.ledger, "append", refuse)
        battery[0] = False
        wake.set()
        until(lambda: len(asked) > 3)
    assert [record.getMessage() for record in caplog.records].count(StateFull.sentence()) == 1


def test_an_export_that_cannot_be_filed_keeps_no_other_one_waiting(
    attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One odd folder in a library that can be written to otherwise."""
    real, begun = pipeline.ingest, list[str]()

    def refused(export: Export, *rest: Any, **named: Any) -> Filed:
        begun.append(export.path.name)
        if export.path.name == "1.zip":
            raise LibraryReadOnly
        return real(export, *rest, **named)

    (tmp_path / "downloads").mkdir()
    for number in (1, 2):
        exports.zipped(tmp_path / f"downloads/{number}.zip", exports.ct_files(1, study=number))
    monkeypatch.setattr(pipeline, "ingest", refused)
    state = State(tmp_path / "state")
    with at_work(attempts, state, lambda: False) as (scan, _wake):
        until(lambda: scan() and len(attempts.queue.studies) == 1)
    assert begun == ["1.zip", "2.zip"]


def test_what_was_forgotten_waits_for_no_room(attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Filed:
        raise LibraryFull

    (tmp_path / "downloads").mkdir()
    path = exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(1))
    monkeypatch.setattr(pipeline, "ingest", full)
    state = State(tmp_path / "state")
    with at_work(attempts, state, lambda: False) as (scan, wake):
        until(lambda: scan() and state.pulse().get("paused") == "library-full")
        attempts.queue.fold(attempts.ledger.append(Forgotten(export=export_at(path).digest))[0])
        until(lambda: wake.set() or state.pulse().get("paused") is None)
