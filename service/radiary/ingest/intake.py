"""From a watched folder to the queue: every pass scans, takes what is complete, and writes down what is new."""

import hashlib
import hmac
import logging
import os
import re
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from radiary import __version__
from radiary.archives import source
from radiary.ingest import admission, error_facts
from radiary.ingest.bench import Bench
from radiary.ingest.finished import Finished
from radiary.ingest.looking import Looked, Looking
from radiary.ingest.places import Places
from radiary.model.errors import NoDicom, NotNow, OthersPaper, SourceUnreadable, Stopping, UnreadableExport, explain
from radiary.model.events import Event, Filed, Forgotten, Ignored, Started, Superseded
from radiary.model.nouns import Export
from radiary.state.ledger import Ledger
from radiary.state.queue import Queue
from radiary.watch import put_away
from radiary.watch.inbox import Found, Inbox, Pass
from radiary.workers.pool import Pool

log = logging.getLogger("radiary")

_TOGETHER = 50
"""Facts that share one write to the ledger."""
_TURN = 0.5
"""Seconds that a pass waits for what is being looked into; the rest is heard of in later passes."""
_AGAIN = 10
"""Seconds after which a download that could not be looked into just now is tried again."""
_DIGEST = re.compile("[0-9a-f]{64}")
_UNLOCK = "unlock"
"""What is wished of an export at work when there is another password: to be tried again if it turns out to be locked."""
_NOT_OURS = f"not ours, says {__version__}"
"""Stands among the digests for what holds nothing that could be an image; a newer version looks anew."""


class Intake:
    """Knows where each export lies; that is in memory only, since a path may hold a name.

    `arrived` is called when there is work, `ended` when a look into a download has ended.
    """

    def __init__(
        self,
        inbox: Inbox,
        ledger: Ledger,
        queue: Queue,
        *,
        bench: Bench,
        digests: dict[str, str],
        putting_away: put_away.PutAway,
        arrived: Callable[[], None],
        ended: Callable[[], None] = lambda: None,
        clock: Callable[[], float],
    ) -> None:
        self._inbox = inbox
        self._ledger = ledger
        self._queue = queue
        self._bench = bench
        self._putting_away = putting_away
        self._arrived = arrived
        self._clock = clock
        self._places = Places()
        self._finished = Finished(inbox, self._places, putting_away, write_down=self._write_down)
        self._looking = Looking(self._look, bench.scouts, ended)
        self._acquainted = bench.acquainted()
        """Who was known when papers were looked at last."""
        self._passwords = frozenset(bench.passwords())
        """Those that were known then."""
        self._wished: set[str] = set()
        """Digests of exports that are to be looked into once more though their end is known."""
        self._put_off: dict[str, str] = {}
        """What is wished of exports that are at work just now: done as soon as that has ended."""
        self._lock = threading.RLock()
        self._told: set[str] = set()
        """Reasons that the log has named since all was well."""
        self._troubles: dict[Found, tuple[str, float]] = {}
        """Why a download could not be looked into, and when that was."""
        self.digests = digests
        """What was hashed so far, by the hash of its place and fingerprint."""
        self.last_sign = clock()
        """When a pass last got on, on `clock`."""

    def scan(self, turn: float = _TURN) -> Pass:
        """One pass over the watched folders. Raises Stopping, and OSError when the ledger cannot be written.

        What is looked into and takes longer than `turn` seconds comes in a later pass.
        """
        self._try_passwords()
        self._do_what_was_put_off()
        if self._acquainted != (acquainted := self._bench.acquainted()):
            self._acquainted = acquainted
            self._inbox.look_anew()
        seen = self._inbox.scan()
        now = self._clock()
        once_more = self._wanted_once_more()
        wanted = dict.fromkeys([*seen.ready, *once_more])
        self._end_troubles(self._troubles.keys() - set(wanted))
        self._told &= set(self.troubles)
        self._looking.want(thing for thing in wanted if now - self._troubles.get(thing, ("", -_AGAIN))[1] >= _AGAIN)
        began = time.monotonic()
        try:
            while looked := self._looking.take(turn, _TOGETHER):
                self._take_in(looked)
                if time.monotonic() - began > turn:
                    break
            self._tidy_up()
        finally:
            self.last_sign = self._clock()
        return replace(seen, again=min(seen.again or _AGAIN, _AGAIN)) if self._troubles or once_more else seen

    def _try_passwords(self) -> None:
        """Have what is locked, or was filed without something locked, looked into once more when there is another password.

        What is at work may have been given those alone that were known before.
        """
        before, self._passwords = self._passwords, frozenset(self._bench.passwords())
        if self._passwords <= before:
            return
        self._wished |= {*self._queue.left_locked(), *self._queue.locked()}
        for digest in self._queue.at_work():
            self._put_off.setdefault(digest, _UNLOCK)

    def _do_what_was_put_off(self) -> None:
        """What was wished of an export while it was at work, which has ended by now."""
        for digest in self._put_off.keys() - set(self._queue.at_work() if self._put_off else ()):
            wish = self._put_off.pop(digest)
            if wish != _UNLOCK or digest in self._queue.locked():
                self.wish(wish, digest)

    def _wanted_once_more(self) -> list[Found]:
        """Where exports lie that are to be looked into though their end is known."""
        lying = (self._lying(digest) for digest in self._wished | self._queue.reopened)
        there = [Found(export.path, export.fingerprint) for export in lying if export and os.path.lexists(export.path)]
        return [thing for thing in there if self.digests.get(_key(thing)) not in (_NOT_OURS, self._not_hers())]

    def _tidy_up(self) -> None:
        """What is done between two looks."""
        self._looking.rest()
        self._unless_busy(self._notice_what_is_gone)
        self._unless_busy(self._finished.put_away)

    def _unless_busy(self, work: Callable[[], None]) -> None:
        """Do something with where downloads lie; in a later pass while the other thread is at it, which may take its time."""
        if self._lock.acquire(blocking=False):
            try:
                work()
            finally:
                self._lock.release()

    @property
    def is_looking(self) -> bool:
        """Whether downloads are being looked into."""
        return self._looking.is_busy

    def is_getting_on(self, patience: float) -> bool:
        """Whether every look that is under way gave a sign of life within `patience` seconds."""
        return time.monotonic() - self._looking.oldest_sign() < patience

    @property
    def troubles(self) -> Counter[str]:
        """Downloads that cannot be looked into just now, by reason."""
        return Counter(reason for reason, _ in list(self._troubles.values()))

    @property
    def troubled(self) -> dict[str, list[str]]:
        """The same, each by its mark in the record of names."""
        marks = defaultdict[str, list[str]](list)
        for thing, (reason, _) in list(self._troubles.items()):
            marks[reason].append(self._mark(thing))
        return dict(marks)

    @property
    def unmoved(self) -> int:
        """Downloads that are done with and cannot be moved or deleted."""
        return self._finished.unmoved

    def stop(self) -> None:
        """Give up what is being looked into."""
        self._looking.stop()

    def next(self, is_ready: Callable[[str], bool] = lambda _digest: True) -> Export | None:
        """The pending export that waits longest, of those whose place is known and that are `is_ready`."""
        pending = (digest for digest in self._queue.pending() if is_ready(digest))
        return next((export for digest in pending if (export := self._lying(digest))), None)

    @property
    def missing(self) -> int:
        """How many pending exports lie in no watched folder."""
        return sum(self._places.any(digest) is None for digest in self._queue.pending())

    def _lying(self, digest: str) -> Export | None:
        """An export at a place where something lies, rather than where it lay before it was renamed."""
        there = (one for one in self._places.all(digest) if os.path.lexists(one.path))
        return next(there, None) or self._places.any(digest)

    def lost(self, export: Export) -> None:
        """An export is not where it was, or not as it was; a scan finds it again."""
        self._places.remove(export)
        self._inbox.release(export.path)

    def wish(self, wish: str, digest: str) -> None:
        """Do what an export's owner asked for: of what is at work, when that has ended. What was filed is left alone."""
        self._try_passwords()
        standing = self._queue.exports.get(digest)
        if standing is None or isinstance(standing.last, Filed):
            return
        if isinstance(standing.last, Started):
            self._put_off[digest] = wish
            return
        export = next((one for one in self._places.all(digest) if os.path.lexists(one.path)), None)
        if wish == "forget":
            self._write_down([Forgotten(export=digest)])
            if self._bench.names:
                self._bench.names.forget([digest])
        elif standing.conclusion is not None and export is not None:
            self._wished.add(digest)
        elif standing.conclusion is not None and standing.queued is not None:
            self._write_down([standing.queued])

    def scan_soon(self) -> None:
        """Something is to be looked into once more: what its owner had taken out is back, say; from any thread."""
        self._inbox.wake()

    def concluded(self, export: Export, end: Event) -> None:
        """Put a finished export away as its owner wants it, as soon as that is safe."""
        if export.digest in self._put_off:
            self._inbox.wake()
        if not isinstance(self._queue.exports[export.digest].last, Forgotten):
            self._finished.add(export, end)
            self._unless_busy(self._finished.put_away)

    def _look(self, thing: Found, scout: Pool, tick: Callable[[], None]) -> Looked:
        """What a download is, and whether it is the owner's: looked into first, so that others' are not read whole."""
        key = _key(thing)
        known = self.digests.get(key)
        if known in (_NOT_OURS, self._not_hers()):
            return Looked(thing)
        if known is not None and not _DIGEST.fullmatch(known):
            known = None  # what an older version did not take for ours
        tried = frozenset(self._bench.passwords())
        try:
            export = source.export(thing.path, thing.fingerprint, known or key)
            refusal: admission.Refusal = None
            if known is None or self._is_new(known):
                refusal = admission.refusal(export, scout, self._bench)
            if known is None:
                export = source.export(thing.path, thing.fingerprint, None, tick=tick)
        except NoDicom as nothing:
            self.digests[key] = self._not_hers() if isinstance(nothing, OthersPaper) else _NOT_OURS
            return Looked(thing)
        except (NotNow, UnreadableExport) as error:
            return Looked(thing, trouble=error.reason())
        except Stopping:
            raise
        except Exception as error:  # noqa: BLE001 - one odd download must not end the intake of all others
            error_facts.log_internal(key, error)
            return Looked(thing, trouble=SourceUnreadable.reason())
        self.digests[key] = export.digest
        return Looked(thing, export, refusal, tried=tried)

    def _not_hers(self) -> str:
        """What stands among the digests for papers that name nobody: looked at anew when somebody else is known."""
        return f"{_NOT_OURS} but papers of nobody among {self._bench.acquainted()}"

    def _is_forgotten(self, digest: str) -> bool:
        standing = self._queue.exports.get(digest)
        return standing is not None and isinstance(standing.last, Forgotten)

    def _is_wanted_once_more(self, digest: str) -> bool:
        return digest in self._wished or digest in self._queue.reopened

    def _is_new(self, digest: str) -> bool:
        """Whether an export is to be judged: for the first time, or once more."""
        standing = self._queue.exports.get(digest)
        return standing is None or isinstance(standing.last, Superseded) or self._is_wanted_once_more(digest)

    def _take_in(self, looked: Iterable[Looked]) -> None:
        facts: dict[str, Event] = {}
        untried: set[str] = set()
        exports: list[tuple[Found, Export]] = []
        for arrival in looked:
            if arrival.trouble:
                self._note_trouble(arrival.thing, arrival.trouble)
                continue
            self._end_troubles([arrival.thing])
            if arrival.export is None:
                self._inbox.taken(arrival.thing, is_ours=False)
            else:
                if self._is_new(arrival.export.digest) and arrival.export.digest not in facts:
                    facts[arrival.export.digest] = admission.fact(arrival.export, arrival.refusal)
                    untried |= {arrival.export.digest} if not self._passwords <= arrival.tried else set()
                exports.append((arrival.thing, arrival.export))
        if self._bench.names:
            self._bench.names.note({one.digest: one.path.name for _, one in exports if not self._is_forgotten(one.digest)})
        self._write_down(list(facts.values()))
        self._wished -= facts.keys()
        self._wished |= untried & set(self._queue.locked() if untried else ())
        for thing, export in exports:
            self._inbox.taken(thing)
            self._arrange(export, is_new=export.digest in facts)

    def _note_trouble(self, thing: Found, reason: str) -> None:
        if reason not in self._told:
            self._told.add(reason)
            log.warning("a download cannot be looked into: %s", explain(reason))
        self._troubles[thing] = reason, self._clock()
        if self._bench.names:
            self._bench.names.note({self._mark(thing): thing.path.name})

    def _end_troubles(self, things: Iterable[Found]) -> None:
        """They can be looked into, or are gone."""
        ended = [self._mark(thing) for thing in things if self._troubles.pop(thing, None)]
        if ended and self._bench.names:
            self._bench.names.forget(ended)

    def _mark(self, thing: Found) -> str:
        """What a download without a digest is known by where nobody is to read its name but its owner."""
        return hmac.digest(self._bench.key, os.fsencode(thing.path), "sha256").hex()

    def _write_down(self, facts: list[Event]) -> None:
        if facts:
            for fact in self._ledger.append(*facts):
                self._queue.fold(fact)
                log.info("export %s: %s%s", getattr(fact, "export", "")[:12], fact.type, reason_of(fact))

    def _arrange(self, export: Export, *, is_new: bool) -> None:
        """Remember where an export lies, and what to do with it now."""
        replaced = self._places.add(export)
        if replaced is not None:
            self._supersede(replaced)
        copies = [one for one in self._places.all(export.digest) if one.path != export.path and os.path.lexists(one.path)]
        if copies and not is_new:
            log.info("export %s: the same download lies there once more", export.digest[:12])
        end = self._queue.exports[export.digest].conclusion
        if end is None:
            self._arrived()
        elif copies and not is_new and self._putting_away.after == "sort" and not isinstance(end, Ignored | Forgotten):
            self._finished.add_copy(export)
            self._unless_busy(self._finished.put_away)
        else:
            self.concluded(export, end)

    def _notice_what_is_gone(self) -> None:
        """A download that was refused, or waits for its owner, and is not there any more is no concern of hers."""
        for digest in self._queue.troubled():
            for export in self._places.all(digest):
                if self._inbox.is_gone(export.path):
                    self._places.remove(export)
                    self._supersede(digest)

    def _supersede(self, digest: str) -> None:
        """Another download stands in the place of one that was not filed, or none does."""
        last = self._queue.exports[digest].last
        if self._places.any(digest) is None and not isinstance(last, Started | Filed | Ignored | Forgotten | Superseded):
            self._write_down([Superseded(export=digest)])


def _key(thing: Found) -> str:
    """By what a digest is known again: digits that say nothing of a download's name."""
    return hashlib.sha256(f"{thing.path}\0{thing.fingerprint}".encode(errors="surrogateescape")).hexdigest()


def reason_of(event: Event) -> str:
    """The sentence for an event's reason, behind a dash; nothing for one without."""
    reason = getattr(event, "reason", None)
    return f" – {explain(reason)}" if reason else ""
