import pytest

from radiary.dicom.text.markers import is_marker


@pytest.mark.parametrize("words", ["", "7", "R", "RMLO", "L-CC", "AP", "SUPINE", "HFR", "12"])
def test_sides_views_and_positions_are_markers(words: str) -> None:
    assert is_marker(words)


@pytest.mark.parametrize("words", ["ANNA", "123", "RANNA", "CC1", "X"])
def test_names_and_numbers_are_none(words: str) -> None:
    assert not is_marker(words)
