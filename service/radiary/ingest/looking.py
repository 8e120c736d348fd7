"""Looks into downloads side by side, so that a bomb or a backup of 100 GB keeps no other one waiting.

Two at a time; one that takes longer than a moment gives way to a further one.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from radiary.ingest.admission import Refusal
from radiary.model.errors import Stopping
from radiary.model.nouns import Export
from radiary.watch.inbox import Found
from radiary.workers.pool import Pool

_AT_ONCE = 2
"""Looks under way together, slow ones not counted."""
_SLOW = 2.0
"""Seconds after which a look is a slow one."""
_GATHERED = 0.1
"""Seconds in which what ends is taken together: it shares one write to the ledger."""


_REST = 60.0
"""Seconds without anything to look into after which the workers are ended."""


@dataclass(frozen=True)
class Looked:
    """What a look found: an export and what keeps it from the queue; no export where it is somebody else's.

    `trouble` is the reason (a slug) why nothing could be found out just now, `tried` the passwords that were known before.
    """

    thing: Found
    export: Export | None = None
    refusal: Refusal = None
    trouble: str | None = None
    tried: frozenset[str] = field(default=frozenset(), repr=False)


Look = Callable[[Found, Pool, Callable[[], None]], Looked]
"""Looks into one download, with a worker, and calls its last argument as it gets on. Raises Stopping."""


@dataclass
class _UnderWay:
    """A look that has not ended: with which worker, since when, and when it last got on (monotonic seconds)."""

    scout: Pool
    since: float = field(default_factory=time.monotonic)
    last_sign: float = field(default_factory=time.monotonic)


class Looking:
    """`scouts` are as many workers as there may be looks at once; `ended` is called whenever one has ended."""

    def __init__(self, look: Look, scouts: Sequence[Pool], ended: Callable[[], None]) -> None:
        self._look = look
        self._scouts = list(reversed(scouts))  # the first one, which is prepared, is taken first
        self._busy_at = time.monotonic()
        self._ended = ended
        self._waiting: dict[Path, Found] = {}
        self._under_way: dict[Path, _UnderWay] = {}
        self._results: queue.SimpleQueue[tuple[Path, Looked | None]] = queue.SimpleQueue()
        self._is_stopping = False

    def want(self, things: Iterable[Found]) -> None:
        """Have these things looked into, and nothing else that was wanted before; what is under way is not begun twice."""
        self._waiting = {thing.path: thing for thing in things if thing.path not in self._under_way}

    def take(self, patience: float, most: int) -> list[Looked]:
        """What ended, up to `most`; nothing when nothing did within `patience` seconds. Raises Stopping."""
        looked: list[Looked] = []
        deadline = time.monotonic() + patience
        while self.is_busy and len(looked) < most and not self._is_stopping:
            self._begin()
            try:
                path, result = self._results.get(timeout=max(0.0, min(_SLOW, deadline - time.monotonic())))
            except queue.Empty:
                if time.monotonic() >= deadline:
                    break
                continue
            self._scouts.append(self._under_way.pop(path).scout)
            deadline = min(deadline, time.monotonic() + _GATHERED)
            looked += [result] if result is not None else []
        if self._is_stopping:
            raise Stopping
        return looked

    @property
    def is_busy(self) -> bool:
        """Whether there is anything that has not ended."""
        return bool(self._waiting or self._under_way)

    def rest(self) -> None:
        """Let the workers go when there was nothing to look into for a while."""
        if self.is_busy:
            self._busy_at = time.monotonic()
        elif time.monotonic() - self._busy_at > _REST:
            for scout in self._scouts:
                scout.close()
            self._busy_at = time.monotonic()

    def oldest_sign(self) -> float:
        """When the look that has been silent for longest got on (monotonic seconds); now where none is under way."""
        return min((look.last_sign for look in list(self._under_way.values())), default=time.monotonic())

    def stop(self) -> None:
        """Give up what is waiting and under way."""
        self._is_stopping = True

    def _begin(self) -> None:
        now = time.monotonic()
        quick = sum(now - look.since < _SLOW for look in self._under_way.values())
        while self._waiting and self._scouts and quick < _AT_ONCE:
            thing = self._waiting.pop(next(iter(self._waiting)))
            self._under_way[thing.path] = under_way = _UnderWay(self._scouts.pop())
            threading.Thread(target=self._run, args=(thing, under_way), name="look", daemon=True).start()
            quick += 1

    def _run(self, thing: Found, under_way: _UnderWay) -> None:
        def tick() -> None:
            under_way.last_sign = time.monotonic()
            if self._is_stopping:
                raise Stopping

        under_way.scout.on_sign = tick
        result = None
        try:
            result = self._look(thing, under_way.scout, tick)
        except Stopping:
            return
        finally:
            self._results.put((thing.path, result))
            self._ended()
