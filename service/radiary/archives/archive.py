"""Reads an export we did not make: its members one at a time, into memory; large ones into a file without a name.

Nothing identified ever has a name on the disk.
"""

import contextlib
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, BinaryIO, Protocol, cast

from radiary.archives import bounds, folder, names, self_extracting, source, split_sets, zip_methods, zip_reading, zips
from radiary.archives.sinks import Sink
from radiary.archives.spool import IN_MEMORY
from radiary.dicom.read.signature import HEAD
from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.model.errors import Empty, NotAnArchive, Reason, UnsafeArchive
from radiary.model.nouns import Content, Export, Limits, Member, Skipped

_CHUNK = 1 << 20
"""Bytes that are unpacked at once of a member that is too large for memory."""

DEFAULT = Limits()


class Archive(Protocol):
    """An open export."""

    def members(self) -> list[Member]:
        """Its files, in an order that is the same at every opening."""

    def read(self, index: int) -> Content | Skipped:
        """A member: its bytes, or an open file of them that its reader closes."""

    def head(self, index: int) -> bytes | None:
        """The first bytes of a member; None of a damaged one."""

    def may_be_dicom(self, index: int) -> bool:
        """Whether a member that cannot be read may be a DICOM file, by its name."""

    @property
    def left_out(self) -> Mapping[str, int]:
        """What is not even a member, by reason: how often."""

    @property
    def is_waiting(self) -> bool:
        """Whether something is locked in it that may be DICOM."""

    @property
    def holds_archives(self) -> bool:
        """Whether archives lie in it, so that it has to be unpacked to be read."""

    def spill(self, sink: Sink) -> None:
        """Push all its files into a sink. Raises what the sink raises."""


class Zip:
    """A zip, by its central directory."""

    def __init__(self, opened: zips.Opened, limits: Limits, place: Path | None = None) -> None:
        self._opened = opened
        self._zip = opened.archive
        self._most = limits.member
        self._place = place
        self._members = opened.members

    def members(self) -> list[Member]:
        return [Member(index, member.file_size) for index, member in enumerate(self._members)]

    def may_be_dicom(self, index: int) -> bool:
        return names.may_be_dicom(self._members[index].filename)

    @property
    def left_out(self) -> Mapping[str, int]:
        with source.reading():
            return {Reason.ARCHIVE_DAMAGED: 1} if self._opened.may_miss_members else {}

    @property
    def is_waiting(self) -> bool:
        return any(self.may_be_dicom(index) and self._is_locked(index) for index in range(len(self._members)))

    def _is_locked(self, index: int) -> bool:
        """Whether no password that is known opens a member."""
        if index in self._opened.odd or not self._members[index].flag_bits & 1:
            return self._opened.odd.get(index) is Reason.LOCKED_MEMBER
        try:
            with source.reading(), zip_reading.member_opened(self._zip, self._members[index]):
                return False
        except NotImplementedError:
            return False
        except RuntimeError:
            return True
        except zip_methods.damaged_member():
            return False

    @property
    def holds_archives(self) -> bool:
        called = [member.filename for member in self._members]
        if any(names.is_archive(name) or split_sets.part(name) is not None for name in called):
            return True
        return any(names.is_program(called[index]) and self._extracts_itself(index) for index in range(len(called)))

    def _extracts_itself(self, index: int) -> bool:
        """Whether a program has an archive behind it; one that cannot be read is none of ours."""
        if index in self._opened.odd or self._members[index].file_size > self._most:
            return False
        try:
            with source.reading(), zip_reading.member_opened(self._zip, self._members[index]) as file:
                return self_extracting.is_one(file)
        except zip_methods.damaged_member(NotImplementedError, MemoryError):
            return False

    def spill(self, sink: Sink) -> None:
        zips.spill_opened(self._opened, sink)

    def read(self, index: int) -> Content | Skipped:
        if index in self._opened.odd:
            return Skipped(self._opened.odd[index])
        if self._members[index].file_size > self._most:
            return Skipped(Reason.TOO_LARGE)
        try:
            return self._read(index)
        except NotImplementedError:
            return Skipped(Reason.COMPRESSION_NOT_SUPPORTED)
        except MemoryError:
            return Skipped(Reason.NOT_ENOUGH_MEMORY)
        except RuntimeError:
            return Skipped(Reason.LOCKED_MEMBER)
        except zip_methods.damaged_member():
            return Skipped(Reason.DAMAGED_MEMBER)

    def _read(self, index: int) -> Content:
        if self._members[index].file_size > IN_MEMORY:
            return self._unpacked(index)
        with source.reading():
            data = zip_reading.inflated(self._zip, self._members[index])
        if data is not None:
            return data
        with source.reading(), zip_reading.member_opened(self._zip, self._members[index]) as file:
            return _bounded(file, self._members[index].file_size)

    def _unpacked(self, index: int) -> BinaryIO:
        """A large member in a file without a name, which is gone when it is closed or its process dies."""
        with on_disk():
            if self._place is not None:
                private.folder(self._place)
            unpacked = cast("BinaryIO", tempfile.TemporaryFile(dir=self._place))  # noqa: SIM115 - its reader closes it
        try:
            with zip_reading.member_opened(self._zip, self._members[index]) as file:
                for chunk in _chunks(file, self._members[index].file_size):
                    with on_disk():
                        unpacked.write(chunk)
            with on_disk():
                unpacked.flush()
        except BaseException:
            with contextlib.suppress(OSError):  # of a full disk, which is told already
                unpacked.close()
            raise
        return unpacked

    def head(self, index: int) -> bytes | None:
        if index in self._opened.odd:
            return None
        try:
            with source.reading():
                start = zip_reading.beginning(self._zip, self._members[index], HEAD)
            if start is not None:
                return start
            with source.reading(), zip_reading.member_opened(self._zip, self._members[index]) as file:
                return file.read(HEAD)
        except zip_methods.damaged_member(NotImplementedError, MemoryError):
            return None


def _bounded(file: IO[bytes], size: int) -> bytes:
    """A member's bytes, never more than it claims: one that lies about its size is damaged."""
    data = file.read(size)
    if len(data) != size or file.read(1):
        raise zipfile.BadZipFile
    return data


def _chunks(file: IO[bytes], size: int) -> Iterator[bytes]:
    """A member's bytes piece by piece, never more than it claims."""
    while size:
        with source.reading():
            chunk = file.read(min(size, _CHUNK))
        if not chunk:
            raise zipfile.BadZipFile
        size -= len(chunk)
        yield chunk
    if file.read(1):
        raise zipfile.BadZipFile


@contextlib.contextmanager
def opened(
    export: Export, passwords: Sequence[str] = (), limits: Limits = DEFAULT, place: Path | None = None
) -> Iterator[Archive]:
    """The export's archive, open. Raises Unacceptable, Waiting, or NotNow when it is gone.

    `place` is a private folder for what is too large for memory; without one, the system's.
    """
    if export.kind != "zip":
        with source.reading():
            opened_folder = folder.Folder(export.path, limits)
        yield opened_folder
        return
    with contextlib.ExitStack() as closing:
        with source.reading():
            file = closing.enter_context(export.path.open("rb"))
            _refuse_what_is_none(export.path)
            opened_zip = closing.enter_context(zips.opened(file, passwords))
        _refuse_unsafe(opened_zip.members, export.size, limits)
        yield Zip(opened_zip, limits, place)


def _refuse_what_is_none(path: Path) -> None:
    if not path.stat().st_size:
        raise Empty
    if not source.holds_zip(path):
        raise NotAnArchive


def _refuse_unsafe(members: list[Any], size: int, limits: Limits) -> None:
    """Refuse what claims, before a byte is unpacked, to be more than an export holds; `size` is the zip's own, in bytes."""
    total = sum(member.file_size for member in members)
    if bounds.is_bomb(total, size) or len(members) > limits.files or total > limits.bytes:
        raise UnsafeArchive
