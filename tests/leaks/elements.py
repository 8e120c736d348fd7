"""DICOM bytes made by hand where a library would refuse: text of any kind under any VR, File Meta, preamble, what follows."""

import struct
import zlib
from collections.abc import Sequence as Items
from typing import Literal

from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import correct_ambiguous_vr, write_data_element
from pydicom.sequence import Sequence
from pydicom.tag import Tag
from pydicom.uid import UID, DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

Order = Literal["big", "little"]
_PADDING = {"UI": b"\0", "OB": b"\0", "UN": b"\0"}


def put(dataset: Dataset, tag: int, vr: str, value: bytes | str) -> None:
    """Set an element to these very bytes, padded to even length."""
    data = value.encode() if isinstance(value, str) else value
    data += _PADDING.get(vr, b" ") * (len(data) % 2)
    dataset._dict.pop(Tag(tag), None)
    dataset[Tag(tag)] = RawDataElement(Tag(tag), vr, len(data), data, 0, False, True)


def put_number(dataset: Dataset, tag: int, vr: str, value: float | list[float]) -> None:
    dataset[Tag(tag)] = DataElement(Tag(tag), vr, value)


def put_items(dataset: Dataset, tag: int, *items: Dataset) -> None:
    dataset[Tag(tag)] = DataElement(Tag(tag), "SQ", Sequence(list(items)))


def nested(dataset: Dataset, path: Items[int]) -> Dataset:
    """The item at the end of a path of sequences, made where it is missing."""
    place = dataset
    for tag in path:
        if tag not in place:
            put_items(place, tag, Dataset())
        place = place[tag].value[0]
    return place


def encoded(dataset: Dataset, syntax: str = ExplicitVRLittleEndian) -> bytes:
    """The data set alone; what was put in as bytes comes out as it is, whatever its VR."""
    order = "big" if syntax == ExplicitVRBigEndian else "little"
    is_implicit = syntax == ImplicitVRLittleEndian
    return _encoded(correct_ambiguous_vr(dataset, order == "little"), order, is_implicit)


def _encoded(dataset: Dataset, order: Order, is_implicit: bool) -> bytes:
    buffer = DicomBytesIO()
    buffer.is_implicit_VR, buffer.is_little_endian = is_implicit, order == "little"
    for tag in sorted(dataset.keys()):
        element = dataset.get_item(tag)
        if isinstance(element, RawDataElement) or element.VR != "SQ":
            write_data_element(buffer, element, "ISO_IR 192")
            continue
        parts = [_encoded(item, order, is_implicit) for item in element.value]
        body = b"".join(_header(0xFFFEE000, "", len(part), order) + part for part in parts)
        buffer.write(_header(tag, "" if is_implicit else "SQ", len(body), order) + body)
    return bytes(buffer.getvalue())


def _header(tag: int, vr: str, length: int, order: Order) -> bytes:
    """Tag, VR where there is one, and length."""
    place = (tag >> 16).to_bytes(2, order) + (tag & 0xFFFF).to_bytes(2, order)
    return place + (vr.encode() + b"\0\0" if vr else b"") + length.to_bytes(4, order)


def file(
    dataset: Dataset,
    syntax: str = ExplicitVRLittleEndian,
    *,
    meta: Dataset | None = None,
    preamble: bytes = bytes(128),
    after: bytes = b"",
) -> bytes:
    """A whole file: preamble, File Meta with what `meta` adds to it, the data set, and bytes after it."""
    head = Dataset()
    put(head, 0x00020001, "OB", b"\0\1")
    put(head, 0x00020002, "UI", str(dataset.get("SOPClassUID", "")))
    put(head, 0x00020003, "UI", str(dataset.get("SOPInstanceUID", "")))
    put(head, 0x00020010, "UI", str(UID(syntax)))
    put(head, 0x00020012, "UI", "1.2.826.0.1.3680043.10.1")
    head.update(meta or {})
    data = encoded(head)
    body = encoded(dataset, syntax) + after
    if syntax == DeflatedExplicitVRLittleEndian:
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        body = packer.compress(body) + packer.flush()
        body += b"\0" * (len(body) % 2)
    length = struct.pack("<HH2sHI", 2, 0, b"UL", 4, len(data))
    return preamble + b"DICM" + length + data + body
