import base64
import os

import pytest

from radiary.chronicle import identity_gate
from radiary.model.nouns import Identity

SHE = Identity("Synthetica^Pétronella", "19810704", "SYN-551234", "")
GATE = identity_gate.gate_against([SHE], b"<title>Chronicle</title>")


@pytest.mark.parametrize(
    "text",
    [
        "for PETRONELLA",
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
