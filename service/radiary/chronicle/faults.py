"""What is wrong with her file and her pictures, in sentences with the line: told by `radiary status` and `radiary doctor`."""

import os
from collections.abc import Iterator
from itertools import islice

from radiary.chronicle import (
    insertions,
    listed_pictures,
    mentioned,
    misspelt_keys,
    owners_file,
    repeated_keys,
    sound_passages,
    text_lines,
    unread_days,
)
from radiary.chronicle.own_days import own_days
from radiary.chronicle.site import Site
from radiary.chronicle.yaml_frame import not_alone
from radiary.chronicle.yaml_passages import NOTHING, Passages, SiteData, understood
from radiary.language import counted, sentence

_NAMED = 3
"""Pictures that a sentence names."""


def sentences(site: Site) -> Iterator[tuple[bool, str]]:
    """Sentences, and whether each keeps new exams out of her file. Raises OSError of a place that cannot be read."""
    away = site.away()
    if away:
        yield True, away
        return
    text = owners_file.read(site.data)
    is_sound = text is not None and sound_passages.are_sound(text, site.images, site.sound if site.record.exists() else None)
    data, obstacle = (NOTHING, None) if is_sound else understood(text, Passages())
    if obstacle:
        yield True, obstacle
        return
    if data.frame.days is not None:
        yield True, not_alone(data.frame.line(0))
    if site.replaced:
        other = sentence(
            "Another `chronicle.yml`, in %(folder)s, is not read, since `site_data` names your own: what you wrote or sealed "
            "there does not count. Move its days into your own, or delete it.",
            folder=site.folder,
        )
        yield False, other
    if owners_file.is_closed(site.data):
        yield False, owners_file.CLOSED
    if site.images.is_dir() and not os.access(site.images, os.W_OK | os.X_OK):
        closed = sentence(
            "Nothing can be written to %(folder)s, where the pictures of the chronicle belong. Open it (`chmod u+w`).",
            folder=site.images,
        )
        yield True, closed
    again = insertions.read(site.record).offered
    if again:
        offered = sentence(
            "An older text was saved over entries of `chronicle.yml`, and they were added once more; load it anew."
        )
        yield False, offered
    yield from _misspelt(data)
    yield from _repeated(data)
    yield from _unread(data)
    yield from _pictures(data, site)


def _misspelt(data: SiteData) -> Iterator[tuple[bool, str]]:
    for key, like, line in islice(misspelt_keys.places(data), _NAMED):
        unknown = sentence(
            "Line %(number)s of `chronicle.yml` says `%(key)s`, which is not read. Did you mean `%(like)s`?",
            number=line,
            key=key,
            like=like,
        )
        yield False, unknown


def _repeated(data: SiteData) -> Iterator[tuple[bool, str]]:
    for key, line in islice(repeated_keys.places(data), _NAMED):
        twice = sentence(
            "`%(key)s` stands twice in one entry of `chronicle.yml`, again at line %(number)s: what stands there first is not "
            "shown. Make one of both.",
            key=key,
            number=line,
        )
        yield False, twice


def _unread(data: SiteData) -> Iterator[tuple[bool, str]]:
    for key, line in islice(unread_days.places(data), _NAMED):
        if key == "until":
            said = sentence(
                "The `until` at line %(number)s of `chronicle.yml` is not shown: it is no day, or one before its own. Write it "
                "as 2024-03-14.",
                number=line,
            )
        else:
            said = sentence(
                "The `date` at line %(number)s of `chronicle.yml` is taken as words, and shown behind all days: it is no day, or "
                "could be two. Write it as 2024-03-14.",
                number=line,
            )
        yield False, said


def _pictures(data: SiteData, site: Site) -> Iterator[tuple[bool, str]]:
    days = [day for _, said in data.passages() for day in own_days(said)]
    missing, odd = list[tuple[str, str]](), list[tuple[str, str]]()
    for folder, name in dict.fromkeys(listed_pictures.listed(days, site.images)):
        is_one = listed_pictures.is_picture(listed_pictures.place(site.images, folder, name))
        (missing if is_one is None else odd if not is_one else []).append((folder, name))
    if missing:
        absent = counted(
            "%(names)s is listed in `chronicle.yml`, but not there; nothing is shown in the stead. "
            "The entry of an exam that you removed can be deleted.",
            "%(names)s are listed in `chronicle.yml`, but not there; nothing is shown in the stead. "
            "The entry of an exam that you removed can be deleted.",
            len(missing),
            names=_said(missing, data),
        )
        yield False, absent
    if odd:
        none = counted(
            "%(names)s is listed in `chronicle.yml` as a picture, but is none.",
            "%(names)s are listed in `chronicle.yml` as pictures, but are none.",
            len(odd),
            names=_said(odd, data),
        )
        yield False, none


def _placed(data: SiteData, folder: str, name: str) -> str:
    """A picture, and where it is listed: in the first line behind its day that holds its name."""
    lines = text_lines.split(data.file)
    day = next((number for number, line in enumerate(lines) if "date:" in line and folder in line), 0)
    line = next((number for number, line in enumerate(lines[day:], day + 1) if name in line), None)
    return mentioned.at_line(f"{folder}/{name}", line)


def _said(pictures: list[tuple[str, str]], data: SiteData) -> str:
    """Some of the pictures, and how many there are. Only those are looked for in the file."""
    return mentioned.some([_placed(data, folder, name) for folder, name in pictures[:_NAMED]], len(pictures))
