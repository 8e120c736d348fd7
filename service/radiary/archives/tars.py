"""Tar files, and single files, behind a compression: read from front to end, the checksum behind their end included."""

import bz2
import gzip
import lzma
import tarfile
from collections.abc import Callable
from typing import IO, Any, BinaryIO, cast

from radiary.archives import packed_streams, signatures, zip_methods
from radiary.archives.foreign_errors import is_of_the_disk
from radiary.archives.sinks import Sink, copied
from radiary.archives.tape import BLOCK, Tape
from radiary.model.errors import Reason, TruncatedArchive

_LARGEST_HEADER = 1 << 20
"""Bytes that are read of a header about other headers (long names, pax records), and of the list of gaps in a sparse file."""
_EXTENDED = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)
OPENERS: dict[str, Callable[[BinaryIO], Any]] = {
    "gz": lambda file: gzip.GzipFile(fileobj=file),
    "bz2": lambda file: packed_streams.opened(file, bz2.BZ2Decompressor, signatures.BZIP2),
    "xz": lambda file: packed_streams.opened(file, lzma.LZMADecompressor, signatures.XZ),
    "zst": lambda file: zip_methods.open_zstd(file, "rb"),
}
"""What undoes each compression."""


def read(file: BinaryIO, sink: Sink) -> None:
    """Push every file of a bare tar into the sink. Raises TruncatedArchive, and what `tarfile` and the sink raise."""
    _pushed(file, sink)


def read_packed(file: BinaryIO, sink: Sink, kind: str, *, name: str) -> None:
    """Push what is behind a compression into the sink: the files of a tar, or the one file called `name`."""
    with OPENERS[kind](file) as stream:
        is_one = not is_tar(stream.read(BLOCK))
        stream.seek(0)
        if is_one:
            copied(sink, name, stream)
        else:
            _pushed(stream, sink)
        if packed_streams.is_followed(stream):
            sink.blame(Reason.ARCHIVE_DAMAGED)


def is_one(file: BinaryIO, kind: str) -> bool:
    """Whether a single file is behind a compression. Raises what its reader raises."""
    with OPENERS[kind](file) as stream:
        return not is_tar(stream.read(BLOCK))


def is_tar(start: bytes) -> bool:
    """Whether a tar begins so: with a header whose checksum is right, or with the noughts of an empty one."""
    try:
        tarfile.TarInfo.frombuf(start[:BLOCK], "utf-8", "surrogateescape")
    except tarfile.TarError:
        return len(start) == BLOCK and not any(start)
    return True


def _pushed(stream: IO[bytes], sink: Sink) -> None:
    """Push the files of a tar, and of those that stand behind it, as `cat` joins them, up to the stream's own end."""
    tape = Tape(stream)
    while _is_followed(tape, sink, is_ended=_one_pushed(tape, sink)):
        pass


def _one_pushed(tape: Tape, sink: Sink) -> bool:
    """Push the files of one tar, and say whether it has its end. Raises TruncatedArchive."""
    start = tape.at
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", tape), mode="r|", tarinfo=_Header) as archive:
            for member in archive:
                _take(archive, member, sink)
                archive.members.clear()  # type: ignore[attr-defined]  # typeshed lacks it; else every header stays in memory
            tape.back_to(start + cast("IO[bytes]", archive.fileobj).tell())
            is_ended = getattr(archive, "is_ended", False)
    except tarfile.ReadError as error:
        if str(error) == "unexpected end of data":
            raise TruncatedArchive from None
        raise
    if not is_ended:
        sink.blame(Reason.ARCHIVE_DAMAGED)
    return is_ended


def _take(archive: tarfile.TarFile, member: tarfile.TarInfo, sink: Sink) -> None:
    if member.isdev() or member.issparse() or member.type == tarfile.GNUTYPE_SPARSE:
        sink.skip(Reason.SPECIAL_FILE)
        return
    source = archive.extractfile(member) if member.isfile() else None
    if source is None:
        sink.skip()
    else:
        copied(sink, member.name, source)


def _is_followed(tape: Tape, sink: Sink, *, is_ended: bool) -> bool:
    """Whether another tar stands behind the noughts at a tar's end. Without one, all is read: a checksum may stand there.

    What is neither is damage; what came out stands.
    """
    try:
        block = tape.first_block(sink) if is_ended else b""
        if is_tar(block):
            tape.back_to(tape.at - len(block))
            return True
        if block:
            sink.blame(Reason.ARCHIVE_DAMAGED)
        tape.pass_to_the_end(sink)
    except zip_methods.damage(EOFError, OSError) as error:
        if is_of_the_disk(error):
            raise
        sink.blame(Reason.ARCHIVE_DAMAGED)
    return False


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
        while is_followed and blocks * BLOCK < _LARGEST_HEADER:
            block = source.read(BLOCK)
            is_followed, blocks = len(block) == BLOCK and bool(block[504]), blocks + 1
        self.offset_data = source.tell()
        archive.offset = self.offset_data + (self.size + BLOCK - 1) // BLOCK * BLOCK
        return self
