"""Runs the middle of the way over `concurrent.futures.Executor`s, and outlives worker processes that die or hang."""

import contextlib
import functools
import multiprocessing
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from typing import Any, TypeVar

from radiary.errors import GaveUp, NotNow, RadiaryError, Reason, Stopping
from radiary.model import Outcome, Skipped, Task
from radiary.workers import time_limit

Result = TypeVar("Result")
Landed = list[tuple[int, Outcome]]
_CONVICTION = 2
"""Crashes of a member on its own after which it is skipped. Once is not enough: a worker can also be killed from outside."""
_LETTING_GO = 10
"""Seconds."""
_GRACE = 2
"""Seconds that work under way has for its end when the service ends; what it makes is thrown away anyway."""
_BATCH = 8
"""Members handed over at once: few enough for even work, enough that handing over costs little."""


def _develop(task: Task, indices: Sequence[int]) -> Landed:
    # Imported here: pydicom and numpy weigh about 100 MB, and only the processes of the pool need them.
    from radiary import member

    try:
        return member.develop_all(task, indices)
    finally:
        time_limit.at_ease()


def _prepare() -> None:
    from radiary import member  # noqa: F401 - a second of imports


def _release() -> None:
    from radiary import member

    member.release()


class _Lane:
    """One executor at a time, made anew when its process died; whatever it had in hand is all that a death can concern."""

    def __init__(self, make: Callable[[], Executor]) -> None:
        self._make = make
        self._executor: Executor | None = None

    @property
    def is_open(self) -> bool:
        return self._executor is not None

    def submit(self, work: Callable[..., Result], *arguments: Any) -> Future[Result]:
        if self._executor is None:
            self._executor = self._make()
        try:
            return self._executor.submit(functools.partial(work, *arguments))
        except BrokenExecutor:
            self.renew()
            return self.submit(work, *arguments)

    def renew(self) -> None:
        """Give up an executor whose process died."""
        self.close(wait=False)

    def close(self, *, wait: bool) -> None:
        executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=wait, cancel_futures=True)


@dataclass(frozen=True)
class _Sortie:
    """Members under way together, on which lane, and since when (monotonic seconds)."""

    lane: _Lane
    batch: list[int]
    since: float


@dataclass
class _Flight:
    """Where every member of an export is: waiting in a batch, under way, or done."""

    batches: deque[list[int]]
    patience: float
    suspects: deque[int] = field(default_factory=deque)
    flying: dict[Future[Landed], _Sortie] = field(default_factory=dict)
    crashes: Counter[int] = field(default_factory=Counter)
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    @property
    def is_under_way(self) -> bool:
        return bool(self.batches or self.suspects or self.flying)

    def following(self) -> list[int]:
        """What is to fly now: a batch; when all of them are back, a suspect with nothing else in the air; or nothing."""
        if self.batches:
            return self.batches.popleft()
        return [self.suspects.popleft()] if self.suspects and not self.flying else []

    def crashed(self, sortie: _Sortie) -> None:
        """A process died: each member that it had in hand flies again on its own, and is convicted when all others are home.

        The process of a cluster has more in hand than it works at, and what is next to the guilty one is suspected with it.
        """
        if len(sortie.batch) > 1:
            self.batches.extend([index] for index in sortie.batch)
            return
        (index,) = sortie.batch
        self.crashes[index] += 1
        if self.crashes[index] < _CONVICTION:
            self.suspects.append(index)
        elif time.monotonic() - sortie.since >= self.patience:
            self.outcomes[index] = Skipped(Reason.TOO_SLOW)
        else:
            self.outcomes[index] = Skipped(Reason.CODEC_CRASHED)


class Engine:
    """`lanes` executors of one worker each, as `make` gives them."""

    def __init__(self, make: Callable[[], Executor], lanes: int) -> None:
        self._lanes = [_Lane(make) for _ in range(lanes)]
        self._is_stopping = threading.Event()
        self.on_landing: Callable[[], None] = lambda: None
        """Called whenever a piece of work has ended: a sign of life."""

    def develop(
        self, task: Task, indices: Sequence[int], progress: Callable[[int], None] = lambda _done: None
    ) -> dict[int, Outcome]:
        """Develop members of an export; `progress` hears how many are done. Raises what concerns the whole export.

        A member that kills its process, or does not let go of it, is found by flying alone, and skipped; the rest goes on.
        """
        batches = deque(list(indices[start : start + _BATCH]) for start in range(0, len(indices), _BATCH))
        flight = _Flight(batches, task.patience)
        try:
            while flight.is_under_way:
                self._go_on()
                self._fill(task, flight)
                for future in wait(flight.flying, timeout=1, return_when=FIRST_COMPLETED).done:
                    _land(future, flight)
                    self.on_landing()
                    progress(len(flight.outcomes))
        finally:
            self._bring_home(flight.flying)
        self._go_on()
        return flight.outcomes

    def _fill(self, task: Task, flight: _Flight) -> None:
        """Keep every lane busy."""
        busy = [sortie.lane for sortie in flight.flying.values()]
        for lane in (one for one in self._lanes if one not in busy):
            if batch := flight.following():
                flight.flying[lane.submit(_develop, task, batch)] = _Sortie(lane, batch, time.monotonic())

    def each(self, work: Callable[..., Result], jobs: Sequence[tuple[Any, ...]]) -> list[Result | None]:
        """The results of independent pieces of work, spread over the lanes; None of one that failed, or crashed twice.

        Raises Stopping, and whatever concerns the whole export.
        """
        found: list[Result | None] = [None] * len(jobs)
        waiting, crashes = deque(range(len(jobs))), Counter[int]()
        flying: dict[Future[Result], tuple[_Lane, int]] = {}
        try:
            while waiting or flying:
                self._go_on()
                for lane in (one for one in self._lanes if one not in [busy for busy, _ in flying.values()]):
                    if waiting:
                        number = waiting.popleft()
                        flying[lane.submit(work, *jobs[number])] = lane, number
                for future in wait(flying, timeout=1, return_when=FIRST_COMPLETED).done:
                    lane, number = flying.pop(future)
                    try:
                        found[number] = _result(future)
                    except BrokenExecutor:
                        lane.renew()
                        crashes[number] += 1
                        if crashes[number] < _CONVICTION:
                            waiting.append(number)
                    self.on_landing()
        finally:
            self._bring_home(flying)
        self._go_on()
        return found

    def call(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """Run one piece of work in a process of its own. Raises Stopping, what the work raises, and GaveUp when it crashes."""
        for _ in range(_CONVICTION):
            self._go_on()
            future = self._lanes[0].submit(work, *arguments)
            self._bring_home([future])
            if not future.done():
                raise Stopping
            try:
                return future.result()
            except BrokenExecutor:
                self._lanes[0].renew()
        raise GaveUp

    def _go_on(self) -> None:
        """Raises Stopping once the service ends: processes are ended then, and their crashes are no fault of any member's."""
        if self._is_stopping.is_set():
            raise Stopping

    def _bring_home(self, flying: Collection[Future[Any]]) -> None:
        """Wait for all that is under way; when the service ends, not for long."""
        while wait(flying, timeout=1).not_done:
            if self._is_stopping.is_set():
                if wait(flying, timeout=_GRACE).not_done:
                    self.kill()
                return

    def release(self) -> None:
        """Let the workers let go of the export they had in hand; one that does not answer lets go of it with the next one."""
        if self._is_stopping.is_set():
            return
        with contextlib.suppress(NotNow):
            wait([lane.submit(_release) for lane in self._lanes if lane.is_open], timeout=_LETTING_GO)

    def prepare(self, work: Callable[[], None] = _prepare) -> None:
        """Begin to make the workers ready: their second of imports passes while a download is still arriving."""
        with contextlib.suppress(NotNow):  # the work itself says what is missing
            for lane in self._lanes:
                if not lane.is_open:
                    lane.submit(work)

    def rest(self) -> None:
        """End the workers until they are needed again: idle ones hold a hundred megabytes each."""
        for lane in self._lanes:
            lane.close(wait=True)

    def stop(self) -> None:
        """Give up what is under way: whoever waits for it gets Stopping within seconds."""
        self._is_stopping.set()

    def close(self) -> None:
        """End the workers, after what they have in hand."""
        for lane in self._lanes:
            lane.close(wait=True)

    def kill(self) -> None:
        """End the workers at once, whatever they have in hand; those of a cluster are let go of."""
        ending = multiprocessing.active_children()
        for process in ending:
            process.kill()
        deadline = time.monotonic() + _GRACE
        for process in ending:
            process.join(max(0.0, deadline - time.monotonic()))
        for lane in self._lanes:
            lane.close(wait=False)


def _result(future: Future[Result]) -> Result | None:
    try:
        return future.result()
    except (RadiaryError, BrokenExecutor):
        raise
    except Exception:  # noqa: BLE001 - one piece of work that fails costs its own result
        return None


def _land(future: Future[Landed], flight: _Flight) -> None:
    sortie = flight.flying.pop(future)
    try:
        flight.outcomes.update(future.result())
    except BrokenExecutor:
        sortie.lane.renew()
        flight.crashed(sortie)
