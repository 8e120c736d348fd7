"""What an error of the disk on which Radiary keeps its files means: that it is full, may not be written to, or is away."""

import contextlib
import errno
from collections.abc import Iterator

from radiary.model.errors import LedgerTakenAway, LibraryFull, LibraryOffline, LibraryReadOnly, NotNow, StateFull, StateUnwritable

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_REFUSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_UNPLUGGED = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENXIO, errno.ENODEV, errno.EIO, errno.ESTALE})
_UNREACHABLE = frozenset(
    {errno.ENOTCONN, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETUNREACH}
)
"""What a disk says that was unplugged, and a share whose server or network is gone."""


def is_full(error: OSError) -> bool:
    """Whether it says that a disk, or its owner's share of it, is full."""
    return error.errno in _FULL


def of_ledger(error: OSError) -> type[NotNow]:
    """What keeps the ledger from being written: a stale handle is one whose file is no longer what stands in its place."""
    if error.errno == errno.ESTALE:
        return LedgerTakenAway
    return StateFull if is_full(error) else StateUnwritable


@contextlib.contextmanager
def on_disk() -> Iterator[None]:
    """Raises LibraryFull, LibraryReadOnly or LibraryOffline for an OSError of that kind. Stands around work on that disk only."""
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise LibraryFull from None
        if error.errno in _REFUSED:
            raise LibraryReadOnly from None
        if error.errno in _UNPLUGGED | _UNREACHABLE:
            raise LibraryOffline from None
        raise


@contextlib.contextmanager
def on_state_disk() -> Iterator[None]:
    """The same of the state folder: raises StateFull or StateUnwritable for any OSError, which is no export's fault."""
    try:
        yield
    except OSError as error:
        raise (StateFull if is_full(error) else StateUnwritable) from None
