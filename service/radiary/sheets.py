"""Contact sheets: one picture of every exam in the chronicle's folder, made again when more of it is filed."""

import re
from pathlib import Path

from radiary import layout
from radiary.chronicle.story import Exam, Story
from radiary.disk import private
from radiary.disk.library import Library, on_disk
from radiary.engine import Engine

_OURS = re.compile(rf"(\d{{4}}-\d\d-\d\d|{layout.UNDATED})-[A-Z]+-[a-z2-7]{{8}}\.jpg")
"""Names of sheets; any other file in their folder is its owner's."""


def name(exam: Exam) -> str:
    """The sheet's file name."""
    return f"{exam.folder.replace('/', '-')}.jpg"


def drawn(story: Story, folder: Path, library: Path, engine: Engine) -> dict[str, bytes]:
    """Every exam's sheet by its name: the one in `folder`, or a new one where the study was written later. Raises Stopping.

    A study that is away or damaged just now keeps the sheet it has, if it has one.
    """
    exams = {name(exam): exam for day in story.days for exam in day.exams}
    stale = [file for file, exam in exams.items() if _is_stale(folder / file, library, exam)]
    made = dict(zip(stale, engine.each(_drawn, [(library, exams[file].folder) for file in stale]), strict=True))
    kept = {file: (folder / file).read_bytes() for file in exams if not made.get(file) and (folder / file).is_file()}
    return kept | {file: sheet for file, sheet in made.items() if sheet}


def write(sheets: dict[str, bytes], folder: Path) -> None:
    """Put the sheets into their folder, and take those of exams away that are told no more. Raises NotNow."""
    with on_disk():
        private.folder(folder)
        for path in folder.iterdir():
            if path.is_file() and _OURS.fullmatch(path.name) and path.name not in sheets:
                path.unlink()
        for file, sheet in sheets.items():
            if not (folder / file).is_file() or (folder / file).read_bytes() != sheet:
                private.replace(folder / file, sheet)


def _is_stale(sheet: Path, library: Path, exam: Exam) -> bool:
    record = library / exam.folder / layout.STUDY_FILE
    return record.exists() and (not sheet.exists() or sheet.stat().st_mtime_ns < record.stat().st_mtime_ns)


def _drawn(root: Path, folder: str) -> bytes:
    # Imported here, in a process of the pool: Pillow and numpy are no part of the idle service.
    from radiary.dicom import contact

    series = []
    for one in Library(root).study(folder).series:
        files = [file for instance in one.instances for file in instance.pictures]
        pictures = [(root / folder / files[place].path).read_bytes() for place in contact.chosen(len(files))]
        title = " ".join(str(part) for part in (one.number, one.label, f"({len(files)})") if part is not None)
        series += [(title, pictures)] if pictures else []
    return contact.sheet(series)
