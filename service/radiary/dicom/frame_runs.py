"""Pictures of an enhanced object, as they are looked through: each stack at one time, echo or b-value, along its normal."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from radiary.dicom.read.located_frames import LocatedFrame
from radiary.library import slice_order
from radiary.model.records import RunRecord

Frames = list[LocatedFrame]


def runs(located: Sequence[LocatedFrame], shown: Mapping[int, int]) -> tuple[list[int], tuple[RunRecord, ...]]:
    """The numbers of the frames that are `shown`, in viewing order, and their runs.

    `shown` has for each of them its number in the copy. A stack is downwards where it is stored so, as all others are.
    """
    stacks: dict[tuple[str, ...], Frames] = {}
    for one in located:
        if one.number in shown:
            stacks.setdefault(one.stack, []).append(one)
    groups = slice_order.of_neighbours([group for stack in stacks.values() for group in slice_order.groups_of(stack)])
    if groups and all(map(_is_stored_downwards, groups)):
        groups = [group[::-1] for group in groups]
    return [one.number for group in groups for one in group], tuple(_run(group, shown) for group in groups if group)


def _is_stored_downwards(group: Frames) -> bool:
    """Whether its frames follow each other the other way round."""
    return len(group) > 1 and all(one.number > other.number for one, other in pairwise(group))


def _run(group: Frames, shown: Mapping[int, int]) -> RunRecord:
    positions = tuple(one.millimetres for one in group if one.millimetres is not None)
    return RunRecord(frames=tuple(shown[one.number] for one in group), positions=positions)
