"""Bulk data that may leave, cut to the size that the header states, so that nothing is hidden behind it."""

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
"""Lookup table data → the descriptor that says how many entries it has."""
_SEGMENTED = frozenset({0x00281221, 0x00281222, 0x00281223})
_WAVEFORM = 0x54001010


def trim(clean: Dataset, *, is_top: bool) -> None:
    """Cut lookup tables and waveforms of a data set, or of an item, to their size; remove those whose size is not stated.

    A waveform stands in an item only: one at the top is removed.
    """
    for table, descriptor in _TABLES.items():
        if elements.has(clean, table):
            _trim_table(clean, table=table, descriptor=descriptor)
    if elements.has(clean, _WAVEFORM):
        size = 0 if is_top else _waveform_size(clean)
        clean[_WAVEFORM].value = (header.value(clean, _WAVEFORM) or b"")[:size]
        if not size:
            del clean[_WAVEFORM]


def _trim_table(clean: Dataset, *, table: int, descriptor: int) -> None:
    """Cut a lookup table to the entries that its descriptor states (0 means 65,536), of one or two bytes (PS3.3 C.11.1.1)."""
    content, description = header.value(clean, table), header.value(clean, descriptor)
    if content is None or description is None or not hasattr(description, "__len__"):
        del clean[table]
        return
    entries = int(description[0]) or 65536
    if table in _SEGMENTED:
        size = _segmented_size(content, entries) if isinstance(content, bytes) else 0
        clean[table].value = content[:size]
        if not size:
            del clean[table]
    elif isinstance(content, bytes):
        size = entries * (2 if len(content) >= 2 * entries else 1)
        clean[table].value = content[: size + size % 2]
    elif isinstance(content, MultiValue | list):
        clean[table].value = list(content[:entries])


def _segmented_size(content: bytes, entries: int) -> int:
    """Bytes of a segmented table (PS3.3 C.7.9.2) that make up its `entries`; 0 for content that is no such table.

    All of it from an indirect segment on, since that repeats others.
    """
    words = np.frombuffer(content[: len(content) // 2 * 2], "<u2").tolist()
    at = expanded = 0
    while expanded < entries and at + 2 < len(words):
        kind, length = words[at], words[at + 1]
        if kind > 2 or length == 0:
            return 0
        expanded += length if kind < 2 else 0
        at += 2 + (length if kind == 0 else 1 if kind == 1 else 2)
        if kind == 2:
            return len(content)
    return 2 * at if expanded >= entries and at <= len(words) else 0


def _waveform_size(clean: Dataset) -> int:
    """Bytes of one multiplex group, even: channels × samples × bits (PS3.3 C.10.9.1); 0 when the header does not state them."""
    numbers = [header.value(clean, tag) for tag in (0x003A0005, 0x003A0010, 0x54001004)]
    if not all(isinstance(number, int) for number in numbers):
        return 0
    channels, samples, bits = (int(number) for number in numbers)
    size = channels * samples * bits // 8
    return size + size % 2
