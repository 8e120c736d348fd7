"""Rows that say nothing but the days of columns, over the head of a table or in place of one."""

from radiary.documents import dates
from radiary.documents.rows import Cell, Row

_FEWEST = 2
"""Days from which on they stand over columns."""


def label(row: Row) -> Cell | None:
    """What stands before the days of samples, such as `Datum afname`, where a row says nothing else."""
    return row.cells[0] if are_days(row) and not _is_day(row.cells[0]) else None


def are_days(row: Row) -> bool:
    """Whether a row says several days, with the word for samples before them at most."""
    days = [_is_day(cell) for cell in row.cells]
    is_labelled = not days[0] and dates.role_of(row.cells[0].text) == "sample"
    return all(days[is_labelled:]) and sum(days) >= _FEWEST


def alone(row: Row) -> int:
    """How many of a row's cells are days."""
    return sum(map(_is_day, row.cells))


def _is_day(cell: Cell) -> bool:
    """Whether a cell is a day, with its hour or without."""
    day, _, hour = cell.text.rpartition(" ")
    return dates.day_of(cell.text) is not None or (dates.day_of(day) is not None and bool(dates.time_of(hour)))
