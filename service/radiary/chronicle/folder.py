"""Writes the chronicle: pictures, pages and site data, from the ledger, the library and the owner's file."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from radiary.chronicle import (
    contact_sheets,
    cut_files,
    draft,
    identity_gate,
    insertions,
    owners_file,
    released_values,
    series_pictures,
    spoken,
    text_lines,
    told_cuttings,
    value_files,
)
from radiary.chronicle.draft import Draft, Drafting
from radiary.chronicle.released_values import Released
from radiary.chronicle.remembered import Remembered
from radiary.chronicle.site import Site
from radiary.chronicle.story import Story
from radiary.chronicle.told_cuttings import ShownCutting
from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.language import Language, joined, sentence
from radiary.library import layout
from radiary.model.events import Chronicled
from radiary.state.people import People
from radiary.viewer import folder as viewer
from radiary.workers.collecting import without_collecting
from radiary.workers.pool import Workers

_TIMES = 3
"""How often it is begun again when her file was saved meanwhile."""


def tell(
    story: Story,
    known: frozenset[str],
    *,
    site: Site,
    library: Path,
    pool: Workers,
    people: People,
    remembered: Remembered,
    released: Sequence[Released] = (),
    cuttings: Sequence[ShownCutting] = (),
) -> tuple[list[Chronicled], str | None]:
    """Bring the chronicle up to date: the facts to write down, and what its owner should know.

    `known` are the studies whose entries and pictures belong to their owner already; nothing is written in which one of
    `people` can be read. Raises NotNow when the folder cannot be written.
    """
    if known and (away := site.folder_away()):
        return [], away
    facts, note = list[Chronicled](), None
    with on_disk(), without_collecting():
        private.folder(site.folder)
        for _ in range(_TIMES):
            facts, note = _told(
                *(story, known),
                site=site,
                library=library,
                pool=pool,
                people=people,
                remembered=remembered,
                released=released,
                cuttings=cuttings,
            )
            if note != owners_file.EDITED:
                break
    return facts, note


def _told(
    story: Story,
    known: frozenset[str],
    *,
    site: Site,
    library: Path,
    pool: Workers,
    people: People,
    remembered: Remembered,
    released: Sequence[Released],
    cuttings: Sequence[ShownCutting],
) -> tuple[list[Chronicled], str | None]:
    """One time of it, with her file as it is now. Raises OSError and NotNow."""
    story, states = draft.in_place(story, library)
    guard = _guard(released_values.at_their_days(story, released), people, site.language, remembered=remembered)
    may_show = partial(_may_show, guard)
    released, unshown = released_values.allowed(released, may_show)
    story = released_values.at_their_days(story, released)
    cuttings, lost = cut_files.write(cuttings, site.folder)
    story = told_cuttings.at_their_days(story, cuttings, site.language, may_show=may_show)
    drafting = Drafting(site, library, pool=pool, remembered=remembered, may_show=may_show)
    drafted = drafting.draft(story, states, known, released=released)
    unwritten = value_files.write(released, site)  # first: what was taken back goes, whatever else is in the way
    if stopped := _stopped(drafted, guard, site, remembered=remembered):
        return [], _said_of(stopped)
    note = _put(story, drafted, site, remembered=remembered) or unwritten
    if note is not None:
        return [], note
    withdrawn = _withdrawn(story, drafted.named, site.images)
    written = {exam.study for _, exam in drafted.addition.exams}
    offered = _offered({day for study, day in drafted.offered.items() if study in written})
    notes = [one for one in (drafted.addition.note, offered, withdrawn, unshown, lost) if one]
    hers = known.union(written)
    return list(_facts(story, drafted.named, hers, drafted.addition.exams)), joined(notes) if notes else None


def _said_of(stopped: str) -> str:
    """What is to be said of a place in which somebody can be read."""
    return sentence(
        "The chronicle was not written: something in %(place)s would tell who it is about. Nothing of it was shown, and "
        "your pictures are safe in the library. Please report this to Radiary's developers.",
        place=stopped,
    )


def _may_show(guard: identity_gate.Gate, text: str) -> bool:
    return not guard.stops({"": text.encode()}, ())


def _guard(story: Story, people: People, language: Language, *, remembered: Remembered) -> identity_gate.Gate:
    """Listings for everybody known; what Radiary always says, and the dates of exams, name nobody."""
    identities = [one for known in people.all() for one in known.identities.values()]
    births = {one.birth_date for one in identities}
    told = (*(day.date for day in story.days), *story.values)
    days = (day for day in told if day and day.replace("-", "") in births)
    dates = " ".join(form for day in days for form in (*_dates(day), language.day(day), language.short_day(day)))
    others = people.others()
    made_of = (tuple(identities), others, dates, language)
    if remembered.gate is None or remembered.gate[0] != made_of:
        said = spoken.words(language)
        remembered.gate = made_of, identity_gate.gate_against(identities, dates.encode(), others, spoken=said)
    return remembered.gate[1]


def _stopped(drafted: Draft, guard: identity_gate.Gate, site: Site, *, remembered: Remembered) -> str | None:
    """The place in which somebody can be read; then nothing of the draft stays."""
    said = remembered.book.said(is_all=not remembered.searched.knows(guard))
    texts = {"the page": "\n".join(said).encode(), "the site data": _ours(drafted.before or "", drafted.addition.text)}
    rest = remembered.searched.rest(guard, _files(drafted, site), drafted.looks)
    stops = guard.stops(texts, ((_called(path, site), data) for path, data in rest))
    if not stops:
        remembered.book.has_passed()
        return None
    remembered.searched.forget()
    remembered.book.forget()
    remembered.look_again()
    for path in drafted.moves.values():
        path.unlink()
    return stops[0]


def _files(drafted: Draft, site: Site) -> list[str]:
    """Every picture and sheet of ours, where it is to lie."""
    images, sheets = site.images, f"{site.folder}/sheets"
    exams = [(day.date or layout.UNDATED, exam) for day in drafted.named.days for exam in day.exams]
    pictures = [f"{images}/{date}/{picture.name}" for date, exam in exams for picture in exam.pictures]
    return [*pictures, *(f"{sheets}/{contact_sheets.name(exam)}" for _, exam in exams)]


def _called(path: str, site: Site) -> str:
    """What one of them is called where somebody can be read in it: its place may be on a disk of hers that has her name."""
    picture = path.removeprefix(f"{site.images}/")
    return f"sheet {path.rpartition('/')[2]}" if picture == path else f"picture {picture}"


def _put(story: Story, drafted: Draft, site: Site, *, remembered: Remembered) -> str | None:
    """Write everything; why her file was not added to. Raises OSError."""
    rest = dict(drafted.moves)
    for tree in (site.folder / "sheets", site.folder / viewer.NAME, site.images):  # the last may hold the chronicle's folder
        if moves := {path: rest.pop(path) for path in drafted.moves if path in rest and tree in path.parents}:
            private.move_all(moves, tree)
    _take_away(story, drafted.named, site.images)
    contact_sheets.clear(drafted.untold.sheets, site.folder / "sheets")
    viewer.clear(drafted.untold.viewed, site.folder / viewer.NAME)
    if not drafted.keeps_page:
        remembered.book.write(site.folder, drafted.frame, drafted.entries)
    if drafted.obstacle is not None:
        return drafted.obstacle
    before, after = drafted.before or "", drafted.addition.text
    inserted = insertions.read(site.record)
    reading = insertions.reading(site.data, inserted)
    note = owners_file.written(site.data, before, after)
    if note is None and after != before:
        studies = {exam.study: date for date, exam in drafted.addition.exams}
        inserted = inserted.add(before, after, studies=studies, lost=drafted.offered, reading=reading)
        insertions.keep(site.record, insertions.mark(site.data, inserted))
    if note is None:
        site.remember_places()
    return note


def _take_away(story: Story, named: Story, images: Path) -> None:
    """Delete from the site what its owner took back or out, where it is still as Radiary wrote it."""
    for date, name in _taken_back(story, named):
        path = series_pictures.folder(images, date) / name
        if series_pictures.is_as_made(path):
            path.unlink(missing_ok=True)


def _taken_back(story: Story, named: Story) -> list[tuple[str, str]]:
    """Pictures, by day and name, that show what she took back and the story tells of no more."""
    if not story.withdrawn:
        return []
    told_of = {(day.date, picture.name) for day in named.days for exam in day.exams for picture in exam.pictures}
    return [key for key in story.withdrawn if key not in told_of]


def _withdrawn(story: Story, named: Story, images: Path) -> str | None:
    """What is to be said of pictures that their owner took back: once in the site they are hers, to delete as well."""
    left = [key for key in _taken_back(story, named) if (series_pictures.folder(images, key[0]) / key[1]).exists()]
    if not left:
        return None
    names = ", ".join(f"images/{date or layout.UNDATED}/{name}" for date, name in left)
    return sentence(
        "These pictures of the chronicle still show what you took back; delete them, and their names in `chronicle.yml`: "
        "%(names)s",
        names=names,
    )


def _offered(offered: Collection[str]) -> str | None:
    """What is to be said of entries that were written once more, by their days."""
    if not offered:
        return None
    return sentence(
        "An older text was saved over the entry of %(days)s, so it was added to `chronicle.yml` once more. Load the file anew in "
        "your editor; an entry that you delete there stays out.",
        days=", ".join(sorted(offered)),
    )


def _dates(day: str) -> tuple[str, ...]:
    """The forms in which the chronicle writes the day of an exam: the gate takes them out first, since somebody's birth date
    may be the same day.
    """
    year, month, date = day.split("-")
    return day, day.replace("-", ""), f"{date}.{month}.{year}", f"{date}{month}{year}"


def _ours(text: str, added: str) -> bytes:
    """What this run would add; her own words in the site data are hers to publish."""
    before, after = text_lines.changed(text, added)
    own = set(before.splitlines())
    return "\n".join(line for line in after.splitlines() if line not in own).encode()


def _facts(
    story: Story, named: Story, written: frozenset[str] | set[str], added: Iterable[tuple[str, Any]]
) -> Iterator[Chronicled]:
    """A fact for every exam in the site data that has pictures which were named just now."""
    titles = {exam.study: exam.title for _, exam in added}
    for day, before in zip(named.days, story.days, strict=True):
        if day is before:
            continue
        had = {(exam.study, one.series) for exam in before.exams for one in exam.pictures if one.name}
        for exam in day.exams:
            new = {one.series: one.name for one in exam.pictures if (exam.study, one.series) not in had}
            if new and day.date and exam.study in written:
                yield Chronicled(study=exam.study, date=day.date, pictures=new, title=titles.get(exam.study, ""))
