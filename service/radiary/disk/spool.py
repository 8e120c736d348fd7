"""A private file without a name, in memory as long as it is small; a full disk is told as one."""

from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from radiary.disk.library import on_disk

_IN_MEMORY = 32 << 20
"""Bytes."""


class Spool:
    """Written from front to end, then read. It is gone when nobody holds it any more, or its process dies."""

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY, dir=str(folder))  # noqa: SIM115 - `close` closes it

    def write(self, data: Any) -> int:
        """Append. Raises NotNow."""
        with on_disk():
            return self._file.write(data)

    def seek(self, offset: int) -> int:
        """Go to a place."""
        return self._file.seek(offset)

    def close(self) -> None:
        """Let go of it."""
        self._file.close()

    def read(self, size: int) -> bytes:
        """The next bytes."""
        return self._file.read(size)
