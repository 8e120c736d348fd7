"""Her file on the disk: read so that it does not show, written in one step with a backup, never over what she just saved."""

import os
import stat
from pathlib import Path

from radiary.files import private
from radiary.language import sentence

BACKUP = ".backup"
EDITED = sentence("The chronicle is being edited; what is new is added a little later.")
CLOSED = sentence("`chronicle.yml` is closed to writing; it was left alone. Open it (`chmod u+w`), and the new exams are added.")


def read(path: Path) -> str | None:
    """Its text, its line endings as they are; nothing where there is none, None where it is not written in UTF-8.

    What is no file is not read, so that nobody waits for what never comes out of a pipe.
    """
    if is_odd(path):
        return ""
    try:
        return _bytes(path).decode()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except UnicodeDecodeError:
        return None


def _bytes(path: Path) -> bytes:
    """What it holds. That it was read shows neither in its time of reading: whether she opened it is told by that."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOATIME", 0))
    except PermissionError:
        descriptor = os.open(path, os.O_RDONLY)
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def is_odd(path: Path) -> bool:
    """Whether something lies there that is no file: a folder, a pipe."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def written(path: Path, before: str, after: str) -> str | None:
    """Put a text in the place of another; why not, when its owner is at it just now or has closed it."""
    if read(path) != before:
        return EDITED
    if after == before:
        return None
    if is_closed(path):
        return CLOSED
    if before:
        private.replace(path.with_name(path.name + BACKUP), before.encode())
    is_written = private.replace(path, after.encode(), may_be=lambda: read(path) == before)
    return None if is_written else EDITED


def is_closed(path: Path) -> bool:
    """Whether its owner closed a file to writing: its folder would let it be replaced nevertheless, as root may write to it."""
    return path.exists() and not (path.stat().st_mode & 0o200 and os.access(path, os.W_OK))
