"""Words that the detector overlooks: small, faint or speckled ones, in any direction and script, by a small network of our own.

`models/faint.onnx`, which `tests/faint_letters` trains, says for each square of four by four pixels how probably it lies within a
word. Beside the greys it is given where a pixel has the very value of the one before it or above it: devices write in one exact
grey, while what they picture has grain. It does not read: what it finds leaves a doubt.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from radiary.dicom.text import inference, inks
from radiary.dicom.text.components import Runs, components
from radiary.model.nouns import Box

_CELL = 4
"""Pixels of a side of a square."""
_SCALES = (1, 2, 4, 8)
"""The network knows letters of 8 to 30 pixels; larger ones are found where the picture is so many times smaller."""
_LEAST_SIDE = 24
"""Pixels of the shorter side of a picture that is looked at."""
_ROWS, _AROUND, _AT_ONCE = 512, 96, 1_300_000
"""Rows that are looked at together at most, for the sake of memory fewer of a wide picture, so that they have so many pixels, and
those around that have a say in them (both whole squares)."""
_PROBABLE = 0.5
"""Probability above which a square belongs to a word."""
LIKELY, SURE = 4.0, 11.0
"""Sum over a word's squares of what their probabilities exceed that by, at least. Short words of nine pixels have 4 to 10, and
of three hundred X-rays and frames without a word one has; larger ones have more, as bones and couches of slices have at times."""


def words(frame: NDArray[np.uint8], least: float = LIKELY) -> list[Box]:
    """Boxes of what looks like a word in an 8-bit grey (rows, columns) or RGB (rows, columns, 3) picture.

    `least`: how much the smallest letters have to be like some, `LIKELY` or `SURE`; larger ones always are surely.
    """
    rows, columns = frame.shape[:2]
    grey = inks.grey(frame).astype(np.uint8)
    boxes = []
    for scale in _SCALES:
        enough = least if scale == 1 else SURE
        smaller = np.asarray(Image.fromarray(grey).reduce(scale)) if scale > 1 else grey
        if min(smaller.shape) >= _LEAST_SIDE:
            boxes += [_box(runs, scale * _CELL, rows, columns=columns) for runs in _components(_probabilities(smaller), enough)]
    return boxes


def _components(probable: NDArray[np.float32], least: float) -> Iterator[Runs]:
    """Squares that make a word together."""
    beyond = np.cumsum(np.pad(np.maximum(0, probable - _PROBABLE), ((0, 0), (1, 0))), axis=1)
    for runs in components(probable > _PROBABLE):
        if float((beyond[runs.row, runs.last + 1] - beyond[runs.row, runs.first]).sum()) >= least:
            yield runs


def _box(runs: Runs, side: int, rows: int, *, columns: int) -> Box:
    """The box around squares of a side in pixels."""
    x0, y0 = int(runs.first.min()) * side, int(runs.row.min()) * side
    return x0, y0, min(columns, (int(runs.last.max()) + 1) * side) - 1, min(rows, (int(runs.row.max()) + 1) * side) - 1


def _probabilities(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """For each square (rows, columns) how probably it lies within a word."""
    rows, columns = grey.shape
    padded = np.pad(grey, ((0, -rows % _CELL), (0, -columns % _CELL)), mode="edge")
    network, bands = inference.model("faint"), []
    most = max(_AROUND, min(_ROWS, _AT_ONCE // columns // _CELL * _CELL))
    for first in range(0, len(padded), most):
        top, bottom = max(0, first - _AROUND), min(len(padded), first + most + _AROUND)
        likely = network(_given(padded[top:bottom]))[0, 0]
        bands.append(likely[(first - top) // _CELL :][: most // _CELL])
    together: NDArray[np.float32] = np.concatenate(bands)
    return together


def _given(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The network's input (1, 3, rows, columns): greys from -0.5 to 0.5, where the left neighbour is equal, and the upper one."""
    given = np.zeros((1, 3, *grey.shape), np.float32)
    given[0, 0] = grey / np.float32(255) - np.float32(0.5)
    given[0, 1, :, 1:] = grey[:, 1:] == grey[:, :-1]
    given[0, 2, 1:] = grey[1:] == grey[:-1]
    return given
