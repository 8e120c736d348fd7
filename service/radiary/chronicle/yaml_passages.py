"""Cuts site data into one passage for each day, so that an exam costs the reading of its own days and not of all.

A list's entry at the margin says the same wherever it stands, as long as it is whole: text or brackets that reach into the next
passage, and references to what stands in another one, cannot be read on their own. Then nothing is cut.
"""

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from radiary.chronicle.yaml_days import Days, NotMergeable, date_of, events_of, images_of, read

_MARK = "\ufeff"
_ENTRY = re.compile(r"^-(?=\s)", re.MULTILINE)
_DOCUMENT = re.compile(r"^(?:---|\.\.\.|%)", re.MULTILINE)
"""What parts documents (YAML 1.2.2, section 9.1): a file with more than one is no list of days."""


@dataclass(frozen=True)
class SiteData:
    """A text that is a list of days: either cut into passages, whose `dates` are in order, or known as a whole."""

    mark: str
    """The byte order mark, where the file begins with one."""
    text: str
    edges: tuple[int, ...] = ()
    """Where each passage begins, and the last one ends; what stands before the first entry belongs to it."""
    dates: tuple[str, ...] = ()
    whole: Days | None = None

    def days(self, start: int, end: int) -> Days:
        """The days of an excerpt."""
        return read(self.text[start:end]) if self.whole is None else self.whole

    def names(self, date: str) -> set[str]:
        """The names of pictures that are listed on a day."""
        first, behind = self._place(date)
        days = read(self.text[self.edges[first] : self.edges[behind]]) if self.whole is None else self.whole
        return {name for day in days if date_of(day) == date for event in events_of(day) for name in images_of(event)}

    def excerpts(self, dates: Collection[str]) -> list[tuple[int, int, set[str]]]:
        """Where the days of `dates` stand or belong, with their neighbours: in order, and apart from each other."""
        if not self.edges:
            return [(0, len(self.text), set(dates))]
        places: list[tuple[int, int, set[str]]] = []
        for date in sorted(dates):
            first, behind = self._place(date)
            start, end = self.edges[max(0, first - 1)], self.edges[min(max(behind, first + 1), len(self.dates))]
            if places and start < places[-1][1]:
                before, end_before, others = places.pop()
                places.append((before, max(end, end_before), others | {date}))
            else:
                places.append((start, end, {date}))
        return places

    def _place(self, date: str) -> tuple[int, int]:
        return bisect_left(self.dates, date), bisect_right(self.dates, date)


class Passages:
    """Remembers the passages that were read: what has not changed since is not read again."""

    def __init__(self) -> None:
        self._dates: dict[bytes, str] = {}

    def read(self, text: str) -> SiteData:
        """Cut it, where that changes nothing of what it says. Raises NotMergeable."""
        mark = _MARK if text.startswith(_MARK) else ""
        text = text.removeprefix(mark)
        starts = [entry.start() for entry in _ENTRY.finditer(text)]
        edges = (0, *starts[1:], len(text))
        dates = None if not starts or _DOCUMENT.search(text, starts[0]) else self._dates_of(text, edges)
        if dates is None:
            return SiteData(mark, text, whole=read(text))
        return SiteData(mark, text, edges, dates)

    def _dates_of(self, text: str, edges: tuple[int, ...]) -> tuple[str, ...] | None:
        """The dates of its passages; None when they cannot be read one by one, or are not in order."""
        remembered = {}
        dates: list[str] = []
        for start, end in pairwise(edges):
            passage = text[start:end]
            key = hashlib.blake2b(passage.encode(), digest_size=16).digest()
            date = self._dates.get(key) or _date(passage)
            if not date or (dates and date < dates[-1]):
                return None
            remembered[key] = date
            dates.append(date)
        self._dates = remembered
        return tuple(dates)


def _date(passage: str) -> str | None:
    """The date of a passage that is one day and nothing else."""
    try:
        days = read(passage)
    except NotMergeable:
        return None
    return date_of(days[0]) if len(days) == 1 else None
