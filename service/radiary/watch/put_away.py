"""Puts finished downloads away, as their owner wants it: moved into a folder beside them with a note, deleted, or left.

Moving and deleting want more certainty than filing: nothing is touched that is not, byte for byte, what was filed.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from radiary.archives import source
from radiary.files import private
from radiary.library import faults
from radiary.library.shelf import Library
from radiary.model.errors import SENTENCES, OnlyOwnCopies, OnlyTakenOut, explain
from radiary.model.events import AwaitingOwner, Event, Filed, Forgotten, Ignored
from radiary.model.nouns import Export

After = Literal["keep", "sort", "delete"]
Place = Literal["done", "duplicate", "failed", "waiting"]
FOLDERS: tuple[Place, ...] = ("done", "duplicate", "failed", "waiting")
MARKER = ".radiary"
"""A file that says that a folder is ours: it is never taken for an export, whatever the settings say later."""
_SIGNED = "Radiary"
_NOTHING_NEW = frozenset({OnlyOwnCopies.reason(), OnlyTakenOut.reason()})
"""What was wrong with downloads that are no failure."""
_COPY = "This download is the same, byte for byte, as one that Radiary had before."


class PutAway:
    """What happens to downloads `after` they are done with; `home` gives the library, or the shelf for what is held."""

    def __init__(self, after: After, home: Callable[[bool], Library]) -> None:
        self.after = after
        self._home = home

    def finished(self, export: Export, end: Event) -> tuple[Place | Literal["deleted"], Path] | None:
        """Put an export away that ended so: where it is, and its new place; None when it stays.

        Raises OSError, NotNow and UnreadableExport.
        """
        if self.after == "keep" or isinstance(end, Ignored | Forgotten):
            return None
        if source.fingerprint(export.path) != export.fingerprint:
            return None
        if self.after == "sort":
            into = _place_for(end)
            return None if export.path.parent.name == into else (into, moved(export.path, into, _note(end)))
        if isinstance(end, Filed) and self._may_be_deleted(export, end):
            deleted(export.path)
            return "deleted", export.path
        return None

    def duplicate(self, export: Export) -> bool:
        """Put a copy of a finished export away; whether it was: what took its place is none. Raises OSError and NotNow."""
        if self.after != "sort" or export.path.parent.name in FOLDERS or source.fingerprint(export.path) != export.fingerprint:
            return False
        moved(export.path, "duplicate", _COPY)
        return True

    def _may_be_deleted(self, export: Export, end: Filed) -> bool:
        """Only what is filed whole: nothing skipped or left beside it, every file standing, and the very same bytes."""
        if end.skipped or end.left:
            return False
        if not all(faults.is_sound(self._home(study.held), study.folder) for study in end.studies):
            return False
        return source.export(export.path, export.fingerprint, None).digest == export.digest


def moved(path: Path, into: Place, note: str) -> Path:
    """Move `path` into the folder `into` beside it, never over anything, and say why in a text file; the new place.

    What waits already is moved on from there, its old note removed. Raises OSError.
    """
    home = path.parent.parent if path.parent.name in FOLDERS else path.parent
    folder = private.folder(home / into)
    if not (folder / MARKER).exists():
        private.write(folder / MARKER, b"")
    target = _free(folder, path.name)
    path.rename(target)
    _remove_note(path)
    private.replace(_note_beside(target), f"{note}\n\n{_SIGNED}\n".encode())
    return target


def deleted(path: Path) -> None:
    """Delete a download and its note. Raises OSError."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    _remove_note(path)


def _place_for(end: Event) -> Place:
    if getattr(end, "reason", None) in _NOTHING_NEW:
        return "duplicate"
    return "done" if isinstance(end, Filed) else "waiting" if isinstance(end, AwaitingOwner) else "failed"


def _note(end: Event) -> str:
    """What stands in the text beside a sorted export, for a person."""
    if not isinstance(end, Filed):
        reason = getattr(end, "reason", None)
        if reason in _NOTHING_NEW:
            return explain(reason)
        return "Radiary could not file this download." + (f"\n{explain(reason)}" if reason else "")
    lines = [f"Radiary has filed this download: {end.pictures} picture{'' if end.pictures == 1 else 's'}."]
    for study in end.studies:
        place = "private shelf (it may show a name)" if study.held else "library"
        lines.append(f"  {study.folder} in the {place}, {study.added} new")
    if end.skipped:
        lines += ["", "Not everything could be filed, so keep this download:"]
        lines += [f"  {count} × {SENTENCES.get(reason, reason)}" for reason, count in end.skipped.items()]
    if end.left:
        lines += ["", f"Files beside the pictures that were left alone: {end.left}."]
    return "\n".join(lines)


def _free(folder: Path, name: str) -> Path:
    number, target = 1, folder / name
    while os.path.lexists(target) or os.path.lexists(_note_beside(target)):
        number += 1
        target = folder / f"{number} {name}"
    return target


def _note_beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.txt")


def _remove_note(path: Path) -> None:
    """Only a note that Radiary wrote."""
    note = _note_beside(path)
    if note.is_file() and note.read_bytes().rstrip().endswith(_SIGNED.encode()):
        note.unlink()
