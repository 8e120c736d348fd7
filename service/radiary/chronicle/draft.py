"""What the chronicle is to show, before the gate: pictures, her file with what is new, and the days of the pages."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from radiary.chronicle import (
    contact_sheets,
    copied_pictures,
    insertions,
    jekyll,
    made_of,
    owners_file,
    page,
    released_values,
    series_pictures,
    sources,
    standing,
    viewed_exams,
)
from radiary.chronicle.chapters import DayEntry
from radiary.chronicle.joined_story import Joined, joined
from radiary.chronicle.released_values import Released
from radiary.chronicle.remembered import Remembered
from radiary.chronicle.site import Site
from radiary.chronicle.story import Exam, Story
from radiary.chronicle.yaml_passages import NOTHING, SiteData, understood
from radiary.library import layout
from radiary.library.shelf import Library
from radiary.viewer import folder as viewer
from radiary.workers.pool import Workers

_NOBODY: frozenset[str] = frozenset()


States = Mapping[str, tuple[int, int] | None]
"""Which state each study is in, by its UID; None of one that is not there."""


@dataclass(frozen=True)
class Draft:
    """Everything that is to be written."""

    named: Story
    moves: Mapping[Path, Path]
    before: str | None
    """Her file's text; None where it is not written in UTF-8."""
    addition: jekyll.Addition
    offered: Mapping[str, str]
    """Exams whose entries an old text was saved over, with their day: they are written once more."""
    entries: Sequence[DayEntry]
    said: Sequence[str]
    """What Radiary says on days that were made anew."""
    frame: page.PageFrame
    obstacle: str | None
    """Why her file cannot be added to at all."""
    keeps_page: bool
    """Whether the pages stay as they are: her file cannot be read just now, or is away, and they show her words."""
    viewed: Mapping[str, Exam]
    """The exams that a page tells of, by code: each has a page to be looked through, and a sheet."""


class Drafting:
    """Makes one draft; `may_show` says of a text of Radiary's whether the gate lets it pass."""

    def __init__(
        self, site: Site, library: Path, *, pool: Workers, remembered: Remembered, may_show: Callable[[str], bool]
    ) -> None:
        self._site, self._library, self._pool, self._remembered = site, library, pool, remembered
        self._may_show, self._made = may_show, sources.made(site.folder)

    def draft(self, story: Story, states: States, known: frozenset[str], *, released: Sequence[Released] = ()) -> Draft:
        """Everything that is to be shown. Raises NotNow."""
        text, remembered = owners_file.read(self._site.data), self._remembered
        data, obstacle = understood(text, remembered.passages)
        away = self._site.away()
        named, moves = (story, {}) if away else self._pictures(story, data, is_anew=data.is_empty and obstacle is None)
        hers = _NOBODY if data.is_empty else known
        offered = {} if obstacle else self._lost(named, data, hers)
        obstacle = obstacle or away
        addition = jekyll.Addition(data.file, (), obstacle)
        addition = addition if obstacle else jekyll.added(data, named, hers - offered.keys())
        after = data if addition.text == data.file else remembered.passages.read(addition.text)
        is_unread = text is None or data is NOTHING or (away is not None and data.is_empty)
        shown = remembered.last = remembered.last if is_unread else after
        told = self._joined(named, shown or NOTHING, hers if shown is after else known)
        keeps_page = shown is None and (self._site.folder / page.FIRST).exists()
        viewed = self._told_of(named, told, keeps_page=keeps_page)
        moves |= self._looked_through(viewed, states) | self._sheets(viewed, states)
        frame = replace(
            self._frame(story, told, shown, obstacle=obstacle),
            values=released_values.views(released, self._site.language, shows_people=story.people > 1),
        )
        entries, said = self._entries(named, told, moves, frame=frame)
        written = {study: day for study, day in offered.items() if study in {exam.study for _, exam in addition.exams}}
        return Draft(
            named,
            moves,
            before=text,
            addition=addition,
            offered=written,
            entries=entries,
            said=said,
            frame=frame,
            obstacle=obstacle,
            keeps_page=keeps_page,
            viewed={viewed_exams.code(exam): exam for _, exam in viewed},
        )

    def _entries(
        self, named: Story, told: Joined, moves: dict[Path, Path], *, frame: page.PageFrame
    ) -> tuple[list[DayEntry], list[str]]:
        """The days, ready for a page; and what Radiary says on those that were made anew."""
        site, remembered = self._site, self._remembered
        places = sources.Links(
            site.folder, site.images, self._made, library=self._library, looks=remembered.looks, may_show=self._may_show
        )
        return remembered.book.entries(told.days, places, places.sources(named, moves), frame, shows_people=named.people > 1)

    def _pictures(self, story: Story, data: SiteData, *, is_anew: bool) -> tuple[Story, dict[Path, Path]]:
        """The story with its pictures made and named. Only days on which one is to be made are looked at."""
        wanted = [day for day in story.days if is_anew or any(_is_open(exam) for exam in day.exams)]
        if not wanted:
            return story, {}
        told, taken = replace(story, days=tuple(wanted)), replace(data, given=story.given())
        made, moves = series_pictures.made(told, self._site.images, taken, self._library, self._pool, is_anew=is_anew)
        days = {day.date: day for day in made.days}
        return replace(story, days=tuple(days.get(day.date, day) for day in story.days)), moves

    def _sheets(self, viewed: Sequence[tuple[str, Exam]], states: States) -> dict[Path, Path]:
        """Drafts of the sheets of exams that changed since they were looked at."""
        folder, remembered, there = self._site.folder / "sheets", self._remembered.sheets, self._made.sheets
        stale = [
            exam
            for _, exam in viewed
            if remembered.get(exam.study) != states[exam.study] or contact_sheets.name(exam) not in there
        ]
        moves = contact_sheets.drawn(stale, folder, self._library, pool=self._pool) if stale else {}
        self._remembered.sheets = {study: state for study, state in states.items() if state is not None}
        return moves

    def _told_of(self, named: Story, told: Joined, *, keeps_page: bool) -> list[tuple[str, Exam]]:
        """The exams that a page tells of, so that they may be looked at: what she sealed or took out is on none."""
        every = viewed_exams.exams(named)
        if keeps_page:
            return [(date, exam) for date, exam in every if viewed_exams.code(exam) in self._made.viewed]
        shown = {exam.study for day in told.days for event in day.events for exam in event.exams}
        return [(date, exam) for date, exam in every if exam.study in shown]

    def _looked_through(self, viewed: Sequence[tuple[str, Exam]], states: States) -> dict[Path, Path]:
        """Drafts of the viewer's files of exams that changed since they were looked at; none of one whose file names somebody."""
        folder, seen, there = self._site.folder / viewer.NAME, self._remembered.sheets, self._made.viewed
        told_of = self._remembered.exams
        every = [one for one in viewed if not one[1].moved_to or self._may_show(one[1].place)]
        told = {viewed_exams.code(exam) for _, exam in every}
        stale = [
            viewed_exams.viewed(exam, date)
            for date, exam in every
            if viewed_exams.code(exam) not in there
            or seen.get(exam.study) != states[exam.study]
            or told_of.get(exam.study) != exam
        ]
        self._remembered.exams = {exam.study: exam for _, exam in every}
        moves = viewer.drawn(
            stale, there - told, folder=folder, library=self._library, pool=self._pool, language=self._site.language
        )
        hidden = {path.stem for path, draft in moves.items() if not self._may_show(draft.read_text(encoding="utf-8"))}
        for path in [path for path in moves if path.stem in hidden]:
            moves.pop(path).unlink()
        return moves

    def _lost(self, named: Story, data: SiteData, known: frozenset[str]) -> dict[str, str]:
        """Exams whose entry an old text was saved over, with their day; what she has seen is forgotten."""
        inserted = insertions.read(self._site.record)
        if inserted.is_unchanged(data.file) or data.is_empty:
            return {}
        missing = {exam.study for _, exam in self._joined(named, data, known).unlinked}
        is_untouched = insertions.is_untouched(self._site.data, inserted)
        lost = inserted.lost(data.file, missing, is_untouched=is_untouched)
        if inserted.is_seen(data.file, lost):
            insertions.keep(self._site.record, insertions.Insertions())
        return {study: inserted.studies[study] for study in lost}

    def _joined(self, story: Story, data: SiteData, known: frozenset[str]) -> Joined:
        """One story. Only where an entry is not found by its pictures' names, pictures themselves are looked into."""
        own = self._remembered.own_days(data)
        told = joined(story, own, known)
        gone = [one for one in told.unlinked if one[1].study in known]
        studies = made_of.studies(
            gone, own, story=story, images=self._site.images, library=self._library, remembered=self._remembered.made_of
        )
        told = joined(story, own, known, made_of=studies) if studies else told
        return copied_pictures.shown_once(told, own, self._site.images)

    def _frame(self, story: Story, told: Joined, data: SiteData | None, *, obstacle: str | None) -> page.PageFrame:
        say, count = self._site.language.say, self._site.language.count
        notes = [say("Your file could not be read or added to. `radiary status` says why.")] if obstacle else []
        if story.people > 1:
            notes.append(
                say(
                    "These exams come from %(number)s different patient numbers. One person may have several, one at each "
                    "hospital; or somebody else's scans may have been dropped, too.",
                    number=story.people,
                )
            )
        if story.held:
            notes.append(
                count(
                    "Pictures of %(number)s exam wait on the private shelf for their owner to look at, and are not shown here.",
                    "Pictures of %(number)s exams wait on the private shelf for their owner to look at, and are not shown here.",
                    story.held,
                )
            )
        if told.sealed:
            notes.append(count("%(number)s entry is sealed.", "%(number)s entries are sealed.", told.sealed))
        bands = tuple(dict.fromkeys(band for day in told.days for band in day.bands))
        title = data.frame.title if data else ""
        is_newest_first = data.is_newest_first if data else False
        return page.PageFrame(self._site.language, title, notes=tuple(notes), bands=bands, is_newest_first=is_newest_first)


def in_place(story: Story, library: Path) -> tuple[Story, States]:
    """The story of what stands, and the state of each study. Where all are where they were filed, nothing is searched.

    Raises NotNow.
    """
    states = _states(story, library)
    if None not in states.values():
        return story, states
    stands = standing.standing(story, Library(library))
    return stands, _states(stands, library)


def _states(story: Story, library: Path) -> States:
    return {exam.study: _state(f"{library}/{exam.place}/{layout.STUDY_FILE}") for day in story.days for exam in day.exams}


def _state(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - asked of every exam in every run
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _is_open(exam: Exam) -> bool:
    return any(not picture.name or picture.is_shown_anew for picture in exam.pictures)
