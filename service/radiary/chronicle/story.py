"""Events → days → exams: a pure fold. The same events give the same story, and more events only ever add to it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeGuard

from radiary.chronicle import words
from radiary.chronicle.told_papers import Papers
from radiary.language import ENGLISH, Language
from radiary.library import layout
from radiary.model.events import (
    Chronicled,
    Event,
    Filed,
    FiledSeries,
    FiledStudy,
    LookedAgain,
    Rebuilt,
    Removed,
    Rescaled,
    Restored,
    Reviewed,
)

_NO_CODES: Mapping[str, str] = {}
_TELLING = Filed | LookedAgain | Rebuilt | Rescaled | Reviewed | Removed | Restored
"""Facts that say how studies stand."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture that stands for a series: its file below the library, its name in the site, and words for who cannot see.

    `name` is empty until the picture was first written there; a name once given stays.
    """

    source: str
    name: str
    series: str
    caption: str
    alt: str
    former: str = ""
    """The name that its series had until its owner took its picture back: its place in her site, if nobody changed it there."""
    is_shown_anew: bool = False
    """Whether its series was shown in another range of values when this picture was first told of."""
    is_later: bool = False
    """Whether it was named after its exam had been written into her file, whose entry does not list it then."""


@dataclass(slots=True)
class Exam:
    """One study on its day."""

    study: str
    patient: str
    title: str
    folder: str
    """The study's, below the library, as Radiary called it."""
    pictures: list[Picture] = field(default_factory=list)
    total: int = 0
    moved_to: str = ""
    """Where the folder is since its owner moved it."""
    scales: dict[str, tuple[float, float]] = field(default_factory=dict)
    """The ranges in which series were first shown, by UID."""
    kind: str = ""
    """Its modality, in the standard's code."""
    parts: tuple[str, ...] = ()
    """The parts of the body that it shows, by the closed list."""
    descriptions: tuple[str, ...] = ()
    """What the wall kept of its descriptions."""
    has_report: bool = False
    """Whether a structured report is filed with it."""
    day: str = ""
    """Its day, YYYY-MM-DD, whose folder in the site has its pictures; empty where it has none."""

    @property
    def place(self) -> str:
        """The folder that holds it now."""
        return self.moved_to or self.folder


@dataclass(slots=True)
class Day:
    """One calendar day, or the exams without one (`date` is empty)."""

    date: str
    exams: list[Exam] = field(default_factory=list)


@dataclass(frozen=True)
class CutView:
    """A part of a paper's page as a picture: where it lies, words for it, and the kind of the paper."""

    source: str
    alt: str
    kind: str


@dataclass(frozen=True)
class Story:
    """Days in order, the undated ones last."""

    days: tuple[Day, ...]
    held: int = 0
    """Exams of which something waits on the private shelf."""
    withdrawn: tuple[tuple[str, str], ...] = ()
    """Pictures in the site, by day and name, that show what their owner keeps private, or took out, since."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """What exams were called when they were written into her file, by study; empty where that is not known."""
    written: Mapping[str, tuple[str, Collection[str]]] = field(default_factory=dict)
    """The day and the pictures of every exam that was ever written into her file, by study."""
    papers: tuple[tuple[str, str], ...] = ()
    """Papers on the private shelf by day (empty without one), in a word or two: told on her own page alone, without content."""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values that she released, as lines, by day."""
    cuttings: Mapping[str, tuple[CutView, ...]] = field(default_factory=dict)
    """Parts of papers that she shows, by day."""

    def given(self) -> dict[str, set[str]]:
        """Every name that was ever given to a picture of these days, by day: none is given again."""
        names: dict[str, set[str]] = {day.date: set() for day in self.days}
        for date, ones in self.written.values():
            if date in names:
                names[date].update(ones)
        return names

    @property
    def people(self) -> int:
        """How many different persons' codes occur."""
        return len({exam.patient for day in self.days for exam in day.exams})


class Fold:
    """The story so far; events come in one after another. What is held is not part of it."""

    def __init__(self, language: Language = ENGLISH) -> None:
        self._language = language
        self._exams: dict[str, tuple[str, Exam]] = {}
        self._names: dict[tuple[str, str], str] = {}
        """The name of every picture in the site, by study and series: two studies may carry one series' UID."""
        self._former: dict[tuple[str, str], str] = {}
        self._later: set[tuple[str, str]] = set()
        self._titles: dict[str, str] = {}
        self._written: dict[str, tuple[str, set[str]]] = {}
        self._held: set[str] = set()
        self._papers = Papers()
        self._withdrawn: dict[tuple[str, str], None] = {}
        self._days: dict[str, Day] = {}
        """The days as they were told last, with these codes of people; what happened to the exams of `_changed` ones since."""
        self._codes = dict(_NO_CODES)
        self._changed: set[str] = set()

    def take(self, event: Event) -> None:
        """Take one event in."""
        if isinstance(event, Chronicled):
            self._change(event.study)
            named = {(event.study, series) for series in event.pictures}
            self._later |= named if event.study in self._titles else set()
            self._titles.setdefault(event.study, event.title)
            self._written.setdefault(event.study, (event.date, set()))[1].update(event.pictures.values())
            self._names.update({(event.study, series): name for series, name in event.pictures.items()})
        if isinstance(event, Reviewed) and event.decision != "released":
            self._withdrawn.update(dict.fromkeys(self._taken_back(event)))
        if isinstance(event, Removed) and not event.held:
            self._withdrawn.update(dict.fromkeys(self._taken_back(event)))
        if _is_gone(event):
            self._change(event.study)
            self._exams.pop(event.study, None)
        self._papers.take(event)
        for study in event.studies if isinstance(event, _TELLING) else ():
            if not study.held:
                _add(study, self._exams, self._language)
                self._change(study.uid)
            elif not self._papers.stand(study):
                self._held.add(study.uid)

    def story(self, codes: Mapping[str, str] = _NO_CODES) -> Story:
        """The story now. `codes` has people's codes now, by those they had."""
        if codes != self._codes:
            self._codes, self._days, self._changed = dict(codes), {}, {date for date, _ in self._exams.values()}
        for date in self._changed:
            self._days.pop(date, None)
        for date, exam in self._exams.values():
            if date in self._changed and (exam.pictures or exam.has_report):
                self._days.setdefault(date, Day(date)).exams.append(self._as_told(exam))
        self._changed = set()
        in_order = sorted(self._days.values(), key=lambda day: (not day.date, day.date))
        withdrawn, papers = tuple(self._withdrawn), self._papers.told()
        return Story(
            tuple(in_order), len(self._held), withdrawn=withdrawn, titles=self._titles, written=self._written, papers=papers
        )

    def _change(self, study: str) -> None:
        if study in self._exams:
            self._changed.add(self._exams[study][0])

    def _as_told(self, exam: Exam) -> Exam:
        """The exam as it is now, with the code of its person and the names of its pictures."""
        study = exam.study
        pictures = [
            replace(
                one,
                name=self._names.get((study, one.series), ""),
                former=self._former.get((study, one.series), ""),
                is_later=(study, one.series) in self._later,
            )
            for one in exam.pictures
        ]
        return replace(exam, patient=self._codes.get(exam.patient, exam.patient), pictures=pictures)

    def _taken_back(self, event: Reviewed | Removed) -> Iterator[tuple[str, str]]:
        """What the site shows of what its owner decided about anew, or took out; the story tells of it no more."""
        if event.study not in self._exams:
            return
        self._change(event.study)
        date, exam = self._exams[event.study]
        shown = [picture for picture in exam.pictures if _is_of(event, picture)]
        exam.pictures = [picture for picture in exam.pictures if picture not in shown]
        for picture in shown:
            name = self._names.pop((exam.study, picture.series), "")
            if name:
                self._former[exam.study, picture.series] = name
                yield date, name


def folded(events: Iterable[Event], codes: Mapping[str, str] = _NO_CODES, language: Language = ENGLISH) -> Story:
    """The story that a whole ledger tells."""
    fold = Fold(language)
    for event in events:
        fold.take(event)
    return fold.story(codes)


def _is_gone(event: Event) -> TypeGuard[Removed | Reviewed]:
    """Whether an exam is not in the library any more."""
    if isinstance(event, Removed):
        return not event.held and not event.studies
    return isinstance(event, Reviewed) and event.is_gone


def _is_of(event: Reviewed | Removed, picture: Picture) -> bool:
    if event.instance:
        return layout.code(event.instance) in picture.source
    return isinstance(event, Removed) and event.series in ("", picture.series)


def _add(study: FiledStudy, exams: dict[str, tuple[str, Exam]], language: Language) -> None:
    """A study's first date and each series' first picture stay, whatever comes later."""
    _, exam = exams.setdefault(
        study.uid, (study.date or "", Exam(study.uid, study.patient, title="", folder=study.folder, day=study.date or ""))
    )
    exam.title, exam.kind = words.title(study, language), study.modality
    exam.parts = tuple(dict.fromkeys(name for series in study.series for name in words.parts(series)))
    exam.descriptions = words.descriptions(study.series)
    exam.has_report = any(series.modality == "SR" for series in study.series)
    exam.total = sum(series.pictures for series in study.series)
    anew = {one.uid for one in study.series if one.scale and exam.scales.setdefault(one.uid, one.scale) != one.scale}
    exam.pictures = [replace(one, is_shown_anew=one.is_shown_anew or one.series in anew) for one in exam.pictures]
    shown = {picture.series for picture in exam.pictures}
    exam.pictures += [
        _picture(study, series, series.representative, language=language)
        for series in _as_hung(study)
        if series.representative and series.uid not in shown
    ]


def _as_hung(study: FiledStudy) -> Sequence[FiledSeries]:
    """Its series in their order; mammograms as they hang: each view of both sides together, the right one on the left."""
    if study.modality != "MG":
        return study.series
    views = list(dict.fromkeys(series.view for series in study.series))
    return sorted(study.series, key=lambda series: (views.index(series.view), words.side(series) != "R"))


def _picture(study: FiledStudy, series: FiledSeries, representative: str, *, language: Language) -> Picture:
    return Picture(
        source=f"{study.folder}/{representative}",
        name="",
        series=series.uid,
        caption=words.caption(series, language),
        alt=words.alt(series, study.date, language),
    )
