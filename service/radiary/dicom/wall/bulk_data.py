"""Bulk data that may leave, cut to the size that the header states, so that nothing is hidden behind it."""

import re

import numpy as np
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from radiary.dicom.read import elements, header
from radiary.dicom.wall.own_words import OwnWords

ATTRIBUTES = frozenset(
    {
        *range(0x00281201, 0x00281204),  # Palette Color Lookup Table Data
        *range(0x00281221, 0x00281224),  # Segmented Palette Color Lookup Table Data
        0x00283006,  # LUT Data
        0x54001010,  # Waveform Data
    }
)
MEASURED = {
    0x00181638: "<f4",  # Vertices of the Polygonal Outline
    0x00221531: "<f4",  # Two Dimensional to Three Dimensional Map Data
    0x003A032E: "<f8",  # Filter Lookup Table Data
    0x00640009: "<f4",  # Vector Grid Data of a deformable registration
    0x00660016: "<f4",  # Point Coordinates Data
    0x00660021: "<f4",  # Vector Coordinate Data
    0x00660022: "<f8",  # Double Point Coordinates Data
    0x00660125: "<f4",  # Floating Point Values
    0x0070150D: "<f8",  # Volumetric Curve Points
    0x00701A07: "<f8",  # Volumetric Curve Up Directions
    0x00800010: "<f4",  # U Value Data
    0x00800011: "<f4",  # V Value Data
    0x300A0664: "<f4",  # Compensator Proximal Thickness Map
    0x300A0665: "<f4",  # Compensator Distal Thickness Map
    0x300A066B: "<f4",  # Block Edge Data
    0x56000010: "<f4",  # First Order Phase Correction Angle
    0x56000020: "<f4",  # Spectroscopy Data
}
"""Fractions that were measured or computed → numpy's type."""
_SMALLEST, _LARGEST = 1e-12, 1e12
"""What a measured fraction may be, but for 0: letters in its bytes would make another one of most of them."""
_LETTERS = re.compile(rb"[A-Za-z ^]{12}")
_TABLES = {
    0x00283006: 0x00283002,
    **{0x00281201 + channel: 0x00281101 + channel for channel in range(3)},
    **{0x00281221 + channel: 0x00281101 + channel for channel in range(3)},
}
"""Lookup table data → the descriptor that says how many entries it has."""
_SHORTEST = 4
"""Bytes that stand among fractions by chance."""
_SEGMENTED = frozenset({0x00281221, 0x00281222, 0x00281223})
_WAVEFORM = 0x54001010


def are_measured(tag: int, content: bytes, own: OwnWords) -> bool:
    """Whether bytes are fractions as something measurable has them, and hold neither letters in a row nor own words."""
    kind = np.dtype(MEASURED[tag])
    if not content or len(content) % kind.itemsize or _LETTERS.search(content):
        return False
    sizes = np.abs(np.frombuffer(content, kind))
    is_plausible = bool(((sizes == 0) | ((sizes >= _SMALLEST) & (sizes <= _LARGEST))).all())
    lower = content.lower()
    return is_plausible and not any(len(word) > _SHORTEST and word.encode() in lower for word in own.words)


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
