"""Which pictures stand for an exam: what a radiologist selected, else the middle of each series, as its owner changed that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from radiary.library import slice_order
from radiary.model.records import FileRecord, InstanceRecord, SeriesRecord, StudyRecord

Place = tuple[str, int]
"""The pseudonymous SOP Instance UID of an image, and the number of its frame, from 1 on."""
Why = Literal["key object", "proposed", "yours"]


@dataclass(frozen=True)
class Pick:
    """One picture: its place, in which series it is and which picture of that (from 1), its file, and who chose it."""

    place: Place
    series: SeriesRecord
    number: int
    file: FileRecord
    why: Why


def picked(record: StudyRecord, changes: Mapping[Place, bool]) -> list[Pick]:
    """What is picked of an exam: key objects first, then proposals, then what its owner added, in her order.

    `changes` are her own, in order: whether she wants a picture.
    """
    every = {pick.place: pick for series in record.series for pick in of_series(series)}
    proposed = {pick.place: pick for pick in _proposed(record)}
    kept = [pick for place, pick in proposed.items() if changes.get(place, True)]
    added = [every[place] for place, is_wanted in changes.items() if is_wanted and place in every and place not in proposed]
    return [*kept, *added]


def of_series(series: SeriesRecord, why: Why = "yours") -> Iterator[Pick]:
    """Every picture of a series, in the order in which it is looked through."""
    number = 0
    for image in series.instances:
        for frame, file in enumerate(image.pictures, 1):
            number += 1
            yield Pick((image.uid, frame), series, number=number, file=file, why=why)


def _proposed(record: StudyRecord) -> Iterator[Pick]:
    selected = {uid for series in record.series for one in series.instances for uid in one.refers}
    keys = [(series, one) for series in record.series for one in series.instances if one.uid in selected and one.pictures]
    if keys:
        yield from (_of_path(series, slice_order.frame(one, series.modality).path, "key object") for series, one in keys)
        return
    for series in record.series:
        path = None if _only_locates(series.instances) else slice_order.representative(series.instances, (), series.modality)
        if path is not None:
            yield _of_path(series, path, "proposed")


def _of_path(series: SeriesRecord, path: str, why: Why) -> Pick:
    return next(pick for pick in of_series(series, why) if pick.file.path == path)


def _only_locates(instances: Sequence[InstanceRecord]) -> bool:
    """Whether a series is there to plan others by: nobody would show it."""
    return all(one.is_localizer for one in instances if one.pictures)
