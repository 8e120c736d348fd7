"""Zip files of every kind: deflate64 and zstd beside the usual methods, and passwords (ZipCrypto and AES)."""

import os
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

import pyzipper

from radiary.archives import deflate64
from radiary.archives.spool import IN_MEMORY
from radiary.files import deflate
from radiary.model.errors import Encrypted, LockedOddly, TruncatedArchive, UnsafeArchive, WrongPassword

if sys.version_info >= (3, 14):
    import zipfile as zipfile_zstd

    from compression import zstd
else:
    from backports import zstd
    from backports.zstd import zipfile as zipfile_zstd

open_zstd = zstd.open
"""Undoes zstd, as `gzip.open` undoes gzip."""

DAMAGE = (zipfile.BadZipFile, pyzipper.zipfile.BadZipFile, zipfile_zstd.BadZipFile, zstd.ZstdError, zlib.error)
"""What readers call damage."""
_ZSTD = 93
_CHUNK = 1 << 16
_HEADROOM = 512
"""Bytes in which a deflated beginning says how it is coded."""
_LOCAL = struct.Struct("<26xHH")
"""A local file header up to the lengths of its name and its extra field (APPNOTE 4.3.7)."""
_TRAVERSAL = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:|\0")
_SPECIAL = {0o010000, 0o020000, 0o060000, 0o140000}
"""Unix file types of pipes, devices and sockets."""


def opened(path: Path, passwords: Sequence[str]) -> Any:
    """A zip, open, with the password that fits; a `zipfile.ZipFile` or one of its likes.

    Raises TruncatedArchive, UnsafeArchive, and Encrypted when none of the passwords fits.
    """
    try:
        plain = zipfile_zstd.ZipFile(path)
    except (*DAMAGE, ValueError, EOFError, IndexError, struct.error):
        raise TruncatedArchive from None
    except NotImplementedError:
        raise UnsafeArchive from None
    try:
        members = files(plain)
        refuse_hostile(members)
    except UnsafeArchive:
        plain.close()
        raise
    if not any(member.flag_bits & 1 for member in members):
        return plain
    plain.close()
    return _unlocked(path, members, passwords)


def files(archive: Any) -> list[Any]:
    """The members that are files, in the order of the central directory."""
    return [member for member in archive.infolist() if not member.filename.endswith("/")]


def member_opened(archive: Any, member: Any) -> IO[bytes]:
    """A member, to be read from its beginning to its end. Raises NotImplementedError for a method that nobody here knows."""
    if member.compress_type != deflate64.METHOD or member.flag_bits & 1:
        stream: IO[bytes] = archive.open(member)
        return stream
    start = _start(archive, member)
    if start is None:
        raise zipfile.BadZipFile
    return BufferedReader(deflate64.Member(_pieces(archive, start, member.compress_size), member.CRC))


def inflated(archive: Any, member: Any) -> bytes | None:
    """An unlocked member's bytes at once, in half the time; None where the usual way has to say what is wrong."""
    packed = _packed(archive, member, member.compress_size) if member.file_size <= IN_MEMORY else None
    if packed is None or member.compress_type == zipfile.ZIP_DEFLATED:
        return deflate.unpacked(packed, member.file_size, member.CRC) if packed is not None else None
    return packed if len(packed) == member.file_size and deflate.checksum(packed) == member.CRC else None


def beginning(archive: Any, member: Any, size: int) -> bytes | None:
    """The first `size` bytes of an unlocked member; None of a shorter one, and where the usual way has to say why."""
    packed = _packed(archive, member, min(member.compress_size, size + _HEADROOM)) or b""
    start = deflate.beginning(packed, size) if member.compress_type == zipfile.ZIP_DEFLATED else packed[:size]
    return start if len(start) == size else None


def _packed(archive: Any, member: Any, size: int) -> bytes | None:
    """The first bytes of a deflated or stored, unlocked member as they lie there."""
    if member.compress_type not in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED) or member.flag_bits & 1:
        return None
    start = _start(archive, member)
    return os.pread(archive.fp.fileno(), size, start) if start is not None else None


def _start(archive: Any, member: Any) -> int | None:
    """Where a member's packed bytes begin; None where no local header stands."""
    try:
        header = os.pread(archive.fp.fileno(), _LOCAL.size, member.header_offset)
        *_, name, extra = _LOCAL.unpack(header)
    except (AttributeError, ValueError, struct.error):
        return None
    return int(member.header_offset) + _LOCAL.size + name + extra if header.startswith(b"PK\3\4") else None


def _pieces(archive: Any, start: int, size: int) -> Iterator[bytes]:
    for at in range(start, start + size, _CHUNK):
        yield os.pread(archive.fp.fileno(), min(_CHUNK, start + size - at), at)


def is_safe(name: str) -> bool:
    """Whether a name stays below the folder it is unpacked in. We never write by names; an honest zip has no other ones."""
    return _TRAVERSAL.search(name) is None


def refuse_hostile(members: Sequence[Any]) -> None:
    """Raise UnsafeArchive for names that climb, special files, and members that lie on top of each other."""
    if not all(is_safe(member.filename) for member in members):
        raise UnsafeArchive
    if any((member.external_attr >> 16) & 0o170000 in _SPECIAL for member in members):
        raise UnsafeArchive
    end = 0
    for member in sorted(members, key=lambda one: int(one.header_offset)):
        if member.header_offset < end:
            raise UnsafeArchive
        end = member.header_offset + 30 + member.compress_size


class _LockedMember(pyzipper.zipfile_aes.AESZipExtFile):  # type: ignore[misc]  # pyzipper has no types
    """A locked member, packed by any method that an unlocked one may have."""

    def get_decompressor(self, compress_type: int) -> Any:
        if compress_type == deflate64.METHOD:
            return deflate64.Decompressor()
        return zstd.ZstdDecompressor() if compress_type == _ZSTD else super().get_decompressor(compress_type)


class _Locked(pyzipper.AESZipFile):  # type: ignore[misc]  # pyzipper has no types
    """A zip with ZipCrypto or AES."""

    zipextfile_cls = _LockedMember


def _unlocked(path: Path, members: Sequence[Any], passwords: Sequence[str]) -> Any:
    """Try each password on the smallest locked member: a wrong one is certain only when a checksum of bytes was read."""
    if not passwords:
        raise Encrypted
    sample = min((one for one in members if one.flag_bits & 1), key=lambda one: (not one.file_size, int(one.compress_size)))
    archive = _Locked(path)
    try:
        for password in passwords:
            archive.setpassword(password.encode())
            if _opens(archive, sample.filename):
                return archive
    except LockedOddly:
        archive.close()
        raise
    archive.close()
    raise WrongPassword


def _opens(archive: Any, name: str) -> bool:
    """Whether a member can be read with the password that is set. Raises LockedOddly where no password would do."""
    try:
        archive.read(name)
    except NotImplementedError:
        raise LockedOddly from None
    except (RuntimeError, *DAMAGE, EOFError, ValueError):
        return False
    return True
