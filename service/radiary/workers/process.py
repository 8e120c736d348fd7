"""Worker processes: spawned, bound in memory, silent, and gone when the service is."""

import ctypes
import multiprocessing
import multiprocessing.connection
import os
import resource
import signal
import sys
import threading
from concurrent.futures import Executor, ProcessPoolExecutor

from radiary.workers import priority, time_limit
from radiary.workers.collecting import give_back_memory
from radiary.workers.priority import Disk

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Parameters of mallopt(3)."""


class WorkerProcess(ProcessPoolExecutor):
    """An executor of one spawned process (a forked one would keep the lock and the threads of the service)."""

    def __init__(self, memory: int, niceness: int, disk: Disk) -> None:
        context = multiprocessing.get_context("spawn")
        self._signs = context.RawValue(ctypes.c_uint64)
        super().__init__(1, mp_context=context, initializer=_begin, initargs=(memory, niceness, disk, self._signs))

    @property
    def signs(self) -> int:
        """How many signs of life the process gave: another number means that what it does gets on."""
        return int(self._signs.value)


def process(memory: int = 0, niceness: int = 0, disk: Disk = "normal") -> Executor:
    """One process, bound to `memory` bytes of data. Raises OSError when the system has no room for what it needs.

    `niceness` and `disk` are how far it steps back behind others (`priority`).
    """
    return WorkerProcess(memory, niceness, disk)


def _begin(memory: int, niceness: int, disk: Disk, signs: ctypes.c_uint64) -> None:
    """In a new worker process."""
    if memory and sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))

    def give_sign() -> None:
        signs.value += 1

    time_limit.tell(give_sign)
    begin(niceness, disk)


def begin(niceness: int, disk: Disk) -> None:
    """In a new process: leave Ctrl-C to the coordinator, codecs' chatter to nobody, and never outlive the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    set_up(niceness, disk)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def set_up(niceness: int, disk: Disk) -> None:
    """Let codecs print to nobody, step back behind other programs, and keep memory for the next picture."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    priority.step_back(niceness, disk)
    _keep_memory()


def _keep_memory() -> None:
    """Let glibc keep what was freed for the next picture: asking for the same pages again and again is a seventh of the time."""
    _tune(_TRIM_THRESHOLD, 64 << 20)
    _tune(_MMAP_THRESHOLD, 32 << 20)


def give_back_large_memory() -> None:
    """Let glibc give back at once what is large: neural networks free it in sizes of which each leaves a hole beside the last."""
    _tune(_TRIM_THRESHOLD, 8 << 20)
    _tune(_MMAP_THRESHOLD, 1 << 20)
    give_back_memory()


def _tune(parameter: int, size: int) -> None:
    tune = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if tune is not None:
        tune(parameter, size)


def _follow(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)
