"""What is the head of a table, and what only looks like one."""

from datetime import date

import pytest

from papers import Analysis, Paper
from radiary.documents import paper
from radiary.documents.reading import Reading

SHOWN = ((50, "Kalium"), (180, "3,1"), (260, "4,2"), (340, "4,0"), (420, "mmol/L"))


def read(made: Paper) -> Reading:
    count, pages = paper.pages(made.made(), (), lambda: None)
    return paper.reading(pages, count)


@pytest.mark.parametrize("line", ["Quillemans Test   23/11/1958", "Test   DOB: 23/11/1958", "Onderzoek: 06/03/2024"])
def test_a_day_in_a_letterhead_is_no_day_of_values(line: str) -> None:
    made = Paper()
    made.letterhead("Staalname: 05/03/2024", line)
    made.tests([Analysis("Hemoglobine", "13,4", "g/dL", "12,0 - 16,0"), Analysis("CRP", "3,0", "mg/L", "< 5,0")])
    reading = read(made)
    assert reading.day == date(2024, 3, 5)
    assert [(one.name, one.day) for one in reading.values] == [("Hemoglobine", None), ("CRP", None)]


def test_columns_of_one_day_are_told_apart_by_their_hours() -> None:
    under, behind, over = Paper(), Paper(), Paper()
    for made in (under, behind, over):
        made.letterhead("Geboren: 23/11/1958", "08:15")
    under.line((50, "Analyse"), (180, "05/03/24"), (260, "05/03/24"), (340, "04/03/24"), (420, "Eenheid"))
    under.line((180, "06:10"), (260, "17:20"), (340, "7u55"))
    behind.line((50, "Analyse"), (180, "05/03/24 06:10"), (260, "05/03/24 17:20"), (340, "04/03/24 07:55"), (420, "Eenheid"))
    over.line((180, "05/03/24"), (260, "05/03/24"), (340, "04/03/24"))
    over.line((50, "Analyse"), (180, "06:10"), (260, "17:20"), (340, "07:55"), (420, "Eenheid"))
    for made in (under, behind, over):
        made.line(*SHOWN)
        assert [(str(one.number), one.day, one.time) for one in read(made).values] == [
            ("3.1", date(2024, 3, 5), "06:10"),
            ("4.2", date(2024, 3, 5), "17:20"),
            ("4.0", date(2024, 3, 4), "07:55"),
        ]


def test_a_value_below_the_hour_behind_a_day_is_of_that_day() -> None:
    made = Paper()
    made.letterhead("Geboren: 23/11/1958")
    made.line((50, "Analyse"), (180, "05/03/24 06:10"), (280, "04/03/24 07:55"), (420, "Eenheid"))
    made.line((50, "Kalium"), (226, "3,1"), (326, "4,2"), (420, "mmol/L"))
    assert [(str(one.number), one.time) for one in read(made).values] == [("3.1", "06:10"), ("4.2", "07:55")]


def test_a_day_close_behind_the_head_of_former_values_is_theirs() -> None:
    made = Paper()
    made.letterhead("Entnahme: 05.03.2024")
    made.line((50, "Untersuchung"), (200, "Ergebnis"), (260, "Einheit"), (330, "Referenzbereich"), (450, "Vorwert 12.01.24"))
    made.line((50, "Leukozyten"), (200, "11,2"), (260, "/nl"), (330, "4,0 - 10,0"), (455, "9,8"))
    assert [(str(one.number), one.day) for one in read(made).values] == [("11.2", None), ("9.8", date(2024, 1, 12))]


def test_columns_of_a_paper_whose_dates_are_month_first() -> None:
    made = Paper()
    made.letterhead("DOB: 11/23/1958", "Collected: 03/05/2024")
    made.line((50, "Test"), (200, "03/05/2024"), (300, "01/12/2024"), (400, "Units"))
    made.line((50, "Sodium"), (200, "131"), (300, "138"), (400, "mmol/L"))
    reading = read(made)
    assert reading.day == date(2024, 3, 5)
    assert [one.day for one in reading.values] == [date(2024, 3, 5), date(2024, 1, 12)]


@pytest.mark.parametrize("days", [("05/03", "12/01", "04/01"), ("05.03.", "12.01.", "04.01."), ("12/01", "05/03", "04/04")])
def test_of_days_without_a_year_that_of_the_sample_is_read_and_no_year_is_guessed(days: tuple[str, str, str]) -> None:
    made = Paper()
    made.letterhead("Staalname: 05/03/2024")
    made.line((50, "Analyse"), *zip((180, 260, 340), days, strict=True), (420, "Eenheid"))
    made.line(*SHOWN)
    told = {"05": "3.1", "12": "4.2"}[days[0][:2]]
    assert [(str(one.number), one.day) for one in read(made).values] == [(told, date(2024, 3, 5))]


@pytest.mark.parametrize(
    ("low", "high", "bounds"),
    [("3,5", "5,1", ("3.5", "5.1")), ("", "5,1", ("None", "5.1")), ("3,5", "", ("3.5", "None")), ("", "<5,1", ("None", "5.1"))],
)
def test_a_range_in_two_columns_may_have_one_bound(low: str, high: str, bounds: tuple[str, str]) -> None:
    made = Paper()
    made.letterhead("Staalname: 05/03/2024")
    made.line((50, "Bepaling"), (180, "Uitslag"), (260, "Eenheid"), (340, "Ondergrens"), (420, "Bovengrens"))
    made.line((50, "Kalium"), (180, "3,1"), (260, "mmol/L"), (340, low), (420, high))
    assert [(str(one.low), str(one.high)) for one in read(made).values] == [bounds]


@pytest.mark.parametrize(
    "heads", [("Binnen norm", "Buiten norm"), ("Dans les normes", "Hors normes"), ("In range", "Out of range")]
)
def test_values_within_and_outside_their_ranges_may_have_columns_of_their_own(heads: tuple[str, str]) -> None:
    made = Paper()
    made.letterhead("Staalname: 05/03/2024")
    made.line((50, "Test"), (200, heads[0]), (290, heads[1]), (380, "Unit"), (440, "Norm"))
    made.line((50, "Glucose"), (290, "131"), (380, "mg/dL"), (440, "70 - 100"))
    made.line((50, "Ureum"), (200, "31"), (380, "mg/dL"), (440, "13 - 43"))
    assert [(one.name, one.number, one.high) for one in read(made).values] == [("Glucose", 131, 100), ("Ureum", 31, 43)]


@pytest.mark.parametrize(
    "heads",
    [
        ("Naam bepaling", "Huidig", "Eenheid", "Grenswaarden"),
        ("Désignation de l'analyse", "Résultat du jour", "Unités", "Limites"),
        ("Laborwert", "Ihr Ergebnis", "Einheit", "Grenzwerte"),
        ("Test description", "Current value", "UOM", "Range"),
    ],
)
def test_a_column_of_today_beside_one_of_a_former_day_is_that_of_the_sample(heads: tuple[str, ...]) -> None:
    made = Paper()
    made.letterhead("Staalname: 05/03/2024")
    made.line(*zip((50, 200, 300, 370, 480), (*heads, "12/01/24"), strict=True))
    made.line((50, "Kalium"), (200, "3,1"), (300, "mmol/L"), (370, "3,5 - 5,1"), (480, "4,0"))
    assert [(str(one.number), one.day) for one in read(made).values] == [("3.1", None), ("4.0", date(2024, 1, 12))]
