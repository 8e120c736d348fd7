"""Keys that stand twice in one entry of her file: whoever reads YAML takes the last, and her first words are lost."""

import re
from collections.abc import Iterator
from typing import Any

from radiary.chronicle.yaml_days import Days, MappingNode, Node, ScalarNode, SequenceNode, composed
from radiary.chronicle.yaml_passages import SiteData

_KEY = re.compile(r"[\w\"'-][ \t]*:(?=\s)")
"""What may be the end of a key; in her prose it is none."""


def places(data: SiteData) -> Iterator[tuple[str, int]]:
    """Each such key, and its line. Only passages in which more seem to stand than were read are looked into."""
    for first, passage, days in data.pieces():
        for key, line in in_passage(passage, days):
            yield key, data.frame.line(first + line)


def in_passage(passage: str, days: Days) -> Iterator[tuple[str, int]]:
    """Each such key of a passage that says `days`, and its line there, from 0."""
    if len(_KEY.findall(passage)) > _count(days):
        yield from _repeated(composed(passage))


def _count(value: Any) -> int:
    """How many keys there are in a value."""
    if isinstance(value, dict):
        return len(value) + sum(map(_count, value.values()))
    return sum(map(_count, value)) if isinstance(value, list) else 0


def _repeated(node: Node | None) -> Iterator[tuple[str, int]]:
    """Keys of a mapping that stood in it before, with their lines from 0; those of all that is in it, too."""
    seen = set[str]()
    for key, value in node.value if isinstance(node, MappingNode) else ():
        if isinstance(key, ScalarNode) and key.value in seen:
            yield key.value, key.start_mark.line
        seen.add(key.value if isinstance(key, ScalarNode) else "")
        yield from _repeated(value)
    for one in node.value if isinstance(node, SequenceNode) else ():
        yield from _repeated(one)
