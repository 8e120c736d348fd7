"""Where the chronicle stands."""

from dataclasses import dataclass
from pathlib import Path

from radiary.chronicle import owners_file, site_places
from radiary.language import ENGLISH, Language, sentence
from radiary.model.errors import ChronicleOffline
from radiary.settings import Settings


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
    def replaced(self) -> bool:
        """Whether another file stands where hers is without a setting: what she wrote or sealed in it does not count."""
        other = self.folder / "chronicle.yml"
        return other.is_file() and other.resolve() != self.data

    @property
    def images(self) -> Path:
        """The root of her pictures."""
        return self.own_images or self.folder / "images"

    def away(self) -> str | None:
        """What is to be said of a place of her site that is not there, or is no file: nothing is made in its stead."""
        known = site_places.read(self._places)
        for name, path in self._own():
            if not path.parent.is_dir():
                return self.missing(name, path)
            if any(site_places.is_bare(folder, known) for folder in (path.parent, path)):
                return sentence(
                    "The folder of `%(name)s` is empty, %(path)s, as when its disk is not connected. Nothing was added; it is "
                    "tried again. To begin anew there, put an empty file called `.radiary` into it.",
                    name=name,
                    path=path,
                )
        if owners_file.is_odd(self.data):
            return sentence(
                "%(file)s is no file, so nothing was added. Move away what lies there; Radiary goes on.", file=self.data
            )
        return None

    def remember_places(self) -> None:
        """Something stands in the places of her site now: what is empty later is not they."""
        site_places.keep(self._places, (folder for _, path in self._own() for folder in (path.parent, path)))

    def _own(self) -> list[tuple[str, Path]]:
        """What of her site is elsewhere, by its setting."""
        linked = self.data if (self.folder / "chronicle.yml").is_symlink() and not self.own_data else None
        places = ("site_data", self.own_data), ("site_images", self.own_images), ("chronicle.yml", linked)
        return [(name, path) for name, path in places if path is not None]

    @property
    def sound(self) -> Path:
        """What is remembered of passages without a fault."""
        return self.record.with_name(".sound.json")

    @property
    def _places(self) -> Path:
        return self.record.with_name(".places.json")

    def folder_away(self) -> str | None:
        """What is to be said of a folder in which a chronicle stood and does not: its disk is away, and a chronicle that is begun
        on the bare mount point would have exams in it that are in hers never.
        """
        if not self.folder.parent.is_dir():
            return self.missing("chronicle", self.folder)
        return ChronicleOffline.sentence() if self.is_bare() else None

    def is_bare(self) -> bool:
        """Whether the chronicle's folder is there, and empty."""
        try:
            return not any(self.folder.iterdir())
        except OSError:
            return False

    def missing(self, name: str, path: Path) -> str:
        """What is to be said of a place that is not there, by its setting."""
        return sentence("`%(name)s` is not there just now, %(path)s. Nothing was added; it is tried again.", name=name, path=path)


def site_of(settings: Settings) -> Site:
    """Where the chronicle stands, by the settings."""
    own = settings.site_data, settings.site_images
    return Site(settings.chronicle, *own, Language(settings.spoken), memory=settings.state)
