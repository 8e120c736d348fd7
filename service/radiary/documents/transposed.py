"""Tables whose tests stand across and whose days stand down: a row of names, units in it or under it, rows of values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from radiary.documents import dates, lexicon, numbers, units
from radiary.documents.numbers import Sign
from radiary.documents.rows import Cell, Row

_FEWEST = 2
"""Days, and tests with a unit, from which on rows are such a table."""
_FURTHEST = 4
"""Rows from the names to the first day at most."""
_BRACKETS = "()[] ,"


@dataclass(frozen=True, slots=True)
class Test:
    """What stands over a column."""

    head: Cell
    unit: str
    range: str

    @property
    def name(self) -> str:
        """The name as it is printed."""
        return self.head.text


@dataclass(frozen=True, slots=True)
class Entry:
    """A value, and what it is of."""

    test: Test
    day: tuple[date, str]
    cell: Cell


def entries(rows: Sequence[Row], sign: Sign) -> list[Entry]:
    """All that such tables say, row by row; nothing where there is none."""
    return [entry for top, row in enumerate(rows) if _is_of_names(row) for entry in _under(rows[top:], sign)]


def _under(rows: Sequence[Row], sign: Sign) -> list[Entry]:
    """What stands under a row of names: rows of units and ranges, then days one after another."""
    first = next((at for at in range(1, min(len(rows), _FURTHEST + 1)) if _day(rows[at])), 0)
    if not first or any(map(_is_of_names, rows[1:first])):
        return []
    days = [*takewhile(lambda row: _day(row) is not None, rows[first:])]
    behind = rows[first + len(days) : first + len(days) + 1]
    tests = _tests(rows[0], [*rows[1:first], *behind], days[0].cells[0].x1, sign)
    if len(days) < _FEWEST or not _are_of_a_laboratory([test.unit for test in tests]):
        return []
    heads = [test.head for test in tests]
    told = [(day, at, cell) for row in days if (day := _day(row)) for at, cell in _placed(Row(row.cells[1:]), heads)]
    return [Entry(tests[at], day, cell) for day, at, cell in told]


def _are_of_a_laboratory(printed: Sequence[str]) -> bool:
    """Whether two tests have units, and one that of something in a liquid, as in no diary of blood pressure."""
    return sum(map(units.is_measured, printed)) >= _FEWEST and any(map(units.is_of_a_volume, printed))


def _day(row: Row) -> tuple[date, str] | None:
    """The day and the hour that a row's first cell is, with others behind it."""
    words = row.cells[0].words
    day = dates.day_of(words[0].text)
    time = dates.time_of(words[1].text) if len(words) == 2 else ""
    return (day, time) if day and len(row.cells) > 1 and (len(words) == 1 or time) else None


def _tests(names: Row, around: Sequence[Row], edge: float, sign: Sign) -> list[Test]:
    """The tests that stand behind the days' edge, with unit and range from their heads or from the rows around the days."""
    heads = [cell for cell in names.cells if cell.x0 > edge]
    under = [{at: cell.text for at, cell in _placed(row, heads)} for row in around]
    return [Test(head, _unit(head, at, under), _range(at, under, sign)) for at, head in enumerate(heads)]


def _is_of_names(row: Row) -> bool:
    """Whether two cells of a row are words, and none of them units or days alone."""
    worded = [cell.text for cell in row.cells if any(one.isalpha() for one in cell.text)]
    named = [text for text in worded if not units.is_known(text.strip(_BRACKETS))]
    is_of_ranges = lexicon.words("columns.txt").get(lexicon.folded(row.cells[0].text).strip(" :")) == "range"
    return len(named) >= _FEWEST and not is_of_ranges and not dates.are_in([row.text])


def _unit(head: Cell, at: int, under: Sequence[Mapping[int, str]]) -> str:
    printed = [*(one.get(at, "") for one in under), *(head.text.rpartition(mark)[2] for mark in "([," if mark in head.text)]
    return next((unit for text in printed if units.is_known(unit := text.strip(_BRACKETS))), "")


def _range(at: int, under: Sequence[Mapping[int, str]], sign: Sign) -> str:
    printed = (one.get(at, "") for one in under)
    return next((text for text in printed if (found := numbers.range_of(text, sign)) and not found.rest), "")


def _placed(row: Row, heads: Sequence[Cell]) -> Iterator[tuple[int, Cell]]:
    """Each cell with the head over it; none that stands under two or under none."""
    for cell in row.cells:
        over = [at for at, head in enumerate(heads) if min(cell.x1, head.x1) > max(cell.x0, head.x0)]
        if len(over) == 1:
            yield over[0], cell
