"""Whether a library belongs to the state folder at hand: made with its key, and not newer than its ledger.

Otherwise every exam would be filed once more under another name, or the chronicle would forget what the ledger does not know.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from radiary.files.disk_errors import on_disk
from radiary.library import whereabouts
from radiary.library.marks import Mark
from radiary.library.shelf import Library
from radiary.model.errors import LibraryAhead, LibraryOfAnotherKey, LibraryUnknown, NotNow, Unusable
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.queue import Queue


@dataclass
class Claim:
    """What a state folder knows: its key's fingerprint (empty while there is none), whether its ledger holds a line, by number
    and SHA-256, which is its last one, and which studies it has.
    """

    key: str
    holds: Callable[[int, str], bool]
    last: Callable[[], tuple[int, str]]
    studies: Callable[[], Collection[str]]
    _written: dict[Path, Mark] = field(default_factory=dict)

    def check(self, library: Library, *, completes: bool = True) -> None:
        """Look at the marker, and complete it unless this is but a look.

        Raises LibraryOfAnotherKey, LibraryAhead, LibraryUnknown and NotNow.
        """
        mark = library.mark()
        if mark is None or self._written.get(library.root) == mark:
            return
        if mark.key and mark.key != self.key:
            raise LibraryOfAnotherKey
        if mark.seq and not self.holds(mark.seq, mark.line):
            raise LibraryAhead
        if not mark.key:
            with on_disk():
                standing = whereabouts.uids(library).keys()
            if standing and standing.isdisjoint(self.studies()):
                raise LibraryUnknown
            if completes:
                self.keep(library, *self.last())
        else:
            self._written[library.root] = mark

    def keep(self, library: Library, seq: int, line: str) -> None:
        """Write into the marker how far the ledger is. One that cannot be written just now is behind, which is no harm."""
        mark = Mark(self.key, seq, line)
        if self.key and library.keep_mark(mark):
            self._written[library.root] = mark


def claim_of(state: State, queue: Queue) -> Claim:
    """What a state folder knows, its ledger folded into `queue`."""
    holds, last = partial(ledger.holds, state.ledger), partial(ledger.last, state.ledger)
    return Claim(state.key_at_hand(), holds, last=last, studies=queue.known_studies)


def refuse_others(state: State, queue: Queue, libraries: Iterable[Library]) -> None:
    """Raises Unusable for a library that does not belong to a state folder; one that is away is looked at when it is back."""
    for library in libraries:
        reason = trouble(library, claim_of(state, queue))
        if reason:
            raise Unusable(reason.sentence())


def trouble(library: Library, claim: Claim) -> type[NotNow] | None:
    """What is wrong between a library and a state folder, where that is all that is asked."""
    try:
        claim.check(library, completes=False)
    except (LibraryOfAnotherKey, LibraryAhead, LibraryUnknown) as error:
        return type(error)
    except NotNow:
        return None
    return None
