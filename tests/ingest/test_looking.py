"""Looks into downloads, in threads that end when the test says so."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from radiary.ingest import looking
from radiary.ingest.looking import Looked, Looking
from radiary.model.errors import Stopping
from radiary.watch.inbox import Found
from radiary.workers.pool import Pool
from services import SOON

SHORT = 0.2
"""Seconds for what is not to come."""


def found(name: str) -> Found:
    return Found(Path("/") / name, ())


class Looks:
    """Looks that are under way until they are let go; what is called `quick` ends at once."""

    def __init__(self, scouts: int) -> None:
        self.begun: list[str] = []
        self.has_begun = threading.Semaphore(0)
        self.may_end = threading.Event()
        self.ended = threading.Semaphore(0)
        self.ticks: dict[str, Callable[[], None]] = {}
        self.pools = [Pool(lambda: ThreadPoolExecutor(1), 1) for _ in range(scouts)]
        self.looking = Looking(self._look, self.pools, self.ended.release)

    def _look(self, thing: Found, _scout: Pool, tick: Callable[[], None]) -> Looked:
        self.begun.append(thing.path.name)
        self.ticks[thing.path.name] = tick
        self.has_begun.release()
        if not thing.path.name.startswith("quick"):
            self.may_end.wait(SOON)
            tick()
        return Looked(thing)

    def take(self, patience: float = SOON) -> list[str]:
        return sorted(one.thing.path.name for one in self.looking.take(patience, 50))

    def begin(self, *names: str, count: int) -> None:
        """Until so many looks are under way."""
        self.looking.want(found(name) for name in names)
        assert self.take(SHORT) == []
        for _ in range(count):
            assert self.has_begun.acquire(timeout=SOON)

    def end(self, count: int) -> list[str]:
        self.may_end.set()
        ended: list[str] = []
        while len(ended) < count:
            ended += self.take()
        return sorted(ended)


@pytest.fixture
def looks() -> Iterator[Looks]:
    made = Looks(3)
    yield made
    made.may_end.set()


def test_slow_looks_keep_no_other_one_waiting(looks: Looks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_SLOW", 0.01)
    looks.begin("bomb", "backup", count=2)
    looks.looking.want([found("quick")])
    assert looks.take() == ["quick"]
    assert looks.end(2) == ["backup", "bomb"]
    assert not looks.looking.is_busy


def test_two_are_looked_into_at_once_as_long_as_that_is_quick(looks: Looks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_SLOW", 1000.0)
    looks.begin("a", "b", "quick", count=2)
    assert looks.take(SHORT) == []
    assert sorted(looks.begun) == ["a", "b"]
    assert looks.end(3) == ["a", "b", "quick"]


def test_there_are_no_more_looks_at_once_than_workers_for_them(looks: Looks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_SLOW", 0.0)
    looks.begin("a", "b", "c", "d", "e", count=3)
    assert looks.take(SHORT) == []
    assert sorted(looks.begun) == ["a", "b", "c"]
    assert looks.end(5) == ["a", "b", "c", "d", "e"]


def test_nothing_is_looked_into_twice_at_once_but_again_when_it_is_asked_for_later(looks: Looks) -> None:
    looks.begin("a", count=1)
    for _ in range(2):
        looks.looking.want([found("a"), found("quick"), found("quick")])
    assert looks.end(2) == ["a", "quick"]
    assert sorted(looks.begun) == ["a", "quick"]
    looks.looking.want([found("quick")])
    assert looks.take() == ["quick"]


def test_whoever_waits_hears_that_a_look_has_ended(looks: Looks) -> None:
    looks.begin("a", count=1)
    assert not looks.ended.acquire(blocking=False)
    looks.may_end.set()
    assert looks.ended.acquire(timeout=SOON)
    assert looks.looking.is_busy, "its result is still to be taken"
    assert looks.take() == ["a"]


def test_stopping_gives_up_what_is_waiting_and_under_way(looks: Looks) -> None:
    looks.begin("a", count=1)
    looks.looking.want([found("b")])
    looks.looking.stop()
    with pytest.raises(Stopping):
        looks.looking.take(SOON, 50)
    looks.may_end.set()
    assert looks.ended.acquire(timeout=SOON)
    with pytest.raises(Stopping):
        looks.ticks["a"]()
    with pytest.raises(Stopping):
        looks.looking.take(SOON, 50)
    assert looks.begun == ["a"]


def test_a_look_is_as_old_as_its_last_sign_of_life(looks: Looks) -> None:
    looks.begin("a", "b", count=2)
    first = looks.looking.oldest_sign()
    looks.ticks["b"]()
    assert looks.looking.oldest_sign() == first, "one that hangs is not hidden by one that gets on"
    looks.ticks["a"]()
    second = looks.looking.oldest_sign()
    assert second > first
    for pool in looks.pools:
        pool.on_sign()
    assert looks.looking.oldest_sign() > second, "a sign of its worker is one of its own"
