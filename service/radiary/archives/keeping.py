"""The sink that keeps what looks like DICOM, under numbers for names, and the archives inside until they have been read."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from radiary.archives import formats, names, self_extracting, split_sets
from radiary.archives.bounds import Count
from radiary.archives.sinks import Enough
from radiary.dicom.read.signature import HEAD, looks_like_dicom
from radiary.documents.signature import looks_like_pdf
from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.model.errors import Reason


@dataclass
class Inside:
    """An archive inside an archive, on the disk until it has been read, and the name it had; what is wrong with its bytes."""

    path: Path
    name: str = field(repr=False)
    damage: Reason | None = None


@dataclass
class Kept:
    """What came out of an export so far, of all that is inside it.

    `folder` takes the DICOM files; without one, the first of them is enough. `tick` is called whenever something came.
    """

    folder: Path | None
    nested: Path
    tick: Callable[[], None]
    files: list[Path] = field(default_factory=list, repr=False)
    skipped: Counter[str] = field(default_factory=Counter)
    left: int = 0
    number: int = 0
    is_waiting: bool = False
    """Whether something is locked that may be DICOM."""
    is_doubtful: bool = False
    """Whether nothing at all could be read of a file that may be DICOM by its name."""

    def next_number(self) -> str:
        """A name for the next file."""
        self.number += 1
        return f"{self.number:07d}"

    def forget(self, files: int, skipped: Counter[str], left: int) -> None:
        """Delete the files behind the first `files`, and count as then: they are of an archive that is given up."""
        for path in self.files[files:]:
            path.unlink(missing_ok=True)
        del self.files[files:]
        self.skipped, self.left = skipped, left


class Keeping:
    """A sink for one archive; `inside` are the archives that lay in it."""

    def __init__(self, kept: Kept, count: Count) -> None:
        self.kept = kept
        self.count = count
        self.inside: list[Inside] = []
        self.sets: set[str] = set()
        """Names of archives of which a part was seen."""

    def begin(self, name: str) -> "_File":
        self.kept.tick()
        self.count.file()
        return _File(self, name)

    def skip(self, reason: Reason | None = None) -> None:
        self.kept.tick()
        self.count.file()
        if reason is not None:
            self.kept.skipped[reason] += 1

    def lock(self, name: str) -> None:
        self.skip(Reason.LOCKED_MEMBER)
        self.kept.is_waiting |= names.may_be_dicom(name)

    def blame(self, reason: Reason) -> None:
        self.kept.skipped[reason] += 1

    def pass_over(self, size: int) -> None:
        self.kept.tick()
        self.count.take(size)


class _File:
    """One file on its way: its first bytes decide what becomes of the rest."""

    def __init__(self, keeping: Keeping, name: str) -> None:
        self._keeping = keeping
        self._name = name
        self._start: bytes | None = b""
        self._path: Path | None = None
        self._out: BinaryIO | None = None
        self._is_archive = False

    def write(self, data: bytes) -> int:
        self._keeping.kept.tick()
        self._keeping.count.take(len(data))
        if self._start is None:
            self._keep(data)
        else:
            self._start += data
            if len(self._start) >= formats.MAGIC:
                self._decide()
        return len(data)

    def close(self) -> None:
        if self._start is not None:
            self._decide()
        self._end()
        self._let_go_of_a_mere_program()
        kept = self._keeping.kept
        if self._path is None:
            kept.left += 1
        elif self._is_archive:
            self._keeping.inside.append(Inside(self._path, self._name))
        else:
            kept.files.append(self._path)

    def drop(self, reason: Reason) -> None:
        """What is no DICOM file and no archive is none of ours, damaged or not; of what hardly began, the name decides.

        A damaged archive is read as far as it goes; its reason is counted then, unless that tells of the damage itself.
        """
        kept, has_begun = self._keeping.kept, self._start != b""
        is_early = self._start is not None and names.is_archive(self._name)
        if self._start:
            self._decide()
        self._end()
        self._let_go_of_a_mere_program()
        is_ours = self._path is not None or is_early if has_begun else names.may_be_dicom(self._name)
        kept.is_doubtful |= is_ours and not has_begun and not names.is_archive(self._name)
        kept.left += not is_ours
        if self._path is not None and self._is_archive:
            self._keeping.inside.append(Inside(self._path, self._name, reason))
            return
        kept.skipped.update([reason] if is_ours else [])
        if self._path is not None:
            self._keeping.count.room.free += self._path.stat().st_size
            self._path.unlink()

    def _decide(self) -> None:
        start, self._start = self._start or b"", None
        kept = self._keeping.kept
        if looks_like_dicom(start[:HEAD]):
            if kept.folder is None:
                raise Enough
            self._path = kept.folder / kept.next_number()
        elif kept.folder is not None and looks_like_pdf(start):
            self._path = kept.folder / kept.next_number()
        elif self._may_be_archive(start):
            self._is_archive = True
            self._path = kept.nested / kept.next_number()
        if self._path is not None:
            with on_disk():
                self._out = private.created(self._path)
            self._keep(start)

    def _may_be_archive(self, start: bytes) -> bool:
        part = split_sets.part(self._name)
        if part is not None:
            self._keeping.sets.add(part.archive.lower())
            return True
        if names.is_program(self._name):
            return start.startswith(self_extracting.PROGRAM)
        is_known = formats.kind(start) is not None or self._name.lower() in self._keeping.sets
        return names.is_archive(self._name) and is_known

    def _let_go_of_a_mere_program(self) -> None:
        """Whether an archive stands behind a program shows when all of it is there."""
        if self._path is not None and self._is_archive and names.is_program(self._name):
            with on_disk():
                if formats.kind_of(self._path) is None:
                    self._keeping.count.room.free += self._path.stat().st_size
                    self._path.unlink()
                    self._path = None

    def _keep(self, data: bytes) -> None:
        if self._out is not None:
            self._keeping.count.room.keep(len(data))
            with on_disk():
                self._out.write(data)

    def _end(self) -> None:
        if self._out is not None:
            with on_disk():
                self._out.close()
            self._out = None
