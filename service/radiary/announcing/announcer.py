"""Hears facts as they are written down, and tells the desktop once they come no more for a while."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

from radiary.announcing.notices import Denied, matters, notices
from radiary.language import Language
from radiary.model.errors import FolderDenied, LibraryReadOnly, ShelfReadOnly, StateUnwritable
from radiary.model.events import Event

log = logging.getLogger("radiary")

_DENIED = frozenset(one.reason() for one in (FolderDenied, LibraryReadOnly, ShelfReadOnly, StateUnwritable))
_STILL = 3.0
"""Seconds without a fact after which those before it are told together."""
_LONGEST = 60.0
"""Seconds that the first of them waits at most."""


class Announcer:
    """`sealed` gives the days and folders of sealed exams, None while they cannot be known; `show` raises OSError."""

    def __init__(
        self,
        language: Language,
        *,
        sealed: Callable[[], Collection[str] | None],
        show: Callable[[str], None],
        still: float = _STILL,
    ) -> None:
        self._language, self._sealed, self._show, self._still = language, sealed, show, still
        self._facts: queue.SimpleQueue[Event | Denied | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)
        self._is_refused = False
        self._is_denied = False

    def heard(self, event: Event) -> None:
        """A fact was written down; from any thread."""
        if matters(event):
            self._facts.put(event)

    def pulse(self, pulse: Mapping[str, Any] | None) -> None:
        """A sign of life: that a folder is closed to the service is told once, and anew after it was open."""
        reasons = {pulse.get("paused"), *pulse.get("away", {}).values()} if pulse else set()
        before, self._is_denied = self._is_denied, not _DENIED.isdisjoint(reasons)
        if self._is_denied and not before:
            self._facts.put(Denied())

    def start(self) -> None:
        """Begin to tell."""
        self._thread.start()

    def stop(self) -> None:
        """Tell what was heard, and end."""
        self._facts.put(None)
        self._thread.join(_STILL)

    def _run(self) -> None:
        is_on = True
        while is_on:
            events, is_on = self._together()
            self._tell(events)

    def _together(self) -> tuple[list[Event | Denied], bool]:
        """Facts that came together, and whether more may come."""
        events: list[Event | Denied] = []
        heard = self._facts.get()
        until = time.monotonic() + _LONGEST
        while heard is not None:
            events.append(heard)
            try:
                heard = self._facts.get(timeout=max(0.0, min(self._still, until - time.monotonic())))
            except queue.Empty:
                return events, True
        return events, False

    def _tell(self, events: list[Event | Denied]) -> None:
        """A desktop that takes nothing is asked again next time, and named in the log once."""
        try:
            if sentences := notices(events, self._language, self._sealed()):
                self._show("\n".join(sentences))
        except OSError as error:
            if not self._is_refused:
                log.info("no notification can be shown: %s", error)
            self._is_refused = True
        except Exception as error:  # noqa: BLE001 - a desktop's own mistakes end no thread of ours
            log.warning("no notification can be shown: %s", type(error).__name__)
