"""Days in a row of their own, over the head of a table or in place of one: each value is of its own day."""

from datetime import date

import pytest

from papers import Paper
from radiary.documents import paper
from radiary.documents.reading import Reading

DAYS = ("02/09/23", "12/01/24", "05/03/24")
READ = [
    ("", "12.8", date(2023, 9, 2)),
    ("", "11.1", date(2024, 1, 12)),
    ("", "13.4", date(2024, 3, 5)),
    ("<", "0.5", date(2023, 9, 2)),
    ("", "12.1", date(2024, 1, 12)),
    ("<", "0.5", date(2024, 3, 5)),
]


def read(*lines: tuple[str, ...]) -> Reading:
    made = Paper()
    made.letterhead("Geboren 23/11/1958")
    for line in lines:
        made.line(*((x, text) for x, text in zip((50, 200, 270, 340, 420, 500), line, strict=False) if text))
    made.line(*zip((50, 200, 270, 340, 420), ("Hemoglobine (g/dL)", "12,8", "11,1", "13,4", "12,0 - 16,0"), strict=True))
    made.line(*zip((50, 200, 270, 340, 420), ("CRP (mg/L)", "<0,5", "12,1", "<0,5", "<5,0"), strict=True))
    count, pages = paper.pages(made.made(), (), lambda: None)
    return paper.reading(pages, count)


HEAD, HOURS = ("Test", "", "", "", "Referentie"), ("Uur", "08:10", "07:55", "09:00")


@pytest.mark.parametrize(
    "lines",
    [
        [("Datum afname", *DAYS), HEAD],
        [("", *DAYS), HEAD],
        [("Datum afname", *DAYS), HOURS, HEAD],
        [("Date de prélèvement :", *DAYS)],
        [("Entnahme:", *DAYS), HOURS],
        [("Collected", *(f"{day} 08:10" for day in DAYS))],
    ],
)
def test_each_value_is_of_the_day_over_it_and_the_paper_of_the_newest(lines: list[tuple[str, ...]]) -> None:
    reading = read(*lines)
    assert [(one.comparator, str(one.number), one.day) for one in reading.values] == READ
    assert reading.day == date(2024, 3, 5)


def test_days_of_something_else_head_no_values() -> None:
    assert not any(one.day for one in read(("Periode", *DAYS)).values)
