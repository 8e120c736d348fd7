"""What stands in one slice of a series, or a few, and not in those before and after: found in a millisecond a slice.

The stored values are looked at, whatever a window shows of them. Anatomy moves a few pixels from slice to slice, so a value that
lies beyond all values around its place in both neighbours belongs to something new; letters are new in many short runs, an organ
that begins in few long ones. What is suspected is read, as it is and as a picture of what is new in it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from radiary.dicom.text import inks
from radiary.dicom.text.components import components
from radiary.dicom.text.slice_tiles import ACROSS, DOWN, EVERY, Letters, ends_of_runs, letters, two_by_two
from radiary.dicom.text.slice_values import (
    LEAST,
    Reach,
    Rows,
    are_alike,
    around,
    distance,
    does_stay,
    enough,
    is_new,
    most,
    of_sixteen_bits,
    reach,
    within,
)
from radiary.model.nouns import Box

_NEAR = 2
"""Rows of a whole slice to each side that are around a place, as so many columns always are."""
_BESIDE = 2
"""Slices that one at an end is compared with, on its only side, where there are so many."""
_BETWEEN, _AT_END, _ALONE = Letters(16, 26, 6), Letters(18, 30, 8), Letters(20, 34, 8)
"""What letters have in values that are new: between two neighbours, beside two on one side, beside one.

Of 500 words, each in one of 12 slices, all from 12 pixels and a contrast of 50 on have it, and 19 in 20 of the smaller and
fainter ones; grain has it in one slice of 25, and in one of 10 beside one.
"""
RUN, _IN_RUN = 3, Letters(48, 48, 0)
"""Slices in a row that may show the same word, at most, and ends of runs of values new in them that letters have.

Grain has up to 40 within so many slices, words of 9 pixels and eight letters have 50.
"""
_BEGINS, _STAYS = Letters(24, 60, 10), 2
"""What letters have that begin with a slice, which those before it have not and so many after it, in a row, have too.

Grain is another one in each slice, and anatomy that begins at once has few ends of runs.
"""
_LARGEST = 95
"""Percent of the values that are new which are not shown white."""
_PLAIN = 64
"""Of 255, what letters have at least in a picture of what is new; grain where something else is new beside it has 35."""
_NEW, _DEVIATIONS = 0.034, 4.0
"""Share of grain and of organs' edges that is new, at most, and so many deviations of chance: words have 0.044 and more."""
_SIDE, _EVERY, _DENSE = 12, 4, 0.13
"""A square of so many pixels, beginning at every so many, and the share of it that is new where letters stand: grain and organs'
edges have 0.104 at most, words 0.167 and more."""
_REACH = 3
"""Squares within which what is dense is one word, and by which a word is longer than what is plain of it."""
_ROOM = 2
"""Tiles added on each side: words are longer than what is plain of them."""


def rows_of(values: NDArray[np.generic]) -> Rows:
    """What is looked at of a slice's stored values of 8 or 16 bits (rows, columns), or of its colours (rows, columns, 3)."""
    return of_sixteen_bits(inks.grey(values[::EVERY]))


def suspects(slices: Sequence[Rows], asked: Sequence[int] | None = None) -> list[tuple[Box, ...]]:
    """For each of some slices in their order the part that is not in those before and after it, with some room; mostly none.

    `asked`: the places of those that are wanted, in their order; the others are only compared with.
    """
    asked = range(len(slices)) if asked is None else asked
    if len(slices) < 2 or not are_alike(slices) or min(slices[0].shape) < 3:
        return [() for _ in asked]
    reaches: dict[int, Reach] = {}
    found: list[tuple[Box, ...]] = []
    for place in asked:
        before, after = range(max(0, place - RUN), place), range(place + 1, min(len(slices), place + RUN + 1))
        # Only what is needed is kept: fresh memory costs more than what is computed in it.
        reaches = {at: reaches[at] if at in reaches else reach(slices[at]) for at in (*before, place, *after)}
        beside = [reaches[at] for at in before], [reaches[at] for at in after]
        far_enough = most(slices[place])
        parts = _suspected(slices[place], *beside, far_enough)
        is_after_one = bool(found and found[-1])  # what ends with that one begins here, as its reverse
        if not parts and not is_after_one:
            parts = _beginning(slices[place : place + 1 + _STAYS], beside[0][-_BESIDE:], far_enough)
        found.append(parts)
    return found


def _beginning(staying: Sequence[Rows], before: Sequence[Reach], far_enough: int) -> tuple[Box, ...]:
    """The part of one slice, the first one given, that is not in the slices before it, and stays in those after it."""
    if len(staying) < 2 or not before:
        return ()
    limits = around(before)
    stays = does_stay(staying, limits, enough(staying[0], limits, far_enough))
    return _parts(ends_of_runs(stays), _BEGINS)


def _suspected(values: Rows, before: Sequence[Reach], after: Sequence[Reach], far_enough: int) -> tuple[Box, ...]:
    """The part of one slice that is not in the slices whose reaches are given."""
    both = before and after
    beside = [before[-1], after[0]] if both else before[-_BESIDE:] or after[:_BESIDE]
    limits = around(beside)
    beyond = enough(values, limits, far_enough)
    near = ends_of_runs(is_new(values, limits, beyond))
    wanted = _BETWEEN if both else _AT_END if len(beside) == _BESIDE else _ALONE
    if (parts := _parts(near, wanted)) or not both:
        return parts
    far = ends_of_runs(is_new(values, around([within(before), within(after)]), beyond))
    return _parts(far, _IN_RUN)


def _parts(counts: NDArray[np.int32], wanted: Letters) -> tuple[Box, ...]:
    """The box around the tiles that hold letters, if there are any."""
    down, across = np.nonzero(letters(two_by_two(counts), wanted))
    if not len(down):
        return ()
    tall, room = EVERY * DOWN, _ROOM
    x0, y0 = max(0, int(across.min()) - room) * ACROSS, max(0, int(down.min()) - room) * tall
    return ((x0, y0, (int(across.max()) + 2 + room) * ACROSS - 1, (int(down.max()) + 2 + room) * tall - 1),)


def what_is_new(slices: Sequence[NDArray[np.generic] | None]) -> NDArray[np.uint8] | None:
    """An 8-bit picture of a slice, the first one given: how far its values lie beyond those in the slices beside it, the others.

    Stored values of 8 or 16 bits (rows, columns), of one slice or two beside it; None where none of these is like it.
    """
    first, *others = slices or [None]
    beside = [one for one in others if first is not None and one is not None and are_alike([first, one])]
    if first is None or not beside:
        return None
    values, *near = (of_sixteen_bits(one) for one in (first, *beside))
    low, high = around([reach(one, down=_NEAR) for one in near])
    beyond = np.where(values > high, distance(values, high), np.where(values < low, distance(low, values), 0))
    most = float(np.percentile(beyond[beyond > 0], _LARGEST)) if beyond.any() else 0.0
    picture: NDArray[np.uint8] = np.minimum(255.0, beyond * (255.0 / max(float(LEAST), most))).astype(np.uint8)
    return picture


def is_new_in(new: NDArray[np.uint8], box: Box) -> bool:
    """Whether a part of a picture of what is new holds more than grain or the edges of organs that go on in the slices beside it.

    Grain is rare, and dim beside what else is new, such as letters; of large letters only the edges may be plain.
    """
    x0, y0, x1, y1 = box
    part = new[y0 : y1 + 1, x0 : x1 + 1]
    is_plain = float(np.percentile(part, _LARGEST)) >= _PLAIN
    return is_plain or float((part > 0).mean()) >= _NEW + _DEVIATIONS * (_NEW / part.size) ** 0.5


def may_be_letters(new: NDArray[np.uint8], box: Box) -> bool:
    """Whether anywhere in a part of a picture of what is new it stands as close together as letters do."""
    return bool(_dense(new, box).any())


def letters_in(new: NDArray[np.uint8], box: Box) -> list[Box]:
    """Where in a part of a picture of what is new it stands as close together as letters do, with room for their fainter ends."""
    dense = _dense(new, box)
    near = np.zeros((dense.shape[0] + 2 * _REACH, dense.shape[1] + 2 * _REACH), dtype=bool)
    for down, across in np.ndindex(2 * _REACH + 1, 2 * _REACH + 1):
        near[down : down + dense.shape[0], across : across + dense.shape[1]] |= dense
    room = _REACH * _EVERY
    return [
        (
            max(box[0], box[0] + int(one.first.min()) * _EVERY - room),
            max(box[1], box[1] + int(one.row.min()) * _EVERY - room),
            min(box[2], box[0] + int(one.last.max()) * _EVERY - room + _SIDE - 1),
            min(box[3], box[1] + int(one.row.max()) * _EVERY - room + _SIDE - 1),
        )
        for one in components(near)
    ]


def _dense(new: NDArray[np.uint8], box: Box) -> NDArray[np.bool_]:
    """Which squares of a part hold as much that is new as letters do, one every few pixels (squares down, squares across)."""
    x0, y0, x1, y1 = box
    sums = np.pad(new[y0 : y1 + 1, x0 : x1 + 1] > 0, ((1, 0), (1, 0))).cumsum(axis=0, dtype=np.int32).cumsum(axis=1)
    bands = sums[_SIDE::_EVERY] - sums[:-_SIDE:_EVERY]
    squares = bands[:, _SIDE::_EVERY] - bands[:, :-_SIDE:_EVERY]
    dense: NDArray[np.bool_] = squares >= _DENSE * _SIDE**2
    return dense
