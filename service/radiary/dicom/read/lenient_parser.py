"""The elements of a file that breaks the rules of PS3.5 7: what one program or another reads of it nevertheless.

VRs that are none, sequences and pixels without their delimiters, File Meta in another encoding, twice, or of a wrong length.
`element_encoding` says how each is written.
"""

import struct
import zlib
from collections.abc import Iterator

from pydicom.charset import default_encoding
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from radiary.dicom.read.element_encoding import (
    HEAD,
    ITEM,
    LITTLE,
    PIXEL_DATA,
    UNDEFINED,
    Content,
    Encoding,
    UnreadableError,
    begins_element,
    element_header,
    sniffed,
)
from radiary.dicom.read.elements import tag_of, vr_of
from radiary.dicom.read.file_section import Slices
from radiary.dicom.read.signature import FILE_META

_END_OF_ITEM, _END_OF_SEQUENCE = 0xFFFEE00D, 0xFFFEE0DD
_TRANSFER_SYNTAX = 0x00020010
_PREAMBLE = 132
_DEEPEST = 16
_UNCOMPRESSED = (ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian)
_PIXELS = (0x7FE00008, 0x7FE00009, PIXEL_DATA)
_Elements = dict[BaseTag, DataElement | RawDataElement]


class _Unclosed(Exception):
    """An item of undefined length has no end."""


def parsed(data: Content) -> tuple[Dataset, str] | None:
    """The data set and its transfer syntax, as far as it can be read; None where nothing can be.

    Pixels of a file that is not in memory have no value, but an offset and a length.
    """
    try:
        start, declared = _file_meta(data)
        if declared == DeflatedExplicitVRLittleEndian and not isinstance(data, bytes):
            return None
        if isinstance(data, bytes) and (declared == DeflatedExplicitVRLittleEndian or not vr_of(LITTLE.tag(data, start))):
            inflated = _inflated(data[start:])
            data, start = (inflated, 0) if inflated else (data, start)
        encoding = sniffed(data, start)
        try:
            elements = _elements(data, start, encoding)
        except _Unclosed:
            encoding = Encoding(encoding.is_implicit, encoding.order, closes_early=True)
            elements = _elements(data, start, encoding)
    except (UnreadableError, _Unclosed, struct.error, RecursionError):
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
        encoding = sniffed(data, at)
        tag, _, length, start = element_header(data, at, encoding)
        if length > len(data) - start:
            raise UnreadableError
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
        if len(plain) > HEAD and vr_of(LITTLE.tag(plain, 0)):
            return plain
    return None


def _elements(data: Content, at: int, encoding: Encoding) -> _Elements:
    """The elements of the data set; what stands behind the pixels, and cannot be one, is not looked at."""
    return {element.tag: element for element, _ in _walked(data, at, len(data), encoding=encoding)}


def _walked(
    data: Content, at: int, end: int, *, encoding: Encoding, parent: int = 0, depth: int = 0
) -> Iterator[tuple[DataElement | RawDataElement, int]]:
    """Each element, and the byte behind it, until something comes that is none."""
    previous = 0
    while at + HEAD <= end:
        tag = encoding.tag(data, at)
        if not parent and tag in (_END_OF_ITEM, _END_OF_SEQUENCE):
            at += HEAD
            continue
        is_early = encoding.closes_early and bool(parent) and tag > parent
        if tag >> 16 == 0xFFFE or is_early or (tag <= previous and not vr_of(tag)) or not tag >> 16:
            return
        try:
            tag, vr, length, start = element_header(data, at, encoding)
        except UnreadableError:
            return
        if length != UNDEFINED and start + length > end and tag != PIXEL_DATA:
            return
        element, at = _element(data, tag, vr, encoding=encoding, length=length, start=start, end=end, depth=depth)
        previous = tag
        yield element, at


def _element(
    data: Content, tag: int, vr: str | None, *, encoding: Encoding, length: int, start: int, end: int, depth: int
) -> tuple[DataElement | RawDataElement, int]:
    is_sequence = vr == "SQ" or (vr in (None, "UN") and (vr_of(tag) == "SQ" or (length == UNDEFINED and tag != PIXEL_DATA)))
    if is_sequence:
        inside = Encoding(encoding.is_implicit or vr == "UN", encoding.order, encoding.closes_early)
        is_open = length == UNDEFINED or not begins_element(data, start + length, tag, encoding=encoding)
        items, stop = _items(data, start, end if is_open else start + length, encoding=inside, tag=tag, depth=depth + 1)
        return DataElement(tag, "SQ", Sequence(items)), stop if is_open else start + length
    if length == UNDEFINED:
        inside_end, stop = _fragments(data, start, end)
        return _raw(data, tag, vr, encoding=encoding, length=length, start=start, stop=inside_end), stop
    stop = min(start + length, end)
    return _raw(data, tag, vr, encoding=encoding, length=stop - start, start=start, stop=stop), stop


def _raw(data: Content, tag: int, vr: str | None, *, encoding: Encoding, length: int, start: int, stop: int) -> RawDataElement:
    is_left = tag in _PIXELS and isinstance(data, Slices)
    value, size = (None, stop - start) if is_left else (data[start:stop] or None, length)
    return RawDataElement(tag_of(tag), vr, size, value, start if is_left else 0, encoding.is_implicit, encoding.order == "<")


def _items(data: Content, at: int, end: int, *, encoding: Encoding, tag: int, depth: int) -> tuple[list[Dataset], int]:
    """The items of a sequence, which ends at its delimiter or at anything else that is no item, and the byte behind them."""
    if depth > _DEEPEST:
        raise UnreadableError
    items: list[Dataset] = []
    while at + HEAD <= end:
        item_tag, length = encoding.tag(data, at), encoding.long(data, at + 4)
        if item_tag == _END_OF_SEQUENCE:
            return items, at + HEAD
        if item_tag != ITEM:
            break
        at += HEAD
        stop = min(at + length, end) if length != UNDEFINED else end
        elements: _Elements = {}
        for element, behind in _walked(data, at, stop, encoding=encoding, parent=tag, depth=depth):
            elements[element.tag] = element
            at = behind
        items.append(_dataset(elements, encoding))
        if length == UNDEFINED:
            at = _end_of_item(data, at, end, encoding=encoding)
        elif stop == end or begins_element(data, stop, 0, encoding=encoding):
            at = stop
    return items, at


def _end_of_item(data: Content, at: int, end: int, *, encoding: Encoding) -> int:
    """The byte behind an item of undefined length. Raises _Unclosed where it has no end, and something may be lost in it."""
    if at + HEAD > end:
        if encoding.closes_early:
            return at
        raise _Unclosed
    return at + HEAD if encoding.tag(data, at) == _END_OF_ITEM else at


def _dataset(elements: _Elements, encoding: Encoding) -> Dataset:
    made = Dataset(elements)
    made.set_original_encoding(encoding.is_implicit, encoding.order == "<", default_encoding)
    return made


def _fragments(data: Content, at: int, end: int) -> tuple[int, int]:
    """Where fragments end, and the byte behind their delimiter; a file that ends before has none.

    What does not begin with a fragment is no encapsulated value: it takes the rest.
    """
    if at + HEAD <= end and LITTLE.tag(data, at) not in (ITEM, _END_OF_SEQUENCE):
        return end, end
    while at + HEAD <= end and LITTLE.tag(data, at) == ITEM:
        at = min(at + HEAD + LITTLE.long(data, at + 4), end)
    is_closed = at + HEAD <= end and LITTLE.tag(data, at) == _END_OF_SEQUENCE
    return at, at + HEAD if is_closed else at
