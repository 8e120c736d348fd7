"""The watched folders. Events only wake; every pass is a scan, and the scan is the truth."""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
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

from radiary.archives import source
from radiary.model.nouns import Fingerprint
from radiary.watch import completeness, put_away

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


@dataclass(frozen=True)
class Found:
    """A complete thing, ready to be taken."""

    path: Path = field(repr=False)
    fingerprint: Fingerprint = field(repr=False)


@dataclass(frozen=True)
class Pass:
    """What one scan found: complete things, how many are still arriving, which watched folders (by position) are missing.

    `soonest` is in how many seconds one of what is arriving may be complete.
    """

    ready: tuple[Found, ...]
    arriving: int
    offline: tuple[int, ...]
    soonest: float = 0


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


@dataclass
class _Known:
    sighting: source.Sighting
    since: float
    is_taken: bool = False


class Inbox:
    """Watches `roots` and remembers what it saw; `own` are Radiary's own folders, never taken for an export."""

    def __init__(
        self,
        roots: Iterable[Path],
        *,
        quiet: float,
        ignore: Iterable[str],
        own: Iterable[Path],
        polling: bool,
        wake: threading.Event,
        clock: Callable[[], float],
        sorted_into: Iterable[str] = (),
        also_wakes: Path | None = None,
    ) -> None:
        """`also_wakes` is a folder in which anything that happens wakes us, too.

        `sorted_into` names folders of each root where finished exports are put; only what waits is looked at there.
        """
        self._roots = tuple(roots)
        self._sorted_into = frozenset(sorted_into)
        self._quiet = quiet
        self._also_wakes = also_wakes
        self._ignore = tuple(ignore)
        self._own = frozenset(one.resolve() for one in own)
        self._wake = wake
        self._clock = clock
        self._observer = _observer(polling=polling)
        self._armed: dict[Path, _Armed] = {}
        self._known: dict[Path, _Known] = {}

    def start(self) -> None:
        """Begin to listen; the first scan comes after this, so that nothing falls in between."""
        self._observer.start()
        if self._also_wakes is not None:
            with contextlib.suppress(OSError):
                self._observer.schedule(_Wake(self._wake, ""), str(self._also_wakes), event_filter=_EVENTS)

    def stop(self) -> None:
        """Stop listening."""
        self._observer.stop()
        self._observer.join()

    def scan(self) -> Pass:
        """Look at every entry of every watched folder. A missing folder is offline; what was in it is not forgotten."""
        ready: list[Found] = []
        arriving: list[float] = []
        offline = []
        for number, root in enumerate(self._roots):
            place = root.resolve()
            try:
                self._arm(root, place)
                entries = sorted(self._entries(place))
            except OSError:
                offline.append(number)
                continue
            names = {entry.name for entry in entries}
            for entry in entries:
                verdict = self._looked_at(entry, names)
                if verdict is completeness.Verdict.WAIT:
                    arriving.append(self._remaining(entry))
                if verdict is completeness.Verdict.TAKE:
                    ready.append(Found(entry, self._known[entry].sighting.fingerprint))
            self._forget(place, set(entries))
        return Pass(tuple(ready), len(arriving), tuple(offline), min(arriving, default=0))

    def taken(self, thing: Found) -> None:
        """Do not offer this thing again until it changes."""
        if thing.path in self._known:
            self._known[thing.path].is_taken = True

    def release(self, path: Path) -> None:
        """Offer a thing anew at the next scan, as if it had just been seen."""
        self._known.pop(path, None)
        self._wake.set()

    def _looked_at(self, entry: Path, names: set[str]) -> completeness.Verdict:
        """One entry that cannot be looked at, for want of a right or of its disk, keeps no other one waiting."""
        try:
            return self._verdict(entry, names)
        except OSError:
            return completeness.Verdict.LEAVE

    def _verdict(self, entry: Path, names: set[str]) -> completeness.Verdict:
        if completeness.is_partial(entry.name, names) or completeness.is_ignored(entry.name, self._ignore):
            return completeness.Verdict.LEAVE
        if (
            not (entry.is_file() or entry.is_dir())
            or entry.is_symlink()
            or any(entry in (one, *one.parents) for one in self._own)
        ):
            return completeness.Verdict.LEAVE
        seen, now = source.fingerprint(entry), self._clock()
        known = self._known.get(entry)
        if known is None or known.sighting.fingerprint != seen:
            known = self._known[entry] = _Known(source.sighted(entry, seen, completeness.is_arriving_inside), now)
        if known.is_taken:
            return completeness.Verdict.LEAVE
        verdict = completeness.verdict(known.sighting, now - known.since, self._quiet)
        if verdict is completeness.Verdict.TAKE and source.is_being_written(entry):
            known.since = now
            return completeness.Verdict.WAIT
        return verdict

    def _remaining(self, entry: Path) -> float:
        """In how many seconds an entry is complete if nothing more happens to it."""
        known = self._known[entry]
        return known.since + completeness.still(known.sighting, self._quiet) - self._clock()

    def _entries(self, place: Path) -> Iterator[Path]:
        """What lies in a watched folder, and what may be tried again; what is done with is not looked at again."""
        for entry in place.iterdir():
            if entry.name not in self._sorted_into:
                if not (entry / put_away.MARKER).exists():
                    yield entry
            elif entry.name in ("waiting", "failed") and entry.is_dir():
                yield from (one for one in entry.iterdir() if one.suffix != ".txt")

    def _forget(self, place: Path, present: set[Path]) -> None:
        for gone in [path for path in list(self._known) if path.is_relative_to(place) and path not in present]:
            self._known.pop(gone, None)

    def _arm(self, root: Path, place: Path) -> None:
        """Listen to the folder that stands there now: one deleted and made again, or mounted over, is another one."""
        identity = _identity(place)
        armed = self._armed.get(root)
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
    """(device, inode) of a folder; None for one that is not there."""
    try:
        status = place.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
