"""Events → days → exams: a pure fold. The same events give the same story, and more events only ever add to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeGuard

from radiary.chronicle.told_papers import Papers
from radiary.library import layout
from radiary.model.events import (
    Chronicled,
    Event,
    Filed,
    FiledSeries,
    FiledStudy,
    Rebuilt,
    Removed,
    Rescaled,
    Restored,
    Reviewed,
)

_MODALITIES = {
    "BMD": "Bone density",
    "CR": "X-ray",
    "CT": "CT",
    "DX": "X-ray",
    "ECG": "ECG",
    "ES": "Endoscopy",
    "IVUS": "Intravascular ultrasound",
    "MG": "Mammography",
    "MR": "MRI",
    "NM": "Nuclear medicine",
    "OPT": "Eye scan",
    "PT": "PET",
    "PX": "Dental X-ray",
    "RF": "Fluoroscopy",
    "OT": "Other picture",
    "SEG": "Segmentation",
    "SM": "Microscopy",
    "US": "Ultrasound",
    "XA": "Angiography",
}


_NO_CODES: Mapping[str, str] = {}
_TELLING = Filed | Rebuilt | Rescaled | Reviewed | Removed | Restored
"""Facts that say how studies stand."""


@dataclass(frozen=True)
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


@dataclass
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

    @property
    def place(self) -> str:
        """The folder that holds it now."""
        return self.moved_to or self.folder


@dataclass
class Day:
    """One calendar day, or the exams without one (`date` is empty)."""

    date: str
    exams: list[Exam] = field(default_factory=list)


@dataclass(frozen=True)
class Story:
    """Days in order, the undated ones last."""

    days: tuple[Day, ...]
    held: int = 0
    """Exams of which something waits on the private shelf."""
    withdrawn: tuple[tuple[str, str], ...] = ()
    """Pictures in the site, by day and name, that show what their owner keeps private, or took out, since."""
    papers: tuple[tuple[str, str], ...] = ()
    """Papers on the private shelf by day (empty without one), in a word or two: told on her own page alone, without content."""

    @property
    def timeline(self) -> list[tuple[str, tuple[Exam, ...], tuple[str, ...]]]:
        """Every day with its exams and papers, the undated ones last."""
        exams = {day.date: tuple(day.exams) for day in self.days}
        papers: dict[str, list[str]] = {}
        for date, title in self.papers:
            papers.setdefault(date, []).append(title)
        days = sorted({*exams, *papers}, key=lambda date: (not date, date))
        return [(date, exams.get(date, ()), tuple(sorted(papers.get(date, ())))) for date in days]

    @property
    def people(self) -> int:
        """How many different persons' codes occur."""
        return len({exam.patient for day in self.days for exam in day.exams})


def folded(events: Iterable[Event], codes: Mapping[str, str] = _NO_CODES) -> Story:
    """Fold the ledger. What is held is not part of the story. `codes` has people's codes now, by those they had."""
    exams: dict[str, tuple[str, Exam]] = {}
    names: dict[str, str] = {}
    former: dict[str, str] = {}
    held = set()
    papers = Papers()
    withdrawn: dict[tuple[str, str], None] = {}
    for event in events:
        if isinstance(event, Chronicled):
            names.update(event.pictures)
        if isinstance(event, Reviewed) and event.decision != "released":
            withdrawn.update(dict.fromkeys(_taken_back(event, exams, names, former)))
        if isinstance(event, Removed) and not event.held:
            withdrawn.update(dict.fromkeys(_taken_back(event, exams, names, former)))
        if _is_gone(event):
            exams.pop(event.study, None)
        papers.take(event)
        for study in event.studies if isinstance(event, _TELLING) else ():
            if not study.held:
                _add(study, exams)
            elif not papers.stand(study):
                held.add(study.uid)
    days: dict[str, Day] = {}
    for date, exam in (one for one in exams.values() if one[1].pictures):
        exam.patient = codes.get(exam.patient, exam.patient)
        exam.pictures = [replace(one, name=names.get(one.series, ""), former=former.get(one.series, "")) for one in exam.pictures]
        days.setdefault(date, Day(date)).exams.append(exam)
    return Story(
        tuple(sorted(days.values(), key=lambda day: (not day.date, day.date))),
        len(held),
        tuple(withdrawn),
        papers.told(),
    )


def _is_gone(event: Event) -> TypeGuard[Removed | Reviewed]:
    """Whether an exam is not in the library any more."""
    if isinstance(event, Removed):
        return not event.held and not event.studies
    return isinstance(event, Reviewed) and event.is_gone


def _taken_back(
    event: Reviewed | Removed, exams: Mapping[str, tuple[str, Exam]], names: dict[str, str], former: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """What the site shows of what its owner decided about anew, or took out; the story tells of it no more."""
    if event.study not in exams:
        return
    date, exam = exams[event.study]
    shown = [picture for picture in exam.pictures if _is_of(event, picture)]
    exam.pictures = [picture for picture in exam.pictures if picture not in shown]
    for picture in shown:
        name = names.pop(picture.series, "")
        if name:
            former[picture.series] = name
            yield date, name


def _is_of(event: Reviewed | Removed, picture: Picture) -> bool:
    if event.instance:
        return layout.code(event.instance) in picture.source
    return isinstance(event, Removed) and event.series in ("", picture.series)


def _add(study: FiledStudy, exams: dict[str, tuple[str, Exam]]) -> None:
    """A study's first date and each series' first picture stay, whatever comes later."""
    _, exam = exams.setdefault(study.uid, (study.date or "", Exam(study.uid, study.patient, _title(study), study.folder)))
    exam.total = sum(series.pictures for series in study.series)
    anew = {one.uid for one in study.series if one.scale and exam.scales.setdefault(one.uid, one.scale) != one.scale}
    exam.pictures = [replace(one, is_shown_anew=one.is_shown_anew or one.series in anew) for one in exam.pictures]
    shown = {picture.series for picture in exam.pictures}
    exam.pictures += [
        _picture(study, series, series.representative)
        for series in study.series
        if series.representative and series.uid not in shown
    ]


def _picture(study: FiledStudy, series: FiledSeries, representative: str) -> Picture:
    kind, part = _MODALITIES.get(series.modality, series.modality), series.body_part
    what = f"{kind}, {part}" if part else kind
    number = "" if series.number is None else f" {series.number}"
    of = "one picture" if series.pictures == 1 else f"one of {series.pictures} pictures"
    when = f" on {study.date}" if study.date else ""
    return Picture(
        source=f"{study.folder}/{representative}",
        name="",
        series=series.uid,
        caption=f"Series{number}: {what} · {series.pictures} picture{'s' if series.pictures != 1 else ''}",
        alt=f"{what}{when}, series{number}, {of}",
    )


def _title(study: FiledStudy) -> str:
    """The exam in words, from closed lists: modality and body parts."""
    parts = sorted({series.body_part for series in study.series if series.body_part})
    kind = _MODALITIES.get(study.modality, study.modality)
    return f"{kind} · {', '.join(parts)}" if parts else kind
