"""A slice's stored values beside those of its neighbours: what is around a place in these, and which values lie beyond it."""

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

LEAST, _GRAIN = 4, 2.5
"""How far beyond its neighbours a value lies that is new: in stored values, and in typical steps of the slice, at least."""
_QUIET, _HALF = 3, 1
"""Where the values around a place span little, as in air, so much and half of that span is enough: half is a bit less."""
_STEPS, _APART = 2048, 4
"""So many steps say which one is typical, each to the value so many columns on: in smooth grain the next one differs little."""

Rows = NDArray[np.int16] | NDArray[np.uint16]
"""Every third row of a slice's stored values."""
Reach = tuple[Rows, Rows]
"""The least and the greatest value around each place."""


def are_alike(slices: Sequence[NDArray[np.generic]]) -> bool:
    """Whether slices can be compared: they have as many rows and columns, and values of one kind."""
    return len({(one.shape, one.dtype) for one in slices}) == 1


def of_sixteen_bits(values: NDArray[np.generic]) -> Rows:
    """Values of 8 or 16 bits in 16, with a sign or without as they came."""
    return values.astype(np.int16) if values.dtype.kind == "i" else values.astype(np.uint16)


def reach(values: Rows, down: int = 1) -> Reach:
    """The least and the greatest value around each place: in five columns, and so many rows above and below.

    All rows are one to it, so that at its ends a row goes on with its neighbours: two columns look at a few values more.
    """
    ends = []
    for extreme in (np.minimum, np.maximum):
        around = values.copy()
        for shift in range(1, down + 1):
            extreme(around[shift:], values[:-shift], out=around[shift:])
            extreme(around[:-shift], values[shift:], out=around[:-shift])
        one = around.ravel()
        three = one.copy()
        extreme(three[1:], one[:-1], out=three[1:])
        extreme(three[:-1], one[1:], out=three[:-1])
        one[0], one[-1] = three[1], three[-2]
        extreme(three[2:], three[:-2], out=one[1:-1])  # of five: both threes beside it
        ends.append(around)
    return ends[0], ends[1]


def around(reaches: Sequence[Reach]) -> Reach:
    """The values beyond which one is beyond each of some reaches."""
    lows, highs = zip(*reaches, strict=True)
    return reduce(np.minimum, lows), reduce(np.maximum, highs)


def within(reaches: Sequence[Reach]) -> Reach:
    """The values beyond which one is beyond one of some reaches at least."""
    lows, highs = zip(*reaches, strict=True)
    return reduce(np.maximum, lows), reduce(np.minimum, highs)


def enough(values: Rows, around: Reach, most: int) -> NDArray[np.uint16]:
    """How far beyond its neighbours each value has to lie to be new: by the slice's grain, or less where these span little.

    Where they reach down to what a device cuts values off at, half of their span is missing: grain counts. So it does where
    neighbours differ, and nothing lies between least and greatest: their distance is none of 16 bits. `most`: see there.
    """
    low, high = around
    enough = distance(high, low)
    enough >>= _HALF
    enough += _QUIET
    enough |= np.negative((low <= values.min()).astype(np.uint16))  # a mask of 16 bits: to put values takes thrice as long
    np.minimum(enough, np.full_like(enough, most), out=enough)  # a number takes thrice as long as as many of them
    return enough


def most(values: Rows) -> int:
    """How far beyond its neighbours a value lies at most that is new: the slice's grain decides."""
    return min(max(LEAST, round(_GRAIN * grain(values))), np.iinfo(np.uint16).max)


def grain(values: Rows) -> float:
    """The typical step from one value of a slice to one near it that is another."""
    every = max(_APART + 1, values.size // _STEPS)
    sparse = values.ravel()[: values.size // every * every].reshape(-1, every)[:, : _APART + 1 : _APART].astype(np.int32)
    steps = np.abs(sparse[:, 1] - sparse[:, 0])
    return _median(steps[steps > 0])


def _median(values: NDArray[np.int32]) -> float:
    """That of whole numbers, in a third of the time that numpy takes for any; 0 of none."""
    if not values.size:
        return 0.0
    middle = values.size // 2
    low, high = np.partition(values, (middle - 1 + values.size % 2, middle))[[middle - 1 + values.size % 2, middle]].tolist()
    return float(low + high) / 2


def is_new(values: Rows, limits: Reach, enough: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Which values lie clearly beyond those around their place in the neighbours."""
    return _is_beyond(values, values, limits, enough)


def does_stay(slices: Sequence[Rows], limits: Reach, enough: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Which values lie clearly beyond those around their place in the neighbours, on one side of them in all of some slices."""
    return _is_beyond(reduce(np.minimum, slices), reduce(np.maximum, slices), limits, enough)


def _is_beyond(least: Rows, most: Rows, limits: Reach, enough: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Where the least of some values lies clearly above their limits, or the greatest below them."""
    low, high = limits
    above, below = np.maximum(least, high), np.minimum(most, low)
    above -= high
    np.subtract(low, below, out=below)
    beyond = above.view(np.uint16)
    found: NDArray[np.bool_] = np.maximum(beyond, below.view(np.uint16), out=beyond) > enough
    return found


def distance(upper: Rows, lower: Rows) -> NDArray[np.uint16]:
    """By how much one value exceeds another, where it does: right in 16 bits, with a sign or without."""
    distance: NDArray[np.uint16] = (upper - lower).view(np.uint16)
    return distance
