"""Deflate64, which Windows packs zips of more than 2 GB with: deflate with a longer window (APPNOTE 4.4.5, method 9)."""

import zlib
from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import Any
from zipfile import BadZipFile

import inflate64

METHOD = 9


class Decompressor:
    """What the standard library calls a decompressor object, for readers of zips that want one."""

    def __init__(self) -> None:
        self._inflater = inflate64.Inflater()

    def decompress(self, data: bytes) -> bytes:
        """What so much of the stream unpacks to. Raises ValueError for a damaged one."""
        return bytes(self._inflater.inflate(data))

    @property
    def eof(self) -> bool:
        """Whether the stream has come to its end."""
        return bool(self._inflater.eof)


class Member(RawIOBase):
    """A member of a zip, unpacked as it is read. Raises BadZipFile at its end if it is not what its CRC-32 says."""

    def __init__(self, packed: Iterable[bytes], crc: int) -> None:
        self._pieces = self._unpacked(packed)
        self._crc = crc
        self._left = b""

    def _unpacked(self, packed: Iterable[bytes]) -> Iterator[bytes]:
        inflater, checksum = Decompressor(), 0
        for piece in packed:
            unpacked = inflater.decompress(piece)
            checksum = zlib.crc32(unpacked, checksum)
            yield unpacked
        if not inflater.eof or checksum != self._crc:
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
