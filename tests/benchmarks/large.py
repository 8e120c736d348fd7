"""Makes one large export: `large.py NAME FOLDER`. Few pictures, used again and again: what is measured with it is memory."""

import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from pydicom.uid import UID, JPEGBaseline8Bit

import exports
from benchmarks import inputs
from benchmarks.columns import Column
from benchmarks.memory import LARGE


def _slices(number: int) -> Iterator[bytes]:
    """CT slices of 512 × 512, of which only the UIDs differ."""
    one = exports.written(inputs.ct(1))
    uid = str(inputs.ct(1).SOPInstanceUID)
    long = exports.written(inputs.ct(1, SOPInstanceUID=UID(f"{uid}{'0' * 6}")))
    assert len(long) - len(one) in range(6, 20)
    return (long.replace(f"{uid}000000".encode(), f"{uid}{place:06d}".encode()) for place in range(100_000, 100_000 + number))


def _small(number: int) -> Iterator[bytes]:
    return (exports.written(exports.slice_of_ct(place)) for place in range(1, number + 1))


def _enhanced(number: int) -> Iterator[bytes]:
    made = inputs.enhanced(number // 10)
    made.PixelData = np.tile(np.frombuffer(made.PixelData, "u1"), 10).tobytes()
    made.NumberOfFrames = number
    made.PerFrameFunctionalGroupsSequence.extend(list(made.PerFrameFunctionalGroupsSequence) * 9)
    yield exports.written(made)


def _mammograms(number: int) -> Iterator[bytes]:
    return (exports.written(inputs.mammogram(place)) for place in range(1, number + 1))


_MADE: tuple[Callable[[int], Iterator[bytes]], ...] = (
    _slices,
    _small,
    lambda number: iter([exports.written(inputs.clip(number), JPEGBaseline8Bit)]),
    _enhanced,
    _mammograms,
)


def main(column: Column, folder: Path) -> None:
    folder.mkdir(parents=True)
    files = _MADE[LARGE.index(column)](column.pictures)
    with zipfile.ZipFile(column.path(folder), "w", zipfile.ZIP_STORED) as archive:
        for number, data in enumerate(files):
            archive.writestr(f"IM{number:06d}", data)


if __name__ == "__main__":
    main(next(one for one in LARGE if one.name == sys.argv[1]), Path(sys.argv[2]))
