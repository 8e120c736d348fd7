"""What the next run would add to her file, without writing anything."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from radiary.chronicle import jekyll, owners_file, series_pictures
from radiary.chronicle.site import Site
from radiary.chronicle.story import Day, Exam, Story
from radiary.chronicle.yaml_passages import Passages, SiteData, understood


def addition(story: Story, known: frozenset[str], site: Site) -> tuple[str, str, str | None]:
    """Her file's text, what it would be, and why something cannot be added."""
    text = owners_file.read(site.data)
    data, obstacle = understood(text, Passages())
    obstacle = obstacle or site.away()
    if obstacle:
        return text or "", text or "", obstacle
    taken = replace(data, given=story.given())
    named = replace(story, days=tuple(_named(day, taken, site) for day in story.days))
    added = jekyll.added(data, named, frozenset() if data.is_empty else known)
    closed = owners_file.is_closed(site.data) and added.text != text
    return text or "", added.text, owners_file.CLOSED if closed else added.note


def _named(day: Day, data: SiteData, site: Site) -> Day:
    """The day with the names that its pictures would get, if all of them can be made."""
    taken = {picture.name for exam in day.exams for picture in exam.pictures} | data.names(day.date)
    folder = series_pictures.folder(site.images, day.date)
    taken |= {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    free = (name for name in (f"scan{number}.jpg" for number in count(1)) if name not in taken)
    return Day(day.date, [_with_names(exam, free) for exam in day.exams])


def _with_names(exam: Exam, free: Iterator[str]) -> Exam:
    return replace(exam, pictures=[one if one.name else replace(one, name=next(free)) for one in exam.pictures])
