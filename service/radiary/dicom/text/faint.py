"""Words that the detector overlooks: small, faint or speckled ones, in any direction and script.

They are found by their likeness, nobody reads them: what is found leaves a doubt.
"""

from collections.abc import Iterator
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from radiary.dicom.text import inks, likeness, strokes
from radiary.dicom.text.likeness import AROUND, CELL
from radiary.model.nouns import Box

_SCALES = (1, 2, 4, 8)
"""The network knows letters of 8 to 30 pixels; larger ones are found where the picture is so many times smaller.

At an eighth of its size nothing in a picture without a word has even 3.
"""
_ENLARGED, _MOST = 1.5, 1_000_000
"""Of the smallest letters twice as many are found where the picture is so many times larger; and pixels of a picture that is
enlarged, at most: that takes twice the time of all else."""
_LARGE, _PARTS, _HUGE = 1_000_000, 0.6, 8_000_000
"""Pixels from which on the parts of a picture are looked at that have any strokes, or, where these are more than a share, all of
it; and of such a picture as mammograms are, where letters of 9 to 15 pixels, a millimetre at most, are then left to the detector:
of 31 words in grain 30 are found so, and all in three times the time."""
_LEAST_SIDE = 24
"""Pixels of the shorter side of a picture that is looked at."""
LIKELY, QUITE, SURE = 5.0, 7.0, 11.0
"""Sum over a word's squares of what their probabilities exceed a half by, at least. Short words of nine pixels have 2 to 10, and
of five hundred X-rays and frames without a word none has 5; air of slices has up to 5.3; larger ones have more, as bones have."""
_UNSURE, _TURNED = 0.2, 0.4
"""Of that, what is looked at from all sides, and what it has to have then on average: grain is like a word from one side only."""


def words(frame: NDArray[np.uint8], least: float = LIKELY, larger: float = SURE) -> list[Box]:
    """Boxes of what looks like a word in an 8-bit grey (rows, columns) or RGB (rows, columns, 3) picture.

    `least`: how much the smallest letters have to be like some, `LIKELY`, `QUITE` or `SURE`; `larger`: the same of larger ones.
    """
    rows, columns = frame.shape[:2]
    grey = inks.grey(frame).astype(np.uint8)
    boxes = []
    for scale in _SCALES:
        is_smallest = scale == 1 or (scale == 2 and grey.size > _HUGE)
        enough = least if is_smallest else larger if scale < _SCALES[-1] else QUITE
        smaller = np.asarray(Image.fromarray(grey).reduce(scale)) if scale > 1 else grey
        if min(smaller.shape) >= _LEAST_SIDE:
            boxes += [_box(squares, scale * CELL, rows, columns=columns) for squares in _in_parts(smaller, enough)]
    if least <= LIKELY and _LEAST_SIDE**2 <= grey.size <= _MOST:
        size = round(_ENLARGED * columns), round(_ENLARGED * rows)
        larger_picture = np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BICUBIC))
        boxes += [_box(squares, CELL / _ENLARGED, rows, columns=columns) for squares in _like_words(larger_picture, QUITE)]
    return boxes


def _in_parts(grey: NDArray[np.uint8], least: float) -> Iterator[Box]:
    """Boxes, in squares, of what is like a word in a picture; most of a large one has no strokes, which is seen sooner."""
    rows, columns = grey.shape
    parts = strokes.parts(grey, strokes.ANY) if grey.size > _LARGE else [(0, 0, columns - 1, rows - 1)]
    if sum((x1 + 1 - x0) * (y1 + 1 - y0) for x0, y0, x1, y1 in parts) > _PARTS * grey.size:
        parts = [(0, 0, columns - 1, rows - 1)] if grey.size <= _HUGE else []
    for left, top, right, bottom in parts:
        for x0, y0, x1, y1 in _like_words(grey[top : bottom + 1, left : right + 1], least):
            yield x0 + left // CELL, y0 + top // CELL, x1 + left // CELL, y1 + top // CELL


def _like_words(grey: NDArray[np.uint8], least: float) -> Iterator[Box]:
    """Boxes, in squares, of what is like a word at once, or, where likely is enough, from all sides."""
    for squares, much in likeness.parts(likeness.of_squares(grey)):
        if much >= least:
            yield squares
        elif least <= LIKELY and much >= _UNSURE * least:
            yield from _seen_turned(grey, squares, _TURNED * least)


def _seen_turned(grey: NDArray[np.uint8], squares: Box, least: float) -> Iterator[Box]:
    """Boxes of what is like a word there, on average of the part and of what its mirrors show."""
    x0, y0, x1, y1 = squares
    room = AROUND // CELL
    left, top = max(0, x0 - room), max(0, y0 - room)
    part = grey[top * CELL : (y1 + 1 + room) * CELL, left * CELL : (x1 + 1 + room) * CELL]
    whole = np.pad(part, ((0, -part.shape[0] % CELL), (0, -part.shape[1] % CELL)), mode="edge")
    flips: list[tuple[int, ...]] = [(), (0,), (1,), (0, 1)]
    views = [np.flip(likeness.of_squares(np.ascontiguousarray(np.flip(whole, axes))), axes) for axes in flips]
    for (u0, v0, u1, v1), much in likeness.parts(np.mean(views, axis=0)):
        there = u0 + left, v0 + top, u1 + left, v1 + top
        if much >= least and there[0] <= x1 and there[2] >= x0 and there[1] <= y1 and there[3] >= y0:
            yield there


def _box(squares: Box, side: float, rows: int, *, columns: int) -> Box:
    """The box around squares of a side in pixels."""
    x0, y0, x1, y1 = squares
    return int(x0 * side), int(y0 * side), min(columns, ceil((x1 + 1) * side)) - 1, min(rows, ceil((y1 + 1) * side)) - 1
