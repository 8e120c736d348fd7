"""What the owner wrote, as she may have written it: days, events, words, pictures, threads, bands, and what she sealed."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from radiary.chronicle.yaml_days import Days, date_of, day_said, folder_of
from radiary.language import readable

_LONGEST = 200_000
"""Characters of one text that are shown."""
_WORDS = ("title", "description", "notes", "images")
_OPEN = ("", "0", "false", "no", "none", "null", "off")
"""What says of `sealed` that it is not so; whatever else she wrote there closes."""


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A picture that she lists: its file's name in the event's folder, and her words for it."""

    name: str
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """One event; `description` and `notes` are Markdown, `until` is a day, YYYY-MM-DD, or empty."""

    title: str
    folder: str
    description: str = ""
    notes: str = ""
    pictures: tuple[OwnPicture, ...] = ()
    threads: tuple[str, ...] = ()
    until: str = ""
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class OwnDay:
    """One entry of the list; a date may occur more than once."""

    date: str
    events: tuple[OwnEvent, ...]


def own_days(days: Days) -> tuple[OwnDay, ...]:
    """Her days as they are written. What is of no use, such as a number where a list should be, is left out."""
    return tuple(OwnDay(date_of(day), tuple(_events(day))) for day in days)


def _events(day: dict[str, Any]) -> Iterator[OwnEvent]:
    is_sealed = _is_sealed(day)
    if any(day.get(key) for key in _WORDS):
        yield _event(day, day)
    events = day.get("events")
    for event in events if isinstance(events, list) else ():
        if isinstance(event, dict):
            yield replace(_event(event, day), is_sealed=is_sealed or _is_sealed(event))
        elif _text(event):
            yield OwnEvent(_text(event), date_of(day), is_sealed=is_sealed)


def _is_sealed(entry: dict[str, Any]) -> bool:
    """Whether she closed it, however she wrote the word: what she meant to seal is to be seen by nobody."""
    said = (value for key, value in entry.items() if str(key).strip().casefold() == "sealed")
    return any(str(value or "").strip().casefold() not in _OPEN for value in said)


def _event(event: dict[str, Any], day: dict[str, Any]) -> OwnEvent:
    until = event.get("until")
    folder = folder_of(event) or _in_her_words(day)
    return OwnEvent(
        title=" ".join(_text(event.get("title")).split()),
        folder=folder if _is_plain(folder) else date_of(day),
        description=_text(event.get("description")),
        notes=_text(event.get("notes")),
        pictures=tuple(_pictures(event)),
        threads=tuple(_listed(event.get("thread")) or _listed(event.get("threads"))),
        until=last_day(until),
        is_sealed=_is_sealed(event),
    )


def _in_her_words(day: dict[str, Any]) -> str:
    """Its date where she does not write it by year, month and day: a folder of pictures may be called so, too."""
    date = day.get("date")
    return date if isinstance(date, str) and not is_day(date[:10]) else ""


def _pictures(event: dict[str, Any]) -> Iterator[OwnPicture]:
    images = event.get("images")
    captions, alts = event.get("captions", event.get("caption")), event.get("alt", event.get("alts"))
    for place, image in enumerate(images if isinstance(images, list) else [images]):
        own = image if isinstance(image, dict) else {}
        name = own.get("file") or own.get("name") if own else image
        if isinstance(name, str) and _is_plain(name):
            caption, alt = _text(own.get("caption")), _text(own.get("alt"))
            yield OwnPicture(name, caption or _of_picture(captions, place, name), alt or _of_picture(alts, place, name))


def _of_picture(words: Any, place: int, name: str) -> str:
    """Her words for one picture: of a list in the pictures' order, of a mapping by their names, or the same for all."""
    if isinstance(words, list):
        return _text(words[place]) if place < len(words) else ""
    if isinstance(words, dict):
        return _text(words.get(name) or words.get(name.rpartition(".")[0]))
    return _text(words)


def _listed(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in (" ".join(_text(one).split()) for one in values) if text]


def last_day(value: Any) -> str:
    """A day, or the last one of a month or a year; empty for anything else."""
    text = value.isoformat()[:10] if isinstance(value, datetime.date) else day_said(str(value or "").strip())
    lasts = (f"{text}{rest}" for rest in ("", "-12-31", "-31", "-30", "-29", "-28"))
    return next(filter(is_day, lasts), "")


def has_ended(date: str, until: str) -> bool:
    """Whether what goes on until a day would have ended before its own; of a day in words that is not known."""
    return until < moment(date)


@lru_cache(maxsize=100_000)  # of every day, in every update of a chronicle
def moment(date: str) -> str:
    """A date as a machine reads it: a day, a month or a year; empty of one in words."""
    return date if any(is_day(f"{date}{rest}") for rest in ("", "-01", "-01-01")) else ""


@lru_cache(maxsize=100_000)
def is_day(text: str) -> bool:
    """Whether a text is a day, YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _text(value: Any) -> str:
    """What is written, for reading; nothing of what is no text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | datetime.date):
        return ""
    return readable(str(value))[:_LONGEST].strip()


def _is_plain(name: str) -> bool:
    """Whether a name leads to nothing outside its folder."""
    return bool(name) and not re.search(r"[\\\x00-\x1f]|^/|^[A-Za-z]+:", name) and ".." not in name.split("/")
