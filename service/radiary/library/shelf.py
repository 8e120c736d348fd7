"""The dated library, and the private shelf that has the same form: tray, publish, verify.

A new study appears by one rename of a folder that is complete and on the disk. A known study only ever gains: new files
first, then one replacement of `study.json`; what that file does not list does not exist yet.
"""

import contextlib
import errno
import hashlib
import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from radiary.files import private
from radiary.library import assemble, layout, merge
from radiary.model import records
from radiary.model.errors import LibraryFull, LibraryOffline, LibraryReadOnly, StudyDamaged
from radiary.model.events import FiledStudy
from radiary.model.nouns import Piece
from radiary.model.records import FileRecord, InstanceRecord, SeriesRecord, StudyRecord

_MARKER = ".radiary"
_TRAY = ".tray"


_UNPLUGGED = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENXIO, errno.ENODEV, errno.EIO, errno.ESTALE})
_UNREACHABLE = frozenset(
    {errno.ENOTCONN, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETUNREACH}
)
_AWAY = _UNPLUGGED | _UNREACHABLE
"""What a disk says that was unplugged, and a share whose server or network is gone."""


@contextlib.contextmanager
def on_disk() -> Iterator[None]:
    """Say what an OSError of the library's disk means for the export. Stands around work on that disk only."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise LibraryFull from None
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise LibraryReadOnly from None
        if error.errno in _AWAY:
            raise LibraryOffline from None
        raise


class Library:
    """A folder of dated studies below `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def open(self, *, is_new: bool) -> None:
        """Mark the folder as ours while nothing was ever filed; later, raise LibraryOffline where the mark is missing.

        A bare mount point has no mark: nothing is ever rebuilt on it.
        """
        with on_disk():
            marker = self.root / _MARKER
            if not marker.exists():
                if not is_new:
                    raise LibraryOffline
                try:
                    private.folder(self.root)
                    private.write(marker, b'{"made by": "Radiary", "version": 1}\n')
                except (FileNotFoundError, FileExistsError, NotADirectoryError):
                    raise LibraryReadOnly from None

    def tray(self, digest: str) -> Path:
        """An empty private folder inside the library's own file system, where one export's files are made.

        Each attempt has one of its own: a worker of an earlier one, taken for dead, may still be writing.
        """
        self.clear(digest)
        with on_disk():
            return private.folder(self.root / _TRAY / f"{digest[:12]}-{secrets.token_hex(4)}")

    def clear(self, digest: str = "") -> None:
        """Remove one export's tray, or all that earlier runs left."""
        for tray in (self.root / _TRAY).glob(f"{digest[:12]}*"):
            shutil.rmtree(tray, ignore_errors=True)

    def publish(self, study: assemble.Assembled, tray: Path, known: str | None) -> tuple[FiledStudy, int]:
        """File a study whose files lie in `tray`, by member; `known` is its folder, if it has one.

        Returns what the ledger says of it, and how many of its instances are known with other pixels.
        """
        record = study.record
        folder = known or layout.study_folder(record.date, record.modality, record.uid)
        with on_disk():
            if (self.root / folder / layout.STUDY_FILE).exists():
                return self._add(study, tray, folder)
            staged = tray / layout.code(record.uid)
            _move(record, study.members, tray, staged)
            private.write(staged / layout.STUDY_FILE, records.written(record))
            private.sync_all(staged)
            day = private.folder((self.root / folder).parent)
            if (self.root / folder).exists():
                raise StudyDamaged
            staged.rename(self.root / folder)
            private.sync(day)
            private.sync(self.root)
        return assemble.filed(record, folder, assemble.pictures(record)), 0

    def _add(self, study: assemble.Assembled, tray: Path, folder: str) -> tuple[FiledStudy, int]:
        try:
            known = self.study(folder)
        except ValueError:
            raise StudyDamaged from None
        merged = merge.merged(known, study.record, self._lost(folder, known))
        brought = {instance.uid for instance in (*merged.new, *merged.back)}
        gained = replace(study.record, series=tuple(_only(one, brought) for one in study.record.series))
        _move(gained, study.members, tray, self.root / folder)
        if brought or merged.record != known:
            private.sync_all(self.root / folder)
            private.replace(self.root / folder / layout.STUDY_FILE, records.written(merged.record))
        added = sum(len(instance.pictures) for instance in merged.new)
        return assemble.filed(merged.record, folder, added), merged.different

    def _lost(self, folder: str, record: StudyRecord) -> dict[str, set[str]]:
        """What files the instances still have that miss some."""
        instances = [one for series in record.series for one in series.instances if not self._is_whole(folder, one)]
        return {one.uid: {file.path for file in _of(one) if self._is_there(folder, file)} for one in instances}

    def withdraw(self, folder: str, instance: str) -> FiledStudy | None:
        """Take one instance out of a study again; how it stands now, or None when nothing is left of it."""
        if not (self.root / folder / layout.STUDY_FILE).exists():
            return None
        record = self.study(folder)
        kept = [replace(one, instances=tuple(i for i in one.instances if i.uid != instance)) for one in record.series]
        lost = [one for series in record.series for one in series.instances if one.uid == instance]
        left = replace(record, series=tuple(one for one in kept if one.instances))
        with on_disk():
            if not left.series:
                shutil.rmtree(self.root / folder)
                return None
            private.replace(self.root / folder / layout.STUDY_FILE, records.written(left))
            for one in lost:
                for file in _of(one):
                    (self.root / folder / file.path).unlink(missing_ok=True)
        return assemble.filed(left, folder, 0)

    def stands(self, folder: str, *, is_read: bool = False) -> bool:
        """Whether a study and every file that it lists are there, by name and size; with `is_read`, by their bytes, too."""
        try:
            record = self.study(folder)
            whole = all(self._is_whole(folder, instance) for series in record.series for instance in series.instances)
            return whole and (not is_read or not any(self._study_faults(folder, None)))
        except (OSError, ValueError):
            return False

    def _is_whole(self, folder: str, instance: InstanceRecord) -> bool:
        return all(self._is_there(folder, file) for file in _of(instance))

    def _is_there(self, folder: str, file: FileRecord) -> bool:
        path = self.root / folder / file.path
        return path.is_file() and path.stat().st_size == file.size

    def study(self, folder: str) -> StudyRecord:
        """The record of the study at `folder`."""
        return records.parsed((self.root / folder / layout.STUDY_FILE).read_bytes())

    def folders(self) -> list[str]:
        """Every study's folder, by date."""
        return sorted(str(one.parent.relative_to(self.root)) for one in self.root.glob(f"*/*/{layout.STUDY_FILE}"))

    def faults(self, expected: Mapping[str, int]) -> Iterator[str]:
        """Where the files differ from what `study.json` and the ledger say, one sentence each.

        `expected` has, by folder, how many pictures the ledger knows.
        """
        present = set(self.folders())
        for folder in sorted(set(expected) - present):
            yield f"{folder} is in the ledger but not on the disk."
        for folder in sorted(present - set(expected)):
            yield f"{folder} is on the disk but not in the ledger."
        for folder in sorted(present):
            yield from self._study_faults(folder, expected.get(folder))

    def _study_faults(self, folder: str, pictures: int | None) -> Iterator[str]:
        try:
            record = self.study(folder)
            listed = {one.path: one for one in _files(record)}
        except (OSError, ValueError):
            yield f"{folder}/{layout.STUDY_FILE} cannot be read."
            return
        if pictures is not None and assemble.pictures(record) != pictures:
            yield f"{folder} lists {assemble.pictures(record)} pictures, but the ledger knows {pictures}."
        base = self.root / folder
        present = {str(one.relative_to(base)) for one in base.rglob("*") if one.is_file()} - {layout.STUDY_FILE}
        for path in sorted(present - set(listed)):
            yield f"{folder}/{path} is on the disk but not in its {layout.STUDY_FILE}."
        for path, file in sorted(listed.items()):
            if path not in present:
                yield f"{folder}/{path} is missing."
            elif _digest(base / path) != file.sha256:
                yield f"{folder}/{path} has changed."


def _digest(path: Path) -> str:
    """SHA-256 of a file that may be larger than the memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def in_tray(tray: Path, member: int, path: str) -> Path:
    """Where in the tray a member's file lies; `path` is where it will stand in its study.

    One folder for all: making one for each member and removing it takes longer than writing its picture.
    """
    return tray / f"{member}-{path.rpartition('/')[2]}"


def put(tray: Path, member: int, path: str, parts: Iterable[Piece]) -> FileRecord:
    """Write one file of a member into the tray, piece by piece; it stands at its place there whole, or not at all.

    A worker that was taken for dead may still be writing the same file. It is on the disk only once its study is published.
    """
    digest, size = hashlib.sha256(), 0
    target = in_tray(tray, member, path)
    draft = target.with_name(f".{secrets.token_hex(4)}-{target.name}")
    with on_disk():
        file = private.created(draft)
    try:
        for part in parts:
            digest.update(part)
            size += len(part)
            with on_disk():
                file.write(part)
        with on_disk():
            file.close()
            draft.replace(target)
    finally:
        with contextlib.suppress(OSError):  # of a full disk, which would be told a second time, as an error of ours
            file.close()
    return FileRecord(path=path, sha256=digest.hexdigest(), size=size)


def _only(series: SeriesRecord, uids: Collection[str]) -> SeriesRecord:
    return replace(series, instances=tuple(one for one in series.instances if one.uid in uids))


def _of(instance: InstanceRecord) -> tuple[FileRecord, ...]:
    return (*instance.pictures, *instance.copies)


def _move(record: StudyRecord, members: Mapping[str, int], tray: Path, target: Path) -> None:
    made: set[str] = set()
    for series in record.series:
        for instance in series.instances:
            for file in _of(instance):
                folder = file.path.rpartition("/")[0]
                if folder not in made:
                    private.folder(target / folder)
                    made.add(folder)
                in_tray(tray, members[instance.uid], file.path).replace(target / file.path)


def _files(record: StudyRecord) -> Iterator[FileRecord]:
    for series in record.series:
        for instance in series.instances:
            yield from _of(instance)
