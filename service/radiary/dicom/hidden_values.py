"""What a copy holds and its picture does not show: values beyond the window, or to which a palette gives one colour."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radiary.dicom.read import header, pixel_description
from radiary.dicom.read.pixel_matrix import Matrix
from radiary.dicom.render import grayscale, palette, pixel_aspect, pixels
from radiary.dicom.text import inks
from radiary.model.nouns import Deidentified

_CT = {"air": (-950.0, 200.0), "lung": (-600.0, 1500.0), "soft tissue": (40.0, 400.0), "bone": (500.0, 2000.0)}
"""Centre and width in HU; in the first, letters 20 HU above air have a tenth of full contrast."""
_QUIET = ("air", "soft tissue", "bone")
"""Windows of CT in which grain is next to never like a small word; in that for lungs it is at times."""
_LEAST = 0.001
"""Share of a picture's pixels beyond its window from which on they may hold a word."""
_GREYS = 8
"""Bits of a grey level in a picture: without a window it shows all values."""
_OUTLIERS = 0.1
"""Percent of values at each end that do not count for a range."""


class Shown(NamedTuple):
    """An 8-bit grey picture (rows, columns), and whether its grain is never like a small word."""

    picture: NDArray[np.uint8]
    is_quiet: bool = False


def pictures(clean: Deidentified) -> Iterator[Shown]:
    """Pictures of an image in other windows than its own. Raises Undecodable.

    A CT comes in the windows that radiologists use, in one for air and in its full range; any other image in the range of the
    values below its window and in that of the values above, where there are several: all else is shown as their median, since
    where they begin is seen in its own window. Of several frames, the greatest and the least value of each pixel are shown. Of a
    palette, it is the values of each colour that has several.
    """
    shape = pixel_description.matrix(clean)
    if shape.photometric == "PALETTE COLOR":
        yield from map(Shown, filter(np.any, (_shades(clean, values) for values in _extremes(clean, shape))))
        return
    if shape.is_colour:
        return
    view = grayscale.view(clean.dataset, 0)
    if shape.frames > 1 and shape.bits_stored <= _GREYS and view.voi is None:
        return
    for values in _extremes(clean, shape):
        parts = _ranges_of_ct(view, values) if clean.facts.modality == "CT" else _beyond(view, values)
        for part, low, high, is_quiet in parts:
            yield Shown(_shown(view, part, low, high, clean.dataset), is_quiet)


def stored(clean: Deidentified) -> NDArray[np.generic] | None:
    """The stored values (rows, columns) of an image of one frame, of a coloured one its brightness; None for any other.

    Raises Undecodable.
    """
    shape = pixel_description.matrix(clean)
    frame = next(iter(_extremes(clean, shape)), None) if shape.frames == 1 else None
    return None if frame is None else inks.grey(frame)


def _extremes(clean: Deidentified, shape: Matrix) -> list[NDArray[np.generic]]:
    """The stored values (rows, columns) of an image of one frame; of several, the greatest and the least of each pixel."""
    if shape.bits_allocated not in (8, 16):
        return []
    frames = pixels.frames(clean, shape)
    first = next(frames)
    if shape.frames == 1:
        return [first]
    greatest, least = first.copy(), first.copy()
    for frame in frames:
        np.maximum(greatest, frame, out=greatest)
        np.minimum(least, frame, out=least)
    return [greatest, least]


_Part = tuple[NDArray[np.generic], float, float, bool]
"""Stored values (rows, columns), the range of modality values that they are shown in, and whether that is a quiet one."""


def _ranges_of_ct(view: grayscale.View, frame: NDArray[np.generic]) -> Iterator[_Part]:
    for name, (centre, width) in _CT.items():
        yield frame, centre - width / 2, centre + width / 2, name in _QUIET
    yield frame, *view.range(frame), False


def _beyond(view: grayscale.View, frame: NDArray[np.generic]) -> Iterator[_Part]:
    """The values that are shown black, and white."""
    shown = view.picture(frame, None)
    for end in (0, 255):
        is_beyond = shown == end
        beyond = frame[is_beyond]
        if beyond.size >= _LEAST * frame.size and beyond.min() < beyond.max():
            ends = view.modality(np.percentile(beyond, [_OUTLIERS, 100 - _OUTLIERS]))
            if ends.min() < ends.max():
                median = np.median(beyond).astype(frame.dtype)
                yield np.where(is_beyond, frame, median), float(ends.min()), float(ends.max()), False


def _shown(view: grayscale.View, frame: NDArray[np.generic], low: float, high: float, dataset: Dataset) -> NDArray[np.uint8]:
    window = grayscale.Window((low + high) / 2, max(2.0, high - low), "LINEAR_EXACT")
    plain = grayscale.View(view.modality, window, inverse=False, padding=None)
    picture: NDArray[np.uint8] = pixel_aspect.squared(plain.picture(frame, None), dataset)
    return picture


def _shades(clean: Deidentified, values: NDArray[np.generic]) -> NDArray[np.uint8]:
    """A picture of where each value lies among those to which the palette gives one colour; black where nothing is hidden."""
    used, places = np.unique(values, return_inverse=True)
    try:
        shades = palette.shades(clean.dataset, used)
    except header.UNREADABLE:
        return np.zeros((1, 1), np.uint8)
    picture = np.rint(255 * shades).astype(np.uint8)[places].reshape(values.shape)
    squared: NDArray[np.uint8] = pixel_aspect.squared(picture, clean.dataset)
    return squared
