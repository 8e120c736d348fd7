"""A copy while it is made: beside its place, in a folder that goes whatever happens, and its appearance in one step."""

import contextlib
import fcntl
import os
import secrets
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from radiary.files import private
from radiary.files.disk_errors import is_full
from radiary.language import refusal, sentence
from radiary.model.errors import Mistaken, NotShared
from radiary.share import named_places

_MARK = ".radiary-share-"
"""How the names of drafts begin."""
_TIME = (1980, 1, 1, 12, 0, 0)
"""The time of every file: when a picture was filed is nobody's business, and ZIP knows no earlier year."""
_SECONDS = 315_576_000
"""The same in seconds since 1970, UTC."""
_STORED = (".webp", ".png")
"""Endings of what is compressed already."""
_FOLDER = "shared"
"""In a zip all stands in one folder, as who unpacks it expects."""
_CLEARER = """
import os, shutil, sys, time
sys.stdin.buffer.read()
for _ in range(600):
    shutil.rmtree(sys.argv[1], ignore_errors=True)
    if not os.path.lexists(sys.argv[1]):
        break
    time.sleep(0.1)
"""
"""Waits until the process that began it has ended, however that was, and takes away what it left.

Workers may write for a moment longer.
"""


class Draft:
    """A folder beside `target`, in whose `tree` the copy is made."""

    def __init__(self, target: Path, folder: Path) -> None:
        self._target, self._folder = target, folder
        self.tree = private.folder(folder / "tree")

    def writing(self) -> contextlib.AbstractContextManager[None]:
        """Whatever writes into `tree`, within. Raises Mistaken and NotShared."""
        return _written_to(self._target)

    def put(self, name: str, data: bytes) -> None:
        """Write a file of the copy. Raises Mistaken and NotShared."""
        with self.writing():
            private.folder((self.tree / name).parent)
            with private.created(self.tree / name) as file:
                file.write(data)

    def files(self) -> list[str]:
        """Every file of the copy, in order."""
        return sorted(str(path.relative_to(self.tree)) for path in self.tree.rglob("*") if path.is_file())

    def appear(self) -> None:
        """Let the copy stand at its place, whole: a zip where that is called so, else a folder. Raises Mistaken, NotShared."""
        with self.writing():
            if is_zip(self._target):
                made = self._folder / "copy.zip"
                _pack(self.tree, self.files(), made)
            else:
                made = self.tree
                _make_uniform(made)
            private.sync_all(self._folder)
            _refuse(self._target)
            made.rename(self._target)
            if self._target.is_dir():
                os.utime(self._target, (_SECONDS, _SECONDS))
            private.sync(self._target.parent)


def is_zip(target: Path) -> bool:
    """Whether a copy is to be one file."""
    return target.suffix.lower() == ".zip"


@contextlib.contextmanager
def beside(target: Path) -> Iterator[Draft]:
    """A draft for what is to stand at `target`; nothing of it stays there, though the process were killed.

    Raises Mistaken where something is there already, or nothing can be written.
    """
    _refuse(target)
    named_places.refuse_without_folder(target.parent)
    with _written_to(target):
        _sweep(target.parent)
        folder = private.folder(target.parent / f"{_MARK}{secrets.token_hex(6)}")
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    line = [sys.executable, "-I", "-S", "-c", _CLEARER, str(folder)]
    clearer = subprocess.Popen(line, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - a program of ours
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield Draft(target, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)
        clearer.communicate()


@contextlib.contextmanager
def _written_to(target: Path) -> Iterator[None]:
    """Say what an OSError of the place means to which a copy is written: it is none of Radiary's own.

    Raises NotShared where there is no room, else Mistaken.
    """
    try:
        yield
    except FileExistsError:  # no place's fault
        raise
    except OSError as error:
        told = sentence(
            "The copy cannot be written to %(folder)s (%(why)s). Make room there, or name another place.",
            folder=target.parent,
            why=refusal(error),
        )
        raise NotShared(told) if is_full(error) else Mistaken(told) from None


def _refuse(target: Path) -> None:
    if os.path.lexists(target):
        raise Mistaken(
            sentence("There is something already: %(place)s. Name a place where nothing is; it was left alone.", place=target)
        )


def _sweep(folder: Path) -> None:
    """Take away drafts that nobody works at: a power cut left them."""
    for old in folder.glob(f"{_MARK}*"):
        with contextlib.suppress(OSError):
            descriptor = os.open(old, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(old, ignore_errors=True)
            finally:
                os.close(descriptor)


def _make_uniform(tree: Path) -> None:
    """Give every file and folder the same time and mode."""
    for place, _, names in os.walk(tree, topdown=False):
        for path in (*(Path(place, name) for name in names), Path(place)):
            path.chmod(0o700 if path.is_dir() else 0o600)
            os.utime(path, (_SECONDS, _SECONDS))


def _pack(tree: Path, names: list[str], target: Path) -> None:
    """Files in the order of their names, each with the same time and mode; no word of the computer that packed them."""
    with private.created(target) as file, zipfile.ZipFile(file, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(f"{_FOLDER}/{name}", _TIME)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o100600 << 16
            archive.writestr(entry, (tree / name).read_bytes())
