"""What was taken out of a library, in a trash inside its own file system: each time one folder, of the form of a study's.

Nothing is lost by a crash on the way: what goes is in the trash, on the disk, before a study says that it has it no more.
"""

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from radiary.files import moving, private
from radiary.files.disk_errors import on_disk
from radiary.library import layout
from radiary.library.shelf import Library
from radiary.model import records
from radiary.model.errors import NotNow, StudyDamaged
from radiary.model.records import SeriesRecord, StudyRecord

_TRASH = ".trash"
_DUE = ".due-"
"""Begins the name of a note of the day on which something was to be deleted first."""
_STOOD = ".stood-"
"""Begins the name of a note of the folder that its owner had given an exam, which is hers to know and in no ledger."""
_LONG = 365
"""Days after which nothing can be overdue by a clock that is right, where Radiary is used."""
_NAME = re.compile(r"\d{4}-\d\d-\d\d-[a-z2-7]{8}(-\d+)?")


def parted(record: StudyRecord, instances: Collection[str]) -> tuple[StudyRecord, StudyRecord]:
    """A study's record as what goes, by the UIDs of its instances, and what stays."""
    goes = _only(record.series, instances)
    every = {one.uid for series in record.series for one in series.instances}
    return replace(record, series=goes), replace(record, series=_only(record.series, every - set(instances)))


def _only(series: Iterable[SeriesRecord], uids: Collection[str]) -> tuple[SeriesRecord, ...]:
    parts = (replace(one, instances=tuple(each for each in one.instances if each.uid in uids)) for one in series)
    return tuple(one for one in parts if one.instances)


def put(library: Library, folder: str, *, today: date, goes: StudyRecord, stays: StudyRecord) -> str:
    """Take a study out, as a whole when nothing `stays`; the name of what is in the trash now. Raises NotNow."""
    with on_disk():
        trash = private.folder(library.root / _TRASH)
        name = _free(trash, f"{today.isoformat()}-{layout.code(goes.uid)}")
        if folder != layout.study_folder(goes.date, goes.modality, goes.uid):
            private.replace(trash / f"{_STOOD}{name}", os.fsencode(folder))
        if not stays.series:
            moving.move(library.root / folder, trash / name)
            private.sync((library.root / folder).parent)
            private.sync(trash)
            library.leave(folder)
            return name
        draft = library.tray(f"trash-{layout.code(goes.uid)}")
        _link(goes, library.root / folder, draft)
        private.write(draft / layout.STUDY_FILE, records.written(goes))
        private.sync_all(draft)
        draft.rename(trash / name)
        private.sync(trash)
    library.drop(folder, goes, stays)
    return name


def left_by_a_crash(library: Library, uid: str, known: Collection[str], *, is_meant: Callable[[StudyRecord], bool]) -> str | None:
    """The name of what lies in the trash of a study, though no fact tells of it, since a crash came before: the part meant."""
    left = ((name, record) for name, record in entries(library) if name not in known and record.uid == uid)
    return next((name for name, record in left if is_meant(record)), None)


def entries(library: Library) -> Iterator[tuple[str, StudyRecord]]:
    """Everything in the trash that can be had back, by its name. Raises NotNow."""
    for name in _names(library):
        with contextlib.suppress(StudyDamaged):
            record = _record(library, name)
            if record is not None:
                yield name, record


def stood_at(library: Library, name: str) -> str | None:
    """The folder that its owner had given an exam that is in the trash; None where it is taken, or she had given none."""
    try:
        folder = Path(os.fsdecode((library.root / _TRASH / f"{_STOOD}{name}").read_bytes()))
    except OSError:
        return None
    is_inside = not folder.is_absolute() and ".." not in folder.parts
    return str(folder) if is_inside and not os.path.lexists(library.root / folder) else None


def take_back(library: Library, name: str, folder: str) -> StudyRecord:
    """Put what lies in the trash back to `folder`, or to the study that stands there; its record then. Raises NotNow."""
    part = _record(library, name)
    if part is None:
        raise StudyDamaged
    source, target = library.root / _TRASH / name, library.root / folder
    standing = library.standing(folder)
    with on_disk():
        if standing is None:
            private.folder(target.parent)
            library.make_room(folder)
            moving.move(source, target)
            private.sync(source.parent)
            private.sync(target.parent)
            private.sync(library.root)
            _forget_place(library, name)
            return part
        from radiary.library import merge  # here: `status` asks what lies in the trash, and merges nothing

        merged = merge.merged(standing, part, {})
        _link(merged.gained, source, target)
        private.sync_all(target)
        private.replace(target / layout.STUDY_FILE, records.written(merged.record))
        shutil.rmtree(source)
        _forget_place(library, name)
    return merged.record


def _forget_place(library: Library, name: str) -> None:
    (library.root / _TRASH / f"{_STOOD}{name}").unlink(missing_ok=True)


def empty(library: Library, today: date, days: int) -> None:
    """Delete what has lain in the trash for more than so many days; what cannot be deleted now is tried again.

    What should have been deleted long ago waits for a second day: a clock may be set far ahead for a while.
    """
    for name in _names(library):
        mark = library.root / _TRASH / f"{_DUE}{name}"
        with contextlib.suppress(OSError):
            if _day(name) >= today - timedelta(days=days):
                mark.unlink(missing_ok=True)
            elif _day(name) < today - timedelta(days=days + _LONG) and not mark.exists():
                private.write(mark, today.isoformat().encode())
            elif not mark.exists() or mark.read_text(encoding="ascii") != today.isoformat():
                _delete(library, name)
                mark.unlink(missing_ok=True)


def _delete(library: Library, name: str) -> None:
    """Delete something for good, and the folder of its day if that was left behind."""
    record = None
    with contextlib.suppress(StudyDamaged, NotNow):
        record = _record(library, name)
    shutil.rmtree(library.root / _TRASH / name, ignore_errors=True)
    _forget_place(library, name)
    if record is not None:
        library.leave(layout.study_folder(record.date, record.modality, record.uid))


def _day(name: str) -> date:
    """When it was taken out; the last of all days where that is none, and the folder somebody else's."""
    try:
        return date.fromisoformat(name[:10])
    except ValueError:
        return date.max


def is_there(library: Library, name: str) -> bool:
    """Whether it lies in the trash still."""
    return (library.root / _TRASH / name / layout.STUDY_FILE).exists()


def _names(library: Library) -> list[str]:
    trash = library.root / _TRASH
    return sorted(path.name for path in trash.iterdir() if _NAME.fullmatch(path.name)) if trash.is_dir() else []


def _record(library: Library, name: str) -> StudyRecord | None:
    return library.standing(f"{_TRASH}/{name}")


def _free(trash: Path, name: str) -> str:
    number, free = 1, name
    while (trash / free).exists():
        number += 1
        free = f"{name}-{number}"
    return free


def _link(record: StudyRecord, source: Path, target: Path) -> None:
    """Have files at a second place, too: by a link where the file system knows links."""
    for file in (file for series in record.series for one in series.instances for file in one.files):
        private.folder((target / file.path).parent)
        (target / file.path).unlink(missing_ok=True)
        if not (source / file.path).is_file():
            continue
        try:
            os.link(source / file.path, target / file.path)
        except OSError:
            shutil.copyfile(source / file.path, target / file.path)
            (target / file.path).chmod(0o600)
