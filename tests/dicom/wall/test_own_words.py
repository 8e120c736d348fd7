from typing import Any

import pytest

import exports
from radiary.dicom.wall import own_words


def words(**attributes: Any) -> own_words.OwnWords:
    return own_words.in_object(exports.dataset(**attributes))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Synthetica^Petronella", "for PETRONELLA"),
        ("Synthetica^Petronella", "PETRONELLASYNTHETICA"),
        ("Synthetica^Petronella", "petro-nella"),
        ("Li^Bo", "LI BO"),
        ("Müller^Jürgen", "MUELLER"),
        ("Müller^Jürgen", "MULLER JURGEN"),
        ("Mueller^J", "müller"),
        ("王^小東", "王小東"),
        ("Åsa^Ødegård", "ODEGARD"),
    ],
)
def test_a_name_is_found_however_it_is_written(name: str, text: str) -> None:
    assert words(PatientName=name).occur_in(text)


@pytest.mark.parametrize(
    ("name", "text"), [("Li^Bo", "LIVER"), ("Ono^Yoko", "MONOCHROME2"), ("Lin^Sig", "LINEAR"), ("A^B", "A B")]
)
def test_a_short_name_inside_another_word_is_no_name(name: str, text: str) -> None:
    assert not words(PatientName=name).occur_in(text)


@pytest.mark.parametrize("text", ["19810704", "born 04.07.1981", "4/7/1981 04071981", "810704", "040781"])
def test_a_birth_date_is_found_however_it_is_written(text: str) -> None:
    assert words().occur_in(text)


@pytest.mark.parametrize(("number", "text"), [("12-34-56", "123456"), ("12-34-56", "12-34-56"), ("4711123", "Mr 0 4711 123")])
def test_a_number_is_found_however_it_is_separated(number: str, text: str) -> None:
    assert words(PatientID=number).occur_in(text)


def test_hospitals_and_doctors_count_and_descriptions_do_not() -> None:
    found = words(InstitutionName="Charité Berlin", OperatorsName="Nobody^Nora", StudyDescription="CT CHEST")
    assert found.occur_in("CHARITE")
    assert found.occur_in("nora")
    assert not found.occur_in("CHEST")


def test_only_a_long_number_of_hers_is_a_number_of_hers() -> None:
    found = words(PatientID="0012345")
    assert found.are_number("12345.0")
    assert found.are_number("1.2345e4")
    assert not found.are_number("12346")
    assert found.are_number("12345")
    assert not words(PatientID="120").are_number("120")
