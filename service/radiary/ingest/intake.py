"""From a watched folder to the queue: every pass scans, takes what is complete, and writes down what is new."""

import contextlib
import hashlib
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from radiary.archives import archive, source, unpack
from radiary.ingest.attempt import where
from radiary.ingest.pipeline import Bench
from radiary.model.errors import (
    SENTENCES,
    Empty,
    GaveUp,
    NoDicom,
    NotNow,
    RadiaryError,
    SourceUnreadable,
    Unacceptable,
    UnreadableExport,
    Waiting,
    explain,
)
from radiary.model.events import AwaitingOwner, Event, Filed, Forgotten, Ignored, PutAway, Queued, Rejected, Started
from radiary.model.nouns import Export, Limits
from radiary.state.ledger import Ledger
from radiary.state.queue import Queue
from radiary.watch import put_away
from radiary.watch.inbox import Found, Inbox, Pass
from radiary.workers import time_limit

log = logging.getLogger("radiary")

After = Literal["keep", "sort", "delete"]
Place = Literal["done", "duplicate", "failed", "waiting"]
_TOGETHER = 50
"""Facts that share one write to the ledger."""
_LOOKING = 3600
"""Seconds that looking for the first DICOM file in one archive may take: somebody's backup may be large."""


class Intake:
    """Knows where each export lies; that is in memory only, since a path may hold a name.

    `after` says what happens to a finished export; `arrived` is called when there is work.
    """

    def __init__(
        self,
        inbox: Inbox,
        ledger: Ledger,
        queue: Queue,
        bench: Bench,
        *,
        digests: dict[str, str],
        after: After,
        arrived: Callable[[], None],
        clock: Callable[[], float],
    ) -> None:
        self._inbox = inbox
        self._ledger = ledger
        self._queue = queue
        self._bench = bench
        self._after = after
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
        found = self._inbox.scan()
        unreadable = 0
        for start in range(0, len(found.ready), _TOGETHER):
            facts: dict[str, Event] = {}
            taken: list[tuple[Found, Export]] = []
            for one in found.ready[start : start + _TOGETHER]:
                self.last_sign = self._clock()
                try:
                    export = self._export(one)
                    if export.digest not in self._queue.exports and export.digest not in facts:
                        self.last_sign = self._clock() + _LOOKING
                        facts[export.digest] = judged(export, self._bench)
                        self.last_sign = self._clock()
                    taken.append((one, export))
                except UnreadableExport:
                    unreadable += 1
                except NotNow:
                    continue
            self._write_down(list(facts.values()))
            for one, export in taken:
                self._inbox.taken(one)
                self._arrange(export, is_new=export.digest in facts)
        self.last_sign, self.unreadable = self._clock(), unreadable
        return found

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
                fact = judged(export, self._bench)
                self._write_down([fact])
                self._arrange(export, is_new=True)
        elif standing.conclusion is not None and standing.queued is not None:
            self._write_down([standing.queued])

    def concluded(self, export: Export, end: Event) -> None:
        """Put a finished export away as its owner wants it. What cannot be moved stays; that is no harm."""
        if self._after == "keep" or isinstance(end, Ignored | Forgotten):
            return
        if isinstance(self._queue.exports[export.digest].last, Forgotten):
            return
        try:
            if source.fingerprint(export.path) != export.fingerprint:
                return
            if self._after == "sort":
                into: Place = "done" if isinstance(end, Filed) else "waiting" if isinstance(end, AwaitingOwner) else "failed"
                self._move(export, into, _note(end))
                for copy in list(self._places.get(export.digest, {}).values()):
                    if copy.path != export.path and copy.path.parent.name not in put_away.FOLDERS:
                        self._move(copy, "duplicate", _COPY)
            elif isinstance(end, Filed) and self._may_delete(export, end):
                put_away.delete(export.path)
                self._write_down([PutAway(export=export.digest, into="deleted")])
        except (OSError, NotNow, UnreadableExport) as error:
            log.warning("export %s: could not be put away (%s)", export.digest[:12], type(error).__name__)

    def _may_delete(self, export: Export, end: Filed) -> bool:
        """Only what is filed whole: nothing skipped or left beside it, every file standing, and the very same bytes."""
        if end.skipped or end.left:
            return False
        if not all(self._bench.home(study.held).stands(study.folder, is_read=True) for study in end.studies):
            return False
        return source.export(export.path, export.fingerprint, None).digest == export.digest

    def _move(self, export: Export, into: Place, note: str) -> None:
        if export.path.parent.name == into:
            return
        place = put_away.put_away(export.path, into, note)
        self._write_down([PutAway(export=export.digest, into=into)])
        with self._lock:
            known = self._places.setdefault(export.digest, {})
            known.pop(export.path, None)
            if into != "duplicate":
                known[place] = replace(export, path=place, fingerprint=source.fingerprint(place))

    def _export(self, found: Found) -> Export:
        fingerprint = hashlib.sha256(repr(found.fingerprint).encode()).hexdigest()
        export = source.export(found.path, found.fingerprint, self.digests.get(fingerprint))
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
        elif is_copy and not is_new and self._after == "sort" and not isinstance(end, Ignored | Forgotten):
            with contextlib.suppress(OSError):
                self._move(export, "duplicate", _COPY)
        else:
            self.concluded(export, end)


_COPY = "This download is the same, byte for byte, as one that Radiary had before."


def judged(export: Export, bench: Bench) -> Event:
    """The first fact about an export: queued, or why it is not. Raises NotNow when it is gone, and Stopping."""
    try:
        if not export.size:
            raise Empty
        if not bench.scout.call(_holds_dicom, export, bench.scratch, bench.limits, bench.passwords()):
            raise NoDicom
    except NoDicom as error:
        return Ignored(export=export.digest, reason=error.reason())
    except Unacceptable as error:
        return Rejected(export=export.digest, reason=error.reason())
    except Waiting as error:
        return AwaitingOwner(export=export.digest, reason=error.reason())
    except RadiaryError:
        raise
    except OSError:
        raise SourceUnreadable from None
    except Exception as error:  # noqa: BLE001 - one odd download must not end the intake of all others
        log.error("export %s: internal error, %s", export.digest[:12], where(error))
        return Rejected(export=export.digest, reason=GaveUp.reason())
    return Queued(export=export.digest, kind=export.kind, size=export.size)


def ready() -> None:
    """Done as soon as a process can look into exports: when it has read this module."""


def _holds_dicom(export: Export, place: Path, limits: Limits, passwords: tuple[str, ...]) -> bool:
    """Looked at in place where that can be done, else by unpacking without keeping anything."""
    time_limit.set_to(_LOOKING)
    try:
        if unpack.must_unpack(export, passwords):
            return unpack.holds_dicom(export, place, limits, passwords)
        with archive.opened(export, passwords, limits) as opened:
            return archive.holds_dicom(opened)
    finally:
        time_limit.lift()


def reason_of(event: Event) -> str:
    """The sentence for an event's reason, behind a dash; nothing for one without."""
    reason = getattr(event, "reason", None)
    return f" – {explain(reason)}" if reason else ""


def _note(end: Event) -> str:
    """What stands in the text beside a sorted export, for a person."""
    if not isinstance(end, Filed):
        return f"Radiary could not file this download.{reason_of(end).replace(' – ', chr(10))}"
    lines = [f"Radiary has filed this download: {end.pictures} picture{'' if end.pictures == 1 else 's'}."]
    for study in end.studies:
        place = "private shelf (it may show a name)" if study.held else "library"
        lines.append(f"  {study.folder} in the {place}, {study.added} new")
    if end.skipped:
        lines += ["", "Not everything could be filed, so keep this download:"]
        lines += [f"  {count} × {SENTENCES.get(reason, reason)}" for reason, count in end.skipped.items()]
    if end.left:
        lines += ["", f"Files beside the pictures that were left alone: {end.left}."]
    return "\n".join(lines)
