"""Papers without a head of a table: a name and its value in one cell, and values below their names."""

from collections.abc import Callable

import pytest

from papers import NL, Analysis, Paper
from radiary.documents import paper, units
from radiary.documents.reading import Reading

TESTS = [
    Analysis("Hemoglobine", "13,4", "g/dL", "12,0 - 16,0"),
    Analysis("CA 125", "<0,5", "U/mL", "<35"),
    Analysis("25-OH vitamine D", "9", "ng/mL", "30 - 100", "-"),
]


def read(lines: list[str]) -> Reading:
    made = Paper()
    made.letterhead("Geboren 23/11/1958", "Staalname op: 05/03/2024")
    for line in lines:
        made.line((50, line))
    count, pages = paper.pages(made.made(), (), lambda: None)
    return paper.reading(pages, count)


def in_one_cell(form: str) -> Callable[[Analysis], list[str]]:
    return lambda one: [form.format(name=one.name, value=f"{one.flag} {one.value} {one.unit}".strip(), range=one.range)]


FORMS = [
    in_one_cell("{name}: {value} ({range})"),
    in_one_cell("{name} = {value} [N: {range}]"),
    in_one_cell("{name} : {value} (ref. {range})"),
    in_one_cell("{name} {value} {range}"),
    lambda one: [one.name, f"{one.flag} {one.value} {one.unit}".strip(), f"Referentie: {one.range}"],
    lambda one: [one.name, f"{one.flag} {one.value} {one.unit} ({one.range})".strip(), "Deze test zegt iets."],
]


@pytest.mark.parametrize("form", FORMS)
def test_a_value_is_read_in_the_cell_of_its_name_and_below_it(form: Callable[[Analysis], list[str]]) -> None:
    told = [
        (one.name, one.comparator, one.number, one.unit, one.low, one.high, one.flag)
        for one in read([line for test in TESTS for line in form(test)]).values
    ]
    assert told == [test.asked() for test in TESTS]


def test_headings_over_rows_of_one_cell_are_sections() -> None:
    form = FORMS[0]
    reading = read(["HEMATOLOGIE", *form(NL[0]), *form(NL[1]), "CHEMIE", *form(NL[4])])
    assert [one.section for one in reading.values] == ["HEMATOLOGIE", "HEMATOLOGIE", "CHEMIE"]
    assert units.same(reading.values[1].unit) == "10*9/L"


def test_a_row_in_which_two_numbers_may_be_the_value_is_not_read() -> None:
    rows = ["Leucocytes 13 120 /mm3 (4 000 - 10 000)", "CA 125 350 U/mL (<35)", "Natrium: 141 mmol/L", "Leukocyten: 13 120 /mm3"]
    assert [(one.name, int(one.number or 0)) for one in read(rows).values] == [("Natrium", 141), ("Leukocyten", 13120)]


@pytest.mark.parametrize(
    "lines",
    [
        ["LVEF: 55 %", "Gradiënt: 12 mmHg", "Hartslag: 72/min"],
        ["Kinderparacetamol: 120 mg/5 mL", "Amoxicilline: 250 mg/5 mL", "Ibuprofen 400 mg (3 per dag)"],
        ["Hemoglobine 11,9 g/dL en een CRP van", "12 mg/L bij opname, en daarna", "9 mg/L"],
        ["CRP: 12 mg/L"],
    ],
)
def test_what_is_measured_otherwise_and_amounts_are_no_values(lines: list[str]) -> None:
    assert read(lines).values == ()


@pytest.mark.parametrize("border", ["  ", "      ", ", ", "; "])
def test_several_values_in_a_row_are_read_each_with_its_name(border: str) -> None:
    rows = [("Na 140 mmol/L", "K 4,1 mmol/L", "Cl <102 mmol/L"), ("creatinine 0,81 mg/dL", "Ht 39 %")]
    values = read([f"Bloed: {border.join(row)}." for row in rows]).values
    assert [f"{one.name} {one.comparator}{one.number} {one.unit}".replace(".", ",") for one in values] == [
        text for row in rows for text in row
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ["Hb 13,1 g/dL, CRP 2 mg/L", "Kalium volgt, natrium 140 mmol/L"],
        ["Bij opname CRP 121 mg/L, Hb 11,9 g/dL en", "bij ontslag CRP 12 mg/L, Hb 12,1 g/dL en"],
        ["bloeddruk 120 mmHg, pols 72 /min", "lengte 161 cm, gewicht 61 kg"],
        ["Hb 13,1 g/dL, CRP 2 mg/L"],
        ["Hb 13,1 g/dL, CRP 2 mg/L, rest goed", "Kalium 4,1 mmol/L, natrium 140 mmol/L, geen koorts"],
        ["Hb 13,1 g/dL CRP 2 mg/L", "Kalium 4,1 mmol/L natrium 140 mmol/L"],
    ],
)
def test_a_row_that_says_more_than_values_is_a_line_of_a_letter(rows: list[str]) -> None:
    assert read(rows).values == ()


def test_an_antibiogram_in_rows_of_one_cell_is_read_as_none() -> None:
    rows = ["Kalium: 4,1 mmol/L (3,5 - 5,1)", "Antibiogramme", "Ampicilline: >32 mg/L (<8)", "Ciprofloxacine: <0,25 mg/L (<0,5)"]
    assert [one.name for one in read(rows).values] == ["Kalium"]
