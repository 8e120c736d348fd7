"""Keys of her file that are nearly those that are read: what she wrote under them is shown nowhere."""

import difflib
import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from radiary.chronicle import text_lines
from radiary.chronicle.yaml_days import Days, MappingNode, Node, ScalarNode, SequenceNode, composed
from radiary.chronicle.yaml_frame import Surroundings
from radiary.chronicle.yaml_passages import SiteData

_OF_SITES = ("category", "categories", "tag", "tags")
"""What pages of a site are sorted by: her own site may read it."""
_OF_EVENTS = (
    *("date", "title", "description", "notes", "folder", "images", "caption", "captions", "alt", "alts"),
    *("thread", "threads", "until", "sealed", *_OF_SITES),
)
_FILE, _DAY = "", "days"
_READ = {
    _FILE: ("days", "title"),
    _DAY: ("events", *_OF_EVENTS),
    "events": _OF_EVENTS,
    "images": ("file", "name", "caption", "alt"),
}
"""The keys that are read, by the key under which they stand."""
_ALIKE = 0.8
"""Of 1, how much of two words is the same: `titel` and `title` are, `time` is a word of her own."""


def places(data: SiteData) -> Iterator[tuple[str, str, int]]:
    """Each such key, the one that is read, and its line."""
    yield from around(data.frame)
    for first, passage, days in data.pieces():
        for key, like, line in in_passage(passage, days):
            yield key, like, data.frame.line(first + line)


def around(frame: Surroundings) -> Iterator[tuple[str, str, int]]:
    """The same of what stands around the days."""
    for key in frame.others:
        if like := _meant(key, frame.others, _FILE):
            begins = re.compile(rf"[{{\s\"']*{re.escape(key)}[\"']?\s*:")
            lines = text_lines.split(frame.around(frame.body))
            yield key, like, next((number for number, line in enumerate(lines, 1) if begins.match(line)), 1)


def in_passage(passage: str, days: Days) -> Iterator[tuple[str, str, int]]:
    """Each such key of a passage that says `days`, the one that is read, and its line there, from 0."""
    if _has_any(days, _DAY):
        yield from _misspelt(composed(passage), _DAY)


def _has_any(value: Any, under: str) -> bool:
    """Whether there is such a key in what was read, which is asked much faster than the text."""
    if isinstance(value, list):
        return any(_has_any(one, under) for one in value)
    entries = value.items() if isinstance(value, dict) else ()
    return any(_meant(key, value, under) or (key in _READ and _has_any(said, key)) for key, said in entries)


def _misspelt(node: Node | None, under: str) -> Iterator[tuple[str, str, int]]:
    for one in node.value if isinstance(node, SequenceNode) else ():
        yield from _misspelt(one, under)
    entries = node.value if isinstance(node, MappingNode) else ()
    said = {key.value: value for key, value in entries if isinstance(key, ScalarNode)}
    for key, value in entries:
        if isinstance(key, ScalarNode) and (like := _meant(key.value, said, under)):
            yield key.value, like, key.start_mark.line
        elif isinstance(key, ScalarNode) and key.value in _READ:
            yield from _misspelt(value, key.value)


def _meant(key: Any, beside: Collection[Any], under: str) -> str:
    """The key that was meant; none where it stands beside this one, which is a word of her own then."""
    like = _nearest(key, under) if isinstance(key, str) else ""
    return "" if like in beside else like


@cache
def _nearest(key: str, under: str) -> str:
    """The key that one is nearly; nothing for one that is read, or like none. Few mistake a word's first letter."""
    if key in _READ[under]:
        return ""
    plain = key.strip().casefold()
    begun = [one for one in _READ[under] if plain.startswith(one[0])]
    return next(iter(difflib.get_close_matches(plain, begun, n=1, cutoff=_ALIKE)), "")
