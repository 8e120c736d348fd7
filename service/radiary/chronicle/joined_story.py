"""One story: her days and events, in her words and order, joined with the exams that the ledger knows. A pure fold.

What she took out is out. What she renamed stays linked: by the names of pictures, by what they were made of, by day and title.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from radiary.chronicle.own_days import OwnDay, OwnEvent, is_day
from radiary.chronicle.story import CutView, Exam, Picture, Story

Place = tuple[str, str]
"""A picture in the site: its folder and its name."""
NOWHERE: Mapping[Place, str] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a day: hers, with the exams that it tells of; or an exam that her file does not hold yet."""

    own: OwnEvent | None
    exams: tuple[Exam, ...] = ()
    moved: tuple[tuple[Place, Picture], ...] = ()
    """Pictures that she lists here, of exams that another event tells of."""
    elsewhere: tuple[Place, ...] = ()
    """Pictures that came later to this event's exams and that she lists somewhere, be it under a sealed one."""


@dataclass(frozen=True, slots=True)
class Band:
    """What goes on for some days: a cycle of a treatment, say. Both ends are part of it."""

    title: str
    start: str
    until: str


@dataclass(frozen=True, slots=True)
class ToldDay:
    """One calendar day, or what has none (`date` is empty), with the bands that it lies in."""

    date: str
    events: tuple[Told, ...]
    bands: tuple[Band, ...] = ()
    papers: tuple[str, ...] = ()
    """Kinds of papers of that day on the private shelf."""
    values: tuple[str, ...] = ()
    """Values of that day that she released, as lines."""
    cuttings: tuple[CutView, ...] = ()
    """Parts of papers of that day that she shows."""


@dataclass(frozen=True)
class Joined:
    """All days in order, what has no day last."""

    days: tuple[ToldDay, ...]
    sealed: int = 0
    """Events that she sealed: they are on no page."""
    unlinked: tuple[tuple[str, Exam], ...] = ()
    """Exams whose entry is not in her file, with their day."""
    lost_seals: tuple[OwnEvent, ...] = ()
    """Events that she sealed and of which it is not known of which exam they tell."""
    bands: tuple[Band, ...] = ()
    """Everything that goes on for some days, in order."""


def joined(story: Story, own: Iterable[OwnDay], known: Collection[str], *, made_of: Mapping[Place, str] = NOWHERE) -> Joined:
    """The story. `known` are the exams that were written into her file once.

    An entry that is still as it was written, of an exam that stands no more, is told no more either.
    `made_of` has the study of pictures in her site that were made of one, by what is written in them.
    """
    days: dict[str, list[OwnEvent]] = {}
    exams = {exam.study: (day.date, exam) for day in story.days for exam in day.exams}
    gone = _Gone(story, exams)
    for day in own:
        days.setdefault(day.date, []).extend(event for event in day.events if not gone.is_of(day.date, event))
    links = _Links(days, made_of)
    of_event: dict[tuple[str, int], list[Exam]] = {}
    unlinked = _unlinked(exams.values(), links, of_event, titles=story.titles, known=known)
    new: dict[str, list[Exam]] = {}
    for date, exam in unlinked:
        if exam.study not in known:
            new.setdefault(date, []).append(exam)
    made = {(date, one.name): one for date, exam in exams.values() for one in exam.pictures if one.name}
    bands = in_time(_bands(days))
    papers = by_day(story.papers)
    told = [
        ToldDay(
            date,
            (
                *_opened(date, days.get(date, ()), of_event, made=made, listed=links.places),
                *(Told(None, (exam,)) for exam in new.get(date, ())),
            ),
            during(bands, date),
            papers=tuple(sorted(papers.get(date, ()))),
            values=tuple(story.values.get(date, ())),
            cuttings=story.cuttings.get(date, ()),
        )
        for date in sorted({*days, *new, *papers}, key=in_order)
    ]
    seals = {place: event for place, event in _numbered(days) if event.is_sealed}
    told = [day for day in told if day.events or day.papers]
    return Joined(tuple(told), len(seals), tuple(unlinked), _without_exam(seals, of_event), bands)


def _unlinked(
    exams: Iterable[tuple[str, Exam]],
    links: "_Links",
    of_event: dict[tuple[str, int], list[Exam]],
    *,
    titles: Mapping[str, str],
    known: Collection[str],
) -> list[tuple[str, Exam]]:
    """Put exams to the events that tell of them; the others, of which none does."""
    left = [(date, exam) for date, exam in exams if not _put(links.by_name(date, exam), exam, of_event)]
    left = [(date, exam) for date, exam in left if not _put(links.by_bytes(exam), exam, of_event)]
    unlinked = []
    for date, exam in left:
        called = {exam.title, titles.get(exam.study, exam.title)} if exam.study in known else set[str]()
        if not _put(links.by_title(date, called, of_event), exam, of_event):
            unlinked.append((date, exam))
    return unlinked


def in_time(bands: Iterable[Band]) -> tuple[Band, ...]:
    """Bands in order."""
    return tuple(sorted(bands, key=lambda band: (band.start, band.until)))


def during(bands: Iterable[Band], date: str) -> tuple[Band, ...]:
    """Those in which a day lies."""
    return tuple(band for band in bands if band.start <= date <= band.until and is_day(date))


def by_day(papers: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The kinds of papers of each day."""
    kinds: dict[str, list[str]] = {}
    for date, kind in papers:
        kinds.setdefault(date, []).append(kind)
    return kinds


def in_order(date: str) -> tuple[bool, str]:
    """The order of days: what has none is the last."""
    return not date, date


class _Gone:
    """Knows entries of exams that do not stand any more, as they were written, without a word of hers."""

    def __init__(self, story: Story, standing: Collection[str]) -> None:
        self._names: dict[Place, str] = {}
        for study, (date, names) in story.written.items():
            if study not in standing:
                self._names.update({(date, name): story.titles.get(study, "") for name in names})

    def is_of(self, date: str, event: OwnEvent) -> bool:
        """Whether an event is such an entry."""
        if not self._names or not event.pictures or event.description or event.notes:
            return False
        titles = {self._names.get((date, picture.name)) for picture in event.pictures}
        return None not in titles and titles <= {"", event.title}


class _Links:
    """Finds the event, by its day and its place among that day's, that tells of an exam."""

    def __init__(self, days: Mapping[str, list[OwnEvent]], made_of: Mapping[Place, str]) -> None:
        self._days, self._made_of = days, made_of
        self.places: dict[Place, tuple[str, int]] = {}
        """Where each picture is listed."""
        self._studies: dict[str, tuple[str, int]] = {}
        for is_exact in (True, False):  # what lies in an event's folder is its own; only what nobody has is of its day
            for (date, number), event in _numbered(days):
                for picture in event.pictures:
                    self._take((event.folder if is_exact else date, picture.name), (date, number))

    def _take(self, place: Place, event: tuple[str, int]) -> None:
        self.places.setdefault(place, event)
        study = self._made_of.get(place)
        if study is not None:
            self._studies.setdefault(study, event)

    def by_name(self, date: str, exam: Exam) -> tuple[str, int] | None:
        places = (self.places.get((date, picture.name)) for picture in exam.pictures if picture.name)
        return next((place for place in places if place), None)

    def by_bytes(self, exam: Exam) -> tuple[str, int] | None:
        return self._studies.get(exam.study)

    def by_title(self, date: str, titles: Collection[str], taken: Collection[tuple[str, int]]) -> tuple[str, int] | None:
        events = enumerate(self._days.get(date, ()))
        return next(((date, number) for number, event in events if event.title in titles and (date, number) not in taken), None)


def _without_exam(seals: Mapping[tuple[str, int], OwnEvent], of_event: Collection[tuple[str, int]]) -> tuple[OwnEvent, ...]:
    return tuple(event for place, event in seals.items() if place not in of_event)


def _numbered(days: Mapping[str, Sequence[OwnEvent]]) -> Iterator[tuple[tuple[str, int], OwnEvent]]:
    for date, events in days.items():
        for number, event in enumerate(events):
            yield (date, number), event


def _put(event: tuple[str, int] | None, exam: Exam, of_event: dict[tuple[str, int], list[Exam]]) -> bool:
    if event is not None:
        of_event.setdefault(event, []).append(exam)
    return event is not None


def _bands(days: Mapping[str, list[OwnEvent]]) -> Iterable[Band]:
    for date, events in days.items():
        for event in events:
            if event.until > date and is_day(date) and not event.is_sealed:
                yield Band(event.title, date, event.until)


def _opened(
    date: str,
    own: Sequence[OwnEvent],
    of_event: Mapping[tuple[str, int], list[Exam]],
    *,
    made: Mapping[Place, Picture],
    listed: Collection[Place],
) -> Iterator[Told]:
    """What she wrote of a day and did not seal, with the exams that it tells of."""
    for number, event in enumerate(own):
        if not event.is_sealed:
            yield _told(event, date, of_event.get((date, number), ()), made=made, listed=listed)


def _told(
    event: OwnEvent, date: str, exams: Collection[Exam], *, made: Mapping[Place, Picture], listed: Collection[Place]
) -> Told:
    here = {picture.name for exam in exams for picture in exam.pictures}
    names = [picture.name for picture in event.pictures if picture.name not in here]
    places = [(folder, name) for name in names for folder in dict.fromkeys((event.folder, date))]
    moved = tuple((place, made[place]) for place in places if place in made)
    later = ((exam.day, picture.name) for exam in exams for picture in exam.pictures if picture.is_later)
    return Told(event, tuple(exams), moved, elsewhere=tuple(place for place in later if place in listed))
