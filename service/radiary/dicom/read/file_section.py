"""Pixel Data of an object that is too large for memory: a part of an open file, read where it is needed."""

from io import BufferedReader, BytesIO, RawIOBase
from typing import Any, BinaryIO, cast


class _Section(RawIOBase):
    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._size, self._at = file, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = max(0, offset + (0, self._at, self._size)[whence])
        return self._at

    def readinto(self, buffer: Any) -> int:
        self._file.seek(self._start + self._at)
        data = self._file.read(min(len(buffer), max(0, self._size - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def section(file: BinaryIO, start: int, size: int) -> BufferedReader:
    """`size` bytes of a file from `start` on, as a file of their own."""
    return BufferedReader(_Section(file, start, size))


def from_start(value: Any) -> BinaryIO | None:
    """An element's value, bytes or a section, from its beginning; None of one that has no bytes."""
    if isinstance(value, bytes):
        return BytesIO(value) if value else None
    if not isinstance(value, BufferedReader):
        return None
    value.seek(0)
    return cast("BinaryIO", value)


def size(file: BinaryIO) -> int:
    """Bytes of an open file; it stands at its beginning then."""
    found = file.seek(0, 2)
    file.seek(0)
    return found
