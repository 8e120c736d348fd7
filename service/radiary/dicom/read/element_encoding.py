"""How elements are written, of files that break the rules of PS3.5 7.1: with a VR or without, in which order of bytes, how long.

Where a byte can be read in several ways, that one counts behind which another element begins.
"""

import struct
from dataclasses import dataclass

from radiary.dicom.read.elements import vr_of
from radiary.dicom.read.fast_parser import LONG, SHORT
from radiary.dicom.read.file_section import Slices

UNDEFINED = 0xFFFFFFFF
ITEM, PIXEL_DATA = 0xFFFEE000, 0x7FE00010
HEAD = 8
"""Bytes of a tag and a length."""
Content = bytes | Slices


class UnreadableError(Exception):
    """Here no element can begin."""


@dataclass(frozen=True)
class Encoding:
    """How elements are written from here on; `closes_early` ends an item at what may belong to the data set around it."""

    is_implicit: bool
    order: str = "<"
    closes_early: bool = False

    @property
    def item(self) -> bytes:
        """The tag with which an item begins."""
        return struct.pack(f"{self.order}HH", ITEM >> 16, ITEM & 0xFFFF)

    def tag(self, data: Content, at: int) -> int:
        """The tag at a place. Raises UnreadableError behind the end."""
        if at + HEAD > len(data):
            raise UnreadableError
        group, number = struct.unpack(f"{self.order}HH", data[at : at + 4])
        return int(group) << 16 | int(number)

    def long(self, data: Content, at: int) -> int:
        """A number of four bytes."""
        return int.from_bytes(data[at : at + 4], "little" if self.order == "<" else "big")

    def short(self, data: Content, at: int) -> int:
        """A number of two bytes."""
        return int.from_bytes(data[at : at + 2], "little" if self.order == "<" else "big")


LITTLE = Encoding(is_implicit=True)


def sniffed(data: Content, at: int) -> Encoding:
    """How the element at a place is written: groups of what stands in files are low, and the first element has a VR or none.

    One whose VR is none has one nevertheless, where another element follows it by that alone.
    """
    order = "<" if data[at : at + 1] != b"\0" or data[at + 1 : at + 2] == b"\0" else ">"
    implicit, explicit = Encoding(True, order), Encoding(False, order)
    if data[at + 4 : at + 6] in SHORT | LONG:
        return explicit
    if begins_element(data, at + HEAD + implicit.long(data, at + 4), implicit.tag(data, at), encoding=implicit):
        return implicit
    try:
        element_header(data, at, explicit)
    except UnreadableError:
        return implicit
    return explicit


def element_header(data: Content, at: int, encoding: Encoding) -> tuple[int, str | None, int, int]:
    """Tag, VR (None where only the dictionary knows it), length and beginning of the value. Raises UnreadableError."""
    tag = encoding.tag(data, at)
    vr = data[at + 4 : at + 6]
    if encoding.is_implicit and not _is_explicit_among_implicit(data, at, encoding):
        return tag, None, encoding.long(data, at + 4), at + HEAD
    short, long = (encoding.short(data, at + 6), at + 8), (encoding.long(data, at + 8), at + 12)
    if vr in SHORT:
        return tag, vr.decode(), *short
    readings = (long, short) if vr in LONG else (short, long, (encoding.long(data, at + 4), at + 8))
    stated = vr.decode() if vr in LONG else "OW" if tag == PIXEL_DATA else None if vr_of(tag) else "UN"
    for length, start in readings:
        if length == UNDEFINED or begins_element(data, start + length, tag, encoding=encoding):
            is_no_sequence = vr == b"SQ" and data[start : start + 4] != encoding.item and vr_of(tag) not in ("", "SQ")
            return tag, None if length and is_no_sequence else stated, length, start
    if vr in LONG:
        return tag, stated, *long
    raise UnreadableError


def _is_explicit_among_implicit(data: Content, at: int, encoding: Encoding) -> bool:
    """Whether an element has a VR although those before it have none: where its length alone leads nowhere."""
    if data[at + 4 : at + 6] not in SHORT | LONG:
        return False
    behind = at + HEAD + encoding.long(data, at + 4)
    return behind > len(data) or not begins_element(data, behind, encoding.tag(data, at), encoding=encoding)


def begins_element(data: Content, at: int, before: int, *, encoding: Encoding) -> bool:
    """Whether another element may begin at a place behind `before`: the end of the file, a delimiter, or a tag with its VR."""
    if at + HEAD > len(data):
        return at == len(data)
    tag = encoding.tag(data, at)
    if tag >> 16 == 0xFFFE:
        return True
    return tag > before and (data[at + 4 : at + 6] in SHORT | LONG or bool(vr_of(tag)))
