"""What a test waits for: something that is seen, and never a time."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

from services import SOON


def until(is_so: Callable[[], object]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + SOON
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextlib.contextmanager
def once(is_so: Callable[[], object], act: Callable[[], object]) -> Iterator[None]:
    """Meanwhile, something is done as soon as something is so; that it came to that is asserted."""
    is_over, has_acted = threading.Event(), threading.Event()

    def watch() -> None:
        while not is_over.is_set() and not has_acted.is_set():
            if is_so():
                act()
                has_acted.set()
            is_over.wait(0.01)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
    assert has_acted.is_set()
