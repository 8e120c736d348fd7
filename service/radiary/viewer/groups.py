"""Which stacks may be looked at side by side: of one person, kind and part of the body. Each group has a file, a line a stack."""

import bisect
import re
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from radiary.library import layout
from radiary.viewer.stacks import Stack

_LINE = re.compile(r'^radiary\.choice\(\{"code":"([a-z0-9]+)"', re.MULTILINE)


def group(stack: Stack, patient: str) -> str:
    """The group's code, which names its file."""
    return layout.code(f"{patient}/{stack.series.modality}/{stack.series.body_part or ''}")


def with_lines(text: str, lines: Mapping[str, Iterable[str]]) -> str:
    """A group's file with the `lines` of exams, by code, in place of those they had, in the order of dates; nothing when none
    is left.

    All exams at once: a file of thousands that is put in order anew for each of them takes minutes.
    """
    every = text.splitlines()
    if _is_in(lines, text):
        every = [one for one in every if _exam_of(one) not in lines]
    for line in chain.from_iterable(lines.values()):
        bisect.insort(every, line, key=_order)
    return "".join(f"{one}\n" for one in every)


def groups_of(files: Mapping[str, str], exams: Collection[str]) -> set[str]:
    """The groups in whose files one of the exams stands."""
    return {name for name, text in files.items() if _is_in(exams, text)}


def _is_in(exams: Collection[str], text: str) -> bool:
    return not {*exams}.isdisjoint(_LINE.findall(text))


def _exam_of(line: str) -> str:
    match = _LINE.match(line)
    return match[1] if match else ""


def _order(line: str) -> tuple[str, str]:
    date = re.search(r'"date":"([^"]*)"', line)
    return (date[1] if date else "", line)
