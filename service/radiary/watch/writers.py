"""Does another program have a file open? The kernel tells of writers by refusing a lease; /proc tells who they are."""

import contextlib
import errno
import fcntl
import os
import signal
import time
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path

_FRESH = 2.0
"""Seconds for which a list of open files holds; making one takes a tenth of a second."""
_WRITES = frozenset("wa+")


class Writing(Enum):
    """Whether a program has a file open for writing, as far as the system tells."""

    YES = "yes"
    PERHAPS = "perhaps"
    """A lease is refused, but no program of ours writes: network file systems refuse every one (NFSv4, SMB)."""
    NO = "no"


def writing(paths: Sequence[Path]) -> Writing:
    """Whether any of these files is being written; NO where the system does not tell."""
    lease = getattr(fcntl, "F_SETLEASE", None)
    refused = [path for path in paths if _refuses_lease(path, lease)] if lease is not None else []
    if not refused:
        return Writing.NO
    written = {path for path, is_written in _open_files() if is_written} | set(_mapped_for_writing())
    return Writing.YES if any(os.path.realpath(path) in written for path in refused) else Writing.PERHAPS


def is_open_elsewhere(paths: Sequence[Path]) -> bool:
    """Whether another program of this user has any of these files open at all: it may be unpacking it, or sending it."""
    opened = _opened.known()
    return any(os.path.realpath(path) in opened for path in paths)


def _refuses_lease(path: Path, lease: int) -> bool:
    """A read lease is refused while any writer, mmap included, has the file open (fcntl(2)).

    A writer that comes between the two calls breaks the lease, and the signal for that would end the process: another is asked
    for, which nobody heeds.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)  # Linux, as leases are
        fcntl.fcntl(descriptor, lease, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, lease, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno in (errno.EAGAIN, errno.EWOULDBLOCK)
    finally:
        os.close(descriptor)
    return False


class _OpenFiles:
    """What programs of this user have open, as of a moment ago."""

    def __init__(self) -> None:
        self._made = -_FRESH
        self._files: dict[str, bool] = {}

    def known(self) -> dict[str, bool]:
        """Files that another process has open, and whether for writing; those that this process writes are among them."""
        if time.monotonic() - self._made >= _FRESH:
            self._files, self._made = dict(sorted(_open_files(), key=lambda opened: opened[1])), time.monotonic()
        return self._files


_opened = _OpenFiles()


def _open_files() -> Iterator[tuple[str, bool]]:
    """Every open file, and whether it is open for writing."""
    import psutil  # here: the idle service does without

    ours = {os.getpid(), *(child.pid for child in psutil.Process().children(recursive=True))}
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            for file in process.open_files():
                is_written = not _WRITES.isdisjoint(getattr(file, "mode", "r"))
                if is_written or process.pid not in ours:
                    yield file.path, is_written


def _mapped_for_writing() -> Iterator[str]:
    """Files that a program writes through memory (proc_pid_maps(5))."""
    for maps in Path("/proc").glob("[0-9]*/maps"):
        with contextlib.suppress(OSError):
            for line in maps.read_text(errors="surrogateescape").splitlines():
                columns = line.split(maxsplit=5)
                if len(columns) == 6 and columns[1].startswith("rw") and columns[1].endswith("s"):
                    yield columns[5]
