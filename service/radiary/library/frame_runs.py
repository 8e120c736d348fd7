"""The frames of one object as they are looked through: stack by stack, each at one time, echo or b-value."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from radiary.model.records import FileRecord, InstanceRecord


@dataclass(frozen=True)
class Run:
    """Pictures that are looked through in one go.

    `positions` are along the normal, in mm, one for each, where they are known; `frame` is the number in the copy, from 0, of the
    one that comes first.
    """

    pictures: tuple[FileRecord, ...]
    positions: tuple[float | None, ...]
    frame: int = 0


def runs(instance: InstanceRecord) -> list[Run]:
    """An object's pictures, run by run; in one where nothing else is known of them, as of what an older version filed."""
    if _are_known(instance):
        return list(_known(instance))
    return [Run(instance.pictures, (None,) * len(instance.pictures))]


def in_copy(instance: InstanceRecord, number: int) -> int:
    """The number that a picture, counted from 1 in viewing order, has among the frames of the copy, from 1, too."""
    frames = [frame for run in instance.runs for frame in run.frames] if _are_known(instance) else []
    return frames[number - 1] + 1 if number <= len(frames) else number


def _are_known(instance: InstanceRecord) -> bool:
    return sum(len(run.frames) for run in instance.runs) == len(instance.pictures) > 0


def _known(instance: InstanceRecord) -> Iterator[Run]:
    pictures = iter(instance.pictures)
    for run in instance.runs:
        there = len(run.positions) == len(run.frames)
        positions: tuple[float | None, ...] = run.positions if there else (None,) * len(run.frames)
        yield Run(tuple(islice(pictures, len(run.frames))), positions, run.frames[0])
