"""The members of a zip by the local headers in front of them, from the front (APPNOTE 4.3.7): for one without a directory."""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import SEEK_END
from typing import BinaryIO

from radiary.archives import signatures

_LOCAL = struct.Struct("<4s5H3L2H")
"""Signature, version, flags, method, time, date, CRC-32, packed size, size, lengths of name and extra field."""
_ENDS = (signatures.DIRECTORY, signatures.END, signatures.END_64, signatures.EXTRA_DATA)
_BEHIND, _LOCKED = 8, 1
"""Flags: sizes stand behind the member; it is locked."""
LARGEST = 0xFFFFFFFF
ZIP64 = 1
"""The extra field that holds what does not fit into 32 bits."""
_LONGEST_DESCRIPTOR = 24
_CHUNK, _SEARCHED = 1 << 20, 1 << 16
"""Bytes that are unpacked at once, and those that are searched at once."""
_MOST_MEMBERS = 1 << 20
_RATIO, _FREE = 20, 1 << 30
"""Bytes that are read and unpacked on the way: so many for each of the file, and so many anyway."""


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
    return _Walking(file).through()


def fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """The extra fields of a member, and the number of each."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<2H", extra)
        yield kind, extra[4 : 4 + length]
        extra = extra[4 + length :]


class _Walking:
    """One walk through a file; one that takes far more work than an honest one finds nothing more."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, SEEK_END)
        self._left = _FREE + _RATIO * self._size

    def through(self) -> Walk:
        walk, has_ended = Walk(), False
        at = self._following(0, signatures.LOCAL)
        while at is not None and at < self._size and len(walk.entries) < _MOST_MEMBERS:
            self._file.seek(at)
            signature = self._file.read(4)
            entry = self._entry(at) if signature == signatures.LOCAL else None
            if signature in _ENDS:
                at, has_ended = self._following(at + 1, signatures.LOCAL), True
            elif entry is not None and entry.start + entry.packed <= self._size:
                walk.entries.append(entry)
                at, has_ended = self._behind(entry), False
            elif entry is not None or self._size - at < _LOCAL.size:
                walk.is_cut, walk.cut = not has_ended, entry
                return walk
            else:
                at = self._following(at + 1, signatures.LOCAL, *_ENDS)
        walk.is_cut = at is None and not has_ended
        return walk

    def _entry(self, at: int) -> Entry | None:
        """The member whose local header stands at `at`; None where none does. One that is cut reaches beyond the file's end."""
        self._file.seek(at)
        header = self._file.read(_LOCAL.size)
        if len(header) < _LOCAL.size:
            return None
        _, _, flags, method, _, _, crc, packed, unpacked, name_length, extra_length = _LOCAL.unpack(header)
        name, extra = self._file.read(name_length), self._file.read(extra_length)
        start = at + _LOCAL.size + name_length + extra_length
        if LARGEST in {packed, unpacked}:
            packed, unpacked = _large(extra, packed, unpacked)
        if flags & _BEHIND and not packed:
            crc, packed, unpacked = self._measured(start, method, flags) or (0, self._up_to_the_next(start), 0)
        return Entry(name, flags, method=method, crc=crc, packed=packed, size=unpacked, extra=extra, at=at, start=start)

    def _measured(self, start: int, method: int, flags: int) -> tuple[int, int, int] | None:
        """CRC-32, packed and unpacked size of a member that does not say them in front; None of one that is cut."""
        if method == zlib.DEFLATED and not flags & _LOCKED:
            return self._inflated(start)
        following = start
        while (at := self._following(following, signatures.DESCRIPTOR)) is not None:
            self._file.seek(at)
            record = self._file.read(_LONGEST_DESCRIPTOR)
            for form in ("<4x3L", "<4xL2Q"):
                if len(record) >= struct.calcsize(form):
                    crc, packed, size = struct.unpack_from(form, record)
                    if packed == at - start:
                        return crc, packed, size
            following = at + 1
        return None

    def _up_to_the_next(self, start: int) -> int:
        """How far it is to the next header: what a damaged member takes; beyond the file's end where none follows."""
        following = self._following(start, signatures.LOCAL, *_ENDS)
        return self._size if following is None else following - start

    def _inflated(self, start: int) -> tuple[int, int, int] | None:
        """A deflated stream says itself where it ends; what stands behind it is compared when it is read."""
        self._file.seek(start)
        stream, crc, packed, size = zlib.decompressobj(-15), 0, 0, 0
        data = b""
        try:
            while not stream.eof:
                data = data or self._file.read(_CHUNK)
                if not data or self._left < 0:
                    return None
                unpacked = stream.decompress(data, _CHUNK)
                crc, size = zlib.crc32(unpacked, crc), size + len(unpacked)
                left = stream.unused_data if stream.eof else stream.unconsumed_tail
                packed += len(data) - len(left)
                self._left -= len(unpacked)
                data = left
        except zlib.error:
            return None
        return self._described(start + packed) or crc, packed, size

    def _described(self, at: int) -> int | None:
        """The CRC-32 that the descriptor behind a member's bytes claims."""
        self._file.seek(at)
        record = self._file.read(8)
        return int.from_bytes(record[4:8], "little") if record.startswith(signatures.DESCRIPTOR) else None

    def _behind(self, entry: Entry) -> int:
        """Where the next header is to be expected: behind a member's bytes, and the descriptor that may follow them."""
        at = entry.start + entry.packed
        if not entry.flags & _BEHIND:
            return at
        self._file.seek(at)
        rest = self._file.read(_LONGEST_DESCRIPTOR + 4)
        following = re.search(b"PK[\1\3\5\6]", rest)
        if following is None:
            return at + len(rest) if len(rest) <= _LONGEST_DESCRIPTOR else at
        return at + following.start()

    def _following(self, at: int, *signatures: bytes) -> int | None:
        """Where the first of these signatures stands, from `at` on."""
        wanted = re.compile(b"|".join(re.escape(one) for one in signatures))
        self._file.seek(at)
        before = b""
        while self._left > 0 and (chunk := self._file.read(_SEARCHED)):
            self._left -= len(chunk)
            head = wanted.search(before + chunk)
            if head:
                return at - len(before) + head.start()
            at += len(chunk)
            before = (before + chunk)[-3:]
        return None


def _large(extra: bytes, packed: int, unpacked: int) -> tuple[int, int]:
    """Sizes out of the extra field where they do not fit into the header: unpacked first (APPNOTE 4.5.3)."""
    for kind, data in fields(extra):
        if kind == ZIP64 and len(data) >= 16:
            unpacked, packed = struct.unpack_from("<2Q", data)
    return packed, unpacked
