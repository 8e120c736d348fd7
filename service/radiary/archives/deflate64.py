"""Deflate64, which Windows packs zips of more than 2 GB with: deflate with a longer window (APPNOTE 4.4.5, method 9)."""

from collections.abc import Iterator

import inflate64

METHOD = 9


class Decompressor:
    """What the standard library calls a decompressor object, for readers of zips that want one."""

    def __init__(self) -> None:
        self._inflater = inflate64.Inflater()

    def decompress(self, data: bytes) -> bytes:
        """What so much of the stream unpacks to. Raises ValueError for a damaged one."""
        return bytes(self._inflater.inflate(data))

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """The same, as one piece."""
        yield self.decompress(data)

    @property
    def eof(self) -> bool:
        """Whether the stream has come to its end."""
        return bool(self._inflater.eof)
