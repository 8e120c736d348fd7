import pytest

from radiary.dicom.wall import closed_lists


@pytest.mark.parametrize(("value", "word"), [("CT", "CT"), (" mr ", "MR"), ("JANSSENS", "OT"), (None, "OT"), ("", "OT")])
def test_a_modality_is_a_defined_term_or_other(value: object, word: str) -> None:
    assert closed_lists.modality(value) == word


@pytest.mark.parametrize("value", [None, "", "CT\\PT", ["CT", "PT"], "Computed"])
def test_a_modality_that_is_none_is_that_of_the_class(value: object) -> None:
    assert closed_lists.modality(value, "1.2.840.10008.5.1.4.1.1.2") == "CT"
    assert closed_lists.modality("MR", "1.2.840.10008.5.1.4.1.1.2") == "MR"


@pytest.mark.parametrize(
    ("value", "word"),
    [("CHEST", "chest"), ("C-SPINE", "cspine"), ("ABDOMEN PELVIS", "abdomenpelvis"), ("PETRONELLA", None), (None, None)],
)
def test_a_body_part_is_a_defined_term_or_nothing(value: object, word: str | None) -> None:
    assert closed_lists.body_part(value) == word
