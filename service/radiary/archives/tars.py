"""Tar files, and single files, behind a compression: read from front to end, the checksum behind their end included."""

import bz2
import gzip
import lzma
import tarfile
from collections.abc import Callable
from typing import IO, Any, BinaryIO, cast

from radiary.archives import zip_methods
from radiary.archives.foreign_errors import is_of_the_disk
from radiary.archives.sinks import CHUNK, Sink, copied
from radiary.model.errors import Reason, TruncatedArchive

_BLOCK = 512
_LARGEST_HEADER = 1 << 20
"""Bytes of a header of headers, and of a map of holes, that are read."""
_EXTENDED = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)
OPENERS: dict[str, Callable[[BinaryIO], Any]] = {
    "gz": lambda file: gzip.GzipFile(fileobj=file),
    "bz2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
    "zst": lambda file: zip_methods.open_zstd(file, "rb"),
}
"""What undoes each compression."""


def read(file: BinaryIO, sink: Sink) -> None:
    """Push every file of a bare tar into the sink. Raises TruncatedArchive, and what `tarfile` and the sink raise."""
    _read_to_the_end(file, sink, _pushed(file, sink))


def read_packed(file: BinaryIO, sink: Sink, kind: str, name: str) -> None:
    """Push what is behind a compression into the sink: the files of a tar, or the one file called `name`."""
    with OPENERS[kind](file) as stream:
        is_one = not is_tar(stream.read(_BLOCK))
        stream.seek(0)
        if is_one:
            copied(sink, name, stream)
            return
        _read_to_the_end(stream, sink, _pushed(stream, sink))


def is_tar(start: bytes) -> bool:
    """Whether a tar begins so: with a header whose checksum is right, or with the noughts of an empty one."""
    try:
        tarfile.TarInfo.frombuf(start[:_BLOCK], "utf-8", "surrogateescape")
    except tarfile.TarError:
        return len(start) == _BLOCK and not any(start)
    return True


def _pushed(stream: IO[bytes], sink: Sink) -> bytes:
    """Push a tar's files into the sink; what was read already of what stands behind its end."""
    remembering = _Remembering(stream)
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", remembering), mode="r|", tarinfo=_Header) as archive:
            for member in archive:
                _take(archive, member, sink)
                archive.members.clear()  # type: ignore[attr-defined]  # typeshed lacks it; else every header stays in memory
            if not getattr(archive, "is_ended", False):
                sink.blame(Reason.ARCHIVE_DAMAGED)
                return b""
            return remembering.since(archive.offset)
    except tarfile.ReadError as error:
        if str(error) == "unexpected end of data":
            raise TruncatedArchive from None
        raise


def _take(archive: tarfile.TarFile, member: tarfile.TarInfo, sink: Sink) -> None:
    if member.isdev() or member.issparse() or member.type == tarfile.GNUTYPE_SPARSE:
        sink.skip(Reason.SPECIAL_FILE)
        return
    source = archive.extractfile(member) if member.isfile() else None
    if source is None:
        sink.skip()
    else:
        copied(sink, member.name, source)


class _Remembering:
    """A stream that remembers what it gave last: `tarfile` reads ahead of the end that it finds."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._count = 0
        self._last = b""

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._count += len(data)
        self._last = (self._last + data)[-2 * tarfile.RECORDSIZE :]
        return data

    def since(self, offset: int) -> bytes:
        """What it gave from an offset on."""
        return self._last[len(self._last) - max(0, self._count - offset) :]


def _read_to_the_end(stream: IO[bytes], sink: Sink, ahead: bytes) -> None:
    """Read what stands behind a tar's end, up to the checksum of all of it, which is compared then.

    `ahead` of it was read already. All of it is noughts, unless another tar follows, of which nobody will hear otherwise.
    """
    behind, is_more = 0, any(ahead)
    try:
        while chunk := stream.read(CHUNK):
            sink.pass_over(len(chunk) if behind else 0)
            behind += len(chunk)
            is_more |= chunk.count(0) != len(chunk)
        if is_more:
            sink.blame(Reason.ARCHIVE_DAMAGED)
    except (EOFError, OSError, *zip_methods.DAMAGE) as error:
        if is_of_the_disk(error):
            raise
        sink.blame(Reason.ARCHIVE_DAMAGED)


class _Header(tarfile.TarInfo):
    """An entry's header. Headers of headers have their bound; one that is damaged is not taken for the end."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> "_Header":
        try:
            return super().fromtarfile(archive)
        except tarfile.HeaderError as error:
            # Damage ends the walk as the end does, but for this note.
            if type(error).__name__ == "EOFHeaderError":
                archive.is_ended = True  # type: ignore[attr-defined]  # noted for `_pushed`
            if type(error).__name__ == "TruncatedHeaderError":
                raise TruncatedArchive from None
            raise

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        is_extended = self.type not in tarfile.SUPPORTED_TYPES or self.type in _EXTENDED
        if is_extended and self.size > _LARGEST_HEADER:
            raise tarfile.ReadError
        if self.type == tarfile.GNUTYPE_SPARSE:
            return self._passed_over(archive)
        made: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]  # the one hook before a header is read
        return made

    def _passed_over(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        """A file with holes, whose map of them is passed over: block after block, as long as each says that one follows."""
        source = cast("IO[bytes]", archive.fileobj)
        blocks, is_followed = 0, bool(self._sparse_structs[1])  # type: ignore[attr-defined]  # what `frombuf` read of it
        while is_followed and blocks * _BLOCK < _LARGEST_HEADER:
            block = source.read(_BLOCK)
            is_followed, blocks = len(block) == _BLOCK and bool(block[504]), blocks + 1
        self.offset_data = source.tell()
        archive.offset = self.offset_data + (self.size + _BLOCK - 1) // _BLOCK * _BLOCK
        return self
