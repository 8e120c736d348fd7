"""Bulk data that may leave, cut to what the header says it holds: nothing rides along behind it."""

import numpy as np
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from radiary.dicom.read import elements, header

ATTRIBUTES = frozenset(
    {
        *range(0x00281201, 0x00281204),  # Palette Color Lookup Table Data
        *range(0x00281221, 0x00281224),  # Segmented Palette Color Lookup Table Data
        0x00283006,  # LUT Data
        0x54001010,  # Waveform Data
    }
)
_TABLES = {
    0x00283006: 0x00283002,
    **{0x00281201 + channel: 0x00281101 + channel for channel in range(3)},
    **{0x00281221 + channel: 0x00281101 + channel for channel in range(3)},
}
"""Lookup table data and the descriptor that says how many entries it has."""
_SEGMENTED = frozenset({0x00281221, 0x00281222, 0x00281223})
_WAVEFORM = 0x54001010


def trim(clean: Dataset, *, is_top: bool) -> None:
    """Cut tables and curves of a data set, or of an item of a sequence, to their size; those that say none do not pass."""
    for data, descriptor in _TABLES.items():
        if elements.has(clean, data):
            _trim_table(clean, data, descriptor)
    if elements.has(clean, _WAVEFORM):
        size = 0 if is_top else _waveform_size(clean)
        clean[_WAVEFORM].value = (header.value(clean, _WAVEFORM) or b"")[:size]
        if not size:
            del clean[_WAVEFORM]


def _trim_table(clean: Dataset, data: int, descriptor: int) -> None:
    found, described = header.value(clean, data), header.value(clean, descriptor)
    if found is None or described is None or not hasattr(described, "__len__"):
        del clean[data]
        return
    entries = int(described[0]) or 65536
    if data in _SEGMENTED:
        kept = _segmented_size(found, entries) if isinstance(found, bytes) else 0
        clean[data].value = found[:kept]
        if not kept:
            del clean[data]
    elif isinstance(found, bytes):
        kept = entries * (2 if len(found) >= 2 * entries else 1)
        clean[data].value = found[: kept + kept % 2]
    elif isinstance(found, MultiValue | list):
        clean[data].value = list(found[:entries])


def _segmented_size(data: bytes, entries: int) -> int:
    """How many bytes of a segmented table (PS3.3 C.7.9.2) make up its `entries`; 0 for data that is no such table."""
    words = np.frombuffer(data[: len(data) // 2 * 2], "<u2").tolist()
    at = made = 0
    while made < entries and at + 2 < len(words):
        kind, length = words[at], words[at + 1]
        if kind > 2 or length == 0:
            return 0
        made += length if kind < 2 else 0
        at += 2 + (length if kind == 0 else 1 if kind == 1 else 2)
        if kind == 2:
            return len(data)
    return 2 * at if made >= entries and at <= len(words) else 0


def _waveform_size(clean: Dataset) -> int:
    """Bytes of one multiplex group: channels × samples × bits (PS3.3 C.10.9.1); 0 when the header does not say."""
    numbers = [header.value(clean, tag) for tag in (0x003A0005, 0x003A0010, 0x54001004)]
    if not all(isinstance(number, int) for number in numbers):
        return 0
    channels, samples, bits = (int(number) for number in numbers)
    size = channels * samples * bits // 8
    return size + size % 2
