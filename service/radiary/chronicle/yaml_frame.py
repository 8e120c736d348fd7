"""Finds the list of days in a file: bare, between the lines of front matter, or under a key of a mapping."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import Any

from radiary.chronicle import text_lines
from radiary.chronicle.yaml_days import (
    NOTHING,
    Days,
    MappingNode,
    Node,
    NotMergeable,
    SequenceNode,
    composed,
    document,
    no_day,
    no_list,
    read,
)
from radiary.language import readable, sentence

_FENCE = re.compile(r"^(?:---|\.\.\.)(?=\s|$)", re.MULTILINE)
_BEGUN = re.compile(r"---[ \t]+(?:[&!]\S*[ \t]+)*[^\s#&!]")
"""A line in which a document not only opens, but also says something."""
_BARE = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n)*-\s")
_EMPTY = re.compile(rf"(:[ \t]*){NOTHING}([ \t]*(?:#.*)?)$")


@dataclass(frozen=True)
class Surroundings:
    """A text in three parts: the list of days, and what stands before and behind it."""

    before: str
    body: str
    behind: str
    indent: int | None = 0
    """The column at which an empty list is to begin; none where it stays between its brackets."""
    opened: str = ""
    """What stands before it once something is added, where that is not `before`: an empty list has to be opened."""
    days: Days | None = None
    """The days, where their part of the text cannot be read on its own; then it cannot be added to either."""

    others: Mapping[Any, Any] = field(default_factory=dict)
    """What the mapping says beside the days."""

    @property
    def title(self) -> str:
        """What the file calls the chronicle, where it does."""
        title = self.others.get("title")
        return " ".join(readable(title).split())[:200] if isinstance(title, str) else ""

    def line(self, number: int) -> int:
        """Which line of the file, from 1, the one is in which a line of the list begins, as YAML counts them, from 0."""
        return text_lines.ends(self.opened or self.before) + text_lines.number(self.body, number)

    def around(self, body: str) -> str:
        """The whole text with another list in it."""
        if body == self.body:
            return self.before + body + self.behind
        return (self.opened or self.before) + body + self.behind


def framed(text: str) -> Surroundings:
    """The parts of a text without its byte order mark. Raises NotMergeable for one that holds no list of days."""
    if _BARE.match(text) and not _FENCE.search(text):
        return Surroundings("", text, "")
    lines = text.splitlines(keepends=True)
    fences = [place for place, line in enumerate(lines) if _FENCE.match(line)]
    if not fences and not _says_something(lines):
        return Surroundings("", text, "")
    if fences and _BEGUN.match(lines[fences[0]]) and not _says_something(lines[: fences[0]]):
        raise NotMergeable(not_alone(text_lines.number(text, fences[0])))
    edges = [-1, *fences, len(lines)]
    parts = [(before + 1, end) for before, end in pairwise(edges)]
    said = [part for part in parts if _says_something(lines[slice(*part)])]
    if len(said) > 1 and not isinstance(_document(lines, *said[0]), dict):
        line = text_lines.number(text, said[0][1])
        raise NotMergeable(
            sentence("The chronicle ends at line %(number)s, but goes on behind it. Mend it; it was left alone.", number=line)
        )
    refusal: NotMergeable | None = None
    for start, end in said:
        try:
            return _in_part(lines, start, end)
        except NotMergeable as error:
            refusal = refusal or error
    if refusal is not None:
        raise refusal
    place = parts[-1][0]
    return Surroundings("".join(lines[:place]), "", "".join(lines[place:]))


def not_alone(number: int) -> str:
    """What is to be said of a list whose text is bound up with what stands around it."""
    return sentence(
        "The chronicle's list of days, which begins at line %(number)s, is written in a way that cannot be added to; it was left "
        "alone.",
        number=number,
    )


def _document(lines: list[str], start: int, end: int) -> object:
    return document("".join(lines[start:end]), first_line=_above(lines, start))


def _above(lines: list[str], start: int) -> int:
    """How many lines, as an editor counts them, stand above one of YAML's."""
    return text_lines.ends("".join(lines[:start]))


def _says_something(lines: list[str]) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") and not line.startswith("%") for line in lines)


def _in_part(lines: list[str], start: int, end: int) -> Surroundings:
    """The list of days in one document of a file. Raises NotMergeable."""
    text = "".join(lines[start:end])
    loaded = _document(lines, start, end)
    if not isinstance(loaded, dict) or not loaded:
        read(text, first_line=_above(lines, start))  # raises for what is no list of days
        return Surroundings("".join(lines[:start]), text, "".join(lines[end:]))
    root = composed(text)
    entries = root.value if isinstance(root, MappingNode) else []
    for key, value in sorted(entries, key=lambda entry: entry[0].value != "days"):
        days = loaded.get(key.value)
        others = {name: said for name, said in loaded.items() if name != key.value}
        if isinstance(days, list) and days and no_day(days) is None:
            return replace(_under_key(lines, start, value, days=days), others=others)
        if key.value in loaded and not days and (key.value == "days" or len(entries) == 1):
            line, column = start + key.start_mark.line, key.start_mark.column
            is_alone = isinstance(root, MappingNode) and not root.flow_style and _EMPTY.search(lines[line].rstrip("\r\n"))
            if isinstance(value, SequenceNode) and not is_alone:
                return replace(_in_brackets(lines, start, value), others=others)
            return replace(_opened(lines, line, column), others=others)
    named = next((value for key, value in entries if key.value == "days"), None)
    raise no_list(text, named or root, no_day(loaded.get("days")) or 0, first_line=_above(lines, start))


def _under_key(lines: list[str], start: int, value: Node, *, days: Days) -> Surroundings:
    """The list under a key of a mapping, as lines of its own."""
    beginning = start + value.start_mark.line
    closed = Surroundings("".join(lines[:beginning]), "", "".join(lines[beginning:]), days=days)
    if not isinstance(value, SequenceNode):
        return closed
    if value.flow_style:
        bracketed = _in_brackets(lines, start, value)
        return bracketed if _reads(bracketed.body, days) else closed
    first, end = start + value.start_mark.line, start + value.end_mark.line
    if value.end_mark.column and end < len(lines):
        end += 1
    said = end
    while said > first and not _says_something(lines[said - 1 : said]):
        said -= 1
    for last in range(said, end + 1):  # what looks like a comment, or like nothing, may be the end of a text of hers
        body = "".join(lines[first:last])
        if _reads(body, days):
            return Surroundings("".join(lines[:first]), body, behind="".join(lines[last:]), indent=value.start_mark.column)
    return closed


def _in_brackets(lines: list[str], start: int, value: SequenceNode) -> Surroundings:
    """The list between its brackets."""
    text, starts = "".join(lines), [0, *accumulate(map(len, lines))]
    first, end = (starts[start + mark.line] + mark.column for mark in (value.start_mark, value.end_mark))
    return Surroundings(text[:first], text[first:end], text[end:], indent=None)


def _reads(body: str, days: Days) -> bool:
    """Whether a part of a text says the same on its own."""
    try:
        return read(body) == days
    except NotMergeable:
        return False


def _opened(lines: list[str], place: int, column: int) -> Surroundings:
    """An empty list under a key: it begins on the next line."""
    line = lines[place]
    bare = line.rstrip("\r\n")
    ending = line[len(bare) :] or "\n"
    opened = _EMPTY.sub(r":\2", bare) + ending
    before, behind = "".join(lines[:place]), "".join(lines[place + 1 :])
    return Surroundings(before + line, "", behind=behind, indent=column + 2, opened=before + opened)
