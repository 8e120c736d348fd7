"""Lines of a table that speak of a person, and not of a test."""

import pytest

from papers import Analysis, Paper
from radiary.documents import paper, persons


def test_who_is_named_in_a_table_is_neither_a_heading_nor_a_value() -> None:
    made = Paper()
    made.letterhead("Staalname: 05/03/2024")
    made.line((50, "Analyse"), (260, "Resultaat"), (350, "Eenheid"), (440, "Referentie"))
    headings = ("DR. PROEFMANS JAN", "Aanvrager: Proefmans Jan", "Dr Proefmans", "05/03/2024 08:10 J. Proefmans", "PAT 7733112")
    for heading in headings:
        made.line((50, heading))
        made.tests([Analysis("Kalium", "4,1", "mmol/L")])
    for label, text in (("Huisarts", "Proefmans Jan"), ("INSZ", "58112312345"), ("Naam", "Quillemans"), ("Adres", "Weg 4")):
        made.line((50, label), (260, text))
    count, pages = paper.pages(made.made(), (), lambda: None)
    assert {(one.section, one.name) for one in paper.reading(pages, count).values} == {("", "Kalium")}


@pytest.mark.parametrize("text", ["HLA-DR", "Anti-DR4", "Arterieel bloed", "Contactallergenen: IgE", "DR Thorax"])
def test_names_of_tests_mean_nobody(text: str) -> None:
    assert not persons.may_be_meant(text)
