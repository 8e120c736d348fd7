"""Lines of her file as every editor counts them: YAML's end at U+0085, U+2028 and U+2029, too, where an editor shows none."""

import re

_END = re.compile(r"\r\n|\r|\n")


def split(text: str) -> list[str]:
    """Its lines, without their ends."""
    lines = _END.split(text)
    return lines if lines[-1] else lines[:-1]


def ends(text: str) -> int:
    """How many lines end in it."""
    return sum(1 for _ in _END.finditer(text))


def number(text: str, line: int) -> int:
    """Which line, from 1, the one is in which a line of YAML begins, counted from 0."""
    return ends("".join(text.splitlines(keepends=True)[:line])) + 1


def changed(before: str, after: str, *, around: int = 0) -> tuple[str, str]:
    """The parts of two texts, in whole lines, outside which they are the same; with so many of the lines `around` them."""
    start = before.rfind("\n", 0, _alike(before, after)) + 1
    rest, grown = before[start:], after[start:]
    same = rest[len(rest) - _alike(rest[::-1], grown[::-1]) :]
    end = same.find("\n") + 1 or len(same)
    for _ in range(around):
        start = before.rfind("\n", 0, max(0, start - 1)) + 1
        end = same.find("\n", end) + 1 or len(same)
    return before[start : len(before) - len(same) + end], after[start : len(after) - len(same) + end]


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    known, most = 0, min(len(one), len(other))
    while known < most:
        half = (known + most + 1) // 2
        known, most = (half, most) if one[known:half] == other[known:half] else (known, half - 1)
    return known
