"""What keeps a folder from being looked into: it is missing, may not be read, or its disk or share does not answer."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from radiary.model.errors import FolderDenied, FolderMissing, FolderUnreachable


@contextlib.contextmanager
def looking() -> Iterator[None]:
    """Raises FolderDenied, FolderMissing or FolderUnreachable for what the system says. Stands around looks at a folder only."""
    try:
        yield
    except PermissionError:
        raise FolderDenied from None
    except (FileNotFoundError, NotADirectoryError):
        raise FolderMissing from None
    except OSError:
        raise FolderUnreachable from None


def linked(place: Path) -> int:
    """How many links to folders lie in a watched folder."""
    with contextlib.suppress(OSError), os.scandir(place) as entries:
        return sum(entry.is_symlink() and entry.is_dir() for entry in entries)
    return 0


def look_into(place: Path) -> None:
    """Begin to list a folder, as a look for downloads would. Raises NotNow. macOS may refuse that alone."""
    with looking(), os.scandir(place) as entries:
        next(entries, None)
