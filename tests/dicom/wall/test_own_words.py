from typing import Any

import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

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


@pytest.mark.parametrize(("name", "text"), [("Janse^Piet", "vanjansethorax"), ("Janse^Piet", "JANSEPIET"), ("王^X", "scan王x")])
def test_a_name_of_five_letters_or_of_another_script_is_found_inside_other_words(name: str, text: str) -> None:
    assert words(PatientName=name).occur_in(text)


def test_a_name_of_four_letters_is_found_only_where_it_stands_alone() -> None:
    assert not words(PatientName="Jans^Piet").occur_in("vanjansthorax")
    assert words(PatientName="Jans^Piet").occur_in("van jans, thorax")


@pytest.mark.parametrize("text", ["4 July 1981", "04JUL1981", "juli 4 1981", "4 juillet 81"])
def test_a_birth_date_is_found_with_the_name_of_its_month(text: str) -> None:
    assert words().occur_in(text)


@pytest.mark.parametrize("text", ["19810704", "04071981", "07041981", "040781", "810704", "471981", "scan04071981b"])
def test_a_birth_date_is_found_in_one_number_in_any_order(text: str) -> None:
    assert words().occur_in(text)


def test_a_number_that_lost_its_leading_zeros_is_hers_and_one_written_with_separators_is_one_number() -> None:
    assert words(PatientID="0012345").are_number("12345")
    assert words(PatientID="12.34.56").are_number("123456")
    assert words(PatientID="471-1123").are_in("994711123")


def test_who_is_named_in_a_sequence_is_named() -> None:
    inner = Dataset()
    inner.PersonName = "Nobody^Nora"
    assert words(ReferencedImageSequence=Sequence([inner])).occur_in("nora")


def test_a_known_word_is_hers_in_her_own_name_only_and_not_in_a_hospitals() -> None:
    assert words(PatientName="Borst^Anna").occur_in("MRI borst")
    assert not words(InstitutionName="Nowhere Thorax Centre").occur_in("CT thorax")
