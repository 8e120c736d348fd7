"""Papers in many styles: what is printed is read, with its comparator, unit, range and flag, and nothing else is."""

from decimal import Decimal

import pytest

from papers import SAMPLED, STYLES
from radiary.documents import paper, units
from radiary.documents.reading import Reading


def read(data: bytes) -> Reading:
    count, pages = paper.pages(data, (), lambda: None)
    return paper.reading(pages, count)


def told(reading: Reading) -> list[tuple[str, str, Decimal, str, Decimal | None, Decimal | None, str]]:
    return [
        (one.name, one.comparator, one.number, units.same(one.unit), one.low, one.high, one.flag)
        for one in reading.values
        if one.number is not None
    ]


@pytest.mark.parametrize("style", STYLES)
def test_a_paper_is_read_whole_and_nothing_else_is(style: str) -> None:
    data, made = STYLES[style]()
    assert told(read(data)) == [(*one[:3], units.same(one[3]), *one[4:]) for one in made.asked]


@pytest.mark.parametrize("style", STYLES)
def test_a_paper_is_dated_by_its_sample(style: str) -> None:
    reading = read(STYLES[style]()[0])
    assert (reading.day, reading.kind) == (SAMPLED, "blood-analysis")


def test_there_are_enough_styles() -> None:
    assert len(STYLES) >= 18
