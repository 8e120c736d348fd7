"""A private file without a name, in memory as long as it is small; a full disk is told as one."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from radiary.files.disk_errors import on_disk
from radiary.model.nouns import Piece

IN_MEMORY = 32 << 20
"""Bytes of a file above which it is not kept in memory, here and wherever members are read."""
_CHUNK = 1 << 20
"""Bytes that are read at once."""


class Spool:
    """Written from front to end, then read once. It is gone when nobody holds it any more, or its process dies.

    Pieces that are still in memory are kept as they are, not copied: nobody may change them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pieces: list[Piece] = []
        self._size = 0
        self._file: IO[bytes] | None = None

    def write(self, piece: Piece) -> None:
        """Append. Raises NotNow."""
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > IN_MEMORY:
            with on_disk():
                self._file = self._file or TemporaryFile(dir=self._folder)  # noqa: SIM115 - `close` closes it
                self._file.writelines(self._pieces)
            self._pieces.clear()

    def pieces(self) -> Iterator[Piece]:
        """Everything, in its order."""
        if self._file is not None:
            with on_disk():
                self._file.seek(0)
            while chunk := self._file.read(_CHUNK):
                yield chunk
        yield from self._pieces

    def close(self) -> None:
        """Let go of it."""
        if self._file is not None:
            with contextlib.suppress(OSError):  # of a full disk, which was told already
                self._file.close()
