"""Rows under the head of a table → lines: what stands in which column. Nothing above the first head is read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from statistics import median

from radiary.documents import columns, loose_rows, numbers, printed_value, transposed, units
from radiary.documents.columns import Column
from radiary.documents.numbers import Sign
from radiary.documents.page_words import Word
from radiary.documents.rows import Cell, Row

_PROSE = 5
"""Words from which on one cell over several columns is a sentence."""
_SMALL = 0.86
"""Share of the height of a table's letters below which a line is a note."""
_ROLES = ("name", "unit", "range", "flag", "low", "high")
_VALUES = ("value", "previous")
Sampled = tuple[date | None, str]
"""The day and the hour that stand over a value, where they do."""
_Placed = list[tuple[int, Cell]]
"""Cells by the number of the column they stand in."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its name, what stands under each head of values with its day and hour, unit, range and flag."""

    row: Row
    page: int
    name: str = ""
    values: tuple[tuple[Sampled, str], ...] = ()
    unit: str = ""
    range: str = ""
    is_sure: bool = True
    """Whether it stands under a head; without one only what has a known unit or a range counts."""
    is_note: bool = False
    others: tuple[str, ...] = ()
    """Further values with units of their own, such as a percentage before the number: the range is not theirs."""


def lines(pages: Sequence[Sequence[Row]], sign: Sign) -> list[Line]:
    """The lines of all tables, page by page; side by side ones one after another."""
    read: list[Line] = []
    before: list[list[Column]] = []
    for number, rows in enumerate(pages):
        heads = {at: head for at, row in enumerate(rows) if (head := columns.heads(row, _near(rows, at)))}
        if not heads and before:
            read += [replace(one, is_sure=False) for one in _under(before, rows, number, sign=sign)]
        elif not heads:
            across = [_across(one, number) for one in transposed.entries(rows, sign)]
            read += across or [_headless(row, number, sign) for row in loose_rows.parted(rows, sign)]
        for start, end in pairwise([*sorted(heads), len(rows)]):
            before = heads[start]
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
    for place, table in enumerate(tables):
        low = borders[place - 1] if place else float("-inf")
        high = borders[place] if place < len(borders) else float("inf")
        parts = [part for row in rows if (part := _between(row, low, high)) is not None]
        heights = [_name_height(part, table) for part in parts]
        usual = median(heights) if heights else 0
        for part, height in zip(parts, heights, strict=True):
            yield replace(_line(part, table, page, sign=sign), is_note=height < _SMALL * usual)


def _name_height(row: Row, table: Sequence[Column]) -> float:
    return row.cells[0].words[0].height if table else 0


def _between(row: Row, low: float, high: float) -> Row | None:
    cells = tuple(
        Cell(kept) for cell in row.cells if (kept := tuple(word for word in cell.words if low <= (word.x0 + word.x1) / 2 < high))
    )
    return Row(cells) if cells else None


def _line(row: Row, table: Sequence[Column], page: int, *, sign: Sign) -> Line:
    placed = _placed(row, table, sign)
    flags = [cell for number, cell in placed if number < 0]
    texts: dict[int, str] = {}
    others: list[str] = []
    for number, cell in placed:
        if number >= 0:
            before = texts.get(number, "")
            if table[number].role in _VALUES and _is_whole(before, sign) and _is_whole(cell.text, sign):
                others.append(before)
                before = ""
            texts[number] = f"{before} {cell.text}".strip()
    for flag in flags:
        beside = [(_gap(flag, cell), number) for number, cell in placed if number >= 0 and table[number].role in _VALUES]
        if beside:
            number = min(beside)[1]
            texts[number] = f"{flag.text} {texts[number]}"
        elif set(flag.text) == {"+"} and table[number := _nearest(flag, table)].role in _VALUES:
            texts[number] = flag.text
    by_role = {role: [texts[n] for n, column in enumerate(table) if column.role == role and n in texts] for role in _ROLES}
    shown = [(n, texts[n]) for n, column in enumerate(table) if column.role in _VALUES and n in texts]
    if by_role["flag"] and shown and (mark := printed_value.flag_of(by_role["flag"][0])):
        shown[0] = shown[0][0], f"{mark} {shown[0][1]}"
    told = tuple(
        ((table[n].day, table[n].time), f"{text}{_unit_behind(n, texts, table)}")
        for n, text in shown
        if table[n].role == "value" or table[n].day
    )
    bounds = " ".join(by_role["range"]) or _bounds(by_role["low"], by_role["high"])
    units_of_all = by_role["unit"] if sum(column.role == "unit" for column in table) < 2 else []
    return Line(
        row, page, name=" ".join(by_role["name"]), values=told, unit=" ".join(units_of_all), range=bounds, others=tuple(others)
    )


def _bounds(low: Sequence[str], high: Sequence[str]) -> str:
    """A range whose bounds stand in columns of their own; one alone with the word for its column."""
    if low and high:
        return f"{low[0]} - {high[0]}"
    alone = next(((word, one[0]) for word, one in (("min. ", low), ("max. ", high)) if one), ("", ""))
    return "".join(alone) if alone[1][:1].isdigit() else alone[1]


def _is_whole(text: str, sign: Sign) -> bool:
    """Whether a text is a number with its unit."""
    value = printed_value.parsed(text, sign)
    return value is not None and value.number is not None and bool(value.unit)


def _unit_behind(number: int, texts: Mapping[int, str], table: Sequence[Column]) -> str:
    """The unit of a column of values, where each has its own behind it."""
    own = number + 1
    if sum(column.role == "unit" for column in table) < 2 or own >= len(table) or table[own].role != "unit":
        return ""
    return f" {texts[own]}" if own in texts else ""


def _gap(cell: Cell, other: Cell) -> float:
    return max(cell.x0 - other.x1, other.x0 - cell.x1)


def _placed(row: Row, table: Sequence[Column], sign: Sign) -> _Placed:
    """Each cell with its column; a flag that stands under no head of a flag with -1."""
    names = next((n for n, column in enumerate(table) if column.role == "name"), None)
    start = min((column.x0 for column in table if column.x0 != columns.NOWHERE), default=0)
    placed: _Placed = []
    for cell in row.cells:
        if table[0].x0 == columns.NOWHERE and cell.x1 < start and not printed_value.FLAGS.fullmatch(cell.text):
            is_first = not any(number == 0 for number, _ in placed)
            is_value = not is_first and (table[1].x0 == columns.NOWHERE or _is_whole(cell.text, sign))
            placed.append((next((n for n, column in enumerate(table) if column.role == "value"), 0) if is_value else 0, cell))
            continue
        over = [n for n, column in enumerate(table) if _overlap(cell, column) > 0]
        is_flag = printed_value.FLAGS.fullmatch(cell.text) and not any(table[n].role == "flag" for n in over)
        if is_flag and names not in over:
            placed.append((-1, cell))
        elif len(over) < 2:
            placed.append((over[0] if over else _nearest(cell, table), cell))
        else:
            placed += _parted(cell, table, names, sign=sign)
    return placed


def _parted(cell: Cell, table: Sequence[Column], names: int | None, *, sign: Sign) -> _Placed:
    """A cell that stands under several heads, word by word; a long name or a sentence stays whole."""
    groups: list[tuple[int, list[Word]]] = []
    for word in cell.words:
        number = _nearest(Cell((word,)), table)
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


def _nearest(cell: Cell, table: Sequence[Column]) -> int:
    return max(range(len(table)), key=lambda n: _overlap(cell, table[n]))


def _headless(row: Row, page: int, sign: Sign) -> Line:
    """A row by the form of its cells: a name, a value, a unit, a range."""
    name, flags, unit, bounds = "", "", "", ""
    values: list[tuple[Sampled, str]] = []
    for cell in row.cells:
        text = cell.text
        value = printed_value.parsed(text, sign)
        if printed_value.FLAGS.fullmatch(text):
            flags = f"{flags} {text}".strip()
        elif not values and name and value is not None and value.number is not None:
            values.append(((None, ""), text))
        elif values and not unit and units.is_known(text):
            unit = text
        elif values and not bounds and numbers.range_of(text, sign) is not None:
            bounds = text
        elif not values and any(one.isalpha() for one in text):
            name = f"{name} {text}".strip()
    values = [(sampled, f"{flags} {text}".strip()) for sampled, text in values]
    return Line(row, page, name=name, values=tuple(values), unit=unit, range=bounds, is_sure=False)
