"""A clip as one animated WebP, in its own time."""

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radiary.dicom.read import header
from radiary.dicom.render import encode

_FRAME_TIME, _FRAME_TIMES = 0x00181063, 0x00181065
_RATES = (0x00082144, 0x00180040)
"""Recommended Display Frame Rate, Cine Rate: frames a second."""
_USUAL = 1000 / 15
"""Milliseconds a frame where a clip says nothing."""
_LONGEST, _FRAMES = 800, 240
"""Pixels of the longer side, and frames, at most: they are all in memory at once, 460 MB of them."""


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
    """Milliseconds a frame: Recommended Display Frame Rate, Cine Rate, Frame Time, the mean of Frame Time Vector."""
    rates = [1000 / rate for tag in _RATES if (rate := _number(header.value(dataset, tag)))]
    times = header.value(dataset, _FRAME_TIMES)
    several = [float(one) for one in times[1:]] if hasattr(times, "__getitem__") and len(times) > 1 else []
    found = [*rates, _number(header.value(dataset, _FRAME_TIME)), sum(several) / len(several) if several else None, _USUAL]
    return max(10, min(10_000, round(next(one for one in found if one))))


def _number(found: object) -> float | None:
    try:
        number = float(str(found))
    except ValueError:
        return None
    return number if 0 < number < 1e6 else None
