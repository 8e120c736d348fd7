"""A study that stands already, and more of it: it only ever gains, and what it lost comes back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from radiary.library.assemble import in_order, slices_in_order
from radiary.model.records import InstanceRecord, SeriesRecord, StudyRecord


@dataclass(frozen=True)
class Merged:
    """A known study with what more of it came: `gained` is the part of that whose files are to be added.

    `added` counts pictures that were not there before, `different` instances that are known with other pixels.
    """

    record: StudyRecord
    gained: StudyRecord
    added: int
    different: int


def merged(known: StudyRecord, more: StudyRecord, lost: Mapping[str, Collection[str]]) -> Merged:
    """A known study with what is new in `more`, and with what comes back of the instances that lost files.

    `lost` has, for each of those by its UID, the paths of the files that it still has.
    """
    have = {instance.uid: instance for one in known.series for instance in one.instances}
    new, back, different = [], [], 0
    series = {one.uid: one for one in known.series}
    for incoming in more.series:
        fresh = [instance for instance in incoming.instances if instance.uid not in have]
        same = [
            instance for instance in incoming.instances if instance.uid in have and _is_same(have[instance.uid], instance, lost)
        ]
        again = [one for one in same if one.uid in lost or _has_more(have[one.uid], one)]
        learned = {one.uid: _in_runs(have[one.uid], one) for one in same if _says_more(have[one.uid], one)}
        different += len(incoming.instances) - len(fresh) - len(same)
        new.extend(fresh)
        back.extend(again)
        base = series.get(incoming.uid, replace(incoming, instances=()))
        if fresh or again or learned:
            whole = learned | {
                instance.uid: _whole(have[instance.uid], instance, _standing(have[instance.uid], lost)) for instance in again
            }
            stood = (whole.get(instance.uid, instance) for instance in base.instances)
            base = replace(base, scale=base.scale or incoming.scale)
            series[incoming.uid] = replace(base, instances=slices_in_order((*stood, *fresh)))
    skipped = {
        reason: max(known.skipped.get(reason, 0), more.skipped.get(reason, 0)) for reason in {*known.skipped, *more.skipped}
    }
    record = replace(known, series=in_order(series.values()), skipped=dict(sorted(skipped.items())))
    brought = {instance.uid for instance in (*new, *back)}
    gained = replace(more, series=tuple(_only(one, brought) for one in more.series if not brought.isdisjoint(_uids(one))))
    added = sum(len(instance.pictures) for instance in new)
    added += sum(max(0, len(one.pictures) - len(have[one.uid].pictures)) for one in back)
    return Merged(record, gained, added=added, different=different)


def _uids(series: SeriesRecord) -> set[str]:
    return {instance.uid for instance in series.instances}


def _only(series: SeriesRecord, uids: Collection[str]) -> SeriesRecord:
    return replace(series, instances=tuple(instance for instance in series.instances if instance.uid in uids))


def _whole(known: InstanceRecord, again: InstanceRecord, standing: Collection[str]) -> InstanceRecord:
    """An instance as it was made again, under other settings perhaps, with what it has beside that."""
    made = {file.path for file in again.files}
    pictures, copies = (
        (*there, *(file for file in were if file.path in standing and file.path not in made))
        for there, were in ((again.pictures, known.pictures), (again.copies, known.copies))
    )
    return replace(
        known,
        lost=again.lost,
        pixels=again.pixels,
        pictures=pictures,
        copies=copies,
        values=again.values,
        runs=again.runs,
        blanked=again.blanked,
    )


def _says_more(known: InstanceRecord, more: InstanceRecord) -> bool:
    """Whether an older version filed the same pictures and knew nothing of their runs."""
    paths, others = ({file.path for file in one.pictures} for one in (known, more))
    return bool(more.runs) and not known.runs and known.pixels == more.pixels and paths == others


def _in_runs(known: InstanceRecord, more: InstanceRecord) -> InstanceRecord:
    """Its pictures as they stand, in the runs that are known now."""
    standing = {file.path: file for file in known.pictures}
    return replace(known, pictures=tuple(standing[file.path] for file in more.pictures), runs=more.runs)


def _is_same(known: InstanceRecord, more: InstanceRecord, lost: Mapping[str, Collection[str]]) -> bool:
    """Whether more of an instance is the same picture, or at least the only one there is now: text may be blanked since."""
    is_there = known.uid not in lost or any(picture.path in lost[known.uid] for picture in known.pictures)
    return known.pixels == more.pixels or not is_there or _has_more(known, more)


def _has_more(known: InstanceRecord, more: InstanceRecord) -> bool:
    """Whether fewer frames are missing: the clip was downloaded again."""
    return sum(more.lost.values()) < sum(known.lost.values())


def _standing(known: InstanceRecord, lost: Mapping[str, Collection[str]]) -> Collection[str]:
    """The paths of the files that an instance has."""
    return lost.get(known.uid, {file.path for file in known.files})
