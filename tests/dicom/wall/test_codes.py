import pytest
from pydicom.dataset import Dataset

from radiary.dicom.wall import codes
from radiary.dicom.wall.own_words import OwnWords
from radiary.dicom.wall.pseudonym import Pseudonyms

NOBODY = OwnWords(frozenset())
PSEUDONYMS = Pseudonyms(bytes(32))


def item(scheme: str | None, value: str, meaning: str) -> Dataset:
    made = Dataset()
    made.CodeValue, made.CodeMeaning = value, meaning
    if scheme:
        made.CodingSchemeDesignator = scheme
    codes.clean_code(made, NOBODY, PSEUDONYMS)
    return made


def test_a_known_code_says_what_the_standard_says() -> None:
    assert item("SCT", "39607008", "Mrs Doe's lung").CodeMeaning == "Lung"


def test_an_unknown_code_of_a_standard_keeps_the_safe_words_of_its_meaning() -> None:
    assert item("SCT", "900000000000003001", "Thorax Mrs Doe").CodeMeaning == "Thorax"


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("99LOCAL", "T-1"),
        ("SCT", "Petronella"),
        ("UCUM", "PETRONELLA"),
        ("UCUM", "{Anna}Bram"),
        ("SCT", "0475123456"),
    ],
)
def test_what_a_hospital_wrote_stands_under_a_pseudonym_with_the_safe_words_of_its_meaning(scheme: str, value: str) -> None:
    made, again = item(scheme, value, "Petronella Thorax"), item(scheme, value, "Thorax")
    assert (made.CodingSchemeDesignator, made.CodeMeaning) == ("99RADIARY", "Thorax")
    assert value not in str(made)
    assert made.CodeValue == again.CodeValue != item(scheme, value + "1", "Thorax").CodeValue


def test_a_code_without_a_scheme_is_none() -> None:
    assert not len(item(None, "T-1", "Thorax"))


def test_a_report_says_that_somebody_was_named_but_not_who() -> None:
    made, name = Dataset(), Dataset()
    name.CodeValue, name.CodingSchemeDesignator, name.CodeMeaning = "121031", "DCM", "Subject Birth Date"
    made.ConceptNameCodeSequence = [name]
    made.Date = "19810704"
    codes.forget_somebody(made)
    assert "Date" not in made
    assert made.ConceptNameCodeSequence[0].CodeMeaning == "Subject Birth Date"
