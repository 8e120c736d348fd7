"""Attempts at what is to be done, one after another; how each ends is written down."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from radiary.chronicle import folder as chronicle_folder
from radiary.chronicle.released_values import Released
from radiary.chronicle.remembered import Remembered
from radiary.chronicle.site import Site
from radiary.chronicle.story import Fold
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
from radiary.ingest.pipeline import Progress
from radiary.ingest.taking_out import Description, Picking, Removal, Windowing, Wish
from radiary.language import sentence
from radiary.model.errors import (
    ChronicleReadOnly,
    GaveUp,
    LibraryOffline,
    LibraryReadOnly,
    NotNow,
    RadiaryError,
    Stopping,
    Unacceptable,
    Unusable,
    Waiting,
)
from radiary.model.events import Event, Started
from radiary.model.nouns import Export
from radiary.state.ledger import Ledger
from radiary.state.queue import Queue

log = logging.getLogger("radiary")

_UNWRITTEN: dict[type[RadiaryError], str] = {
    LibraryReadOnly: ChronicleReadOnly.sentence(),
    LibraryOffline: sentence("The chronicle's folder cannot be written to just now; it is tried again."),
}
"""What an error of the disk means where it is the chronicle's."""
_OURS = sentence("The chronicle could not be brought up to date because of an internal error; please report it.")
_REFUSED = sentence(
    "A file that the chronicle needs cannot be read or written; `radiary doctor` may say which. It is tried again."
)


@dataclass
class Attempts:
    """Attempts for one ledger. `most`: how often an export may end in an internal error before it is given up."""

    bench: Bench
    ledger: Ledger
    queue: Queue
    most: int
    remembered: Remembered = field(default_factory=Remembered)
    _story: Fold | None = field(default=None, init=False)
    _told_of: int = field(default=0, init=False)
    """The last fact that is in the story."""
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

    def chronicle(self, site: Site | Path, news: Callable[[], Iterable[Event]]) -> str | None:
        """Bring the chronicle up to date; what the person should know of it, or None. Raises Stopping.

        `news` gives the facts since it was asked last, or more of them: what is known already is passed over.
        """
        site = site if isinstance(site, Site) else Site(site)
        try:
            self._story = self._story or Fold(site.language)
            for event in news():
                if event.seq > self._told_of:
                    self._story.take(event)
                    self._told_of = event.seq
            values, cut, trouble = self._released()
            facts, note = chronicle_folder.tell(
                self._story.story(self.bench.people.codes()),
                frozenset(self.queue.chronicled),
                site=site,
                library=self.bench.library.root,
                pool=self.bench.pool,
                people=self.bench.people,
                remembered=self.remembered,
                released=values,
                cuttings=cut,
            )
            for fact in facts:
                self._append(fact)
        except (NotNow, Unusable) as error:
            return _UNWRITTEN.get(type(error), str(error))
        except OSError as error:
            log.warning("chronicle: %s", error_facts.place_in_code(error))
            return _REFUSED
        except Stopping:
            raise
        except Exception as error:  # noqa: BLE001 - an odd chronicle must not keep exports waiting
            log.error("chronicle: internal error, %s", error_facts.place_in_code(error))
            return _OURS
        return note or trouble

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
