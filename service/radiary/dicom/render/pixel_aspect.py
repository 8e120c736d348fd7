"""Pixels that are not square (PS3.3 C.7.6.3.1.7, 10.7.1.3): pictures are enlarged along one side to make up for it."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radiary.dicom.read import header
from radiary.dicom.render import encode
from radiary.model.nouns import Box

_SPACINGS = (0x00280030, 0x00181164, 0x00182010)
"""Pixel Spacing, Imager Pixel Spacing, Nominal Scanned Pixel Spacing: millimetres from row to row and column to column."""
_ASPECT = 0x00280034
"""Pixel Aspect Ratio: height and width of a pixel, used where there is no spacing."""
_MEASURES, _SHARED, _PER_FRAME = 0x00289110, 0x52009229, 0x52009230
"""Pixel Measures Sequence, Shared and Per-Frame Functional Groups Sequence."""
_LARGEST = 100_000_000
"""Pixels of the largest picture that enlarging may give; beyond, a picture stays as it is."""
_LEAST, _MOST = 1.01, 8.0
"""Ratios of a pixel's sides: up to the first, enlarging is not worth the sharpness it costs; beyond the second, none is true."""


def stretch(dataset: Dataset) -> tuple[float, float]:
    """Factors, down and across, by which a picture is enlarged; at least one of them is 1."""
    for tag, place in ((tag, place) for tag in (*_SPACINGS, _ASPECT) for place in _places(dataset)):
        spacing = header.value(place, tag)
        try:
            down, across = (float(number) for number in spacing)
            ratio = down / across
        except (TypeError, ValueError, ZeroDivisionError):
            continue
        if not 1 / _MOST <= ratio <= _MOST:
            continue
        if 1 / _LEAST <= ratio <= _LEAST:
            return 1.0, 1.0
        return (ratio, 1.0) if ratio > 1 else (1.0, 1 / ratio)
    return 1.0, 1.0


def _places(dataset: Dataset) -> Iterable[Dataset]:
    """The object itself, and its Pixel Measures (PS3.3 C.7.6.16.2.1), the shared ones or those of the first frame."""
    yield dataset
    for group in (*header.items(dataset, _SHARED), *header.items(dataset, _PER_FRAME)[:1]):
        yield from header.items(group, _MEASURES)


def squared(picture: NDArray[Any], dataset: Dataset) -> NDArray[Any]:
    """A picture, grey (rows, columns) or RGB (rows, columns, 3), enlarged until its pixels are square."""
    down, across = stretch(dataset)
    rows, columns = round(picture.shape[0] * down), round(picture.shape[1] * across)
    return picture if down == across or rows * columns > _LARGEST else encode.resized(picture, rows=rows, columns=columns)


def in_frame(boxes: Iterable[Box], dataset: Dataset) -> tuple[Box, ...]:
    """Boxes in a squared picture as boxes in the frame it was made of, rounded outwards."""
    down, across = stretch(dataset)
    return tuple(
        (int(x0 / across), int(y0 / down), int(np.ceil(x1 / across)), int(np.ceil(y1 / down))) for x0, y0, x1, y1 in boxes
    )
