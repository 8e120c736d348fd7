"""The service's second thread with everything real but the battery."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import exports
from conftest import export_at
from radiary.disk.inbox import Inbox
from radiary.disk.state import State
from radiary.errors import OnBattery
from radiary.events import Filed
from radiary.heartbeat import Heartbeat
from radiary.intake import Intake
from radiary.workday import Workday
from radiary.worker import Worker


def until(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_no_export_is_begun_on_battery_and_it_goes_on_when_power_is_back(worker: Worker, tmp_path: Path) -> None:
    (tmp_path / "downloads").mkdir()
    path = exports.zipped(tmp_path / "downloads/a.zip", exports.ct_files(2))
    state, bell, stop, battery = State(tmp_path / "state"), threading.Event(), threading.Event(), [True]
    options = {"ignore": (), "own": (), "polling": False, "wake": threading.Event(), "clock": time.monotonic}
    inbox = Inbox([tmp_path / "downloads"], quiet=0.0, **options)
    intake = Intake(
        inbox, worker.ledger, worker.queue, worker.bench, digests={}, after="keep", arrived=bell.set, clock=time.monotonic
    )
    heartbeat = Heartbeat(state, intake, 60)
    workday = Workday(
        worker,
        intake,
        heartbeat,
        state.decisions,
        lambda: None,
        lambda: None,
        lambda: None,
        lambda: battery[0],
        bell=bell,
        stop=stop,
    )
    thread = threading.Thread(target=workday.work_off, daemon=True)
    inbox.start()
    thread.start()
    digest = export_at(path).digest
    until(lambda: intake.scan() and digest in worker.queue.exports)
    until(lambda: state.pulse().get("paused") == OnBattery.reason())
    time.sleep(0.3)
    assert worker.queue.exports[digest].attempts == 0
    battery[0] = False
    bell.set()
    seen = list[object]()
    until(lambda: seen.append(state.pulse()) or isinstance(worker.queue.exports[digest].last, Filed))
    assert not [pulse for pulse in seen if isinstance(pulse, dict) and pulse["working"] and pulse["paused"]]
    until(lambda: state.pulse().get("paused") is None)
    stop.set()
    bell.set()
    thread.join(10)
    inbox.stop()
