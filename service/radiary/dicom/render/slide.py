"""Whole slides (PS3.3 C.8.12): thousands of tiles, put together to one small picture, one at a time."""

import math

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radiary.dicom.read import header
from radiary.dicom.read.pixel_matrix import Matrix
from radiary.dicom.render import encode

_LONGEST = 2048
"""Pixels of the overview's longer side, at most."""
_LOST = 2
"""How many times darker than the tile its small picture is where too much of it is lost."""
_TOTAL_COLUMNS, _TOTAL_ROWS = 0x00480006, 0x00480007
_PER_FRAME, _PLANE, _COLUMN, _ROW = 0x52009230, 0x0048021A, 0x0048021E, 0x0048021F
"""Per-Frame Functional Groups, Plane Position (Slide), Column and Row Position In Total Image Pixel Matrix, from 1."""


class Overview:
    """A small picture of the whole slide of `columns` × `rows` pixels; what no tile covers stays white.

    Several tiles may lie at one place: focal planes, dyes, segments. The brighter pixels of grey ones are shown, and an empty one
    hides nothing.
    """

    def __init__(self, dataset: Dataset, shape: Matrix, *, columns: int, rows: int) -> None:
        self._groups = header.items(dataset, _PER_FRAME)
        self._shape = shape
        self._columns = columns
        self._scale = min(1.0, _LONGEST / max(columns, rows))
        size = (max(1, math.ceil(rows * self._scale)), max(1, math.ceil(columns * self._scale)))
        self.picture: NDArray[np.uint8] = np.full((*size, 3), 255, "u1")
        self._is_covered = np.zeros(size, bool)

    def add(self, number: int, tile: NDArray[np.uint8]) -> None:
        """Put tile `number` (from 0), grey or RGB, in its place; one that lies outside or is too small to show is left out."""
        left, top = (max(0, side) for side in self._place(number))
        x0, y0 = round(left * self._scale), round(top * self._scale)
        x1, y1 = round((left + tile.shape[1]) * self._scale), round((top + tile.shape[0]) * self._scale)
        if x1 <= x0 or y1 <= y0:
            return
        small = _shrunk(tile, rows=y1 - y0, columns=x1 - x0)
        part, covered = self.picture[y0:y1, x0:x1], self._is_covered[y0:y1, x0:x1]
        colours = (small if small.ndim == 3 else small[..., None])[: part.shape[0], : part.shape[1]]
        hides = ~covered[..., None] | (np.ptp(tile) > 0 if tile.ndim == 3 else colours > part)
        np.copyto(part, colours, where=hides)
        covered[...] = True

    def _place(self, number: int) -> tuple[int, int]:
        """Column and row of a tile's first pixel, from 0: as its functional group says, else tiles go row by row (TILED_FULL)."""
        for group in self._groups[number : number + 1]:
            for plane in header.items(group, _PLANE):
                column, row = header.value(plane, _COLUMN), header.value(plane, _ROW)
                if isinstance(column, int) and isinstance(row, int):
                    return column - 1, row - 1
        across = -(-self._columns // self._shape.columns)
        return number % across * self._shape.columns, number // across * self._shape.rows


def _shrunk(tile: NDArray[np.uint8], *, rows: int, columns: int) -> NDArray[np.uint8]:
    """A tile in small; of a dark one whose content is too fine to survive that, the brightest of the pixels that become one."""
    small = encode.resized(tile, rows=rows, columns=columns)
    if tile.ndim == 3 or int(small.max()) * _LOST >= int(tile.max()):
        return small
    down, across = (
        np.linspace(0, size, parts, endpoint=False).astype(int) for size, parts in zip(tile.shape, (rows, columns), strict=True)
    )
    brightest: NDArray[np.uint8] = np.maximum.reduceat(np.maximum.reduceat(tile, down, axis=0), across, axis=1)
    return brightest


def overview(dataset: Dataset, shape: Matrix) -> Overview | None:
    """An empty overview of a tiled slide; None for any other image."""
    columns, rows = header.value(dataset, _TOTAL_COLUMNS), header.value(dataset, _TOTAL_ROWS)
    if not isinstance(columns, int) or not isinstance(rows, int) or shape.frames < 2 or min(columns, rows) < 1:
        return None
    return Overview(dataset, shape, columns=columns, rows=rows)
