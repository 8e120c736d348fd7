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
    for day in standing.of(folded(events), library).days:
        new = [exam for exam in day.exams if exam.study not in known]
        if new and day.date:
            listed = {name for name in data.names(day.date) if _OURS.fullmatch(name)} if data else set[str]()
            yield from _of_day(day, new, listed, series_pictures.folder(site.images, day.date), library)


def _of_day(day: Day, new: list[Exam], listed: set[str], images: Path, library: Library) -> Iterator[Chronicled]:
    """Pictures by what they say they were made of; the others, which she changed or deleted, in their order."""
    taken = {picture.name for exam in day.exams for picture in exam.pictures}
    free = sorted((listed | _there(images)) - taken, key=_number)
    made = {name: (images / name).read_bytes() for name in free if (images / name).is_file()}
    names: dict[tuple[str, str], str] = {}
    for exam, picture in [(one, picture) for one in new for picture in one.pictures]:
        source = library.root / picture.source
        of = source.read_bytes() if source.is_file() else b""
        name = next((one for one, data in made.items() if series_pictures.is_made_of(data, of)), "")
        if name:
            names[exam.study, picture.series] = name
            del made[name]
    free = [name for name in free if name not in names.values()]
    number = max([0, *(_number(name) for name in (*free, *taken, *names.values()) if name)])
    for exam in new:
        for picture in exam.pictures:
            if (exam.study, picture.series) not in names:
                number += not free
                names[exam.study, picture.series] = free.pop(0) if free else f"scan{number}.jpg"
        pictures = {picture.series: names[exam.study, picture.series] for picture in exam.pictures}
        yield Chronicled(study=exam.study, date=day.date, pictures=pictures)


def _read(text: str | None) -> SiteData | None:
    """What the site data lists; nothing of site data with a mistake in it."""
    try:
        return Passages().read(text) if text is not None else None
    except NotMergeable:
        return None


def _there(images: Path) -> set[str]:
    return {path.name for path in images.iterdir() if _OURS.fullmatch(path.name)} if images.is_dir() else set()


def _number(name: str) -> int:
    found = _OURS.fullmatch(name)
    return int(found[1]) if found else 0
