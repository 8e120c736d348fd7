"""What is no value: cultures, notes, explanations, what is to follow; and what is a paper's day."""

from datetime import date

from papers import Analysis, Paper
from radiary.documents import paper
from radiary.documents.reading import Reading

HEADS = ((50, "Analyse"), (260, "Resultaat"), (350, "Eenheid"), (440, "Referentie"))


def read(made: Paper) -> Reading:
    count, pages = paper.pages(made.made(), (), lambda: None)
    return paper.reading(pages, count)


def started(*letterhead: str) -> Paper:
    made = Paper()
    made.letterhead(*letterhead)
    made.line(*HEADS)
    return made


def test_cultures_and_antibiograms_are_read_as_none() -> None:
    made = started("Staalname: 05/03/2024")
    made.line((50, "MICROBIOLOGIE URINE"), bold=True)
    made.tests([Analysis("Leukocyten", "23", "/µL", "<25")])
    made.line((50, "Telling"), (260, "100000"), (350, "cfu/mL"))
    made.line((50, "Antibiogram"), bold=True)
    made.line((50, "Amoxicilline"), (260, "21"), (350, "mm"))
    made.line((50, "Cotrimoxazol"), (260, "S"))
    assert [(one.name, one.number) for one in read(made).values] == [("Leukocyten", 23)]


def test_notes_in_small_letters_and_explanations_are_no_values() -> None:
    made = started("Staalname: 05/03/2024")
    made.tests([Analysis("Hemoglobine", "13,4", "g/dL"), Analysis("Ferritine", "52", "µg/L"), Analysis("CRP", "3,0", "mg/L")])
    made.line((50, "Cmax bij 5 mg"), (260, "77"), (350, "ng/mL"), size=6)
    made.line((50, "Zwak positief"), (260, ">15"), (350, "U/mL"))
    assert [one.name for one in read(made).values] == ["Hemoglobine", "Ferritine", "CRP"]


def test_what_is_to_follow_or_was_not_done_is_no_value() -> None:
    made = started("Staalname: 05/03/2024")
    for word in ("Volgt", "Niet uitgevoerd", "en cours", "Folgt", "pending"):
        made.line((50, "Ureum"), (260, word), (350, "mg/dL"), (440, "13 - 43"))
    made.line((50, "Rotavirus"), (260, "Negatief"))
    assert [one.word for one in read(made).values] == ["Negatief"]


def test_without_a_head_a_letterhead_holds_no_values() -> None:
    made = Paper()
    made.letterhead()
    made.line((50, "Hemoglobine"), (260, "13,4"), (350, "g/dL"))
    made.line((50, "Kamer"), (260, "214"))
    made.line((50, "Postcode"), (260, "2200"), (350, "Herentals"))
    assert [one.name for one in read(made).values] == ["Hemoglobine"]


def test_a_letter_is_never_dated_by_a_birth() -> None:
    made = Paper()
    made.letterhead("Geboren: 23/11/1958", "Consultatieverslag", "Geachte collega,", "zij, 23/11/1958, kwam op 4 maart 2024.")
    assert read(made).day == date(2024, 3, 4)


def test_a_laboratory_paper_without_its_sample_has_no_day() -> None:
    made = started("Ontvangst op: 06/03/2024", "Afgedrukt op: 07/03/2024")
    made.tests([Analysis("Hemoglobine", "13,4", "g/dL"), Analysis("CRP", "3,0", "mg/L")])
    reading = read(made)
    assert reading.day is None
    assert all("no-date" in one.doubts for one in reading.values)


def test_numbers_that_mean_two_things_and_unknown_units_are_doubted() -> None:
    made = started("Staalname: 05/03/2024")
    made.tests([Analysis("Trombocyten", "1.234", "/µL"), Analysis("Iets", "5", "flups"), Analysis("INR", "1", "")])
    assert [one.doubts for one in read(made).values] == [("undecided-separator",), ("unknown-unit",), ("no-unit",)]
