"""What of the chronicle need not be looked at again in the next run."""

from dataclasses import dataclass, field

from radiary.chronicle.book import Book
from radiary.chronicle.identity_gate import Gate
from radiary.chronicle.made_of import Codes
from radiary.chronicle.own_days import OwnDay, own_days
from radiary.chronicle.searched_files import Searched
from radiary.chronicle.sources import Listings
from radiary.chronicle.story import Exam
from radiary.chronicle.yaml_passages import Passages, SiteData


@dataclass
class Remembered:
    """What need not be looked at again in the next run, since it is what it was."""

    searched: Searched = field(default_factory=Searched)
    passages: Passages = field(default_factory=Passages)
    looks: Listings = field(default_factory=Listings)
    book: Book = field(default_factory=Book)
    last: SiteData | None = None
    """Her file as it could be read last."""
    made_of: Codes = field(default_factory=dict)
    gate: tuple[tuple[object, ...], Gate] | None = None
    """The gate, and what it was made of."""
    sheets: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The state of each study when its sheet was looked at last."""
    exams: dict[str, Exam] = field(default_factory=dict)
    """Each exam as it was when its page was looked at last."""
    _own: dict[bytes, tuple[OwnDay, ...]] = field(default_factory=dict)

    def look_again(self) -> None:
        """Forget how exams were when they were drawn: of a run that came to no end, nobody knows what stands."""
        self.sheets, self.exams = {}, {}

    def own_days(self, data: SiteData) -> list[OwnDay]:
        """Her days; those of a passage that is known are the very same objects."""
        kept = {digest: self._own.get(digest) or own_days(days) for digest, days in data.passages() if digest}
        self._own = kept
        return [day for digest, days in data.passages() for day in (kept[digest] if digest else own_days(days))]
