"""The chronicle brought up to date, and what is remembered of it until the next time: here, or in a process of its own."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from radiary.chronicle.site import Site
from radiary.ingest import error_facts
from radiary.language import sentence
from radiary.model.errors import (
    ChronicleReadOnly,
    LibraryOffline,
    LibraryReadOnly,
    NotNow,
    RadiaryError,
    Stopping,
    Unusable,
)
from radiary.model.events import Chronicled, Event
from radiary.state.people import People
from radiary.workers.pool import Workers

if TYPE_CHECKING:  # the service leaves all of it to a process of its own
    from radiary.chronicle.released_values import Released
    from radiary.chronicle.told_cuttings import ShownCutting

_UNWRITTEN: dict[type[RadiaryError], str] = {
    LibraryReadOnly: ChronicleReadOnly.sentence(),
    LibraryOffline: sentence("The chronicle's folder cannot be written to just now; it is tried again."),
}
"""What an error of the disk means where it is the chronicle's."""
_OURS = sentence("The chronicle could not be brought up to date because of an internal error; please report it.")
_REFUSED = sentence(
    "A file that the chronicle needs cannot be read or written; `radiary doctor` may say which. It is tried again."
)


@dataclass(frozen=True)
class Told:
    """What came of it: facts to write down, what the person should know, and what the log should say, with its level."""

    facts: Sequence[Chronicled] = ()
    note: str | None = None
    logged: tuple[int, str] | None = None


Chronicles = Callable[[frozenset[str], "Sequence[Released]", "Sequence[ShownCutting]"], Told]
"""Studies whose entries are their owner's already, and values and parts of papers that may be told → what came of it."""


def tolerantly(work: Callable[[], Told]) -> Told:
    """What came of it, or what was in the way: an odd chronicle must not keep exports waiting. Raises Stopping."""
    try:
        return work()
    except (NotNow, Unusable) as error:
        return Told(note=_UNWRITTEN.get(type(error), str(error)))
    except OSError as error:
        return Told(note=_REFUSED, logged=(logging.WARNING, error_facts.place_in_code(error)))
    except Stopping:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is
        return Told(note=_OURS, logged=(logging.ERROR, f"internal error, {error_facts.place_in_code(error)}"))


class Chronicling:
    """The chronicle of one site, with what need not be read or looked at again the next time.

    `news` gives the facts since it was asked last, or more of them: what is known already is passed over.
    """

    def __init__(self, site: Site, news: Callable[[], Iterable[Event]], library: Path, people: People, workers: Workers) -> None:
        from radiary.chronicle.remembered import Remembered
        from radiary.chronicle.story import Fold

        self._site, self._news, self._library, self._people, self._workers = site, news, library, people, workers
        self._remembered, self._story, self._told_of = Remembered(), Fold(site.language), 0

    def __call__(self, known: frozenset[str], released: "Sequence[Released]", cuttings: "Sequence[ShownCutting]") -> Told:
        """Bring it up to date. Raises Stopping."""
        return tolerantly(lambda: self._told_whole(known, released, cuttings))

    def _told_whole(self, known: frozenset[str], released: "Sequence[Released]", cuttings: "Sequence[ShownCutting]") -> Told:
        try:
            return self._told(known, released, cuttings)
        except Exception:
            self._remembered.look_again()
            raise

    def _told(self, known: frozenset[str], released: "Sequence[Released]", cuttings: "Sequence[ShownCutting]") -> Told:
        from radiary.chronicle import folder

        for event in self._news():
            if event.seq > self._told_of:
                self._story.take(event)
                self._told_of = event.seq
        facts, note = folder.tell(
            self._story.story(self._people.codes()),
            known,
            site=self._site,
            library=self._library,
            pool=self._workers,
            people=self._people,
            remembered=self._remembered,
            released=released,
            cuttings=cuttings,
        )
        return Told(facts, note)
