"""Letters by their colour: devices write in one exact grey, while what they picture has grain.

A value that occurs more often than the values around it is an ink, or a surface without grain; where its pixels lie is a
picture in which letters stand out from any ground, however faint they are.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_AROUND = 2
"""Values on each side of one that say how often it would occur if it were no ink."""
_LEAST, _DEVIATIONS, _SHARE = 50, 5.0, 0.25
"""How much more often it occurs, at least: in pixels, in standard deviations of chance, and as a share of those others."""
_LARGEST = 0.15
"""Share of a picture that letters cover, at most; what covers more is a surface."""
_AT_ONCE = 1 << 20
"""Values that are counted at once."""
_MOST = 4
"""Inks of one picture that are looked at, those that stand out most."""


def layers(values: NDArray[np.generic]) -> Iterator[NDArray[np.uint8]]:
    """For each ink in grey values (rows, columns) of up to 16 bits, a picture (rows, columns): 255 where it lies, else 0."""
    values = grey(values)
    inks = _standing_out(_counts(values.ravel().view(f"u{values.dtype.itemsize}")))
    yield from (((values.view(f"u{values.dtype.itemsize}") == ink) * np.uint8(255)).astype("u1") for ink in inks)


def grey(values: NDArray[np.generic]) -> NDArray[np.generic]:
    """The brightness of an RGB picture (rows, columns, 3): one colour gives one value."""
    if values.ndim == 2:
        return values
    red, green, blue = (values[..., place].astype(np.uint16) for place in range(3))
    return np.ascontiguousarray((2 * red + 3 * green + blue) // 6)


def without_colour(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """An RGB picture (rows, columns, 3) of greys alone as (rows, columns), which takes half of the time; any other as it is."""
    if picture.ndim == 2:
        return picture
    first = np.ascontiguousarray(picture[..., 0])
    return first if all(np.array_equal(first, picture[..., place]) for place in (1, 2)) else picture


def _counts(values: NDArray[np.generic]) -> NDArray[np.int64]:
    """How often each value occurs: counted part by part, for numpy makes integers of 64 bits of what it counts."""
    length = max(2 * _AROUND + 1, int(values.max(initial=0))) + 1
    counts = np.zeros(length, np.int64)
    for first in range(0, values.size, _AT_ONCE):
        counts += np.bincount(values[first : first + _AT_ONCE], minlength=length)
    return counts


def _standing_out(counts: NDArray[np.int64]) -> list[int]:
    """Values that occur more often than those around them let expect, the most conspicuous ones first."""
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(counts, _AROUND), 2 * _AROUND + 1)
    around = np.delete(windows, _AROUND, axis=1).max(axis=1)
    excess = counts - around
    deviations = excess / np.sqrt(around + 1)
    is_ink = (excess >= np.maximum(_LEAST, _SHARE * around)) & (deviations >= _DEVIATIONS) & (counts <= _LARGEST * counts.sum())
    conspicuous = np.flatnonzero(is_ink)
    best = conspicuous[np.argsort(-deviations[conspicuous], kind="stable")]
    return [int(ink) for ink in best[:_MOST]]
