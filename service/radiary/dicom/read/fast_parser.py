"""The elements of an ordinary file by one walk over its bytes (PS3.5 7.1), several times as fast as a parser.

Nothing is decoded, and nothing is mended: of a file with anything unusual in it nothing is said, and pydicom reads it.
"""

import struct
from functools import cache

from pydicom.charset import convert_encodings, default_encoding
from pydicom.dataelem import DataElement, RawDataElement, convert_raw_data_element, empty_value_for_VR
from pydicom.dataset import Dataset
from pydicom.tag import BaseTag
from pydicom.uid import ImplicitVRLittleEndian

from radiary.dicom.read.elements import LONGEST, REMEMBERED, tag_of, vr_of

_UNUSUAL = frozenset({"1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"})
"""Big endian; deflated as a whole."""
_SHORT = frozenset(b"AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US".split())
_LONG = frozenset(b"OB OD OF OL OV OW SQ SV UC UN UR UT UV".split())
_UNDEFINED = 0xFFFFFFFF
_ITEM, _END_OF_ITEM, _END_OF_SEQUENCE = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_TRANSFER_SYNTAX, _CHARACTER_SET, _PIXEL_DATA = 0x00020010, 0x00080005, 0x7FE00010
_META, _FIRST = 0x00020000, 0x00040000
"""The least tag of File Meta and of a data set: commands have no place in a file."""
_DEEPEST = 16
"""Sequences inside sequences."""
_explicit, _implicit = struct.Struct("<HH2sH"), struct.Struct("<HHI")
_Elements = dict[BaseTag, DataElement | RawDataElement]
_Seen = dict[bytes, RawDataElement]

_known: dict[bool, _Seen] = {True: {}, False: {}}
"""Elements seen before by their bytes, of implicit and of explicit VR: what a series shares is one object."""


class _Unusual(Exception):
    """Something that this walk leaves to others."""


def walked(data: bytes) -> tuple[Dataset, str] | None:
    """The data set, all elements raw, and its transfer syntax; None of a file that is not quite ordinary."""
    try:
        if data[128:140] != b"DICM\2\0\0\0UL\4\0":
            return None
        begin = 144 + int.from_bytes(data[140:144], "little")
        meta = _elements(data, 144, begin, _META, is_implicit=False)
        syntax = str(meta[tag_of(_TRANSFER_SYNTAX)].value or b"", "ascii").rstrip(" \0")
        is_implicit = syntax == ImplicitVRLittleEndian
        if max(meta) >> 16 != 2 or syntax in _UNUSUAL or data[begin + 4 : begin + 6].isalpha() == is_implicit:
            return None
        found = _elements(data, begin, len(data), _FIRST, is_implicit=is_implicit)
        named = found.get(tag_of(_CHARACTER_SET))
        encoding = _encoding(named) if named is not None else [default_encoding]
    except (_Unusual, KeyError, TypeError, ValueError, LookupError, struct.error):
        return None
    dataset = Dataset(found)
    dataset.set_original_encoding(is_implicit, True, list(encoding))
    return (dataset, syntax) if found else None


def _elements(data: bytes, at: int, end: int, first: int, *, is_implicit: bool) -> _Elements:
    """The elements from `at` to `end`, which come in order, the first one not before tag `first`, and fill the place exactly."""
    found: _Elements = {}
    seen, last = _known[is_implicit], first - 1
    while at < end:
        tag, vr, length, start = _head(data, at, is_implicit=is_implicit)
        if tag <= last or tag >> 16 == 0xFFFE:
            raise _Unusual
        last = tag
        stop = start + length if length != _UNDEFINED else _after(data, start, end, tag, vr, is_implicit=is_implicit)
        if stop > end:
            raise _Unusual
        key = data[at:stop] if stop - at <= LONGEST else None
        element = seen.get(key) if key is not None else None
        if element is None:
            element = _element(data, tag, vr, length, start, stop, is_implicit=is_implicit)
            if key is not None:
                if len(seen) >= REMEMBERED:
                    seen.clear()
                seen[key] = element
        found[element.tag] = element
        at = stop
    return found


def _element(data: bytes, tag: int, vr: str | None, length: int, start: int, stop: int, *, is_implicit: bool) -> RawDataElement:
    """An element as pydicom would give it, but that it has no place in its file, so that equal ones are equal."""
    inside = stop - 8 if length == _UNDEFINED else stop
    value = data[start:inside] if stop > start else empty_value_for_VR(vr, raw=True)
    return RawDataElement(tag_of(tag), vr, length, value, 0, is_implicit, True)  # type: ignore[arg-type]  # bytes or None


def _head(data: bytes, at: int, *, is_implicit: bool) -> tuple[int, str | None, int, int]:
    """Tag, VR, length and where the value begins."""
    if is_implicit:
        group, number, length = _implicit.unpack_from(data, at)
        return group << 16 | number, None, length, at + 8
    group, number, vr, length = _explicit.unpack_from(data, at)
    if vr in _SHORT:
        return group << 16 | number, str(vr, "ascii"), length, at + 8
    if vr not in _LONG:
        raise _Unusual
    return group << 16 | number, str(vr, "ascii"), int.from_bytes(data[at + 8 : at + 12], "little"), at + 12


def _after(data: bytes, at: int, end: int, tag: int, vr: str | None, *, is_implicit: bool, depth: int = 0) -> int:
    """Where a value of undefined length ends, behind its delimiter: a sequence, or the fragments of Pixel Data."""
    is_sequence = (vr or vr_of(tag)) == "SQ"
    if depth > _DEEPEST or not (is_sequence or (tag == _PIXEL_DATA and vr == "OB")):
        raise _Unusual
    while at < end:
        group, number, length = _implicit.unpack_from(data, at)
        found, at = group << 16 | number, at + 8
        if found == _END_OF_SEQUENCE and not length:
            return at
        if found != _ITEM or (length == _UNDEFINED and not is_sequence):
            raise _Unusual
        at = _end_of_item(data, at, end, is_implicit=is_implicit, depth=depth) if length == _UNDEFINED else at + length
    raise _Unusual


def _end_of_item(data: bytes, at: int, end: int, *, is_implicit: bool, depth: int) -> int:
    while at < end:
        if _implicit.unpack_from(data, at) == (_END_OF_ITEM >> 16, _END_OF_ITEM & 0xFFFF, 0):
            return at + 8
        tag, vr, length, start = _head(data, at, is_implicit=is_implicit)
        is_open = length == _UNDEFINED
        at = _after(data, start, end, tag, vr, is_implicit=is_implicit, depth=depth + 1) if is_open else start + length
    raise _Unusual


@cache
def _encoding(named: RawDataElement) -> list[str]:
    """What Specific Character Set (0008,0005) names, as Python calls it."""
    return convert_encodings(convert_raw_data_element(named).value)
