"""What the frames of a clip show together: the extremes of each pixel, and how many steep steps each part of each frame has.

It is gathered from frames that come one after another, as they are made, or as they are loaded to be searched.
"""

import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from radiary.dicom.text import inks, strokes

_MOST = 64 << 20
"""Bytes of steps that are gathered of one clip, some thousand frames: workers that make pictures are bound in memory."""


class Together(NamedTuple):
    """The brightest and the darkest value of each pixel, and the steps of each frame, in the order of the frames.

    Steps: (frames, kinds, half tiles down, tiles across), of kinds that `_steps` names.
    """

    bright: NDArray[np.uint8]
    dark: NDArray[np.uint8]
    steps: NDArray[np.uint16]


class Gathering:
    """Frames of one clip are added as they come, each by its name."""

    def __init__(self, most: int | None = _MOST) -> None:
        self._most = most
        self._extremes: tuple[NDArray[np.uint8], NDArray[np.uint8]] | None = None
        self._steps: dict[str, NDArray[np.uint16]] = {}
        self._is_too_much = False

    def add(self, name: str, frame: NDArray[np.uint8]) -> None:
        """One more frame, 8-bit grey (rows, columns) or RGB (rows, columns, 3), of the shape of those before."""
        if self._is_too_much:
            return
        if self._extremes is None:
            self._extremes = frame.copy(), frame.copy()
        bright, dark = self._extremes
        np.maximum(bright, frame, out=bright)
        np.minimum(dark, frame, out=dark)
        self._steps[name] = steps = _steps(frame)
        self._is_too_much = self._most is not None and len(self._steps) * steps.nbytes > self._most
        if self._is_too_much:
            self._steps.clear()

    def together(self, names: Sequence[str]) -> Together | None:
        """What all frames show, in the order of their names; None where it was too much, or others were gathered than these."""
        if self._extremes is None or self._steps.keys() != set(names):
            return None
        return Together(*self._extremes, np.stack([self._steps[name] for name in names]))


def of(frames: Iterable[NDArray[np.uint8]]) -> Together:
    """What some frames, one at least, show together."""
    gathering, names = Gathering(most=None), []
    for place, frame in enumerate(frames):
        names.append(str(place))
        gathering.add(names[-1], frame)
    together = gathering.together(names)
    if together is None:
        raise ValueError("no frame")
    return together


def _steps(frame: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """Steps in tiles (kinds, half tiles down, tiles across): across the picture, of the places of its inks, and down it."""
    frame = inks.without_colour(frame)
    layers = list(inks.layers(frame))
    places = np.max(layers, axis=0) if layers else np.zeros(frame.shape[:2], np.uint8)
    across, down = (strokes.steps(frame, strokes.FAINT, axis) for axis in (1, 0))
    return np.stack([across, strokes.steps(places, strokes.INK), down]).astype(np.uint16)


def packed(together: Together) -> bytes:
    """As numpy writes arrays into files, one after another."""
    file = io.BytesIO()
    for part in together:
        np.save(file, part, allow_pickle=False)
    return file.getvalue()


def unpacked(data: bytes) -> Together:
    """What lies in such bytes. Raises ValueError and EOFError where there is none."""
    file = io.BytesIO(data)
    return Together(*(np.load(file, allow_pickle=False) for _ in Together._fields))
