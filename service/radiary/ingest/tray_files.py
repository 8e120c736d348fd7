"""Where the tray has what is searched of an instance: its pictures, its copy, the rows that were kept of a slice."""

import re
from pathlib import Path

from radiary.ingest import kept_frames, kept_rows
from radiary.ingest.tray_pictures import Groups
from radiary.library import tray
from radiary.model.nouns import Placed, Task


def pictures(task: Task, index: int, placed: Placed) -> Groups:
    """The files in the tray: the frames in their order, the same in each other window, tiles of a slide one by one."""
    views = [file for file in placed.record.copies if file.path.endswith(".png") and not file.path.endswith("-16bit.png")]
    groups: dict[str, list[Path]] = {}
    for file in (*placed.record.pictures, *views):
        path = tray.place(task.library_tray, index, file.path)
        kind = "" if file in placed.record.pictures else re.sub(r".*-", "", path.stem)
        groups.setdefault(path.name if placed.facts.modality == "SM" else kind, []).append(path)
    return tuple(tuple(paths) for paths in groups.values())


def copy(task: Task, index: int, placed: Placed) -> Path | None:
    """The copy in the tray; None where there is none."""
    path = next((file.path for file in placed.record.copies if file.path.endswith(".dcm")), None)
    return tray.place(task.library_tray, index, path) if path else None


def values(task: Task, index: int, placed: Placed) -> Path:
    """The file with a slice's values: its copy, else its picture."""
    return copy(task, index, placed) or pictures(task, index, placed)[0][0]


def rows(task: Task, index: int, placed: Placed) -> tuple[Path, Path]:
    """The file of a slice's rows, which may have been kept, and the one with its values."""
    return kept_rows.place(task.library_tray, index), values(task, index, placed)


def frames(task: Task, index: int) -> Path:
    """The file of what a clip's frames show together, which may have been kept."""
    return kept_frames.place(task.library_tray, index)
