"""A clip as one animated WebP, at the clip's own speed."""

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radiary.dicom.read import header
from radiary.dicom.render import encode

_FRAME_TIME, _FRAME_TIMES = 0x00181063, 0x00181065
_RATES = (0x00082144, 0x00180040)
"""Recommended Display Frame Rate, Cine Rate, in frames a second."""
_USUAL = 1000 / 15
"""Milliseconds a frame where a clip states no speed."""
_LONGEST, _FRAMES = 800, 240
"""Pixels of the longer side, and frames, at most: all are in memory at once, up to 460 MB."""


class Film:
    """Collects a clip's pictures, grey or RGB, all of one size."""

    def __init__(self, dataset: Dataset, frames: int) -> None:
        self._step = -(-frames // _FRAMES)
        self._milliseconds = frame_time(dataset) * self._step
        self._count = 0
        self._frames: list[bytes] = []

    def add(self, picture: NDArray[np.uint8]) -> None:
        """Take the next frame; it is kept compressed. Of a long clip every second, third … is taken."""
        if self._count % self._step == 0:
            self._frames.append(encode.png(encode.shrunk(picture, _LONGEST)))
        self._count += 1

    def written(self) -> bytes | None:
        """The WebP's bytes; None where there is no memory for them."""
        try:
            return encode.webp(self._frames, self._milliseconds)
        except (MemoryError, OSError):
            return None


def frame_time(dataset: Dataset) -> int:
    """Milliseconds a frame, from 10 to 10,000."""
    return max(10, min(10_000, round(stated_time(dataset) or _USUAL)))


def stated_time(dataset: Dataset) -> float | None:
    """Milliseconds a frame by the first there is of: Recommended Display Frame Rate, Cine Rate, Frame Time, the mean of Frame
    Time Vector; None where a clip states no speed.
    """
    rates = [1000 / rate for tag in _RATES if (rate := _number(header.value(dataset, tag)))]
    times = header.value(dataset, _FRAME_TIMES)
    vector = [float(milliseconds) for milliseconds in times[1:]] if hasattr(times, "__getitem__") and len(times) > 1 else []
    candidates = [*rates, _number(header.value(dataset, _FRAME_TIME)), sum(vector) / len(vector) if vector else None]
    return next((milliseconds for milliseconds in candidates if milliseconds), None)


def _number(value: object) -> float | None:
    """A positive number; None for anything else, and for a million or more."""
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if 0 < number < 1e6 else None
