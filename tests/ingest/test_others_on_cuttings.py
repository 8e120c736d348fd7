"""Who else is named in a paper's row: by a title, a label or a received header; and what is a word like others."""

import pytest

from radiary.ingest.others_on_cuttings import are_in, goes_on, in_row, is_open, known

OTHERS = known(["Peeters^Luc^^Dr", "Wit^Anna^de", "Head^John"])


def hidden(line: str) -> str:
    """The words of a row that are to be blanked; two blanks part cells."""
    cells = [cell.split() for cell in line.split("  ")]
    words = [word for cell in cells for word in cell]
    return " ".join(words[at] for at in sorted(in_row(cells, OTHERS)))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("met Dr. Jan Testarts besproken", "Dr. Jan Testarts"),
        ("door dr. janssens gezien", "dr. janssens"),
        ("Prof. Dr. med. Hans Müller", "Prof. Dr. med. Hans Müller"),
        ("Pr. Dupont", "Pr. Dupont"),
        ("Dokter VAN DEN EYNDE", "Dokter VAN DEN EYNDE"),
        ("Aanvrager: Janssens Jan  Datum: 05/03/2024", "Janssens Jan"),
        ("Aanvrager: Janssens Jan Datum: 05/03/2024", "Janssens Jan"),
        ("Aanvrager:Dr.JanTestarts", "Aanvrager:Dr.JanTestarts"),
        ("Médecin traitant : Dupont Marie", "Dupont Marie"),
        ("Prescripteur  DUPONT Marie", "DUPONT Marie"),
        ("Arzt  Müller Hans", "Müller Hans"),
        ("Requested by A. Smith", "A. Smith"),
        ("zoals Peeters schreef", "Peeters"),
        ("zoals Peefers schreef", "Peefers"),
        ("LucPeeters", "LucPeeters"),
        ("met Anna de Wit", "Anna de Wit"),
        ("met John Head", "John Head"),
        (
            "Elektronisch gehandtekend door: Dr. apr. biol. Proefmans Tim, Apr. biol. Testarts Els",
            "Dr. apr. biol. Proefmans Tim, Apr. biol. Testarts Els",
        ),
        ("uitgevoerd en gevalideerd door Hilde Marsin", "Hilde Marsin"),
        ("Besproken met Hilde Marsin en gestopt", "Hilde Marsin"),
        ("Tel. 014/12 34 56", "014/12 34 56"),
        ("Tel.014/123456", "Tel.014/123456"),
        ("spoed +32 475 12 34 56", "+32 475 12 34 56"),
        ("01 23 45 67 89", "01 23 45 67 89"),
        ("Zorglab - 2200 Herentals", "2200 Herentals"),
        ("London SW1A 1AA", "SW1A 1AA"),
        ("arts@zorglab.example", "arts@zorglab.example"),
        ("Proefmans J., klinisch bioloog", "Proefmans J.,"),
        ("(Anne Testard, biologiste médical)", "(Anne Testard,"),
        ("beoordeeld: Hans Prüfer (Laborarzt)", "Hans Prüfer"),
        ("RIZIV 1/23456/78/901", "1/23456/78/901"),
        ("1-23456-78-901", "1-23456-78-901"),
        ("N° RPPS : 10001234567", "10001234567"),
        ("INSZ 58.11.23-123.45", "58.11.23-123.45"),
        ("Pat.nr: 7733112", "7733112"),
        ("Dossier nr 24C05123  kopie", "24C05123"),
        ("Kerkstraat 44", "Kerkstraat 44"),
        ("KERKSTRAAT 44", "KERKSTRAAT 44"),
        ("RUE DES ESSAIS 12", "RUE DES ESSAIS 12"),
        ("12, rue des Essais", "12, rue des Essais"),
        ("Musterstraße 4a", "Musterstraße 4a"),
        ("10 Test Park Road", "10 Test Park Road"),
    ],
)
def test_others_are_found_as_papers_name_them(line: str, names: str) -> None:
    assert hidden(line) == names
    assert are_in([line], OTHERS)


@pytest.mark.parametrize(
    "line",
    [
        "Hemoglobine  13,4  g/dL  12,0 - 16,0",
        "Dossier 05/03/2024  IgG, 12 g/L",
        "Natrium, arts verwittigd",
        "en Rue 7  place du patient",
        "Basofielen  0  0 - 100  0 120 150 300",
        "Leukocyten  11200 Tsd/µl",
        "IgG  1250  mg/dL",
        "Staalname op: 05/03/24 08:10",
        "05.03.2024 12:10  06.03.2024",
        "14 maart 2024 Januari",
        "DR Thorax",
        "CT Head",
        "de dokter zegt dat het goed gaat",
        "Der Arzt empfiehlt Ruhe",
        "Arts  Datum  Resultaat",
        "Aanvrager: … …  Datum: 05/03/2024",
        "Kopie aan … Datum",
        "Kopie aan: …  Datum: 3",
    ],
)
def test_values_days_and_what_was_blanked_name_nobody(line: str) -> None:
    assert hidden(line) == ""
    assert not are_in([line], OTHERS)


def test_a_label_or_title_with_nothing_behind_it_is_open() -> None:
    assert [is_open(text.split()) for text in ("Kopie aan", "Arzt:", "gezien door Dr.")] == [True] * 3
    assert not any(is_open(text.split()) for text in ("", "Kopie aan Luc", "Thorax DR", "Hemoglobine"))


def test_a_name_that_is_parted_between_two_lines_goes_on_in_the_second() -> None:
    assert goes_on("gevalideerd door Dr. Hilde".split(), "Marsin (Tel.: 1)".split()) == [0]
    assert goes_on("gevalideerd door Dr.".split(), "Hilde Marsin op 3 mei".split()) == [0, 1, 2]
    assert goes_on(["endr.Hilde"], ["Marsinop3mei"]) == [0]
    assert goes_on("door Dr. Hilde Marsin".split(), "Hemoglobine 13,4".split()) == []
    assert goes_on("door Dr. Hilde".split(), "Datum: 3".split()) == []
    assert goes_on("Hemoglobine".split(), "Leukocyten".split()) == []
