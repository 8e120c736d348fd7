"""Two folders change places in one step: whoever looks sees the one or the other, and so does a power cut."""

import ctypes
import errno
import os
import sys
from pathlib import Path

_HERE = -100
"""AT_FDCWD: paths as they are."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2) in Linux, RENAME_SWAP of renamex_np(2) in macOS."""
_CANNOT = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV})


def exchange(one: Path, other: Path) -> bool:
    """Whether they changed places; False where the file system or the computer cannot do that."""
    library = ctypes.CDLL(None, use_errno=True)
    linux, macos = getattr(library, "renameat2", None), getattr(library, "renamex_np", None)
    paths = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and linux is not None:
        failed = linux(_HERE, paths[0], _HERE, paths[1], _EXCHANGE)
    elif sys.platform == "darwin" and macos is not None:
        failed = macos(*paths, _EXCHANGE)
    else:
        return False
    if failed and ctypes.get_errno() not in _CANNOT:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return not failed
