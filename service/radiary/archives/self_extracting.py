"""Programs with an archive behind them, which unpack themselves where they run; here, they are not run but read."""

import re
from io import BufferedReader
from pathlib import Path
from typing import IO, BinaryIO

from radiary.archives import joined, signatures, zip_end

PROGRAM = b"MZ"
"""How a program begins."""
_BEGINNINGS = re.compile(re.escape(signatures.SEVEN_ZIP) + rb"\0|" + re.escape(signatures.RAR) + rb"[\0\1]")
"""How a 7z or RAR archive begins behind a program."""
_STUB = 1 << 20
"""Bytes within which the archive begins."""
_LONGEST_END = 22 + 65_535
"""Bytes of a zip's end record with its comment."""


def holds_zip(path: Path) -> bool:
    """Whether a zip stands behind something else, with its directory at the end of the file. Raises OSError."""
    with path.open("rb") as file:
        return _has_directory(file)


def is_zip(file: BinaryIO) -> bool:
    """Whether a file is a program with a zip behind it."""
    file.seek(0)
    return file.read(len(PROGRAM)) == PROGRAM and _has_directory(file)


def is_one(stream: IO[bytes]) -> bool:
    """Whether a program has an archive behind it, as far as one look from its beginning to its end can tell."""
    end = stream.read(_STUB)
    if not end.startswith(PROGRAM) or _BEGINNINGS.search(end):
        return end.startswith(PROGRAM)
    while chunk := stream.read(_STUB):
        end = (end + chunk)[-_LONGEST_END:]
    at = end.rfind(signatures.END)
    return at >= 0 and at + 22 + int.from_bytes(end[at + 20 : at + 22], "little") == len(end)


def archive(file: BinaryIO) -> BinaryIO:
    """The 7z or RAR archive behind a program; the file itself where there is none."""
    at = _behind(file)
    file.seek(0)
    return BufferedReader(joined.Joined([joined.piece(file, at)])) if at else file


def _behind(file: BinaryIO) -> int:
    file.seek(0)
    start = file.read(_STUB)
    beginning = _BEGINNINGS.search(start) if start.startswith(PROGRAM) else None
    return beginning.start() if beginning else 0


def _has_directory(file: BinaryIO) -> bool:
    place = zip_end.directory(file)
    if place is None or not place.length:
        return False
    file.seek(place.start)
    return file.read(len(signatures.DIRECTORY)) == signatures.DIRECTORY
