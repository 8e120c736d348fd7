"""The head of a table: which words stand over its columns, and where each column begins and ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from radiary.documents import dates, lexicon, rows_of_days, yearless
from radiary.documents.page_words import Word
from radiary.documents.rows import Row

_FILE = "columns.txt"
_SHARE = 0.6
"""Share of a row's words that have to be known for it to be a head."""
UNKNOWN = "unknown"
"""The role of a column whose head is no known word."""
NOWHERE = -1.0
"""Where a column begins and ends that has no head."""
_APART = 0.9
"""Share of a letter's height from which on a day is no part of the head before it."""
_DATED = ("value", "previous")
_NEAR = 2.2
"""Letters' heights within which a second line of a head stands over or under the first."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds, where its head stands, and the day and the hour of its values, where the head says them."""

    role: str
    x0: float
    x1: float
    day: date | None = None
    time: str = ""


def heads(row: Row, neighbours: Sequence[Row] = ()) -> list[list[Column]]:
    """The columns of each table whose head a row is, from left to right; nothing where it is none.

    `neighbours` are the rows just over and under it, in which days of its columns may stand.
    """
    phrases, known = _phrases(row.words)
    if label := rows_of_days.label(row):
        phrases, known = [Column("name", label.x0, label.x1), *phrases], known + _lettered(label.words)
    elif not any(column.role in _DATED for column in phrases):
        phrases = sorted([*phrases, *_days_over(row, neighbours)], key=lambda one: one.x0)
    roles = {column.role for column in phrases}
    is_head = len(roles) >= 2 and bool(roles & {"name", "unit", "range"}) and bool(roles & {"value", "unit", "range"})
    if not is_head or known < _SHARE * _lettered(row.words) or _is_label(row, roles):
        return []
    phrases = [_timed(_dated(_over_two_lines(column, row, neighbours), row, neighbours), row, neighbours) for column in phrases]
    tables: list[list[Column]] = []
    for column in sorted([*phrases, *_unknown(row, phrases)], key=lambda one: one.x0):
        if not tables or (column.role == "name" and any(one.role == "name" for one in tables[-1])):
            tables.append([])
        tables[-1].append(column)
    return [_with_names_and_values(table) for table in tables]


def _days_over(row: Row, neighbours: Sequence[Row]) -> list[Column]:
    """The columns of a row of days over a head that has no values."""
    over = (other for other in neighbours if other.middle < row.middle and rows_of_days.are_days(other))
    return [column for other in over for column in _phrases(other.words)[0] if column.day]


def _unknown(row: Row, known: Sequence[Column]) -> list[Column]:
    """The columns behind the first known one whose heads are no known words."""
    behind = (cell for cell in row.cells if cell.x0 > known[0].x0 and any(one.isalpha() for one in cell.text))
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


def _phrases(words: Sequence[Word]) -> tuple[list[Column], int]:
    """The heads of columns in a row, and how many of its words with letters they are made of."""
    columns: list[Column] = []
    at = known = 0
    while at < len(words):
        length, column = _phrase(words, at)
        if column and column.day and columns and _is_of(columns[-1], words[at - 1], words[at]):
            columns[-1] = replace(columns[-1], x1=column.x1, day=column.day)
        elif column and not (column.time and columns and _is_close(words[at - 1], words[at])):
            columns.append(column)
        if column:
            known += _lettered(words[at : at + length])
        at += length
    return columns, known


def _is_of(column: Column, last: Word, word: Word) -> bool:
    """Whether a day stands close behind the head of a column, such as `Vorwert 12.01.24`, and is that column's."""
    return column.role in _DATED and not column.day and column.x1 == last.x1 and _is_close(last, word)


def _is_close(last: Word, word: Word) -> bool:
    return word.x0 - last.x1 <= _APART * word.height


def _lettered(words: Sequence[Word]) -> int:
    """How many words have letters."""
    return sum(any(one.isalpha() for one in word.text) for word in words)


def _phrase(words: Sequence[Word], at: int) -> tuple[int, Column | None]:
    """How many words from one on are the head of a column, and the column; one word and None where there is none."""
    for length in range(min(lexicon.longest(_FILE), len(words) - at), 0, -1):
        part = words[at : at + length]
        text = " ".join(word.text for word in part)
        role = _role(text)
        if role:
            return length, Column(role, part[0].x0, part[-1].x1)
        if day := dates.day_of(text):
            return length, Column("value", part[0].x0, part[-1].x1, day)
        if yearless.is_day(text):
            return length, Column("previous", part[0].x0, part[-1].x1)
        if time := dates.time_of(text):
            return length, Column("previous", part[0].x0, part[-1].x1, time=time)
    return 1, None


def _over_two_lines(column: Column, row: Row, neighbours: Sequence[Row]) -> Column:
    """A column whose head goes over two lines, such as `Valeurs` over `de référence`."""
    own = " ".join(word.text for word in row.words if column.x0 <= word.x0 < column.x1)
    for other in neighbours:
        words = [cell.text for cell in other.cells if cell.x0 < column.x1 and cell.x1 > column.x0]
        if words and abs(other.middle - row.middle) < _NEAR * row.height:
            whole = f"{own} {words[0]}" if other.middle > row.middle else f"{words[0]} {own}"
            column = replace(column, role=_role(whole) or column.role)
    return column


def _role(text: str) -> str | None:
    known = lexicon.words(_FILE)
    plain = lexicon.folded(text)
    return known.get(plain) or known.get(plain.strip("()[]:*"))


def _dated(column: Column, row: Row, neighbours: Sequence[Row]) -> Column:
    """A column of values with the day that stands over or under its head."""
    if column.role not in _DATED or column.day:
        return column
    near = [one for other in neighbours if abs(other.middle - row.middle) < _NEAR * row.height for one in dates.in_rows([other])]
    days = [one.day for one in near if one.x0 < column.x1 and one.x1 > column.x0 and one.role in ("", "sample")]
    return replace(column, day=days[0]) if days else column


def _timed(column: Column, row: Row, neighbours: Sequence[Row]) -> Column:
    """A column of a day with the hour that stands behind the day, or alone under or over it."""
    if not column.day or column.time:
        return column
    behind = [word.text for word in row.words if 0 <= word.x0 - column.x1 <= _APART * row.height]
    near = [other for other in neighbours if abs(other.middle - row.middle) < _NEAR * row.height]
    alone = [cell.text for other in near for cell in other.cells if cell.x0 < column.x1 and cell.x1 > column.x0]
    return replace(column, time=next(filter(None, map(dates.time_of, (*behind, *alone))), ""))
