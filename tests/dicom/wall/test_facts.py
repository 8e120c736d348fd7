from typing import Any

import pytest

from exports import dataset
from radiary.dicom.wall import facts


def of(**attributes: Any) -> Any:
    return facts.facts_of(dataset(**attributes), dataset(**attributes), "P-X")


@pytest.mark.parametrize(
    ("attributes", "day"),
    [
        ({"StudyDate": "20240311"}, "2024-03-11"),
        ({"StudyDate": "2024.03.11"}, "2024-03-11"),
        ({"StudyDate": "", "SeriesDate": "20240312"}, "2024-03-12"),
        ({"StudyDate": "20241340", "ContentDate": "20240313"}, "2024-03-13"),
        ({"StudyDate": "18000101"}, None),
        ({"StudyDate": "2024"}, None),
        ({"StudyDate": "", "AcquisitionDateTime": "20240314120000.5"}, "2024-03-14"),
        ({"StudyDate": ""}, None),
    ],
)
def test_the_day_is_the_first_real_date(attributes: dict[str, str], day: str | None) -> None:
    assert of(**attributes).date == day


def test_numbers_that_are_none_are_none() -> None:
    found = of(InstanceNumber="", SeriesNumber="4")
    assert (found.instance_number, found.series_number) == (None, 4)


def test_position_is_measured_along_the_normal_in_millimetres() -> None:
    axial = {"ImageOrientationPatient": [1, 0, 0, 0, 1, 0], "ImagePositionPatient": [10, 20, 30.5]}
    assert of(**axial).position == 30.5
    sagittal = {"ImageOrientationPatient": [0, 1, 0, 0, 0, -1], "ImagePositionPatient": [12, 5, 7]}
    assert of(**sagittal).position == -12
    assert of(ImagePositionPatient=[1, 2]).position is None


@pytest.mark.parametrize("dummy", ["19000101", "99991231", "19691231", "20991231", "21000101"])
def test_a_dummy_moves_nothing(dummy: str) -> None:
    made = dataset(StudyDate=dummy, SeriesDate="20240312")
    assert facts.facts_of(made, made, "P-X", latest="20260101").date == "2024-03-12"


def test_a_date_that_the_policy_moves_counts_by_what_it_was() -> None:
    received, clean = dataset(StudyDate="19750101"), dataset(StudyDate="19660101")
    assert facts.facts_of(clean, received, "P-X").date == "1966-01-01"
    received, clean = dataset(StudyDate="99991231"), dataset(StudyDate="19990101")
    assert facts.facts_of(clean, received, "P-X").date is None
