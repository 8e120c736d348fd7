"""Where the chronicle stands, and what of it need not be looked at again."""

from dataclasses import dataclass, field
from pathlib import Path

from radiary.chronicle.book import Book
from radiary.chronicle.identity_gate import Gate
from radiary.chronicle.own_days import OwnDay, own_days
from radiary.chronicle.searched_files import Searched
from radiary.chronicle.sources import Looks
from radiary.chronicle.yaml_passages import Passages, SiteData
from radiary.language import ENGLISH, Language, sentence


@dataclass(frozen=True)
class Site:
    """The chronicle's folder, her file and her pictures, which may belong to a site of hers; and its language."""

    folder: Path
    own_data: Path | None = None
    own_images: Path | None = None
    language: Language = ENGLISH
    memory: Path | None = None
    """The folder for what is to be remembered of her file; the chronicle's own by default."""

    @property
    def record(self) -> Path:
        """What is remembered of what was written into her file."""
        return (self.memory or self.folder) / ".insertions.json"

    @property
    def data(self) -> Path:
        """Her file."""
        return (self.own_data or self.folder / "chronicle.yml").resolve()

    @property
    def images(self) -> Path:
        """The root of her pictures."""
        return self.own_images or self.folder / "images"

    def away(self) -> str | None:
        """What is to be said of a place of her site that is not there: nothing is made in its stead."""
        for name, path in (("site_data", self.own_data), ("site_images", self.own_images)):
            if path is not None and not path.parent.is_dir():
                return sentence(
                    "`%(name)s` is not there just now, %(path)s. Nothing was added; it is tried again.", name=name, path=path
                )
        return None


@dataclass
class Remembered:
    """What need not be looked at again in the next run, since it is what it was."""

    searched: Searched = field(default_factory=Searched)
    passages: Passages = field(default_factory=Passages)
    looks: Looks = field(default_factory=Looks)
    book: Book = field(default_factory=Book)
    last: SiteData | None = None
    """Her file as it could be read last."""
    made_of: dict[tuple[str, str], tuple[tuple[int, ...], bool]] = field(default_factory=dict)
    gate: tuple[tuple[object, ...], Gate] | None = None
    """The gate, and what it was made of."""
    sheets: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The state of each study when its sheet was looked at last."""
    _own: dict[bytes, tuple[OwnDay, ...]] = field(default_factory=dict)

    def own_days(self, data: SiteData) -> list[OwnDay]:
        """Her days; those of a passage that is known are the very same objects."""
        kept = {digest: self._own.get(digest) or own_days(days) for digest, days in data.passages() if digest}
        self._own = kept
        return [day for digest, days in data.passages() for day in (kept[digest] if digest else own_days(days))]
