"""What the workers put into the tray → studies: which file goes where, which instance is a duplicate, in what order."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from radiary.library import layout, ranges, slice_order
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
    dates = {uid: _date([*grouped.get((uid, False), {}).values(), *grouped.get((uid, True), {}).values()]) for uid, _ in grouped}
    assembled = [
        _study(uid, held, placed=placed, skipped=skipped.get(uid, Counter()), date=dates[uid])
        for (uid, held), placed in grouped.items()
    ]
    return sorted(assembled, key=lambda study: (study.record.date or "", study.record.uid, study.record.held))


def skips(outcomes: Mapping[int, Outcome], studies: Iterable[Assembled]) -> Counter[str]:
    """How many members were skipped, by reason; the disc's table of contents is no loss and is not counted."""
    reasons = Counter(outcome.reason for outcome in outcomes.values() if isinstance(outcome, Skipped))
    del reasons[Reason.DIRECTORY]
    studies = list(studies)
    reasons = sum((_lost(study.record) for study in studies), reasons)
    return sum((Counter(study.again) for study in studies), reasons)


def _lost(record: StudyRecord) -> Counter[str]:
    """Frames that a study's clips should have and have not, by reason."""
    return sum((Counter(one.lost) for series in record.series for one in series.instances), Counter[str]())


def holds(studies: Iterable[Assembled]) -> Counter[str]:
    """How many instances are held, by reason."""
    return sum((Counter(study.held) for study in studies), Counter())


def left(outcomes: Mapping[int, Outcome]) -> int:
    """How many members are no DICOM file."""
    return sum(isinstance(outcome, NotDicom) for outcome in outcomes.values())


def pictures(record: StudyRecord) -> int:
    """How many pictures a study holds."""
    return sum(len(instance.pictures) for series in record.series for instance in series.instances)


def _study(uid: str, held: bool, *, placed: Mapping[int, Placed], skipped: Counter[str], date: str | None) -> Assembled:
    facts = [one.facts for _, one in sorted(placed.items())]
    members: dict[str, int] = {}
    series: dict[str, list[Placed]] = {}
    again, holding = Counter[str](), Counter[str]()
    alike = Counter((one.record.uid, one.record.pixels) for one in placed.values())
    for index, image in sorted(placed.items(), key=lambda member: _precedence(member[0], member[1], alike)):
        known = members.setdefault(image.record.uid, index)
        if known == index:
            series.setdefault(image.facts.series, []).append(image)
            holding.update([image.hold] if image.hold else [])
        else:
            is_same = placed[known].record.pixels == image.record.pixels
            again[Reason.DUPLICATE if is_same else Reason.DIFFERENT_PIXELS] += 1
    record = StudyRecord(
        uid=uid,
        patient=min(one.patient for one in facts),
        date=date,
        modality=_modality(facts),
        held=held,
        series=in_order(_series(uid, ones) for uid, ones in series.items()),
        skipped=dict(sorted(skipped.items())),
    )
    record = replace(record, skipped=dict(sorted((skipped + _lost(record)).items())))
    return Assembled(record, members, again=again, held=holding)


def _precedence(index: int, placed: Placed, alike: Counter[tuple[str, str]]) -> tuple[object, ...]:
    """Of several versions of one instance the most frequent comes first, in whatever order they came."""
    record = placed.record
    return (
        sum(record.lost.values()),
        -alike[record.uid, record.pixels],
        record.pixels,
        record.number or 0,
        record.position or 0.0,
        placed.facts.series,
        index,
    )


def _date(placed: Sequence[Placed]) -> str | None:
    """The day of a study, held or not: the most frequent one of the first of its dates of which any can be that of an exam."""
    each = [one.facts.dates or (one.facts.date or "",) for one in placed]
    for days in zip_longest(*each, fillvalue=""):
        counted = Counter(day for day in days if day)
        if counted:
            return min(counted, key=lambda day: (-counted[day], day))
    return None


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
    """Instances stack by stack and phase by phase, by position along the normal where all have one, then by Instance Number."""
    return slice_order.in_order(instances)


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
    """What the ledger says of a series; `keys` are the images that somebody selected."""
    return FiledSeries(
        uid=series.uid,
        number=series.number,
        label=series.label,
        modality=series.modality,
        body_part=series.body_part,
        pictures=sum(len(instance.pictures) for instance in series.instances),
        representative=slice_order.representative(series.instances, keys, series.modality),
        scale=series.scale,
        values=ranges.of_values(series),
        side=series.side,
        view=series.view,
        words=series.words,
    )
