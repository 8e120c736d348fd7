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
