import pytest

from radiary.dicom.wall import coded_strings
from radiary.dicom.wall.own_words import OwnWords

NOBODY = OwnWords(frozenset())


@pytest.mark.parametrize("text", ["ORIGINAL", "M_FFE", "SIEMENS", "GE MEDICAL SYSTEMS", "B30f", "SOMATOM Force", "MR"])
def test_coded_words_and_machines_are_known(text: str) -> None:
    assert coded_strings.is_coded(text, NOBODY)


@pytest.mark.parametrize("text", ["VANDENBROUCKE", "ORIGINAL JANSSENS", "ID123456"])
def test_other_words_are_no_codes(text: str) -> None:
    assert not coded_strings.is_coded(text, NOBODY)
