"""From a watched folder to the queue: every pass scans, takes what is complete, and writes down what is new."""

import contextlib
import hashlib
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from radiary.archives import source
from radiary.ingest import admission
from radiary.ingest.bench import Bench
from radiary.model.errors import NotNow, UnreadableExport, explain
from radiary.model.events import Event, Filed, Forgotten, Ignored, PutAway, Started
from radiary.model.nouns import Export
from radiary.state.ledger import Ledger
from radiary.state.queue import Queue
from radiary.watch import put_away
from radiary.watch.inbox import Found, Inbox, Pass

log = logging.getLogger("radiary")

_TOGETHER = 50
"""Facts that share one write to the ledger."""


class Intake:
    """Knows where each export lies; that is in memory only, since a path may hold a name.

    `arrived` is called when there is work.
    """

    def __init__(
        self,
        inbox: Inbox,
        ledger: Ledger,
        queue: Queue,
        bench: Bench,
        *,
        digests: dict[str, str],
        putting_away: put_away.PutAway,
        arrived: Callable[[], None],
        clock: Callable[[], float],
    ) -> None:
        self._inbox = inbox
        self._ledger = ledger
        self._queue = queue
        self._bench = bench
        self._putting_away = putting_away
        self._arrived = arrived
        self._clock = clock
        self._lock = threading.Lock()
        self._places: dict[str, dict[Path, Export]] = {}
        """Where each export lies, by its digest: a download may lie there more than once."""
        self.digests = digests
        """What was hashed so far, by the hash of its fingerprint."""
        self.last_sign = clock()
        """When a pass last got on, on `clock`; a pass over many large files gets on with each of them."""
        self.unreadable = 0
        """How many complete things may not be read; they are tried again at every pass."""

    def scan(self) -> Pass:
        """One pass over the watched folders. Raises OSError when the ledger cannot be written; what is left comes next time."""
        seen = self._inbox.scan()
        unreadable = 0
        for start in range(0, len(seen.ready), _TOGETHER):
            facts: dict[str, Event] = {}
            taken: list[tuple[Found, Export]] = []
            for thing in seen.ready[start : start + _TOGETHER]:
                self.last_sign = self._clock()
                try:
                    export = self._export(thing)
                    if export.digest not in self._queue.exports and export.digest not in facts:
                        self.last_sign = self._clock() + admission.SECONDS
                        facts[export.digest] = admission.judged(export, self._bench)
                        self.last_sign = self._clock()
                    taken.append((thing, export))
                except UnreadableExport:
                    unreadable += 1
                except NotNow:
                    continue
            self._write_down(list(facts.values()))
            for thing, export in taken:
                self._inbox.taken(thing)
                self._arrange(export, is_new=export.digest in facts)
        self.last_sign, self.unreadable = self._clock(), unreadable
        return seen

    def next(self, is_ready: Callable[[str], bool] = lambda _digest: True) -> Export | None:
        """The pending export that waits longest, of those whose place is known and that are `is_ready`."""
        with self._lock:
            pending = (digest for digest in self._queue.pending() if self._places.get(digest) and is_ready(digest))
            return next((next(iter(self._places[digest].values())) for digest in pending), None)

    @property
    def missing(self) -> int:
        """How many pending exports lie in no watched folder."""
        with self._lock:
            return sum(not self._places.get(digest) for digest in self._queue.pending())

    def lost(self, export: Export) -> None:
        """An export is not where it was, or not as it was; a scan finds it again."""
        with self._lock:
            if self._places.get(export.digest, {}).get(export.path) is export:
                del self._places[export.digest][export.path]
        self._inbox.release(export.path)

    def wish(self, wish: str, digest: str) -> None:
        """Do what an export's owner asked for. What is at work, and what was filed, is left alone."""
        standing = self._queue.exports.get(digest)
        if standing is None or isinstance(standing.last, Started | Filed):
            return
        export = next((one for one in self._places.get(digest, {}).values() if one.path.exists()), None)
        if wish == "forget":
            self._write_down([Forgotten(export=digest)])
        elif standing.conclusion is not None and export is not None:
            with contextlib.suppress(NotNow):
                fact = admission.judged(export, self._bench)
                self._write_down([fact])
                self._arrange(export, is_new=True)
        elif standing.conclusion is not None and standing.queued is not None:
            self._write_down([standing.queued])

    def concluded(self, export: Export, end: Event) -> None:
        """Put a finished export away as its owner wants it. What cannot be moved stays; that is no harm."""
        if isinstance(self._queue.exports[export.digest].last, Forgotten):
            return
        try:
            place = self._putting_away.finished(export, end)
            if place is not None:
                self._note_place(export, *place)
            if place is not None and place[0] != "deleted":
                for copy in [one for one in self._places[export.digest].values() if one.path != place[1]]:
                    self._put_copy_away(copy)
        except (OSError, NotNow, UnreadableExport) as error:
            log.warning("export %s: could not be put away (%s)", export.digest[:12], type(error).__name__)

    def _put_copy_away(self, copy: Export) -> None:
        if self._putting_away.duplicate(copy):
            self._note_place(copy, "duplicate", copy.path)

    def _note_place(self, export: Export, into: str, path: Path) -> None:
        """Write down that a download was put away, and remember where it lies now."""
        self._write_down([PutAway.model_validate({"export": export.digest, "into": into})])
        with self._lock:
            known = self._places.setdefault(export.digest, {})
            known.pop(export.path, None)
            if into not in ("duplicate", "deleted"):
                known[path] = replace(export, path=path, fingerprint=source.fingerprint(path))

    def _export(self, thing: Found) -> Export:
        fingerprint = hashlib.sha256(repr(thing.fingerprint).encode()).hexdigest()
        export = source.export(thing.path, thing.fingerprint, self.digests.get(fingerprint))
        self.digests[fingerprint] = export.digest
        return export

    def _write_down(self, facts: list[Event]) -> None:
        if facts:
            for fact in self._ledger.append(*facts):
                self._queue.fold(fact)
                log.info("export %s: %s%s", getattr(fact, "export", "")[:12], fact.type, reason_of(fact))

    def _arrange(self, export: Export, *, is_new: bool) -> None:
        """Remember where an export lies, and what to do with it now."""
        with self._lock:
            known = self._places.setdefault(export.digest, {})
            is_copy = any(path != export.path and path.exists() for path in known)
            known[export.path] = export
        if is_copy and not is_new:
            log.info("export %s: the same download lies there once more", export.digest[:12])
        end = self._queue.exports[export.digest].conclusion
        if end is None:
            self._arrived()
        elif is_copy and not is_new and self._putting_away.after == "sort" and not isinstance(end, Ignored | Forgotten):
            with contextlib.suppress(OSError):
                self._put_copy_away(export)
        else:
            self.concluded(export, end)


def reason_of(event: Event) -> str:
    """The sentence for an event's reason, behind a dash; nothing for one without."""
    reason = getattr(event, "reason", None)
    return f" – {explain(reason)}" if reason else ""
