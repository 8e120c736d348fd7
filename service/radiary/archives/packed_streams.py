"""What bzip2 or xz packed, stream behind stream. Unlike the standard library's readers, this one says whether more follows."""

from collections.abc import Callable
from io import BufferedReader, RawIOBase
from typing import IO, Any, BinaryIO

_CHUNK = 1 << 16


def opened(file: BinaryIO, decompressor: Callable[[], Any], magic: bytes) -> BufferedReader:
    """The streams that a file holds, each of which begins with `magic`, unpacked one behind another."""
    return BufferedReader(_Streams(file, decompressor, magic))


def is_followed(stream: IO[bytes]) -> bool:
    """Whether something else than noughts stands behind the last stream of one that was read to its end."""
    raw = getattr(stream, "raw", None)
    return isinstance(raw, _Streams) and raw.is_followed


class _Streams(RawIOBase):
    def __init__(self, file: BinaryIO, decompressor: Callable[[], Any], magic: bytes) -> None:
        self._file, self._new, self._magic = file, decompressor, magic
        self.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, _whence: int = 0) -> int:
        """To the beginning, and nowhere else."""
        self._file.seek(offset)
        self._decompressor = self._new()
        self.is_followed = False
        return offset

    def readinto(self, buffer: Any) -> int:
        data = b""
        while not data:
            packed = self._file.read(_CHUNK) if self._decompressor.needs_input else b""
            if self._decompressor.eof:
                packed = self._following()
                if not packed:
                    return 0
                self._decompressor = self._new()
            elif self._decompressor.needs_input and not packed:
                raise EOFError
            data = self._decompressor.decompress(packed, len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _following(self) -> bytes:
        """The beginning of the next stream, behind noughts; nothing where none follows."""
        packed = b""
        left = self._decompressor.unused_data
        while not packed and (left := left or self._file.read(_CHUNK)):
            packed, left = left.lstrip(b"\0"), b""
        packed += self._file.read(_CHUNK) if 0 < len(packed) < len(self._magic) else b""
        self.is_followed = bool(packed) and not packed.startswith(self._magic)
        return b"" if self.is_followed else packed
