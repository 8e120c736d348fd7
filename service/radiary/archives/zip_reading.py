"""The bytes of one member of an open zip: from front to end, all at once, or its beginning."""

import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from io import BufferedReader
from typing import IO, Any

from radiary.archives import deflate64, ppmd, signatures, zip_stream
from radiary.archives.spool import IN_MEMORY
from radiary.files import deflate

_CHUNK = 1 << 16
HEADROOM = 512
"""Bytes in which a deflated beginning says how it is coded."""
_LOCAL = struct.Struct("<26xHH")
"""A local file header up to the lengths of its name and its extra field (APPNOTE 4.3.7)."""
_OWN_METHODS: dict[int, Callable[[int], zip_stream.Decompressor]] = {
    deflate64.METHOD: lambda _size: deflate64.Decompressor(),
    ppmd.METHOD: ppmd.Decompressor,
}
"""Methods that `zipfile` does not know, for a member of so many bytes."""
FARTHEST = 1 << 48
"""No file has a byte there."""


def member_opened(archive: Any, member: Any) -> IO[bytes]:
    """A member, to be read from its beginning to its end. Raises NotImplementedError for a method that nobody here knows."""
    if member.compress_type not in _OWN_METHODS or member.flag_bits & 1:
        stream: IO[bytes] = archive.open(member)
        return stream
    place = start(archive, member)
    if place is None:
        raise zipfile.BadZipFile
    decompressor = _OWN_METHODS[member.compress_type](member.file_size)
    return BufferedReader(zip_stream.MemberStream(_pieces(archive, place, member.compress_size), decompressor, member.CRC))


def inflated(archive: Any, member: Any) -> bytes | None:
    """An unlocked member's bytes at once, in half the time; None where the usual way has to say what is wrong."""
    packed = _packed(archive, member, member.compress_size) if member.file_size <= IN_MEMORY else None
    if packed is None or member.compress_type == zipfile.ZIP_DEFLATED:
        return deflate.unpacked(packed, member.file_size, member.CRC) if packed is not None else None
    return packed if len(packed) == member.file_size and deflate.checksum(packed) == member.CRC else None


def beginning(archive: Any, member: Any, size: int) -> bytes | None:
    """The first `size` bytes of an unlocked member; None of a shorter one, and where the usual way has to say why."""
    packed = _packed(archive, member, min(member.compress_size, size + HEADROOM)) or b""
    first = deflate.beginning(packed, size) if member.compress_type == zipfile.ZIP_DEFLATED else packed[:size]
    return first if len(first) == size else None


def _packed(archive: Any, member: Any, size: int) -> bytes | None:
    """The first bytes of a deflated or stored, unlocked member as they lie there."""
    if member.compress_type not in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED) or member.flag_bits & 1:
        return None
    place = start(archive, member)
    return _bytes_at(archive, place, size) if place is not None else None


def start(archive: Any, member: Any) -> int | None:
    """Where a member's packed bytes begin; None where no local header stands."""
    try:
        header = _bytes_at(archive, member.header_offset, _LOCAL.size)
        *_, name, extra = _LOCAL.unpack(header)
    except (AttributeError, ValueError, OverflowError, struct.error):
        return None
    return int(member.header_offset) + _LOCAL.size + name + extra if header.startswith(signatures.LOCAL) else None


def _bytes_at(archive: Any, at: int, size: int) -> bytes:
    """Bytes of the file itself; of one that is joined of pieces, through these. None where no file has any."""
    if not 0 <= at < FARTHEST:
        return b""
    if not isinstance(archive.fp, BufferedReader) or not hasattr(archive.fp.raw, "pieces"):
        return os.pread(archive.fp.fileno(), size, at)
    archive.fp.seek(at)
    data: bytes = archive.fp.read(size)
    return data


def _pieces(archive: Any, first: int, size: int) -> Iterator[bytes]:
    for at in range(first, first + size, _CHUNK):
        yield _bytes_at(archive, at, min(_CHUNK, first + size - at))
