"""Builds the parts of the house in their order, for the service and for `radiary once` alike."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from radiary import __version__
from radiary.announcing import desktop
from radiary.announcing.announcer import Announcer
from radiary.chronicle.site import site_of
from radiary.ingest import member_batches
from radiary.ingest.attempt import Attempts
from radiary.ingest.bench import Bench
from radiary.ingest.chronicling import Chronicles, Chronicling
from radiary.ingest.rescaling import Settling
from radiary.ingest.searching_again import SearchingAgain
from radiary.ingest.text_engine import TextEngine
from radiary.language import Language
from radiary.library import ownership, trash
from radiary.library.ownership import Claim
from radiary.library.shelf import Library
from radiary.model.events import Opened
from radiary.model.nouns import Limits
from radiary.settings import Settings
from radiary.state.cut_pictures import CutPictures
from radiary.state.folder import State, fingerprint
from radiary.state.ledger import Follower, Ledger, read
from radiary.state.paper_facts import PaperFacts
from radiary.state.people import People
from radiary.state.queue import Queue, folded
from radiary.workers.collecting import give_back_memory
from radiary.workers.dask import Cluster
from radiary.workers.own_process import OwnProcess
from radiary.workers.pool import Pool
from radiary.workers.process import process

_SCOUTS = 8
"""Downloads that may be looked into at once, slow ones among them."""


@dataclass(frozen=True)
class Parts:
    """What is open while Radiary works with one state folder."""

    settings: Settings
    state: State
    ledger: Ledger
    queue: Queue
    bench: Bench
    attempts: Attempts
    rescaling: Settling
    searching_again: SearchingAgain
    chronicling: Chronicles

    def chronicle(self) -> str | None:
        """Bring the chronicle up to date, and empty the trash; what its owner should know of it, or None."""
        for home in (home for home in (self.bench.library, self.bench.shelf) if self._is_ours(home)):
            trash.empty(home, datetime.now(tz=UTC).date(), self.settings.trash_days)
        return self.attempts.chronicle(self.chronicling)

    def do_idle_work(self) -> tuple[bool, float | None]:
        """What is done when nothing else is: series in their range, then what waits to be searched for text, a few at a time.

        Whether that changed anything, and seconds until there may be more to do.
        """
        is_changed, seconds = self.rescaling.settle()
        has_searched, has_more = self.searching_again.step()
        return is_changed or has_searched, 0.0 if has_more else seconds

    def _is_ours(self, home: Library) -> bool:
        """Whether a place is there and belongs to the state folder: nothing is deleted from anybody else's."""
        claim = ownership.claim_of(self.state, self.queue)
        return home.is_marked and ownership.trouble(home, claim) is None

    def prepare(self) -> None:
        """Make the workers ready for what is arriving."""
        member_batches.prepare(self.bench.pool)

    def stop(self) -> None:
        """Have whatever is under way end within seconds."""
        for pool in _pools(self.bench):
            pool.stop()

    def rest(self) -> None:
        """Let the workers go until they are needed again."""
        for pool in (self.bench.pool, self.bench.reader):  # those that look into downloads are let go of by who uses them
            pool.close()
        if isinstance(self.chronicling, OwnProcess):
            self.chronicling.close()
        give_back_memory()


@contextlib.contextmanager
def started(settings: Settings, *, is_service: bool = False) -> Iterator[Parts]:
    """Lock, replay, key, ledger, library, pools. Raises AlreadyRunning and Unusable.

    The service, which mostly waits, leaves the chronicle to a process of its own.
    """
    state = State(settings.state)
    with state.locked():
        queue = folded(read(state.ledger))
        if queue.key is not None:
            state.key(queue.key)
        ownership.refuse_others(state, queue, (Library(settings.library), Library(settings.private)))  # before a key is made
        key = state.key(queue.key)
        ledger = Ledger(state.ledger)
        if queue.beginning is None:
            queue.fold(ledger.append(Opened(radiary=__version__, key=fingerprint(key)))[0])
        bench = _bench(settings, state, key, ownership.claim_of(state, queue))
        for home in (bench.library, bench.shelf):
            home.clear()
        shutil.rmtree(state.scratch, ignore_errors=True)
        state.forget_answers()
        chronicle = _chronicling(settings, bench, is_apart=is_service)
        try:
            attempts = Attempts(bench, ledger, queue=queue, most=settings.attempts)
            rescaling, searching_again = Settling(bench, queue, attempts.tell), SearchingAgain(bench, queue, attempts.tell)
            yield Parts(
                settings,
                state,
                ledger=ledger,
                queue=queue,
                bench=bench,
                attempts=attempts,
                rescaling=rescaling,
                searching_again=searching_again,
                chronicling=chronicle,
            )
        finally:
            if isinstance(chronicle, OwnProcess):
                chronicle.kill()
            for pool in _pools(bench):
                pool.close()
            ledger.close()


def announcer(parts: Parts) -> Announcer | None:
    """What tells the desktop; None where its owner wants none, or the extra that shows it is not installed."""
    if not parts.settings.notifications or not desktop.is_installed():
        return None
    from radiary.chronicle.sealed import sealed_at  # here: who wants no notifications does without her file's reader

    return Announcer(Language(parts.settings.spoken), sealed=lambda: sealed_at(site_of(parts.settings)), show=desktop.show)


def _chronicling(settings: Settings, bench: Bench, *, is_apart: bool) -> Chronicles:
    news = Follower(State(settings.state).ledger).news
    make = partial(Chronicling, site_of(settings), news, bench.library.root, bench.people)
    return OwnProcess(make, bench.pool, settings.nice, settings.io_priority) if is_apart else make(bench.pool)


def pool(settings: Settings) -> Pool:
    """Workers on this computer, for a command that needs no more of the house than these."""
    memory = int(settings.worker_gigabytes * 1e9)
    return Pool(partial(process, memory, settings.nice, settings.io_priority), settings.workers or _cores())


def _bench(settings: Settings, state: State, key: bytes, claim: Claim) -> Bench:
    memory = int(settings.worker_gigabytes * 1e9)
    local: Callable[[], Executor] = partial(process, memory, settings.nice, settings.io_priority)
    make, workers = local, settings.workers or _cores()
    if settings.engine == "dask":
        there = Cluster(settings.scheduler, settings.nice, settings.io_priority)
        make, workers = there.executor, settings.workers or there.capacity()
    archive, file = int(settings.archive_gigabytes * 1e9), int(settings.file_gigabytes * 1e9)
    reader = Pool(make, workers)
    return Bench(
        pool=Pool(make, workers),
        scouts=tuple(Pool(local, 1) for _ in range(_SCOUTS)),
        reader=reader,
        library=Library(settings.library),
        shelf=Library(settings.private),
        people=People(state.folder / "people", key),
        key=key,
        claim=claim,
        papers=PaperFacts(state.folder / "papers", key),
        cut_pictures=CutPictures(state.folder / "cuttings", key),
        documents=settings.documents,
        wanted=settings.wanted,
        scratch=state.scratch,
        limits=Limits(settings.archive_files, archive, file, settings.archive_depth),
        passwords=state.passwords.all,
        names=state.names,
        patience=settings.picture_seconds,
        policy=settings.policy,
        searches_text=True,
        engine=TextEngine(reader),
    )


def _pools(bench: Bench) -> tuple[Pool, ...]:
    return bench.pool, *bench.scouts, bench.reader


def _cores() -> int:
    """Cores that this process may use; macOS does not tell, so all of them there."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
