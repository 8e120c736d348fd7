"""A part of an open file as a file of its own: Pixel Data that is too large for memory is read from it piece by piece."""

from io import BufferedReader, BytesIO, RawIOBase
from typing import Any, BinaryIO, cast


class _Section(RawIOBase):
    """Reads `size` bytes of `file` from `start` on; it moves the position of `file`, which nobody else may rely on."""

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
        chunk = self._file.read(min(len(buffer), max(0, self._size - self._at)))
        buffer[: len(chunk)] = chunk
        self._at += len(chunk)
        return len(chunk)


class Slices:
    """The bytes of an open file, each slice read when it is asked for."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = size(file)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, wanted: slice) -> bytes:
        start, stop, _ = wanted.indices(self._size)
        self._file.seek(start)
        return self._file.read(max(0, stop - start))


def section(file: BinaryIO, start: int, size: int) -> BufferedReader:
    """`size` bytes of a file from `start` on, as a file of their own."""
    return BufferedReader(_Section(file, start, size))


def from_start(value: Any) -> BinaryIO | None:
    """An element's value, bytes or a section, as a file at its beginning; None for an empty value or one of another type."""
    if isinstance(value, bytes):
        return BytesIO(value) if value else None
    if not isinstance(value, BufferedReader):
        return None
    value.seek(0)
    return cast("BinaryIO", value)


def size(file: BinaryIO) -> int:
    """The length of an open file in bytes; leaves it at its beginning."""
    length = file.seek(0, 2)
    file.seek(0)
    return length
