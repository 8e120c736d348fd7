"""RLE frames that a fast decoder gives up on, because something follows the last run of a segment (PS3.5 Annex G)."""

import numpy as np
from numpy.typing import NDArray

_HEADER = 64
"""Bytes of the segment count and fifteen offsets."""


def planes(stream: bytes, size: int, width: int, samples: int) -> NDArray[np.unsignedinteger]:
    """Samples as (samples, size) of `width` bytes each. Raises ValueError for a frame that is cut."""
    offsets = np.frombuffer(stream[:_HEADER], "<u4")
    count = int(offsets[0]) if len(offsets) == 16 else 0
    if count != samples * width:
        raise ValueError("an RLE frame has other segments than its header says")
    edges = [*offsets[1 : count + 1].tolist(), len(stream)]
    found = np.zeros((samples, size, width), "u1")
    for number in range(count):
        sample, place = divmod(number, width)
        found[sample, :, width - 1 - place] = _segment(stream[edges[number] : edges[number + 1]], size)
    return found.view(f"<u{width}")[..., 0]


def _segment(data: bytes, size: int) -> NDArray[np.uint8]:
    """One byte of every sample: runs until there are enough of them (G.3.2)."""
    unpacked, at = bytearray(), 0
    while len(unpacked) < size and at < len(data):
        length = data[at]
        if length < 128:
            unpacked += data[at + 1 : at + 2 + length]
            at += 2 + length
        else:
            unpacked += data[at + 1 : at + 2] * (257 - length if length > 128 else 0)
            at += 2 if length > 128 else 1
    if len(unpacked) < size:
        raise ValueError("an RLE segment is cut")
    return np.frombuffer(unpacked, "u1", count=size)
