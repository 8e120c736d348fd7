"""Rows without the head of a table: which number is the value, and what stands beside it."""

import pytest

from papers import Paper
from radiary.documents import paper
from radiary.documents.reading import Value


def read(*rows: tuple[str, ...]) -> list[Value]:
    made = Paper()
    made.letterhead("Geboren 23/11/1958", "Staalname op: 05/03/2024")
    for row in rows:
        made.line(*zip((50, 200, 260, 330, 420), row, strict=False))
    count, pages = paper.pages(made.made(), (), lambda: None)
    return list(paper.reading(pages, count).values)


@pytest.mark.parametrize(
    "row",
    [
        ("Hemoglobine", "12,8", "13,4", "g/dL", "12,0 - 16,0"),
        ("CRP", "12,1", "<0,5", "mg/L", "<5,0"),
        ("CRP (mg/L)", "<0,5", "12,1", "<0,5"),
    ],
)
def test_a_row_with_a_former_value_before_the_unit_is_not_read(row: tuple[str, ...]) -> None:
    assert read(row) == []


@pytest.mark.parametrize("row", [("CRP", "<1", "<5", "mg/L"), ("CRP", "<1", "mg/L", "<5", "12,1"), ("CRP", "<1 mg/L", "<5")])
def test_one_bound_beside_a_value_is_its_range(row: tuple[str, ...]) -> None:
    assert [(one.comparator, str(one.number), str(one.high)) for one in read(row)] == [("<", "1", "5")]


def test_a_word_behind_a_value_may_be_its_flag() -> None:
    rows = [("Haemoglobin", "109", "g/L", "115 - 165", "Low"), ("MCV", "101", "fL", "80 - 100", "High")]
    assert [one.flag for one in read(*rows)] == ["L", "H"]
