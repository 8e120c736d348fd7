"""What the chronicle is to show, before the gate: pictures, her file with what is new, and the days of the pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from radiary.chronicle import (
    contact_sheets,
    insertions,
    jekyll,
    linked_entries,
    owners_file,
    page,
    released_values,
    series_pictures,
    sources,
    standing,
    viewed_exams,
)
from radiary.chronicle.chapters import DayEntry
from radiary.chronicle.joined_story import Joined
from radiary.chronicle.released_values import Released
from radiary.chronicle.remembered import Remembered
from radiary.chronicle.site import Site
from radiary.chronicle.story import Exam, Story
from radiary.chronicle.yaml_passages import NOTHING, SiteData, understood
from radiary.files.looks import FileState, Looks, state_of
from radiary.library import layout
from radiary.library.shelf import Library
from radiary.viewer import folder as viewer
from radiary.workers.pool import Workers

_NOBODY: frozenset[str] = frozenset()


States = Mapping[str, FileState | None]
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
    """Exams whose entries an old text was saved over, with their day: they are to be written once more."""
    entries: Sequence[DayEntry]
    frame: page.PageFrame
    obstacle: str | None
    """Why her file cannot be added to at all."""
    keeps_page: bool
    """Whether the pages stay as they are: her file cannot be read just now, or is away, and they show her words."""
    untold: sources.Made
    """What lies there and is of no exam that a page tells of: of each of those, a sheet and a page to be looked through."""
    looks: Looks
    """What lies on the disk, and is going to."""


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
        drafts, untold = self._drawn(self._told_of(named, told, keeps_page=keeps_page), states)
        moves |= drafts
        looks = Looks(moves)
        frame = replace(
            self._frame(story, told, shown, obstacle=obstacle),
            values=released_values.views(released, self._site.language, shows_people=story.people > 1),
        )
        return Draft(
            named,
            moves,
            before=text,
            addition=addition,
            offered=offered,
            entries=self._entries(named, told, looks, made=self._made.without(untold), frame=frame),
            frame=frame,
            obstacle=obstacle,
            keeps_page=keeps_page,
            untold=untold,
            looks=looks,
        )

    def _entries(self, named: Story, told: Joined, looks: Looks, *, made: sources.Made, frame: page.PageFrame) -> list[DayEntry]:
        """The days, ready for a page; `made` is what goes on lying in the chronicle's folder."""
        site, remembered = self._site, self._remembered
        places = sources.Links(
            site.folder,
            site.images,
            made,
            withdrawn=sources.withdrawn(named),
            library=self._library,
            looks=looks,
            may_show=self._may_show,
        )
        return remembered.book.entries(told.days, places, frame, shows_people=named.people > 1)

    def _pictures(self, story: Story, data: SiteData, *, is_anew: bool) -> tuple[Story, dict[Path, Path]]:
        """The story with its pictures made and named. Only days on which one is to be made are looked at."""
        every = ((day.date, one) for day in story.days for exam in day.exams for one in exam.pictures)
        wanted = {date for date, picture in every if is_anew or not picture.name or picture.is_shown_anew}
        if not wanted:
            return story, {}
        told = replace(story, days=tuple(day for day in story.days if day.date in wanted))
        taken = replace(data, given=told.given())
        made, moves = series_pictures.made(told, self._site.images, taken, self._library, self._pool, is_anew=is_anew)
        days = {day.date: day for day in made.days}
        return replace(story, days=tuple(days.get(day.date, day) for day in story.days)), moves

    def _told_of(self, named: Story, told: Joined, *, keeps_page: bool) -> list[Exam]:
        """The exams that a page tells of, so that they may be looked at: what she sealed or took out is on none."""
        if keeps_page:
            there = viewer.codes(self._made.viewed)
            return [exam for day in named.days for exam in day.exams if exam.pictures and viewed_exams.code(exam) in there]
        return [exam for day in told.days for event in day.events for exam in event.exams if exam.pictures]

    def _drawn(self, viewed: Sequence[Exam], states: States) -> tuple[dict[Path, Path], sources.Made]:
        """Drafts of sheets, and of the viewer's files, of exams that changed since they were looked at, or have none; and what
        lies there of others.
        """
        remembered, made = self._remembered, self._made
        drawn = remembered.drawn if remembered.groups <= made.viewed else {}
        now = {exam.study: (states[exam.study], exam) for exam in viewed}
        changed = {study: state[1] for study, state in now.items() if drawn.get(study) != state}
        sheets = {contact_sheets.name(exam): exam for exam in viewed}
        placed = [exam for exam in viewed if self._may_tell_place(exam)]
        pages = {name: exam for exam in placed for name in viewer.files(viewed_exams.code(exam))}
        untold = sources.Made(made.sheets.difference(sheets), made.viewed.difference(pages))
        gone = viewer.codes(untold.viewed).difference(map(viewed_exams.code, placed))
        stale = [exam for exam in _stale(pages, made.viewed, changed) if self._may_tell_place(exam)]
        moves, failed = self._pages(stale, gone)
        if stale := _stale(sheets, made.sheets, changed):
            drafts, undrawn = contact_sheets.drawn(stale, self._site.folder / "sheets", self._library, pool=self._pool)
            moves, failed = moves | drafts, failed | undrawn
        remembered.drawn = {study: state for study, state in now.items() if study not in failed}
        remembered.groups = viewer.groups_among((*made.viewed, *(path.name for path in moves)))
        return moves, untold

    def _may_tell_place(self, exam: Exam) -> bool:
        """Whether a page may say where an exam lies: its owner's name for its folder may tell whose it is."""
        return not exam.moved_to or self._may_show(exam.place)

    def _pages(self, stale: Sequence[Exam], gone: frozenset[str]) -> tuple[dict[Path, Path], set[str]]:
        """Drafts of the viewer's files, none of an exam whose file names somebody; and the exams that could not be drawn."""
        folder, exams = self._site.folder / viewer.NAME, [viewed_exams.viewed(exam) for exam in stale]
        moves, undrawn = viewer.drawn(
            *(exams, self._made.viewed, gone),
            folder=folder,
            library=self._library,
            pool=self._pool,
            language=self._site.language,
        )
        hidden = {path.stem for path, draft in moves.items() if not self._may_show(draft.read_text(encoding="utf-8"))}
        for path in [path for path in moves if path.stem in hidden]:
            moves.pop(path).unlink()
        return moves, {exam.study for exam in stale if viewed_exams.code(exam) in undrawn}

    def _lost(self, named: Story, data: SiteData, known: frozenset[str]) -> dict[str, str]:
        """Exams whose entry an old text was saved over, with their day; what she has seen is forgotten."""
        site, inserted = self._site, insertions.read(self._site.record)
        lost = linked_entries.lost(
            named, data, known, inserted=inserted, site=site, library=self._library, remembered=self._remembered
        )
        if inserted.is_seen(data.file, lost) and not data.is_empty:
            insertions.keep(site.record, insertions.Insertions())
        return lost

    def _joined(self, story: Story, data: SiteData, known: frozenset[str]) -> Joined:
        return linked_entries.joined(story, data, known, site=self._site, library=self._library, remembered=self._remembered)

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
        bands = tuple(dict.fromkeys(told.bands))
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
    return {exam.study: state_of(f"{library}/{exam.place}/{layout.STUDY_FILE}") for day in story.days for exam in day.exams}


def _stale(files: Mapping[str, Exam], there: frozenset[str], changed: Mapping[str, Exam]) -> list[Exam]:
    """Of exams by the names of their files, those that changed or of which a file is not there."""
    missing = [files[name] for name in files.keys() - there]
    return sorted({**changed, **{exam.study: exam for exam in missing}}.values(), key=lambda exam: exam.folder)
