"""Zip files of every kind: deflate64 and zstd beside the usual methods, and passwords (ZipCrypto and AES)."""

import os
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyzipper
import zipfile_deflate64
from zipfile_deflate64 import deflate64

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

BadZipFile = (pyzipper.zipfile.BadZipFile, zipfile_zstd.BadZipFile, zstd.ZstdError)
"""What readers other than the standard library's call damage."""
_DEFLATE64, _ZSTD = 9, 93
_AT_ONCE = 32 << 20
"""Bytes of a member that is inflated in one go."""
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
        plain = zipfile_deflate64.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, EOFError, IndexError, struct.error):
        raise TruncatedArchive from None
    except NotImplementedError:
        raise UnsafeArchive from None
    try:
        members = files(plain)
        refuse_hostile(members)
    except UnsafeArchive:
        plain.close()
        raise
    is_locked = any(member.flag_bits & 1 for member in members)
    if not is_locked and not any(member.compress_type == _ZSTD for member in members):
        return plain
    plain.close()
    return _unlocked(path, members, passwords) if is_locked else zipfile_zstd.ZipFile(path)


def files(archive: Any) -> list[Any]:
    """The members that are files, in the order of the central directory."""
    return [member for member in archive.infolist() if not member.filename.endswith("/")]


def inflated(archive: Any, member: Any) -> bytes | None:
    """An unlocked member's bytes at once, in half the time; None where the usual way has to say what is wrong."""
    packed = _packed(archive, member, member.compress_size) if member.file_size <= _AT_ONCE else None
    if packed is None or member.compress_type == zipfile.ZIP_DEFLATED:
        return deflate.unpacked(packed, member.file_size, member.CRC) if packed is not None else None
    return packed if len(packed) == member.file_size and deflate.checksum(packed) == member.CRC else None


def beginning(archive: Any, member: Any, size: int) -> bytes | None:
    """The first `size` bytes of an unlocked member; None of a shorter one, and where the usual way has to say why."""
    packed = _packed(archive, member, min(member.compress_size, size + _HEADROOM)) or b""
    found = deflate.beginning(packed, size) if member.compress_type == zipfile.ZIP_DEFLATED else packed[:size]
    return found if len(found) == size else None


def _packed(archive: Any, member: Any, size: int) -> bytes | None:
    """The first bytes of a deflated or stored, unlocked member as they lie there."""
    if member.compress_type not in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED) or member.flag_bits & 1:
        return None
    try:
        file = archive.fp.fileno()
        header = os.pread(file, _LOCAL.size, member.header_offset)
        *_, name, extra = _LOCAL.unpack(header)
    except (AttributeError, ValueError, struct.error):
        return None
    return os.pread(file, size, member.header_offset + _LOCAL.size + name + extra) if header.startswith(b"PK\3\4") else None


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
        if compress_type == _DEFLATE64:
            return deflate64.Deflate64()
        return zstd.ZstdDecompressor() if compress_type == _ZSTD else super().get_decompressor(compress_type)


class _Locked(pyzipper.AESZipFile):  # type: ignore[misc]  # pyzipper has no types
    """A zip with ZipCrypto or AES."""

    zipextfile_cls = _LockedMember


def _unlocked(path: Path, members: Sequence[Any], passwords: Sequence[str]) -> Any:
    """Try each password on the smallest locked member: a wrong one is certain only when a checksum of bytes was read."""
    sample = min((one for one in members if one.flag_bits & 1), key=lambda one: (not one.file_size, int(one.compress_size)))
    for password in passwords:
        archive = _Locked(path)
        archive.setpassword(password.encode())
        try:
            archive.read(sample.filename)
        except NotImplementedError:
            archive.close()
            raise LockedOddly from None
        except (RuntimeError, *BadZipFile, zipfile.BadZipFile, zlib.error, EOFError, ValueError):
            archive.close()
        else:
            return archive
    raise WrongPassword if passwords else Encrypted
