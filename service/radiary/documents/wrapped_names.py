"""Names that go over two lines, put together; and the name of a value that is said again in another unit."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from radiary.documents import lexicon
from radiary.documents.line import Line

_CLOSE = 1.75
"""Letters' heights from one line of a name to the next."""
_SMALL = 0.2
"""Share of names that begin in small letters from which on such a name is no second half of another."""


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    """The lines with names that go over two put together."""
    whole: list[Line] = []
    named = [line.name for line in lines if line.name and line.values]
    is_small = sum(_begins_small(name) for name in named) > _SMALL * len(named)
    for line in lines:
        before = whole[-1] if whole else None
        if before is not None and _goes_on(before, line, is_small=is_small):
            name = f"{before.name}{'' if before.name.endswith('-') else ' '}{line.name}"
            kept = before if before.values else line
            whole[-1] = replace(kept, name=name, row=kept.row, unit=before.unit or line.unit, range=before.range or line.range)
        else:
            whole.append(line)
    return whole


def in_other_units(lines: Iterable[Line]) -> list[Line]:
    """The lines; one that says a value again in another unit, behind `soit` or the like, with the name of the one before."""
    named: list[Line] = []
    for line in lines:
        is_same = named and named[-1].values and line.values and lexicon.role_of("no_names.txt", line.name) == "same"
        named.append(replace(line, name=named[-1].name) if is_same else line)
    return named


def _goes_on(before: Line, line: Line, *, is_small: bool) -> bool:
    """Whether a line is the second half of the name before it."""
    height = max(line.row.height, before.row.height)
    is_close = before.page == line.page and 0 < line.row.middle - before.row.middle < _CLOSE * height
    if not is_close or not before.name or (before.values and line.values) or before.is_sure != line.is_sure:
        return False
    if not line.name:
        return bool(line.values) and _is_open(before.name)
    if line.unmarked_name.isupper() and not before.values:
        return False
    if before.values:  # the value stands beside the first half
        return (
            not (line.unit or line.range)
            and (_is_open(before.name) or line.name[0] == "(" or (_begins_small(line.name) and not is_small))
            and (len(line.row.cells) == 1)
        )
    is_half = _begins_small(line.name) and not is_small and not before.name.isupper()
    return bool(line.values) and (_is_open(before.name) or is_half or line.name[0] == "(")


def _begins_small(name: str) -> bool:
    """Whether a name begins with a word in small letters, such as `berekend`; not with one such as pH or eGFR."""
    return name.split(maxsplit=1)[0].islower()


def _is_open(name: str) -> bool:
    return name.count("(") > name.count(")") or name.endswith(("-", ",", "/"))
