"""What is the head of a table, and what only looks like one."""

from datetime import date

import pytest

from papers import Analysis, Paper
from radiary.documents import paper
from radiary.documents.reading import Reading


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
