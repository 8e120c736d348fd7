"""The places of her site in which something stood: one that is empty now, and another folder, is but where its disk belongs.

A file of ours, `.places.json`. It may be deleted: then what is empty is taken as emptied by her.
"""

import contextlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from radiary.files import private

Places = Mapping[str, list[int]]
"""Device and number of each folder, by its path."""


def read(path: Path) -> Places:
    """What is remembered; nothing where it is lost or damaged."""
    try:
        known = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def keep(path: Path, folders: Iterable[Path]) -> None:
    """Remember those in which something stands; not one that may be entered and not be listed."""
    standing = dict[str, list[int]]()
    for folder in folders:
        with contextlib.suppress(OSError):
            if folder.is_dir() and not _is_empty(folder):
                standing[str(folder)] = _number(folder)
    known = read(path)
    if not standing.items() <= known.items():
        with contextlib.suppress(OSError):  # a full disk: it is remembered the next time
            private.replace(path, json.dumps({**known, **standing}).encode())


def is_bare(folder: Path, known: Places) -> bool:
    """Whether a folder is empty, and not the one in which something stood."""
    try:
        return str(folder) in known and _is_empty(folder) and _number(folder) != known[str(folder)]
    except OSError:
        return False


def _is_empty(folder: Path) -> bool:
    return next(folder.iterdir(), None) is None


def _number(folder: Path) -> list[int]:
    status = folder.stat()
    return [status.st_dev, status.st_ino]
