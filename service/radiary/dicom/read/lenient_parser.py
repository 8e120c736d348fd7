"""The elements of a file that breaks the rules of PS3.5 7: what one program or another reads of it nevertheless.

VRs that are none, sequences and pixels without their delimiters, File Meta in another encoding, twice, or of a wrong length.
Where a byte can be read in several ways, that one counts behind which another element begins.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from pydicom.charset import default_encoding
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from radiary.dicom.read.elements import tag_of, vr_of
from radiary.dicom.read.fast_parser import LONG, SHORT
from radiary.dicom.read.file_section import Slices
from radiary.dicom.read.signature import FILE_META

_UNDEFINED = 0xFFFFFFFF
_ITEM, _END_OF_ITEM, _END_OF_SEQUENCE = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_TRANSFER_SYNTAX, _PIXEL_DATA = 0x00020010, 0x7FE00010
_HEAD, _PREAMBLE = 8, 132
_DEEPEST = 16
_UNCOMPRESSED = (ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian)
_PIXELS = (0x7FE00008, 0x7FE00009, _PIXEL_DATA)
Content = bytes | Slices
_Elements = dict[BaseTag, DataElement | RawDataElement]


class _Unclosed(Exception):
    """An item of undefined length has no end."""


class _Unreadable(Exception):
    """Here no element can begin."""


@dataclass(frozen=True)
class _Encoding:
    """How elements are written from here on; `closes_early` ends an item at what may belong to the data set around it."""

    is_implicit: bool
    order: str = "<"
    closes_early: bool = False

    @property
    def item(self) -> bytes:
        """The tag with which an item begins."""
        return struct.pack(f"{self.order}HH", _ITEM >> 16, _ITEM & 0xFFFF)

    def tag(self, data: Content, at: int) -> int:
        """The tag at a place. Raises _Unreadable behind the end."""
        if at + _HEAD > len(data):
            raise _Unreadable
        group, number = struct.unpack(f"{self.order}HH", data[at : at + 4])
        return int(group) << 16 | int(number)

    def long(self, data: Content, at: int) -> int:
        """A number of four bytes."""
        return int.from_bytes(data[at : at + 4], "little" if self.order == "<" else "big")

    def short(self, data: Content, at: int) -> int:
        """A number of two bytes."""
        return int.from_bytes(data[at : at + 2], "little" if self.order == "<" else "big")


_LITTLE = _Encoding(is_implicit=True)


def parsed(data: Content) -> tuple[Dataset, str] | None:
    """The data set and its transfer syntax, as far as it can be read; None where nothing can be.

    Pixels of a file that is not in memory have no value, but an offset and a length.
    """
    try:
        start, declared = _file_meta(data)
        if declared == DeflatedExplicitVRLittleEndian and not isinstance(data, bytes):
            return None
        if isinstance(data, bytes) and (declared == DeflatedExplicitVRLittleEndian or not vr_of(_LITTLE.tag(data, start))):
            inflated = _inflated(data[start:])
            data, start = (inflated, 0) if inflated else (data, start)
        encoding = _sniffed(data, start)
        try:
            elements = _elements(data, start, encoding)
        except _Unclosed:
            encoding = _Encoding(encoding.is_implicit, encoding.order, closes_early=True)
            elements = _elements(data, start, encoding)
    except (_Unreadable, _Unclosed, struct.error, RecursionError):
        return None
    if not elements:
        return None
    dataset = Dataset(elements)
    dataset.set_original_encoding(encoding.is_implicit, encoding.order == "<", default_encoding)
    as_written = _UNCOMPRESSED[0] if encoding.is_implicit else _UNCOMPRESSED[1] if encoding.order == "<" else _UNCOMPRESSED[2]
    return dataset, str(as_written if not declared or declared in _UNCOMPRESSED else declared)


def _file_meta(data: Content) -> tuple[int, str]:
    """Where the data set begins, and the transfer syntax that File Meta names first; nothing where it names none."""
    at, declared = 0, ""
    while True:
        while data[at + 128 : at + _PREAMBLE] == b"DICM":
            at += _PREAMBLE
        at += 4 if data[at : at + 4] == b"DICM" else 128 if data[at + 128 : at + 136] == FILE_META else 0
        if data[at : at + 2] not in (b"\2\0", b"\0\2"):
            return at, declared
        encoding = _sniffed(data, at)
        tag, _, length, start = _element_header(data, at, encoding)
        if length > len(data) - start:
            raise _Unreadable
        if tag == _TRANSFER_SYNTAX and not declared:
            declared = data[start : start + length].decode("ascii", "replace").strip(" \0")
        at = start + length


def _inflated(content: bytes) -> bytes | None:
    """Contents that were deflated, with or without the header of zlib or gzip around them; None for others."""
    for window in (-zlib.MAX_WBITS, zlib.MAX_WBITS | 32):
        try:
            plain = zlib.decompressobj(window).decompress(content)
        except zlib.error:
            continue
        if len(plain) > _HEAD and vr_of(_LITTLE.tag(plain, 0)):
            return plain
    return None


def _sniffed(data: Content, at: int) -> _Encoding:
    """How the element at a place is written: groups of what stands in files are low, and the first element has a VR or none.

    One whose VR is none has one nevertheless, where another element follows it by that alone.
    """
    order = "<" if data[at : at + 1] != b"\0" or data[at + 1 : at + 2] == b"\0" else ">"
    implicit, explicit = _Encoding(True, order), _Encoding(False, order)
    if data[at + 4 : at + 6] in SHORT | LONG:
        return explicit
    if _begins_element(data, at + _HEAD + implicit.long(data, at + 4), implicit.tag(data, at), encoding=implicit):
        return implicit
    try:
        _element_header(data, at, explicit)
    except _Unreadable:
        return implicit
    return explicit


def _elements(data: Content, at: int, encoding: _Encoding) -> _Elements:
    """The elements of the data set; what stands behind the pixels, and cannot be one, is not looked at."""
    return {element.tag: element for element, _ in _walked(data, at, len(data), encoding=encoding)}


def _walked(
    data: Content, at: int, end: int, *, encoding: _Encoding, parent: int = 0, depth: int = 0
) -> Iterator[tuple[DataElement | RawDataElement, int]]:
    """Each element, and the byte behind it, until something comes that is none."""
    previous = 0
    while at + _HEAD <= end:
        tag = encoding.tag(data, at)
        if not parent and tag in (_END_OF_ITEM, _END_OF_SEQUENCE):
            at += _HEAD
            continue
        is_early = encoding.closes_early and bool(parent) and tag > parent
        if tag >> 16 == 0xFFFE or is_early or (tag <= previous and not vr_of(tag)) or not tag >> 16:
            return
        try:
            tag, vr, length, start = _element_header(data, at, encoding)
        except _Unreadable:
            return
        if length != _UNDEFINED and start + length > end and tag != _PIXEL_DATA:
            return
        element, at = _element(data, tag, vr, encoding=encoding, length=length, start=start, end=end, depth=depth)
        previous = tag
        yield element, at


def _element(
    data: Content, tag: int, vr: str | None, *, encoding: _Encoding, length: int, start: int, end: int, depth: int
) -> tuple[DataElement | RawDataElement, int]:
    is_sequence = vr == "SQ" or (vr in (None, "UN") and (vr_of(tag) == "SQ" or (length == _UNDEFINED and tag != _PIXEL_DATA)))
    if is_sequence:
        inside = _Encoding(encoding.is_implicit or vr == "UN", encoding.order, encoding.closes_early)
        is_open = length == _UNDEFINED or not _begins_element(data, start + length, tag, encoding=encoding)
        items, stop = _items(data, start, end if is_open else start + length, encoding=inside, tag=tag, depth=depth + 1)
        return DataElement(tag, "SQ", Sequence(items)), stop if is_open else start + length
    if length == _UNDEFINED:
        inside_end, stop = _fragments(data, start, end)
        return _raw(data, tag, vr, encoding=encoding, length=length, start=start, stop=inside_end), stop
    stop = min(start + length, end)
    return _raw(data, tag, vr, encoding=encoding, length=stop - start, start=start, stop=stop), stop


def _raw(data: Content, tag: int, vr: str | None, *, encoding: _Encoding, length: int, start: int, stop: int) -> RawDataElement:
    is_left = tag in _PIXELS and isinstance(data, Slices)
    value, size = (None, stop - start) if is_left else (data[start:stop] or None, length)
    return RawDataElement(tag_of(tag), vr, size, value, start if is_left else 0, encoding.is_implicit, encoding.order == "<")


def _items(data: Content, at: int, end: int, *, encoding: _Encoding, tag: int, depth: int) -> tuple[list[Dataset], int]:
    """The items of a sequence, which ends at its delimiter or at anything else that is no item, and the byte behind them."""
    if depth > _DEEPEST:
        raise _Unreadable
    items: list[Dataset] = []
    while at + _HEAD <= end:
        item_tag, length = encoding.tag(data, at), encoding.long(data, at + 4)
        if item_tag == _END_OF_SEQUENCE:
            return items, at + _HEAD
        if item_tag != _ITEM:
            break
        at += _HEAD
        stop = min(at + length, end) if length != _UNDEFINED else end
        elements: _Elements = {}
        for element, behind in _walked(data, at, stop, encoding=encoding, parent=tag, depth=depth):
            elements[element.tag] = element
            at = behind
        items.append(_dataset(elements, encoding))
        if length == _UNDEFINED:
            at = _end_of_item(data, at, end, encoding=encoding)
        elif stop == end or _begins_element(data, stop, 0, encoding=encoding):
            at = stop
    return items, at


def _end_of_item(data: Content, at: int, end: int, *, encoding: _Encoding) -> int:
    """The byte behind an item of undefined length. Raises _Unclosed where it has no end, and something may be lost in it."""
    if at + _HEAD > end:
        if encoding.closes_early:
            return at
        raise _Unclosed
    return at + _HEAD if encoding.tag(data, at) == _END_OF_ITEM else at


def _dataset(elements: _Elements, encoding: _Encoding) -> Dataset:
    made = Dataset(elements)
    made.set_original_encoding(encoding.is_implicit, encoding.order == "<", default_encoding)
    return made


def _fragments(data: Content, at: int, end: int) -> tuple[int, int]:
    """Where fragments end, and the byte behind their delimiter; a file that ends before has none.

    What does not begin with a fragment is no encapsulated value: it takes the rest.
    """
    if at + _HEAD <= end and _LITTLE.tag(data, at) not in (_ITEM, _END_OF_SEQUENCE):
        return end, end
    while at + _HEAD <= end and _LITTLE.tag(data, at) == _ITEM:
        at = min(at + _HEAD + _LITTLE.long(data, at + 4), end)
    is_closed = at + _HEAD <= end and _LITTLE.tag(data, at) == _END_OF_SEQUENCE
    return at, at + _HEAD if is_closed else at


def _element_header(data: Content, at: int, encoding: _Encoding) -> tuple[int, str | None, int, int]:
    """Tag, VR (None where only the dictionary knows it), length and beginning of the value. Raises _Unreadable."""
    tag = encoding.tag(data, at)
    vr = data[at + 4 : at + 6]
    if encoding.is_implicit and not _is_explicit_among_implicit(data, at, encoding):
        return tag, None, encoding.long(data, at + 4), at + _HEAD
    short, long = (encoding.short(data, at + 6), at + 8), (encoding.long(data, at + 8), at + 12)
    if vr in SHORT:
        return tag, vr.decode(), *short
    readings = (long, short) if vr in LONG else (short, long, (encoding.long(data, at + 4), at + 8))
    stated = vr.decode() if vr in LONG else "OW" if tag == _PIXEL_DATA else None if vr_of(tag) else "UN"
    for length, start in readings:
        if length == _UNDEFINED or _begins_element(data, start + length, tag, encoding=encoding):
            is_no_sequence = vr == b"SQ" and data[start : start + 4] != encoding.item and vr_of(tag) not in ("", "SQ")
            return tag, None if length and is_no_sequence else stated, length, start
    if vr in LONG:
        return tag, stated, *long
    raise _Unreadable


def _is_explicit_among_implicit(data: Content, at: int, encoding: _Encoding) -> bool:
    """Whether an element has a VR although those before it have none: where its length alone leads nowhere."""
    if data[at + 4 : at + 6] not in SHORT | LONG:
        return False
    behind = at + _HEAD + encoding.long(data, at + 4)
    return behind > len(data) or not _begins_element(data, behind, encoding.tag(data, at), encoding=encoding)


def _begins_element(data: Content, at: int, before: int, *, encoding: _Encoding) -> bool:
    """Whether another element may begin at a place behind `before`: the end of the file, a delimiter, or a tag with its VR."""
    if at + _HEAD > len(data):
        return at == len(data)
    tag = encoding.tag(data, at)
    if tag >> 16 == 0xFFFE:
        return True
    return tag > before and (data[at + 4 : at + 6] in SHORT | LONG or bool(vr_of(tag)))
