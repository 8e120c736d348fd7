"""Clean elements as the bytes they leave as: explicit VR, little endian, UTF-8 (PS3.5 7.1.2).

Raw elements cannot change, so one may stand in many data sets, and is written without being decoded.
"""

import contextlib
import struct
from collections.abc import Iterator
from functools import cache
from operator import itemgetter
from typing import TypeVar

from pydicom.datadict import dictionary_has_tag, dictionary_VR
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import correct_ambiguous_vr_element, write_data_element
from pydicom.tag import BaseTag
from pydicom.valuerep import EXPLICIT_VR_LENGTH_32

Value = TypeVar("Value")
Key = tuple[int, str | None, bytes, tuple[bool, bool], str]
ENCODING = "utf8"
_CHARACTER_SET = 0x00080005
_LONG, _REMEMBERED = 4096, 20_000
"""Bytes of a value above which nothing is remembered of it; how many elements are."""
_SHORT = 0xFFFF
"""Bytes above which a value does not fit the short form; it is written as UN then (PS3.5 6.2.2)."""


class Memory(dict[Key, Value]):
    """What was found out about elements by their bytes; it forgets everything when it has grown too large."""

    def keep(self, key: Key | None, value: Value) -> Value:
        """Remember `value`, unless there is no key, and give it back."""
        if key is not None:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[key] = value
        return value


def key(element: DataElement | RawDataElement | None, inherited: str) -> Key | None:
    """All that decoding an element depends on; None for one that is long, or that its neighbours have to explain.

    `inherited` is the character set that it stands in (`encoding`).
    """
    if not isinstance(element, RawDataElement) or not isinstance(element.value, bytes) or len(element.value) > _LONG:
        return None
    vr = _dictionary_vr(element.tag)
    if " or " in vr or (vr == "SQ" and element.VR != "SQ"):
        return None
    order = element.is_implicit_VR, element.is_little_endian
    return int(element.tag), element.VR, element.value, order, inherited


def encoding(received: Dataset, inherited: str) -> str:
    """Specific Character Set (0008,0005) as it stands there, or the inherited one."""
    element = received.get_item(_CHARACTER_SET) if _CHARACTER_SET in received else None
    return inherited if element is None else repr(element.value)


@cache
def _dictionary_vr(tag: int) -> str:
    return dictionary_VR(tag) if dictionary_has_tag(tag) else ""


def dataset(found: dict[BaseTag, DataElement | RawDataElement]) -> Dataset:
    """A data set of clean elements."""
    made = Dataset(found, parent_encoding=ENCODING)
    made.set_original_encoding(False, True, ENCODING)
    return made


def raw(element: DataElement) -> RawDataElement:
    """An element as its bytes. Raises what pydicom raises on values that no file can hold, and on an ambiguous VR."""
    buffer = DicomBytesIO()
    buffer.is_little_endian, buffer.is_implicit_VR = True, False
    write_data_element(buffer, element, [ENCODING])
    written = buffer.getvalue()
    vr = written[4:6].decode()
    value = written[12 if vr in EXPLICIT_VR_LENGTH_32 else 8 :]
    return RawDataElement(BaseTag(element.tag), vr, len(value), value, 0, False, True, True)


def settle(clean: Dataset) -> None:
    """Give numbers whose VR the header did not say (implicit VR) the one that their neighbours make it."""
    for element in clean.elements():
        if len(element.VR or "") != 2:
            with contextlib.suppress(AttributeError):
                correct_ambiguous_vr_element(element, clean, True)


def written(dataset: Dataset, before: int = 1 << 32) -> Iterator[bytes]:
    """The encoded elements of a data set, in order, up to the last tag below `before`; retired group lengths go."""
    for tag, element in in_order(dataset):
        if tag >= before or (not tag & 0xFFFF and tag >> 16 > 6):
            continue
        found = element if isinstance(element, RawDataElement) else raw(element)
        value = found.value or b""
        yield head(tag, found.VR or "UN", len(value)) + value


def in_order(dataset: Dataset) -> list[tuple[int, DataElement | RawDataElement]]:
    """Elements by tag, raw ones as they are."""
    return sorted(((int(tag), element) for tag, element in dataset.items()), key=itemgetter(0))


def head(tag: int, vr: str, length: int) -> bytes:
    """Tag, VR and length; a length of 0xFFFFFFFF is undefined."""
    if vr not in EXPLICIT_VR_LENGTH_32 and length > _SHORT:
        vr = "UN"
    if vr in EXPLICIT_VR_LENGTH_32:
        return struct.pack("<HH2sHI", tag >> 16, tag & 0xFFFF, vr.encode(), 0, length)
    return struct.pack("<HH2sH", tag >> 16, tag & 0xFFFF, vr.encode(), length)
