"""Builds the parts of the house in their order, for the service and for `radiary once` alike."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

from radiary import __version__
from radiary.cluster import Cluster
from radiary.disk.ledger import Ledger, read
from radiary.disk.library import Library
from radiary.disk.people import People
from radiary.disk.state import State, fingerprint
from radiary.events import Event, Opened
from radiary.ingest import text_search
from radiary.model import Limits
from radiary.pipeline import Bench
from radiary.process import give_back_memory, process
from radiary.queue import Queue, folded
from radiary.settings import Settings
from radiary.worker import Worker
from radiary.workers.pool import Engine


@dataclass(frozen=True)
class Parts:
    """What is open while Radiary works with one state folder."""

    settings: Settings
    state: State
    ledger: Ledger
    queue: Queue
    bench: Bench
    worker: Worker

    def events(self) -> Iterator[Event]:
        """All facts so far, one after another."""
        return read(self.state.ledger)

    def chronicle(self) -> str | None:
        """Bring the chronicle up to date; what its owner should know of it, or None."""
        return self.worker.chronicle(self.settings.chronicle, self.events)

    def prepare(self) -> None:
        """Make the workers ready for what is arriving."""
        self.bench.engine.prepare()

    def stop(self) -> None:
        """Have whatever is under way end within seconds."""
        for engine in (self.bench.engine, self.bench.scout, self.bench.reader):
            engine.stop()

    def rest(self) -> None:
        """Let the workers go until they are needed again."""
        self.bench.engine.rest()
        self.bench.reader.rest()
        give_back_memory()


@contextlib.contextmanager
def opened(settings: Settings) -> Iterator[Parts]:
    """Lock, replay, key, ledger, library, engine. Raises AlreadyRunning and Unusable."""
    state = State(settings.state)
    with state.locked():
        queue = folded(read(state.ledger))
        key = state.key(queue.opened.key if queue.opened else None)
        ledger = Ledger(state.ledger)
        if queue.opened is None:
            queue.fold(ledger.append(Opened(radiary=__version__, key=fingerprint(key)))[0])
        bench = _bench(settings, state, key)
        for home in (bench.library, bench.shelf):
            home.clear()
        shutil.rmtree(state.scratch, ignore_errors=True)
        try:
            yield Parts(settings, state, ledger, queue, bench, Worker(bench, ledger, queue, settings.attempts))
        finally:
            for engine in (bench.engine, bench.scout, bench.reader):
                engine.close()
            ledger.close()


def _bench(settings: Settings, state: State, key: bytes) -> Bench:
    memory = int(settings.worker_gigabytes * 1e9)
    local: Callable[[], Executor] = partial(process, memory, settings.nice, settings.io_priority)
    make, workers = local, settings.workers or _cores()
    if settings.engine == "dask":
        there = Cluster(settings.scheduler, settings.nice, settings.io_priority)
        make, workers = there.executor, settings.workers or there.lanes()
    archive, file = int(settings.archive_gigabytes * 1e9), int(settings.file_gigabytes * 1e9)
    return Bench(
        engine=Engine(make, workers),
        scout=Engine(local, 1),
        reader=Engine(make, workers),
        library=Library(settings.library),
        shelf=Library(settings.private),
        people=People(state.folder / "people", key),
        key=key,
        wanted=settings.wanted,
        scratch=state.scratch,
        limits=Limits(settings.archive_files, archive, file, settings.archive_depth),
        passwords=state.passwords,
        patience=settings.picture_seconds,
        policy=settings.policy,
        looks=text_search.is_possible(),
    )


def _cores() -> int:
    """Cores that this process may use; macOS does not tell, so all of them there."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
