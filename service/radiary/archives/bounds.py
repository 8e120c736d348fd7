"""How much may come out of an archive: files, bytes, and room on the disk; for each archive inside another one, too."""

from radiary.model.errors import StateFull, UnsafeArchive
from radiary.model.nouns import Limits

_RATIO = 400
"""More than this many times an archive's size is a bomb. Deflate reaches 1,032; images stay under 100."""
_FREE_ON_DISK, _FREE = 1 << 30, 4 << 30
"""So many bytes may come out of any archive: less of one that is unpacked to the disk than of one that is read where it lies."""
_RESERVE = 1 << 30
"""Bytes that stay free on the disk where the ledger is written."""
_HOSTILE = 4
"""Bombs inside one export after which it is one as a whole: each costs seconds to find out."""


def is_bomb(unpacked: int, size: int) -> bool:
    """Whether an archive of so many bytes that is read where it lies claims to be too much."""
    return unpacked > max(_FREE, _RATIO * size)


class Room:
    """What is free on the disk, and how many bombs were met so far: one for an export with all that is inside it."""

    def __init__(self, free: int) -> None:
        self.free = free
        self.hostile = 0

    def keep(self, size: int) -> None:
        """So many bytes go to the disk. Raises StateFull."""
        self.free -= size
        if self.free < _RESERVE:
            raise StateFull

    def count_bomb(self) -> None:
        """One more bomb. Raises UnsafeArchive when there were too many."""
        self.hostile += 1
        if self.hostile > _HOSTILE:
            raise UnsafeArchive


class Count:
    """What has come out of one archive so far, `size` bytes large; what comes out counts for those `around` it, too."""

    def __init__(self, limits: Limits, size: int, room: Room, *, around: "Count | None" = None) -> None:
        self.room = room
        self._limits = limits
        self._most_bytes = min(limits.bytes, max(_FREE_ON_DISK, _RATIO * size))
        self._around = around
        self._files = 0
        self._bytes = 0

    def file(self) -> None:
        """One more file, folder or link. Raises UnsafeArchive."""
        self._add(1, 0)

    def take(self, size: int) -> None:
        """So many more bytes. Raises UnsafeArchive."""
        self._add(0, size)

    def inside(self, size: int) -> "Count":
        """The account of an archive inside this one."""
        return Count(self._limits, size, self.room, around=self)

    def throw_away(self) -> None:
        """What came out of this one was thrown away, and is no longer counted around it. Raises UnsafeArchive at last."""
        self.room.count_bomb()
        around = self._around
        while around is not None:
            around._files -= self._files
            around._bytes -= self._bytes
            around = around._around

    def _add(self, files: int, size: int) -> None:
        self._files += files
        self._bytes += size
        if self._around is not None:
            self._around._add(files, size)
        if self._files > self._limits.files or self._bytes > self._most_bytes:
            raise UnsafeArchive
