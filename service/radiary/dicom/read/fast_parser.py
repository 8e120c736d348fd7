"""The elements of an ordinary file by one walk over its bytes (PS3.5 7.1), several times as fast as pydicom.

No value is decoded and nothing is repaired: for a file with anything unusual in it `parsed` gives None, and pydicom reads it.
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
"""Transfer syntaxes left to pydicom: big endian; deflated as a whole."""
SHORT = frozenset(b"AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US".split())
LONG = frozenset(b"OB OD OF OL OV OW SQ SV UC UN UR UT UV".split())
"""VRs whose length takes 2 bytes, and those whose length takes 4, behind 2 reserved ones (PS3.5 7.1.2)."""
_UNDEFINED = 0xFFFFFFFF
_ITEM, _END_OF_ITEM, _END_OF_SEQUENCE = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_TRANSFER_SYNTAX, _CHARACTER_SET, _PIXEL_DATA = 0x00020010, 0x00080005, 0x7FE00010
_META, _FIRST = 0x00020000, 0x00040000
"""The least tag of File Meta, and of a data set: group 0000, commands, has no place in a file."""
_DEEPEST = 16
"""Sequences inside sequences, at most; deeper ones are left to pydicom."""
_explicit, _implicit = struct.Struct("<HH2sH"), struct.Struct("<HHI")
_Elements = dict[BaseTag, DataElement | RawDataElement]
_ByBytes = dict[bytes, RawDataElement]

_known: dict[bool, _ByBytes] = {True: {}, False: {}}
"""Elements seen before, by their bytes, in implicit (True) and explicit VR: what the slices of a series share is one object."""


class _Unusual(Exception):
    """Something in a file that is left to pydicom."""


def parsed(data: bytes) -> tuple[Dataset, str] | None:
    """The data set, all elements raw, and its transfer syntax; None for a file that pydicom has to read."""
    try:
        if data[128:140] != b"DICM\2\0\0\0UL\4\0":
            return None
        begin = 144 + int.from_bytes(data[140:144], "little")
        meta = _elements(data, 144, begin, first_tag=_META, is_implicit=False)
        syntax = str(meta[tag_of(_TRANSFER_SYNTAX)].value or b"", "ascii").rstrip(" \0")
        is_implicit = syntax == ImplicitVRLittleEndian
        if max(meta) >> 16 != 2 or syntax in _UNUSUAL or data[begin + 4 : begin + 6].isalpha() == is_implicit:
            return None
        elements = _elements(data, begin, len(data), first_tag=_FIRST, is_implicit=is_implicit)
        character_set = elements.get(tag_of(_CHARACTER_SET))
        encoding = _encoding(character_set) if character_set is not None else [default_encoding]
    except (_Unusual, KeyError, TypeError, ValueError, LookupError, struct.error):
        return None
    dataset = Dataset(elements)
    dataset.set_original_encoding(is_implicit, True, list(encoding))
    return (dataset, syntax) if elements else None


def _elements(data: bytes, at: int, end: int, *, first_tag: int, is_implicit: bool) -> _Elements:
    """The elements from byte `at` to `end`, ascending from `first_tag` on. Raises _Unusual unless the last one ends at `end`."""
    elements: _Elements = {}
    known, previous = _known[is_implicit], first_tag - 1
    while at < end:
        tag, vr, length, start = _element_header(data, at, is_implicit=is_implicit)
        if tag <= previous or tag >> 16 == 0xFFFE:
            raise _Unusual
        previous = tag
        is_open = length == _UNDEFINED
        stop = _end_of_value(data, start, end, tag=tag, vr=vr, is_implicit=is_implicit) if is_open else start + length
        if stop > end:
            raise _Unusual
        key = data[at:stop] if stop - at <= LONGEST else None
        element = known.get(key) if key is not None else None
        if element is None:
            element = _raw_element(data, tag, vr, length=length, start=start, stop=stop, is_implicit=is_implicit)
            if key is not None:
                if len(known) >= REMEMBERED:
                    known.clear()
                known[key] = element
        elements[element.tag] = element
        at = stop
    return elements


def _raw_element(
    data: bytes, tag: int, vr: str | None, *, length: int, start: int, stop: int, is_implicit: bool
) -> RawDataElement:
    """An element as pydicom gives it, but for its offset in the file, which is 0, so that the same bytes give equal elements."""
    inside = stop - 8 if length == _UNDEFINED else stop
    value = data[start:inside] if stop > start else empty_value_for_VR(vr, raw=True)
    return RawDataElement(tag_of(tag), vr, length, value, 0, is_implicit, True)  # type: ignore[arg-type]  # bytes or None


def _element_header(data: bytes, at: int, *, is_implicit: bool) -> tuple[int, str | None, int, int]:
    """Tag, VR (None in implicit VR), length of the value, and the byte at which the value begins."""
    if is_implicit:
        group, number, length = _implicit.unpack_from(data, at)
        return group << 16 | number, None, length, at + 8
    group, number, vr, length = _explicit.unpack_from(data, at)
    if vr in SHORT:
        return group << 16 | number, str(vr, "ascii"), length, at + 8
    if vr not in LONG or (vr == b"SQ" and vr_of(group << 16 | number) not in ("", "SQ")):
        raise _Unusual
    return group << 16 | number, str(vr, "ascii"), int.from_bytes(data[at + 8 : at + 12], "little"), at + 12


def _end_of_value(data: bytes, at: int, end: int, *, tag: int, vr: str | None, is_implicit: bool, depth: int = 0) -> int:
    """The byte behind the delimiter of a value of undefined length: a sequence, or the fragments of Pixel Data (PS3.5 7.5)."""
    is_sequence = (vr or vr_of(tag)) == "SQ"
    if depth > _DEEPEST or not (is_sequence or (tag == _PIXEL_DATA and vr == "OB")):
        raise _Unusual
    while at < end:
        group, number, length = _implicit.unpack_from(data, at)
        item_tag, at = group << 16 | number, at + 8
        if item_tag == _END_OF_SEQUENCE and not length:
            return at
        if item_tag != _ITEM or (length == _UNDEFINED and not is_sequence):
            raise _Unusual
        at = _end_of_item(data, at, end, is_implicit=is_implicit, depth=depth) if length == _UNDEFINED else at + length
    raise _Unusual


def _end_of_item(data: bytes, at: int, end: int, *, is_implicit: bool, depth: int) -> int:
    """The byte behind the delimiter of an item of undefined length, whose first element begins at `at`."""
    while at < end:
        if _implicit.unpack_from(data, at) == (_END_OF_ITEM >> 16, _END_OF_ITEM & 0xFFFF, 0):
            return at + 8
        tag, vr, length, start = _element_header(data, at, is_implicit=is_implicit)
        if length == _UNDEFINED:
            at = _end_of_value(data, start, end, tag=tag, vr=vr, is_implicit=is_implicit, depth=depth + 1)
        else:
            at = start + length
    raise _Unusual


@cache
def _encoding(character_set: RawDataElement) -> list[str]:
    """The Python names of the encodings that Specific Character Set (0008,0005) lists."""
    return convert_encodings(convert_raw_data_element(character_set).value)
