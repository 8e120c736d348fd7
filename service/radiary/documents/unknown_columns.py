"""Columns whose heads are no known words: what stands in them says what they hold, or they hold nothing that is read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from radiary.documents import numbers, printed_value, units
from radiary.documents.columns import UNKNOWN, Column
from radiary.documents.numbers import Sign
from radiary.documents.rows import Row


def told(table: Sequence[Column], rows: Sequence[Row], sign: Sign) -> list[Column]:
    """A table; columns with an unknown head or none have the role of what stands in all their cells, if no other has it."""
    known = [*table, *_behind(table, rows)]
    for at, column in enumerate(known):
        if column.role == UNKNOWN and (texts := _texts(at, known, rows)):
            missing = (role for role, is_one in _ROLES.items() if not _has(known, role) and is_one(texts, sign))
            known[at] = replace(column, role=next(missing, UNKNOWN))
    return [*known[: len(table)], *(one for one in known[len(table) :] if one.role != UNKNOWN)]


def _behind(table: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
    """The columns behind the last head, of cells that stand over one another."""
    end = max(column.x1 for column in table)
    found: list[Column] = []
    for cell in sorted((cell for row in rows for cell in row.cells if cell.x0 > end), key=lambda one: one.x0):
        if found and cell.x0 < found[-1].x1:
            found[-1] = replace(found[-1], x1=max(found[-1].x1, cell.x1))
        else:
            found.append(Column(UNKNOWN, cell.x0, cell.x1))
    return found


def _texts(at: int, table: Sequence[Column], rows: Sequence[Row]) -> list[str]:
    """What stands under one head and under no other."""
    cells = [cell for row in rows for cell in row.cells]
    return [cell.text for cell in cells if [n for n, one in enumerate(table) if cell.x0 < one.x1 and cell.x1 > one.x0] == [at]]


def _has(table: Iterable[Column], role: str) -> bool:
    others = {"range": ("range", "low", "high"), "value": ("value", "previous")}.get(role, (role,))
    return any(column.role in others for column in table)


def _are_ranges(texts: Sequence[str], sign: Sign) -> bool:
    """Whether texts are ranges, one of them of two bounds: `<0,5` alone may be a value."""
    bounds = [numbers.range_of(text, sign) for text in texts]
    return all(bounds) and any(one and one.low is not None and one.high is not None for one in bounds)


def _are_numbers(texts: Sequence[str], sign: Sign) -> bool:
    read = [printed_value.parsed(text, sign) for text in texts]
    return all(one is not None and one.number is not None for one in read)


def _are_units(texts: Sequence[str], _: Sign) -> bool:
    return all(map(units.is_known, texts))


_ROLES: dict[str, Callable[[Sequence[str], Sign], bool]] = {"value": _are_numbers, "range": _are_ranges, "unit": _are_units}
