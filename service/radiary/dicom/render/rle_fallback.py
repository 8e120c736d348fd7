"""RLE frames that the fast decoder refuses because bytes follow the last run of a segment (PS3.5 Annex G)."""

import numpy as np
from numpy.typing import NDArray

_HEADER = 64
"""Bytes of the segment count and fifteen offsets."""


def planes(stream: bytes, *, size: int, width: int, samples: int) -> NDArray[np.unsignedinteger]:
    """Values (samples, size) of `width` bytes each; `size` is pixels a frame. Raises ValueError for a frame that is cut."""
    offsets = np.frombuffer(stream[:_HEADER], "<u4")
    count = int(offsets[0]) if len(offsets) == 16 else 0
    if count != samples * width:
        raise ValueError("an RLE frame has other segments than its header says")
    edges = [*offsets[1 : count + 1].tolist(), len(stream)]
    values = np.zeros((samples, size, width), "u1")
    for number in range(count):
        sample, place = divmod(number, width)
        values[sample, :, width - 1 - place] = _segment(stream[edges[number] : edges[number + 1]], size)
    return values.view(f"<u{width}")[..., 0]


def _segment(segment: bytes, size: int) -> NDArray[np.uint8]:
    """One byte for each of `size` pixels, from as many runs as that takes (G.3.2). Raises ValueError for too few."""
    unpacked, at = bytearray(), 0
    while len(unpacked) < size and at < len(segment):
        length = segment[at]
        if length < 128:
            unpacked += segment[at + 1 : at + 2 + length]
            at += 2 + length
        else:
            unpacked += segment[at + 1 : at + 2] * (257 - length if length > 128 else 0)
            at += 2 if length > 128 else 1
    if len(unpacked) < size:
        raise ValueError("an RLE segment is cut")
    return np.frombuffer(unpacked, "u1", count=size)
