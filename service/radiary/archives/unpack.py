"""Unpacks what cannot be read member by member into memory: archives inside archives, and formats read front to end.

Only what looks like DICOM is kept, under numbers for names, in a private folder that is removed on every exit and at start.
"""

import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from radiary.archives import archive, formats, source, zips
from radiary.archives.archive import Archive
from radiary.archives.formats import Sink
from radiary.dicom.read.signature import HEAD, looks_like_dicom
from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.model.errors import LibraryFull, Unacceptable, UnsafeArchive
from radiary.model.nouns import Export, Limits

Spilling = Callable[[Sink], None]
"""Pushes the files of one archive into a sink."""
_RATIO, _FREE = 400, 1 << 30
"""More than this many times an archive's size, once it is more than this many bytes, is a bomb."""
_RESERVE = 1 << 30
"""Bytes that stay free on the disk where the ledger is written."""


class _Count:
    """What has come out of an archive, and of the archives inside it, so far."""

    def __init__(self, limits: Limits, size: int, free: int) -> None:
        self.most_files = limits.files
        self.most_bytes = min(limits.bytes, max(_FREE, _RATIO * size))
        self.free = free
        self.files = 0
        self.bytes = 0

    def file(self, name: str) -> int:
        self.files += 1
        if self.files > self.most_files or not zips.is_safe(name):
            raise UnsafeArchive
        return self.files

    def take(self, size: int) -> None:
        self.bytes += size
        if self.bytes > self.most_bytes:
            raise UnsafeArchive

    def keep(self, size: int) -> None:
        self.free -= size
        if self.free < _RESERVE:
            raise LibraryFull


class _Spill:
    """A sink that keeps DICOM files and archives in `folder`, or, without one, only looks for the first DICOM file."""

    def __init__(self, folder: Path | None, nested: Path, count: _Count) -> None:
        self.folder = folder
        self.nested = nested
        self.count = count
        self.inside: list[Path] = []

    def begin(self, name: str) -> "_File":
        return _File(self, name, self.count.file(name))

    def skip(self, name: str) -> None:
        self.count.file(name)


class _File:
    """One file on its way: its first bytes decide what becomes of the rest."""

    def __init__(self, spill: _Spill, name: str, number: int) -> None:
        self._spill = spill
        self._number = f"{number:07d}"
        self._name = name
        self._start = b""
        self._path: Path | None = None
        self._is_decided = False

    def write(self, data: bytes) -> int:
        self._spill.count.take(len(data))
        if not self._is_decided:
            self._start += data
            if len(self._start) >= formats.MAGIC:
                self._decide()
        elif self._path is not None:
            self._spill.count.keep(len(data))
            with on_disk(), self._path.open("ab") as file:
                file.write(data)
        return len(data)

    def close(self) -> None:
        if not self._is_decided:
            self._decide()

    def _decide(self) -> None:
        self._is_decided = True
        spill, number = self._spill, self._number
        if looks_like_dicom(self._start[:HEAD]):
            if spill.folder is None:
                raise formats.Enough
            self._path = spill.folder / number
        elif formats.NAME.search(self._name) and formats.kind(self._start):
            self._path = spill.nested / number
            spill.inside.append(self._path)
        elif spill.folder is not None:
            with on_disk():
                (spill.folder / number).touch(mode=0o600)
        if self._path is not None:
            spill.count.keep(len(self._start))
            with on_disk():
                private.write(self._path, self._start)
        self._start = b""


@dataclass(frozen=True)
class Readable:
    """An export that can be read member by member, and how many members it has: as it came, or as it was unpacked."""

    export: Export
    members: int


@contextlib.contextmanager
def readable(export: Export, scratch: Path, limits: Limits, passwords: Sequence[str]) -> Iterator[Readable]:
    """The export as `archive.opened` can read it: as it is, or unpacked for as long as this lasts.

    Raises Unacceptable, Waiting and NotNow.
    """
    place = scratch / export.digest[:12]
    shutil.rmtree(place, ignore_errors=True)
    try:
        with _first_level(export, limits, passwords) as (plain, spill):
            if plain is not None:
                result = Readable(export, len(plain.members()))
            else:
                with on_disk():
                    folder, nested = private.folder(place / "files"), private.folder(place / "nested")
                _unpack(export, spill, folder, nested, limits, passwords)
                unpacked = replace(export, kind="folder", path=folder, fingerprint=source.fingerprint(folder))
                result = Readable(unpacked, len(unpacked.fingerprint))
        yield result
    finally:
        shutil.rmtree(place, ignore_errors=True)


def holds_dicom(export: Export, scratch: Path, limits: Limits, passwords: Sequence[str]) -> bool:
    """Whether an export holds a DICOM file, at any depth, or one that is too damaged to tell. Keeps nothing.

    Raises Unacceptable, Waiting and NotNow.
    """
    place = scratch / f"search-{export.digest[:12]}"
    shutil.rmtree(place, ignore_errors=True)
    try:
        with _first_level(export, limits, passwords) as (plain, spill):
            return archive.holds_dicom(plain) if plain else _finds_dicom(export, spill, place, limits, passwords)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _finds_dicom(export: Export, spill: Spilling, nested: Path, limits: Limits, passwords: Sequence[str]) -> bool:
    try:
        with on_disk():
            private.folder(nested)
        _unpack(export, spill, None, nested, limits, passwords)
    except formats.Enough:
        return True
    return False


@contextlib.contextmanager
def _first_level(export: Export, limits: Limits, passwords: Sequence[str]) -> Iterator[tuple[Archive | None, Spilling]]:
    """The export, open, if it can be read as it is; and what pushes its files into a sink if it cannot."""
    if export.kind == "archive":
        yield None, lambda sink: formats.spill(export.path, sink, passwords)
    else:
        with archive.opened(export, passwords, limits) as plain:
            yield None if plain.holds_archives else plain, plain.spill


def _unpack(export: Export, spill: Spilling, folder: Path | None, nested: Path, limits: Limits, passwords: Sequence[str]) -> None:
    """Depth by depth; an archive inside an archive is removed as soon as it has been read."""
    with source.reading():
        count = _Count(limits, export.size, shutil.disk_usage(nested).free)
    level = _Spill(folder, nested, count)
    spill(level)
    for _ in range(limits.depth):
        if not level.inside:
            return
        deeper = _Spill(folder, nested, count)
        for path in level.inside:
            try:
                formats.spill(path, deeper, passwords)
            except UnsafeArchive:
                raise
            except Unacceptable:
                deeper.begin(f"{path.name} damaged").close()
            path.unlink()
        level = deeper
    if level.inside:
        raise UnsafeArchive
