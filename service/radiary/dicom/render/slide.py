"""Whole slides (PS3.3 C.8.12): thousands of tiles, put together to one small picture, one at a time."""

import math

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radiary.dicom.read import header
from radiary.dicom.read.pixel_description import Matrix
from radiary.dicom.render import encode

_LONGEST = 2048
"""Pixels of the overview's longer side, at most."""
_TOTAL_COLUMNS, _TOTAL_ROWS = 0x00480006, 0x00480007
_PER_FRAME, _PLANE, _COLUMN, _ROW = 0x52009230, 0x0048021A, 0x0048021E, 0x0048021F
"""Per-Frame Functional Groups, Plane Position (Slide), Column and Row Position In Total Image Pixel Matrix, from 1."""


class Overview:
    """A small picture of the whole slide of `columns` × `rows` pixels; what no tile covers stays white."""

    def __init__(self, dataset: Dataset, shape: Matrix, *, columns: int, rows: int) -> None:
        self._groups = header.items(dataset, _PER_FRAME)
        self._shape = shape
        self._columns = columns
        self._scale = min(1.0, _LONGEST / max(columns, rows))
        size = (max(1, math.ceil(rows * self._scale)), max(1, math.ceil(columns * self._scale)))
        self.picture: NDArray[np.uint8] = np.full((*size, 3), 255, "u1")

    def add(self, number: int, tile: NDArray[np.uint8]) -> None:
        """Put tile `number` (from 0), grey or RGB, in its place; one that lies outside or is too small to show is left out."""
        left, top = self._place(number)
        x0, y0 = round(left * self._scale), round(top * self._scale)
        x1, y1 = round((left + tile.shape[1]) * self._scale), round((top + tile.shape[0]) * self._scale)
        if x1 <= x0 or y1 <= y0 or x0 < 0 or y0 < 0:
            return
        small = encode.resized(tile, rows=y1 - y0, columns=x1 - x0)
        part = self.picture[y0:y1, x0:x1]
        part[...] = (small if small.ndim == 3 else small[..., None])[: part.shape[0], : part.shape[1]]

    def _place(self, number: int) -> tuple[int, int]:
        """Column and row of a tile's first pixel, from 0: as its functional group says, else tiles go row by row (TILED_FULL)."""
        for group in self._groups[number : number + 1]:
            for plane in header.items(group, _PLANE):
                column, row = header.value(plane, _COLUMN), header.value(plane, _ROW)
                if isinstance(column, int) and isinstance(row, int):
                    return column - 1, row - 1
        across = -(-self._columns // self._shape.columns)
        return number % across * self._shape.columns, number // across * self._shape.rows


def overview(dataset: Dataset, shape: Matrix) -> Overview | None:
    """An empty overview of a tiled slide; None for any other image."""
    columns, rows = header.value(dataset, _TOTAL_COLUMNS), header.value(dataset, _TOTAL_ROWS)
    if not isinstance(columns, int) or not isinstance(rows, int) or shape.frames < 2 or min(columns, rows) < 1:
        return None
    return Overview(dataset, shape, columns=columns, rows=rows)
