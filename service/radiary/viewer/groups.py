"""Which stacks may be looked at side by side: of one person, kind and part of the body. Each group has a file, a line a stack."""

import re
from collections.abc import Iterable, Mapping

from radiary.library import layout
from radiary.viewer.stacks import Stack

_LINE = re.compile(r'radiary\.choice\(\{"code":"([a-z0-9]+)"')


def group(stack: Stack, patient: str) -> str:
    """The group's code, which names its file."""
    return layout.code(f"{patient}/{stack.series.modality}/{stack.series.body_part or ''}")


def with_lines(text: str, exam: str, lines: Iterable[str]) -> str:
    """A group's file with an exam's lines in place of those it had, in the order of dates; nothing when none is left."""
    kept = [one for one in text.splitlines() if _exam_of(one) != exam]
    every = sorted({*kept, *lines}, key=_order)
    return "".join(f"{one}\n" for one in every)


def groups_of(files: Mapping[str, str], exam: str) -> set[str]:
    """The groups in whose files an exam stands."""
    return {name for name, text in files.items() if f'"code":"{exam}"' in text}


def _exam_of(line: str) -> str:
    match = _LINE.match(line)
    return match[1] if match else ""


def _order(line: str) -> tuple[str, str]:
    date = re.search(r'"date":"([^"]*)"', line)
    return (date[1] if date else "", line)
