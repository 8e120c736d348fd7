"""Pieces of files and bytes, one behind another, read as one file: the parts of a split set, a zip with a mended directory."""

import io
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, BinaryIO, NamedTuple


class Piece(NamedTuple):
    """`size` bytes of a file from `start` on; `place` is the file's own number (its descriptor), where it has one."""

    file: BinaryIO
    start: int
    size: int


def piece(file: BinaryIO, start: int = 0, end: int | None = None) -> Piece:
    """The piece of a file between two places; to its end without the second."""
    return Piece(file, start, (file.seek(0, io.SEEK_END) if end is None else end) - start)


def of_bytes(data: bytes) -> Piece:
    """Bytes as a piece."""
    return Piece(io.BytesIO(data), 0, len(data))


class Joined(io.RawIOBase):
    """The pieces as one file. Theirs stay open when it is closed."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self._ends = list(accumulate(one.size for one in pieces))
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._ends[-1]}[whence]
        if start + offset < 0:
            raise ValueError
        self._at = start + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        number = bisect_right(self._ends, self._at)
        if number == len(self.pieces):
            return 0
        piece = self.pieces[number]
        within = self._at - (self._ends[number] - piece.size)
        piece.file.seek(piece.start + within)
        data = piece.file.read(min(len(buffer), piece.size - within))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
