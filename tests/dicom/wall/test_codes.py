import pytest
from pydicom.dataset import Dataset

import exports
from radiary.dicom.wall import codes, own_words
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
    codes.remove_personal_values(made)
    assert "Date" not in made
    assert made.ConceptNameCodeSequence[0].CodeMeaning == "Subject Birth Date"


def test_a_code_of_a_standard_that_is_her_number_or_name_stands_under_a_pseudonym() -> None:
    hers = own_words.in_object(exports.dataset(PatientID="39607008"))
    made = Dataset()
    made.CodeValue, made.CodingSchemeDesignator, made.CodeMeaning = "39607008", "SCT", "Lung"
    codes.clean_code(made, hers, PSEUDONYMS)
    assert made.CodingSchemeDesignator == "99RADIARY"
    assert "39607008" not in str(made)


@pytest.mark.parametrize(
    ("version", "stays"),
    [("20240101", True), ("2.1", True), ("19810704", False), ("for Petronella", False), ("1981.0704", False)],
)
def test_a_version_is_a_number_and_none_of_hers(version: str, stays: bool) -> None:
    made = Dataset()
    made.CodeValue, made.CodingSchemeDesignator, made.CodingSchemeVersion, made.CodeMeaning = "39607008", "SCT", version, "Lung"
    codes.clean_code(made, own_words.in_object(exports.dataset()), PSEUDONYMS)
    assert ("CodingSchemeVersion" in made) is stays
    assert made.CodeValue == "39607008"


def test_a_meaning_that_has_no_safe_word_is_removed() -> None:
    assert item("99LOCAL", "T-1", "Petronella").CodeMeaning == "removed"
    assert item("SCT", "900000000000003001", "Petronella").CodeMeaning == "900000000000003001"


def test_long_codes_and_urns_do_not_pass_beside_a_code_that_does() -> None:
    made = Dataset()
    made.CodeValue, made.CodingSchemeDesignator, made.CodeMeaning = "39607008", "SCT", "Lung"
    made.LongCodeValue, made.URNCodeValue = "Petronella", "urn:petronella"
    codes.clean_code(made, NOBODY, PSEUDONYMS)
    assert "etronella" not in str(made)
    assert made.CodeValue == "39607008"


@pytest.mark.parametrize("value_type", ["TEXT", "PNAME"])
def test_an_item_that_names_somebody_says_removed_where_its_kind_needs_a_value(value_type: str) -> None:
    made, name = Dataset(), Dataset()
    name.CodeValue, name.CodingSchemeDesignator, name.CodeMeaning = "121008", "DCM", "Person Observer Name"
    made.ConceptNameCodeSequence, made.ValueType = [name], value_type
    made.TextValue, made.PersonName, made.UID = "Fictus", "Fictus^Dr", "1.2.3"
    codes.remove_personal_values(made)
    assert "Fictus" not in str(made)
    assert made["TextValue" if value_type == "TEXT" else "PersonName"].value == "REMOVED"


def test_dates_under_a_name_that_a_hospital_made_up_are_replaced_since_it_may_be_a_birth() -> None:
    made, name = Dataset(), Dataset()
    name.CodeValue, name.CodingSchemeDesignator, name.CodeMeaning = "B-1", "99LOCAL", "Thorax"
    codes.clean_code(name, NOBODY, PSEUDONYMS)
    made.ConceptNameCodeSequence, made.Date, made.Time, made.DateTime = [name], "19810704", "120000", "19810704120000"
    codes.remove_personal_values(made)
    assert (made.Date, made.Time, made.DateTime) == ("19000101", "000000", "19000101000000")
