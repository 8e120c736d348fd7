"""A zip whose directory is missing, damaged, shifted, or says what readers stumble over: mended for reading, in memory.

Members are found by the local headers in front of them, from the front (APPNOTE 4.3.7), and a directory is made of these.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import SEEK_END, BufferedReader
from typing import BinaryIO

from radiary.archives import joined, zip_end

_LOCAL = struct.Struct("<4s5H3L2H")
"""Signature, version, flags, method, time, date, CRC-32, packed size, size, lengths of name and extra field."""
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64, _LOCATOR_64 = struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")
_HEADER, _DIRECTORY, _DESCRIPTOR = b"PK\3\4", b"PK\1\2", b"PK\7\x08"
_ENDS = (_DIRECTORY, b"PK\5\6", b"PK\6\6", b"PK\6\x08")
_UTF_8, _BEHIND, _LOCKED = 0x800, 8, 1
"""Flags: the name is UTF-8; sizes stand behind the member; it is locked."""
_VERSION = 45
"""The version of the format that a reader must know, as far as it matters here."""
_LARGEST = 0xFFFFFFFF
_ZIP64 = 1
"""The extra field that holds what does not fit into 32 bits."""
_LONGEST_DESCRIPTOR = 24
_CHUNK = 1 << 20
_MOST_MEMBERS = 1 << 20


@dataclass(frozen=True)
class Entry:
    """A member as its local header tells of it; `start` is where its bytes begin, `at` where its header does."""

    name: bytes = field(repr=False)
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    extra: bytes = field(repr=False)
    at: int
    start: int


@dataclass
class Walk:
    """What was found from the front. `is_cut`: the file ends within a member, which is `cut` if its header is there."""

    entries: list[Entry] = field(default_factory=list)
    is_cut: bool = False
    cut: Entry | None = None


def walked(file: BinaryIO) -> Walk:
    """Every member that is there whole, as far as its length can be known; of several zips in a row, those of all."""
    walk, size = Walk(), file.seek(0, SEEK_END)
    at, has_ended = _following(file, 0, _HEADER), False
    while at is not None and at < size and len(walk.entries) < _MOST_MEMBERS:
        file.seek(at)
        signature = file.read(4)
        entry = _entry(file, at, size) if signature == _HEADER else None
        if signature in _ENDS:
            at, has_ended = _following(file, at + 1, _HEADER), True
        elif entry is not None and entry.start + entry.packed <= size:
            walk.entries.append(entry)
            at, has_ended = _behind(file, entry), False
        elif entry is not None or size - at < _LOCAL.size:
            walk.is_cut, walk.cut = not has_ended, entry
            return walk
        else:
            at = _following(file, at + 1, _HEADER, *_ENDS)
    walk.is_cut = at is None and not has_ended
    return walk


def has_all(file: BinaryIO, walk: Walk) -> bool:
    """Whether as many members were found as the directory has entries."""
    place = zip_end.directory(file)
    return place is not None and place.entries == len(walk.entries)


def is_anothers(file: BinaryIO) -> bool:
    """Whether the directory at a zip's end is that of a zip inside it, or behind it: it is shifted, and yet not by a program."""
    place = zip_end.directory(file)
    file.seek(0)
    return place is not None and place.shift != 0 and file.read(4) == _HEADER


def readable(file: BinaryIO) -> BinaryIO:
    """The file with nothing in its directory that readers stumble over: names that are no UTF-8, versions that are to come."""
    place = zip_end.directory(file)
    if place is None:
        return file
    start, length = place.start, place.length
    file.seek(start)
    directory, at = bytearray(file.read(length)), 0
    while len(directory) - at >= _CENTRAL.size and directory[at : at + 4] == _DIRECTORY:
        _, _, version, flags, *_ = _CENTRAL.unpack_from(directory, at)
        lengths = struct.unpack_from("<3H", directory, at + 28)
        name = bytes(directory[at + _CENTRAL.size : at + _CENTRAL.size + lengths[0]])
        plain = flags & ~_UTF_8 if flags & _UTF_8 and not _is_utf_8(name) else flags
        struct.pack_into("<2H", directory, at + 6, min(version, _VERSION), plain)
        at += _CENTRAL.size + sum(lengths)
    pieces = [joined.of(file, 0, start), joined.of_bytes(bytes(directory)), joined.of(file, start + length)]
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
    end_64 = _END_64.pack(b"PK\6\6", 44, 45, 45, 0, 0, len(entries), len(entries), len(directory), size)
    locator = _LOCATOR_64.pack(b"PK\6\7", 0, size + len(directory), 1)
    end = _END.pack(b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, _LARGEST, _LARGEST, 0)
    tail = joined.of_bytes(directory + end_64 + locator + end)
    return BufferedReader(joined.Joined([joined.of(file), tail]))


def _record(entry: Entry) -> bytes:
    """An entry of the directory, in which nothing is left that readers stumble over."""
    numbers = (entry.size, entry.packed, entry.at)
    large = b"".join(struct.pack("<Q", one) for one in numbers if one >= _LARGEST)
    extra = (struct.pack("<2H", _ZIP64, len(large)) + large if large else b"") + _without_zip64(entry.extra)
    size, packed, at = (min(one, _LARGEST) for one in numbers)
    name = entry.name or b"?"
    flags = entry.flags & ~_UTF_8
    fixed = (_DIRECTORY, 20, 20, flags, entry.method, 0, 33, entry.crc, packed, size, len(name), len(extra), 0, 0, 0, 0, at)
    return _CENTRAL.pack(*fixed) + name + extra


def _entry(file: BinaryIO, at: int, size: int) -> Entry | None:
    """The member whose local header stands at `at`; None where none does. One that is cut reaches beyond the file's end."""
    file.seek(at)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size:
        return None
    _, _, flags, method, _, _, crc, packed, unpacked, name_length, extra_length = _LOCAL.unpack(header)
    name, extra = file.read(name_length), file.read(extra_length)
    start = at + _LOCAL.size + name_length + extra_length
    if _LARGEST in {packed, unpacked}:
        packed, unpacked = _large(extra, packed, unpacked)
    if flags & _BEHIND and not packed:
        crc, packed, unpacked = _measured(file, start, method, flags) or (0, _up_to_the_next(file, start, size), 0)
    return Entry(name, flags, method, crc, packed, unpacked, extra, at, start)


def _large(extra: bytes, packed: int, unpacked: int) -> tuple[int, int]:
    """Sizes out of the extra field where they do not fit into the header: unpacked first (APPNOTE 4.5.3)."""
    for kind, data in _fields(extra):
        if kind == _ZIP64 and len(data) >= 16:
            unpacked, packed = struct.unpack_from("<2Q", data)
    return packed, unpacked


def _fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<2H", extra)
        yield kind, extra[4 : 4 + length]
        extra = extra[4 + length :]


def _without_zip64(extra: bytes) -> bytes:
    return b"".join(struct.pack("<2H", kind, len(data)) + data for kind, data in _fields(extra) if kind != _ZIP64)


def _measured(file: BinaryIO, start: int, method: int, flags: int) -> tuple[int, int, int] | None:
    """CRC-32, packed and unpacked size of a member that does not say them in front; None of one that is cut."""
    if method == zlib.DEFLATED and not flags & _LOCKED:
        return _inflated(file, start)
    following = start
    while (at := _following(file, following, _DESCRIPTOR)) is not None:
        file.seek(at)
        record = file.read(24)
        for form in ("<4x3L", "<4xL2Q"):
            if len(record) >= struct.calcsize(form):
                crc, packed, size = struct.unpack_from(form, record)
                if packed == at - start:
                    return crc, packed, size
        following = at + 1
    return None


def _up_to_the_next(file: BinaryIO, start: int, size: int) -> int:
    """How far it is to the next header: what a damaged member takes; beyond the file's end where none follows."""
    following = _following(file, start, _HEADER, *_ENDS)
    return size if following is None else following - start


def _inflated(file: BinaryIO, start: int) -> tuple[int, int, int] | None:
    """A deflated stream says itself where it ends; what stands behind it is compared when it is read."""
    file.seek(start)
    stream, crc, packed, size = zlib.decompressobj(-15), 0, 0, 0
    data = b""
    try:
        while not stream.eof:
            data = data or file.read(_CHUNK)
            if not data:
                return None
            unpacked = stream.decompress(data, _CHUNK)
            crc, size = zlib.crc32(unpacked, crc), size + len(unpacked)
            left = stream.unused_data if stream.eof else stream.unconsumed_tail
            packed += len(data) - len(left)
            data = left
    except zlib.error:
        return None
    return _described(file, start + packed) or crc, packed, size


def _described(file: BinaryIO, at: int) -> int | None:
    """The CRC-32 that the descriptor behind a member's bytes claims."""
    file.seek(at)
    record = file.read(8)
    return int.from_bytes(record[4:8], "little") if record.startswith(_DESCRIPTOR) else None


def _behind(file: BinaryIO, entry: Entry) -> int:
    """Where the next header is to be expected: behind a member's bytes, and the descriptor that may follow them."""
    at = entry.start + entry.packed
    if not entry.flags & _BEHIND:
        return at
    file.seek(at)
    rest = file.read(_LONGEST_DESCRIPTOR + 4)
    following = re.search(b"PK[\1\3\5\6]", rest)
    if following is None:
        return at + len(rest) if len(rest) <= _LONGEST_DESCRIPTOR else at
    return at + following.start()


def _following(file: BinaryIO, at: int, *signatures: bytes) -> int | None:
    """Where the first of these signatures stands, from `at` on."""
    wanted = re.compile(b"|".join(re.escape(one) for one in signatures))
    file.seek(at)
    before = b""
    while chunk := file.read(_CHUNK):
        found = wanted.search(before + chunk)
        if found:
            return at - len(before) + found.start()
        at += len(chunk)
        before = (before + chunk)[-3:]
    return None
