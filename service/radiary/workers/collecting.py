"""Garbage of a process: what is free goes back to the system, and what is read at once is not searched for circles meanwhile."""

import contextlib
import gc
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def without_collecting() -> Iterator[None]:
    """Everything that is built up here stays: it would be looked through for circles, over and over, and holds none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def give_back_memory() -> None:
    """Let the system have what is free: a service that waits should be small."""
    gc.collect()
    import ctypes  # here: the service alone needs it

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
