"""Whose a paper is: family name and birth date on its first page."""

from datetime import date

import pytest

from radiary.documents import belonging, paper, rows
from radiary.documents.page_words import Word
from radiary.documents.rows import Row
from radiary.model.nouns import Identity

PEOPLE = {"P-A": (Identity("Van den Quille^Roos", "19581123", "1", ""),), "P-B": (Identity("Érard^Zoé", "19600102", "2", ""),)}


def page(*lines: str) -> list[Row]:
    words = []
    for number, line in enumerate(lines):
        x = 10.0
        for word in line.split():
            words.append(Word(word, x, 14 * number, x + 5 * len(word), 14 * number + 10))
            x += 5 * len(word) + 3
    return rows.rows(words)


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("VAN DEN QUILLE Roos", "Geboren op: 23/11/1958"), ["P-A"]),
        (("Patient: Roos Van Den Quille (23.11.58)",), ["P-A"]),
        (("Erard Zoe, née le 2 janvier 1960",), ["P-B"]),
        (("ÉRARD, Zoé", "DDN : 02/01/1960", "Van den Quille 23/11/1958"), ["P-A", "P-B"]),
        (("Van den Quille Roos", "Geboren op: 24/11/1958"), []),
        (("Van den Quille Roos",), []),
        (("Jansen An", "23/11/1958"), []),
        (("Vandenquille Roos", "23/11/1958"), []),
        (("Gérardy Zoé", "02/01/1960"), []),
        ((), []),
    ],
)
def test_a_paper_is_hers_by_family_name_and_birth_date(lines: tuple[str, ...], codes: list[str]) -> None:
    assert belonging.owners(page(*lines), PEOPLE) == codes


def test_of_twins_the_one_is_meant_whose_first_name_stands_there() -> None:
    twins = {"P-A": (Identity("Twee^Ann", "19581123", "1", ""),), "P-B": (Identity("Twee^Eva", "19581123", "2", ""),)}
    assert belonging.owners(page("Twee Eva", "23/11/1958"), twins) == ["P-B"]
    assert belonging.owners(page("Mevr. Twee", "23/11/1958"), twins) == ["P-A", "P-B"]


@pytest.mark.parametrize("identity", [Identity("", "19581123", "1", ""), Identity("Van den Quille", "", "1", "")])
def test_somebody_without_name_or_birth_date_owns_no_paper(identity: Identity) -> None:
    assert belonging.owners(page("Van den Quille", "23/11/1958"), {"P-A": (identity,)}) == []


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("Vaccinatiekaart", "Roos Van Den Quille 23/11/1958", "Influenza 12/10/2023"), date(2023, 10, 12)),
        (("Medisch attest", "Mevrouw Roos Van Den Quille (23-11-1958)", "De ondergetekende arts"), None),
        (("Brief", "Aan de ouders van Roos Van Den Quille", "Gent, 02/01/1960", "Verwezen naar kinderarts"), date(1960, 1, 2)),
    ],
)
def test_a_paper_is_not_of_the_day_on_which_someone_it_names_was_born(lines: tuple[str, ...], day: date | None) -> None:
    people = [one for identities in PEOPLE.values() for one in identities]
    assert paper.reading([page(*lines)], 1, people).day == day
