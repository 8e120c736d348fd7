"""Contact sheets: one picture of every exam in the chronicle's folder, made again when more of it is filed."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

from radiary.chronicle import jpeg_comment
from radiary.chronicle.story import Exam
from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.library import layout, slice_order
from radiary.library.shelf import Library
from radiary.model.records import SeriesRecord
from radiary.viewer import stacks
from radiary.workers.pool import Workers

_OURS = re.compile(rf"(\d{{4}}-\d\d-\d\d|{layout.UNDATED})-[A-Z]+-[a-z2-7]{{8}}\.jpg")
"""Names of sheets; any other file in their folder is its owner's."""
_BEGINNING = 64
"""Bytes of a sheet in which its comment is found."""


def name(exam: Exam) -> str:
    """The sheet's file name."""
    return _named(exam.folder)


@lru_cache(maxsize=100_000)  # of every exam, in every update of a chronicle
def _named(folder: str) -> str:
    return f"{folder.replace('/', '-')}.jpg"


def title(series: SeriesRecord, count: int, shown: int) -> str:
    """What stands above a series: its number and label, side and view as mammograms are named, how many pictures it has.

    And of these, how many the stack has that is `shown`.
    """
    parts = (series.number, series.label, series.side, series.view, f"({count})" if shown == count else f"({shown} of {count})")
    return " ".join(str(part) for part in parts if part is not None)


def places(series: SeriesRecord, selected: Collection[str]) -> list[int]:
    """Which pictures of a series its row is chosen from, from 0: of slices in space and time, the stack that stands for them.

    Among all phases, pictures at even distances show the same places over and over. `selected` are images that somebody chose.
    """
    paths = [file.path for instance in series.instances for file in instance.pictures]
    shown = slice_order.representative(series.instances, selected, series.modality)
    if series.modality not in stacks.VOLUMES or shown is None:
        return list(range(len(paths)))
    of_each = [{file.path for file in stack.pictures} for stack in stacks.of_series(series)]
    own = next(one for one in of_each if shown in one)
    return [place for place, path in enumerate(paths) if path in own]


def drawn(told: Iterable[Exam], folder: Path, library: Path, *, pool: Workers) -> tuple[dict[Path, Path], set[str]]:
    """The draft of every sheet that was made of another state of its study, by what it is to become; and the studies of which
    none could be drawn: away or damaged just now, they keep the sheet they have, if any. Raises Stopping and NotNow.
    """
    with on_disk():
        private.folder(folder)
    exams = {folder / name(exam): exam for exam in told}
    stale = [path for path, exam in exams.items() if _is_stale(path, library, exam)]
    drafts = [path.with_name(f".{path.name}") for path in stale]
    jobs = [(library, exams[path].place, draft) for path, draft in zip(stale, drafts, strict=True)]
    made = pool.each(_draw, jobs)
    moves = {path: draft for path, draft, is_made in zip(stale, drafts, made, strict=True) if is_made}
    undrawn = [path for path in stale if path not in moves]
    with on_disk():
        for path in undrawn:
            path.with_name(f".{path.name}").unlink(missing_ok=True)
    return moves, {exams[path].study for path in undrawn}


def clear(names: Iterable[str], folder: Path) -> None:
    """Take away what has one of these names, of sheets and of what runs that were cut short left. Raises NotNow."""
    with on_disk():
        for name in names:
            if _OURS.fullmatch(name.removeprefix(".")) and (folder / name).is_file():
                (folder / name).unlink()


def _is_stale(sheet: Path, library: Path, exam: Exam) -> bool:
    state = _state(library / exam.place)
    return state is not None and _made_of(sheet) != state


def _state(study: Path) -> bytes | None:
    """Which state a study is in; None of one that is not there.

    No sheet's time is compared with it: a clock that was ahead for a while would leave sheets that look new for ever.
    """
    try:
        status = (study / layout.STUDY_FILE).stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return layout.short_digest(f"{status.st_mtime_ns} {status.st_size}").encode()


def _made_of(sheet: Path) -> bytes:
    """The state of the study that a sheet was made of, as its comment says; nothing when there is no sheet, or an older one."""
    try:
        with sheet.open("rb") as file:
            return jpeg_comment.parted(file.read(_BEGINNING))[0]
    except (FileNotFoundError, NotADirectoryError):
        return b""


def _draw(root: Path, folder: str, draft: Path) -> bool:
    # Imported here, in a process of the pool: Pillow and numpy are no part of the idle service.
    from radiary.dicom.render import contact_sheet

    series, state = [], _state(root / folder)
    if state is None:
        return False
    study = Library(root).study(folder)
    selected = {uid for record in study.series for instance in record.instances for uid in instance.refers}
    for record in study.series:
        files = [file for instance in record.instances for file in instance.pictures]
        row = places(record, selected)
        chosen = [row[number] for number in contact_sheet.chosen(len(row))]
        pictures = [(place + 1, (root / folder / files[place].path).read_bytes()) for place in chosen]
        series += [(title(record, len(files), len(row)), pictures)] if pictures else []
    with private.emptied(draft) as file:
        file.write(jpeg_comment.written(contact_sheet.sheet(series), state))
    return True
