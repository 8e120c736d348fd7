"""What tells a line of letters from anatomy where nobody can read it: two greys, several strokes, neighbours in a row."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from radiary.model.nouns import Box

_HEIGHT, _EDGE = 32, 4
"""Pixels of a line as its greys are counted: its height, and what is left out above and below it."""
_LONG = 1.8
"""Times as long as high from which on a line may hold three letters; what is shorter is a letter or two."""
_NEIGHBOURS = 3
"""Letters one below another, or side by side, that make a word."""
_GAP, _ALIKE = 2.2, 1.7
"""From middle to middle of two neighbours in letters' sides, at most; and how much larger one may be than the other."""
_APART, _REPEATED = 0.5, 0.75
"""How like itself a row is when it is moved by a part of a shape, at most, and when it is moved by whole ones, at least.

Of 3,000 words in every script and direction none is more like itself than 0.71.
"""
_PLAIN, _HOLDS = 0.4, 0.25
"""Shares of the greatest variance from which on a line of pixels, and a part of a row, count: others hold the ground."""
_LEAST, _FINE = 2, 32
"""Pixels by which a row is moved, at least, and its height as it is compared."""


def sides(corners: NDArray[np.float64]) -> tuple[float, float]:
    """Length and height of a line, the longer side first."""
    lengths = np.hypot(*(corners - np.roll(corners, -1, axis=0)).T)
    across, down = (lengths[0] + lengths[2]) / 2, (lengths[1] + lengths[3]) / 2
    return max(across, down, 1.0), max(min(across, down), 1.0)


def is_long(corners: NDArray[np.float64]) -> bool:
    """Whether a line is long enough for three letters."""
    length, height = sides(corners)
    return length >= _LONG * height


def separation(picture: NDArray[np.uint8], corners: NDArray[np.float64]) -> float:
    """How much of a line's variance in an RGB picture lies between two greys, 0 to 1 (Otsu 1979): letters have 0.6 and more."""
    length, height = sides(corners)
    along_first = np.hypot(*(corners[1] - corners[0])) >= np.hypot(*(corners[3] - corners[0]))
    upright = corners if along_first else np.roll(corners, 1, axis=0)
    size = max(8, round(_HEIGHT * length / height)), _HEIGHT
    counterclockwise = upright[[0, 3, 2, 1]].ravel().tolist()
    cut = Image.fromarray(picture).transform(size, Image.Transform.QUAD, counterclockwise, Image.Resampling.BILINEAR)
    return _between(np.asarray(cut.convert("L"))[_EDGE:-_EDGE])


def _between(grey: NDArray[np.uint8]) -> float:
    """The greatest share of a grey picture's variance that a threshold puts between two classes."""
    shares = np.bincount(grey.ravel(), minlength=256) / grey.size
    below, levels = shares.cumsum(), np.arange(256)
    sums = (shares * levels).cumsum()
    whole = float((shares * (levels - sums[-1]) ** 2).sum())
    between = (sums[-1] * below - sums) ** 2 / np.maximum(below * (1 - below), 1e-9)
    return float(between.max()) / whole if whole > 0 else 0.0


def rows_of_letters(letters: Sequence[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """Corners (4, 2) around each row or column of three or more single letters of like size, as stacked names have."""
    corners_of_rows = []
    for axis in (1, 0):
        middles = [float(corners[:, axis].mean()) for corners in letters]
        ordered = [letters[place] for place in np.argsort(middles, kind="stable")]
        for place, first in enumerate(ordered):
            row = [first]
            for other in ordered[place + 1 :]:
                if _follows(row[-1], other, axis):
                    row.append(other)
            if len(row) >= _NEIGHBOURS:
                points = np.concatenate(row)
                (x0, y0), (x1, y1) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
                corners_of_rows.append(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]))
    return corners_of_rows


def _follows(last: NDArray[np.float64], other: NDArray[np.float64], axis: int) -> bool:
    """Whether a letter stands next after the last one of a row, along an axis: 0 across, 1 down."""
    (last_length, last_height), (length, height) = sides(last), sides(other)
    size, other_size = (last_length + last_height) / 2, (length + height) / 2
    apart = other.mean(axis=0) - last.mean(axis=0)
    is_alike = max(size, other_size) <= _ALIKE * min(size, other_size)
    return bool(is_alike and 0 < apart[axis] <= _GAP * max(size, other_size) and abs(apart[1 - axis]) <= size / 2)


def is_repeated(picture: NDArray[np.uint8], box: Box) -> bool:
    """Whether a box in a picture holds one shape three times and more at equal distances: beads, ticks of a ruler, clips.

    No word does, in any script.
    """
    x0, y0, x1, y1 = box
    cut = picture[y0 : y1 + 1, x0 : x1 + 1].astype(np.float32)
    grey = cut.mean(axis=2) if cut.ndim == 3 else cut
    along = grey.T if grey.shape[0] > grey.shape[1] else grey
    step = max(1, along.shape[0] // _FINE)
    if along.shape[1] // step < _NEIGHBOURS * _LEAST:
        return False
    row = _flattened(along[::step, ::step])
    row = row[row.var(axis=1) >= _PLAIN * row.var(axis=1).max()]
    is_apart = False
    for shift in range(_LEAST, row.shape[1] // _NEIGHBOURS + 1):
        alike = _alike(row[:, shift:], row[:, :-shift])
        is_apart = is_apart or alike < _APART
        if is_apart and alike >= _REPEATED and _is_throughout(row, shift):
            return True
    return False


def _is_throughout(row: NDArray[np.float64], shift: int) -> bool:
    """Whether each part of a row that holds something is like the part before or after it: letters beside beads are not."""
    length = row.shape[1]
    starts = [*range(0, length - shift, shift), length - shift]
    parts = {start: row[:, start : start + shift] for start in starts}
    most = max(float(part.var()) for part in parts.values())
    for start, part in parts.items():
        beside = [row[:, at : at + shift] for at in (start - shift, start + shift) if 0 <= at <= length - shift]
        if part.var() >= _HOLDS * most and max(_alike(part, other) for other in beside) < _APART:
            return False
    return True


def _flattened(row: NDArray[np.float32]) -> NDArray[np.float64]:
    """A row without the slow change of the ground that it stands on: of each line of pixels its parabola."""
    places = np.linspace(-1, 1, row.shape[1])
    parabolas = np.polynomial.polynomial.polyfit(places, row.T, 2)
    flattened: NDArray[np.float64] = row - np.polynomial.polynomial.polyval(places, parabolas)
    return flattened


def _alike(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """The correlation of two parts of a row."""
    return float((one * other).sum()) / max(1e-6, float(np.sqrt((one**2).sum() * (other**2).sum())))
