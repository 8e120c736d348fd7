"""Reads an export we did not make: its members one at a time, into memory; large ones into a file without a name.

Nothing identified ever has a name on the disk.
"""

import contextlib
import lzma
import struct
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, BinaryIO, Protocol, cast

from radiary.archives import formats, source, zips
from radiary.archives.formats import Sink
from radiary.archives.spool import IN_MEMORY
from radiary.dicom.read.signature import HEAD, looks_like_dicom
from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.model.errors import Empty, NotAnArchive, Reason, SourceChanged, UnsafeArchive
from radiary.model.nouns import Content, Export, Limits, Member, Skipped

RATIO_LIMIT = 400
"""Deflate reaches 1,032; images stay under 100. Checked on the whole of a zip that claims more than `RATIO_FREE` bytes."""
RATIO_FREE = 4 << 30

_CHUNK = 1 << 20
"""Bytes that are unpacked at once of a member that is too large for memory."""

DEFAULT = Limits()
_DAMAGE = (
    *zips.DAMAGE,
    lzma.LZMAError,
    EOFError,
    IndexError,
    ValueError,
    RuntimeError,
    struct.error,
)
"""What a flipped or missing byte looks like: a CRC that is wrong, a stream that cannot be unpacked."""


class Archive(Protocol):
    """An open export."""

    def members(self) -> list[Member]:
        """Its files, in an order that is the same at every opening."""

    def read(self, index: int) -> Content | Skipped:
        """A member: its bytes, or an open file of them that its reader closes."""

    def head(self, index: int) -> bytes | None:
        """The first bytes of a member; None of a damaged one."""

    @property
    def holds_archives(self) -> bool:
        """Whether archives lie in it, so that it has to be unpacked to be read."""

    def spill(self, sink: Sink) -> None:
        """Push all its files into a sink. Raises what the sink raises."""


class Folder:
    """A folder of files, or a single file."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._files = source.files(path)
        self._most = limits.member

    def members(self) -> list[Member]:
        return [Member(index, one.stat().st_size) for index, one in enumerate(self._files)]

    def read(self, index: int) -> Content | Skipped:
        with source.reading():
            size = self._file(index).stat().st_size
            if size > self._most:
                return Skipped(Reason.TOO_LARGE)
            try:
                return self._file(index).open("rb") if size > IN_MEMORY else self._file(index).read_bytes()
            except MemoryError:
                return Skipped(Reason.NOT_ENOUGH_MEMORY)

    def head(self, index: int) -> bytes:
        with source.reading(), self._file(index).open("rb") as file:
            return file.read(HEAD)

    @property
    def holds_archives(self) -> bool:
        with source.reading():
            return any(source.is_archive(path) for path in self._files)

    def spill(self, sink: Sink) -> None:
        for path in self._files:
            writer = sink.begin(path.name)
            with source.reading(), path.open("rb") as file:
                while chunk := file.read(formats.MAGIC):
                    writer.write(chunk)
            writer.close()

    def _file(self, index: int) -> Path:
        if index >= len(self._files):
            raise SourceChanged
        return self._files[index]


class Zip:
    """A zip, by its central directory. Raises UnsafeArchive for one that claims more than an export holds."""

    def __init__(self, opened: Any, size: int, limits: Limits, place: Path | None) -> None:
        self._zip = opened
        self._most = limits.member
        self._place = place
        self._members = zips.files(opened)
        _refuse_unsafe(self._members, size, limits)

    def members(self) -> list[Member]:
        return [Member(index, member.file_size) for index, member in enumerate(self._members)]

    @property
    def holds_archives(self) -> bool:
        return any(formats.NAME.search(member.filename) for member in self._members)

    def spill(self, sink: Sink) -> None:
        formats.spill_zip(self._zip, sink)

    def read(self, index: int) -> Content | Skipped:
        if self._members[index].file_size > self._most:
            return Skipped(Reason.TOO_LARGE)
        try:
            if self._members[index].file_size > IN_MEMORY:
                return self._unpacked(index)
            with source.reading():
                data = zips.inflated(self._zip, self._members[index])
            if data is not None:
                return data
            with source.reading(), zips.member_opened(self._zip, self._members[index]) as file:
                return _bounded(file, self._members[index].file_size)
        except NotImplementedError:
            return Skipped(Reason.COMPRESSION_NOT_SUPPORTED)
        except MemoryError:
            return Skipped(Reason.NOT_ENOUGH_MEMORY)
        except _DAMAGE:
            return Skipped(Reason.DAMAGED_MEMBER)

    def _unpacked(self, index: int) -> BinaryIO:
        """A large member in a file without a name, which is gone when it is closed or its process dies."""
        with on_disk():
            if self._place is not None:
                private.folder(self._place)
            unpacked = cast("BinaryIO", tempfile.TemporaryFile(dir=self._place))  # noqa: SIM115 - its reader closes it
        try:
            with zips.member_opened(self._zip, self._members[index]) as file:
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
        try:
            with source.reading():
                start = zips.beginning(self._zip, self._members[index], HEAD)
            if start is not None:
                return start
            with source.reading(), zips.member_opened(self._zip, self._members[index]) as file:
                return file.read(HEAD)
        except (NotImplementedError, MemoryError, *_DAMAGE):
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
            folder = Folder(export.path, limits)
        yield folder
        return
    with source.reading():
        archive = _zip(export.path, passwords)
    with archive:
        yield Zip(archive, export.size, limits, place)


def holds_dicom(archive: Archive) -> bool:
    """Whether any member looks like a DICOM file, or is too damaged to tell."""
    heads = (archive.head(member.index) for member in archive.members())
    return any(head is None or looks_like_dicom(head) for head in heads)


def _zip(path: Path, passwords: Sequence[str]) -> Any:
    if not path.stat().st_size:
        raise Empty
    if not source.is_zip(path):
        raise NotAnArchive
    return zips.opened(path, passwords)


def _refuse_unsafe(members: list[Any], size: int, limits: Limits) -> None:
    """Refuse what claims, before a byte is unpacked, to be more than an export holds; `size` is the zip's own, in bytes."""
    total = sum(member.file_size for member in members)
    is_bomb = total > RATIO_FREE and total > RATIO_LIMIT * size
    if is_bomb or len(members) > limits.files or total > limits.bytes:
        raise UnsafeArchive
