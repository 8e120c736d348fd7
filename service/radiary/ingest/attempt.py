"""Attempts at what is to be done, one after another; how each ends is written down."""

import logging
import threading
from dataclasses import dataclass, field, replace
from functools import partial

from radiary.chronicle.released_values import Released
from radiary.chronicle.told_cuttings import ShownCutting
from radiary.ingest import (
    cuttings,
    decisions,
    error_facts,
    further_windows,
    paper_descriptions,
    picking,
    pipeline,
    released,
    taking_back,
    taking_out,
)
from radiary.ingest.bench import Bench
from radiary.ingest.chronicling import Chronicles, Told, tolerantly
from radiary.ingest.pipeline import Progress
from radiary.ingest.taking_out import Description, Picking, Removal, Windowing, Wish
from radiary.model.errors import GaveUp, NotNow, Stopping, Unacceptable, Unusable, Waiting
from radiary.model.events import Event, Started
from radiary.model.nouns import Export
from radiary.state.ledger import Ledger
from radiary.state.queue import Queue

log = logging.getLogger("radiary")


@dataclass
class Attempts:
    """Attempts for one ledger. `most`: how often an export may end in an internal error before it is given up."""

    bench: Bench
    ledger: Ledger
    queue: Queue
    most: int
    _under_way: str | None = field(default=None, init=False)
    _giving_back: threading.Lock = field(default_factory=threading.Lock, init=False)

    def ingest(self, export: Export, progress: Progress) -> Event:
        """One attempt at one export, and the event it ended in. Raises Stopping and OSError; then it stays pending."""
        standing = self.queue.exports[export.digest]
        if standing.attempts >= self.most:
            return self._append(error_facts.fact(export.digest, GaveUp()))
        self._under_way = export.digest
        self._append(Started(export=export.digest, attempt=standing.attempts + 1))
        try:
            return self._append(self._attempt(export, progress))
        except Stopping:
            self.give_back()
            raise
        except OSError:
            standing.attempts = max(0, standing.attempts - 1)  # the ledger's disk is full: no fault of the export
            raise

    def _attempt(self, export: Export, progress: Progress) -> Event:
        try:
            return pipeline.ingest(export, self.bench, self.queue, progress=progress)
        except (Unacceptable, Waiting, NotNow) as error:
            return error_facts.fact(export.digest, error)
        except Stopping:
            raise
        except Exception as error:  # noqa: BLE001 - one export's bug must not keep the ones behind it waiting
            return error_facts.unexpected(export.digest, error)

    def give_back(self) -> None:
        """The service ends without the attempt that is under way, which is no fault of the export's: it does not count.

        Written down once, whichever thread is first.
        """
        with self._giving_back:
            digest = self._under_way
            if digest is not None and isinstance(self.queue.exports[digest].last, Started):
                self._append(error_facts.fact(digest, Stopping()))

    def decide(self, wish: Wish) -> Event:
        """Carry out what the owner decided about a held picture, or took out. Raises Mistaken, NotNow, Stopping and OSError."""
        with taking_back.with_its_paper(wish, self.bench, self.queue):
            return self._carried_out(wish)

    def _carried_out(self, wish: Wish) -> Event:
        if isinstance(wish, Description):
            return self._append(paper_descriptions.carried_out(wish, self.bench, self.queue))
        if isinstance(wish, Picking):
            return self._append(picking.carried_out(wish, self.bench, self.queue))
        if isinstance(wish, Windowing):
            return self._append(further_windows.carried_out(wish, self.bench, self.queue))
        if isinstance(wish, Removal):
            return self._append(taking_out.carried_out(wish, self.bench, self.queue))
        return self._append(decisions.carried_out(wish, self.bench, self.queue))

    def chronicle(self, chronicling: Chronicles) -> str | None:
        """Bring the chronicle up to date; what the person should know of it, or None. Raises Stopping."""
        told = tolerantly(partial(self._chronicled, chronicling))
        if told.logged:
            log.log(told.logged[0], "chronicle: %s", told.logged[1])
        return told.note

    def _chronicled(self, chronicling: Chronicles) -> Told:
        values, cut, trouble = self._released()
        told = chronicling(frozenset(self.queue.chronicled), values, cut)
        for fact in told.facts:
            self._append(fact)
        return replace(told, note=told.note or trouble)

    def _released(self) -> tuple[tuple[Released, ...], tuple[ShownCutting, ...], str | None]:
        """The values and the parts of papers that may be told; none where they cannot be read, and why."""
        try:
            cut, trouble = cuttings.for_chronicle(self.bench, self.queue)
            return released.released(self.bench, self.queue), cut, trouble
        except Unusable as error:
            return (), (), str(error)

    def tell(self, event: Event) -> None:
        """Write down a fact that is no export's."""
        self._append(event)

    def begin(self, fact: Event) -> Event:
        """Write down the first fact about an export, or about one that is named once more."""
        return self._append(fact)

    def _append(self, event: Event) -> Event:
        stamped = self.ledger.append(event)[0]
        self.queue.fold(stamped)
        self.bench.note(stamped)
        return stamped
