"""Values that display, order or measure, as they are meant: whatever VR, case or decimal sign a converter wrote them with.

An element that is as the standard wants it stays untouched. Any other one is read again from its bytes; one that display depends
on and that cannot be understood is an error, since a picture made without it would be a wrong one.
"""

import re
import struct
from decimal import Decimal
from functools import cache
from math import isfinite
from typing import Any

from pydicom.datadict import dictionary_VM
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset

from radiary.dicom.read import elements
from radiary.dicom.read.display_attributes import ALL, ASPECT, DISPLAYING, ENUMERATED

_BINARY = {"FD": "d", "FL": "f", "SL": "i", "SS": "h", "SV": "q", "UL": "I", "US": "H", "UV": "Q"}
"""VRs of binary numbers, and their formats."""
_FORMED = frozenset({"CS", "DS", "IS"})
_TEXTS = frozenset("AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT".split())
_DECIMAL = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
_INTEGER = re.compile(r"[-+]?\d{1,12}")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:(?:\.\d{3})+,\d*|(?:,\d{3})+\.\d*)")
"""A number with separators between thousands: the last separator is the decimal one."""
_AROUND = " \0\t\r\n"
_FRACTION = 1000
"""What the sides of a pixel are multiplied by, where their ratio is not one of whole numbers."""


class NotUnderstoodError(Exception):
    """A value that display depends on is there, and says nothing that can be understood."""


def understood(received: Dataset, tag: int) -> DataElement:
    """An element with its registered VR and values in that VR's form, if that has one, or is in `display_attributes`.

    Raises NotUnderstoodError for one that display depends on, and one of `header.UNREADABLE` for others.
    """
    registered = elements.vr_of(tag)
    element = elements.get(received, tag)
    is_raw = isinstance(element, RawDataElement) and isinstance(element.value, bytes)
    if not is_raw or not (tag in ALL or registered in _FORMED):
        return received[tag]
    try:
        normal = _normal(element, tag, registered)  # type: ignore[arg-type]  # a raw one
    except (ArithmeticError, ValueError, struct.error):
        if tag in DISPLAYING:
            raise NotUnderstoodError from None
        raise ValueError("a value has not the form of its VR") from None
    return received[tag] if normal is None else normal


def _normal(element: RawDataElement, tag: int, registered: str) -> DataElement | None:
    """The element as it is meant; None where it is as it should be. Raises ValueError for what cannot be understood."""
    if registered in _FORMED:
        texts = _texts(element)
        meant = _meant(texts, tag, registered)
        is_normal = element.VR in (registered, None) and meant == texts
        return None if is_normal else DataElement(tag, registered, meant if any(meant) else None)
    if element.VR is None or element.VR in registered.split(" or "):
        return None
    vr = registered.split(" or ", maxsplit=1)[0]
    numbers = _whole_or_not(_stated_numbers(element, vr), vr)
    if vr == "US" and " or " in registered and any(number < 0 for number in numbers):
        vr = "SS"
    if numbers:
        struct.pack(f"<{len(numbers)}{_BINARY[vr]}", *numbers)
    return DataElement(tag, vr, numbers[0] if len(numbers) == 1 else numbers or None)


def _texts(element: RawDataElement) -> list[str]:
    """The values of an element as texts, without what stands around them."""
    if element.VR in _BINARY:
        return [repr(number) for number in _unpacked(element, element.VR)]
    return [text.strip(_AROUND) for text in (element.value or b"").decode("latin-1").split("\\")]


def _unpacked(element: RawDataElement, vr: str) -> list[Any]:
    content, code = element.value or b"", _BINARY[vr]
    order = "<" if element.is_little_endian else ">"
    return list(struct.unpack(f"{order}{len(content) // struct.calcsize(code)}{code}", content))


def _stated_numbers(element: RawDataElement, registered: str) -> list[Any]:
    """The numbers of a binary attribute that has another VR: another number's, a text's, or one that says nothing."""
    content = element.value or b""
    if element.VR in _BINARY:
        return _unpacked(element, element.VR)
    if element.VR in _TEXTS and all(0x20 <= byte < 0x7F or byte == 0 for byte in content):
        return [Decimal(_decimal(text)) for text in _texts(element) if text]
    is_wide = registered == "US" and len(content) == 4 and dictionary_VM(element.tag) == "1"
    return _unpacked(element, "UL" if is_wide else registered)


def _whole_or_not(numbers: list[Any], vr: str) -> list[Any]:
    """Numbers of a VR's type. Raises ValueError for a fraction where whole numbers are due."""
    if vr in ("FD", "FL"):
        return [float(number) for number in numbers]
    if any(number != int(number) for number in numbers):
        raise ValueError("not a whole number")
    return [int(number) for number in numbers]


def _meant(texts: list[str], tag: int, vr: str) -> list[str]:
    """Texts in the form of their VR. Raises ValueError for what has no such meaning."""
    if vr == "CS":
        return [_word(text, tag) for text in texts]
    parts = [text if _DECIMAL.fullmatch(text) else _decimal(text) if text else "" for text in _split(texts, tag)]
    if len(parts) > _several(tag) > 1 and tag in DISPLAYING:
        parts = _sides(parts)
    if not all(isfinite(float(part or 0)) for part in parts):
        raise ValueError("beyond all measure")
    if vr == "DS":
        return parts
    if tag == ASPECT and any(part and Decimal(part) != int(Decimal(part)) for part in parts):
        parts = [str(int(Decimal(part) * _FRACTION)) for part in parts]
    return [part if _INTEGER.fullmatch(part) or not part else _integer(part) for part in parts]


def _sides(parts: list[str]) -> list[str]:
    """The two sides of a pixel, of more numbers than two: all that are lengths are one length. Raises ValueError."""
    lengths = {Decimal(part): part for part in parts if part and Decimal(part) > 0}
    if len(lengths) != 1:
        raise ValueError("more values than there are to be")
    return list(lengths.values()) * 2


def _word(text: str, tag: int) -> str:
    """A coded string in capitals; one of few words is known by its letters and digits."""
    words = {_letters(word): word for word in ENUMERATED.get(tag, ())}
    known = words.get(_letters(text))
    if known or not words or not text:
        return known or text.upper()
    raise ValueError("no word of the standard")


def _letters(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _decimal(text: str) -> str:
    """A number as DICOM writes it, from a text with a decimal comma, with separated thousands or Fortran's exponent."""
    text = re.sub(r"^([-+])\s+", r"\1", text)
    if _THOUSANDS.fullmatch(text):
        decimal = max(text.rfind("."), text.rfind(","))
        text = re.sub(r"[.,]", "", text[:decimal]) + "." + text[decimal + 1 :]
    text = re.sub(r"[dD](?=[-+]?\d+$)", "E", text.replace(",", ".", 1))
    if not _DECIMAL.fullmatch(text):
        raise ValueError("not a number")
    return text


def _integer(text: str) -> str:
    """Raises ValueError for a fraction."""
    number = Decimal(text)
    if number != int(number):
        raise ValueError("not a whole number")
    return str(int(number))


def _split(texts: list[str], tag: int) -> list[str]:
    """Values of an attribute of several, also where commas, semicolons or blanks stand in place of backslashes: 0.7,0.7."""
    wanted = _several(tag)
    if wanted > 1 and len(texts) == 1:
        for separator in (r"\s*;\s*", r",\s*", r"\s+"):
            parts = re.split(separator, texts[0])
            if len(parts) == wanted and all(_DECIMAL.fullmatch(part) for part in parts):
                return parts
    return texts


@cache
def _several(tag: int) -> int:
    """How many values an attribute has where that is fixed; else 0."""
    multiplicity = dictionary_VM(tag)
    return int(multiplicity) if multiplicity.isdigit() else 0
