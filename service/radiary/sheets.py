"""Contact sheets: one picture of every exam in the chronicle's folder, made again when more of it is filed."""

from collections.abc import Iterable
from pathlib import Path

from radiary import layout
from radiary.chronicle.story import Exam, Story
from radiary.disk import private
from radiary.disk.library import Library, on_disk
from radiary.engine import Engine


def name(exam: Exam) -> str:
    """The sheet's file name."""
    return f"{exam.folder.replace('/', '-')}.jpg"


def write(story: Story, folder: Path, library: Path, engine: Engine) -> dict[str, bytes]:
    """Bring the sheets in `folder` up to date; their bytes by name. Raises NotNow when it cannot be written."""
    exams = {name(exam): exam for day in story.days for exam in day.exams}
    with on_disk():
        private.folder(folder)
        for path in folder.iterdir():
            if path.name not in exams:
                path.unlink()
        stale = [(library, exam.folder, folder / file) for file, exam in exams.items() if _is_stale(folder / file, library, exam)]
        if stale:
            engine.call(_make, stale)
        return {file: (folder / file).read_bytes() for file in exams if (folder / file).exists()}


def _is_stale(sheet: Path, library: Path, exam: Exam) -> bool:
    """Whether a study was written later than its sheet; one that is away just now keeps what it has."""
    record = library / exam.folder / layout.STUDY_FILE
    return record.exists() and (not sheet.exists() or sheet.stat().st_mtime_ns < record.stat().st_mtime_ns)


def _make(sheets: Iterable[tuple[Path, str, Path]]) -> None:
    # Imported here, in a process of the pool: Pillow and numpy are no part of the idle service.
    from radiary.dicom import contact

    for root, folder, target in sheets:
        series = []
        for one in Library(root).study(folder).series:
            files = [file for instance in one.instances for file in instance.pictures]
            pictures = [(root / folder / files[place].path).read_bytes() for place in contact.chosen(len(files))]
            title = " ".join(str(part) for part in (one.number, one.label, f"({len(files)})") if part is not None)
            series += [(title, pictures)] if pictures else []
        with on_disk():
            private.replace(target, contact.sheet(series))
