"""The end of a zip (APPNOTE 4.3.14 to 4.3.16), by which a whole one is known without reading its directory."""

import struct
from pathlib import Path
from typing import BinaryIO, NamedTuple

from radiary.archives import signatures

_RECORD = struct.Struct("<4s4H2LH")
"""Signature, disks and entries, size and offset of the central directory, length of the comment."""
_LOCATOR, _RECORD_64 = struct.Struct("<4sLQL"), struct.Struct("<4sQ2H2L4Q")
_LONGEST_COMMENT = 0xFFFF


def is_there(path: Path) -> bool:
    """Whether the file has the end of a whole zip. Raises OSError."""
    with path.open("rb") as file:
        return ends(file)


def ends(file: BinaryIO) -> bool:
    """Whether the central directory stands where the file's last bytes say, and belongs to the zip that begins the file.

    Without the latter, the end of a zip inside passes for the end of one that is cut.
    """
    size = file.seek(0, 2)
    start = max(0, size - _RECORD.size - _LONGEST_COMMENT)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(signatures.END)
    while at >= 0:
        if _ends_here(file, tail, at, start=start):
            return True
        at = tail.rfind(signatures.END, 0, at)
    return False


class Directory(NamedTuple):
    """Where a central directory begins, how long it is, and how much further back it stands than it says.

    `entries` it has; `disks` is how many files of a split set stand in front of this one; `end` is where the zip ends.
    """

    start: int
    length: int
    shift: int
    entries: int
    disks: int
    end: int


def directory(file: BinaryIO) -> Directory | None:
    """The central directory right in front of the last end record; None without one."""
    size = file.seek(0, 2)
    start = max(0, size - _RECORD.size - _LONGEST_COMMENT)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(signatures.END)
    if at < 0 or len(tail) < at + _RECORD.size:
        return None
    _, disks, _, _, entries, length, offset, comment = _RECORD.unpack_from(tail, at)
    end = start + at
    whole = end + _RECORD.size + comment
    record = tail[max(0, at - _LOCATOR.size - _RECORD_64.size) :][: _RECORD_64.size]
    if len(record) == _RECORD_64.size and record.startswith(signatures.END_64):
        *_, disks, _, _, entries, length, offset = _RECORD_64.unpack(record)
        end -= _LOCATOR.size + _RECORD_64.size
    return Directory(end - length, length, end - length - offset, entries, disks, end=whole) if length <= end else None


def _ends_here(file: BinaryIO, tail: bytes, at: int, *, start: int) -> bool:
    """Whether the record at `at` of the tail, which begins at `start` of the file, is the end of the whole file."""
    if len(tail) < at + _RECORD.size:
        return False
    *_, entries, length, offset, comment = _RECORD.unpack_from(tail, at)
    end = start + at
    if at + _RECORD.size + comment > len(tail):
        return False
    located = tail[max(0, at - _LOCATOR.size) : at]
    if len(located) == _LOCATOR.size and located.startswith(signatures.LOCATOR_64):
        end = _LOCATOR.unpack(located)[2]
        if end > start + at:
            return False
        file.seek(end)
        record = file.read(_RECORD_64.size)
        if len(record) < _RECORD_64.size or not record.startswith(signatures.END_64):
            return False
        *_, entries, length, offset = _RECORD_64.unpack(record)
    if offset + length != end:
        return False
    file.seek(offset)
    return entries == 0 or file.read(len(signatures.DIRECTORY)) == signatures.DIRECTORY
