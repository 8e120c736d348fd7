"""The code of a German medication plan: its medicines as it says them, and nobody's name."""

from dataclasses import asdict
from datetime import date

import pytest

from plans import CODE
from radiary.documents import medication, rows
from radiary.documents.page_words import Word
from radiary.documents.reading import Medicine


def test_medicines_are_told_as_the_code_says_them_and_nothing_of_anybody() -> None:
    first, second, third, last = medication.medicines([CODE])
    assert first == Medicine(
        number="02083906", name="Metoprol Test", substances=("Metoprolol 47,5 mg",), form="RET", schedule="1-0-1-0", unit="Stück",
        note="mit Wasser", reason="Bluthochdruck",
    )  # fmt: skip
    assert (second.name, second.schedule, second.unit) == ("", "20-0-20-0", "IE")
    assert (third.schedule, third.unit, third.strength) == ("bei Bedarf", "Messlöffel", "500 mg")
    assert (last.form, last.unit) == ("Salbe nach Rezept", "Streifen")
    assert medication.day([CODE]) == date(2024, 2, 1)
    said = str([asdict(one) for one in (first, second, third, last)])
    for hers in ("Quillemans", "Roos", "19581123", "Testarts", "Herentals"):
        assert hers not in said


ENTITIES = ('<!DOCTYPE MP [<!ENTITY a "b">]><MP><S><M a="&a;"/></S></MP>', '<MP><!ENTITY><S><M p="1"/></S></MP>')


@pytest.mark.parametrize("text", ["", "0104012345", "<MP", "<html/>", *ENTITIES])
def test_a_code_that_is_no_plans_says_nothing(text: str) -> None:
    assert medication.medicines([text]) == ()
    assert medication.day([text]) is None


def test_pages_are_in_their_order_and_odd_days_are_none() -> None:
    parts = ['<MP a="2" z="2"><S><M a="B"/></S></MP>', '<MP a="1" z="2"><A t="2024-13-41"/><S><M a="A"/></S></MP>']
    assert [one.name for one in medication.medicines(parts)] == ["A", "B"]
    assert medication.day(parts) is None


def test_printed_names_are_taken_only_where_each_has_a_row() -> None:
    texts = ("Wirkstoff Handelsname morgens mittags abends nacht", "Insulan Test 20 0 20 0", "Salbe 0 0 0 1")
    page = [row for number, text in enumerate(texts) for row in rows.rows(_words(text, 20 * number))]
    nameless = [Medicine(number="00558736"), Medicine(name="Salbe Test")]
    assert [one.name for one in medication.with_printed_names(nameless, [page])] == ["Insulan Test", "Salbe Test"]
    assert [one.name for one in medication.with_printed_names(nameless[:1], [page])] == [""]


def _words(text: str, y: float) -> list[Word]:
    return [Word(word, 60 * at, y, 60 * at + 40, y + 10) for at, word in enumerate(text.split())]
