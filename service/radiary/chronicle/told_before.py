"""After the ledger was lost: what the site data told already, so that it is told neither twice nor again.

Every exam that stands in the library then counts as told, also one whose entry is not there: its owner took it out.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from radiary.chronicle import owners_file, series_pictures, standing
from radiary.chronicle.site import Site
from radiary.chronicle.story import Day, Exam, folded
from radiary.chronicle.yaml_days import NotMergeable
from radiary.chronicle.yaml_passages import Passages, SiteData
from radiary.library.shelf import Library
from radiary.model.events import Chronicled, Event

_OURS = re.compile(r"scan(\d+)\.jpg")


def facts(events: Iterable[Event], known: Collection[str], site: Site, library: Library) -> Iterator[Chronicled]:
    """What is to be written down of exams that are not `known` as told, by the pictures that are there. Raises NotNow."""
    text = owners_file.read(site.data)
    if text is not None and not text.strip():
        return
    data = _read(text)
    for day in standing.standing(folded(events), library).days:
        new = [exam for exam in day.exams if exam.study not in known]
        if new and day.date:
            listed = {name for name in data.names(day.date) if _OURS.fullmatch(name)} if data else set[str]()
            yield from _of_day(day, new, listed=listed, images=series_pictures.folder(site.images, day.date), library=library)


def _of_day(day: Day, new: list[Exam], *, listed: set[str], images: Path, library: Library) -> Iterator[Chronicled]:
    """Pictures by what they say they were made of, whatever she calls them; those that she changed or deleted, in their order."""
    taken = {picture.name for exam in day.exams for picture in exam.pictures}
    there = _there(images) - taken
    names = _by_content(new, {name: images / name for name in sorted(there, key=_number)}, library)
    free = sorted({name for name in listed | there if _OURS.fullmatch(name)} - taken - {*names.values()}, key=_number)
    number = max([0, *(_number(name) for name in (*free, *taken, *names.values()))])
    for exam in new:
        for picture in exam.pictures:
            if (exam.study, picture.series) not in names:
                number += not free
                names[exam.study, picture.series] = free.pop(0) if free else f"scan{number}.jpg"
        pictures = {picture.series: names[exam.study, picture.series] for picture in exam.pictures}
        yield Chronicled(study=exam.study, date=day.date, pictures=pictures)


def _by_content(exams: list[Exam], files: dict[str, Path], library: Library) -> dict[tuple[str, str], str]:
    """What the pictures of series are called, by study and series: those that say of themselves what they were made of."""
    made = {name: path.read_bytes() for name, path in files.items()}
    names: dict[tuple[str, str], str] = {}
    for exam in exams:
        for picture in exam.pictures:
            source = library.root / picture.source
            content = source.read_bytes() if source.is_file() else b""
            name = next((name for name, data in made.items() if series_pictures.is_made_of(data, content)), "")
            if name:
                names[exam.study, picture.series] = name
                del made[name]
    return names


def _read(text: str | None) -> SiteData | None:
    """What the site data lists; nothing of site data with a mistake in it."""
    try:
        return Passages().read(text) if text is not None else None
    except NotMergeable:
        return None


def _there(images: Path) -> set[str]:
    """The pictures that lie in a day's folder, also under names of her own."""
    if not images.is_dir():
        return set()
    return {path.name for path in images.iterdir() if path.suffix == ".jpg" and not path.name.startswith(".") and path.is_file()}


def _number(name: str) -> int:
    ours = _OURS.fullmatch(name)
    return int(ours[1]) if ours else 0
