"""Worker processes: spawned, bound in memory, silent, and gone when the service is."""

import ctypes
import gc
import multiprocessing
import multiprocessing.connection
import os
import resource
import signal
import sys
import threading
from concurrent.futures import Executor, ProcessPoolExecutor

from radiary.workers import priority
from radiary.workers.priority import Disk

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Parameters of mallopt(3)."""


def process(memory: int = 0, niceness: int = 0, disk: Disk = "normal") -> Executor:
    """One spawned process (a forked one would keep the lock and the threads of the service), bound to `memory` bytes of data.

    `niceness` and `disk` are how far it steps back behind others (`priority`).
    """
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(memory, niceness, disk))


def _begin(memory: int, niceness: int, disk: Disk) -> None:
    """In a new worker process: leave Ctrl-C to the coordinator, codecs' chatter to nobody, and never outlive the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if memory and sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
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
    tune = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if tune is not None:
        tune(_TRIM_THRESHOLD, 64 << 20)
        tune(_MMAP_THRESHOLD, 32 << 20)


def give_back_memory() -> None:
    """Let the system have what is free: a service that waits should be small."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def _follow(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)
