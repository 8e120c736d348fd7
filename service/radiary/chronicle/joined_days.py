"""The joined story day by day: a day of which nothing changed since it was joined last is not joined again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from radiary.chronicle.joined_story import NOWHERE, Band, Joined, Place, ToldDay, by_day, during, in_order, in_time, joined
from radiary.chronicle.own_days import OwnDay
from radiary.chronicle.story import Story

_Written = tuple[str, Collection[str]]
"""The day and the pictures of an exam that was written into her file."""


class JoinedDays:
    """Remembers each day as it was joined, and of what all of them were made."""

    def __init__(self) -> None:
        self._days: dict[str, Joined] = {}
        self._made_of: tuple[Mapping[str, object], ...] = ()

    def joined(
        self, story: Story, own: Sequence[OwnDay], known: Collection[str], *, made_of: Mapping[Place, str] = NOWHERE
    ) -> Joined:
        """What `joined_story.joined` says. Only days of which one lists pictures of another are looked at together."""
        parts, own_of, bound = _Parts(story), _by_date(own), _bound(story, own, made_of)
        dates = {*own_of, *parts.days, *parts.papers} - bound
        changed = self._changed(parts, own_of, known)
        self._days = {date: day for date, day in self._days.items() if date in dates and date not in changed}
        for date in dates - self._days.keys():
            self._days[date] = joined(parts.of([date]), own_of.get(date, ()), known)
        told = [self._days[date] for date in (*sorted(dates - {""}), *(dates & {""}))]
        if bound:
            others = [day for day in own if day.date in bound]
            told.append(joined(parts.of(sorted(bound, key=in_order)), others, known, made_of=made_of))
        return _together(told, is_in_order=not bound)

    def _changed(self, parts: "_Parts", own_of: Mapping[str, object], known: Collection[str]) -> set[str]:
        """The days of which something is not as it was."""
        called = {study: parts.story.titles.get(study, "") for study in parts.date_of if study in known}
        shown = parts.papers, parts.story.values, parts.story.cuttings
        now: tuple[Mapping[str, object], ...] = (called, own_of, parts.days, parts.gone, *shown)
        before, self._made_of = self._made_of or ({},) * len(now), now
        studies, *dates = (_differing(one, other) for one, other in zip(before, now, strict=True))
        return {parts.date_of[study] for study in studies if study in parts.date_of}.union(*dates)


def _differing(before: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    """The keys under which two mappings differ."""
    if before == now:
        return set()
    return {key for key, value in now.items() if before.get(key) != value}.union(before.keys() - now.keys())


class _Parts:
    """Cuts a story into its days."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.days = {day.date: day for day in story.days}
        self.papers = by_day(story.papers)
        self.gone: dict[str, dict[str, _Written]] = {}
        """Of each day, what was written into her file of exams that do not stand any more."""
        self.date_of = {exam.study: day.date for day in story.days for exam in day.exams}
        for study, written in story.written.items():
            if study not in self.date_of:
                self.gone.setdefault(written[0], {})[study] = written

    def of(self, dates: Collection[str]) -> Story:
        """The part of the story that is about some days."""
        story, nothing = self.story, dict[str, _Written]()
        return Story(
            tuple(self.days[date] for date in dates if date in self.days),
            titles=story.titles,
            written={study: of for date in dates for study, of in self.gone.get(date, nothing).items()},
            papers=tuple((date, kind) for date in dates for kind in self.papers.get(date, ())),
            values={date: story.values[date] for date in dates if date in story.values},
            cuttings={date: story.cuttings[date] for date in dates if date in story.cuttings},
        )


def _by_date(own: Iterable[OwnDay]) -> dict[str, list[OwnDay]]:
    days: dict[str, list[OwnDay]] = {}
    for day in own:
        days.setdefault(day.date, []).append(day)
    return days


def _bound(story: Story, own: Iterable[OwnDay], made_of: Mapping[Place, str]) -> set[str]:
    """Days that cannot be joined by themselves: one lists pictures of another, or what `made_of` knows."""
    dates, folders, studies = {day.date for day in story.days}, {folder for folder, _ in made_of}, {*made_of.values()}
    bound = {day.date for day in story.days for exam in day.exams if exam.study in studies} if studies else set[str]()
    for day in own:
        for event in day.events:
            if event.folder != day.date and event.pictures and (event.folder in dates or event.folder in folders):
                bound |= {day.date, event.folder}
        if day.date in folders:
            bound.add(day.date)
    return bound


def _together(parts: Sequence[Joined], *, is_in_order: bool) -> Joined:
    days = [day for part in parts for day in part.days]
    unlinked = [one for part in parts for one in part.unlinked]
    if not is_in_order:
        days.sort(key=lambda day: in_order(day.date))
        unlinked.sort(key=lambda one: in_order(one[0]))
    bands = in_time([band for part in parts for band in part.bands])
    return Joined(
        tuple(_with_bands(day, bands) for day in days) if bands else tuple(days),
        sum([part.sealed for part in parts]),
        tuple(unlinked),
        tuple([event for part in parts for event in part.lost_seals]),
        bands,
    )


def _with_bands(day: ToldDay, bands: Iterable[Band]) -> ToldDay:
    """The day with all bands in which it lies, also such as begin on another."""
    around = during(bands, day.date)
    return day if around == day.bands else replace(day, bands=around)
