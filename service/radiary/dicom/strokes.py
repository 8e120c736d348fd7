"""Where a picture has steep edges as close together as those of letters: looking for them costs a hundredth of reading.

Boxes are (x0, y0, x1, y1) in pixels from 0, both ends included.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from radiary.model import Box

_TILE, _STEP = 16, 8
"""Pixels: a tile's side; tiles begin every `_STEP` down a picture."""
_APART, _AROUND = 4, 2
"""Tiles without strokes between two parts; tiles around what was found that belong to a part."""


class Letters(NamedTuple):
    """What counts as letters: grey levels from one pixel to the next, and so many such steps in two tiles side by side."""

    steep: int
    steps: int


PLAIN = Letters(60, 56)
"""In a slice, which has edges of its own."""
FAINT = Letters(12, 24)
"""In a picture as it is read: letters of an eighth of full contrast."""


def parts(frame: NDArray[np.uint8], letters: Letters) -> list[Box]:
    """Parts of a grey (rows, columns) or RGB (rows, columns, 3) picture in which letters may stand, some way around them."""
    rows, columns = frame.shape[:2]
    return [
        (
            max(0, x0 - _AROUND) * _TILE,
            max(0, y0 - 2 * _AROUND) * _STEP,
            min(columns, (x1 + 1 + _AROUND) * _TILE) - 1,
            min(rows, (y1 + 1 + 2 * _AROUND) * _STEP) - 1,
        )
        for y0, x0, y1, x1 in _islands(_dense(frame.astype(np.int16), letters), 0, 0, 0, is_whole=False)
    ]


def _dense(frame: NDArray[np.int16], letters: Letters) -> NDArray[np.bool_]:
    """Which tiles, (half tiles down, tiles across), hold enough steps, of any colour, together with the next one across."""
    rows, columns = frame.shape[:2]
    steps = np.abs(np.diff(frame, axis=1)) > letters.steep
    steep = np.zeros([-(-size // _TILE) * _TILE for size in (rows, columns)], dtype=bool)
    steep[:rows, : columns - 1] = steps if frame.ndim == 2 else steps.any(axis=2)
    halves = steep.reshape(-1, _STEP, steep.shape[1] // _TILE, _TILE).sum(axis=(1, 3))
    tiles = np.pad(halves[:-1] + halves[1:], ((0, 0), (0, 1)))
    found: NDArray[np.bool_] = tiles[:, :-1] + tiles[:, 1:] >= letters.steps
    return found


def _islands(dense: NDArray[np.bool_], y: int, x: int, axis: int, *, is_whole: bool) -> Iterator[tuple[int, int, int, int]]:
    """Cut along empty bands, in turns down (`axis` 0) and across, until none is left: (y0, x0, y1, x1), ends excluded.

    `is_whole` says that the turn before found no band.
    """
    used = np.flatnonzero(dense.any(axis=1 - axis))
    if not len(used):
        return
    runs = np.split(used, np.flatnonzero(np.diff(used) > _APART * (2 - axis)) + 1)
    for first, last in ((int(run[0]), int(run[-1]) + 1) for run in runs):
        part = dense[first:last] if axis == 0 else dense[:, first:last]
        top, left = (y + first, x) if axis == 0 else (y, x + first)
        if is_whole and len(runs) == 1:
            yield top, left, top + part.shape[0], left + part.shape[1]
        else:
            yield from _islands(part, top, left, 1 - axis, is_whole=len(runs) == 1)
