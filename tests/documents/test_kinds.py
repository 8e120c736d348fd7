"""What kind of paper it is, of letters as hospitals write them; a wrong word is worse than none."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from papers import STYLES, Paper
from radiary.documents import kinds, paper, rows
from radiary.documents.page_words import Word
from radiary.documents.rows import Row

LETTERS = [line.split("\t") for line in (Path(__file__).parent / "letters.tsv").read_text(encoding="utf-8").splitlines()]
"""Kind and lines, with a bar between two of them; none of them was at hand when the words of `lexicon/kinds.txt` were chosen."""


def page(text: str) -> list[Row]:
    """Lines as they stand on a page, the title in larger letters."""
    words, y = [], 40.0
    for number, line in enumerate(text.split("|")):
        size, x = (16.0 if number == 0 else 10.0), 50.0
        for word in line.split():
            words.append(Word(word, x, y, x + size * 0.5 * len(word), y + size))
            x += size * 0.5 * len(word) + 0.3 * size
        y += 2 * size
    return rows.rows(words)


def test_most_letters_are_known_or_called_unsure() -> None:
    judged = Counter[str]()
    for kind, text in LETTERS:
        suggested = kinds.kind([page(text)], 0)
        judged["right" if suggested == kind else "unsure" if suggested == kinds.UNSURE else f"{kind} as {suggested}"] += 1
    assert judged["right"] + judged["unsure"] >= 0.85 * len(LETTERS), judged
    assert judged["right"] >= 0.7 * len(LETTERS), judged


@pytest.mark.parametrize("text", [text for kind, text in LETTERS if kind == "imaging-request"])
def test_a_request_for_imaging_is_no_report(text: str) -> None:
    assert kinds.kind([page(text)], 0) != "imaging-report"


@pytest.mark.parametrize(
    "text",
    [
        "Praxis für Neurologie|Sehr geehrter Herr Kollege,|vielen Dank für die Überweisung Ihrer Patientin.",
        "Polikliniek|Geachte collega,|Dank voor uw verwijzing van mevrouw Q.",
        "Consultation de pneumologie|Cher confrère,|Merci de m'avoir adressé Madame Q. par votre lettre d'adressage.",
        "Clinic|Dear colleague,|Thank you for your referral letter.",
    ],
)
def test_thanks_for_a_referral_are_no_referral(text: str) -> None:
    assert kinds.kind([page(text)], 0) != "referral"


@pytest.mark.parametrize("style", ["dutch", "french", "german", "monospaced"])
def test_a_table_of_values_makes_a_blood_analysis(style: str) -> None:
    count, pages = paper.pages(STYLES[style]()[0], (), lambda: None)
    assert paper.reading(pages, count).kind == kinds.BLOOD


def test_a_letter_that_has_values_is_a_letter_of_its_day() -> None:
    made = Paper()
    made.letterhead("Geboren 23/11/1958", "Herentals, 05/03/2024")
    made.line((50, "Cher confrère,"))
    made.line((50, "J'ai vu votre patiente en consultation."))
    for name, value in (("Hb", "11,9 g/dL"), ("CRP", "12 mg/L"), ("Sodium", "141 mmol/L"), ("Ferritine", "9 µg/L")):
        made.line((50, name), (260, value))
    made.line((50, "Bien confraternellement"))
    count, pages = paper.pages(made.made(), (), lambda: None)
    reading = paper.reading(pages, count)
    assert (reading.kind != "blood-analysis", reading.day) == (True, date(2024, 3, 5))
