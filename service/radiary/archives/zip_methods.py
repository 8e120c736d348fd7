"""What zips are packed by beside deflate, and what readers of zips call damage."""

import lzma
import struct
import sys
import zipfile
import zlib
from typing import Any

import pyzipper

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

BAD = (zipfile.BadZipFile, pyzipper.zipfile.BadZipFile, zipfile_zstd.BadZipFile)
DAMAGE = (*BAD, zstd.ZstdError, zlib.error, lzma.LZMAError)
"""What readers call damage."""
DAMAGED_MEMBER = (*DAMAGE, EOFError, IndexError, ValueError, RuntimeError, struct.error)
"""What a flipped or missing byte of a member looks like: a CRC that is wrong, a stream that cannot be unpacked."""


def zstd_decompressor() -> Any:
    """A new one."""
    return zstd.ZstdDecompressor()
