"""Hands work to worker processes over `concurrent.futures.Executor`s, and outlives those that die or hang.

What the work is, the pool does not know. An item that takes its process with it is tried again on its own, while nothing else is
under way, and given up when that ends in a crash, too: a process can also be killed from outside.
"""

import contextlib
import functools
import math
import multiprocessing
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar

from radiary.model.errors import GaveUp, NotNow, RadiaryError, Stopping, WorkersUnavailable
from radiary.workers import time_limit

Item = TypeVar("Item")
Result = TypeVar("Result")
_CRASHES = 2
"""Crashes of an item on its own after which it is given up."""
_RELEASE_SECONDS = 10
"""How long workers have to let go of what they keep open."""
_GRACE_SECONDS = 2
"""How long work under way has for its end when the service ends; what it makes is thrown away anyway."""


class Crash(Enum):
    """What there is instead of the result of an item that was given up."""

    DIED = "its process died"
    OVERRAN = "its process ended at the time limit"


class Workers(Protocol):
    """What is wanted of workers: calls, one or many."""

    def each(self, work: Callable[..., Result], calls: Sequence[tuple[Any, ...]], *, together: int = 1) -> list[Result | None]:
        """The results of independent calls, None of one that failed. Raises Stopping, and errors of ours."""

    def call(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """The result of one. Raises Stopping, what the work raises, and GaveUp."""


class _Slot:
    """One executor of one worker, made anew when its process died."""

    def __init__(self, make: Callable[[], Executor]) -> None:
        self._make = make
        self._executor: Executor | None = None

    @property
    def is_open(self) -> bool:
        return self._executor is not None

    @property
    def signs(self) -> int:
        """Signs of life of its process so far; 0 where none are given."""
        return int(getattr(self._executor, "signs", 0))

    def submit(self, work: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Have the worker do something. Raises WorkersUnavailable where none can be started."""
        try:
            if self._executor is None:
                self._executor = self._make()
            return self._executor.submit(functools.partial(work, *arguments))
        except BrokenExecutor:
            self.close(wait=False)
            return self.submit(work, *arguments)
        except OSError:
            self.close(wait=False)
            raise WorkersUnavailable from None

    def close(self, *, wait: bool) -> None:
        executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=wait, cancel_futures=True)


@dataclass(frozen=True)
class _Batch:
    """Items, by their place, that are under way together: in which slot, and since when (monotonic seconds)."""

    slot: _Slot
    places: list[int]
    since: float


@dataclass
class _Run(Generic[Result]):
    """Where every item is: waiting in a batch, suspected of a crash, under way, or done."""

    waiting: deque[list[int]]
    seconds: float
    """Time limit of one item: a process that died later than that after it began was ended by it."""
    retried_alone: deque[int] = field(default_factory=deque)
    under_way: dict[Future[list[Result]], _Batch] = field(default_factory=dict)
    most_crashes: float = math.inf
    """Crashes after which all else is given up, where nothing was done yet: the work is at fault, and no item."""
    crashes: Counter[int] = field(default_factory=Counter)
    results: dict[int, Result | Crash] = field(default_factory=dict)

    @property
    def is_unfinished(self) -> bool:
        return bool(self.waiting or self.retried_alone or self.under_way)

    def next_batch(self) -> list[int]:
        """What is to be handed out now, or nothing.

        Suspects wait until nothing else is under way: a worker of a cluster has more in hand than it works at, and whatever is
        beside the item that kills it would be suspected with it.
        """
        if self.waiting:
            return self.waiting.popleft()
        return [self.retried_alone.popleft()] if self.retried_alone and not self.under_way else []

    def take(self, future: Future[list[Result]]) -> _Slot | None:
        """Take the results of a batch that ended; its slot if its process died. Raises what the work raised.

        Raises WorkersUnavailable when a part of the program is missing.
        """
        batch = self.under_way.pop(future)
        try:
            self.results.update(zip(batch.places, future.result(), strict=True))
        except (ImportError, CancelledError):
            batch.slot.close(wait=False)
            raise WorkersUnavailable from None
        except BrokenExecutor:
            batch.slot.close(wait=False)
            self._note_crash(batch)
            return batch.slot
        return None

    def _note_crash(self, batch: _Batch) -> None:
        if len(batch.places) > 1:
            self.waiting.extend([place] for place in batch.places)
            return
        (place,) = batch.places
        self.crashes[place] += 1
        if self.crashes[place] < _CRASHES:
            self.retried_alone.append(place)
        else:
            is_late = time.monotonic() - batch.since >= self.seconds
            self.results[place] = Crash.OVERRAN if is_late else Crash.DIED
        if self.crashes.total() >= self.most_crashes and all(isinstance(one, Crash) for one in self.results.values()):
            self._give_up()

    def _give_up(self) -> None:
        given_up = [place for batch in self.waiting for place in batch] + list(self.retried_alone)
        self.results |= dict.fromkeys(given_up, Crash.DIED)
        self.waiting.clear()
        self.retried_alone.clear()


class Pool:
    """`size` workers, each in an executor of its own as `make` gives them."""

    def __init__(self, make: Callable[[], Executor], size: int) -> None:
        self._slots = [_Slot(make) for _ in range(size)]
        self._is_stopping = threading.Event()
        self._signs = 0
        self.on_sign: Callable[[], None] = lambda: None
        """Called at every sign of life: a piece of work has ended, or a process says that it gets on."""

    def run(
        self,
        work: Callable[[list[Item]], list[Result]],
        items: Sequence[Item],
        *,
        together: int = 1,
        seconds: float = math.inf,
        progress: Callable[[int], None] = lambda _done: None,
        most_crashes: float = math.inf,
    ) -> list[Result | Crash]:
        """The result of every item, in their order; `work` gets up to `together` of them at once.

        `seconds` is the time limit that the work sets for one item (`time_limit`), `progress` hears how many are done. After
        `most_crashes` before anything was done, the rest is given up. Raises Stopping, and what the work raises; nothing is under
        way any more then.
        """
        places = list(range(len(items)))
        batches = deque(places[start : start + together] for start in range(0, len(places), together))
        run: _Run[Result] = _Run(batches, seconds, most_crashes=most_crashes)
        try:
            while run.is_unfinished:
                self.refuse_when_stopping()
                self._hand_out(work, items, run)
                for future in wait(run.under_way, timeout=1, return_when=FIRST_COMPLETED).done:
                    crashed = run.take(future)
                    if crashed is not None:
                        self._try_out(crashed)
                    self.on_sign()
                    progress(len(run.results))
                self._pass_signs_on()
        finally:
            self._await(run.under_way)
        self.refuse_when_stopping()
        return [run.results[place] for place in places]

    def each(
        self,
        work: Callable[..., Result],
        calls: Sequence[tuple[Any, ...]],
        *,
        together: int = 1,
        most_crashes: float = math.inf,
    ) -> list[Result | None]:
        """The results of independent calls of `work`, a worker getting up to `together` at once; None of one that failed or was
        given up.

        `most_crashes`: see `run`. Raises Stopping, and errors of ours, which concern more than one call.
        """
        tolerant = functools.partial(_called_tolerantly, work)
        results: list[Result | Crash | None] = self.run(tolerant, calls, together=together, most_crashes=most_crashes)
        return [None if isinstance(one, Crash) else one for one in results]

    def call(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """Call `work` in a worker. Raises Stopping, what the work raises, and GaveUp when it takes its process with it."""
        (result,) = self.run(functools.partial(_called, work), [arguments])
        if isinstance(result, Crash):
            raise GaveUp
        return result

    def _hand_out(self, work: Callable[[list[Item]], list[Result]], items: Sequence[Item], run: _Run[Result]) -> None:
        """Keep every slot busy."""
        busy = [batch.slot for batch in run.under_way.values()]
        for slot in (one for one in self._slots if one not in busy):
            if places := run.next_batch():
                future = slot.submit(_bounded, work, [items[place] for place in places])
                run.under_way[future] = _Batch(slot, places, time.monotonic())

    def _try_out(self, slot: _Slot) -> None:
        """Start a process anew, for nothing. Raises WorkersUnavailable where that cannot be: then no item is to blame."""
        self.refuse_when_stopping()
        future = slot.submit(_nothing)
        while not wait([future], timeout=1).done:
            self.refuse_when_stopping()
        try:
            future.result()
        except BrokenExecutor:
            slot.close(wait=False)
            self.refuse_when_stopping()
            raise WorkersUnavailable from None

    def _pass_signs_on(self) -> None:
        signs = sum(slot.signs for slot in self._slots)
        if signs != self._signs:
            self._signs = signs
            self.on_sign()

    def refuse_when_stopping(self) -> None:
        """Raises Stopping once the service ends: processes are ended then, and their crashes are no fault of any item."""
        if self._is_stopping.is_set():
            raise Stopping

    def _await(self, under_way: Collection[Future[Any]]) -> None:
        """Wait for all that is under way; when the service ends, not for long."""
        while wait(under_way, timeout=1).not_done:
            if self._is_stopping.is_set():
                if wait(under_way, timeout=_GRACE_SECONDS).not_done:
                    self.kill()
                return

    def prepare(self, work: Callable[[], None]) -> None:
        """Begin to start the workers with `work`, such as slow imports, which pass while a download is still arriving."""
        with contextlib.suppress(NotNow):  # the work itself says what is missing
            for slot in self._slots:
                if not slot.is_open:
                    slot.submit(work)

    def release(self, work: Callable[[], None]) -> None:
        """Have every worker let go, by `work`, of what it keeps open; one that does not answer is not waited for."""
        if self._is_stopping.is_set():
            return
        with contextlib.suppress(NotNow):
            wait([slot.submit(work) for slot in self._slots if slot.is_open], timeout=_RELEASE_SECONDS)

    def close(self) -> None:
        """End the workers after what they have in hand; more work would start new ones. Idle ones hold 100 MB each."""
        for slot in self._slots:
            slot.close(wait=True)

    def stop(self) -> None:
        """Give up what is under way: whoever waits for it gets Stopping within seconds."""
        self._is_stopping.set()

    def kill(self) -> None:
        """End all worker processes of this service at once, whatever they have in hand; those of a cluster are let go of."""
        ending = multiprocessing.active_children()
        for process in ending:
            process.kill()
        deadline = time.monotonic() + _GRACE_SECONDS
        for process in ending:
            process.join(max(0.0, deadline - time.monotonic()))
        for slot in self._slots:
            slot.close(wait=False)


def _nothing() -> None:
    """The work that a worker is given to see whether it can start."""


def _bounded(work: Callable[[list[Item]], list[Result]], items: list[Item]) -> list[Result]:
    """In a worker: whatever time limit the work set ends with it."""
    try:
        return work(items)
    finally:
        time_limit.lift()


def _called(work: Callable[..., Result], calls: list[tuple[Any, ...]]) -> list[Result]:
    return [work(*arguments) for arguments in calls]


def _called_tolerantly(work: Callable[..., Result], calls: list[tuple[Any, ...]]) -> list[Result | None]:
    return [_tolerantly(work, arguments) for arguments in calls]


def _tolerantly(work: Callable[..., Result], arguments: tuple[Any, ...]) -> Result | None:
    try:
        return work(*arguments)
    except (RadiaryError, ImportError):
        raise
    except Exception:  # noqa: BLE001 - one call that fails costs its own result
        return None
