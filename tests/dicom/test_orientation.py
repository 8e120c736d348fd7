from typing import Any

import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from radiary.dicom.orientation import orientation
from radiary.model.nouns import Orientation


def lying(cosines: Any = None, words: Any = None) -> Dataset:
    made = Dataset()
    if cosines is not None:
        made.ImageOrientationPatient = cosines
    if words is not None:
        made.PatientOrientation = words
    return made


@pytest.mark.parametrize(
    ("cosines", "letters", "plane"),
    [
        ([1, 0, 0, 0, 1, 0], ("A", "L", "P", "R"), "axial"),
        ([1, 0, 0, 0, 0, -1], ("H", "L", "F", "R"), "coronal"),
        ([0, 1, 0, 0, 0, -1], ("H", "P", "F", "A"), "sagittal"),
        ([-1, 0, 0, 0, -1, 0], ("P", "R", "A", "L"), "axial"),
        ([0.9, 0.436, 0, -0.436, 0.9, 0], ("AL", "LP", "PR", "RA"), "axial"),
        ([0.707, 0.707, 0, 0, 0, -1], ("H", "LP", "F", "RA"), ""),
    ],
)
def test_letters_stand_at_the_edges_that_lead_there(cosines: list[float], letters: tuple[str, ...], plane: str) -> None:
    found = orientation(lying(cosines))
    assert [set(one) for one in found.letters] == [set(one) for one in letters]
    assert found.plane == plane


def test_enhanced_objects_say_it_for_all_frames_together() -> None:
    made, shared, plane = Dataset(), Dataset(), lying([1, 0, 0, 0, 1, 0])
    shared.PlaneOrientationSequence = Sequence([plane])
    made.SharedFunctionalGroupsSequence = Sequence([shared])
    assert orientation(made).plane == "axial"


def test_a_mammogram_says_it_in_words() -> None:
    assert orientation(lying(words=["P", "FR"])).letters == ("HL", "P", "FR", "A")


@pytest.mark.parametrize(
    "made",
    [
        lying(),
        lying([1, 0, 0]),
        lying([0, 0, 0, 0, 1, 0]),
        lying(words=["P", ""]),
        lying(words=["NO", "EAR"]),
        lying(words="P"),
    ],
)
def test_what_is_not_known_has_no_letters(made: Dataset) -> None:
    assert orientation(made) == Orientation()
