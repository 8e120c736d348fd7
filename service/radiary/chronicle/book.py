"""The chronicle's pages on the disk: a day is made again when something of it changed, a page when one of its days did."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from radiary.chronicle import chapters, day_view, page
from radiary.chronicle.chapters import DayEntry
from radiary.chronicle.joined_story import ToldDay
from radiary.chronicle.sources import Links, States, Watched
from radiary.files import private

_OURS = re.compile(r"chronicle-\d{4}(-\d\d)?\.html")
_GENERATOR, _BEGINNING = b'name="generator" content="Radiary"', 1024
"""By what a page of ours is known, and the bytes in which it stands."""

_KeptPage = tuple[page.PageFrame, tuple[DayEntry, ...], tuple[int, int] | None]
"""Of what a page was made last, and the state of its file then."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A day as it was made last, and of what."""

    day: ToldDay
    watched: Watched
    states: States
    said: tuple[str, ...]
    entry: DayEntry


class Book:
    """Remembers days and pages as they were made last."""

    def __init__(self) -> None:
        self._days: dict[str, _Kept] = {}
        self._pages: dict[str, _KeptPage] = {}
        self._made: frozenset[str] = frozenset()
        self._shown: tuple[object, ...] = ()
        self._unsearched: set[str] = set()
        """The days that were made anew since the gate let pass what is said."""

    def entries(self, days: Sequence[ToldDay], places: Links, frame: page.PageFrame, *, shows_people: bool) -> list[DayEntry]:
        """The days, ready for a page."""
        before = self._days if self._shown == (frame.language, shows_people) else {}
        changed = frozenset(tuple(self._made ^ places.made))  # a set anew: the other goes on filling the space of both
        self._made, self._shown = places.made, (frame.language, shows_people)
        kept, sources = {}, places.sources
        for day in days:
            known = before.get(day.date)
            is_same = known is not None and known.watched.made.isdisjoint(changed) and (known.day is day or known.day == day)
            if known is None or not is_same or known.states != places.states(known.watched):
                watched = places.watched(day)
                states = places.states(watched)  # before it is read: what changes meanwhile is seen by the next run
                view = day_view.view(day, sources, frame.language, shows_people=shows_people)
                known = _Kept(day, watched, states, view.said, entry=page.entry(view, frame.language))
                self._unsearched.add(day.date)
            kept[day.date] = known
        self._days = kept
        return [one.entry for one in kept.values()]

    def said(self, *, is_all: bool) -> list[str]:
        """What Radiary says on all days, or on those alone that the gate has not let pass yet."""
        dates = self._days.keys() if is_all else self._days.keys() & self._unsearched
        return [text for date in dates for text in self._days[date].said]

    def has_passed(self) -> None:
        """The gate let pass what is said."""
        self._unsearched = set()

    def forget(self) -> None:
        """Make everything again."""
        self._days, self._pages = {}, {}

    def write(self, folder: Path, frame: page.PageFrame, entries: Sequence[DayEntry]) -> None:
        """Put on the disk what changed. Raises OSError."""
        shown, folded = chapters.parted(entries)
        pages: dict[str, _KeptPage] = {}
        plain = page.PageFrame(frame.language, is_newest_first=frame.is_newest_first)
        for chapter in folded:
            name = page.file_of(chapter)
            known = self._pages.get(name)
            is_same = known is not None and known[0] == plain and _are_the_same(known[1], chapter.entries)
            if not (is_same and known and known[2] == _state(folder / name)):
                replace(folder / name, page.chapter(plain, chapter).encode())
            pages[name] = plain, chapter.entries, _state(folder / name)
        replace(folder / page.FIRST, page.first(frame, shown, folded).encode())
        for path in folder.iterdir():
            if _OURS.fullmatch(path.name) and path.name not in pages and _is_ours(path):
                path.unlink()
        self._pages = pages


def _state(path: Path) -> tuple[int, int] | None:
    """Time and size of a page; None of one that is not there: what somebody changed or deleted is written again."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_size


def _are_the_same(ones: Sequence[DayEntry], others: Sequence[DayEntry]) -> bool:
    return len(ones) == len(others) and all(one is other for one, other in zip(ones, others, strict=True))


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return _GENERATOR in file.read(_BEGINNING)


def replace(path: Path, data: bytes) -> None:
    """Write only what changed, so that a site's watcher does not rebuild for nothing."""
    if not path.exists() or path.read_bytes() != data:
        private.replace(path, data)
