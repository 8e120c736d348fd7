"""Which exam a picture was made of that its owner called otherwise, or moved: by what stands in the picture itself."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from radiary.chronicle import series_pictures
from radiary.chronicle.joined_story import Place
from radiary.chronicle.own_days import OwnDay
from radiary.chronicle.story import Exam, Story

Codes = dict[str, tuple[tuple[int, int], bytes]]
"""What was read in files, by their place, with their time and size then."""


def studies(
    gone: Collection[tuple[str, Exam]], own: Iterable[OwnDay], *, story: Story, images: Path, library: Path, remembered: Codes
) -> dict[Place, str]:
    """The study of pictures that she lists, of exams, with their day, whose entries were not found by name.

    Pictures that are another exam's by name are looked into on the days of those exams alone.
    """
    said = _said(gone, own, story, images=images, remembered=remembered)
    made: dict[bytes, dict[str, str]] = {}
    for date, exam in gone if said else ():
        for picture in exam.pictures:
            code = _code(library / picture.source, series_pictures.code_of, remembered)
            made.setdefault(code, {}).setdefault(date, exam.study)
    return {
        place: next((made[code][date] for date in dates if date in made[code]), next(iter(made[code].values())))
        for place, (code, dates) in said.items()
        if code in made
    }


def _said(
    gone: Collection[tuple[str, Exam]], own: Iterable[OwnDay], story: Story, *, images: Path, remembered: Codes
) -> dict[Place, tuple[bytes, tuple[str, str]]]:
    """What pictures that she lists say that they were made of, with the days to which they may belong."""
    if not gone:
        return {}
    days = {date for date, _ in gone}
    named = {(day.date, picture.name) for day in story.days for exam in day.exams for picture in exam.pictures}
    said: dict[Place, tuple[bytes, tuple[str, str]]] = {}
    for day in own:
        for event in day.events:
            is_near = event.folder in days or day.date in days
            for place in ((event.folder, picture.name) for picture in event.pictures):
                if is_near or place not in named:
                    path = series_pictures.folder(images, place[0]) / place[1]
                    code = _code(path, series_pictures.code_of_source, remembered)
                    said.update({place: (code, (event.folder, day.date))} if code else {})
    return said


def _code(path: Path, code_of: Callable[[Path], bytes], remembered: Codes) -> bytes:
    """What is read in a file, once for as long as it stays; nothing of one that is none."""
    try:
        status = path.stat()
        state = status.st_mtime_ns, status.st_size
        known = remembered.get(str(path))
        if known is None or known[0] != state:
            known = remembered[str(path)] = state, code_of(path) if path.is_file() else b""
    except OSError:
        return b""
    return known[1]
