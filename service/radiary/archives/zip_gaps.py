"""Bytes of a zip that its directory says nothing of: a member that it does not list, another archive behind it."""

from io import SEEK_END
from typing import Any, BinaryIO

from radiary.archives import self_extracting, signatures, zip_end, zip_reading

_LONGEST_DESCRIPTOR = 24
"""Bytes that may stand behind a member and tell of it (APPNOTE 4.3.9)."""
_CHUNK = 1 << 20


def are_there(archive: Any, file: BinaryIO) -> bool:
    """Whether something that nobody reads, and that is not all noughts, stands among the members or behind the zip.

    What stands in front of the first one is no member, unless it begins as one; behind a program it is a signature.
    """
    place = zip_end.directory(file)
    if place is None:
        return False
    known = sorted((one.header_offset, _end(archive, one)) for one in archive.infolist())
    size = file.seek(0, SEEK_END)
    file.seek(0)
    start = file.read(len(signatures.LOCAL))
    if start == signatures.LOCAL:
        known.insert(0, (0, 0))
    if not start.startswith(self_extracting.PROGRAM):
        known += [(place.start, place.end), (size, size)]
    read_to = known[0][1] if known else size
    for begin, end in known[1:]:
        if _holds_something(file, read_to, min(begin, size)):
            return True
        read_to = max(read_to, end)
    return False


def _end(archive: Any, member: Any) -> int:
    start = zip_reading.start(archive, member)
    return int(member.compress_size) + (member.header_offset if start is None else start)


def _holds_something(file: BinaryIO, start: int, end: int) -> bool:
    if end - start <= _LONGEST_DESCRIPTOR:
        return False
    file.seek(start)
    return any(any(file.read(min(_CHUNK, end - at))) for at in range(start, end, _CHUNK))
