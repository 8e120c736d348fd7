"""Contact sheets: one picture of every exam in the chronicle's folder, made again when more of it is filed."""

import re
from pathlib import Path

from radiary.chronicle.story import Exam, Story
from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.library import layout
from radiary.library.shelf import Library
from radiary.workers.pool import Pool

_OURS = re.compile(rf"(\d{{4}}-\d\d-\d\d|{layout.UNDATED})-[A-Z]+-[a-z2-7]{{8}}\.jpg")
"""Names of sheets; any other file in their folder is its owner's."""


def name(exam: Exam) -> str:
    """The sheet's file name."""
    return f"{exam.folder.replace('/', '-')}.jpg"


def drawn(story: Story, folder: Path, library: Path, pool: Pool) -> dict[Path, Path]:
    """The draft of every sheet whose study was written later, by what it is to become. Raises Stopping and NotNow.

    A study that is away or damaged just now keeps the sheet it has, if it has one.
    """
    with on_disk():
        private.folder(folder)
    exams = {folder / name(exam): exam for day in story.days for exam in day.exams}
    stale = [path for path, exam in exams.items() if _is_stale(path, library, exam)]
    drafts = [path.with_name(f".{path.name}") for path in stale]
    jobs = [(library, exams[path].place, draft) for path, draft in zip(stale, drafts, strict=True)]
    made = pool.each(_draw, jobs)
    return {path: draft for path, draft, is_made in zip(stale, drafts, made, strict=True) if is_made}


def clear(story: Story, folder: Path) -> None:
    """Take away the sheets of exams that are told no more, and what runs that were cut short left. Raises NotNow."""
    told = {name(exam) for day in story.days for exam in day.exams}
    with on_disk():
        for path in folder.iterdir():
            if path.is_file() and _OURS.fullmatch(path.name.removeprefix(".")) and path.name not in told:
                path.unlink()


def _is_stale(sheet: Path, library: Path, exam: Exam) -> bool:
    written = _written(library / exam.place / layout.STUDY_FILE)
    return written > 0 and _written(sheet) < written


def _written(path: Path) -> int:
    """When, in nanoseconds since 1970; 0 of what is not there."""
    try:
        return path.stat().st_mtime_ns
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _draw(root: Path, folder: str, draft: Path) -> bool:
    # Imported here, in a process of the pool: Pillow and numpy are no part of the idle service.
    from radiary.dicom.render import contact_sheet

    series = []
    for record in Library(root).study(folder).series:
        files = [file for instance in record.instances for file in instance.pictures]
        pictures = [(root / folder / files[place].path).read_bytes() for place in contact_sheet.chosen(len(files))]
        title = " ".join(str(part) for part in (record.number, record.label, f"({len(files)})") if part is not None)
        series += [(title, pictures)] if pictures else []
    with private.emptied(draft) as file:
        file.write(contact_sheet.sheet(series))
    return True
