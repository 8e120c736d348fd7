"""Unpacks what cannot be read member by member into memory: archives inside archives, and formats read front to end.

Only what looks like DICOM is kept, under numbers for names, in a private folder that is removed on every exit and at start.
"""

import contextlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from radiary.archives import formats, source, zips
from radiary.dicom.read.signature import HEAD, looks_like_dicom
from radiary.files import private
from radiary.library.shelf import on_disk
from radiary.model.errors import LibraryFull, Unacceptable, UnsafeArchive
from radiary.model.nouns import Export, Limits

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


@contextlib.contextmanager
def readable(export: Export, scratch: Path, limits: Limits, passwords: Sequence[str]) -> Iterator[Export]:
    """The export as `archive.opened` can read it: as it is, or unpacked for as long as this lasts.

    Raises Unacceptable and Waiting.
    """
    if not must_unpack(export, passwords):
        yield export
        return
    place = scratch / export.digest[:12]
    shutil.rmtree(place, ignore_errors=True)
    try:
        with on_disk():
            folder, nested = private.folder(place / "files"), private.folder(place / "nested")
        _unpack(export.path, folder, nested, limits, passwords)
        yield replace(export, kind="folder", path=folder, fingerprint=source.fingerprint(folder))
    finally:
        shutil.rmtree(place, ignore_errors=True)


def holds_dicom(export: Export, scratch: Path, limits: Limits, passwords: Sequence[str]) -> bool:
    """Whether an archive that must be unpacked holds a DICOM file at any depth. Keeps nothing."""
    place = scratch / f"look-{export.digest[:12]}"
    shutil.rmtree(place, ignore_errors=True)
    try:
        with on_disk():
            private.folder(place)
        _unpack(export.path, None, place, limits, passwords)
    except formats.Enough:
        return True
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return False


def must_unpack(export: Export, passwords: Sequence[str]) -> bool:
    """Whether an export cannot be read member by member: a format read front to end, or archives inside it."""
    if export.kind == "archive":
        return True
    with source.reading():
        if export.kind == "folder":
            return any(source.is_archive(one) for one in source.files(export.path))
        if export.kind != "zip" or not export.size or not source.is_zip(export.path):
            return False
        opened = zips.opened(export.path, passwords)
    with opened as archive:
        return any(formats.NAME.search(member.filename) for member in zips.files(archive))


def _spill_folder(path: Path, spill: _Spill) -> None:
    """A folder with archives in it, as if it were one itself."""
    for one in source.files(path):
        writer = spill.begin(one.name)
        with source.reading(), one.open("rb") as file:
            while chunk := file.read(formats.MAGIC):
                writer.write(chunk)
        writer.close()


def _unpack(path: Path, folder: Path | None, nested: Path, limits: Limits, passwords: Sequence[str]) -> None:
    """Depth by depth; an archive inside an archive is removed as soon as it has been read."""
    with source.reading():
        size = sum(one.stat().st_size for one in source.files(path))
        count = _Count(limits, size, shutil.disk_usage(nested).free)
    level = [path]
    for _ in range(limits.depth + 1):
        spill = _Spill(folder, nested, count)
        for one in level:
            try:
                if one.is_dir():
                    _spill_folder(one, spill)
                else:
                    formats.spill(one, spill, passwords)
            except UnsafeArchive:
                raise
            except Unacceptable:
                if one == path:
                    raise
                spill.begin(f"{one.name} damaged").close()
            if one != path:
                one.unlink()
        level = spill.inside
        if not level:
            return
    raise UnsafeArchive
