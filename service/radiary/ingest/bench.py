"""What an ingest works with: workers, places, settings."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from radiary.archives import source
from radiary.files.disk_errors import on_disk
from radiary.ingest.text_engine import TextEngine
from radiary.library.ownership import Claim
from radiary.library.shelf import Library
from radiary.model.errors import LibraryOffline, LibraryReadOnly, ShelfOffline, ShelfReadOnly
from radiary.model.events import Event, Filed, LookedAgain, Removed, Restored, Reviewed
from radiary.model.nouns import Export, Limits, Policy, Task, Wanted
from radiary.state.cut_pictures import CutPictures
from radiary.state.ledger import digest
from radiary.state.names import Names
from radiary.state.paper_facts import PaperFacts
from radiary.state.people import People
from radiary.state.queue import Queue
from radiary.workers.pool import Pool

_TRIAL = "trial"
"""What the trays are called in which nothing is made."""


@dataclass(frozen=True, kw_only=True)
class Bench:
    """Everything an ingest works with."""

    pool: Pool
    """Develops members, and draws whatever else is made of pictures."""
    scouts: tuple[Pool, ...]
    """Look into archives before they are queued: each a process of its own, which may die of it."""
    reader: Pool
    """Searches pictures for text: in processes of its own, since reading is heavy."""
    library: Library
    shelf: Library
    """The private shelf: what is held until its owner has looked at it."""
    people: People
    key: bytes = field(repr=False)
    wanted: Wanted
    scratch: Path
    """A private folder for what has to be unpacked."""
    limits: Limits = field(default_factory=Limits)
    passwords: Callable[[], tuple[str, ...]] = tuple
    patience: float = 120
    """Seconds that one picture may take."""
    policy: Policy = field(default_factory=Policy)
    searches_text: bool = False
    """Whether text in pictures is to be searched for."""
    engine: TextEngine | None = None
    """What is known of the reader of text; None where it is taken to work."""
    files_again: bool = False
    """Whether what its owner took out is to come back."""
    documents: tuple[Path, ...] = ()
    """Folders in which every paper is taken."""
    papers: PaperFacts | None = None
    """What was confirmed of papers, and which of it may go out."""
    cut_pictures: CutPictures | None = None
    """Parts of papers' pages that she shows, as pictures."""
    names: Names | None = None
    """What downloads are called, for their owner's terminal."""
    claim: Claim | None = None
    """What the state folder knows of whose the library is."""

    def task(self, export: Export, *, library_tray: Path, private_tray: Path, passwords: tuple[str, ...]) -> Task:
        """All that developing an export takes. It travels with every batch, so it must not grow with the number of files."""
        return Task(
            export=replace(export, fingerprint=source.in_short(export.fingerprint)),
            key=self.key,
            library_tray=library_tray,
            private_tray=private_tray,
            wanted=self.wanted,
            passwords=passwords,
            limits=self.limits,
            patience=self.patience,
            policy=self.policy,
            people=self.people.known(),
            searches_text=self.can_search_text(),
            scratch=self.scratch,
            latest=f"{datetime.now(tz=UTC) + timedelta(days=1):%Y%m%d}",
            acquaintances=self.people.acquaintances(),
        )

    def can_search_text(self) -> bool:
        """Whether text in pictures is searched for, and can be. Raises Stopping and NotNow."""
        return self.searches_text and (self.engine is None or self.engine.trouble() is None)

    def acquainted(self) -> str:
        """Another word when papers may be taken that were none of hers before: somebody else is known, or another password."""
        return f"{self.people.version()}-{len(self.passwords())}"

    def takes_papers(self, export: Export) -> bool:
        """Whether an export lies in a folder of papers, in which every PDF is taken."""
        place = export.path.resolve()
        return any(place.is_relative_to(folder.resolve()) for folder in self.documents)

    def home(self, *, is_held: bool) -> Library:
        """Where a study stands."""
        return self.shelf if is_held else self.library

    def present(self, *, is_held: bool) -> Library:
        """The same, where it is there: what is looked for in it is not gone while its disk is. Raises NotNow."""
        home = self.home(is_held=is_held)
        with _of(is_held=is_held), on_disk():
            if home.is_marked:
                return home
        raise ShelfOffline if is_held else LibraryOffline

    def tray(self, digest: str, *, is_held: bool) -> Path:
        """A tray of the library, or of the shelf. Raises NotNow."""
        with _of(is_held=is_held):
            return self.home(is_held=is_held).tray(digest)

    def open(self, queue: Queue) -> None:
        """Make sure that both places are there and are ours, and belong to this state folder. Raises NotNow."""
        self.library.open(is_new=not queue.known_studies())
        with _of(is_held=True):
            self.shelf.open(is_new=not queue.has_ever_held())
        if self.claim:
            self.claim.check(self.library)
            self.claim.check(self.shelf)

    def note(self, event: Event) -> None:
        """Have the marker of a place say how far the ledger is, after a fact about something new there."""
        if self.claim and isinstance(event, Filed | Reviewed | LookedAgain | Removed | Restored):
            new = {study.held for study in event.studies if study.added}
            for is_held in new | ({event.held} if isinstance(event, Removed | Restored) else set()):
                self.claim.keep(self.home(is_held=is_held), event.seq, digest(event))

    def try_out(self, queue: Queue) -> None:
        """Make sure that exports can be worked at: that both places can be written to, who is who is known, and workers start.

        Raises NotNow.
        """
        self.open(queue)
        for is_held in (False, True):
            self.tray(_TRIAL, is_held=is_held)
            self.home(is_held=is_held).clear(_TRIAL)
        self.people.known()
        self.people.try_out()
        self.pool.call(_nothing)
        if self.engine:
            self.engine.forget()

    def free(self) -> tuple[int, ...]:
        """Bytes that are free where things are written: the library, the shelf, the scratch folder."""
        return tuple(_free(folder) for folder in (self.library.root, self.shelf.root, self.scratch))


@contextlib.contextmanager
def _of(*, is_held: bool) -> Iterator[None]:
    """Say of the shelf what its disk says, and not of the library."""
    try:
        yield
    except LibraryOffline:
        raise ShelfOffline if is_held else LibraryOffline from None
    except LibraryReadOnly:
        raise ShelfReadOnly if is_held else LibraryReadOnly from None


def _nothing() -> None:
    """What any worker can do that has started."""


def _free(folder: Path) -> int:
    """Bytes; 0 where nobody knows."""
    try:
        near = next(one for one in (folder, *folder.parents) if one.exists())
        return shutil.disk_usage(near).free
    except OSError:
        return 0
