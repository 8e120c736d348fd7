"""A zip whose directory is missing, damaged, shifted, or says what readers stumble over: mended for reading, in memory."""

import struct
from io import SEEK_END, BufferedReader
from typing import BinaryIO

from radiary.archives import joined, signatures, zip_end, zip_walk
from radiary.archives.zip_walk import LARGEST, ZIP64, Entry, Walk

_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64, _LOCATOR_64 = struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")
_UTF_8 = 0x800
"""The flag of a name that is UTF-8."""
_VERSION = 45
"""The version of the format that a reader must know, as far as it matters here."""


def has_all(file: BinaryIO, walk: Walk) -> bool:
    """Whether as many members were found as the directory has entries."""
    place = zip_end.directory(file)
    return place is not None and place.entries == len(walk.entries)


def is_anothers(file: BinaryIO) -> bool:
    """Whether a zip's last directory does not say where members lie in this file: it is shifted, and yet not by a program.

    It is that of a zip inside it, or behind it; or it counts from the beginning of each file of a split set.
    """
    place = zip_end.directory(file)
    file.seek(0)
    return place is not None and place.shift != 0 and (place.disks > 0 or file.read(4) == signatures.LOCAL)


def readable(file: BinaryIO) -> BinaryIO:
    """The file with nothing in its directory that readers stumble over: names that are no UTF-8, versions that are to come."""
    place = zip_end.directory(file)
    if place is None:
        return file
    start, length = place.start, place.length
    file.seek(start)
    directory, at = bytearray(file.read(length)), 0
    while len(directory) - at >= _CENTRAL.size and directory[at : at + 4] == signatures.DIRECTORY:
        _, _, version, flags, *_ = _CENTRAL.unpack_from(directory, at)
        lengths = struct.unpack_from("<3H", directory, at + 28)
        name = bytes(directory[at + _CENTRAL.size : at + _CENTRAL.size + lengths[0]])
        plain = flags & ~_UTF_8 if flags & _UTF_8 and not _is_utf_8(name) else flags
        struct.pack_into("<2H", directory, at + 6, min(version, _VERSION), plain)
        at += _CENTRAL.size + sum(lengths)
    pieces = [joined.piece(file, 0, start), joined.of_bytes(bytes(directory)), joined.piece(file, start + length)]
    return BufferedReader(joined.Joined(pieces))


def _is_utf_8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


def mended(file: BinaryIO, entries: list[Entry]) -> BinaryIO:
    """The file with a directory of these entries at its end."""
    size = file.seek(0, SEEK_END)
    directory = b"".join(_record(entry) for entry in entries)
    end_64 = _END_64.pack(signatures.END_64, 44, 45, 45, 0, 0, len(entries), len(entries), len(directory), size)
    locator = _LOCATOR_64.pack(signatures.LOCATOR_64, 0, size + len(directory), 1)
    end = _END.pack(signatures.END, 0, 0, 0xFFFF, 0xFFFF, LARGEST, LARGEST, 0)
    tail = joined.of_bytes(directory + end_64 + locator + end)
    return BufferedReader(joined.Joined([joined.piece(file), tail]))


def _record(entry: Entry) -> bytes:
    """An entry of the directory, in which nothing is left that readers stumble over."""
    numbers = (entry.size, entry.packed, entry.at)
    large = b"".join(struct.pack("<Q", one) for one in numbers if one >= LARGEST)
    extra = (struct.pack("<2H", ZIP64, len(large)) + large if large else b"") + _without_zip64(entry.extra)
    size, packed, at = (min(one, LARGEST) for one in numbers)
    name = entry.name or b"?"
    flags = entry.flags & ~_UTF_8
    sizes = entry.crc, packed, size, len(name), len(extra)
    fixed = (signatures.DIRECTORY, 20, 20, flags, entry.method, 0, 33, *sizes, 0, 0, 0, 0, at)
    return _CENTRAL.pack(*fixed) + name + extra


def _without_zip64(extra: bytes) -> bytes:
    fields = zip_walk.fields(extra)
    return b"".join(struct.pack("<2H", kind, len(data)) + data for kind, data in fields if kind != ZIP64)
