"""What is looked at of a picture: its parts with strokes, larger or smaller than they are, and the places of its inks.

Boxes are (x0, y0, x1, y1) in pixels from 0, both ends included.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from radiary.dicom.text import enhancing, inks, judging, strokes
from radiary.model.nouns import Box

_ENLARGED = 2.0
"""Letters of 9 pixels are found at twice their size."""
_LARGEST = {1: 700_000, 2: 400_000, 4: 150_000}
"""Pixels of all parts that are looked at for letters of one size, by how many times smaller; if they are more, smaller still."""
_MOST_PARTS = 0.8
"""Share of a picture from which on it is looked at as a whole instead of in parts."""
_MARGIN, _AROUND = 3, 0.25
"""Pixels added on each side of a line's box for the blur of its letters, or this share of their height if that is more."""


class View(NamedTuple):
    """A part of a picture as it is looked at: RGB, its scale to the picture, and where it begins there (x, y)."""

    picture: NDArray[np.uint8]
    scale: float
    origin: tuple[int, int]
    is_ink: bool


def views(frame: NDArray[np.uint8], parts: Sequence[Box] | None, *, has_inks: bool = True) -> Iterator[View]:
    """What is looked at of a picture: its parts with strokes, the smaller the letters the larger, and the places of its inks."""
    small, middle, tall = (strokes.parts(frame, letters) for letters in strokes.BY_SIZE) if parts is None else (parts, [], parts)
    small = _most(frame, small)
    yield from _scaled(frame, small, smaller=1)
    middle = [part for part in _most(frame, middle) if not any(is_within(part, larger) for larger in small)]
    yield from _scaled(frame, middle, smaller=2)
    yield from _scaled(frame, _most(frame, tall, 0), smaller=4)
    for layer in inks.layers(frame) if has_inks else ():
        yield from _scaled(layer, strokes.parts(layer, strokes.INK), smaller=1, is_ink=True)


def _most(frame: NDArray[np.uint8], parts: Sequence[Box], share: float = _MOST_PARTS) -> Sequence[Box]:
    """Parts of a picture, or the whole of it where they are more than a share."""
    rows, columns = frame.shape[:2]
    is_most = sum((x1 + 1 - x0) * (y1 + 1 - y0) for x0, y0, x1, y1 in parts) > share * rows * columns
    return [(0, 0, columns - 1, rows - 1)] if is_most else parts


def _scaled(frame: NDArray[np.uint8], parts: Sequence[Box], *, smaller: int, is_ink: bool = False) -> Iterator[View]:
    """Views of a picture's parts, enlarged, or so many times smaller than that."""
    pixels = sum((x1 + 1 - x0) * (y1 + 1 - y0) for x0, y0, x1, y1 in parts)
    for part in parts:
        yield _view(frame, part, min(_ENLARGED / smaller, (_LARGEST[smaller] / pixels) ** 0.5), is_ink=is_ink)


def _view(frame: NDArray[np.uint8], part: Box, scale: float, *, is_ink: bool) -> View:
    x0, y0, x1, y1 = part
    cut = frame[y0 : y1 + 1, x0 : x1 + 1]
    rows, columns = cut.shape[:2]
    size = max(32, round(columns * scale)), max(32, round(rows * scale))
    resampling = Image.Resampling.BICUBIC if scale > 1 else Image.Resampling.BOX
    scaled = np.asarray(Image.fromarray(cut).resize(size, resampling))
    shown = scaled if is_ink else enhancing.enhanced(scaled)
    coloured = shown if shown.ndim == 3 else np.repeat(shown[..., None], 3, axis=2)
    return View(coloured, scale, (x0, y0), is_ink)


def box(frame: NDArray[np.uint8], view: View, corners: NDArray[np.float64]) -> Box:
    """The box in the picture around a line in a view of it, with a margin."""
    rows, columns = frame.shape[:2]
    placed = corners / view.scale + view.origin
    margin = max(_MARGIN, _AROUND * judging.height(placed))
    x0, y0 = np.maximum(0, (placed.min(axis=0) - margin).astype(int)).tolist()
    x1, y1 = np.minimum([columns - 1, rows - 1], (placed.max(axis=0) + margin).astype(int)).tolist()
    return x0, y0, x1, y1


def is_within(box: Box, other: Box) -> bool:
    """Whether a box lies within another one."""
    return other[0] <= box[0] and other[1] <= box[1] and box[2] <= other[2] and box[3] <= other[3]
