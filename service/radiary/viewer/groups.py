"""Which stacks may be looked at side by side: of one person, kind and part of the body. Each group has a file, a line a stack."""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from radiary.library import layout
from radiary.viewer.stacks import Stack

_LINE = re.compile(r'radiary\.choice\(\{"code":"([a-z0-9]+)"')


def group(stack: Stack, patient: str) -> str:
    """The group's code, which names its file."""
    return layout.code(f"{patient}/{stack.series.modality}/{stack.series.body_part or ''}")


def with_lines(text: str, lines: Mapping[str, Iterable[str]]) -> str:
    """A group's file with the `lines` of exams, by code, in place of those they had, in the order of dates; nothing when none
    is left.

    All exams at once: a file of thousands that is put in order anew for each of them takes minutes.
    """
    kept = [one for one in text.splitlines() if _exam_of(one) not in lines]
    every = sorted({*kept, *chain.from_iterable(lines.values())}, key=_order)
    return "".join(f"{one}\n" for one in every)


def groups_of(files: Mapping[str, str], exams: Collection[str]) -> set[str]:
    """The groups in whose files one of the exams stands."""
    return {name for name, text in files.items() if any(_exam_of(line) in exams for line in text.splitlines())}


def _exam_of(line: str) -> str:
    match = _LINE.match(line)
    return match[1] if match else ""


def _order(line: str) -> tuple[str, str]:
    date = re.search(r'"date":"([^"]*)"', line)
    return (date[1] if date else "", line)
