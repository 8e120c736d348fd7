"""Which exam a picture was made of that its owner called otherwise: by what stands in the picture itself."""

from collections.abc import Collection, Iterable
from pathlib import Path

from radiary.chronicle import series_pictures
from radiary.chronicle.joined_story import Place
from radiary.chronicle.own_days import OwnDay
from radiary.chronicle.story import Exam


def studies(
    exams: Collection[tuple[str, Exam]],
    own: Iterable[OwnDay],
    images: Path,
    library: Path,
    remembered: dict[tuple[str, str], tuple[tuple[int, ...], bool]],
) -> dict[Place, str]:
    """The study of pictures that she lists on the days of `exams`, with their day, whose entries were not found by name."""
    wanted: dict[str, list[Exam]] = {}
    for date, exam in exams:
        wanted.setdefault(date, []).append(exam)
    by_picture: dict[Place, str] = {}
    for day in (day for day in own if wanted):
        for event in day.events:
            candidates = [exam for folder in dict.fromkeys((event.folder, day.date)) for exam in wanted.get(folder, ())]
            for picture in event.pictures if candidates else ():
                path = series_pictures.folder(images, event.folder) / picture.name
                study = _study_of(path, candidates, library, remembered=remembered)
                if study is not None:
                    by_picture[event.folder, picture.name] = study
    return by_picture


def _study_of(
    path: Path, exams: Iterable[Exam], library: Path, *, remembered: dict[tuple[str, str], tuple[tuple[int, ...], bool]]
) -> str | None:
    for exam in exams:
        for picture in exam.pictures:
            source = library / picture.source
            try:
                state = tuple(number for one in (path, source) for number in (one.stat().st_mtime_ns, one.stat().st_size))
                known = remembered.get((str(path), picture.source))
                if known is None or known[0] != state:
                    is_of = series_pictures.is_made_of(path.read_bytes(), source.read_bytes())
                    known = remembered[str(path), picture.source] = state, is_of
            except OSError:
                continue
            if known[1]:
                return exam.study
    return None
