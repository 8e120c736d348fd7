"""Runs the middle of the way over any `concurrent.futures.Executor`, and outlives worker processes that die."""

import functools
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any, TypeVar

from radiary.errors import Reason, Stopping
from radiary.model import Outcome, Skipped, Task

Result = TypeVar("Result")
_CONVICTION = 2
"""Crashes of a member on its own after which it is skipped."""
_BATCH = 8
"""Members handed over at once: few enough for even work, enough that opening the archive again costs little."""


def process_pool(workers: int) -> Executor:
    """Spawned processes: a forked one would keep the lock and the threads of the service."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


def _begin() -> None:
    """In a new worker process: leave Ctrl-C to the coordinator, codecs' chatter to nobody, and never outlive the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _develop(task: Task, indices: Sequence[int]) -> list[tuple[int, Outcome]]:
    # Imported here: pydicom and numpy weigh about 100 MB, and only the processes of the pool need them.
    from radiary import member

    return member.develop_all(task, indices)


@dataclass
class _Flight:
    """Where every member of an export is: waiting in a batch, suspected of a crash, under way, or done."""

    batches: deque[list[int]]
    suspects: deque[int] = field(default_factory=deque)
    flying: dict[Future[list[tuple[int, Outcome]]], list[int]] = field(default_factory=dict)
    crashes: Counter[int] = field(default_factory=Counter)
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    @property
    def is_under_way(self) -> bool:
        return bool(self.batches or self.suspects or self.flying)

    def crashed(self, batch: list[int]) -> None:
        """A process died: whoever was under way is suspected, and convicted after dying alone twice.

        Once is not enough: a worker can also be killed from outside, for want of memory say.
        """
        involved = [index for one in (batch, *self.flying.values()) for index in one]
        self.flying.clear()
        if len(involved) == 1:
            self.crashes[involved[0]] += 1
            if self.crashes[involved[0]] == _CONVICTION:
                self.outcomes[involved[0]] = Skipped(Reason.CODEC_CRASHED)
                return
        self.suspects.extend(involved)


class Engine:
    """One executor at a time, made anew when a worker process took it down. `workers` bounds the work in flight."""

    def __init__(self, make: Callable[[], Executor], workers: int) -> None:
        self._make = make
        self._workers = workers
        self._executor: Executor | None = None
        self._is_stopping = threading.Event()

    def develop(
        self, task: Task, indices: Sequence[int], progress: Callable[[int], None] = lambda _done: None
    ) -> dict[int, Outcome]:
        """Develop members of an export; `progress` hears how many are done. Raises what concerns the whole export.

        A member that kills its process is found by trying the suspects one at a time, and skipped; the rest goes on.
        """
        flight = _Flight(deque(list(indices[start : start + _BATCH]) for start in range(0, len(indices), _BATCH)))
        try:
            while flight.is_under_way:
                if self._is_stopping.is_set():
                    raise Stopping
                self._fill(task, flight)
                for future in wait(flight.flying, timeout=1, return_when=FIRST_COMPLETED).done:
                    self._land(future, flight)
                    progress(len(flight.outcomes))
        finally:
            for future in flight.flying:
                future.cancel()
            wait(flight.flying)
        return flight.outcomes

    def _land(self, future: Future[list[tuple[int, Outcome]]], flight: "_Flight") -> None:
        batch = flight.flying.pop(future, None)
        if batch is None:
            return
        try:
            flight.outcomes.update(future.result())
        except BrokenExecutor:
            flight.crashed(batch)
            self._renew()

    def _fill(self, task: Task, flight: "_Flight") -> None:
        """Keep every worker busy; suspects fly alone."""
        while flight.suspects and not flight.flying:
            batch = [flight.suspects.popleft()]
            flight.flying[self._submit(_develop, task, batch)] = batch
        while flight.batches and not flight.suspects and len(flight.flying) < 2 * self._workers:
            batch = flight.batches.popleft()
            flight.flying[self._submit(_develop, task, batch)] = batch

    def call(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """Run one piece of work where the heavy imports are."""
        return self._submit(work, *arguments).result()

    def stop(self) -> None:
        """Give up what is under way; a running `develop` raises Stopping within a second or so."""
        self._is_stopping.set()

    def close(self) -> None:
        """End the workers, after what they have in hand."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def kill(self) -> None:
        """End the workers at once, whatever they have in hand."""
        for process in multiprocessing.active_children():
            process.kill()

    def _submit(self, work: Callable[..., Result], *arguments: Any) -> Future[Result]:
        if self._executor is None:
            self._executor = self._make()
        try:
            return self._executor.submit(functools.partial(work, *arguments))
        except BrokenExecutor:
            self._renew()
            self._executor = self._make()
            return self._executor.submit(functools.partial(work, *arguments))

    def _renew(self) -> None:
        """Give up a broken pool. What is left of it is ended here: it may wait for the dead one's message for ever."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self.kill()
        self._executor = None
