"""The pictures of the chronicle: one for each series, made small, named as their owner's site wants them, found again."""

import hashlib
from dataclasses import replace
from itertools import count
from pathlib import Path

from radiary.chronicle import jpeg_comment
from radiary.chronicle.story import Day, Exam, Picture, Story
from radiary.chronicle.yaml_passages import SiteData
from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.library import layout
from radiary.workers.pool import Workers

_LONGEST = 1024
"""Pixels on a picture's longer side."""
_CODE = 8
"""Letters of one of the two codes in a picture's comment."""
_HEAD = 64
"""Bytes of a picture in which its comment stands."""


def made(
    story: Story, images: Path, site: SiteData, library: Path, pool: Workers, *, is_anew: bool
) -> tuple[Story, dict[Path, Path]]:
    """The story with its pictures made and named, and which drafts are to become them. What cannot be had now is left out.

    A picture that was named before is its owner's: replaced or deleted, it stays as she left it, until she begins anew
    without any site data. One that she left as it was made follows its series when that is shown anew.
    """
    wanted = [
        (library / picture.source, _draft(images, day, exam, picture=picture))
        for day in story.days
        for exam in day.exams
        for picture in exam.pictures
        if _is_wanted(picture, folder(images, day.date) / picture.name, library / picture.source, is_anew=is_anew)
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
        exams = [_named(day, exam, images=images, drafts=drafts, taken=taken, site=site, moves=moves) for exam in day.exams]
        days.append(Day(day.date, exams))
    return replace(story, days=tuple(days)), moves


def _is_wanted(picture: Picture, path: Path, source: Path, *, is_anew: bool) -> bool:
    is_missing = not picture.name or (is_anew and not path.exists())
    return is_missing or (
        picture.is_shown_anew and path.is_file() and source.is_file() and _is_outdated(path.read_bytes(), source.read_bytes())
    )


def _is_outdated(made: bytes, source: bytes) -> bool:
    """Whether a picture was made of another source, and is as it was made."""
    comment, rest = jpeg_comment.parted(made)
    return comment != _comment(rest, source) and comment[:_CODE] == _code(rest)


def _comment(rest: bytes, source: bytes) -> bytes:
    """What a picture says in its comment: what else it consists of, and of what it was made."""
    return _code(rest) + _code(source)


def _code(data: bytes) -> bytes:
    return layout.code(hashlib.sha256(data).hexdigest()).encode()


def _named(
    day: Day, exam: Exam, *, images: Path, drafts: set[Path], taken: set[str], site: SiteData, moves: dict[Path, Path]
) -> Exam:
    pictures, was_told = [], any(picture.name for picture in exam.pictures)
    for picture in exam.pictures:
        draft, name = _draft(images, day, exam, picture=picture), picture.name
        if draft in drafts:
            former = picture.former if picture.former not in taken else ""
            if not name and former and is_as_made(draft.with_name(former)):
                name = former
            name = name or _free(draft, taken, site.names(day.date))
            moves[draft.with_name(name)] = draft
        if name:
            taken.add(name)
            is_later = picture.is_later or (was_told and not picture.name)
            pictures.append(replace(picture, name=name, is_later=is_later))
    return replace(exam, pictures=pictures)


def is_as_made(picture: Path) -> bool:
    """Whether a picture of the site is as Radiary made it, or gone; what its owner changed is hers."""
    if not picture.exists():
        return True
    comment, rest = jpeg_comment.parted(picture.read_bytes())
    return bool(comment) and comment[:_CODE] == _code(rest)


def is_made_of(picture: bytes, source: bytes) -> bool:
    """Whether a picture of the site says that it was made of another one."""
    return jpeg_comment.parted(picture)[0][_CODE:] == _code(source)


def code_of_source(picture: Path) -> bytes:
    """The code of what a picture of the site was made of, as it says itself; nothing of one that is not ours. Raises OSError."""
    with picture.open("rb") as file:
        return jpeg_comment.parted(file.read(_HEAD))[0][_CODE:]


def code_of(source: Path) -> bytes:
    """The code of a picture in the library, as what was made of it says it. Raises OSError."""
    return _code(source.read_bytes())


def _free(draft: Path, taken: set[str], listed: set[str]) -> str:
    """The next `scanN.jpg` that nobody has; a file with the draft's very bytes is what a run that was cut short left."""
    for number in count(1):
        name = f"scan{number}.jpg"
        path = draft.with_name(name)
        is_left = path.exists() and path.read_bytes() == draft.read_bytes()
        if name not in taken and (is_left or (name not in listed and not path.exists())):
            return name
    raise AssertionError("numbers never end")


def _draft(images: Path, day: Day, exam: Exam, *, picture: Picture) -> Path:
    """Two exams may have a series of one UID."""
    return folder(images, day.date) / f".{layout.code(f'{exam.study} {picture.series}')}.jpg"


def _make(pictures: list[tuple[Path, Path]]) -> None:
    # Imported here, in a process of the pool: Pillow and numpy are no part of the idle service.
    from radiary.dicom.render import encode

    with on_disk():
        for source, draft in pictures:
            picture = source.read_bytes()
            made = encode.jpeg(picture, _LONGEST)
            if made is not None:
                private.folder(draft.parent)
                with private.emptied(draft) as file:
                    file.write(jpeg_comment.written(made, _comment(made[2:], picture)))


def folder(images: Path, date: str) -> Path:
    """Where a day's pictures lie."""
    return images / (date or layout.UNDATED)
