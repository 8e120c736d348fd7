"""What its owner confirms of a paper → the fact that is kept: rows as they were read, or as she corrected them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from radiary.commands.held.papers import HeldPaper
from radiary.documents import numbers, printed_value
from radiary.documents.printed_value import Printed
from radiary.documents.reading import Reading, Value
from radiary.language import sentence
from radiary.model.errors import Unusable
from radiary.state.paper_facts import ConfirmedValue, PaperFact

_POINT: numbers.Sign = "."
"""What stands before the decimals where she types a number; a lone comma before one or two digits is understood, too."""
_LONGEST = 200
"""Letters of a cell."""
_TEXT = Field(default=None, max_length=_LONGEST, repr=False)


class ConfirmedRow(BaseModel):
    """A row of a reading, from 1, with the cells that she corrected; a cell that is None is as it was read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    row: int
    name: str | None = _TEXT
    section: str | None = _TEXT
    value: str | None = _TEXT
    unit: str | None = _TEXT
    range: str | None = _TEXT
    flag: str | None = Field(default=None, pattern="^(H|HH|L|LL|)$")
    day: date | None = Field(default=None, repr=False)


def confirmed(paper: HeldPaper, reading: Reading, said: PaperFact | None, *, rows: Sequence[ConfirmedRow]) -> PaperFact:
    """The fact that these rows of a paper are so. Raises Unusable for a row that is not there, or that says no value."""
    day = said.day if said and said.day else reading.day
    known = dict(enumerate(reading.values, 1))
    if missing := [row.row for row in rows if row.row not in known]:
        raise Unusable(sentence("There is no row %(number)s; `radiary papers show` numbers them.", number=missing[0]))
    return PaperFact(
        does="confirmed",
        paper=paper.uid,
        person=paper.study.patient,
        kind=paper.kind,
        day=day,
        laboratory=reading.laboratory,
        number=reading.number,
        status=reading.status,
        issued=reading.issued,
        values=tuple(_kept(corrected(known[row.row], row), row.row, day, reading=reading) for row in rows),
    )


def as_read(reading: Reading) -> list[ConfirmedRow]:
    """All rows of a reading, as they are."""
    return [ConfirmedRow(row=number) for number in range(1, len(reading.values) + 1)]


def corrected(value: Value, row: ConfirmedRow) -> Value:
    """A value with her corrections. Raises Unusable where no name or no value is left."""
    name, section, unit = _cell(row.name, value.name), _cell(row.section, value.section), _cell(row.unit, value.unit)
    value = replace(value, name=name, section=section, unit=unit)
    if not value.name:
        raise Unusable(sentence("Row %(number)s has no name.", number=row.row))
    if row.value is not None:
        value = _with_value(value, _printed(row.value, row.row), has_unit=row.unit is not None)
    if row.range is not None:
        text = " ".join(row.range.split())
        bounds = numbers.range_of(text, _POINT)
        sides = (bounds.low, bounds.high) if bounds and not bounds.rest else (None, None)
        value = replace(value, range=text, low=sides[0], high=sides[1])
    time = value.time if row.day in (None, value.day) else ""
    return replace(value, flag=value.flag if row.flag is None else row.flag, day=row.day or value.day, time=time)


def _cell(said: str | None, read: str) -> str:
    return read if said is None else " ".join(said.split())


def _printed(text: str, row: int) -> Printed:
    printed = printed_value.parsed(text, _POINT)
    if printed is None:
        raise Unusable(sentence("Row %(number)s has no value.", number=row))
    return printed


def _with_value(value: Value, printed: Printed, *, has_unit: bool) -> Value:
    unit = printed.unit if printed.unit and not has_unit else value.unit
    return replace(value, number=printed.number, comparator=printed.comparator, word=printed.word, unit=unit)


def _kept(value: Value, row: int, day: date | None, *, reading: Reading) -> ConfirmedValue:
    return ConfirmedValue(
        name=value.name,
        section=value.section,
        number=value.number,
        comparator=value.comparator,
        word=value.word,
        unit=value.unit,
        low=value.low,
        high=value.high,
        range=value.range,
        flag=value.flag,
        day=value.day or day,
        time=value.time or (reading.time if value.day in (None, reading.day) else ""),
        row=row,
        page=value.page,
        box=value.box,
    )
