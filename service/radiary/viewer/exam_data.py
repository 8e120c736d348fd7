"""What the viewer's pages know of an exam: a file for each, which says where its pictures lie and how they were made."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from radiary.model.nouns import Orientation
from radiary.viewer.stacks import Stack

_VOLUME_MS = 80
"""Milliseconds a slice when slices are played: a clip has a time of its own."""
_DIGITS = 12
"""Of a picture's digest, in its caption: enough to find it in `study.json`."""


@dataclass(frozen=True)
class CopyFacts:
    """What a stack's copy says of it: how the first picture lies, and the milliseconds for which a clip shows a frame."""

    orientation: Orientation = field(default_factory=Orientation)
    frame_time: int = _VOLUME_MS


@dataclass(frozen=True)
class Heading:
    """How an exam is called where it is looked at: its code in names of files, its date (ISO, or empty), title, person's code."""

    code: str
    date: str
    title: str
    patient: str


@dataclass(frozen=True)
class Named:
    """A stack with its title, in words, and the group of those that it may be looked at beside."""

    stack: Stack
    title: str
    group: str


def script(heading: Heading, named: Sequence[Named], *, facts: Sequence[CopyFacts], folder: str, words: Mapping[str, str]) -> str:
    """The file's text: a call of `radiary.exam`. `folder` leads from the page to the study's; `words` has windows in words."""
    stacks = [_stack(one, of, words) for one, of in zip(named, facts, strict=True)]
    data = {"code": heading.code, "date": heading.date, "title": heading.title, "folder": folder, "stacks": stacks}
    return f"radiary.exam({_json(data)});\n"


def line(heading: Heading, number: int, named: Named, *, facts: CopyFacts) -> str:
    """A line of a group's file: one stack that may be chosen."""
    data = {
        "code": heading.code,
        "stack": number,
        "date": heading.date,
        "title": named.title if heading.title in named.title else f"{heading.title} · {named.title}",
        "plane": facts.orientation.plane,
        "pictures": len(named.stack.pictures),
    }
    return f"radiary.choice({_json(data)});"


def _stack(named: Named, facts: CopyFacts, words: Mapping[str, str]) -> dict[str, Any]:
    stack = named.stack
    return {
        "title": named.title,
        "group": named.group,
        "clip": stack.is_clip,
        "ms": facts.frame_time if stack.is_clip else _VOLUME_MS,
        "letters": facts.orientation.letters,
        "plane": facts.orientation.plane,
        "positions": None if None in stack.positions else stack.positions,
        "pictures": [file.path for file in stack.pictures],
        "digests": [file.sha256[:_DIGITS] for file in stack.pictures],
        "blanked": [place for place, file in enumerate(stack.pictures) if file.path in stack.blanked],
        "windows": {words[name]: paths for name, paths in stack.windows.items()},
    }


def _json(data: Any) -> str:
    """As JavaScript: no text in it ends a line or a script."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c")
