"""Cuts site data into one passage for each day, so that an exam costs the reading of its own days and not of all.

A list's entry at the margin says the same wherever it stands, as long as it is whole: text or brackets that reach into the next
passage, and references to what stands in another one, cannot be read on their own. Then nothing is cut.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from radiary.chronicle import text_lines
from radiary.chronicle.yaml_days import Days, NotMergeable, date_of, events_of, folder_of, images_of, read
from radiary.chronicle.yaml_frame import Surroundings, framed
from radiary.language import sentence

_MARK = "\ufeff"
_NOTHING = Surroundings("", "", "")


@dataclass(frozen=True)
class SiteData:
    """A file that holds a list of days: either cut into passages, whose `dates` are in order, or known as a whole."""

    mark: str
    """The byte order mark, where the file begins with one."""
    frame: Surroundings = _NOTHING
    edges: tuple[int, ...] = ()
    """Where each passage begins, and the last one ends; what stands before the first entry belongs to it."""
    dates: tuple[str, ...] = ()
    said: tuple[tuple[str, Days], ...] = field(default=(), repr=False)
    """Each passage's text, and what it says."""
    whole: Days | None = None
    is_newest_first: bool = False
    given: Mapping[str, Collection[str]] = field(default_factory=dict, repr=False)
    """Names that were given to pictures once, by day."""

    @property
    def text(self) -> str:
        """The part of the file that is the list of days."""
        return self.frame.body

    @property
    def file(self) -> str:
        """The whole file's text."""
        return self.mark + self.frame.around(self.frame.body)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands where the list of days belongs: she begins anew."""
        return not self.frame.body and not self.frame.days

    def passages(self) -> Sequence[tuple[str, Days]]:
        """What the file says, in its order, in pieces with the text of each; none with what cannot be read by itself."""
        return self.said if self.whole is None else (("", self.whole),)

    def pieces(self) -> Iterator[tuple[int, str, Days]]:
        """What the file says, in its order: the line of the list, from 0, as YAML counts them, at which
        a piece begins, its text, and its days.
        """
        line = 0
        for (start, end), (_, days) in zip(pairwise(self.edges or (0, len(self.text))), self.passages(), strict=True):
            yield line, self.text[start:end], days
            line += len(self.text[start:end].splitlines())

    def days(self, start: int, end: int) -> Days:
        """The days of an excerpt."""
        return read(self.text[start:end]) if self.whole is None else self.whole

    def names(self, folder: str) -> set[str]:
        """The names of pictures that are listed on a day, or anywhere else with that day's folder, or were given once."""
        names = set(self.given.get(folder, ()))
        for day in self._days_with(folder):
            for event in events_of(day):
                if folder in (date_of(day), folder_of(event)):
                    names.update(images_of(event))
        return names

    def _days_with(self, folder: str) -> Days:
        """The days on which a folder may be named: those of its own date, and those whose text holds it."""
        if self.whole is not None or not folder:
            return [day for _, days in self.passages() for day in days]
        places = set(range(*self._place(folder)))
        at = self.text.find(folder)
        while at >= 0:
            places.add(bisect_right(self.edges, at) - 1)
            at = self.text.find(folder, at + 1)
        return [day for place in sorted(places) for day in self.said[place][1]]

    def excerpts(self, dates: Collection[str]) -> list[tuple[int, int, set[str]]]:
        """Where the days of `dates` stand or belong, with their neighbours: in order, and apart from each other."""
        if not self.edges:
            return [(0, len(self.text), set(dates))]
        places: list[tuple[int, int, set[str]]] = []
        for date in sorted(dates, reverse=self.is_newest_first):
            first, behind = self._place(date)
            start, end = self.edges[max(0, first - 1)], self.edges[min(max(behind, first + 1), len(self.dates))]
            if places and start < places[-1][1]:
                before, end_before, others = places.pop()
                places.append((before, max(end, end_before), others | {date}))
            else:
                places.append((start, end, {date}))
        return places

    def _place(self, date: str) -> tuple[int, int]:
        if self.is_newest_first:
            upwards, count = self.dates[::-1], len(self.dates)
            return count - bisect_right(upwards, date), count - bisect_left(upwards, date)
        return bisect_left(self.dates, date), bisect_right(self.dates, date)


class Passages:
    """Remembers the text that was read last, and its passages: what has not changed since is not read again."""

    def __init__(self) -> None:
        self._days: dict[str, tuple[str, Days]] = {}
        """What each passage says, with its date."""
        self._last: tuple[str, SiteData] | None = None

    def read(self, text: str) -> SiteData:
        """Cut it, where that changes nothing of what it says. Raises NotMergeable."""
        if self._last is None or self._last[0] != text:
            self._last = text, self._read(text)
        return self._last[1]

    def _read(self, text: str) -> SiteData:
        mark = _MARK if text.startswith(_MARK) else ""
        frame = framed(text.removeprefix(mark))
        if frame.days is not None:
            return SiteData(mark, frame, whole=frame.days)
        edges = _edges(frame.body)
        passages = [frame.body[start:end] for start, end in pairwise(edges)]
        said = self._understood(passages)
        dates = tuple(date for date, _ in said)
        if not said or not (_ascend(dates) or _ascend(dates[::-1])):
            whole = read(frame.body, first_line=text_lines.ends(frame.before))
            return SiteData(mark, frame, whole=whole, is_newest_first=is_newest_first([date_of(day) for day in whole]))
        of_each = tuple((passage, days) for passage, (_, days) in zip(passages, said, strict=True))
        return SiteData(mark, frame, edges=edges, dates=dates, said=of_each, is_newest_first=not _ascend(dates))

    def _understood(self, passages: Sequence[str]) -> list[tuple[str, Days]]:
        """The date of each passage, and what it says; nothing where one of them cannot be read by itself."""
        understood: dict[str, tuple[str, Days]] = {}
        for passage in passages:
            known = self._days.get(passage)
            if known is None:
                days = one_day(passage)
                if not days:
                    return []
                known = date_of(days[0]), days
            understood[passage] = known
        self._days = understood
        return [understood[passage] for passage in passages]


def is_newest_first(dates: Sequence[str]) -> bool:
    """Whether most of a file's days stand before earlier ones."""
    steps = [(one > two) - (one < two) for one, two in pairwise(dates)]
    return sum(steps) > 0


def _ascend(dates: Sequence[str]) -> bool:
    return list(dates) == sorted(dates)


def cut(text: str) -> tuple[Surroundings, list[str]]:
    """What stands around a file's days, and its passages; none where it is to be read as a whole, or cannot be."""
    try:
        frame = framed(text.removeprefix(_MARK))
    except NotMergeable:
        return _NOTHING, []
    return frame, [] if frame.days is not None else [frame.body[start:end] for start, end in pairwise(_edges(frame.body))]


def _edges(body: str) -> tuple[int, ...]:
    """Where each passage begins, and the last one ends; nothing where there is none."""
    first = re.search(r"^([ \t]*)-(?=\s)", body, re.MULTILINE)
    margin = re.escape(first[1]) if first else ""
    starts = [entry.start() for entry in re.finditer(rf"^{margin}-(?=\s)", body, re.MULTILINE)]
    return (0, *starts[1:], len(body)) if starts else ()


def one_day(passage: str) -> Days:
    """What a passage says that is one day and nothing else; nothing of any other."""
    try:
        days = read(passage)
    except NotMergeable:
        return []
    return days if len(days) == 1 else []


NOTHING = SiteData("", whole=[])
"""A file in which nothing stands, or nothing that can be read."""


def understood(text: str | None, passages: Passages) -> tuple[SiteData, str | None]:
    """The site data as it stands; why it cannot be added to, then as if it were empty."""
    if text is None:
        return NOTHING, sentence("The chronicle is not written in UTF-8. Save it as UTF-8; it was left alone.")
    try:
        return passages.read(text), None
    except NotMergeable as error:
        return NOTHING, error.args[0]
