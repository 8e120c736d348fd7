"""What a date on a paper is."""

from datetime import date

import pytest

from radiary.documents import dates, paper, rows
from radiary.documents.page_words import Word
from radiary.documents.rows import Row


def row(text: str, y: float = 0, x: float = 0) -> list[Word]:
    words, at = [], x
    for one in text.split(" "):
        if one:
            words.append(Word(one, at, y, at + 5 * len(one), y + 10))
        at += 5 * len(one) + 3
    return words


def read(*lines: str) -> list[Row]:
    return rows.rows([word for number, line in enumerate(lines) for word in row(line, 12 * number)])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("8/11/2023", date(2023, 11, 8)),
        ("08.11.23", date(2023, 11, 8)),
        ("1-3-1999", date(1999, 3, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        ("12 maart 2024", date(2024, 3, 12)),
        ("1er février 2024", date(2024, 2, 1)),
        ("3. März 2024", date(2024, 3, 3)),
        ("March 12, 2024", date(2024, 3, 12)),
        ("05-Mar-2024", date(2024, 3, 5)),
        ("05/Mar/2024", date(2024, 3, 5)),
        ("12/31/2023", date(2023, 12, 31)),
    ],
)
def test_dates_are_day_first_in_four_languages(text: str, day: date) -> None:
    assert dates.day_of(text) == day


@pytest.mark.parametrize(
    ("birth", "sampled"), [("11/23/1958", date(2024, 3, 5)), ("23/11/1958", date(2024, 5, 3)), ("05/06/1958", date(2024, 5, 3))]
)
def test_a_paper_with_a_date_that_is_month_first_has_all_of_them_so(birth: str, sampled: date) -> None:
    (page,) = dates.day_first([read(f"DOB: {birth} Collected: 03/05/2024")])
    assert dates.in_rows(page)[1].day == sampled


@pytest.mark.parametrize("text", ["815.333.051", "1/2", "30/02/2024", "2200 Herentals", "220220-1001", "09/332.49.85"])
def test_other_numbers_are_no_dates(text: str) -> None:
    assert dates.in_rows(read(f"ref {text}")) == []


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Staalname op: 05/03/24 08:10", "sample"),
        ("Date de prélèvement : 05/03/2024", "sample"),
        ("Blutentnahme am 05.03.2024", "sample"),
        ("Collected: 05/03/2024", "sample"),
        ("Probenabnahme: 05.03.2024, 07:45 Uhr", "sample"),
        ("Abnahmedatum/-zeit: 05.03.2024", "sample"),
        ("Prélèvement(s) du 05/03/2024", "sample"),
        ("Bloedprik: 05/03/2024", "sample"),
        ("Né(e) le 05/03/1960", "birth"),
        ("°5/03/1960 Vrouw", "birth"),
        ("Eingang: 05.03.2024", "received"),
        ("Afgedrukt op 05/03/2024", "printed"),
        ("Gent, 5 maart 2024", "letter"),
        ("La Louvière, le 05/03/2024", "letter"),
        ("Bad Beispiel, den 05.03.2024", "letter"),
        ("Quillemans Roos, 05/03/2024 08:10", ""),
        ("Geboren, 23/11/1958", "birth"),
        ("Staalname, 05/03/2024", "sample"),
    ],
)
def test_the_words_before_a_date_say_what_it_is(line: str, role: str) -> None:
    assert [one.role for one in dates.in_rows(read(line))] == [role]


def test_two_dates_of_a_row_have_their_own_words() -> None:
    found = dates.in_rows(read("Entnahme: 05.03.2024 Eingang: 06.03.2024"))
    assert [(one.day.day, one.role) for one in found] == [(5, "sample"), (6, "received")]


def test_a_date_without_words_is_told_by_those_above_it() -> None:
    assert [one.role for one in dates.in_rows(read("Staalname", "05/03/2024"))] == ["sample"]


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("Entlassungsbericht", "Beispielstadt, 11.03.2024", "stationär vom 05.03.2024 bis 10.03.2024"), date(2024, 3, 11)),
        (("Ontslagbrief", "Opname van 05/03/2024", "Gent, 11 maart 2024"), date(2024, 3, 11)),
        (("Radiology report", "Datum: 11/03/2024", "Exam date: 05/03/2024", "CT thorax"), date(2024, 3, 5)),
        (("Medikationsplan", "geb. am 23.11.1958", "ausgedruckt am 11.03.2024"), date(2024, 3, 11)),
        (("Ontslagbrief", "Afgedrukt op 11/03/2024"), None),
    ],
)
def test_a_paper_is_of_the_day_that_is_best_for_its_kind(lines: tuple[str, ...], day: date | None) -> None:
    assert paper.reading([read(*lines)], 1).day == day
