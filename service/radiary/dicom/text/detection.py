"""Where lines of text stand in a picture, by differentiable binarization (Liao and others 2020).

A neural network gives for each pixel how probably it belongs to the core of a line. What is probable enough is gathered into
connected components, and each of these gives a rectangle, which is then grown: the network was trained on cores made smaller. The
constants are those that RapidOCR 1.4.4 uses with this network.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from radiary.dicom.text import inference, rectangles
from radiary.dicom.text.components import components

_MULTIPLE = 32
"""The network takes pictures whose sides are multiples of so many pixels, since it halves them five times."""
_WIDEST, _LOWEST = 8, 30
"""A picture more than so many times as wide as high, or at most so many pixels high, gets black bars above and below."""
_PROBABLE, _LINE = 0.3, 0.4
"""Probability above which a pixel belongs to a core, and least mean probability of a rectangle that is a line."""
_GROWTH = 1.6
"""A rectangle's sides move outwards by so many times its area over its circumference."""
_LEAST_CORE, _LEAST_LINE = 3, 4
"""Pixels of the shorter side of a rectangle, at least: in the map before it grows, and in the picture afterwards."""


class Line(NamedTuple):
    """Corners (4, 2) of a line as (x, y), clockwise from the upper left, and the mean probability of its core, 0 to 1."""

    corners: NDArray[np.float64]
    score: float


def lines(picture: NDArray[np.uint8]) -> list[Line]:
    """Lines of text in an RGB picture (rows, columns, 3), their corners in whole pixels.

    Of a picture that is very wide or low, corners may lie above or below it.
    """
    bar = _bar(*picture.shape[:2])
    padded = np.pad(picture, ((bar, bar), (0, 0), (0, 0)))
    probability = inference.model("detection")(_input(padded))[0, 0]
    rows, columns = padded.shape[:2]
    scale = np.array([columns / probability.shape[1], rows / probability.shape[0]])
    outlined = [
        Line(np.clip(np.round(line.corners * scale), 0, [columns - 1, rows - 1]), line.score) for line in outlines(probability)
    ]
    large = [line for line in outlined if np.hypot(*(line.corners[0] - line.corners[[1, 3]]).T).min() >= _LEAST_LINE]
    return [Line(line.corners - [0, bar], line.score) for line in large]


def outlines(probability: NDArray[np.float32]) -> list[Line]:
    """Each line in a map of probabilities (rows, columns)."""
    outlined = []
    for component in components(_thickened(probability > _PROBABLE)):
        core = rectangles.around(component)
        if core.sides.min() < _LEAST_CORE or (score := rectangles.mean_within(core, probability)) < _LINE:
            continue
        length, height = core.sides.tolist()
        grown = rectangles.grown(core, _GROWTH * length * height / (2 * (length + height)))
        outlined.append(Line(rectangles.corners(grown), score))
    return outlined


def _bar(rows: int, columns: int) -> int:
    """Rows to add both above and below: a low picture becomes a quarter as high as it is wide."""
    if columns <= _WIDEST * rows and rows > _LOWEST:
        return 0
    return (2 * max(columns // _WIDEST, _LOWEST) - rows) // 2


def _input(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """What the network takes, (1, 3, rows, columns) from -1 to 1 in the order blue, green, red, in the nearest size it takes."""
    rows, columns = (max(_MULTIPLE, round(size / _MULTIPLE) * _MULTIPLE) for size in picture.shape[:2])
    scaled = Image.fromarray(picture).resize((columns, rows), Image.Resampling.BILINEAR)
    return (np.asarray(scaled, np.float32)[..., ::-1].transpose(2, 0, 1)[None] / 127.5 - 1).astype(np.float32)


def _thickened(is_set: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pixels that are set, and the one to the right, the one below, and the one below to the right of each."""
    thick = is_set.copy()
    thick[:, 1:] |= is_set[:, :-1]
    thick[1:] |= thick[:-1].copy()
    return thick
