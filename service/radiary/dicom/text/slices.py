"""What stands in one slice of a series, or a few, and not in those before and after: found in a millisecond a slice.

The stored values are looked at, whatever a window shows of them. Anatomy moves a few pixels from slice to slice, so a value that
lies beyond all values around its place in both neighbours belongs to something new; letters are new in many short runs, an organ
that begins in few long ones. What is suspected is read, as it is and as a picture of what is new in it.
"""

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from radiary.model.nouns import Box

_EVERY = 3
"""Of so many rows one is looked at: three of the smallest letters."""
_DOWN, _ACROSS = 8, 32
"""Rows looked at and columns of a tile."""
_NEAR = 2
"""Rows of a whole slice to each side that are around a place, as so many columns always are."""
_LEAST, _GRAIN = 4, 2.5
"""How far beyond its neighbours a value lies that is new: in stored values, and in typical steps of the slice, at least."""
_QUIET, _HALF = 3, 1
"""Where the values around a place span little, as in air, so much and half of that span is enough: half is a bit less."""
_BESIDE = 2
"""Slices that one at an end is compared with, on its only side, where there are so many."""
_DENSE, _DENSE_AT_END, _DENSE_ALONE = 22, 26, 34
"""Ends of runs of new values in two by two tiles that letters have: between two neighbours, beside two on one side, beside one.

In 58 series of 12 slices grain alone has 22 and more in one slice of 50, at most 25 beside two, and up to 38 beside one; words of
9 pixels have 22 and more.
"""
RUN, _DENSE_IN_RUN = 3, 48
"""Slices in a row that may show the same word, at most, and ends of runs of values new in them that letters have.

Grain has up to 40 within so many slices, words of 9 pixels and eight letters have 50.
"""
_LARGEST = 95
"""Percent of the values that are new which are not shown white."""
_STEPS, _APART = 2048, 4
"""So many steps say which one is typical, each to the value so many columns on: in smooth grain the next one differs little."""
_ROOM = 2
"""Tiles added on each side: words are longer than what is plain of them."""

Rows = NDArray[np.int16] | NDArray[np.uint16]
"""Every third row of a slice's stored values."""
Reach = tuple[Rows, Rows]
"""The least and the greatest value around each place."""


def rows_of(values: NDArray[np.generic]) -> Rows:
    """What is looked at of a slice's stored values of 8 or 16 bits (rows, columns)."""
    return _of_sixteen_bits(values[::_EVERY])


def suspects(slices: Sequence[Rows], asked: Sequence[int] | None = None) -> list[tuple[Box, ...]]:
    """For each of some slices in their order the part that is not in those before and after it, with some room; mostly none.

    `asked`: the places of those that are wanted, in their order; the others are only compared with.
    """
    asked = range(len(slices)) if asked is None else asked
    if len(slices) < 2 or not _are_alike(slices) or min(slices[0].shape) < 3:
        return [() for _ in asked]
    reaches: dict[int, Reach] = {}
    found = []
    for place in asked:
        before, after = range(max(0, place - RUN), place), range(place + 1, min(len(slices), place + RUN + 1))
        # Only what is needed is kept: fresh memory costs more than what is computed in it.
        reaches = {at: reaches[at] if at in reaches else _reach(slices[at]) for at in (*before, place, *after)}
        found.append(_suspected(slices[place], [reaches[at] for at in before], [reaches[at] for at in after]))
    return found


def _suspected(values: Rows, before: Sequence[Reach], after: Sequence[Reach]) -> tuple[Box, ...]:
    """The part of one slice that is not in the slices whose reaches are given."""
    both = before and after
    beside = [before[-1], after[0]] if both else before[-_BESIDE:] or after[:_BESIDE]
    around = _around(beside)
    enough = _enough(values, around)
    near = _ends_of_runs(_is_new(values, around, enough))
    dense = _DENSE if both else _DENSE_AT_END if len(beside) == _BESIDE else _DENSE_ALONE
    if (parts := _parts(near, dense)) or not both:
        return parts
    far = _ends_of_runs(_is_new(values, _around([_within(before), _within(after)]), enough))
    return _parts(far, _DENSE_IN_RUN)


def _around(reaches: Sequence[Reach]) -> Reach:
    """The values beyond which one is beyond each of some reaches."""
    lows, highs = zip(*reaches, strict=True)
    return reduce(np.minimum, lows), reduce(np.maximum, highs)


def _within(reaches: Sequence[Reach]) -> Reach:
    """The values beyond which one is beyond one of some reaches at least."""
    lows, highs = zip(*reaches, strict=True)
    return reduce(np.maximum, lows), reduce(np.minimum, highs)


def what_is_new(slices: Sequence[NDArray[np.generic] | None]) -> NDArray[np.uint8] | None:
    """An 8-bit picture of a slice, the first one given: how far its values lie beyond those in the slices beside it, the others.

    Stored values of 8 or 16 bits (rows, columns), of one slice or two beside it; None where none of these is like it.
    """
    first, *others = slices or [None]
    beside = [one for one in others if first is not None and one is not None and _are_alike([first, one])]
    if first is None or not beside:
        return None
    values, *around = (_of_sixteen_bits(one) for one in (first, *beside))
    reaches = [_reach(one, down=_NEAR) for one in around]
    low, high = np.minimum.reduce([low for low, _ in reaches]), np.maximum.reduce([high for _, high in reaches])
    beyond = np.where(values > high, _distance(values, high), np.where(values < low, _distance(low, values), 0))
    most = float(np.percentile(beyond[beyond > 0], _LARGEST)) if beyond.any() else 0.0
    grain = np.uint16(min(_grain(one) for one in (values, *around)))  # alone, it would be made as plain as letters
    beyond = np.maximum(beyond, grain) - grain
    picture: NDArray[np.uint8] = np.minimum(255.0, beyond * (255.0 / max(float(_LEAST), most))).astype(np.uint8)
    return picture


def _are_alike(slices: Sequence[NDArray[np.generic]]) -> bool:
    return len({(one.shape, one.dtype) for one in slices}) == 1


def _of_sixteen_bits(values: NDArray[np.generic]) -> Rows:
    return values.astype(np.int16) if values.dtype.kind == "i" else values.astype(np.uint16)


def _reach(values: Rows, down: int = 1) -> Reach:
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


def _enough(values: Rows, around: Reach) -> NDArray[np.uint16]:
    """How far beyond its neighbours each value has to lie to be new: by the slice's grain, or less where these span little.

    Where they reach down to what a device cuts values off at, half of their span is missing: grain counts. So it does where
    neighbours differ, and nothing lies between least and greatest: their distance is none of 16 bits.
    """
    low, high = around
    enough = _distance(high, low)
    enough >>= _HALF
    enough += _QUIET
    np.putmask(enough, low <= values.min(), np.iinfo(np.uint16).max)
    np.minimum(enough, np.full_like(enough, _most(values)), out=enough)  # a number takes thrice as long as as many of them
    return enough


def _most(values: Rows) -> int:
    """How far beyond its neighbours a value lies at most that is new: the slice's grain decides."""
    return min(max(_LEAST, round(_GRAIN * _grain(values))), np.iinfo(np.uint16).max)


def _grain(values: Rows) -> float:
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


def _is_new(values: Rows, around: Reach, enough: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Which values lie clearly beyond those around their place in the neighbours."""
    low, high = around
    above, below = np.maximum(values, high), np.minimum(values, low)
    above -= high
    np.subtract(low, below, out=below)
    beyond = above.view(np.uint16)
    is_new: NDArray[np.bool_] = np.maximum(beyond, below.view(np.uint16), out=beyond) > enough
    return is_new


def _distance(upper: Rows, lower: Rows) -> NDArray[np.uint16]:
    """By how much one value exceeds another, where it does: right in 16 bits, with a sign or without."""
    distance: NDArray[np.uint16] = (upper - lower).view(np.uint16)
    return distance


def _ends_of_runs(is_new: NDArray[np.bool_]) -> NDArray[np.int32]:
    """How many runs of new values begin or end in each tile (tiles down, tiles across)."""
    ends = (is_new[:, 1:] != is_new[:, :-1]).view(np.uint8)
    down, across = -(-ends.shape[0] // _DOWN), -(-ends.shape[1] // _ACROSS)
    padded = np.zeros((down * _DOWN, across * _ACROSS), np.uint8)
    padded[: ends.shape[0], : ends.shape[1]] = ends
    bands = padded.reshape(down, _DOWN, -1).sum(axis=1, dtype=np.uint8)
    counts: NDArray[np.int32] = bands.reshape(down, across, _ACROSS).sum(axis=2, dtype=np.int32)
    return counts


def _parts(counts: NDArray[np.int32], dense: int) -> tuple[Box, ...]:
    """The box around the tiles that hold letters, if there are any: two by two of them have `dense` ends of runs."""
    padded = np.zeros((counts.shape[0] + 1, counts.shape[1] + 1), counts.dtype)
    padded[:-1, :-1] = counts
    blocks = padded[:-1, :-1] + padded[1:, :-1] + padded[:-1, 1:] + padded[1:, 1:]
    down, across = np.nonzero(blocks >= dense)
    if not len(down):
        return ()
    tall, room = _EVERY * _DOWN, _ROOM
    x0, y0 = max(0, int(across.min()) - room) * _ACROSS, max(0, int(down.min()) - room) * tall
    return ((x0, y0, (int(across.max()) + 2 + room) * _ACROSS - 1, (int(down.max()) + 2 + room) * tall - 1),)
