"""What the service manager hears, at a real socket: silence has it start the service anew, so silence must mean that it hung."""

import contextlib
import json
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

import exports
from radiary.ingest.attempt import Attempts
from radiary.ingest.intake import Intake
from radiary.model.errors import LibraryOffline
from radiary.service import heartbeat
from radiary.service.heartbeat import Heartbeat
from radiary.state.folder import State
from radiary.watch.inbox import Inbox
from radiary.watch.put_away import PutAway

RESCAN = 60
NOON = 1_000_000.0


class Service:
    """A heartbeat over a real folder and a real state, with a clock that moves when it is told to."""

    def __init__(self, place: Path, attempts: Attempts, manager: socket.socket) -> None:
        self.now = NOON
        self.manager = manager
        self.state = State(place / "state")
        self.downloads = place / "downloads"
        self.downloads.mkdir()
        options = {"ignore": (), "own": (), "polling": False, "wake": threading.Event()}
        self.inbox = Inbox([self.downloads], quiet=1, clock=lambda: self.now, **options)
        self.inbox.start()
        self.intake = Intake(
            self.inbox, attempts.ledger, attempts.queue, bench=attempts.bench, digests={},
            putting_away=PutAway("keep", lambda is_held: attempts.bench.home(is_held=is_held)),
            arrived=lambda: None, clock=lambda: self.now,
        )  # fmt: skip
        self.heartbeat = Heartbeat(self.state, self.intake, RESCAN)

    def heard(self) -> list[bytes]:
        """What the manager is told of life with one beat."""
        self._read()
        self.heartbeat.beat()
        return [said for said in self._read() if not said.startswith(b"STATUS=")]

    def state_line(self) -> bytes:
        """What the manager is told of the state with one beat."""
        self._read()
        self.heartbeat.beat()
        return next(said.removeprefix(b"STATUS=") for said in self._read() if said.startswith(b"STATUS="))

    def _read(self) -> list[bytes]:
        found = []
        with contextlib.suppress(BlockingIOError):
            while True:
                found.append(self.manager.recv(1000))
        return found


@pytest.fixture
def service(tmp_path: Path, attempts: Attempts, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setattr(heartbeat, "time", SimpleNamespace(monotonic=lambda: made.now if made else NOON))
        made: Service | None = None
        made = Service(tmp_path, attempts, manager)
        yield made
        made.inbox.stop()


def test_a_service_that_scans_and_has_nothing_to_do_is_well(service: Service) -> None:
    for _ in range(30):
        service.now += RESCAN
        service.intake.scan()
        assert service.heard() == [b"WATCHDOG=1"]


def test_a_service_whose_scans_hang_is_restarted(service: Service) -> None:
    service.intake.scan()
    service.now += 3 * RESCAN + 59
    assert service.heard() == [b"WATCHDOG=1"]
    service.now += 2
    assert service.heard() == []
    service.intake.scan()
    assert service.heard() == [b"WATCHDOG=1"]


def test_a_service_whose_work_hangs_is_restarted_though_it_scans(service: Service) -> None:
    note = service.heartbeat.working("abc")
    note(1, 10)
    service.now += 899
    service.intake.scan()
    assert service.heard() == [b"WATCHDOG=1"]
    service.now += 2
    service.intake.scan()
    assert service.heard() == []
    note(2, 10)
    assert service.heard() == [b"WATCHDOG=1"]


def test_a_service_that_works_is_restarted_when_its_scans_hang(service: Service) -> None:
    note = service.heartbeat.working("abc")
    service.now += 3 * RESCAN + 61
    note(1, 10)
    assert service.heard() == []


def test_work_in_hand_gets_on_while_text_is_looked_for(service: Service) -> None:
    service.heartbeat.working("abc")(10, 10)
    for _ in range(3):
        service.now += 600
        service.heartbeat.alive()
        service.intake.scan()
        assert service.heard() == [b"WATCHDOG=1"]


def test_nothing_in_hand_is_no_work_that_hangs(service: Service) -> None:
    service.heartbeat.working("abc")(10, 10)
    service.heartbeat.idle(None)
    service.now += 100_000
    service.intake.scan()
    assert service.heard() == [b"WATCHDOG=1"]


def test_an_export_that_is_taken_up_after_a_long_rest_does_not_hang(service: Service) -> None:
    service.now += 100_000
    service.intake.scan()
    note = service.heartbeat.working("abc")
    note(0, 10)
    assert service.heard() == [b"WATCHDOG=1"]


def test_status_hears_what_is_in_hand_and_why_it_waits(service: Service) -> None:
    exports.zipped(service.downloads / "a.zip", exports.ct_files(1))
    service.heartbeat.last_pass = service.intake.scan()
    service.heartbeat.working("abc")(3, 3)
    pulse = service.state.pulse()
    assert (pulse["working"], pulse["paused"], pulse["arriving"]) == (
        {"export": "abc", "done": 3, "total": 3, "seconds_left": None},
        None,
        1,
    )
    service.now += 7
    service.heartbeat.idle(LibraryOffline.reason())
    pulse = service.state.pulse()
    assert (pulse["working"], pulse["paused"], pulse["scanned_seconds_ago"]) == (None, "library-offline", 7.0)


def test_a_service_that_hangs_in_one_download_is_restarted(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    monkeypatch.setattr(service.intake, "is_getting_on", lambda patience: asked.append(patience) or len(asked) < 2)
    for expected in ([b"WATCHDOG=1"], []):
        service.intake.scan()
        assert service.heard() == expected
    assert asked == [900, 900]


def test_status_hears_when_that_was_by_a_clock_that_nobody_sets(service: Service) -> None:
    service.heartbeat.beat()
    assert service.state.pulse()["monotonic"] == NOON
    service.now += 12.34
    service.heartbeat.beat()
    assert service.state.pulse()["monotonic"] == NOON + 12.3


def test_status_hears_what_is_away_and_what_cannot_be_looked_into(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(service.intake), "troubles", Counter({"workers-unavailable": 2}))
    service.downloads.rename(service.downloads.with_name("away"))
    service.heartbeat.last_pass = service.intake.scan()
    service.heartbeat.beat()
    pulse = service.state.pulse()
    assert (pulse["away"], pulse["offline"], pulse["troubles"]) == ({"0": "folder-missing"}, [0], {"workers-unavailable": 2})


def test_the_manager_shows_what_the_service_is_at_and_how_long_it_will_take(service: Service) -> None:
    service.intake.scan()
    assert service.state_line() == b"Watching"
    note = service.heartbeat.working("abc")
    service.now += 60
    note(2, 10)
    assert service.state_line() == b"At work: 2 of 10 files, about 4 minutes left"
    service.heartbeat.idle(LibraryOffline.reason())
    assert service.state_line() == LibraryOffline.sentence().encode()


def test_whoever_listens_hears_every_sign_of_life_and_the_end(service: Service) -> None:
    heard = []
    service.heartbeat = Heartbeat(service.state, service.intake, RESCAN, listeners=(heard.append,))
    service.heartbeat.idle(None)
    service.heartbeat.end()
    assert [pulse and pulse["paused"] for pulse in heard] == [None, None]
    assert heard[0]
    assert heard[1] is None


def test_a_refused_decision_is_said_for_a_day(service: Service) -> None:
    service.heartbeat.refuse("It is not there.", about="1.2.3")
    service.heartbeat.carried_out("4.5.6")
    service.now += 86399
    service.heartbeat.beat()
    assert service.state.pulse()["refused"] == "It is not there."
    service.now += 2
    service.heartbeat.beat()
    assert service.state.pulse()["refused"] is None


def test_a_refused_decision_is_said_though_the_service_starts_again(service: Service) -> None:
    service.heartbeat.refuse("There is no such picture.", about="1.2.3")
    for said in (json.dumps(service.state.pulse()), json.dumps({"refused": "There is no such picture."}), "[]"):
        (service.state.folder / "heartbeat.json").write_text(said)
        again = Heartbeat(service.state, service.intake, RESCAN)
        again.beat()
        assert service.state.pulse()["refused"] == ("There is no such picture." if "seconds_ago" in said else None)
        again.carried_out("1.2.3")
        assert service.state.pulse()["refused"] is None


def test_a_refused_decision_is_said_until_one_about_the_same_exam_is_carried_out(service: Service) -> None:
    service.heartbeat.refuse("It is not there.", about="1.2.3")
    service.heartbeat.carried_out("1.2.3")
    assert service.state.pulse()["refused"] is None
