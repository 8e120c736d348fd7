"""Which days stand on which page: the newest on the first one, as far as it stays light; earlier years on pages of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

LIGHT = 48_000
"""Bytes of days up to which a page is filled."""


@dataclass(frozen=True, slots=True)
class DayEntry:
    """A day as it is to be put on a page: its date, what stands there for it, and what is searched when it is elsewhere."""

    date: str
    html: str
    titles: tuple[str, ...]
    tags: tuple[str, str, str]
    """Kinds, parts and threads, each separated by lines."""


@dataclass(frozen=True)
class Chapter:
    """Days that stand on one page together: those of a year, or of a month of a year that has many. `name` is YYYY or YYYY-MM."""

    name: str
    entries: tuple[DayEntry, ...]

    @property
    def weight(self) -> int:
        """Bytes, about."""
        return sum(len(entry.html) for entry in self.entries)


def parted(entries: Sequence[DayEntry]) -> tuple[list[DayEntry], list[Chapter]]:
    """The days of the first page, and the chapters before them, both in order. What has no date stays on the first page."""
    dated = [entry for entry in entries if entry.date]
    chapters = [part for name, group in groupby(dated, _year) for part in _months(Chapter(name, tuple(group)))]
    first = [entry for entry in entries if not entry.date]
    weight = sum(len(entry.html) for entry in first)
    shown: list[DayEntry] = []
    while chapters and (not shown or weight + chapters[-1].weight <= LIGHT):
        last = chapters.pop()
        weight += last.weight
        shown = [*last.entries, *shown]
    return [*shown, *first], chapters


def _year(entry: DayEntry) -> str:
    return entry.date[:4]


def _months(year: Chapter) -> list[Chapter]:
    if year.weight <= LIGHT:
        return [year]
    return [Chapter(name, tuple(group)) for name, group in groupby(year.entries, lambda entry: entry.date[:7])]
