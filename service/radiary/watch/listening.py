"""Hears of what happens in the watched folders. An event only wakes: the scan is the truth."""

import contextlib
import logging
import threading
from dataclasses import dataclass
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

log = logging.getLogger("radiary")

_EVENTS: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


class _Wake(FileSystemEventHandler):
    """Does nothing but set flags: an error here would make the observer deaf."""

    def __init__(self, wake: threading.Event, place: str) -> None:
        self._wake = wake
        self._place = place
        self.is_lost = False
        """Whether the watched folder itself went away: one made anew may get the same inode."""

    def on_any_event(self, event: FileSystemEvent) -> None:
        self.is_lost |= event.src_path == self._place and isinstance(event, DirDeletedEvent | DirMovedEvent)
        self._wake.set()


@dataclass(frozen=True)
class _Armed:
    watch: ObservedWatch
    identity: tuple[int, int]
    handler: _Wake


def trouble(folder: Path) -> str | None:
    """Why the system tells nothing of changes in a folder, in its words; None where it does."""
    try:
        observer = Observer()
        observer.schedule(_Wake(threading.Event(), ""), str(folder), event_filter=_EVENTS)
        observer.start()
    except OSError as error:
        return error.strerror or type(error).__name__
    observer.stop()
    observer.join()
    return None


class Listening:
    """Sets `wake` when anything happens in a folder that it listens to."""

    def __init__(self, wake: threading.Event, *, polling: bool) -> None:
        self._wake = wake
        self._observer = _observer(polling=polling)
        self._armed: dict[Path, _Armed] = {}

    def start(self, also: Path | None = None) -> None:
        """Begin to listen; `also` is a folder of Radiary's own in which anything that happens wakes, too."""
        self._observer.start()
        if also is not None:
            with contextlib.suppress(OSError):
                self._observer.schedule(_Wake(self._wake, ""), str(also), event_filter=_EVENTS)

    def stop(self) -> None:
        """Stop listening."""
        self._observer.stop()
        self._observer.join()

    def arm(self, root: Path, place: Path) -> None:
        """Listen to the folder that stands at `place` now: one deleted and made again, or mounted over, is another one.

        Raises OSError when there is none.
        """
        armed = self._armed.get(root)
        identity = _identity(place)
        if armed is not None and armed.identity == identity and not armed.handler.is_lost:
            return
        if armed is not None:
            with contextlib.suppress(KeyError, OSError):
                self._observer.unschedule(armed.watch)
        if identity is None:
            self._armed.pop(root, None)
            raise FileNotFoundError
        handler = _Wake(self._wake, str(place))
        try:
            watch = self._observer.schedule(handler, str(place), recursive=False, event_filter=_EVENTS)
        except OSError as error:
            log.warning("a folder cannot be listened to (%s); it is looked at every now and then", error.strerror)
            watch = ObservedWatch(str(place), recursive=False)
        self._armed[root] = _Armed(watch, identity, handler)


def _observer(*, polling: bool) -> BaseObserver:
    """What tells of events; where the system has no more of that to give, one that compares listings."""
    try:
        return PollingObserver() if polling else Observer()
    except OSError as error:
        log.warning("no more file events to be had from the system (%s); comparing listings instead", error.strerror)
        return PollingObserver()


def _identity(place: Path) -> tuple[int, int] | None:
    """(device, inode) of a folder; None for one that is not there. Raises OSError when the system does not say."""
    try:
        status = place.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_dev, status.st_ino
