"""Which days stand on which page: the newest on the first one, as far as it stays light; earlier years on pages of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_YEAR, _MONTH = re.compile(r"\d{4}(?!\d)"), re.compile(r"\d{4}-\d\d(?!\d)")
LIGHT = 48_000
"""Bytes of days up to which a page is filled."""


@dataclass(frozen=True, slots=True)
class DayEntry:
    """A day as it is to be put on a page: its date, what stands there for it, and what is searched where it is not."""

    date: str
    html: str
    found: tuple[str, str]
    """What the search finds of it on another page than its own, as JSON: what stands before that page's name, and behind it."""
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
        return sum([len(entry.html) for entry in self.entries])


def parted(entries: Sequence[DayEntry]) -> tuple[list[DayEntry], list[Chapter]]:
    """The days of the first page, and the chapters before them, both in order. What begins with no year stays on the first."""
    years: dict[str, list[DayEntry]] = {}
    for entry in entries:
        years.setdefault(_begins(entry.date)[0], []).append(entry)
    first = years.pop("", [])
    chapters = [part for name, group in years.items() for part in _months(Chapter(name, tuple(group)))]
    weight = sum(len(entry.html) for entry in first)
    shown: list[DayEntry] = []
    while chapters and (not shown or weight + chapters[-1].weight <= LIGHT):
        last = chapters.pop()
        weight += last.weight
        shown = [*last.entries, *shown]
    return [*shown, *first], chapters


@lru_cache(maxsize=100_000)  # of every day, in every update of a chronicle
def _begins(date: str) -> tuple[str, str]:
    """The year with which a date begins, and the month, or the year where it names none; empty of one that begins with none."""
    year = date[:4] if _YEAR.match(date) else ""
    return year, date[:7] if _MONTH.match(date) else year


def _months(year: Chapter) -> list[Chapter]:
    """Its months, and before them what is in none, such as a year alone."""
    if year.weight <= LIGHT:
        return [year]
    months: dict[str, list[DayEntry]] = {year.name: []}
    for entry in year.entries:
        months.setdefault(_begins(entry.date)[1], []).append(entry)
    return [Chapter(name, tuple(group)) for name, group in months.items() if group]
