"""The beginning of a picture's file → how many pixels wide and high it is shown, so that a page keeps its place free."""

from typing import Literal

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_GIFS = b"GIF87a", b"GIF89a"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a frame's header: tables and an extension stand between them (ISO/IEC 10918-1, table B.1)."""
_SCAN, _APPLICATION = 0xDA, 0xE1
_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
_LYING = range(5, 9)
"""Orientations of a camera that was held on its side (Exif 2.32, 4.6.4)."""

Size = tuple[int, int]


def of(head: bytes) -> Size | None:
    """Its width and height; None where they do not stand in what is given, or in a form that is not known."""
    size = _size(head)
    return size if size and all(size) else None


def _size(head: bytes) -> Size | None:
    if head[:8] == _PNG and head[12:16] == b"IHDR":
        return (_number(head[16:20]), _number(head[20:24])) if len(head) >= 24 else None
    if head[:6] in _GIFS and len(head) >= 10:
        return int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP" and len(head) >= 30:
        return _webp(head[12:30])
    return _jpeg(head) if head[:2] == _JPEG else None


def _jpeg(head: bytes) -> Size | None:
    at, is_lying = 2, False
    while at + 9 <= len(head) and head[at] == 0xFF and head[at + 1] != _SCAN:
        marker, end = head[at + 1], at + 2 + _number(head[at + 2 : at + 4])
        if marker in _FRAMES:
            height, width = _number(head[at + 5 : at + 7]), _number(head[at + 7 : at + 9])
            return (height, width) if is_lying else (width, height)
        if marker == _APPLICATION and head[at + 4 : at + 10] == _EXIF:
            is_lying = _orientation(head[at + 10 : end]) in _LYING
        at = end
    return None


def _orientation(tiff: bytes) -> int:
    """How a camera was held, of the first directory of its notes; 0 where it says nothing of it."""
    order: Literal["little", "big"] = "little" if tiff[:2] == b"II" else "big"
    start = int.from_bytes(tiff[4:8], order)
    for number in range(int.from_bytes(tiff[start : start + 2], order)):
        entry = tiff[start + 2 + 12 * number :][:12]
        if len(entry) < 12:
            return 0
        if int.from_bytes(entry[:2], order) == _ORIENTATION:
            return int.from_bytes(entry[8:10], order)
    return 0


def _webp(chunk: bytes) -> Size | None:
    """Of its first chunk: an extended one, a lossless one, or a frame of VP8 (RFC 9649, sections 2.5 to 2.7)."""
    kind, data = chunk[:4], chunk[8:]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[4:7], "little"), 1 + int.from_bytes(data[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(data[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        return int.from_bytes(data[6:8], "little") & 0x3FFF, int.from_bytes(data[8:10], "little") & 0x3FFF
    return None


def _number(data: bytes) -> int:
    return int.from_bytes(data)
