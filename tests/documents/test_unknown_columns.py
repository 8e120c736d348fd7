"""Columns with heads that are no known words: what stands in them is told by itself, and never mixed with what is beside it."""

from decimal import Decimal

from papers import Paper
from radiary.documents import paper
from radiary.documents.reading import Value

PLACES = (50, 200, 280, 360, 470)
SHOWN = (("Kalium", "3,1", "mmol/L", "3,5 - 5,1"), ("CRP", "<0,5", "mg/L", "<5,0"))
READ = [("Kalium", "", Decimal("3.1"), "mmol/L", Decimal("5.1")), ("CRP", "<", Decimal("0.5"), "mg/L", Decimal("5.0"))]


def read(heads: tuple[str, ...], *rows: tuple[str, ...]) -> list[Value]:
    made = Paper()
    made.letterhead("Geboren 23/11/1958", "Staalname op: 05/03/2024")
    for row in (heads, *rows):
        made.line(*zip(PLACES, row, strict=False))
    count, pages = paper.pages(made.made(), (), lambda: None)
    return list(paper.reading(pages, count).values)


def told(values: list[Value]) -> list[tuple[str, str, Decimal | None, str, Decimal | None]]:
    return [(one.name, one.comparator, one.number, one.unit, one.high) for one in values]


def test_what_stands_behind_the_ranges_is_no_part_of_them() -> None:
    heads = ("Analyse", "Resultaat", "Eenheid", "Referentie", "Zzz")
    rows = [(*row, text) for row, text in zip(SHOWN, ("A", "[--*--]"), strict=True)]
    assert told(read(heads, *rows)) == READ


def test_ranges_units_and_values_are_known_by_what_stands_in_all_their_cells() -> None:
    assert told(read(("Analyse", "Resultaat", "Eenheid", "Zzz"), *SHOWN)) == READ
    assert told(read(("Analyse", "Resultaat", "Zzz", "Referentie"), *SHOWN)) == READ
    assert told(read(("Analyse", "Zzz", "Eenheid", "Referentie"), *SHOWN)) == READ


def test_numbers_of_rows_are_no_part_of_the_names() -> None:
    rows = [(str(number), *row) for number, row in enumerate(SHOWN)]
    assert told(read(("N°", "Analyse", "Resultaat", "Eenheid", "Referentie"), *rows)) == READ


def test_days_say_that_a_row_is_a_head_though_other_words_are_not_known() -> None:
    values = read(("Test", "05/03/24", "Zzz", "12/01/24", "Yyy"), *((*row[:3], "<9", row[3]) for row in SHOWN))
    assert [(one.name, str(one.day), one.unit) for one in values if one.comparator != "<" or one.number != 9] == [
        ("Kalium", "2024-03-05", "mmol/L"),
        ("CRP", "2024-03-05", "mg/L"),
    ]


def test_heads_may_be_of_one_or_many() -> None:
    values = read(("Test(s)", "Result(s)", "Unit(s)", "Reference range"), *SHOWN, ("HBsAg", "negatief"))
    assert [one.word for one in values] == ["", "", "negatief"]


def test_a_bound_alone_under_an_unknown_head_is_no_range() -> None:
    rows = [(*row[:3], "<0,5") for row in SHOWN]
    assert [(one.low, one.high) for one in read(("Analyse", "Resultaat", "Eenheid", "Zzz"), *rows)] == [(None, None)] * 2
