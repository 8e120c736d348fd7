"""What of the chronicle need not be looked at again in the next run."""

from dataclasses import dataclass, field

from radiary.chronicle.book import Book
from radiary.chronicle.identity_gate import Gate
from radiary.chronicle.joined_days import JoinedDays
from radiary.chronicle.made_of import Codes
from radiary.chronicle.own_days import OwnDay, own_days
from radiary.chronicle.searched_files import Searched
from radiary.chronicle.story import Exam
from radiary.chronicle.yaml_passages import Passages, SiteData
from radiary.files.looks import FileState


@dataclass
class Remembered:
    """What need not be looked at again in the next run, since it is what it was."""

    searched: Searched = field(default_factory=Searched)
    passages: Passages = field(default_factory=Passages)
    joined: JoinedDays = field(default_factory=JoinedDays)
    book: Book = field(default_factory=Book)
    last: SiteData | None = None
    """Her file as it could be read last."""
    made_of: Codes = field(default_factory=dict)
    gate: tuple[tuple[object, ...], Gate] | None = None
    """The gate, and what it was made of."""
    drawn: dict[str, tuple[FileState | None, Exam]] = field(default_factory=dict)
    """Each study as it was when its sheet and its page were looked at last: the state of its record, and what was told of it."""
    groups: frozenset[str] = frozenset()
    """The names of the viewer's files of groups that were there then."""
    _own: dict[str, tuple[OwnDay, ...]] = field(default_factory=dict)

    def look_again(self) -> None:
        """Forget how exams were when they were drawn: of a run that came to no end, nobody knows what stands."""
        self.drawn = {}

    def own_days(self, data: SiteData) -> list[OwnDay]:
        """Her days; those of a passage that is known are the very same objects."""
        kept = {passage: self._own.get(passage) or own_days(days) for passage, days in data.passages() if passage}
        self._own = kept
        return [day for passage, days in data.passages() for day in (kept[passage] if passage else own_days(days))]
