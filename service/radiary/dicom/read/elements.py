"""Clean elements as the bytes they leave as: explicit VR, little endian, UTF-8 (PS3.5 7.1.2).

Raw elements cannot change, so one may stand in many data sets, and is written without being decoded.
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
"""Bytes of a value above which nothing is remembered of it; how many elements are."""
_CHARACTER_SET = 0x00080005
_SHORT = 0xFFFF
"""Bytes above which a value does not fit the short form; it is written as UN then (PS3.5 6.2.2)."""


class Memory(dict[Hashable, Value]):
    """What was found out about elements by their bytes; it forgets everything when it holds as many as `most`."""

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
"""The one object for a tag's number: a dictionary finds what it holds itself without comparing it."""


def found(dataset: Dataset, tag: int) -> DataElement | RawDataElement | None:
    """An element as it stands there, raw or decoded."""
    return dataset.items().mapping.get(tag_of(tag))  # type: ignore[attr-defined, no-any-return]  # a dictionary's view


def has(dataset: Dataset, tag: int) -> bool:
    """Whether an element stands there."""
    return tag_of(tag) in dataset.items().mapping  # type: ignore[attr-defined]  # a dictionary's view


def key(element: DataElement | RawDataElement | None, inherited: str) -> Key | None:
    """All that decoding an element depends on; None for one that is long, or that its neighbours have to explain.

    `inherited` is the character set that it stands in (`encoding`).
    """
    if not isinstance(element, RawDataElement) or not isinstance(element.value, bytes) or len(element.value) > LONGEST:
        return None
    return (element, inherited) if _says_all(element.tag, element.VR) else None


def keys(elements: Iterable[DataElement | RawDataElement | None], inherited: str) -> tuple[Key | None, ...] | None:
    """The keys of several elements, of which some may be absent; None when one of them has none."""
    found = [(one is None, key(one, inherited)) for one in elements]
    return tuple(one for _, one in found) if all(is_absent or one for is_absent, one in found) else None


@cache
def _says_all(tag: int, said: str | None) -> bool:
    vr = vr_of(tag)
    return " or " not in vr and (vr != "SQ" or said == "SQ")


def encoding(received: Dataset, inherited: str) -> str:
    """Specific Character Set (0008,0005) as it stands there, or the inherited one."""
    element = found(received, _CHARACTER_SET)
    return inherited if element is None else repr(element.value)


@cache
def vr_of(tag: int) -> str:
    """The VR that the standard gives an attribute; nothing for an unregistered one."""
    return dictionary_VR(tag) if dictionary_has_tag(tag) else ""


def dataset(clean: dict[BaseTag, DataElement | RawDataElement]) -> Dataset:
    """A data set of clean elements."""
    made = Dataset(clean, parent_encoding=ENCODING)
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
    return RawDataElement(tag_of(element.tag), vr, len(value), value, 0, False, True, True)


def resolve_vrs(clean: Dataset) -> None:
    """Give numbers whose VR the header did not say (implicit VR) the one that their neighbours make it."""
    for element in [one for _, one in clean.items() if len(one.VR or "") != 2]:
        if isinstance(element, DataElement):
            with contextlib.suppress(AttributeError):
                correct_ambiguous_vr_element(element, clean, True)


def written(dataset: Dataset, before: int = 1 << 32) -> Iterator[bytes]:
    """The encoded elements of a data set, in order, up to the last tag below `before`; retired group lengths go."""
    for tag, element in in_order(dataset):
        if tag >= before or (not tag & 0xFFFF and tag >> 16 > 6):
            continue
        found = element if isinstance(element, RawDataElement) else raw(element)
        yield _encoded(found) if len(found.value or b"") <= LONGEST else _encoded.__wrapped__(found)


@lru_cache(REMEMBERED)
def _encoded(element: RawDataElement) -> bytes:
    value = element.value or b""
    return head(element.tag, element.VR or "UN", len(value)) + value


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
