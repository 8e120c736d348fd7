"""What is kept of a paper: rows as they were read, or as their owner corrected them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from radiary.commands.held.confirmed_papers import ConfirmedRow, as_read, confirmed
from radiary.commands.held.papers import HeldPaper
from radiary.documents.reading import Reading, Value
from radiary.model.errors import Unusable
from radiary.model.events import FiledStudy

DAY = date(2024, 3, 5)
STUDY = FiledStudy(
    uid="2.25.1", folder="x/DOC-a", date="2024-03-05", patient="P-A", modality="DOC", held=True, series=(), added=1
)
PAPER = HeldPaper(STUDY, "2.25.2", Path("paper.pdf"), "blood-analysis")
CRP = Value(name="CRP", number=Decimal("0.5"), comparator="<", unit="mg/L", high=Decimal(5), range="<5,0")
OLD = Value(name="CRP", number=Decimal(12), unit="mg/L", day=date(2023, 9, 2))
READING = Reading(kind="blood-analysis", day=DAY, time="08:10", values=(CRP, OLD), pages=1)


def test_rows_as_they_were_read_keep_their_day_and_the_hour_of_this_sample_alone() -> None:
    fact = confirmed(PAPER, READING, None, rows=as_read(READING))
    assert [(one.row, one.day, one.time) for one in fact.values] == [(1, DAY, "08:10"), (2, date(2023, 9, 2), "")]
    assert (fact.paper, fact.person, fact.values[0].comparator) == ("2.25.2", "P-A", "<")


def test_a_row_keeps_the_hour_of_its_column_until_she_says_another_day() -> None:
    reading = Reading(kind="blood-analysis", day=DAY, time="08:10", values=(replace(CRP, day=DAY, time="17:20"),), pages=1)
    said = [as_read(reading)[0], ConfirmedRow(row=1, day=DAY), ConfirmedRow(row=1, day=date(2024, 3, 4))]
    assert [confirmed(PAPER, reading, None, rows=[row]).values[0].time for row in said] == ["17:20", "17:20", ""]


@pytest.mark.parametrize(
    ("typed", "comparator", "number", "word", "unit"),
    [
        ("7,5", "", Decimal("7.5"), "", "mg/L"),
        (" > 1.250 ", ">", Decimal("1.250"), "", "mg/L"),
        ("3.1 g/L", "", Decimal("3.1"), "", "g/L"),
        ("negatief", "", None, "negatief", "mg/L"),
    ],
)
def test_a_value_is_what_she_typed(typed: str, comparator: str, number: Decimal | None, word: str, unit: str) -> None:
    (value,) = confirmed(PAPER, READING, None, rows=[ConfirmedRow(row=1, value=typed)]).values
    assert (value.comparator, value.number, value.word, value.unit) == (comparator, number, word, unit)
    assert (value.name, value.range, value.high) == ("CRP", "<5,0", Decimal(5))


def test_every_other_cell_is_what_she_typed() -> None:
    row = ConfirmedRow(
        row=1, name="C-reactive  protein", section="Serum", unit="g/L", range="1 - 2,5", flag="H", day=date(2024, 3, 4)
    )
    (value,) = confirmed(PAPER, READING, None, rows=[row]).values
    assert (value.name, value.section, value.unit, value.flag) == ("C-reactive protein", "Serum", "g/L", "H")
    assert (value.range, value.low, value.high, value.day) == ("1 - 2,5", Decimal(1), Decimal("2.5"), date(2024, 3, 4))
    (cleared,) = confirmed(PAPER, READING, None, rows=[ConfirmedRow(row=1, range="see below")]).values
    assert (cleared.range, cleared.low, cleared.high) == ("see below", None, None)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [(ConfirmedRow(row=3), "no row 3"), (ConfirmedRow(row=1, value=" "), "no value"), (ConfirmedRow(row=1, name=" "), "no name")],
)
def test_what_is_no_value_is_refused_in_a_sentence(row: ConfirmedRow, sentence: str) -> None:
    with pytest.raises(Unusable, match=sentence):
        confirmed(PAPER, READING, None, rows=[row])
