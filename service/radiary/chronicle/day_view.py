"""What a page shows of a day: her words as HTML, pictures where they lie, links, and what may be filtered by."""

import datetime
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from radiary.chronicle import markdown, report_words, words
from radiary.chronicle.joined_story import Band, Told, ToldDay
from radiary.chronicle.own_days import OwnPicture, has_ended, is_day, moment
from radiary.chronicle.story import Exam
from radiary.language import Language, readable

_LONG = 160
"""Letters of a title that are repeated elsewhere."""
_SMALL = 64
"""Pixels on a picture's longer side below which it is shown as it is."""
_GRID = 8
"""Pictures of her own from which on they are shown as a grid of photographs."""


@dataclass(frozen=True)
class Sources:
    """Where what a page shows lies, as links from the page; None of what is not there."""

    picture: Callable[[str, str], str | None]
    """Of a picture, by its folder and name."""
    sheet: Callable[[Exam], str | None]
    folder: Callable[[Exam], str | None]
    viewer: Callable[[Exam], str | None]
    """The page on which an exam is looked through."""
    report: Callable[[Exam], str]
    """The text of an exam's reports, as far as they are released."""
    size: Callable[[str], tuple[int, int] | None] = lambda _link: None
    """How wide and high a picture is, by its link; None where that is not known."""
    withdrawn: Collection[tuple[str, str]] = ()
    """Pictures, by folder and name, that show what their owner took back."""


@dataclass(frozen=True, slots=True)
class PictureView:
    """One picture: where it lies, and words for it."""

    source: str
    alt: str
    caption: str
    size: tuple[int, int] | None
    """Pixels across and down."""

    @property
    def is_small(self) -> bool:
        """Whether it would be blown up where it fills its place."""
        return self.size is not None and max(self.size) < _SMALL


@dataclass(frozen=True, slots=True)
class ExamView:
    """What is said of an exam under its event."""

    facts: str
    links: tuple[tuple[str, str], ...]
    report: str
    patient: str


@dataclass(frozen=True, slots=True)
class EventView:
    """One event."""

    title: str
    description: str
    notes: str
    pictures: tuple[PictureView, ...]
    exams: tuple[ExamView, ...]
    threads: tuple[str, ...]
    until: str
    is_grid: bool


@dataclass(frozen=True, slots=True)
class DayView:
    """One day. `said` is what Radiary says on it, for the gate: her words are hers to publish."""

    date: str
    heading: str
    events: tuple[EventView, ...]
    bands: tuple[str, ...]
    papers: tuple[str, ...]
    """Papers of that day on the private shelf, in words: nothing of their content."""
    values: tuple[str, ...]
    """Values of that day that she released."""
    cuttings: tuple[PictureView, ...]
    """Parts of papers of that day that she shows."""
    kinds: tuple[str, ...]
    parts: tuple[str, ...]
    threads: tuple[str, ...]
    said: tuple[str, ...] = field(repr=False)

    @property
    def moment(self) -> str:
        """Its date as a machine reads it."""
        return moment(self.date)

    @property
    def anchor(self) -> str:
        """What leads to it on its page."""
        return "-".join(self.date.split()) or "undated"


def view(day: ToldDay, sources: Sources, language: Language, *, shows_people: bool) -> DayView:
    """The day as it is shown."""
    said: list[str] = [*day.values, *(one.alt for one in day.cuttings)]
    exams = [exam for told in day.events for exam in told.exams]
    date = readable(day.date)
    heading = language.day(date) if date else language.say("Without a date")
    return DayView(
        date=date,
        heading=heading[:1].upper() + heading[1:],
        events=tuple(
            _event(told, day.date, sources=sources, language=language, said=said, shows_people=shows_people)
            for told in day.events
        ),
        bands=tuple(_band(band, day.date, language) for band in day.bands if band.start != day.date),
        papers=tuple(", ".join(map(language.say, title.split(", "))) for title in day.papers),
        values=day.values,
        cuttings=tuple(
            PictureView(one.source, one.alt, language.say(one.kind), sources.size(one.source)) for one in day.cuttings
        ),
        kinds=tuple(dict.fromkeys(exam.kind for exam in exams)),
        parts=tuple(dict.fromkeys(words.PARTS.get(part, part) for exam in exams for part in exam.parts)),
        threads=tuple(dict.fromkeys(thread for told in day.events if told.own for thread in told.own.threads)),
        said=tuple(said),
    )


def _event(told: Told, date: str, *, sources: Sources, language: Language, said: list[str], shows_people: bool) -> EventView:
    own = told.own
    pictures = tuple(_pictures(told, date, sources, said=said))
    title = own.title if own else told.exams[0].title
    if own is None:
        said.append(title)
    return EventView(
        title=title,
        description=markdown.html(own.description) if own else "",
        notes=markdown.html(own.notes) if own else "",
        pictures=pictures,
        exams=tuple(
            _exam(exam, title, sources=sources, language=language, said=said, shows_people=shows_people) for exam in told.exams
        ),
        threads=own.threads if own else (),
        until=_until(date, own.until, language) if own else "",
        is_grid=not told.exams and len(pictures) >= _GRID,
    )


def _pictures(told: Told, date: str, sources: Sources, *, said: list[str]) -> Iterator[PictureView]:
    """Her list in her order, then what came to an exam later than its entry; of an exam without an entry, all of it."""
    machine = {picture.name: picture for exam in told.exams for picture in exam.pictures if picture.name}
    moved = dict(told.moved)
    own = told.own
    listed = own.pictures if own else ()
    for picture in listed:
        folder = own.folder if own else date
        path = sources.picture(folder, picture.name)
        place = folder if path else date
        path = path or sources.picture(date, picture.name)
        made = machine.get(picture.name) or moved.get((place, picture.name))
        if path and (made or (place, picture.name) not in sources.withdrawn):
            said += [made.alt, made.caption] if made else []
            caption = picture.caption or (made.caption if made else "")
            alt = picture.alt or (made.alt if made else _in_words(picture, own.title if own else ""))
            yield PictureView(path, alt, caption, sources.size(path))
    shown = {(folder, picture.name) for picture in listed for folder in (date, own.folder if own else date)}.union(told.elsewhere)
    for day, made in ((one.day, picture) for one in told.exams for picture in one.pictures if picture.name):
        path = sources.picture(day, made.name)
        if path and (day, made.name) not in shown and (own is None or made.is_later):
            said += [made.alt, made.caption]
            yield PictureView(path, made.alt, made.caption, sources.size(path))


def _in_words(picture: OwnPicture, title: str) -> str:
    """Words for a picture of her own: her caption, or the title of its event and what she called the file."""
    called = picture.name.rpartition("/")[2].rpartition(".")[0].replace("-", " ").replace("_", " ")
    return picture.caption or readable(f"{short(title)}: {called}" if title else called)


def _exam(exam: Exam, title: str, *, sources: Sources, language: Language, said: list[str], shows_people: bool) -> ExamView:
    count = language.count("%(number)s picture", "%(number)s pictures", exam.total)
    facts = " · ".join([*([exam.title] if exam.title != title else []), *exam.descriptions[:3], *([count] if exam.total else [])])
    links = [
        (language.say("Look through"), sources.viewer(exam)),
        (language.say("All series at a glance"), sources.sheet(exam)),
        (language.say("Open its folder"), sources.folder(exam)),
    ]
    report = report_words.spoken(sources.report(exam), language)
    said += [facts, report, exam.patient, *(link for _, link in links if link)]
    there = tuple((name, link) for name, link in links if link)
    return ExamView(facts, there, report=report, patient=exam.patient if shows_people else "")


def _until(date: str, until: str, language: Language) -> str:
    """Until when an event goes on, and of a day how long that is; nothing where it ends on that day or before."""
    if not until or until == date or has_ended(date, until):
        return ""
    said = language.say("until %(day)s", day=language.short_day(until))
    return f"{said} ({_length(date, until, language)})" if is_day(date) else said


def _length(start: str, until: str, language: Language) -> str:
    return language.count("%(number)s day", "%(number)s days", days_between(start, until) + 1)


def _band(band: Band, date: str, language: Language) -> str:
    """Where in a band a day lies: "Chemotherapy, day 5 of 14"."""
    number, length = days_between(band.start, date) + 1, days_between(band.start, band.until) + 1
    where = language.say("day %(number)s of %(length)s", number=number, length=length)
    return f"{short(band.title)}, {where}" if band.title else where


def short(title: str) -> str:
    """A title where it stands once more."""
    return title if len(title) <= _LONG else f"{title[:_LONG].rstrip()}…"


def days_between(start: str, end: str) -> int:
    """How many days lie between two, both YYYY-MM-DD."""
    return (datetime.date.fromisoformat(end) - datetime.date.fromisoformat(start)).days
