"""What the next run would add to her file, without writing anything."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from radiary.chronicle import insertions, jekyll, linked_entries, owners_file, series_pictures
from radiary.chronicle.remembered import Remembered
from radiary.chronicle.site import Site
from radiary.chronicle.story import Day, Exam, Picture, Story
from radiary.chronicle.yaml_passages import SiteData, understood


def addition(story: Story, known: frozenset[str], site: Site, library: Path) -> tuple[str, str, str | None]:
    """Her file's text, what it would be, and why something cannot be added."""
    text, remembered = owners_file.read(site.data), Remembered()
    data, obstacle = understood(text, remembered.passages)
    obstacle = obstacle or site.away()
    if obstacle:
        return text or "", text or "", obstacle
    taken, hers = replace(data, given=story.given()), frozenset[str]() if data.is_empty else known
    named = replace(story, days=tuple(_named(day, taken, site, library) for day in story.days))
    inserted = insertions.read(site.record)
    lost = linked_entries.lost(named, data, hers, inserted=inserted, site=site, library=library, remembered=remembered)
    added = jekyll.added(data, named, hers - lost.keys())
    closed = owners_file.is_closed(site.data) and added.text != text
    return text or "", added.text, owners_file.CLOSED if closed else added.note


def _named(day: Day, data: SiteData, site: Site, library: Path) -> Day:
    """The day with the names that its pictures would get; those that cannot be made now are left out."""
    taken, listed = {picture.name for exam in day.exams for picture in exam.pictures}, data.names(day.date)
    folder = series_pictures.folder(site.images, day.date)
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set[str]()
    free = (name for name in (f"scan{number}.jpg" for number in count(1)) if name not in {*taken, *listed, *there})
    return Day(day.date, [_with_names(exam, free, taken=taken, folder=folder, library=library) for exam in day.exams])


def _with_names(exam: Exam, free: Iterator[str], *, taken: set[str], folder: Path, library: Path) -> Exam:
    pictures = list[Picture]()
    for picture in exam.pictures:
        if picture.name or (library / picture.source).is_file():
            former = picture.former if picture.former not in taken else ""
            again = former if former and series_pictures.is_as_made(folder / former) else ""
            name = picture.name or again or next(free)
            taken.add(name)
            pictures.append(replace(picture, name=name))
    return replace(exam, pictures=pictures)
