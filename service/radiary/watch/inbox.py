"""The watched folders: every pass is a scan, cheap enough for a folder with 100,000 files of other kinds."""

import contextlib
import os
import queue
import stat
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from radiary.archives import source
from radiary.model.errors import NotNow
from radiary.model.nouns import Fingerprint
from radiary.watch import completeness, folders, put_away, writers
from radiary.watch.listening import Listening
from radiary.watch.sharing import Sharing

_SHARE = 20
"""Between two whole scans pass this many times the seconds that one took, so that downloading does not keep us busy."""
_LONGEST_PAUSE = 5.0
"""Seconds; a new download is noticed within them."""
_STALE = 3600.0
"""Seconds after which a partial file that did not change is a leftover."""
_TREE_SHARE = 200
"""The same for looking through one folder in which nothing changed."""


@dataclass(frozen=True)
class Found:
    """A complete thing, ready to be taken."""

    path: Path = field(repr=False)
    fingerprint: Fingerprint = field(repr=False)


@dataclass(frozen=True)
class Pass:
    """What one scan found: complete things, how many are still arriving, why a watched folder (by position) was not looked into.

    `again` is in how many seconds it is worth looking again though nothing happens; None for not at all.
    """

    ready: tuple[Found, ...] = ()
    arriving: int = 0
    away: Mapping[int, str] = field(default_factory=dict)
    again: float | None = None
    shared: tuple[int, ...] = ()
    """The watched folders (by position) that another service watches, too."""

    @property
    def offline(self) -> tuple[int, ...]:
        """The watched folders that could not be looked into."""
        return tuple(sorted(self.away))


@dataclass
class _Known:
    """An entry that may be an export, or a folder.

    `mark` stands for a file's name, size and times; until `rest` a folder is left in peace.
    """

    mark: int
    sighting: source.Sighting
    since: float
    is_growing: bool = False
    is_taken: bool = False
    is_others: bool = False
    """Whether it is none of ours."""
    rest: float = 0

    @property
    def is_awaited(self) -> bool:
        """Whether it is still to be taken."""
        return self.sighting.is_candidate and not self.is_taken


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
        retries: bool = False,
        also_wakes: Path | None = None,
        documents: Iterable[Path] = (),
    ) -> None:
        """`also_wakes` is a folder in which anything that happens wakes us, too; `documents` are folders of papers.

        `retries`: whether what waits in the folders where Radiary puts downloads is looked at.
        """
        self._roots = tuple(roots)
        self._retries = retries
        self._documents = tuple(documents)
        self._quiet = quiet
        self._also_wakes = also_wakes
        self._ignore = tuple(ignore)
        self._own = frozenset(folder.resolve() for folder in own)
        self._wake = wake
        self._clock = clock
        self._listening = Listening(wake, polling=polling)
        self._known: dict[Path, _Known] = {}
        self._others: dict[Path, set[int]] = {}
        """Marks of files that are no export, by watched folder: numbers, since there may be very many."""
        self._released: queue.SimpleQueue[Path] = queue.SimpleQueue()
        """What another thread has lost: only a scan changes what is known."""
        self._away: dict[int, str] = {}
        self._sharing, self._shared = Sharing(), set[int]()
        self._next_whole = clock()

    def start(self) -> None:
        """Begin to listen; the first scan comes after this, so that nothing falls in between."""
        self._listening.start(self._also_wakes)

    def stop(self) -> None:
        """Stop listening."""
        self._listening.stop()
        self._sharing.end()

    def scan(self) -> Pass:
        """Look at every entry of every watched folder; soon after that, only at what is arriving.

        A folder that cannot be looked into is told; what was in it is not forgotten.
        """
        while not self._released.empty():
            self._known.pop(self._released.get(), None)
            self._next_whole = self._clock()
        began = self._clock()
        is_whole = began >= self._next_whole
        if is_whole:
            for number, root in enumerate(self._roots):
                self._scan_root(number, root)
            self._next_whole = self._clock() + min(_LONGEST_PAUSE, _SHARE * (self._clock() - began))
        else:
            for path in [path for path, known in self._known.items() if not known.is_taken]:
                with contextlib.suppress(Exception):  # the next whole scan says what became of it
                    self._look_at(path)
        remaining = {path: self._remaining(known, path) for path, known in self._known.items() if known.is_awaited}
        ready = tuple(Found(path, self._known[path].sighting.fingerprint) for path in sorted(remaining) if remaining[path] <= 0)
        waits = [seconds for seconds in remaining.values() if seconds > 0]
        again = min(waits if is_whole else [*waits, max(0.0, self._next_whole - self._clock())], default=None)
        return Pass(ready, len(waits), away=dict(self._away), again=again, shared=tuple(sorted(self._shared)))

    def taken(self, thing: Found, *, is_ours: bool = True) -> None:
        """Do not offer this thing again until it changes, as it may have by now; what is not ours is not remembered by name."""
        known = self._known.get(thing.path)
        if known is None or known.sighting.fingerprint != thing.fingerprint:
            return
        known.is_taken, known.is_others = True, not is_ours
        if not is_ours and known.mark and thing.path.parent in self._others:
            self._others[thing.path.parent].add(known.mark)
            del self._known[thing.path]

    def look_anew(self) -> None:
        """Offer again what was none of ours: it may be by now."""
        self._others = {place: set() for place in self._others}
        self._known = {path: known for path, known in self._known.items() if not known.is_others}
        self._next_whole = self._clock()

    def release(self, path: Path) -> None:
        """Offer a thing anew at the next scan, as if it had just been seen."""
        self._released.put(path)
        self._wake.set()

    def wake(self) -> None:
        """Have the next scan come at once."""
        self._wake.set()

    def may_be_moved(self, path: Path) -> bool:
        """Whether nobody is at work on a download any more, as far as time, the names beside it and other programs tell."""
        known = self._known.get(path)
        needed = completeness.PATIENCE_FOR_MOVING * self._quiet
        if known is not None and path.is_dir() and self._clock() - known.since < needed:
            return False
        if path.name in completeness.in_progress(one.name for one in path.parent.iterdir()):
            return False
        return not writers.is_open_elsewhere(source.files(path))

    def is_gone(self, path: Path) -> bool:
        """Whether nothing lies at a path any more, though its watched folder is there."""
        root = next((one for one in self._others if path.is_relative_to(one)), None)
        is_away = any(self._roots[number].resolve() == root for number in self._away)
        return not os.path.lexists(path) and root is not None and not is_away and root.is_dir()

    def _scan_root(self, number: int, root: Path) -> None:
        self._away.pop(number, None)
        self._shared.discard(number)
        try:
            with folders.looking():
                place = root.resolve()
                self._listening.arm(root, place)
                entries, finals, kept = self._listed(place)
        except NotNow as error:
            self._away[number] = error.reason()
            return
        if self._sharing.is_shared(place):
            self._shared.add(number)
        own = {one.relative_to(place).parts[0] for one in self._own if one != place and one.is_relative_to(place)}
        present: set[Path] = set()
        for entry, mark in entries:
            if entry.name not in finals and entry.name not in own and not completeness.is_ignored(entry.name, self._ignore):
                candidates = self._looked_at(place, entry, mark)
                present.update(candidates or ())
                kept.update([mark] if candidates == [] else [])
        self._others[place] = kept - {0}
        self._forget(place, present)

    def _listed(self, place: Path) -> "tuple[list[tuple[os.DirEntry[str], int]], set[str], set[int]]":
        """What is to be looked at with its marks, the final names of downloads in progress, and the marks of what is no export.

        Of 100,000 files of other kinds nothing is held at once but their marks.
        """
        others, partial = self._others.get(place, set()), list[str]()
        entries: list[tuple[os.DirEntry[str], int]] = []
        kept: set[int] = set()
        with os.scandir(place) as listing:
            for entry in listing:
                if completeness.is_partial(entry.name):
                    partial += [entry.name] if _is_recent(entry) else []
                    continue
                mark = _mark(entry)
                if mark in others:
                    kept.add(mark)
                else:
                    entries.append((entry, mark))
        return entries, completeness.in_progress(partial), kept

    def _looked_at(self, place: Path, entry: "os.DirEntry[str]", mark: int) -> list[Path] | None:
        """What of an entry may be an export; None of one that cannot be looked at now, which keeps no other one waiting."""
        path = place / entry.name
        try:
            if entry.is_dir(follow_symlinks=False):
                return list(self._in_folder(path))
            if mark and (not entry.is_symlink() or self._is_elsewhere(path)):
                self._look_at(path, mark)
                return [path] if path in self._known else []
        except Exception:  # noqa: BLE001 - whatever a reader of beginnings and ends says of an odd file
            self._known.pop(path, None)
            return None
        return []

    def _in_folder(self, path: Path) -> Iterator[Path]:
        """A folder, or what is to be tried again in one where Radiary puts downloads."""
        if not (path / put_away.MARKER).exists():
            self._look_at(path)
            yield path
        elif self._retries and path.name.endswith(put_away.RETRIED):
            for entry in os.scandir(path):
                if not entry.name.startswith(".") and not entry.name.endswith(".txt"):
                    self._look_at(path / entry.name, _mark(entry))
                    yield path / entry.name

    def _is_elsewhere(self, link: Path) -> bool:
        """Whether a link leads out of the watched folders and of ours: what lies in these is looked at where it lies."""
        target = link.resolve()
        watched = (root.resolve() for root in self._roots)
        return not any(target.is_relative_to(place) for place in (*self._own, *watched))

    def _look_at(self, path: Path, mark: int = 0) -> None:
        """Remember what lies at a path now, and since when; no file that is no candidate. Raises OSError."""
        known, now = self._known.get(path), self._clock()
        if known is not None and ((mark and known.mark == mark and known.is_taken) or now < known.rest):
            return
        seen = source.fingerprint(path)
        if known is None or known.sighting.fingerprint != seen:
            is_growing = known is not None and path.is_dir()
            sighting = source.sighted(
                path,
                seen,
                completeness.is_arriving_inside,
                takes_photographs=any(path.is_relative_to(place) for place in self._documents),
            )
            known = _Known(mark, sighting, since=now, is_growing=is_growing)
        if known.is_taken or not known.sighting.is_candidate:
            known.rest = now + _TREE_SHARE * (self._clock() - now)
        known.mark = mark or known.mark
        if known.sighting.is_candidate or path.is_dir():
            self._known[path] = known
        else:
            self._known.pop(path, None)

    def _remaining(self, known: _Known, path: Path) -> float:
        """In how many seconds an entry is complete if nothing more happens to it; at most 0 for one that is."""
        now = self._clock()
        remaining = known.since + completeness.still(known.sighting, self._quiet, is_growing=known.is_growing) - now
        if remaining > 0:
            return remaining
        writing = writers.writing(source.files(path))
        if writing is writers.Writing.YES:
            known.since = now
            return self._quiet
        patience = known.since + completeness.PATIENCE * self._quiet - now
        return patience if writing is writers.Writing.PERHAPS else remaining

    def _forget(self, place: Path, present: set[Path]) -> None:
        for gone in [path for path in self._known if path.is_relative_to(place) and path not in present]:
            del self._known[gone]


def _is_recent(entry: "os.DirEntry[str]") -> bool:
    """Whether a download in progress of this name may still go on: what a browser left behind long ago hides no whole one."""
    if entry.name.lower().endswith(completeness.CONTROL_FILES):
        return True
    try:
        return abs(time.time() - entry.stat().st_mtime) < _STALE
    except OSError:
        return False


def _mark(entry: "os.DirEntry[str]") -> int:
    """A number for a file's name, size and times; 0 of what is no file."""
    try:
        status = entry.stat()
    except OSError:
        return 0
    if not stat.S_ISREG(status.st_mode):
        return 0
    return hash((entry.name, status.st_size, status.st_mtime_ns, status.st_ctime_ns)) or 1
