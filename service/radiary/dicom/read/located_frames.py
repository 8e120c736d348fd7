"""Where the frames of an enhanced object lie in space and time, by groups and dimensions (PS3.3 C.7.6.16, C.7.6.17)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydicom.dataset import Dataset

from radiary.dicom.read import header
from radiary.dicom.read.frame_order import ORIENTATION, PER_FRAME, PHASES, PLACE, SHARED, numbers

_CONTENT, _STACK_ID = 0x00209111, 0x00209056
_IN_STACK = (_CONTENT, 0x00209057)
"""Frame Content: In-Stack Position Number."""
_INDICES = (_CONTENT, 0x00209157)
"""Frame Content: Dimension Index Values, one for each item of the Dimension Index Sequence."""
_DIMENSIONS, _POINTER = 0x00209222, 0x00209165
_OF_STACKS = frozenset({_STACK_ID, 0x00200037, 0x00209116})
"""Dimensions that tell stacks apart: Stack ID, orientations."""
_OF_PLACES = frozenset({0x00209057, 0x00200032, 0x00209113, 0x00209301, 0x0020930E})
"""Dimensions along a stack: In-Stack Position Number, positions of images, planes and volumes."""
_FINER = 1000
"""By how much places are told more finely apart than slices are."""


@dataclass(frozen=True, slots=True)
class LocatedFrame:
    """One frame: its number in the object, from 0, its stack, where it lies, and what tells it from others at its place.

    `position` is along the normal; `millimetres` is that as it was measured, None where only an order is known.
    """

    number: int
    stack: tuple[str, ...]
    normal: tuple[float, float, float] | None
    position: float
    millimetres: float | None
    phase: tuple[float, ...]
    uid: str = ""


def located(dataset: Dataset, frames: int) -> list[LocatedFrame]:
    """Every frame; none where one of them does not say where it lies."""
    groups = header.items(dataset, PER_FRAME)
    if frames < 2 or len(groups) < frames:
        return []
    shared = header.items(dataset, SHARED)[:1]
    pointers = _pointers(dataset)
    if any(len(numbers([group], _INDICES)) != len(pointers) for group in groups[:frames]):
        pointers = []
    frames_there = [_frame([group, *shared], number, pointers) for number, group in enumerate(groups[:frames])]
    known = [one for one in frames_there if one is not None]
    if len(known) < frames or len({one.millimetres is None for one in known}) > 1:
        return []
    return [replace(one, position=one.position * _FINER) for one in known] if _are_all_elsewhere(known) else known


def _are_all_elsewhere(frames: Sequence[LocatedFrame]) -> bool:
    """Whether no frame differs from another one in anything but place, however near that is: layers of an eye."""
    return (
        len({(one.stack, one.normal, one.position) for one in frames}) == len(frames) and len({one.phase for one in frames}) == 1
    )


def _pointers(dataset: Dataset) -> list[int]:
    """The attribute that each dimension is about; 0 for one that cannot be read."""
    pointers = (header.value(item, _POINTER) for item in header.items(dataset, _DIMENSIONS))
    return [pointer if isinstance(pointer, int) else 0 for pointer in pointers]


def _frame(groups: Sequence[Dataset], number: int, pointers: Sequence[int]) -> LocatedFrame | None:
    """One frame by its functional groups, its own before those of all; None where it says no position and no place in order."""
    indices = dict(zip(pointers, numbers(groups, _INDICES), strict=False)) if pointers else {}
    normal = _normal(numbers(groups, ORIENTATION))
    place = numbers(groups, PLACE)
    measured = sum(a * b for a, b in zip(place, normal, strict=True)) if normal and len(place) == 3 else None
    ordered = [*numbers(groups, _IN_STACK), *(index for pointer, index in indices.items() if pointer in _OF_PLACES)]
    if measured is None and not ordered:
        return None
    of_stack = (str(index) for pointer, index in indices.items() if pointer in _OF_STACKS)
    of_phase = (index for pointer, index in indices.items() if pointer not in _OF_STACKS | _OF_PLACES)
    further = (next(iter(numbers(groups, where)), 0.0) for where in PHASES if where[1] not in indices)
    return LocatedFrame(
        number=number,
        stack=(_stack_id(groups), *of_stack),
        normal=normal,
        position=ordered[0] if measured is None else round(measured, 3),
        millimetres=None if measured is None else round(measured, 3),
        phase=(*of_phase, *further),
    )


def _stack_id(groups: Sequence[Dataset]) -> str:
    items = (item for group in groups for item in header.items(group, _CONTENT))
    return next((str(value) for item in items if (value := header.value(item, _STACK_ID)) is not None), "")


def _normal(cosines: Sequence[float]) -> tuple[float, float, float] | None:
    """The normal of Image Orientation (Patient), of length 1."""
    if len(cosines) != 6:
        return None
    ax, ay, az, bx, by, bz = cosines
    normal = (ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx)
    length = math.hypot(*normal)
    if not length:
        return None
    x, y, z = (round(part / length, 4) + 0.0 for part in normal)
    return x, y, z
