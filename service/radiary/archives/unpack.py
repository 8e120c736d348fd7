"""Unpacks what cannot be read member by member into memory: archives inside archives, and formats read front to end.

Only what looks like DICOM is kept, under numbers for names, in a private folder that is removed on every exit and at start.
"""

import contextlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from radiary.archives import archive, formats, search, source
from radiary.archives.archive import Archive
from radiary.archives.descent import Descent, Spilling
from radiary.archives.keeping import Kept
from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.model.errors import DamagedArchive, Encrypted, OutOfMemory, Reason, Waiting, WrongPassword
from radiary.model.nouns import Export, Fingerprint, Limits
from radiary.workers import time_limit

Result = TypeVar("Result")


class Call(Protocol):
    """Calls a function, here or in a worker process. Raises what it raises, and GaveUp when it takes its process with it."""

    def __call__(self, work: Callable[..., Result], *arguments: object) -> Result: ...


def _here(work: Callable[..., Result], *arguments: object) -> Result:
    return work(*arguments)


@dataclass(frozen=True)
class Readable:
    """An export that can be read member by member, as it came or as it was unpacked, and how many members it has.

    `skipped` counts what is not among them, by reason, `left` what is no DICOM file; `waiting` says what something locked in it
    needs.
    """

    export: Export
    members: int
    skipped: Mapping[str, int] = field(default_factory=dict)
    left: int = 0
    waiting: Waiting | None = None


@dataclass(frozen=True)
class _Unpacked:
    """What a worker tells of an export: counts, and where its files lie if it had to unpack them."""

    folder: Path | None
    fingerprint: Fingerprint
    members: int
    skipped: Mapping[str, int]
    left: int
    is_waiting: bool


@contextlib.contextmanager
def readable(
    export: Export, scratch: Path, limits: Limits, *, passwords: Sequence[str], call: Call = _here, patience: float = 120
) -> Iterator[Readable]:
    """The export as `archive.opened` can read it: as it is, or unpacked for as long as this lasts, by a worker if `call` has one.

    The worker is ended when nothing comes out for `patience` seconds. Raises Unacceptable, Waiting and NotNow.
    """
    place = scratch / export.digest[:12]
    shutil.rmtree(place, ignore_errors=True)
    try:
        short = replace(export, fingerprint=source.in_short(export.fingerprint))
        unpacked = call(_unpacked, short, place, limits, tuple(passwords), patience)
        plain = export
        if unpacked.folder is not None:
            plain = replace(export, kind="folder", path=unpacked.folder, fingerprint=unpacked.fingerprint)
        waiting = (WrongPassword() if passwords else Encrypted()) if unpacked.is_waiting else None
        yield Readable(plain, unpacked.members, skipped=unpacked.skipped, left=unpacked.left, waiting=waiting)
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextlib.contextmanager
def opened(export: Export, place: Path, limits: Limits, *, passwords: Sequence[str], patience: float = 120) -> Iterator[Archive]:
    """An export's files, open: as they are, or unpacked into `place` for as long as this lasts. Raises as `readable` does.

    A zip's directory is read once, also where what is in it is unpacked.
    """
    tick = partial(time_limit.set_to, patience)
    tick()
    try:
        with _first_level(export, limits, passwords) as (plain, spill):
            if plain is not None:
                yield plain
                return
            unpacked = _spilled(export, spill, place=place, limits=limits, passwords=passwords, tick=tick)
        assert unpacked.folder is not None
        folder = replace(export, kind="folder", path=unpacked.folder, fingerprint=unpacked.fingerprint)
        with archive.opened(folder, passwords, limits) as whole:
            yield whole
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _unpacked(export: Export, place: Path, limits: Limits, passwords: tuple[str, ...], patience: float) -> _Unpacked:
    """In a worker: look into an export, and unpack it if need be. Raises Unacceptable, Waiting and NotNow."""
    tick = partial(time_limit.set_to, patience)
    tick()
    try:
        with _first_level(export, limits, passwords) as (plain, spill):
            if plain is not None:
                return _Unpacked(
                    None, (), members=len(plain.members()), skipped=dict(plain.left_out), left=0, is_waiting=plain.is_waiting
                )
            return _spilled(export, spill, place=place, limits=limits, passwords=passwords, tick=tick)
    except MemoryError:
        raise OutOfMemory from None


def _spilled(
    export: Export, spill: Spilling, *, place: Path, limits: Limits, passwords: Sequence[str], tick: Callable[[], None]
) -> _Unpacked:
    shutil.rmtree(place, ignore_errors=True)  # of a worker that was ended
    with on_disk():
        kept = Kept(private.folder(place / "files"), private.folder(place / "nested"), tick)
    try:
        Descent(kept, limits, passwords).whole(spill, export.size)
    except DamagedArchive:
        if not kept.files:
            raise
        kept.skipped[Reason.ARCHIVE_DAMAGED] += 1
    assert kept.folder is not None
    fingerprint = source.in_short(source.fingerprint(kept.folder))
    return _Unpacked(
        kept.folder, fingerprint, members=len(kept.files), skipped=dict(kept.skipped), left=kept.left, is_waiting=kept.is_waiting
    )


def holds_dicom(export: Export, scratch: Path, limits: Limits, *, passwords: Sequence[str]) -> bool:
    """Whether an export shows any sign of DICOM, at any depth: in its first files or its listing. Keeps nothing.

    False for what shows none, whether whole, broken, locked or hostile: that is somebody else's affair. Raises Unacceptable and
    Waiting only for what may be hers and cannot be opened; NotNow.
    """
    place = scratch / f"search-{export.digest[:12]}"
    shutil.rmtree(place, ignore_errors=True)
    try:
        return search.holds_dicom(export, place, limits, passwords=passwords)
    except MemoryError:
        if search.lists_others_alone(export):
            return False
        raise OutOfMemory from None
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextlib.contextmanager
def _first_level(export: Export, limits: Limits, passwords: Sequence[str]) -> Iterator[tuple[Archive | None, Spilling]]:
    """The export, open, if it can be read as it is; and what pushes its files into a sink if it cannot."""
    if export.kind == "archive":
        yield None, lambda sink: formats.spill(export.path, sink, passwords, name=export.path.name)
    else:
        with archive.opened(export, passwords, limits) as plain:
            yield None if plain.holds_archives else plain, plain.spill
