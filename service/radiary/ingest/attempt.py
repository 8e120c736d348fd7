"""Takes what is queued, one export after another, and turns what goes wrong into events."""

import logging
import threading
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from radiary.chronicle import folder as chronicle_folder
from radiary.ingest import decisions, pipeline
from radiary.ingest.decisions import Decision
from radiary.ingest.pipeline import Bench, Progress
from radiary.model.errors import GaveUp, NothingToFile, NotNow, Stopping, Unacceptable, Waiting
from radiary.model.events import AwaitingOwner, Deferred, Event, Failed, Rejected, Started
from radiary.model.nouns import Export
from radiary.state.ledger import Ledger
from radiary.state.queue import Queue

log = logging.getLogger("radiary")


@dataclass
class Worker:
    """Works for one ledger. `attempts`: how often an export may end in an internal error before it is given up."""

    bench: Bench
    ledger: Ledger
    queue: Queue
    attempts: int
    remembered: chronicle_folder.Remembered = field(default_factory=chronicle_folder.Remembered)
    _in_hand: str | None = field(default=None, init=False)
    _excusing: threading.Lock = field(default_factory=threading.Lock, init=False)

    def ingest(self, export: Export, progress: Progress) -> Event:
        """One attempt at one export, and the event it ended in. Raises Stopping and OSError; then it stays pending."""
        standing = self.queue.exports[export.digest]
        if standing.attempts >= self.attempts:
            return self._append(Rejected(export=export.digest, reason=GaveUp.reason()))
        self._in_hand = export.digest
        self._append(Started(export=export.digest, attempt=standing.attempts + 1))
        try:
            return self._append(self._attempt(export, progress))
        except Stopping:
            self.excuse()
            raise
        except OSError:
            standing.attempts = max(0, standing.attempts - 1)  # the ledger's disk is full: no fault of the export
            raise

    def _attempt(self, export: Export, progress: Progress) -> Event:
        try:
            return pipeline.ingest(export, self.bench, self.queue, progress)
        except NothingToFile as error:
            return Rejected(export=export.digest, reason=error.reason(), skipped=error.skipped)
        except Unacceptable as error:
            return Rejected(export=export.digest, reason=error.reason())
        except Waiting as error:
            return AwaitingOwner(export=export.digest, reason=error.reason())
        except NotNow as error:
            return Deferred(export=export.digest, reason=error.reason())
        except Stopping:
            raise
        except Exception as error:  # noqa: BLE001 - one export's bug must not keep the ones behind it waiting
            place = where(error)
            log.error("export %s: internal error, %s", export.digest[:12], place)
            return Failed(export=export.digest, error=place)

    def excuse(self) -> None:
        """The service ends without what is in hand, which is no fault of the export's: its attempt does not count.

        Said once, whichever thread is first.
        """
        with self._excusing:
            digest = self._in_hand
            if digest is not None and isinstance(self.queue.exports[digest].last, Started):
                self._append(Deferred(export=digest, reason=Stopping.reason()))

    def decide(self, decision: Decision) -> Event:
        """Carry out what the owner decided about a held picture. Raises Unusable, NotNow, Stopping and OSError."""
        return self._append(decisions.decided(decision, self.bench, self.queue))

    def chronicle(self, folder: Path, events: Callable[[], Iterable[Event]]) -> str | None:
        """Bring the chronicle up to date; what the person should know of it, or None. Raises Stopping."""
        known = frozenset(self.queue.chronicled)
        try:
            place = folder, self.bench.library.root
            facts, note = chronicle_folder.write(events(), known, *place, self.bench.pool, self.bench.people, self.remembered)
            for fact in facts:
                self._append(fact)
        except NotNow:
            return "The chronicle's folder cannot be written to just now; it is tried again."
        except Stopping:
            raise
        except Exception as error:  # noqa: BLE001 - an odd chronicle must not keep exports waiting
            log.error("chronicle: internal error, %s", where(error))
            return "The chronicle could not be brought up to date because of an internal error; please report it."
        return note

    def _append(self, event: Event) -> Event:
        stamped = self.ledger.append(event)[0]
        self.queue.fold(stamped)
        return stamped


def where(error: BaseException) -> str:
    """The kind of an error and the places in our code that it came through; never its message, which may quote a value."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "radiary" in frame.filename]
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-3:]))
    return f"{type(error).__name__} in {places or 'a worker process'}"
