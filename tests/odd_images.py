"""Images as converters write them: elements with any VR and bytes, code streams with any table, and what becomes of them."""

import struct
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydicom.dataelem import RawDataElement
from pydicom.tag import Tag

import exports
from radiary.dicom.develop import develop
from radiary.dicom.image_files import Development
from radiary.dicom.read.pixel_matrix import Undecodable
from radiary.model.nouns import Skipped, Unscaled
from walled import TERMS

JPEG, JPEG_LOSSLESS, JPEG_LS = "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80"
JPEG_2000, RLE, NATIVE = "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.1"


def put(made: Any, tag: int, vr: str, value: str | bytes) -> Any:
    """An element with exactly these bytes."""
    data = value.encode("latin-1") if isinstance(value, str) else value
    data += b" " * (len(data) % 2)
    made[Tag(tag)] = RawDataElement(Tag(tag), vr, len(data), data, 0, False, True)
    return made


def item(data: bytes) -> bytes:
    return struct.pack("<HHI", 0xFFFE, 0xE000, len(data)) + data


END = struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)


def encapsulated(made: Any, syntax: str, fragments: list[bytes], *, table: bytes | None = b"", end: bytes = END) -> bytes:
    """A file whose Pixel Data are these fragments, with a Basic Offset Table of any bytes, or none."""
    del made.PixelData
    head = exports.written(made, syntax)
    pixels = struct.pack("<HH2sHI", 0x7FE0, 0x0010, b"OB", 0, 0xFFFFFFFF)
    return head + pixels + (item(table) if table is not None else b"") + b"".join(map(item, fragments)) + end


def outcome(data: bytes) -> list[NDArray[np.uint8]] | str:
    """The pictures that come of a file, or the reason why none does."""
    found = develop(data, TERMS, scales={})
    if isinstance(found, Unscaled):
        found = develop(data, TERMS, scales={found.series: (found.low, found.high)})
    if isinstance(found, Skipped):
        return str(found.reason)
    assert isinstance(found, Development)
    if found.hold:
        return found.hold
    try:
        return [np.asarray(Image.open(BytesIO(made.data))) for made in found.files() if made.is_picture]
    except Undecodable as undecodable:
        return str(undecodable.reason)


def pictures(data: bytes) -> list[NDArray[np.uint8]]:
    found = outcome(data)
    assert not isinstance(found, str), found
    return found


def copy_of(data: bytes) -> Any:
    """The copy that comes of a file."""
    found = develop(data, TERMS, scales={})
    if isinstance(found, Unscaled):
        found = develop(data, TERMS, scales={found.series: (found.low, found.high)})
    assert isinstance(found, Development)
    return exports.read_back(next(made.data for made in found.files() if made.path.endswith(".dcm")))
