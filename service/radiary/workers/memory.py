"""How much more memory a worker process may take for one piece of work: what wants more ends its process, not the computer."""

import contextlib
import multiprocessing
import resource
import sys
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def bounded(more: int) -> Iterator[None]:
    """While this lasts, the process may take `more` bytes than it has now. Without effect outside of workers, and of Linux."""
    if sys.platform != "linux" or multiprocessing.parent_process() is None:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = _taken() + more
    if before[0] == resource.RLIM_INFINITY or wanted < before[0]:
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _taken() -> int:
    """Bytes of data and stack that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
