"""PPMd var. I rev. 1 (APPNOTE 5.10, method 98), by pyppmd (LGPL), which comes with the extra `radiary[archives]`."""

import importlib
import struct
from collections.abc import Iterator
from typing import Any

METHOD = 98
_PIECE = 1 << 20


class Decompressor:
    """Unpacks a member of so many bytes: the stream does not say where it ends. Raises NotImplementedError without pyppmd."""

    def __init__(self, size: int) -> None:
        try:
            self._library = importlib.import_module("pyppmd")
        except ModuleNotFoundError:
            raise NotImplementedError from None
        self._left = size
        self._start = b""
        self._decoder: Any = None

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What so much of the stream unpacks to. Raises ValueError for a damaged one."""
        if self._decoder is None:
            self._start += data
            if len(self._start) < 2:
                return
            (parameters,) = struct.unpack_from("<H", self._start)
            order, megabytes, restoration = (parameters & 15) + 1, (parameters >> 4 & 255) + 1, parameters >> 12
            self._decoder = self._library.Ppmd8Decoder(order, megabytes << 20, restoration)
            data = self._start[2:]
        while self._left and (piece := bytes(self._decoder.decode(data, min(self._left, _PIECE)))):
            self._left -= len(piece)
            data = b""
            yield piece
            if self._decoder.needs_input:
                return

    @property
    def eof(self) -> bool:
        """Whether all of the member has come."""
        return self._left == 0
