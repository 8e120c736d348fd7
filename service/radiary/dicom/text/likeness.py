"""How much each part of a picture is like a word, as a small network of our own says, which `tests/faint_letters` trains.

Beside the greys it is given where a pixel has the very value of the one before it or above it: devices write in one exact grey,
while what they picture has grain.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from radiary.dicom.text import inference
from radiary.dicom.text.components import components
from radiary.model.nouns import Box

CELL = 4
"""Pixels of a side of the squares for which the network says something."""
AROUND = 96
"""Pixels around a square that have a say in it (whole squares)."""
_ROWS, _AT_ONCE = 512, 1_300_000
"""Rows that are looked at together at most, for the sake of memory fewer of a wide picture, so that they have so many pixels."""
_PROBABLE = 0.5
"""Probability above which a square belongs to a word."""


def of_squares(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """For each square (rows, columns) of an 8-bit grey picture how probably it lies within a word."""
    rows, columns = grey.shape
    padded = np.pad(grey, ((0, -rows % CELL), (0, -columns % CELL)), mode="edge")
    network, bands = inference.model("faint"), []
    most = max(AROUND, min(_ROWS, _AT_ONCE // columns // CELL * CELL))
    for first in range(0, len(padded), most):
        top, bottom = max(0, first - AROUND), min(len(padded), first + most + AROUND)
        likely = network(_given(padded[top:bottom]))[0, 0]
        bands.append(likely[(first - top) // CELL :][: most // CELL])
    together: NDArray[np.float32] = np.concatenate(bands)
    return together


def _given(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The network's input (1, 3, rows, columns): greys from -0.5 to 0.5, where the left neighbour is equal, and the upper one."""
    given = np.zeros((1, 3, *grey.shape), np.float32)
    given[0, 0] = grey / np.float32(255) - np.float32(0.5)
    given[0, 1, :, 1:] = grey[:, 1:] == grey[:, :-1]
    given[0, 2, 1:] = grey[1:] == grey[:-1]
    return given


def parts(probable: NDArray[np.float32]) -> Iterator[tuple[Box, float]]:
    """Squares that make a word together: the box around them, in squares, and by how much they are probable in all."""
    beyond = np.cumsum(np.pad(np.maximum(0, probable - _PROBABLE), ((0, 0), (1, 0))), axis=1)
    for runs in components(probable > _PROBABLE):
        box = int(runs.first.min()), int(runs.row.min()), int(runs.last.max()), int(runs.row.max())
        yield box, float((beyond[runs.row, runs.last + 1] - beyond[runs.row, runs.first]).sum())
