"""The dated library, and the private shelf that has the same form: what stands there, and how more of it appears.

A new study appears by one rename of a folder that is complete and on the disk. A known study only ever gains: new files
first, then one replacement of `study.json`; what that file does not list does not exist yet.
"""

import contextlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from radiary.files import moving, private
from radiary.files.disk_errors import on_disk
from radiary.library import explanation, layout, marks, tray
from radiary.library.marks import Mark
from radiary.library.strangers import is_apart, is_stranger
from radiary.model import records
from radiary.model.errors import LibraryOffline, LibraryReadOnly, StudyDamaged
from radiary.model.records import FileRecord, InstanceRecord, StudyRecord

_MARKER = ".radiary"
_TRAYS, _LEAVING, _STRANGERS = ".tray", "leaving-", "strangers"
_DEPTH = 4
"""In how many folders of its owner's a study is looked for."""


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
            if not marker.is_file():
                if not is_new:
                    raise LibraryOffline
                try:
                    private.folder(self.root)
                    private.write(marker, marks.BEGUN)
                except (FileNotFoundError, FileExistsError, NotADirectoryError):
                    raise LibraryReadOnly from None

    @property
    def is_marked(self) -> bool:
        """Whether the folder is there and ours."""
        return (self.root / _MARKER).is_file()

    def mark(self) -> Mark | None:
        """What the marker says; None where there is none. Raises NotNow."""
        with on_disk():
            return marks.parsed((self.root / _MARKER).read_bytes()) if self.is_marked else None

    def keep_mark(self, mark: Mark) -> bool:
        """Let the marker say something else; whether it does now."""
        try:
            self._explain()
            private.replace(self.root / _MARKER, marks.written(mark))
        except OSError:
            return False
        return True

    def _explain(self) -> None:
        """Say once, in a file, how the library is read without Radiary."""
        marker, readme = self.root / _MARKER, self.root / explanation.NAME
        if not readme.exists() and not (marker.exists() and marks.is_explained(marker.read_bytes())):
            private.write(readme, explanation.TEXT.encode())

    def tray(self, digest: str) -> Path:
        """An empty private folder inside the library's own file system, where one export's files are made.

        Each attempt has one of its own: a worker of an earlier one, taken for dead, may still be writing.
        """
        self.clear(digest)
        with on_disk():
            return private.folder(self.root / _TRAYS / f"{digest[:12]}-{secrets.token_hex(4)}")

    def clear(self, digest: str = "") -> None:
        """Remove one export's trays, or all that earlier runs left."""
        if not digest:
            self._finish()
        for old in (self.root / _TRAYS).glob(f"{digest[:12]}*"):
            shutil.rmtree(old, ignore_errors=True)

    def standing(self, folder: str) -> StudyRecord | None:
        """The record of the study at `folder`; None where there is none. Raises StudyDamaged, and NotNow."""
        with on_disk():
            try:
                return self.study(folder) if (self.root / folder / layout.STUDY_FILE).exists() else None
            except (ValueError, IsADirectoryError):
                raise StudyDamaged from None

    def study(self, folder: str) -> StudyRecord:
        """The record of the study at `folder`. Raises OSError, and ValueError for a damaged one."""
        return records.parsed((self.root / folder / layout.STUDY_FILE).read_bytes())

    def folders(self, unread: Callable[[OSError], object] | None = None) -> list[str]:
        """Every study's folder, by date; `unread` is told of each folder that cannot be looked into."""
        return sorted(str(below) for below, files in self._walked(unread) if layout.STUDY_FILE in files)

    def remains(self) -> set[str]:
        """Folders in which pictures of a study lie without its record."""
        return {
            str(below.parent)
            for below, files in self._walked()
            if len(below.parts) > 1 and any(layout.is_of_series(f"{below.name}/{name}") for name in files)
        }

    def _walked(self, unread: Callable[[OSError], object] | None = None) -> Iterator[tuple[Path, list[str]]]:
        """Every folder in which a study may stand, and its files; what is in a study's folder is left out."""
        for place, folders, files in os.walk(self.root, onerror=unread, followlinks=True):
            below = Path(place).relative_to(self.root)
            if below.parts:
                yield below, files
            if layout.STUDY_FILE in files and below.parts:
                folders.clear()
            folders[:] = [one for one in folders if len(below.parts) < _DEPTH and not is_apart(one)]

    def holds_something(self, folder: str) -> bool:
        """Whether a study is at a folder, or what is left of one; what other programs put there does not count."""
        with contextlib.suppress(OSError):
            os.stat(f"{self.root}/{folder}/{layout.STUDY_FILE}")  # noqa: PTH116 - `status` asks of every exam
            return True
        path = self.root / folder
        if (path / layout.STUDY_FILE).exists():
            return True
        return path.is_dir() and any(not is_stranger(str(one.relative_to(path))) for one in path.rglob("*") if one.is_file())

    def publish(self, record: StudyRecord, members: Mapping[str, int], made: Path, *, folder: str) -> None:
        """Let a new study appear at `folder`, its files taken out of the tray `made`, by the member that each was made of."""
        with on_disk():
            staged = made / layout.code(record.uid)
            _move(record, members, made, target=staged)
            private.write(staged / layout.STUDY_FILE, records.written(record))
            private.sync_all(staged)
            day = private.folder((self.root / folder).parent)
            self.make_room(folder)
            moving.move(staged, self.root / folder)
            private.sync(day)
            private.sync(self.root)

    def make_room(self, folder: str) -> None:
        """Take away a folder in which other programs alone left something. Raises StudyDamaged, and NotNow."""
        if self.holds_something(folder):
            raise StudyDamaged
        if (self.root / folder).exists():
            with on_disk():
                moving.move(self.root / folder, self.tray(_STRANGERS) / "left")
            self.clear(_STRANGERS)

    def extend(self, gained: StudyRecord, members: Mapping[str, int], *, made: Path, folder: str, record: StudyRecord) -> None:
        """Add to a known study what it `gained`, its files taken out of the tray `made`; then `record` is what it lists."""
        with on_disk():
            _move(gained, members, made, target=self.root / folder)
            private.sync_all(self.root / folder)
            private.replace(self.root / folder / layout.STUDY_FILE, records.written(record))

    def lost(self, folder: str, record: StudyRecord) -> dict[str, set[str]]:
        """The instances that miss some of their files, by UID, and the paths of the files that each still has."""
        with on_disk():
            instances = [one for series in record.series for one in series.instances if not self._is_whole(folder, one)]
            return {one.uid: {file.path for file in one.files if self._is_there(folder, file)} for one in instances}

    def withdraw(self, folder: str, instance: str) -> StudyRecord | None:
        """Take one instance out of a study again; the record that is left, or None when nothing is. Raises NotNow."""
        record = self.standing(folder)
        if record is None:
            return None
        kept = [replace(one, instances=tuple(i for i in one.instances if i.uid != instance)) for one in record.series]
        gone = [replace(one, instances=tuple(i for i in one.instances if i.uid == instance)) for one in record.series]
        left = replace(record, series=tuple(series for series in kept if series.instances))
        self.drop(folder, replace(record, series=tuple(gone)), left)
        return left if left.series else None

    def drop(self, folder: str, gone: StudyRecord, left: StudyRecord) -> None:
        """Have a study list only what is `left`, then delete the files of what is `gone`; a crash leaves a note to finish by.

        A study of which nothing is left goes with its folder, unless its owner has something there.
        """
        paths = [file.path for series in gone.series for one in series.instances for file in one.files]
        with on_disk():
            private.folder(self.root / _TRAYS)
            note = self.root / _TRAYS / f"{_LEAVING}{secrets.token_hex(4)}"
            private.write(note, json.dumps({"folder": folder, "paths": paths}).encode())
            if left.series:
                private.replace(self.root / folder / layout.STUDY_FILE, records.written(left))
            else:
                (self.root / folder / layout.STUDY_FILE).unlink()
                private.sync(self.root / folder)
            self._delete(folder, paths)
            note.unlink()

    def _finish(self) -> None:
        """Delete what a study lists no more though its files are there: a crash came between."""
        for note in (self.root / _TRAYS).glob(f"{_LEAVING}*"):
            with contextlib.suppress(OSError, ValueError, KeyError):
                said = json.loads(note.read_bytes())
                is_gone = not (self.root / said["folder"] / layout.STUDY_FILE).exists()
                standing = () if is_gone else self.study(said["folder"]).series
                listed = {file.path for series in standing for one in series.instances for file in one.files}
                self._delete(said["folder"], [path for path in said["paths"] if path not in listed])
                note.unlink()

    def _delete(self, folder: str, paths: Collection[str]) -> None:
        for path in paths:
            (self.root / folder / path).unlink(missing_ok=True)
        study = self.root / folder
        with contextlib.suppress(FileNotFoundError):
            private.sync(study)
        for empty in ({(study / path).parent for path in paths} - {study}, {study}):
            for place in empty:
                with contextlib.suppress(OSError):  # its owner, or another program, has something there
                    place.rmdir()
        self.leave(folder)

    def leave(self, folder: str) -> None:
        """Take away the folder of a day of which a study went, unless anything is left in it. A folder of its owner's stays."""
        day = layout.day_of(folder)
        with contextlib.suppress(OSError):  # something is in it, it is a link, or it went meanwhile: all is well then
            if day:
                (self.root / day).rmdir()
                private.sync(self.root)

    def stands(self, folder: str) -> bool:
        """Whether a study and every file that it lists are there, by name and size."""
        try:
            record = self.study(folder)
            return all(self._is_whole(folder, one) for series in record.series for one in series.instances)
        except (OSError, ValueError):
            return False

    def _is_whole(self, folder: str, instance: InstanceRecord) -> bool:
        return all(self._is_there(folder, file) for file in instance.files)

    def _is_there(self, folder: str, file: FileRecord) -> bool:
        path = self.root / folder / file.path
        return path.is_file() and path.stat().st_size == file.size


def _move(record: StudyRecord, members: Mapping[str, int], made: Path, *, target: Path) -> None:
    folders: set[str] = set()
    for instance in (one for series in record.series for one in series.instances):
        for file in instance.files:
            folder = file.path.rpartition("/")[0]
            if folder not in folders:
                private.folder(target / folder)
                folders.add(folder)
            moving.move(tray.place(made, members[instance.uid], file.path), target / file.path)
