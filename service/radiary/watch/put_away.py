"""Puts finished downloads away, as their owner wants it: moved into a folder beside them with a note, deleted, or left.

Moving and deleting want more certainty than filing: nothing is touched that is not, byte for byte, what was filed.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

from radiary.archives import source
from radiary.files import private
from radiary.library import faults
from radiary.library.shelf import Library
from radiary.model.errors import NOTHING_NEW, SENTENCES, explain
from radiary.model.events import AwaitingOwner, Event, Filed, Forgotten, Ignored, Superseded
from radiary.model.nouns import Export

After = Literal["keep", "sort", "delete"]
Place = Literal["done", "duplicate", "failed", "waiting"]
RETRIED: tuple[Place, ...] = ("failed", "waiting")
"""Where downloads lie that may be tried again."""
MARKER = ".radiary"
"""A file that says that a folder is ours: it is never taken for an export, whatever the settings say later."""
_SIGNED = "Radiary"
_COPY = "This download is the same, byte for byte, as one that Radiary had before."
_LONGEST_NAME = 255
"""Bytes of a file's name on every usual file system."""


class PutAway:
    """What happens to downloads `after` they are done with; `home` gives the library, or the shelf for what is held."""

    def __init__(self, after: After, home: Callable[[bool], Library]) -> None:
        self.after = after
        self._home = home

    def is_wanted(self, export: Export, end: Event) -> bool:
        """Whether an export that ended so is to be moved or deleted.

        A folder that was filed in part stays where it is, and so does an archive in several files, which belong together, and a
        folder of hers called `done`, say: she sorts by herself.
        """
        if self.after == "keep" or isinstance(end, Ignored | Forgotten | Superseded):
            return False
        if _is_set(export) or _is_called_like_ours(export):
            return False
        if isinstance(end, Filed) and end.skipped and export.kind == "folder":
            return False
        return self.after == "sort" or (isinstance(end, Filed) and not end.skipped and not end.left)

    def finished(self, export: Export, end: Event) -> tuple[Place | Literal["deleted"], Path] | None:
        """Put an export away that ended so: where it is, and its new place; None when it stays.

        Raises OSError, NotNow and UnreadableExport.
        """
        if not self.is_wanted(export, end) or source.fingerprint(export.path) != export.fingerprint:
            return None
        if self.after == "sort":
            into = _place_for(end)
            is_there = export.path.parent == _folder_for(export.path, into)
            return None if is_there else (into, moved(export.path, into, _note(end)))
        if isinstance(end, Filed) and self._may_be_deleted(export, end):
            deleted(export.path)
            return "deleted", export.path
        return None

    def duplicate(self, export: Export) -> bool:
        """Put a copy of a finished export away; whether it was: what took its place is none. Raises OSError and NotNow."""
        if (
            self.after != "sort"
            or is_ours(export.path.parent)
            or _is_set(export)
            or _is_called_like_ours(export)
            or source.fingerprint(export.path) != export.fingerprint  # another one by now
        ):
            return False
        moved(export.path, "duplicate", _COPY)
        return True

    def _may_be_deleted(self, export: Export, end: Filed) -> bool:
        """Only when every file of it stands in the library, and it is the very same bytes."""
        if not all(faults.is_sound(self._home(study.held), study.folder) for study in end.studies):
            return False
        return source.export(export.path, export.fingerprint, None).digest == export.digest


def _is_set(export: Export) -> bool:
    """Whether it is an archive in several files, which belong together."""
    return export.kind == "archive" and len(source.files(export.path)) > 1


def _is_called_like_ours(export: Export) -> bool:
    """Whether its owner calls a folder as Radiary would call one to put downloads in."""
    return export.kind == "folder" and export.path.name in get_args(Place)


def is_ours(folder: Path) -> bool:
    """Whether Radiary made this folder to put downloads in: one of the same name that its owner made is hers."""
    return (folder / MARKER).exists()


def moved(path: Path, into: Place, note: str) -> Path:
    """Move `path` into the folder `into` beside it, never over anything, and say why in a text file; the new place.

    What waits already is moved on from there, its old note removed. Raises OSError.
    """
    folder = private.folder(_folder_for(path, into))
    if not is_ours(folder):
        private.write(folder / MARKER, b"")
    target = _free(folder, path.name)
    path.rename(target)
    _remove_note(path)
    private.replace(_note_beside(target), f"{note}\n\n{_SIGNED}\n".encode())
    return target


def deleted(path: Path) -> None:
    """Delete a download and its note. Raises OSError."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
    _remove_note(path)


def _folder_for(path: Path, into: Place) -> Path:
    """Ours of that name beside a download, or where one will be made; a folder of that name that is hers stays hers."""
    home = path.parent.parent if is_ours(path.parent) else path.parent
    folder = home / into
    return home / f"radiary-{into}" if folder.exists() and not is_ours(folder) else folder


def _place_for(end: Event) -> Place:
    if getattr(end, "reason", None) in NOTHING_NEW:
        return "duplicate"
    return "done" if isinstance(end, Filed) else "waiting" if isinstance(end, AwaitingOwner) else "failed"


def _note(end: Event) -> str:
    """What stands in the text beside a sorted export, for a person."""
    if not isinstance(end, Filed):
        reason = getattr(end, "reason", None)
        if reason in NOTHING_NEW:
            return explain(reason)
        waits = "Radiary waits for you before it files this download."
        said = waits if isinstance(end, AwaitingOwner) else "Radiary could not file this download."
        return said + (f"\n{explain(reason)}" if reason else "")
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
    """A place in a folder, under this name or one that begins with a number, with room for a note beside it."""
    number, target = 1, folder / name
    while os.path.lexists(target) or os.path.lexists(_note_beside(target)):
        number += 1
        target = folder / _fitting(f"{number} {name}", Path(name).suffix)
    return target


def _note_beside(path: Path) -> Path:
    return path.with_name(_fitting(f"{path.name}.txt", ".txt"))


def _fitting(name: str, ending: str) -> str:
    """A name as long as a file system takes it, its ending whole."""
    kept = os.fsencode(name.removesuffix(ending))[: _LONGEST_NAME - len(os.fsencode(ending))]
    return kept.decode(errors="ignore") + ending if len(os.fsencode(name)) > _LONGEST_NAME else name


def _remove_note(path: Path) -> None:
    """Only a note that Radiary wrote."""
    note = _note_beside(path)
    if note.is_file() and note.read_bytes().rstrip().endswith(_SIGNED.encode()):
        note.unlink()
