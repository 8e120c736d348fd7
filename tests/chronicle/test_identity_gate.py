import base64
import os

import pytest

from radiary.chronicle import identity_gate
from radiary.dicom.wall import word_lists
from radiary.model.nouns import Identity

SHE = Identity("Synthetica^Pétronella", "19810704", "SYN-551234", "")
GATE = identity_gate.gate_against([SHE], b"<title>Chronicle</title>")


@pytest.mark.parametrize(
    "text",
    [
        "for PETRONELLA",
        "for PetroNella",
        "pétronella",
        "19810704",
        "4 July: 04.07.1981",
        "1981-07-04",
        "syn551234",
        "n° 551234",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_an_identifier_stops_the_page_and_only_the_place_is_told(text: str, encoding: str) -> None:
    assert GATE.stops({"the page": b"<p>" + text.encode(encoding) + b"</p>"}, []) == ["the page"]


@pytest.mark.parametrize("before", ["", "a", "ab"])
def test_an_identifier_in_base64_stops_it_wherever_it_begins(before: str) -> None:
    coded = base64.b64encode(f"{before}Petronella Synthetica".encode())
    assert GATE.stops({"the page": b"<p>" + coded}, []) == ["the page"]


def test_a_name_of_a_file_and_words_in_a_picture_stop_it() -> None:
    assert GATE.stops({}, [("picture petronella.jpg", b"\xff\xd8")]) == ["picture petronella.jpg"]
    assert GATE.stops({}, [("picture scan1.jpg", b"\xff\xd8Exif\0Petronella")]) == ["picture scan1.jpg"]


def test_what_is_not_hers_passes() -> None:
    page = b"<title>Chronicle</title> 2024-01-01 CT thorax 119810704215 <img src='data:image/jpeg;base64,U3ludGhldGljYQ=='>"
    assert GATE.stops({"the page": page}, [("picture scan1.jpg", os.urandom(1 << 20))]) == []


def test_a_word_of_the_page_itself_is_no_sign_of_anybody() -> None:
    chronicle = identity_gate.gate_against([Identity("Chronicle^Anna", "", "", "")], b"<title>Chronicle</title>")
    assert chronicle.stops({"the page": b"<title>Chronicle</title>"}, []) == []
    assert chronicle.stops({"the page": b"<title>Chronicle</title> Anna"}, []) == ["the page"]


@pytest.mark.parametrize("before", ["", "a", "ab"])
@pytest.mark.parametrize("word", ["Synthetica", "SYNTHETICA", "synthetica"])
def test_one_name_alone_in_base64_stops_it_wherever_it_begins(before: str, word: str) -> None:
    coded = base64.b64encode(f"{before}{word} of nowhere".encode())
    assert GATE.stops({"the page": b"<p>" + coded}, []) == ["the page"]


SPELLED = (
    ("utf-8", "Pétronella"),
    ("utf-16-le", "Petronella"),
    ("utf-16-be", "Petronella"),
    ("latin-1", "Castañeda"),
    ("cp1250", "Dvořáková"),
    ("cp1251", "петрова"),
    ("cp1253", "παπαδοπουλου"),
    ("euc_kr", "김철수"),
    ("gb18030", "王小明"),
)


@pytest.mark.parametrize(("encoding", "name"), SPELLED)
def test_a_name_is_found_in_the_character_set_of_its_country(encoding: str, name: str) -> None:
    gate = identity_gate.gate_against([Identity(f"{name}^X", "", "", "")], b"")
    data = name.encode(encoding)
    assert gate.stops({"the page": b"<p>" + data + b"</p>"}, []) == ["the page"]
    assert gate.stops({"the page": b"<p>somebody else</p>"}, []) == []


@pytest.mark.parametrize(("encoding", "name"), [*SPELLED, ("iso2022_jp", "山田太郎")])
def test_a_name_is_found_in_the_file_of_a_picture_in_the_character_set_of_its_country(encoding: str, name: str) -> None:
    gate = identity_gate.gate_against([Identity(f"{name}^X", "", "", "")], b"")
    assert gate.stops({}, [("picture scan1.jpg", b"\xff\xd8Exif:" + name.encode(encoding) + b":")]) == ["picture scan1.jpg"]


@pytest.mark.parametrize(
    "text",
    ["19810704", "04071981", "1981-07-04", "04-07-1981", "04.07.1981", "04/07/1981", "4-7-1981", "4.7.1981", "4/7/1981",
     "1981.07.04", "1981/07/04"],
)  # fmt: skip
def test_a_birth_date_stops_the_page_however_it_is_written(text: str) -> None:
    assert GATE.stops({"the page": f"<p>{text}</p>".encode()}, []) == ["the page"]


def test_a_birth_date_on_the_first_of_a_month_stops_the_page_as_french_writes_it() -> None:
    gate = identity_gate.gate_against([Identity("", "19800101", "", "")], b"")
    assert gate.stops({"the page": b"<p>1er janvier 1980</p>"}, []) == ["the page"]


@pytest.mark.parametrize("name", ["XXXXXX", "000000", "ABABAB"])
def test_a_name_of_one_letter_over_and_over_is_looked_for_in_words_and_not_in_even_ground(name: str) -> None:
    gate = identity_gate.gate_against([Identity(name, "", name, "")], b"")
    assert gate.stops({"the page": name.encode()}, [("picture scan1.jpg", b"\xff\xd8" + 9 * name.encode())]) == ["the page"]


def test_a_name_of_a_page_stops_it_and_so_does_a_picture_in_the_middle_of_others() -> None:
    assert GATE.stops({"petronella.html": b"<p>nothing</p>"}, []) == ["petronella.html"]
    pictures = [("one", b"\xff\xd8"), ("two", b"\xff\xd8SYNTHETICA"), ("three", b"\xff\xd8")]
    assert GATE.stops({"the page": b"", "the site data": b"petronella"}, pictures) == ["the site data", "two"]


def test_a_name_inside_a_longer_word_or_a_number_inside_a_longer_one_is_no_sign_of_her() -> None:
    gate = identity_gate.gate_against([Identity("Anna^Mona", "", "551234", "")], b"")
    assert gate.stops({"the page": b"<p>annals and monadic 15512349 scans</p>"}, []) == []
    assert gate.stops({"the page": b"<p>annals, mona</p>"}, []) == ["the page"]


def test_a_word_of_the_vocabulary_is_no_sign_of_anybody() -> None:
    gate = identity_gate.gate_against([Identity("Thorax^Petronella", "", "", "")], b"")
    assert gate.stops({"the page": b"<p>CT thorax</p>"}, []) == []
    assert gate.stops({"the page": b"<p>CT petronella</p>"}, []) == ["the page"]


@pytest.mark.parametrize(
    ("name", "written", "encoding"),
    [
        ("Müller^Jürgen", "MÜLLER", "utf-8"),
        ("Müller^Jürgen", "MÜLLER", "latin-1"),
        ("Иванова^Анна", "Иванова", "utf-8"),
        ("Dvořáková^Eva", "DVOŘÁKOVÁ", "utf-8"),
        ("Παπαδοπουλου^Ελενη", "ΠΑΠΑΔΟΠΟΥΛΟΥ", "utf-8"),
        ("山田^太郎", "山田", "iso2022_jp"),
        ("张东^X", "张东", "utf-16-le"),
    ],
)
def test_a_name_stops_the_page_in_capitals_and_in_every_encoding(name: str, written: str, encoding: str) -> None:
    found = identity_gate.gate_against([Identity(name, "", "", "")], b"")
    assert found.stops({"the page": b"<p>" + written.encode(encoding) + b"</p>"}, []) == ["the page"]
    assert found.stops({"the page": b"<p>Ultrasound, breast</p>"}, []) == []


OTHERS = ("Hand^Peter", "De Long^Pieter", "Best^Li", "Fictus^Otto^^Dr", "Vos^Bo", "Short^Star")
DOCTORS = identity_gate.gate_against([SHE], b"<title>Chronicle</title>", OTHERS)


@pytest.mark.parametrize(
    "text",
    ["seen by Fictus", "FICTUS, OTTO", "Otto's words", "Hand, Peter", "Dr. Hand", "Peter Hand", "dr. De Long", "Pieter de Long",
     "Prof. Best", "Vos Bo", "Bo Vos", "Mevrouw Vos", "Dr. Short"],
)  # fmt: skip
def test_a_physicians_name_stops_the_page_where_it_stands_as_one(text: str) -> None:
    assert DOCTORS.stops({"the page": f"<p>{text}</p>".encode()}, []) == ["the page"]


@pytest.mark.parametrize(
    "text",
    ["X-ray of the left hand, best view", "CT de long, rechts", "a short star", "hand AP long leg", "vos", "li",
     "MR hand, de elleboog", "Dr. Somebody of the hand", "best of long series",
     "CT thorax: longembolie", "DR hand", "MR long leg", "MR best"],
)  # fmt: skip
def test_ordinary_words_that_are_physicians_names_stop_nothing(text: str) -> None:
    assert DOCTORS.stops({"the page": f"<p>{text}</p>".encode()}, []) == []


def test_a_short_name_of_the_patient_stops_the_page_where_it_stands_as_one() -> None:
    gate = identity_gate.gate_against([Identity("Li^Bo", "", "", "")], b"")
    assert gate.stops({"the page": b"<p>Li, Bo</p>"}, []) == ["the page"]
    assert gate.stops({"the page": b"<p>li and bo</p>"}, []) == []


def test_no_vocabulary_makes_false_stops_for_physicians_with_ordinary_names() -> None:
    """Every safe word in a row, as descriptions might have them: no doctor who is called like two of them stops a page."""
    words = sorted(word_lists.coded() | word_lists.ambiguous())
    names = [f"{one.title()}^{other.title()}" for one, other in zip(words[::50], words[25::50], strict=False)]
    gate = identity_gate.gate_against([], b"", names)
    assert gate.stops({"the page": " ".join(words).encode()}, []) == []


def test_a_name_of_one_letter_is_not_found_within_other_letters() -> None:
    gate = identity_gate.gate_against([Identity("â^王", "", "", "")], b"")
    assert gate.stops({"the page": "<p>CT \N{MIDDLE DOT} 2 series \N{MINUS SIGN}</p>".encode()}, []) == []
    assert gate.stops({"the page": "<p>for 王 alone</p>".encode()}, []) == ["the page"]
