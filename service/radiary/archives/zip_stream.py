"""A member of a zip that is packed by a method which `zipfile` does not know, as a file."""

import zlib
from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import Any, Protocol
from zipfile import BadZipFile


class Decompressor(Protocol):
    """Unpacks a stream piece by piece."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What so much of the stream unpacks to. Raises ValueError for a damaged one."""

    @property
    def eof(self) -> bool:
        """Whether the stream has come to its end."""


class MemberStream(RawIOBase):
    """A member of a zip, unpacked as it is read. Raises BadZipFile at its end if it is not what its CRC-32 says."""

    def __init__(self, packed: Iterable[bytes], decompressor: Decompressor, crc: int) -> None:
        self._pieces = self._unpacked(packed, decompressor)
        self._crc = crc
        self._left = b""

    def _unpacked(self, packed: Iterable[bytes], decompressor: Decompressor) -> Iterator[bytes]:
        checksum = 0
        for piece in packed:
            for unpacked in decompressor.pieces(piece):
                checksum = zlib.crc32(unpacked, checksum)
                yield unpacked
        if not decompressor.eof or checksum != self._crc:
            raise BadZipFile

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            following = next(self._pieces, None)
            if following is None:
                return 0
            self._left = following
        taken = self._left[: len(buffer)]
        buffer[: len(taken)] = taken
        self._left = self._left[len(taken) :]
        return len(taken)
