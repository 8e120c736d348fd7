"""The pictures of the chronicle: one for each series, made small, named as their owner's site wants them, found again."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

from radiary.chronicle.story import Day, Exam, Picture, Story
from radiary.chronicle.yaml_passages import SiteData
from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.library import layout
from radiary.workers.pool import Pool

LONGEST = 1024
"""Pixels on a picture's longer side."""


def made(
    story: Story, images: Path, site: SiteData, library: Path, pool: Pool, *, is_anew: bool
) -> tuple[Story, dict[Path, Path]]:
    """The story with its pictures made and named, and which drafts are to become them. What cannot be had now is left out.

    A picture that was named before is its owner's: replaced or deleted, it stays as she left it, until she begins anew
    without any site data.
    """
    wanted = [
        (library / picture.source, _draft(images, day, picture))
        for day in story.days
        for exam in day.exams
        for picture in exam.pictures
        if not picture.name or (is_anew and not (folder(images, day.date) / picture.name).exists())
    ]
    missing = [(source, draft) for source, draft in wanted if source.exists()]
    if missing:
        pool.call(_make, missing)
    drafts = {draft for _, draft in wanted if draft.exists()}
    touched = {draft.parent for _, draft in wanted}
    days, moves = [], dict[Path, Path]()
    for day in story.days:
        if folder(images, day.date) not in touched:
            days.append(day)
            continue
        taken = {picture.name for exam in day.exams for picture in exam.pictures}
        exams = [_named(day, exam, images, drafts, taken, site, moves, story.digests) for exam in day.exams]
        days.append(Day(day.date, exams))
    return replace(story, days=tuple(days)), moves


def _named(
    day: Day,
    exam: Exam,
    images: Path,
    drafts: set[Path],
    taken: set[str],
    site: SiteData,
    moves: dict[Path, Path],
    digests: Mapping[tuple[str, str], str],
) -> Exam:
    pictures = []
    for picture in exam.pictures:
        draft, name = _draft(images, day, picture), picture.name
        if draft in drafts:
            former = picture.former if picture.former not in taken else ""
            if not name and former and is_as_written(draft.with_name(former), digests.get((day.date, former))):
                name = former
            name = name or _free(draft, taken, site.names(day.date))
            moves[draft.with_name(name)] = draft
        if name:
            taken.add(name)
            pictures.append(replace(picture, name=name))
    return replace(exam, pictures=pictures)


def is_as_written(picture: Path, digest: str | None) -> bool:
    """Whether a picture of the site is as Radiary wrote it, or gone; what its owner changed is hers."""
    return digest is not None and (not picture.exists() or hashlib.sha256(picture.read_bytes()).hexdigest() == digest)


def _free(draft: Path, taken: set[str], listed: set[str]) -> str:
    """The next `scanN.jpg` that nobody has; a file with the draft's very bytes is what a run that was cut short left."""
    for number in count(1):
        name = f"scan{number}.jpg"
        path = draft.with_name(name)
        is_left = path.exists() and path.read_bytes() == draft.read_bytes()
        if name not in taken and (is_left or (name not in listed and not path.exists())):
            return name
    raise AssertionError("numbers never end")


def _draft(images: Path, day: Day, picture: Picture) -> Path:
    return folder(images, day.date) / f".{layout.code(picture.series)}.jpg"


def _make(pictures: list[tuple[Path, Path]]) -> None:
    # Imported here, in a process of the pool: Pillow and numpy are no part of the idle service.
    from radiary.dicom.render import encode

    with on_disk():
        for source, draft in pictures:
            made = encode.jpeg(source.read_bytes(), LONGEST)
            if made is not None:
                private.folder(draft.parent)
                with private.emptied(draft) as file:
                    file.write(made)


def places(named: Story, images: Path, moves: Mapping[Path, Path]) -> dict[tuple[str, str], Path]:
    """Where each picture lies now, by day and name."""
    every = [(day.date, picture.name) for day in named.days for exam in day.exams for picture in exam.pictures]
    paths = {key: folder(images, key[0]) / key[1] for key in every}
    return {key: found for key, path in paths.items() if (found := moves.get(path, path)).exists()}


def folder(images: Path, date: str) -> Path:
    """Where a day's pictures lie."""
    return images / (date or layout.UNDATED)
