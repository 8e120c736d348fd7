"""In which order the frames of an enhanced object lie in space and time, where their functional groups say so."""

import math
from collections.abc import Sequence
from itertools import pairwise

from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from radiary.dicom.read import header

PER_FRAME, SHARED = 0x52009230, 0x52009229
PLACE, ORIENTATION = (0x00209113, 0x00200032), (0x00209116, 0x00200037)
"""Plane Position: Image Position (Patient); Plane Orientation: Image Orientation (Patient)."""
_STACK = (0x00209111, 0x00209056)
"""Frame Content: Stack ID."""
PHASES = (
    (0x0062000A, 0x0062000B),  # Segment Identification: Referenced Segment Number
    (0x00209111, 0x00209128),  # Frame Content: Temporal Position Index
    (0x00189114, 0x00189082),  # MR Echo: Effective Echo Time
    (0x00189117, 0x00189087),  # MR Diffusion: Diffusion b-value
    (0x00189118, 0x00209153),  # Cardiac Synchronization: Nominal Cardiac Trigger Delay Time
)
Key = tuple[tuple[float, ...], tuple[float, ...], float]


def places(dataset: Dataset, frames: int) -> list[int]:
    """For each frame, from 0, its place in names of files: stack by stack, phase by phase, along the normal.

    Names stay whatever is learned of frames later: see `dicom/frame_runs.py` for the order in which they are looked through.

    As they are stored where a frame does not say where it lies, and where each stack and phase is in order already, one way or
    the other.
    """
    as_stored = list(range(frames))
    groups = header.items(dataset, PER_FRAME)
    if frames < 2 or len(groups) < frames:
        return as_stored
    shared = header.items(dataset, SHARED)[:1]
    keys = [_key([group, *shared]) for group in groups[:frames]]
    known = [key for key in keys if key is not None]
    if len(known) < frames or len({key[2] for key in known}) < 2 or _are_in_order(known):
        return as_stored
    ordered = sorted(as_stored, key=lambda frame: (known[frame], frame))
    return [place for _, place in sorted(zip(ordered, as_stored, strict=True))]


def _key(groups: Sequence[Dataset]) -> Key | None:
    """Stack, phase and position of one frame; None where it says no position."""
    place, cosines = numbers(groups, PLACE), numbers(groups, ORIENTATION)
    if len(place) != 3 or len(cosines) != 6:
        return None
    ax, ay, az, bx, by, bz = cosines
    normal = (ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx)
    position = round(sum(one * part for one, part in zip(place, normal, strict=True)), 2)
    stack = (*numbers(groups, _STACK), *(round(part, 1) + 0.0 for part in normal))
    return stack, tuple(next(iter(numbers(groups, phase)), 0.0) for phase in PHASES), position


def numbers(groups: Sequence[Dataset], where: tuple[int, int]) -> list[float]:
    """The finite numbers of an attribute in the first functional group that has it."""
    for group in groups:
        for item in header.items(group, where[0]):
            value = header.value(item, where[1])
            try:
                numbers = [float(one) for one in (value if isinstance(value, MultiValue | list) else [value])]
            except (TypeError, ValueError):
                continue
            return numbers if all(map(math.isfinite, numbers)) else []
    return []


def _are_in_order(keys: Sequence[Key]) -> bool:
    """Whether the frames of each stack and phase follow each other, all upwards or all downwards."""
    runs: dict[tuple[object, ...], list[float]] = {}
    changes = 0
    for before, key in pairwise((None, *keys)):
        changes += before is None or key is None or before[:2] != key[:2]
        if key is not None:
            runs.setdefault(key[:2], []).append(key[2])
    return changes == len(runs) and all(_is_monotone(run) for run in runs.values())


def _is_monotone(run: Sequence[float]) -> bool:
    return all(one <= other for one, other in pairwise(run)) or all(one >= other for one, other in pairwise(run))
