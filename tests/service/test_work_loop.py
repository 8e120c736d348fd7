"""The service's second thread with everything real but the battery."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import exports
from conftest import export_at
from radiary.ingest.attempt import Worker
from radiary.ingest.decisions import Decision
from radiary.ingest.intake import Intake
from radiary.model.errors import LibraryOffline, OnBattery
from radiary.model.events import Filed
from radiary.service.heartbeat import Heartbeat
from radiary.service.work_loop import Workday
from radiary.state.folder import State
from radiary.watch.inbox import Inbox


def until(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextlib.contextmanager
def at_work(
    worker: Worker, state: State, saves_power: Callable[[], bool]
) -> Iterator[tuple[Callable[[], object], threading.Event]]:
    """A scan of the downloads folder, and the bell of a working day that goes on meanwhile."""
    downloads = state.folder.parent / "downloads"
    bell, stop = threading.Event(), threading.Event()
    options = {"ignore": (), "own": (), "polling": False, "wake": threading.Event(), "clock": time.monotonic}
    inbox = Inbox([downloads], quiet=0.0, **options)
    intake = Intake(
        inbox, worker.ledger, worker.queue, worker.bench, digests={}, after="keep", arrived=bell.set, clock=time.monotonic
    )
    work = worker, intake, Heartbeat(state, intake, 60), state.decisions, lambda: None, lambda: None, lambda: None, saves_power
    workday = Workday(*work, bell=bell, stop=stop)
    thread = threading.Thread(target=workday.work_off, daemon=True)
    inbox.start()
    thread.start()
    try:
        yield intake.scan, bell
        assert thread.is_alive()
    finally:
        stop.set()
        bell.set()
        thread.join(10)
        inbox.stop()


@pytest.mark.parametrize(
    ("raised", "is_dropped"), [(None, True), (ZeroDivisionError, True), (LibraryOffline, False), (PermissionError, False)]
)
def test_a_decision_that_cannot_be_carried_out_keeps_no_export_waiting(
    raised: type[Exception] | None, is_dropped: bool, worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_decision: object) -> None:
        assert raised is not None
        raise raised

    (tmp_path / "downloads").mkdir()
    path = exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(1))
    state = State(tmp_path / "state")
    if raised is not None:
        monkeypatch.setattr(worker, "decide", refused)
    decision = Decision(study="s", instance="i", decision="released")
    state.ask("review", "1", b"{" if raised is None else decision.model_dump_json().encode())
    with at_work(worker, state, lambda: False) as (scan, _bell):
        digest = export_at(path).digest
        until(lambda: scan() and digest in worker.queue.exports)
        until(lambda: isinstance(worker.queue.exports[digest].last, Filed))
        until(lambda: len(list((tmp_path / "state/wishes").glob("review-*"))) == (not is_dropped))


def test_a_letter_that_cannot_be_read_keeps_nothing_waiting(worker: Worker, tmp_path: Path) -> None:
    (tmp_path / "downloads").mkdir()
    (tmp_path / "state/wishes/review-odd").mkdir(parents=True)
    path = exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(1))
    with at_work(worker, State(tmp_path / "state"), lambda: False) as (scan, _bell):
        digest = export_at(path).digest
        until(lambda: scan() and digest in worker.queue.exports)
        until(lambda: isinstance(worker.queue.exports[digest].last, Filed))


def test_no_export_is_begun_on_battery_and_it_goes_on_when_power_is_back(worker: Worker, tmp_path: Path) -> None:
    (tmp_path / "downloads").mkdir()
    path = exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(2))
    state, battery = State(tmp_path / "state"), [True]
    with at_work(worker, state, lambda: battery[0]) as (scan, bell):
        digest = export_at(path).digest
        until(lambda: scan() and digest in worker.queue.exports)
        until(lambda: state.pulse().get("paused") == OnBattery.reason())
        time.sleep(0.3)
        assert worker.queue.exports[digest].attempts == 0
        battery[0] = False
        bell.set()
        seen = list[object]()
        until(lambda: seen.append(state.pulse()) or isinstance(worker.queue.exports[digest].last, Filed))
        assert not [pulse for pulse in seen if isinstance(pulse, dict) and pulse["working"] and pulse["paused"]]
        until(lambda: state.pulse().get("paused") is None)
