"""How long a worker process may take: a codec that hangs is ended by the end of its process."""

import faulthandler
import multiprocessing
import time

_SLACK = 0.1
"""Seconds by which a limit may come early: setting one starts a thread, which is too dear for every picture."""
_set_at = [0.0]
"""When the limit was set last (monotonic seconds)."""


def set_to(seconds: float) -> None:
    """From now on, this worker process may take `seconds` to the next call of this; then it is ended.

    The clock is a thread in C, which no codec that holds the interpreter's lock can stop. Without effect outside of workers.
    """
    now = time.monotonic()
    if now - _set_at[0] > _SLACK and multiprocessing.parent_process() is not None:
        _set_at[0] = now
        faulthandler.dump_traceback_later(seconds, exit=True)


def lift() -> None:
    """The work that was limited is done."""
    _set_at[0] = 0.0
    faulthandler.cancel_dump_traceback_later()
