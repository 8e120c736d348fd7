"""How long a worker process may take: the end of a codec that hangs is the end of its process."""

import faulthandler
import multiprocessing
import time

_SLACK = 0.1
"""Seconds by which a deadline may come early: setting one starts a thread, which is too dear for every picture."""
_set = [0.0]
"""When the deadline was set last (monotonic seconds)."""


def within(seconds: float) -> None:
    """From now on, this worker process may take `seconds` to the next call of this; a codec that hangs ends with it.

    The clock is a thread of C, which no codec that holds the interpreter's lock can stop.
    """
    now = time.monotonic()
    if now - _set[0] > _SLACK and multiprocessing.parent_process() is not None:
        _set[0] = now
        faulthandler.dump_traceback_later(seconds, exit=True)


def at_ease() -> None:
    """The work that `within` bounded is done."""
    _set[0] = 0.0
    faulthandler.cancel_dump_traceback_later()
