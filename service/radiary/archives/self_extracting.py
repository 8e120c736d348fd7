"""Programs with an archive behind them, which unpack themselves where they run; here, they are not run but read."""

from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from radiary.archives import joined, zip_end

_PROGRAM, _SEVEN_ZIP, _DIRECTORY = b"MZ", b"7z\xbc\xaf\x27\x1c\0", b"PK\1\2"
_STUB = 1 << 20
"""Bytes within which the archive begins."""


def holds_zip(path: Path) -> bool:
    """Whether a zip stands behind something else, with its directory at the end of the file. Raises OSError."""
    with path.open("rb") as file:
        place = zip_end.directory(file)
        if place is None or not place.length:
            return False
        file.seek(place.start)
        return file.read(len(_DIRECTORY)) == _DIRECTORY


def holds_7z(path: Path) -> bool:
    """Whether a 7z archive stands behind a program. Raises OSError."""
    with path.open("rb") as file:
        return _behind(file) > 0


def archive(file: BinaryIO) -> BinaryIO:
    """The 7z archive behind a program; the file itself where there is none."""
    at = _behind(file)
    file.seek(0)
    return BufferedReader(joined.Joined([joined.of(file, at)])) if at else file


def _behind(file: BinaryIO) -> int:
    file.seek(0)
    start = file.read(_STUB)
    return max(0, start.find(_SEVEN_ZIP)) if start.startswith(_PROGRAM) else 0
