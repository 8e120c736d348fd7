"""Elements of data sets, raw or decoded: found, remembered by their bytes, and encoded as explicit VR, little endian, UTF-8.

Raw elements cannot change, so the same one may stand in many data sets, and is written without being decoded.
"""

import contextlib
import struct
from collections.abc import Hashable, Iterable, Iterator
from functools import cache, lru_cache
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
Key = tuple[RawDataElement, str]
ENCODING = "utf8"
LONGEST, REMEMBERED = 2048, 8192
"""Bytes of the longest value that is remembered, and how many elements are."""
_CHARACTER_SET = 0x00080005
_SHORT = 0xFFFF
"""Bytes of the longest value that a length of 16 bits can tell; a longer one is written as UN (PS3.5 6.2.2)."""


class Memory(dict[Hashable, Value]):
    """What is known of elements, by their bytes; it is emptied when it holds `most` entries."""

    def __init__(self, most: int = REMEMBERED) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: Hashable, value: Value) -> Value:
        """Remember `value`, unless there is no key, and give it back."""
        if key is not None:
            if len(self) >= self._most:
                self.clear()
            self[key] = value
        return value


class _Tags(dict[int, BaseTag]):
    def __missing__(self, number: int) -> BaseTag:
        if len(self) >= REMEMBERED:
            self.clear()
        self[number] = BaseTag(number)
        return self[number]


_tags = _Tags()
tag_of = _tags.__getitem__
"""The same BaseTag object for the same number: dictionaries find a key that is the same object without comparing it."""


def get(dataset: Dataset, tag: int) -> DataElement | RawDataElement | None:
    """An element as it stands in a data set, raw or decoded; None when it is absent."""
    return dataset.items().mapping.get(tag_of(tag))  # type: ignore[attr-defined, no-any-return]  # a dictionary's view


def has(dataset: Dataset, tag: int) -> bool:
    """Whether an element stands in a data set."""
    return tag_of(tag) in dataset.items().mapping  # type: ignore[attr-defined]  # a dictionary's view


def key(element: DataElement | RawDataElement | None, inherited: str) -> Key | None:
    """All that decoding an element depends on; None for a long one, and for one whose VR depends on its neighbours.

    `inherited` is the character set of the data set that it stands in (`encoding`).
    """
    if not isinstance(element, RawDataElement) or not isinstance(element.value, bytes) or len(element.value) > LONGEST:
        return None
    return (element, inherited) if _is_self_contained(element.tag, element.VR) else None


def keys(elements: Iterable[DataElement | RawDataElement | None], inherited: str) -> tuple[Key | None, ...] | None:
    """The keys of several elements, absent ones (None) among them; None when one that is there has no key."""
    absent_and_key = [(element is None, key(element, inherited)) for element in elements]
    return tuple(one for _, one in absent_and_key) if all(is_absent or one for is_absent, one in absent_and_key) else None


@cache
def _is_self_contained(tag: int, stated_vr: str | None) -> bool:
    """Whether an element's own bytes say how to decode it: its VR is certain, and a sequence is marked as one."""
    vr = vr_of(tag)
    return " or " not in vr and (vr != "SQ" or stated_vr == "SQ")


def encoding(received: Dataset, inherited: str) -> str:
    """Specific Character Set (0008,0005) of a data set, not decoded, or the `inherited` one where it has none."""
    element = get(received, _CHARACTER_SET)
    return inherited if element is None else repr(element.value)


@cache
def vr_of(tag: int) -> str:
    """The VR that the standard gives an attribute; empty for an unregistered one."""
    return dictionary_VR(tag) if dictionary_has_tag(tag) else ""


def dataset(clean: dict[BaseTag, DataElement | RawDataElement]) -> Dataset:
    """A data set of clean elements, in explicit VR, little endian and UTF-8."""
    built = Dataset(clean, parent_encoding=ENCODING)
    built.set_original_encoding(False, True, ENCODING)
    return built


def raw(element: DataElement) -> RawDataElement:
    """A decoded element as a raw one. Raises what pydicom raises on a value that no file can hold, and on an ambiguous VR."""
    buffer = DicomBytesIO()
    buffer.is_little_endian, buffer.is_implicit_VR = True, False
    write_data_element(buffer, element, [ENCODING])
    written = buffer.getvalue()
    vr = written[4:6].decode()
    value = written[12 if vr in EXPLICIT_VR_LENGTH_32 else 8 :]
    return RawDataElement(tag_of(element.tag), vr, len(value), value, 0, False, True, True)


def resolve_vrs(clean: Dataset) -> None:
    """Settle ambiguous VRs, such as `US or SS` in implicit VR, by the elements that decide them, such as Pixel Representation."""
    for element in [element for _, element in clean.items() if len(element.VR or "") != 2]:
        if isinstance(element, DataElement):
            with contextlib.suppress(AttributeError):
                correct_ambiguous_vr_element(element, clean, True)


def written(dataset: Dataset, before: int = 1 << 32) -> Iterator[bytes]:
    """The encoded elements with tags below `before`, in order, without the retired group lengths (gggg,0000)."""
    for tag, element in in_order(dataset):
        if tag >= before or (not tag & 0xFFFF and tag >> 16 > 6):
            continue
        raw_element = element if isinstance(element, RawDataElement) else raw(element)
        yield _encoded(raw_element) if len(raw_element.value or b"") <= LONGEST else _encoded.__wrapped__(raw_element)


@lru_cache(REMEMBERED)
def _encoded(element: RawDataElement) -> bytes:
    value = element.value or b""
    return head(element.tag, element.VR or "UN", len(value)) + value


def in_order(dataset: Dataset) -> list[tuple[int, DataElement | RawDataElement]]:
    """Tags and elements in ascending order; raw elements stay raw."""
    return sorted(((int(tag), element) for tag, element in dataset.items()), key=itemgetter(0))


UNDEFINED = 0xFFFFFFFF
"""The length of a value that ends with a delimiter."""
END_OF_ITEMS = struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)


def item(content: bytes) -> bytes:
    """One item of encapsulated Pixel Data (PS3.5 A.4)."""
    return struct.pack("<HHI", 0xFFFE, 0xE000, len(content)) + content


def head(tag: int, vr: str, length: int) -> bytes:
    """The bytes of tag, VR and length before a value (PS3.5 7.1.2); a length of 0xFFFFFFFF is undefined."""
    if vr not in EXPLICIT_VR_LENGTH_32 and length > _SHORT:
        vr = "UN"
    if vr in EXPLICIT_VR_LENGTH_32:
        return struct.pack("<HH2sHI", tag >> 16, tag & 0xFFFF, vr.encode(), 0, length)
    return struct.pack("<HH2sH", tag >> 16, tag & 0xFFFF, vr.encode(), length)
