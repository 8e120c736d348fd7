"""Tables with their tests across and their days down."""

from datetime import date

import pytest

from papers import Paper
from radiary.documents import paper
from radiary.documents.reading import Reading

XS = (50, 130, 230, 310, 400)
NAMES = ("Datum", "Hemoglobine", "CRP", "INR", "25-OH vitamine D")
UNITS = ("", "g/dL", "mg/L", "", "ng/mL")
FIRST = ("05/03/2024", "13,4", "<0,5", "1,1", "31,5")
SECOND = ("12/01/2024", "13,1", "12,1 +", "", "volgt")


def read(*lines: tuple[str, ...]) -> Reading:
    made = Paper()
    made.letterhead("Geboren 23/11/1958   Arts: Proefmans", "05/03/2024   Staalname")
    for line in lines:
        made.line(*zip(XS, line, strict=False))
    count, pages = paper.pages(made.made(), (), lambda: None)
    return paper.reading(pages, count)


def told(reading: Reading) -> list[tuple[str, str, str, str, date | None, str]]:
    return [(one.name, f"{one.comparator}{one.number}", one.unit, one.range, one.day, one.flag) for one in reading.values]


def test_each_value_has_the_test_over_it_and_the_day_before_it() -> None:
    march, january = date(2024, 3, 5), date(2024, 1, 12)
    ranges = ("Referentie", "12,0 - 16,0", "<5,0", "", "")
    for lines in ((NAMES, UNITS, ranges, FIRST, SECOND), (NAMES, UNITS, FIRST, SECOND, ranges)):
        reading = read(*lines)
        assert told(reading) == [
            ("Hemoglobine", "13.4", "g/dL", "12,0 - 16,0", march, ""),
            ("CRP", "<0.5", "mg/L", "<5,0", march, ""),
            ("INR", "1.1", "", "", march, ""),
            ("25-OH vitamine D", "31.5", "ng/mL", "", march, ""),
            ("Hemoglobine", "13.1", "g/dL", "12,0 - 16,0", january, ""),
            ("CRP", "12.1", "mg/L", "<5,0", january, "H"),
        ]
        assert (reading.day, reading.kind) == (march, "blood-analysis")


def test_units_may_stand_in_the_heads_and_hours_behind_the_days() -> None:
    reading = read(("", "Hb (g/dL)", "CRP [mg/L]"), ("05/03/24 08:10", "13,4", "<0,5"), ("05/03/24 17:00", "12,9", "3,1"))
    assert [(one.name, str(one.number), one.unit, one.time) for one in reading.values] == [
        ("Hb (g/dL)", "13.4", "g/dL", "08:10"),
        ("CRP [mg/L]", "0.5", "mg/L", "08:10"),
        ("Hb (g/dL)", "12.9", "g/dL", "17:00"),
        ("CRP [mg/L]", "3.1", "mg/L", "17:00"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        (("Datum", "Bloeddruk (mmHg)", "Pols (/min)"), ("05/03/2024", "120", "72"), ("06/03/2024", "118", "70")),
        (("Datum", "Omschrijving", "Bedrag (EUR)"), ("05/03/2024", "24", "12,50"), ("06/03/2024", "18", "10,00")),
        (("Datum", "Ibuprofen (mg)", "Water (L)"), ("05/03/2024", "400", "2"), ("06/03/2024", "400", "1,5")),
        (NAMES, UNITS, FIRST),
    ],
)
def test_a_diary_a_bill_and_one_day_are_no_such_table(lines: tuple[tuple[str, ...], ...]) -> None:
    assert read(*lines).values == ()


def test_a_value_that_stands_under_no_test_is_not_read() -> None:
    reading = read((*NAMES[:2], "", *NAMES[3:]), (*UNITS[:2], "", *UNITS[3:]), FIRST, SECOND)
    assert [(one.name, str(one.number)) for one in reading.values] == [
        ("Hemoglobine", "13.4"),
        ("INR", "1.1"),
        ("25-OH vitamine D", "31.5"),
        ("Hemoglobine", "13.1"),
    ]
