"""Columns whose days are printed without a year: that of the sample is of the sample's year, of the others none is known."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from radiary.documents import dates
from radiary.documents.page_words import Word
from radiary.documents.rows import Cell, Row

_DAY = re.compile(r"(\d{1,2})(?:/(\d{1,2})|\.(\d{1,2})\.)")
_FEWEST = 2
"""Days of a row from which on they stand over columns."""


def is_day(text: str) -> bool:
    """Whether a text is a day and a month, and nothing else."""
    return _day_and_month(text) is not None


def with_the_samples_year(pages: Sequence[Sequence[Row]]) -> Sequence[Sequence[Row]]:
    """The rows of a paper; those with several such days have the year behind that of the sample."""
    sample = dates.first((dated for page in pages[:3] for dated in dates.in_rows(page)), "sample")
    if sample is None:
        return pages
    return [[_dated(row, sample.day) if _is_of_days(row) else row for row in page] for page in pages]


def _is_of_days(row: Row) -> bool:
    return len({word.text for word in row.words if is_day(word.text)}) >= _FEWEST


def _dated(row: Row, day: date) -> Row:
    return Row(tuple(Cell(tuple(_with_year(word, day) for word in cell.words)) for cell in row.cells))


def _with_year(word: Word, day: date) -> Word:
    is_of_sample = _day_and_month(word.text) == (day.day, day.month)
    return replace(word, text=f"{day:%d/%m/%Y}") if is_of_sample else word


def _day_and_month(text: str) -> tuple[int, int] | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    day, month = int(match[1]), int(match[2] or match[3])
    return (day, month) if 1 <= day <= 31 and 1 <= month <= 12 else None
