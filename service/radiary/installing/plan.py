"""What a service is made from: which program, for whom, in which folders. Decided from the settings alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from radiary.settings import Settings


@dataclass(frozen=True)
class Program:
    """Radiary as it is installed: how it is called, and the folders with what it is made of."""

    command: tuple[str, ...]
    made_of: tuple[Path, ...]


@dataclass(frozen=True)
class Folders:
    """Where the service writes, and where it only reads."""

    written: tuple[Path, ...]
    read: tuple[Path, ...]


@dataclass(frozen=True)
class Work:
    """What a service that is installed says of itself, so that others can be told from it, and its settings compared with it."""

    state: str
    watched: tuple[str, ...]
    written: tuple[str, ...] = ()
    program: str = ""


@dataclass(frozen=True)
class Plan:
    """One service of one person."""

    name: str
    person: str
    home: Path
    program: Program
    folders: Folders
    config: Path
    state: Path
    watched: tuple[Path, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    has_network: bool = False
    stop_seconds: float = 10

    @property
    def work(self) -> Work:
        """What stands in its file for others to read."""
        written = tuple(map(str, self.folders.written))
        return Work(str(self.state), tuple(map(str, self.watched)), written=written, program=self.program.command[0])


def folders_of(settings: Settings, config: Path) -> Folders:
    """The folders of a service: watched ones are written to only where downloads are moved or deleted afterwards.

    A file that is replaced whole needs its folder: the site's data file, those for programs, and the settings file, which an
    editor replaces.
    """
    own = [settings.state, settings.library, settings.private, settings.chronicle]
    files = (settings.site_data, settings.status_file, settings.metrics_file)
    site = [*(file.parent for file in files if file), *([settings.site_images] if settings.site_images else [])]
    changes_downloads = settings.after != "keep"
    written = outermost([*own, *site, *(settings.watched if changes_downloads else ())])
    read = outermost([config.parent, *(() if changes_downloads else settings.watched)])
    return Folders(written, tuple(one for one in read if not any(lies_in(one, other) for other in written)))


def outermost(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The paths in order, without those that lie in another one of them."""
    known = list(dict.fromkeys(paths))
    return tuple(one for one in known if not any(lies_in(one, other) for other in known if other != one))


def lies_in(path: Path, folder: Path) -> bool:
    """Whether a path is a folder or lies in it."""
    return folder == path or folder in path.parents


def shared(state: Path, watched: Iterable[Path], work: Work) -> bool:
    """Whether a service with this state folder and these watched folders would do the work of another one."""
    others = [Path(one) for one in work.watched]
    is_met = any(lies_in(one, other) or lies_in(other, one) for one in watched for other in others)
    return is_met or Path(work.state) == state


def outdated(folders: Folders, watched: Iterable[Path], work: Work) -> bool:
    """Whether a service was made for other folders than those of the settings."""
    return {*map(str, watched)} != {*work.watched} or not {*map(str, folders.written)} <= {*work.written}
