"""How long a worker process may take: the end of a codec that hangs is the end of its process."""

import faulthandler
import multiprocessing


def within(seconds: float) -> None:
    """From now on, this worker process may take `seconds` to the next call of this; a codec that hangs ends with it.

    The clock is a thread of C, which no codec that holds the interpreter's lock can stop.
    """
    if multiprocessing.parent_process() is not None:
        faulthandler.dump_traceback_later(seconds, exit=True)


def at_ease() -> None:
    """The work that `within` bounded is done."""
    faulthandler.cancel_dump_traceback_later()
