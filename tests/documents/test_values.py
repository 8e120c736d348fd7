"""What is no value: cultures, notes, explanations, what is to follow; and what is a paper's day."""

from datetime import date

import pytest

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


def test_a_unit_of_several_words_keeps_them_all() -> None:
    made = started("Staalname: 05/03/2024")
    made.tests([Analysis("HbA1c", "39", "mmol/mol Hb", "20 - 42"), Analysis("Iets", "5", "mg/L rel", "2 - 8")])
    assert [(one.unit, one.low, one.doubts) for one in read(made).values] == [
        ("mmol/mol Hb", 20, ()),
        ("mg/L rel", 2, ("unknown-unit",)),
    ]


def named(made: Paper) -> list[tuple[str, str, str]]:
    return [(one.section, one.name, f"{one.comparator}{one.number or one.word} {one.unit}".strip()) for one in read(made).values]


def test_a_value_in_another_unit_in_the_next_row_is_of_the_same_test() -> None:
    made = started("Staalname: 05/03/2024")
    made.tests([Analysis("Glycémie", "0,97", "g/L"), Analysis("soit", "5,38", "mmol/L")])
    made.tests([Analysis("Cholestérol", "1,90", "g/L"), Analysis("soit", "4,91", "mmol/L")])
    assert named(made) == [
        ("", "Glycémie", "0.97 g/L"),
        ("", "Glycémie", "5.38 mmol/L"),
        ("", "Cholestérol", "1.90 g/L"),
        ("", "Cholestérol", "4.91 mmol/L"),
    ]


def test_a_name_of_one_letter_is_one_where_a_unit_stands_beside_its_value() -> None:
    made = started("Staalname: 05/03/2024")
    made.tests([Analysis("C3", "1,1", "g/L", "0,9 - 1,8"), Analysis("K+", "4,1", "mmol/L"), Analysis("A 12", "3", "")])
    assert [one[1] for one in named(made)] == ["C3", "K+"]


def test_a_name_that_begins_small_is_no_second_half_of_a_heading() -> None:
    for heading, name, unit in (("URINE", "pH", ""), ("Nieren", "eGFR", "mL/min/1,73m2"), ("EIWITTEN", "kappa vrij", "mg/L")):
        made = started("Staalname: 05/03/2024")
        made.line((50, heading))
        made.tests([Analysis(name, "6,5", unit), *(Analysis(f"Andere {letter}", "5,1", "mmol/L") for letter in "ABCDE")])
        assert named(made)[0][:2] == (heading, name)


def test_headings_side_by_side_are_none_within_another() -> None:
    made = started("Entnahme: 05.03.2024")
    for heading in ("Blutbild (EDTA)", "Klinische Chemie", "Hormone"):
        made.line((50, heading))
        made.tests([Analysis("Etwas", "13,4", "g/dl"), Analysis("Anderes", "5,1", "mmol/l")])
    assert [one[0] for one in named(made)[::2]] == ["Blutbild (EDTA)", "Klinische Chemie", "Hormone"]


def test_what_explains_a_value_is_none() -> None:
    made = started("Prélèvement: 05/03/2024")
    made.tests([Analysis("LDL", "1,31", "g/L")])
    for name in ("Risque élevé", "Zeer hoog risico", "Hohes Risiko", "Moderate risk", "Luteale fase", "Toxisch"):
        made.tests([Analysis(name, "<0,70", "g/L")])
    assert [one[1] for one in named(made)] == ["LDL"]


def test_amounts_in_a_letter_are_no_values() -> None:
    made = Paper()
    made.letterhead("Betreft: ontslag")
    for name, text in (("Hb", "11,9 g/dL"), ("Dafalgan", "500 mg"), ("Levercyste", "12 mm"), ("Milt", "11 cm")):
        made.line((50, name), (260, text))
    assert [one[1] for one in named(made)] == ["Hb"]


def test_plus_signs_alone_are_what_was_found() -> None:
    made = started("Staalname: 05/03/2024")
    made.line((50, "Eiwit"), (260, "+"), (440, "negatief"))
    made.line((50, "Ketonen"), (260, "+++"), (440, "negatief"))
    made.tests([Analysis("Leukocyten", "12", "/µL", "< 25", "+")])
    assert named(made) == [("", "Eiwit", "+"), ("", "Ketonen", "+++"), ("", "Leukocyten", "12 /µL")]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Aanvraagnummer: 24C05123", "24C05123"),
        ("Dossier nr 24C05123 kopie", "24C05123"),
        ("Auftragsnr.: 2024-L-0012345", "2024-L-0012345"),
        ("Ref. 05/03/2024 24/0567-A", "24/0567-A"),
        ("Labnr 815.333.051", "815.333.051"),
        ("Ref 2200 Herentals", ""),
        ("Ref. 05/03/2024 08:10", ""),
    ],
)
def test_a_reports_number_is_read_whole(line: str, number: str) -> None:
    made = Paper()
    made.line((50, "Zorglab Testrade, analyses voor iedereen"))
    made.line((50, line))
    assert read(made).number == number
