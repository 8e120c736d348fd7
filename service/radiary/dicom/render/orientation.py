"""Streams whose own width and height are the header's the other way round: which of the two the samples follow."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


class Turning:
    """Decides once for all frames of an object, at the first one of which one reading is smoother than the other."""

    def __init__(self, rows: int, columns: int) -> None:
        self._rows, self._columns = rows, columns
        self._is_header_wrong: bool | None = None

    def upright(self, frame: NDArray[Any]) -> NDArray[Any]:
        """A frame whose samples follow each other in rows as long as they really are; any other one as it is."""
        if frame.shape[:2] != (self._columns, self._rows) or self._rows == self._columns:
            return frame
        as_said = frame.reshape(self._rows, self._columns, *frame.shape[2:])
        if self._is_header_wrong is None:
            as_coded, smooth = _roughness(frame), _roughness(as_said)
            self._is_header_wrong = as_coded < smooth if as_coded != smooth else None
        return frame if self._is_header_wrong else as_said


def _roughness(frame: NDArray[Any]) -> float:
    """The mean difference between samples one above the other: large where rows are not as long as they are taken for."""
    return float(np.abs(np.diff(frame.astype(np.float64), axis=0)).mean())
