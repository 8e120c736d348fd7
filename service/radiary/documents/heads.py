"""Which rows are the heads of tables, and the columns under them."""

from collections.abc import Sequence
from dataclasses import replace

from radiary.documents import columns, dates, rows_of_days
from radiary.documents.columns import APART, DATED, NOWHERE, UNKNOWN, Column
from radiary.documents.rows import Row

_SHARE = 0.6
"""Share of a row's words that have to be known for it to be a head; days in cells of their own are."""
_NEAR = 2.2
"""Letters' heights within which a second line of a head stands over or under the first."""


def in_row(row: Row, neighbours: Sequence[Row] = ()) -> list[list[Column]]:
    """The columns of each table whose head a row is, from left to right; nothing where it is none.

    `neighbours` are the rows just over and under it, in which days of its columns may stand.
    """
    found, known = columns.phrases(row.words)
    label = rows_of_days.label(row)
    if label:
        found, known = [Column("name", label.x0, label.x1), *found], known + columns.lettered(label.words)
    elif not any(column.role in DATED for column in found):
        found = sorted([*found, *_days_over(row, neighbours)], key=lambda one: one.x0)
    roles = {column.role for column in found}
    is_head = len(roles) >= 2 and bool(roles & {"name", "unit", "range"}) and bool(roles & {"value", "unit", "range"})
    days = rows_of_days.alone(row)
    if not is_head or known + days < _SHARE * (columns.lettered(row.words) + days) or (not label and _is_label(row, roles)):
        return []
    found = [_timed(_dated(_over_two_lines(column, row, neighbours), row, neighbours), row, neighbours) for column in found]
    tables: list[list[Column]] = []
    for column in sorted([*found, *_unknown(row, found)], key=lambda one: one.x0):
        if not tables or (column.role == "name" and any(one.role == "name" for one in tables[-1])):
            tables.append([])
        tables[-1].append(column)
    return [_with_names_and_values(table) for table in tables]


def _days_over(row: Row, neighbours: Sequence[Row]) -> list[Column]:
    """The columns of a row of days over a head that has no values."""
    over = (other for other in neighbours if other.middle < row.middle and rows_of_days.are_days(other))
    return [column for other in over for column in columns.phrases(other.words)[0] if column.day]


def _unknown(row: Row, known: Sequence[Column]) -> list[Column]:
    """The columns whose heads are no known words; before the first known one only where names stand elsewhere."""
    first = known[0].x0 if not any(column.role == "name" for column in known) else 0
    behind = (cell for cell in row.cells if cell.x0 > first and any(one.isalpha() for one in cell.text))
    return [
        Column(UNKNOWN, cell.x0, cell.x1)
        for cell in behind
        if not any(column.x0 < cell.x1 and column.x1 > cell.x0 for column in known)
    ]


def _is_label(row: Row, roles: set[str]) -> bool:
    """Whether a row says a day of something, such as `Test: 05/03/2024`, and is no head of days."""
    return roles <= {"name", "value"} and any(
        one.role not in ("", "sample") or row.words[0].text.endswith(":") for one in dates.in_rows([row])
    )


def _with_names_and_values(table: list[Column]) -> list[Column]:
    """A table with a column of names and one of values, which have no heads in some papers: they stand before the others."""
    roles = {column.role for column in table}
    if "name" not in roles and table[0].role == "other":
        return [replace(table[0], role="name"), *table[1:]]
    before = [Column(role, NOWHERE, NOWHERE) for role in ("name", "value") if role not in roles and "name" not in roles]
    return [*before, *table]


def _over_two_lines(column: Column, row: Row, neighbours: Sequence[Row]) -> Column:
    """A column whose head goes over two lines, such as `Valeurs` over `de référence`."""
    own = " ".join(word.text for word in row.words if column.x0 <= word.x0 < column.x1)
    for other in neighbours:
        words = [cell.text for cell in other.cells if cell.x0 < column.x1 and cell.x1 > column.x0]
        if words and abs(other.middle - row.middle) < _NEAR * row.height:
            whole = f"{own} {words[0]}" if other.middle > row.middle else f"{words[0]} {own}"
            column = replace(column, role=columns.role(whole) or column.role)
    return column


def _dated(column: Column, row: Row, neighbours: Sequence[Row]) -> Column:
    """A column of values with the day that stands over or under its head."""
    if column.role not in DATED or column.day:
        return column
    near = [one for other in neighbours if abs(other.middle - row.middle) < _NEAR * row.height for one in dates.in_rows([other])]
    days = [one.day for one in near if one.x0 < column.x1 and one.x1 > column.x0 and one.role in ("", "sample")]
    return replace(column, day=days[0]) if days else column


def _timed(column: Column, row: Row, neighbours: Sequence[Row]) -> Column:
    """A column of a day with the hour that stands behind the day, or alone under or over it."""
    if not column.day or column.time:
        return column
    behind = [word.text for word in row.words if 0 <= word.x0 - column.x1 <= APART * row.height]
    near = [other for other in neighbours if abs(other.middle - row.middle) < _NEAR * row.height]
    alone = [cell.text for other in near for cell in other.cells if cell.x0 < column.x1 and cell.x1 > column.x0]
    return replace(column, time=next(filter(None, map(dates.time_of, (*behind, *alone))), ""))
