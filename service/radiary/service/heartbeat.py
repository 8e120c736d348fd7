"""Says how the service is: to `radiary status` through a file, and to the service manager, which restarts what has hung."""

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from radiary.announcing.state_line import state_line
from radiary.announcing.time_left import seconds_left
from radiary.ingest.intake import Intake
from radiary.service import sd_notify
from radiary.state.folder import State
from radiary.watch.inbox import Pass

Listener = Callable[[Mapping[str, Any] | None], None]

_SCANNING = 60
"""Seconds that a scan of the watched folders may take, beyond three of the pauses between two."""
_STALLED = 900
"""Seconds without one more member done after which work in hand counts as hung."""
_SAID_FOR = 86400
"""Seconds for which it is said that a decision was refused."""
_PROGRESS = 0.25
"""Seconds between two notes of progress."""


class Heartbeat:
    """What there is to say, and saying it. `rescan` is the seconds between two scans.

    `listeners` hear every sign of life, and None when the service ends.
    """

    def __init__(self, state: State, intake: Intake, rescan: float, *, listeners: Sequence[Listener] = ()) -> None:
        self._state = state
        self._intake = intake
        self._rescan = rescan
        self._listeners = listeners
        self._started = datetime.now(UTC)
        self._lock = threading.Lock()
        self._working: dict[str, object] | None = None
        self._last_work = time.monotonic()
        self.last_pass = Pass()
        self.paused: str | None = None
        self.note: str | None = None
        self._stuck: str | None = None
        self._refused = _refused_before(state.pulse(), self._last_work)
        """Of the last decision that was refused, why it was, what it was about, and when that was."""

    def beat(self) -> None:
        """Say how we are. The service manager hears it only while scans really run and work in hand gets on."""
        now = time.monotonic()
        with self._lock:
            pulse = self._pulse(now)
            self._state.beat(**pulse)
            self._tell(pulse)
        sd_notify.notify(f"STATUS={state_line(pulse)}")
        is_scanning = now - self._intake.last_sign < 3 * self._rescan + _SCANNING
        is_working = self._working is None or now - self._last_work < _STALLED
        if is_scanning and is_working and self._intake.is_getting_on(_STALLED):
            sd_notify.notify("WATCHDOG=1")

    def end(self) -> None:
        """Say that the service runs no more."""
        with self._lock:
            self._tell(None)

    def _tell(self, pulse: Mapping[str, Any] | None) -> None:
        for listener in self._listeners:
            listener(pulse)

    def _pulse(self, now: float) -> dict[str, Any]:
        refused = self._refused if self._refused and now - self._refused[2] < _SAID_FOR else None
        return {
            "pid": os.getpid(),
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "monotonic": round(now, 1),
            "started": self._started.isoformat(timespec="seconds"),
            "scanned_seconds_ago": max(0.0, round(now - self._intake.last_sign, 1)),
            "troubles": dict(self._intake.troubles),
            "troubled": self._intake.troubled,
            "missing": self._intake.missing,
            "unmoved": self._intake.unmoved,
            "arriving": self.last_pass.arriving,
            "offline": list(self.last_pass.offline),
            "away": {str(number): reason for number, reason in self.last_pass.away.items()},
            "shared": list(self.last_pass.shared),
            "working": self._working,
            "paused": self.paused,
            "note": self.note,
            "stuck": self._stuck,
            "refused": refused[0] if refused else None,
            "refused_about": refused[1] if refused else None,
            "refused_seconds_ago": round(now - refused[2]) if refused else None,
        }

    def working(self, export: str) -> Callable[[int, int], None]:
        """An export is taken up; what its progress is to be told to."""
        began = self._last_work = time.monotonic()
        said = 0.0

        def note(done: int, total: int) -> None:
            nonlocal said
            self._last_work = time.monotonic()
            left = seconds_left(done, total, self._last_work - began)
            self._working, self.paused = {"export": export, "done": done, "total": total, "seconds_left": left}, None
            if self._last_work - said >= _PROGRESS or done == total:
                said = self._last_work
                self.beat()

        return note

    def say_stuck(self, why: str | None) -> None:
        """A decision of the owner's has to wait, for this reason; None when none has to any more."""
        if why != self._stuck:
            self._stuck = why
            self.beat()

    def refuse(self, why: str, *, about: str) -> None:
        """A decision of the owner's was not carried out: why is said for a day, or until one about the same is."""
        self._refused = why, about, time.monotonic()
        self.beat()

    def carried_out(self, about: str) -> None:
        """A decision of the owner's was carried out."""
        if self._refused and self._refused[1] == about:
            self._refused = None
            self.beat()

    def alive(self) -> None:
        """Work in hand gets on, though no member more is done: text is looked for, say."""
        self._last_work = time.monotonic()

    def idle(self, paused: str | None) -> None:
        """Nothing is in hand; `paused` says why the queue waits, if it does."""
        self._working, self.paused = None, paused
        self.beat()


def _refused_before(pulse: Mapping[str, Any], now: float) -> tuple[str, str, float] | None:
    """What a service that ran before had to say of a refused decision: its owner may not have looked yet."""
    why, about, seconds = (pulse.get(name) for name in ("refused", "refused_about", "refused_seconds_ago"))
    if not isinstance(why, str) or not isinstance(about, str) or not isinstance(seconds, int):
        return None
    return why, about, now - seconds
