"""Where a picture has steep edges as close together as those of letters: looking for them costs a hundredth of reading.

Boxes are (x0, y0, x1, y1) in pixels from 0, both ends included.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from radiary.model.nouns import Box

_TILE, _STEP = 16, 8
"""Pixels: a tile's side; tiles begin every `_STEP` down a picture."""
_APART, _AROUND = 4, 2
"""Tiles without strokes between two parts, and around what was found; down a picture, twice as many steps."""


class Letters(NamedTuple):
    """What counts as letters: grey levels from one pixel to the next, and so many such steps in two tiles side by side.

    At each of the `scales` by which the picture is made smaller: the slopes of blurred letters become steps then, and grain
    becomes less, so that half as steep is steep enough.
    """

    steep: int
    steps: int
    scales: tuple[int, ...]


PLAIN = Letters(60, 56, (1,))
"""In a slice, which has edges of its own."""
FAINT = Letters(12, 24, (1, 2, 4))
"""In a picture as it is read: letters of an eighth of full contrast, or blurred ones."""


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
        for y0, x0, y1, x1 in _islands(_found(frame.astype(np.int16), letters), 0, 0, 0, is_whole=False)
    ]


def _found(frame: NDArray[np.int16], letters: Letters) -> NDArray[np.bool_]:
    """Tiles in which letters stand at any scale."""
    found = _dense(frame, letters.steep, letters.steps)
    for scale in letters.scales[1:]:
        rows, columns = (size // scale for size in frame.shape[:2])
        if rows and columns:
            blocks = frame[: rows * scale, : columns * scale].reshape(rows, scale, columns, scale, -1)
            smaller = blocks.mean(axis=(1, 3), dtype=np.float32).reshape(rows, columns, *frame.shape[2:])
            large = (
                _dense(smaller, letters.steep // 2, letters.steps)
                .repeat(scale, axis=0)
                .repeat(scale, axis=1)[: found.shape[0], : found.shape[1]]
            )
            found[: large.shape[0], : large.shape[1]] |= large
    return found


def _dense(frame: NDArray[np.int16] | NDArray[np.float32], steep: int, steps: int) -> NDArray[np.bool_]:
    """Which tiles, (half tiles down, tiles across), hold enough steps, of any colour, together with the next one across."""
    rows, columns = frame.shape[:2]
    is_steep = np.abs(np.diff(frame, axis=1)) > steep
    edges = np.zeros([-(-size // _TILE) * _TILE for size in (rows, columns)], dtype=bool)
    edges[:rows, : columns - 1] = is_steep if frame.ndim == 2 else is_steep.any(axis=2)
    halves = edges.reshape(-1, _STEP, edges.shape[1] // _TILE, _TILE).sum(axis=(1, 3))
    tiles = np.pad(halves[:-1] + halves[1:], ((0, 0), (0, 1)))
    found: NDArray[np.bool_] = tiles[:, :-1] + tiles[:, 1:] >= steps
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
