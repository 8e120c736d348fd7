"""Moves a finished download into a folder beside it, with a note for a person; or deletes it."""

import shutil
from pathlib import Path

from radiary.files import private

FOLDERS = ("done", "duplicate", "failed", "waiting")
MARKER = ".radiary"
"""A file that says that a folder is ours: it is never taken for an export, whatever the settings say later."""
_SIGNED = "Radiary"


def put_away(path: Path, into: str, note: str) -> Path:
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
    private.replace(_note(target), f"{note}\n\n{_SIGNED}\n".encode())
    return target


def delete(path: Path) -> None:
    """Delete a download and its note. Raises OSError."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    _remove_note(path)


def _free(folder: Path, name: str) -> Path:
    number, target = 1, folder / name
    while target.exists() or _note(target).exists():
        number += 1
        target = folder / f"{number} {name}"
    return target


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}.txt")


def _remove_note(path: Path) -> None:
    """Only a note that Radiary wrote."""
    note = _note(path)
    if note.is_file() and note.read_bytes().rstrip().endswith(_SIGNED.encode()):
        note.unlink()
