"""Where studies stand: where they were filed, or where their owner moved them since, found by their UID."""

import re
from collections.abc import Mapping
from pathlib import Path

from radiary.files.disk_errors import on_disk
from radiary.library import layout
from radiary.library.shelf import Library
from radiary.model.errors import StudyDamaged

_UID, _HEAD = re.compile(rb'"uid"\s*:\s*"([0-9.]+)"'), 4096
"""The first UID in a study's record is the study's own; a long record takes time to read."""


def place(library: Library, uid: str, folder: str) -> str | None:
    """The folder of a study that was filed at `folder`; None of one that is gone. Raises NotNow."""
    return places(library, {uid: folder}).get(uid)


def places(library: Library, known: Mapping[str, str]) -> dict[str, str]:
    """The same for many by UID, of which those that are gone are left out. Raises NotNow."""
    with on_disk():
        standing = {uid: folder for uid, folder in known.items() if library.holds_something(folder)}
        if len(standing) < len(known):
            elsewhere = uids(library)
            standing |= {uid: elsewhere[uid] for uid in known if uid not in standing and uid in elsewhere}
        return standing


def place_to_gain(library: Library, uid: str, folder: str) -> str | None:
    """The same of a study that is to gain something. Raises StudyDamaged where what is left of it may stand, and NotNow."""
    found = place(library, uid, folder)
    with on_disk():
        if found is None and any(_may_be(uid, one) for one in _unnamed(library)):
            raise StudyDamaged
    return found


def gone(library: Library, known: Mapping[str, str]) -> set[str]:
    """Of studies by UID, those that are nowhere; none while a folder cannot be read in which they may be, and none that may be
    what stands in a folder whose record is damaged. Raises NotNow.
    """
    with on_disk():
        there = places(library, known)
        missing = {uid for uid, folder in known.items() if uid not in there and not _is_away(library.root / folder)}
        unread: list[OSError] = []
        if missing:
            library.folders(unread.append)
            unnamed = _unnamed(library) - set(there.values())
            missing = {uid for uid in missing if not any(_may_be(uid, folder) for folder in unnamed)}
        return set() if unread else missing


def _is_away(place: Path) -> bool:
    """Whether a link on the way leads nowhere just now: to a disk that is not connected, say."""
    return any(one.is_symlink() and not one.exists() for one in (place, place.parent))


def _unnamed(library: Library) -> set[str]:
    """Folders of studies whose record is missing, or so damaged that it says no UID. Raises OSError."""
    return library.remains() | {folder for folder in library.folders() if not _uid(library, folder)}


def _may_be(uid: str, folder: str) -> bool:
    """Whether a study may stand in a folder, by its name: its own, or one that its owner gave."""
    last = folder.rpartition("/")[2]
    return last.endswith(f"-{layout.code(uid)}") or not layout.is_study_name(last)


def uids(library: Library) -> dict[str, str]:
    """The folder of every study that is there, by its UID. Raises OSError."""
    return {_uid(library, folder): folder for folder in library.folders()}


def _uid(library: Library, folder: str) -> str:
    with (library.root / folder / layout.STUDY_FILE).open("rb") as file:
        said = _UID.search(file.read(_HEAD))
    return said[1].decode() if said else ""
