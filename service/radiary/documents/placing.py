"""The cells of a row under the columns of a table's head."""

from collections.abc import Iterable, Sequence

from radiary.documents import columns, printed_value, units
from radiary.documents.columns import Column
from radiary.documents.numbers import Sign
from radiary.documents.page_words import Word
from radiary.documents.rows import Cell, Row

_PROSE = 5
"""Words from which on one cell over several columns is a sentence."""
VALUES = ("value", "previous")
Placed = list[tuple[int, Cell]]
"""Cells by the number of the column they stand in."""


def gap(cell: Cell, other: Cell) -> float:
    """How far apart two cells of a row are, in points."""
    return max(cell.x0 - other.x1, other.x0 - cell.x1)


def placed(row: Row, table: Sequence[Column], sign: Sign) -> Placed:
    """Each cell with its column; a flag that stands under no head of a flag with -1."""
    names = next((n for n, column in enumerate(table) if column.role == "name"), None)
    start = min((column.x0 for column in table if column.x0 != columns.NOWHERE), default=0)
    found: Placed = []
    for cell in row.cells:
        if table[0].x0 == columns.NOWHERE and cell.x1 < start and not printed_value.FLAGS.fullmatch(cell.text):
            is_first = not any(number == 0 for number, _ in found)
            is_value = not is_first and (table[1].x0 == columns.NOWHERE or printed_value.is_whole(cell.text, sign))
            found.append((next((n for n, column in enumerate(table) if column.role == "value"), 0) if is_value else 0, cell))
            continue
        over = [n for n, column in enumerate(table) if _overlap(cell, column) > 0]
        is_flag = printed_value.FLAGS.fullmatch(cell.text) and not any(table[n].role == "flag" for n in over)
        if is_flag and names not in over:
            found.append((-1, cell))
        elif len(over) < 2:
            found.append((over[0] if over else nearest(cell, table), cell))
        else:
            found += _parted(cell, table, names, sign=sign)
    return found


def _parted(cell: Cell, table: Sequence[Column], names: int | None, *, sign: Sign) -> Placed:
    """A cell that stands under several heads, word by word; a long name or a sentence stays whole."""
    groups: list[tuple[int, list[Word]]] = []
    for word in cell.words:
        number = nearest(Cell((word,)), table)
        if groups and groups[-1][0] == number:
            groups[-1][1].append(word)
        else:
            groups.append((number, [word]))
    first = groups[0][0]
    if first == names and len(groups) > 1:
        value = printed_value.parsed(" ".join(word.text for word in groups[1][1]), sign)
        if len(groups[0][1]) >= _PROSE or value is None or value.number is None:
            return [(first, cell)]
    elif len(cell.words) >= _PROSE and not _is_short(groups):
        return [(first, cell)]
    return [(number, Cell(tuple(words))) for number, words in groups]


def _is_short(groups: Iterable[tuple[int, list[Word]]]) -> bool:
    return all(any(one.isdigit() for one in word.text) or units.is_known(word.text) for _, words in groups for word in words[:1])


def _overlap(cell: Cell, column: Column) -> float:
    """How far a cell stands under a column's head, in points; negative is how far it is from it."""
    return min(cell.x1, column.x1) - max(cell.x0, column.x0) if column.x0 != columns.NOWHERE else float("-inf")


def nearest(cell: Cell, table: Sequence[Column]) -> int:
    """The number of the column under whose head a cell stands, or nearest to it."""
    return max(range(len(table)), key=lambda n: _overlap(cell, table[n]))
