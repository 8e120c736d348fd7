"""What site data in the person's own form says: a list of days, each with a `date`, most with `events`."""

import contextlib
import datetime
import math
import re
from typing import Any, TypeAlias

import yaml

from radiary.chronicle import text_lines
from radiary.language import sentence

_Loader: Any = type("_Loader", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {})
"""The parser in C, ten times as fast, where PyYAML was built with it."""
_FORBIDDEN = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What stands in no YAML (1.2.2, section 5.1)."""
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?)(?:[T ].*)?", re.ASCII)
"""A date that YAML reads as text: in quotes with a time, or without its zeros, which Ruby, and so Jekyll, takes for one."""
_DAY_FIRST = re.compile(r"(?P<day>\d\d?)([-/.])(?P<month>\d\d?)\2(?P<year>\d{4})", re.ASCII)
_MONTHS = 12
NOTHING = r"(?:\[\s*\]|\{\s*\}|~|null|Null|NULL)"
"""What is written where nothing is said."""
_MOST = 1_000_000
"""Parts of a text, each counted as often as others refer to it."""
Days = list[dict[str, Any]]
Node: TypeAlias = yaml.Node
ScalarNode: TypeAlias = yaml.ScalarNode
MappingNode: TypeAlias = yaml.MappingNode
SequenceNode: TypeAlias = yaml.SequenceNode


class NotMergeable(Exception):
    """The chronicle cannot be added to; the message says where, and the file is left alone."""


def read(text: str, *, first_line: int = 0) -> Days:
    """The days. Raises NotMergeable, with the line of a file in which the text begins behind `first_line` others.

    A last line without its newline counts as ended: literal text there gains one when something follows.
    """
    loaded = document(text, first_line=first_line)
    days: Days = [] if loaded in (None, {}) else loaded
    odd = no_day(days)
    if odd is not None:
        raise no_list(text, composed(text), odd, first_line=first_line)
    return days


def no_day(value: Any) -> int | None:
    """Which entry of a list is no day, counted from 0; -1 of what is no list."""
    if not isinstance(value, list):
        return -1
    return next((place for place, day in enumerate(value) if not (isinstance(day, dict) and date_of(day))), None)


def no_list(text: str, node: Node | None, odd: int, *, first_line: int = 0) -> NotMergeable:
    """What is to be said where an entry of a text is no day, with its line."""
    if odd < 0 or not isinstance(node, yaml.SequenceNode):
        line = text_lines.number(text, node.start_mark.line if node else 0) + first_line
        return NotMergeable(
            sentence(
                "What begins at line %(number)s of the chronicle is not a list of days, each with a `date`. Mend it; it was left "
                "alone.",
                number=line,
            )
        )
    line = text_lines.number(text, node.value[odd].start_mark.line) + first_line
    return NotMergeable(
        sentence(
            "What begins at line %(number)s of the chronicle is no day with a `date`. Mend it; it was left alone.", number=line
        )
    )


def document(text: str, *, first_line: int = 0) -> Any:
    """What one document says. Raises NotMergeable."""
    try:
        ended = (text if text.endswith("\n") else text + "\n").removeprefix("\ufeff")
        if "&" in text and "*" in text:
            _size(composed(ended), {}, text=ended, first_line=first_line)
        return yaml.load(ended, _Loader)  # noqa: S506 - either of them is a safe one
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = text_lines.number(text, mark.line) if mark else 1
        last = max(1, len(text_lines.split(text)))  # what is never closed is missed behind the end
        raise _mistake(min(line, last) + first_line) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        odd = _FORBIDDEN.search(text)
        if odd:
            raise _mistake(text_lines.ends(text[: odd.start()]) + 1 + first_line) from None
        raise NotMergeable("The chronicle is no valid YAML. Mend it; it was left alone.") from None


def _mistake(line: int) -> NotMergeable:
    return NotMergeable(
        sentence("`chronicle.yml` has a YAML mistake at line %(number)s. Mend it; it was left alone.", number=line)
    )


def _size(node: Node | None, sizes: dict[int, float], *, text: str, first_line: int) -> float:
    """How many parts it has with all that it refers to: a few lines may say billions. Raises NotMergeable."""
    if id(node) not in sizes:
        sizes[id(node)] = math.inf  # until it is known: for what refers to itself
        entries = node.value if isinstance(node, MappingNode | SequenceNode) else ()
        parts = [part for entry in entries for part in (entry if isinstance(entry, tuple) else (entry,))]
        sizes[id(node)] = 1 + sum(_size(part, sizes, text=text, first_line=first_line) for part in parts)
        if node and sizes[id(node)] > _MOST:
            raise NotMergeable(
                sentence(
                    "What begins at line %(number)s of the chronicle refers to itself, or to too much. Mend it; "
                    "it was left alone.",
                    number=text_lines.number(text, node.start_mark.line) + first_line,
                )
            )
    return sizes[id(node)]


def _day(loader: Any, node: Node) -> Any:
    """A date or a time; one that no calendar has is a mistake on its line."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        raise yaml.constructor.ConstructorError(None, None, "no day of a calendar", node.start_mark) from None


def _number(loader: Any, node: Node) -> Any:
    """A number; what is none, or has more digits than Python writes out, is a mistake on its line."""
    try:
        number = loader.construct_yaml_int(node)
        str(number)
    except ValueError:
        raise yaml.constructor.ConstructorError(None, None, "no number", node.start_mark) from None
    return number


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)
_Loader.add_constructor("tag:yaml.org,2002:int", _number)


def composed(text: str) -> Node | None:
    """What it consists of, each part with the lines and columns at which it begins and ends."""
    return yaml.compose(text, Loader=_Loader)


def date_of(day: dict[str, Any]) -> str:
    """Its `date` as it is written, `YYYY-MM-DD` mostly, without a time; empty when there is none."""
    value = day.get("date")
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    return day_said(str(value)) if isinstance(value, str) or type(value) is int else ""  # a year alone is a number


def day_said(text: str) -> str:
    """A day as `YYYY-MM-DD`, where the text can mean but one; else the text: 01/02/2024 is another day in America."""
    said = _YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if not said:
        return text
    day, month = int(said["day"]), int(said["month"])
    is_plain = said.re is _YEAR_FIRST or "." in text or day > _MONTHS or day == month
    with contextlib.suppress(ValueError):  # no calendar has it
        return datetime.date(int(said["year"]), month, day).isoformat() if is_plain else text
    return text


def events_of(day: dict[str, Any]) -> list[dict[str, Any]]:
    """Its events, without what is none."""
    events = day.get("events")
    return [event for event in events if isinstance(event, dict)] if isinstance(events, list) else []


def images_of(event: dict[str, Any]) -> list[str]:
    """The names of its pictures."""
    images = event.get("images")
    listed = images if isinstance(images, list) else [images]
    named = (one.get("file") or one.get("name") if isinstance(one, dict) else one for one in listed)
    return [name for name in named if isinstance(name, str)]


def folder_of(event: dict[str, Any]) -> str:
    """The folder of its pictures, as it is written; empty when it names none."""
    folder = event.get("folder")
    if isinstance(folder, datetime.date):
        return folder.isoformat()[:10]
    return folder if isinstance(folder, str) else ""
