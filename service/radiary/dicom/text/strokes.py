"""Parts of a picture whose steep edges stand as close together as those of letters: found at a hundredth of reading's cost.

Boxes are (x0, y0, x1, y1) in pixels from 0, both ends included.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from radiary.dicom.text import slopes
from radiary.dicom.text.slopes import STEP, TILE
from radiary.model.nouns import Box


class Letters(NamedTuple):
    """What counts as letters: more than `steep` grey levels from one pixel to the next, `steps` times in two tiles side by side.

    That is tried at each of `scales`, by which the picture is made smaller: slopes of blurred letters become steep then, and
    grain becomes less, so that half of `steep` is enough. Letters have steps downwards, too, `down` of them at least, and a step
    is `grain` times as steep as most of those around it, or `enough` where that is less. So many tiles are added `around` a
    part; twice as many without letters are between two parts.
    """

    steep: int
    steps: int
    scales: tuple[int, ...]
    down: int = 0
    grain: float = 0
    around: int = 2
    enough: int = 255


PLAIN = Letters(60, 56, (1,))
"""For slices, which have edges of their own."""
FAINT = Letters(10, 20, (1, 2, 4))
"""For pictures of which every one is searched: also letters of a tenth of full contrast, or blurred ones."""
BY_SIZE = (
    Letters(10, 36, (1,), down=28, grain=4, around=6),
    Letters(10, 20, (2,), down=12, grain=3, around=6),
    Letters(10, 20, (4,)),
)
"""The same by the size of the letters, small ones first: each of a scale at which their strokes are a pixel or two wide.

The network finds small letters with contrast all around for a hundred pixels, which it overlooks with less around them.
"""
ANY = Letters(6, 28, (1,), grain=3, enough=12, around=6)
"""Of the faintest letters of which a network of our own is asked, with the room that it looks at around them."""
INK = Letters(100, 40, (1, 2))
"""For the place of an ink, which is black and white."""


def parts(frame: NDArray[np.uint8], letters: Letters) -> list[Box]:
    """Parts of a grey (rows, columns) or RGB (rows, columns, 3) picture in which letters may stand, with some room around."""
    rows, columns = frame.shape[:2]
    room, has_letters = letters.around, _has_letters(frame, letters)
    return [
        (
            max(0, x0 - room) * TILE,
            max(0, y0 - 2 * room) * STEP,
            min(columns, (x1 + 1 + room) * TILE) - 1,
            min(rows, (y1 + 1 + 2 * room) * STEP) - 1,
        )
        for y0, x0, y1, x1 in _islands(has_letters, 2 * room, y=0, x=0, axis=0, is_whole=False)
    ]


def _has_letters(frame: NDArray[np.uint8], letters: Letters) -> NDArray[np.bool_]:
    """Which tiles, (half tiles down, tiles across), may hold letters at any scale."""
    rows, columns = frame.shape[:2]
    has_letters = np.zeros((2 * -(-rows // TILE) - 1, -(-columns // TILE)), dtype=bool)
    for scale in letters.scales:
        smaller = np.asarray(Image.fromarray(frame).reduce(scale)) if scale > 1 else frame
        steep = letters.steep if scale == 1 else letters.steep // 2
        large = _dense(smaller, letters, steep).repeat(scale, axis=0).repeat(scale, axis=1)
        large = large[: has_letters.shape[0], : has_letters.shape[1]]
        has_letters[: large.shape[0], : large.shape[1]] |= large
    return has_letters


def _dense(frame: NDArray[np.uint8], letters: Letters, steep: int) -> NDArray[np.bool_]:
    """Which tiles, (half tiles down, tiles across), hold enough steps of any colour, together with the next one across."""
    across = slopes.between(frame, axis=1)
    least = np.clip(letters.grain * slopes.grain(across), steep, letters.enough) if letters.grain else steep
    dense: NDArray[np.bool_] = slopes.counts(across > least) >= letters.steps
    return dense & (slopes.counts(slopes.between(frame, axis=0) > least) >= letters.down) if letters.down else dense


def steps(frame: NDArray[np.uint8], letters: Letters, axis: int = 1) -> NDArray[np.int32]:
    """How many steps, down (0) or across (1), each tile of a picture holds together with the next one across.

    Tiles: (half tiles down, tiles across).
    """
    return slopes.counts(slopes.between(frame, axis) > letters.steep)


def _islands(
    dense: NDArray[np.bool_], apart: int, *, y: int, x: int, axis: int, is_whole: bool
) -> Iterator[tuple[int, int, int, int]]:
    """Boxes (y0, x0, y1, x1), ends excluded, of what is left when tiles are cut along empty bands until there is none.

    A band is more than `apart` tiles wide. `dense` begins at (`y`, `x`). It is cut down (`axis` 0) and across in turns;
    `is_whole`: the turn before found no band.
    """
    used = np.flatnonzero(dense.any(axis=1 - axis))
    if not len(used):
        return
    runs = np.split(used, np.flatnonzero(np.diff(used) > apart * (2 - axis)) + 1)
    for first, last in ((int(run[0]), int(run[-1]) + 1) for run in runs):
        part = dense[first:last] if axis == 0 else dense[:, first:last]
        top, left = (y + first, x) if axis == 0 else (y, x + first)
        if is_whole and len(runs) == 1:
            yield top, left, top + part.shape[0], left + part.shape[1]
        else:
            yield from _islands(part, apart, y=top, x=left, axis=1 - axis, is_whole=len(runs) == 1)
