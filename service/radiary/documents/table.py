"""Rows under the head of a table → lines: what stands in which column. Nothing above the first head is read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from radiary.documents import columns, headless, heads, loose_rows, table_row, transposed, unknown_columns
from radiary.documents.columns import Column
from radiary.documents.line import Line
from radiary.documents.numbers import Sign
from radiary.documents.rows import Cell, Row

_SMALL = 0.86
"""Share of the height of a table's letters below which a line is a note."""


def lines(pages: Sequence[Sequence[Row]], sign: Sign) -> list[Line]:
    """The lines of all tables, page by page; side by side ones one after another."""
    read: list[Line] = []
    before: list[list[Column]] = []
    for number, rows in enumerate(pages):
        found = {at: head for at, row in enumerate(rows) if (head := heads.in_row(row, _near(rows, at)))}
        if not found and before:
            read += [replace(one, is_sure=False) for one in _under(before, rows, number, sign=sign)]
        elif not found:
            across = [_across(one, number) for one in transposed.entries(rows, sign)]
            read += across or [headless.line(row, number, sign) for row in loose_rows.parted(rows, sign)]
        for start, end in pairwise([*sorted(found), len(rows)]):
            before = found[start]
            read += _titled(before, rows[start], number)
            read += _under(before, rows[start + 1 : end], number, sign=sign)
    return read


def _across(entry: transposed.Entry, page: int) -> Line:
    """A value of a table whose tests stand across."""
    test, values = entry.test, ((entry.day, entry.cell.text),)
    return Line(Row((entry.cell,)), page, name=test.name, values=values, unit=test.unit, range=test.range)


def _titled(tables: list[list[Column]], head: Row, page: int) -> Iterator[Line]:
    """The heading that stands in a head where others have `test`."""
    starts = [column.x0 for table in tables for column in table if column.x0 != columns.NOWHERE]
    if tables[0][0].x0 == columns.NOWHERE and starts and head.cells[0].x1 < min(starts):
        yield Line(Row(head.cells[:1]), page, head.cells[0].text)


def _near(rows: Sequence[Row], at: int) -> list[Row]:
    return [*rows[max(0, at - 2) : at], *rows[at + 1 : at + 2]]


def _under(tables: list[list[Column]], rows: Sequence[Row], page: int, *, sign: Sign) -> Iterator[Line]:
    """The lines under the heads that stand side by side in one row."""
    borders = [max(table[0].x0, 0) - 0.5 * (rows[0].height if rows else 0) for table in tables[1:]]
    for place, known in enumerate(tables):
        low = borders[place - 1] if place else float("-inf")
        high = borders[place] if place < len(borders) else float("inf")
        parts = [part for row in rows if (part := _between(row, low, high)) is not None]
        table = unknown_columns.told(known, parts, sign)
        heights = [_name_height(part, table) for part in parts]
        usual = median(heights) if heights else 0
        for part, height in zip(parts, heights, strict=True):
            yield replace(table_row.line(part, table, page, sign=sign), is_note=height < _SMALL * usual)


def _name_height(row: Row, table: Sequence[Column]) -> float:
    return row.cells[0].words[0].height if table else 0


def _between(row: Row, low: float, high: float) -> Row | None:
    cells = tuple(
        Cell(kept) for cell in row.cells if (kept := tuple(word for word in cell.words if low <= (word.x0 + word.x1) / 2 < high))
    )
    return Row(cells) if cells else None
