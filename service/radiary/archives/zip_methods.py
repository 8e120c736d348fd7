"""What zips are packed by beside deflate, and what readers of zips call damage."""

import lzma
import struct
import sys
import zipfile
import zlib
from typing import Any

if sys.version_info >= (3, 14):
    import zipfile as zipfile_zstd

    from compression import zstd
else:
    from backports import zstd
    from backports.zstd import zipfile as zipfile_zstd

ZipFile = zipfile_zstd.ZipFile
"""The standard library's, which knows zstd."""
open_zstd = zstd.open
"""Undoes zstd, as `gzip.open` undoes gzip."""
ZSTD = 93

BAD = (zipfile.BadZipFile, zipfile_zstd.BadZipFile)
"""What the standard library's readers raise of what is no zip."""
_UNPACKING = (zstd.ZstdError, zlib.error, lzma.LZMAError)

Errors = tuple[type[Exception], ...]


def damage(*also: type[Exception]) -> Errors:
    """What readers call damage, and `also`; pyzipper's error, too, which is imported where a zip is locked, and only then."""
    pyzipper = sys.modules.get("pyzipper.zipfile")
    locked = (pyzipper.BadZipFile,) if pyzipper else ()
    return (*BAD, *locked, *_UNPACKING, *also)


def damaged_member(*also: type[Exception]) -> Errors:
    """What a flipped or missing byte of a member looks like: a CRC that is wrong, a stream that cannot be unpacked."""
    return damage(EOFError, IndexError, ValueError, RuntimeError, struct.error, *also)


def zstd_decompressor() -> Any:
    """A new one."""
    return zstd.ZstdDecompressor()
