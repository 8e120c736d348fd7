"""The service's second thread with everything real but the battery."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import exports
from conftest import export_at
from radiary.ingest import pipeline
from radiary.ingest.attempt import Attempts
from radiary.ingest.decisions import Decision
from radiary.ingest.intake import Intake
from radiary.model.errors import LibraryFull, LibraryOffline, OnBattery, SourceChanged, SourceGone, SourceUnreadable
from radiary.model.events import Deferred, Filed
from radiary.model.nouns import Export
from radiary.service import backoff
from radiary.service.heartbeat import Heartbeat
from radiary.service.work_loop import WorkLoop
from radiary.state.folder import State
from radiary.watch.inbox import Inbox
from radiary.watch.put_away import PutAway


def until(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


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
        attempts.bench,
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

    def fails(*_: object) -> Filed:
        begun.append(time.monotonic())
        raise error

    (tmp_path / "downloads").mkdir()
    exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(1))
    monkeypatch.setattr(pipeline, "ingest", fails)
    monkeypatch.setattr(backoff, "_FIRST", 1.5)
    with at_work(attempts, State(tmp_path / "state"), lambda: False) as (scan, _bell):
        until(lambda: scan() and len(begun) > 1)
    return begun[1] - begun[0]


@pytest.mark.parametrize("error", [SourceGone, SourceChanged, SourceUnreadable, ZeroDivisionError, LibraryFull])
def test_what_ended_in_an_error_is_not_tried_again_at_once(
    error: type[Exception], attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _two_attempts(attempts, tmp_path, monkeypatch, error) >= 1.5


@pytest.mark.parametrize("error", [SourceGone, SourceChanged, SourceUnreadable, ZeroDivisionError])
def test_an_export_that_cannot_be_worked_at_keeps_no_other_one_waiting(
    error: type[Exception], attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(export: Export, *rest: object, real: Callable[..., Filed] = pipeline.ingest) -> Filed:
        if export.digest == bad:
            raise error
        return real(export, *rest)

    (tmp_path / "downloads").mkdir()
    bad = export_at(exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(1))).digest
    good = export_at(exports.zipped(tmp_path / "downloads/b.zip", exports.ct_files(1, study=2))).digest
    monkeypatch.setattr(pipeline, "ingest", fails)
    monkeypatch.setattr(backoff, "_FIRST", 1000.0)
    with at_work(attempts, State(tmp_path / "state"), lambda: False) as (scan, _bell):
        until(lambda: scan() and good in attempts.queue.exports and isinstance(attempts.queue.exports[good].last, Filed))


def test_a_library_that_is_not_ready_keeps_every_export_waiting_and_the_reason_is_shown(
    attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    def fails(export: Export, *_: object) -> Filed:
        begun.append(export.digest)
        raise LibraryFull

    (tmp_path / "downloads").mkdir()
    for number in (1, 2):
        exports.zipped(tmp_path / f"downloads/{number}.zip", exports.ct_files(1, study=number))
    monkeypatch.setattr(pipeline, "ingest", fails)
    monkeypatch.setattr(backoff, "_FIRST", 1000.0)
    state = State(tmp_path / "state")
    with at_work(attempts, state, lambda: False) as (scan, bell):
        until(lambda: scan() and len(attempts.queue.exports) == 2 and state.pulse().get("paused") == "library-full")
        bell.set()
        until(lambda: not bell.is_set())
        until(lambda: state.pulse().get("paused") == "library-full")
    assert len(begun) == 1
    assert [one.attempts for one in attempts.queue.exports.values()] == [0, 0]


def test_an_export_that_changes_while_it_is_read_is_taken_again_as_it_is_then(attempts: Attempts, tmp_path: Path) -> None:
    (tmp_path / "downloads").mkdir()
    path = exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(1))

    def changes_meanwhile() -> bool:
        path.touch()
        return False

    with at_work(attempts, State(tmp_path / "state"), changes_meanwhile) as (scan, _bell):
        first = export_at(path).digest
        until(lambda: scan() and first in attempts.queue.exports and isinstance(attempts.queue.exports[first].last, Deferred))
    assert attempts.queue.exports[first].last.reason == "source-changed"  # type: ignore[union-attr]
    assert attempts.queue.exports[first].attempts == 0


def test_pauses_are_short_again_once_the_place_was_ready(
    attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ready for one export, then not for the next: its first pause is as long as any first one, not twice as long."""
    ends: list[float] = []

    def fails_around_a_success(export: Export, *_: object) -> Filed:
        ends.append(time.monotonic())
        if len(ends) == 2:
            return Filed(export=export.digest, studies=(), pictures=0, held={}, skipped={}, left=0)
        raise LibraryFull

    (tmp_path / "downloads").mkdir()
    for number in (1, 2):
        exports.zipped(tmp_path / f"downloads/{number}.zip", exports.ct_files(1, study=number))
    begun: list[tuple[str, float]] = []

    def noted(self: backoff.BackOff, name: str, now: float, *, real: Callable[..., None] = backoff.BackOff.begin) -> None:
        real(self, name, now)
        begun.append((name, self._pauses[name][1]))

    monkeypatch.setattr(pipeline, "ingest", fails_around_a_success)
    monkeypatch.setattr(backoff, "_FIRST", 0.2)
    monkeypatch.setattr(backoff.BackOff, "begin", noted)
    with at_work(attempts, State(tmp_path / "state"), lambda: False) as (scan, _wake):
        until(lambda: scan() and len(begun) > 1)
    assert begun[:2] == [("", 0.2), ("", 0.2)]
