"""Days of her file that are read otherwise than she meant them: an end that is no day, a date of digits that is none."""

import re
from collections.abc import Iterator
from typing import Any

from radiary.chronicle.own_days import has_ended, last_day, moment
from radiary.chronicle.yaml_days import Days, MappingNode, Node, ScalarNode, SequenceNode, composed, date_of
from radiary.chronicle.yaml_passages import SiteData

_NUMBERS = re.compile(r"\d+[./ -]+\d+[./ -]+\d+")
"""Three numbers are meant for a day."""


def places(data: SiteData) -> Iterator[tuple[str, int]]:
    """The key of each such day, and its line."""
    for first, passage, days in data.pieces():
        for key, line in in_passage(passage, days):
            yield key, data.frame.line(first + line)


def in_passage(passage: str, days: Days) -> Iterator[tuple[str, int]]:
    """The key of each such day of a passage that says `days`, and its line there, from 0."""
    if "until" in passage or any(_is_none(date_of(day)) for day in days):
        root = composed(passage)
        for day, node in zip(days, root.value if isinstance(root, SequenceNode) else [], strict=False):
            yield from _of_day(day, node)


def _of_day(day: dict[str, Any], node: Node) -> Iterator[tuple[str, int]]:
    date, events, listed = date_of(day), day.get("events"), _under(node, "events")
    if _is_none(date):
        yield "date", (_under(node, "date") or node).start_mark.line
    entries = [(day, node)]
    if isinstance(events, list) and isinstance(listed, SequenceNode):
        entries += [(event, place) for event, place in zip(events, listed.value, strict=True) if isinstance(event, dict)]
    for entry, place in entries:
        until = entry.get("until")
        if until not in (None, "") and (not last_day(until) or has_ended(date, last_day(until))):
            yield "until", (_under(place, "until") or place).start_mark.line


def _is_none(date: str) -> bool:
    return bool(_NUMBERS.fullmatch(date)) and not moment(date)


def _under(node: Node, name: str) -> Node | None:
    """What stands under a key of a mapping."""
    entries = node.value if isinstance(node, MappingNode) else ()
    return next((value for key, value in entries if isinstance(key, ScalarNode) and key.value == name), None)
