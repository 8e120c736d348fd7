"""Through an archive and those inside it, depth by depth: each stands alone, and what is left out is counted."""

import contextlib
import shutil
from collections.abc import Callable, Sequence

from radiary.archives import formats, rejoined, source
from radiary.archives.bounds import Count, Room
from radiary.archives.keeping import Inside, Keeping, Kept
from radiary.archives.names import may_be_dicom
from radiary.archives.sinks import Sink
from radiary.archives.speaking import speaks_of_dicom
from radiary.model.errors import (
    DamagedArchive,
    FormatNotInstalled,
    LockedOddly,
    PackedOddly,
    RarArchive,
    Reason,
    TruncatedArchive,
    Unacceptable,
    UnsafeArchive,
    Waiting,
)
from radiary.model.nouns import Limits

Spilling = Callable[[Sink], None]
"""Pushes the files of one archive into a sink."""
_REASONS: dict[type[Exception], Reason] = {
    UnsafeArchive: Reason.INNER_ARCHIVE_UNSAFE,
    FormatNotInstalled: Reason.INNER_ARCHIVE_NOT_INSTALLED,
    PackedOddly: Reason.INNER_ARCHIVE_PACKED_ODDLY,
    LockedOddly: Reason.INNER_ARCHIVE_PACKED_ODDLY,
    RarArchive: Reason.INNER_ARCHIVE_PACKED_ODDLY,
    MemoryError: Reason.NOT_ENOUGH_MEMORY,
}


class Descent:
    """One way down an export; `kept` is what it found."""

    def __init__(self, kept: Kept, limits: Limits, passwords: Sequence[str]) -> None:
        self.kept = kept
        self._limits = limits
        self._passwords = passwords
        self.is_too_deep = False
        """Whether an archive too deep to be opened lists what may be DICOM."""
        self.holds_rar = False
        """Whether a RAR archive in it speaks of DICOM."""

    def whole(self, spill: Spilling, size: int) -> None:
        """All of an export of `size` bytes. Raises what concerns it as a whole: Unacceptable, Waiting, NotNow, MemoryError."""
        with source.reading():
            free = shutil.disk_usage(self.kept.nested).free
        self._level(spill, Count(self._limits, size, Room(free)), self._limits.depth)

    def _level(self, spill: Spilling, count: Count, depth: int) -> None:
        """One archive, then those that lay in it, though it may end in damage."""
        keeping = Keeping(self.kept, count)
        damage: Exception | None = None
        try:
            spill(keeping)
        except (TruncatedArchive, DamagedArchive) as error:
            damage = error
        for inside in rejoined.whole(keeping.inside, self.kept.tick):
            self._inner(inside, count, depth)
        if damage is not None:
            raise damage

    def _inner(self, inside: Inside, around: Count, depth: int) -> None:
        """An archive inside another one: whatever is wrong with it costs itself alone."""
        size = inside.path.stat().st_size
        kept, count = self.kept, around.inside(size)
        before = len(kept.files), kept.skipped.copy(), kept.left
        try:
            if depth:
                self._level(lambda sink: formats.spill(inside.path, sink, self._passwords, name=inside.name), count, depth - 1)
            else:
                kept.skipped[Reason.INNER_ARCHIVE_TOO_DEEP] += 1
                self.is_too_deep |= self._may_hold_dicom(inside)
        except UnsafeArchive:
            kept.forget(*before)
            kept.skipped[Reason.INNER_ARCHIVE_UNSAFE] += 1
            count.throw_away()
        except Waiting:
            kept.skipped[Reason.INNER_ARCHIVE_LOCKED] += 1
            kept.is_waiting |= self._may_hold_dicom(inside)
        except (Unacceptable, MemoryError) as error:
            is_counted = (kept.skipped.total(), kept.left) != (before[1].total(), before[2])
            if not (is_counted and formats.packs_one(inside.path)):
                kept.skipped[_REASONS.get(type(error), Reason.INNER_ARCHIVE_DAMAGED)] += 1
            self.holds_rar |= isinstance(error, RarArchive) and speaks_of_dicom(inside.path)
        else:
            kept.skipped.update([inside.damage] if inside.damage is not None and kept.skipped == before[1] else [])
        finally:
            inside.path.unlink(missing_ok=True)
            around.room.free += size

    def _may_hold_dicom(self, inside: Inside) -> bool:
        """Whether an archive that was not opened lists what may be DICOM; one whose list cannot be read may hold anything."""
        names = None
        with contextlib.suppress(Exception):
            if formats.kind_of(inside.path) == "rar":
                return speaks_of_dicom(inside.path)
            names = formats.listed(inside.path)
        return names is None or any(map(may_be_dicom, names))
