"""Samples of waveforms (PS3.3 C.10.9), companded ones (ITU-T G.711) expanded."""

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radiary.dicom.read import header

_TYPES = {"SB": "i1", "UB": "u1", "MB": "u1", "AB": "u1", "SS": "<i2", "US": "<u2", "SL": "<i4", "UL": "<u4"}
"""Waveform Sample Interpretation (5400,1006) → numpy's type."""


def of_group(group: Dataset) -> NDArray[np.float64]:
    """The values of a multiplex group (samples, channels); padding is not a number. Raises what damaged groups raise."""
    channels, count = int(header.value(group, 0x003A0005)), int(header.value(group, 0x003A0010))
    kind = str(header.value(group, 0x54001006))
    stored = np.frombuffer(header.value(group, 0x54001010), _TYPES[kind], count=channels * count).reshape(count, channels)
    values = _EXPANDED[kind][stored] if kind in _EXPANDED else stored.astype(np.float64)
    padding = header.value(group, 0x5400100A)
    if isinstance(padding, bytes) and len(padding) >= stored.itemsize:
        values[stored == np.frombuffer(padding, stored.dtype, count=1)[0]] = np.nan
    return values


def _mu_law() -> NDArray[np.float64]:
    """What each of 256 bytes of mu-law means, in 14 bits spread to 16."""
    code = ~np.arange(256) & 0xFF
    magnitude = ((((code & 0x0F) << 3) + 0x84) << (code >> 4 & 7)) - 0x84
    return np.where(code & 0x80, -magnitude, magnitude).astype(np.float64)


def _a_law() -> NDArray[np.float64]:
    """What each of 256 bytes of A-law means, in 13 bits spread to 16."""
    code = np.arange(256) ^ 0x55
    segment, step = code >> 4 & 7, (code & 0x0F) << 4
    magnitude = np.where(segment == 0, step + 8, (step + 0x108) << np.maximum(segment - 1, 0))
    return np.where(code & 0x80, magnitude, -magnitude).astype(np.float64)


_EXPANDED = {"MB": _mu_law(), "AB": _a_law()}
