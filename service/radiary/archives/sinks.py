"""How readers of archives hand over what they find: file by file, from front to end, into a sink that decides what to keep."""

from typing import IO, Protocol

from radiary.dicom.read.signature import HEAD
from radiary.model.errors import Reason

CHUNK = 1 << 16
"""Bytes that are unpacked at once: as many are lost before the place where damage shows."""


class Enough(Exception):
    """A sink has seen what it wanted: no need to read on."""


class Writer(Protocol):
    """Takes one file's bytes."""

    def write(self, data: bytes) -> int: ...

    def close(self) -> None:
        """That was all of it, and it is what it claims to be."""

    def drop(self, reason: Reason) -> None:
        """It cannot be had whole: nothing of it is kept, and the reason is counted."""


class Sink(Protocol):
    """Takes an archive's files. Every method raises UnsafeArchive for more than an archive may hold."""

    def begin(self, name: str) -> Writer:
        """A file begins."""

    def skip(self, reason: Reason | None = None) -> None:
        """Something is left out, for this reason; without one it is a folder or a link, of which nothing comes."""

    def lock(self, name: str) -> None:
        """A file is left out since it is locked."""

    def blame(self, reason: Reason) -> None:
        """Something is wrong with the archive itself; what came out of it stands."""

    def pass_over(self, size: int) -> None:
        """So many bytes were unpacked of which nothing comes."""


def copied(sink: Sink, name: str, source: IO[bytes], *, size: int | None = None) -> None:
    """Push one file into the sink; one that has not `size` bytes, where that is known, is dropped, as one that fails is.

    Raises what the source and the sink raise.
    """
    writer = sink.begin(name)
    read = 0
    try:
        # The beginning by itself: of a file that is damaged further on, it says what it is.
        while chunk := source.read(CHUNK if read else HEAD):
            read += writer.write(chunk)
        if size is None or read == size:
            writer.close()
        else:
            writer.drop(Reason.DAMAGED_MEMBER)
    except MemoryError:
        writer.drop(Reason.NOT_ENOUGH_MEMORY)
        raise
    except Enough:
        raise
    except Exception:
        writer.drop(Reason.DAMAGED_MEMBER)
        raise
