"""What a line of text says, by connectionist temporal classification (Graves and others 2006).

The constants are those that RapidOCR 1.4.4 uses with this network.
"""

from collections.abc import Sequence
from functools import cache
from itertools import chain, islice
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from radiary.dicom.text import inference

_HEIGHT, _WIDTH = 48, 320
"""Pixels of a line as the network takes it: its height, and its width, at least."""
_BATCH = 6
"""Lines that are read at once, all as wide as the widest one of them, so that lines of like width go together."""
_TALL = 1.5
"""A line at least so many times as high as wide runs downwards or upwards."""


def read(picture: NDArray[np.uint8], lines: NDArray[np.float64]) -> list[tuple[str, float]]:
    """The text of each line (lines, 4, 2), corners as `detection.lines` gives them, and how sure it is (0 to 1).

    The picture is RGB (rows, columns, 3); what lies outside of it is black. A tall line is read downwards and upwards, and the
    surer reading counts.
    """
    ways = [_ways(line) for line in lines]
    readings = iter(_read_upright(Image.fromarray(picture), list(chain.from_iterable(ways))))
    return [max(islice(readings, len(each)), key=itemgetter(1)) for each in ways]


def _read_upright(picture: Image.Image, lines: Sequence[NDArray[np.float64]]) -> list[tuple[str, float]]:
    """The same for lines (4, 2) whose corners begin at the upper left of the first letter."""
    widths = [_width(line) for line in lines]
    order = sorted(range(len(lines)), key=widths.__getitem__)
    readings: dict[int, tuple[str, float]] = {}
    for batch in (order[at : at + _BATCH] for at in range(0, len(order), _BATCH)):
        inputs = np.zeros((len(batch), 3, _HEIGHT, max(_WIDTH, *(widths[at] for at in batch))), np.float32)
        for place, at in enumerate(batch):
            inputs[place, :, :, : widths[at]] = _input(picture, lines[at], widths[at])
        probabilities = inference.model("recognition")(inputs)
        readings |= zip(batch, (decoded(steps, _alphabet()) for steps in probabilities), strict=True)
    return [readings[at] for at in range(len(lines))]


def decoded(probabilities: NDArray[np.float32], alphabet: Sequence[str]) -> tuple[str, float]:
    """The likeliest text in probabilities (steps, 1 + characters), and the mean probability of its characters.

    At each step the likeliest character counts, but not one that the step before gave, too. Number 0 is no character: it parts
    repeated ones. An empty text has probability 0.
    """
    likeliest = probabilities.argmax(axis=1)
    is_new = likeliest != 0
    is_new[1:] &= likeliest[1:] != likeliest[:-1]
    sure = probabilities.max(axis=1)[is_new]
    return "".join(alphabet[at - 1] for at in likeliest[is_new]), float(sure.mean()) if len(sure) else 0.0


def _ways(line: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """A line's corners, clockwise from the upper left of its first letter: of a tall line once for each way it may run."""
    width, height = _sides(line)
    return [np.roll(line, way, axis=0) for way in (-1, 1)] if height >= _TALL * width else [line]


def _sides(line: NDArray[np.float64]) -> tuple[int, int]:
    """Width and height in whole pixels: the longer one of two opposite sides."""
    lengths = np.hypot(*(line - np.roll(line, -1, axis=0)).T).astype(int)
    return max(1, lengths[0], lengths[2]), max(1, lengths[1], lengths[3])


def _width(line: NDArray[np.float64]) -> int:
    """A line's width in pixels at the network's height."""
    width, height = _sides(line)
    return -(-_HEIGHT * width // height)


def _input(picture: Image.Image, line: NDArray[np.float64], width: int) -> NDArray[np.float32]:
    """A line as the network takes it, (3, 48, width) from -1 to 1 in the order blue, green, red."""
    counterclockwise = line[[0, 3, 2, 1]].ravel().tolist()
    cut = picture.transform((width, _HEIGHT), Image.Transform.QUAD, counterclockwise, Image.Resampling.BILINEAR)
    return np.asarray(cut, np.float32)[..., ::-1].transpose(2, 0, 1) / 127.5 - 1


@cache
def _alphabet() -> list[str]:
    """The characters that the network knows, in its order, and the space."""
    return [*inference.model("recognition").note("character").splitlines(), " "]
