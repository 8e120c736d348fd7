"""How long a worker process may take: a codec that hangs is ended by the end of its process."""

import contextlib
import faulthandler
import multiprocessing
import time
from collections.abc import Callable, Iterator

_SLACK = 0.1
"""Seconds by which a limit may come early: setting one starts a thread, which is too dear for every picture."""
_set_at = [0.0]
"""When the limit was set last (monotonic seconds)."""
_give_sign: list[Callable[[], None]] = []
"""What tells the coordinator that this process gets on."""


def tell(give_sign: Callable[[], None]) -> None:
    """From now on, setting a limit is a sign of life that `give_sign` passes on."""
    _give_sign[:] = [give_sign]


def set_to(seconds: float) -> None:
    """From now on, this worker process may take `seconds` to the next call of this; then it is ended.

    The clock is a thread in C, which no codec that holds the interpreter's lock can stop. Without effect outside of workers.
    """
    sign()
    now = time.monotonic()
    if now - _set_at[0] > _SLACK and multiprocessing.parent_process() is not None:
        _set_at[0] = now
        faulthandler.dump_traceback_later(seconds, exit=True)


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """What is within may take so long in a worker process, where no other limit is in force."""
    is_free = not _set_at[0]
    if is_free:
        set_to(seconds)
    try:
        yield
    finally:
        if is_free:
            lift()


def sign() -> None:
    """Say that what this process does gets on, without more time for it."""
    for give_sign in _give_sign:
        give_sign()


def lift() -> None:
    """The work that was limited is done."""
    _set_at[0] = 0.0
    faulthandler.cancel_dump_traceback_later()
