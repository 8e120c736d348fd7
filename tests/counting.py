"""Work for a process of its own: it counts how often it was called, and does what it is told to; for spawned processes."""

import os
import signal
import time
from collections.abc import Callable

from radiary.model.errors import LibraryFull
from radiary.workers.own_process import OwnProcess
from radiary.workers.pool import Workers

Counts = OwnProcess[[str], object]


class Counter:
    """Remembers how often it was called."""

    def __init__(self, workers: Workers) -> None:
        self._workers, self._calls = workers, 0

    def __call__(self, wish: str) -> object:
        self._calls += 1
        wishes: dict[str, Callable[[], object]] = {
            "count": lambda: self._calls,
            "place": os.getpid,
            "each": lambda: self._workers.each(_doubled, [(1,), (2,), ("",)]),
            "call": lambda: self._workers.call(os.getpid),
            "full": lambda: self._workers.call(_refused),
            "fail": _refused,
            "die": lambda: os.kill(os.getpid(), signal.SIGKILL),
            "wait": lambda: time.sleep(25),
        }
        return wishes[wish]()


def _doubled(number: int) -> int:
    return 2 + number - 2 + number


def _refused() -> None:
    raise LibraryFull
