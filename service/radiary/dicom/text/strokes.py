"""Parts of a picture whose steep edges stand as close together as those of letters: found at a hundredth of reading's cost.

Boxes are (x0, y0, x1, y1) in pixels from 0, both ends included.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from radiary.model.nouns import Box

_TILE, _STEP = 16, 8
"""Pixels of a tile's side, and from where one tile begins to the next one, down a picture; across, they do not overlap."""
_APART, _AROUND = 4, 2
"""Tiles without strokes that part two parts, and tiles added around a part; down a picture, twice as many steps."""


class Letters(NamedTuple):
    """What counts as letters: more than `steep` grey levels from one pixel to the next, `steps` times in two tiles side by side.

    That is tried at each of `scales`, by which the picture is made smaller: slopes of blurred letters become steep then, and
    grain becomes less, so that half of `steep` is enough.
    """

    steep: int
    steps: int
    scales: tuple[int, ...]


PLAIN = Letters(60, 56, (1,))
"""For slices, which have edges of their own."""
FAINT = Letters(10, 20, (1, 2, 4))
"""For pictures of which every one is searched: also letters of a tenth of full contrast, or blurred ones."""
INK = Letters(100, 40, (1, 2))
"""For the place of an ink, which is black and white."""


def parts(frame: NDArray[np.uint8], letters: Letters) -> list[Box]:
    """Parts of a grey (rows, columns) or RGB (rows, columns, 3) picture in which letters may stand, with some room around."""
    rows, columns = frame.shape[:2]
    return [
        (
            max(0, x0 - _AROUND) * _TILE,
            max(0, y0 - 2 * _AROUND) * _STEP,
            min(columns, (x1 + 1 + _AROUND) * _TILE) - 1,
            min(rows, (y1 + 1 + 2 * _AROUND) * _STEP) - 1,
        )
        for y0, x0, y1, x1 in _islands(_has_letters(frame.astype(np.int16), letters), y=0, x=0, axis=0, is_whole=False)
    ]


def _has_letters(frame: NDArray[np.int16], letters: Letters) -> NDArray[np.bool_]:
    """Which tiles, (half tiles down, tiles across), may hold letters at any scale."""
    has_letters = _dense(frame, steep=letters.steep, steps=letters.steps)
    for scale in letters.scales[1:]:
        rows, columns = (size // scale for size in frame.shape[:2])
        if rows and columns:
            blocks = frame[: rows * scale, : columns * scale].reshape(rows, scale, columns, scale, -1)
            smaller = blocks.mean(axis=(1, 3), dtype=np.float32).reshape(rows, columns, *frame.shape[2:])
            large = (
                _dense(smaller, steep=letters.steep // 2, steps=letters.steps)
                .repeat(scale, axis=0)
                .repeat(scale, axis=1)[: has_letters.shape[0], : has_letters.shape[1]]
            )
            has_letters[: large.shape[0], : large.shape[1]] |= large
    return has_letters


def _dense(frame: NDArray[np.int16] | NDArray[np.float32], *, steep: int, steps: int) -> NDArray[np.bool_]:
    """Which tiles, (half tiles down, tiles across), hold enough steps of any colour, together with the next one across."""
    return _counts(frame, steep) >= steps


def steps(frame: NDArray[np.uint8], letters: Letters) -> NDArray[np.int32]:
    """How many steps each tile, (half tiles down, tiles across), of a picture holds together with the next one across."""
    return _counts(frame.astype(np.int16), letters.steep)


def _counts(frame: NDArray[np.int16] | NDArray[np.float32], steep: int) -> NDArray[np.int32]:
    rows, columns = frame.shape[:2]
    is_steep = np.abs(np.diff(frame, axis=1)) > steep
    edges = np.zeros([-(-size // _TILE) * _TILE for size in (rows, columns)], dtype=bool)
    edges[:rows, : columns - 1] = is_steep if frame.ndim == 2 else is_steep.any(axis=2)
    halves = edges.reshape(-1, _STEP, edges.shape[1] // _TILE, _TILE).sum(axis=(1, 3), dtype=np.int32)
    tiles = np.pad(halves[:-1] + halves[1:], ((0, 0), (0, 1)))
    counts: NDArray[np.int32] = tiles[:, :-1] + tiles[:, 1:]
    return counts


def _islands(dense: NDArray[np.bool_], *, y: int, x: int, axis: int, is_whole: bool) -> Iterator[tuple[int, int, int, int]]:
    """Boxes (y0, x0, y1, x1), ends excluded, of what is left when tiles are cut along empty bands until there is none.

    `dense` begins at (`y`, `x`). It is cut down (`axis` 0) and across in turns; `is_whole`: the turn before found no band.
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
            yield from _islands(part, y=top, x=left, axis=1 - axis, is_whole=len(runs) == 1)
