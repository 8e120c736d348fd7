"""What the workers put into the tray → studies: which file goes where, which instance is a duplicate, in what order."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from radiary.library import layout, ranges
from radiary.model.errors import Reason
from radiary.model.events import FiledSeries, FiledStudy
from radiary.model.nouns import Facts, NotDicom, Outcome, Placed, Skipped
from radiary.model.records import InstanceRecord, SeriesRecord, StudyRecord

_SECONDARY = frozenset({"OT", "PR", "KO", "SR", "SEG", "DOC"})
"""Modalities that do not name an exam while another one is present."""


@dataclass(frozen=True)
class Assembled:
    """One study to file, and in whose tray folder (a member's index) each of its instances lies."""

    record: StudyRecord
    members: Mapping[str, int] = field(repr=False)
    again: Mapping[str, int]
    """Instances that the export holds more than once: as duplicates, or with other pixels. The first one counts."""
    held: Mapping[str, int]
    """Instances by the reason why they are held."""


def studies(outcomes: Mapping[int, Outcome]) -> list[Assembled]:
    """Group what was placed by study and by whether it is held; order never depends on which member came first."""
    skipped: dict[str | None, Counter[str]] = {}
    grouped: dict[tuple[str, bool], dict[int, Placed]] = {}
    for index, outcome in sorted(outcomes.items()):
        if isinstance(outcome, Skipped):
            skipped.setdefault(outcome.study, Counter())[outcome.reason] += 1
        elif isinstance(outcome, Placed):
            grouped.setdefault((outcome.facts.study, outcome.hold is not None), {})[index] = outcome
    assembled = [_study(uid, held, placed, skipped.get(uid, Counter())) for (uid, held), placed in grouped.items()]
    return sorted(assembled, key=lambda study: (study.record.date or "", study.record.uid, study.record.held))


def skips(outcomes: Mapping[int, Outcome], studies: Iterable[Assembled]) -> Counter[str]:
    """How many members were skipped, by reason; the disc's table of contents is no loss and is not counted."""
    reasons = Counter(outcome.reason for outcome in outcomes.values() if isinstance(outcome, Skipped))
    del reasons[Reason.DIRECTORY]
    return sum((Counter(study.again) for study in studies), reasons)


def holds(studies: Iterable[Assembled]) -> Counter[str]:
    """How many instances are held, by reason."""
    return sum((Counter(study.held) for study in studies), Counter())


def left(outcomes: Mapping[int, Outcome]) -> int:
    """How many members are no DICOM file."""
    return sum(isinstance(outcome, NotDicom) for outcome in outcomes.values())


def pictures(record: StudyRecord) -> int:
    """How many pictures a study holds."""
    return sum(len(instance.pictures) for series in record.series for instance in series.instances)


def _study(uid: str, held: bool, placed: Mapping[int, Placed], skipped: Counter[str]) -> Assembled:
    facts = [one.facts for one in placed.values()]
    members: dict[str, int] = {}
    series: dict[str, list[Placed]] = {}
    again, holding = Counter[str](), Counter[str]()
    for index, one in placed.items():
        known = members.setdefault(one.record.uid, index)
        if known == index:
            series.setdefault(one.facts.series, []).append(one)
            holding.update([one.hold] if one.hold else [])
        else:
            is_same = placed[known].record.pixels == one.record.pixels
            again[Reason.DUPLICATE if is_same else Reason.DIFFERENT_PIXELS] += 1
    record = StudyRecord(
        uid=uid,
        patient=min(one.patient for one in facts),
        date=min((one.date for one in facts if one.date), default=None),
        modality=_modality(facts),
        held=held,
        series=in_order(_series(uid, ones) for uid, ones in series.items()),
        skipped=dict(sorted(skipped.items())),
    )
    return Assembled(record, members, again, holding)


def _series(uid: str, ones: Sequence[Placed]) -> SeriesRecord:
    first = ones[0].facts
    return SeriesRecord(
        uid=uid,
        number=first.series_number,
        label=layout.label(first),
        modality=first.modality,
        body_part=first.body_part,
        scale=next((one.scale for one in ones if one.scale), None),
        side=_common(one.facts.side for one in ones),
        view=_common(one.facts.view for one in ones),
        words=first.words,
        instances=slices_in_order(one.record for one in ones),
    )


def _common(values: Iterable[str | None]) -> str | None:
    """What all of a series says; None where it says different things."""
    said = set(values)
    return said.pop() if len(said) == 1 else None


def _modality(facts: Sequence[Facts]) -> str:
    """The study's most frequent modality that names an exam."""
    counted = Counter(one.modality for one in facts if one.modality not in _SECONDARY)
    counted = counted or Counter(one.modality for one in facts)
    return min(counted, key=lambda word: (-counted[word], word))


def in_order(series: Iterable[SeriesRecord]) -> tuple[SeriesRecord, ...]:
    """Series by number, then UID."""
    return tuple(sorted(series, key=lambda one: (one.number is None, one.number or 0, one.uid)))


def slices_in_order(instances: Iterable[InstanceRecord]) -> tuple[InstanceRecord, ...]:
    """Instances by position along the slice normal when all have one, then by Instance Number."""
    known = list(instances)
    places = {one.position for one in known}
    is_placed = None not in places and len(places) > 1
    return tuple(sorted(known, key=lambda one: ((one.position or 0.0) if is_placed else 0.0, one.number or 0, one.uid)))


def filed(record: StudyRecord, folder: str, added: int) -> FiledStudy:
    """What the ledger says of a study that stands at `folder`."""
    keys = {uid for series in record.series for instance in series.instances for uid in instance.refers}
    return FiledStudy(
        uid=record.uid,
        folder=folder,
        date=record.date,
        patient=record.patient,
        modality=record.modality,
        held=record.held,
        series=tuple(_filed_series(one, keys) for one in record.series),
        added=added,
    )


def _filed_series(series: SeriesRecord, keys: Collection[str]) -> FiledSeries:
    """The middle picture of the middle instance stands for the series: of those that somebody selected, if there are any."""
    known = [instance for instance in series.instances if instance.pictures]
    shown = [instance.pictures for instance in known if instance.uid in keys] or [instance.pictures for instance in known]
    middle = shown[len(shown) // 2] if shown else ()
    return FiledSeries(
        uid=series.uid,
        number=series.number,
        label=series.label,
        modality=series.modality,
        body_part=series.body_part,
        pictures=sum(len(instance.pictures) for instance in series.instances),
        representative=middle[len(middle) // 2].path if middle else None,
        scale=series.scale,
        values=ranges.of_values(series),
        side=series.side,
        view=series.view,
        words=series.words,
    )
