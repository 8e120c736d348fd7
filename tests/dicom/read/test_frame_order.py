from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from odd_images import pictures
from radiary.dicom.read import frame_order

AXIAL, CORONAL = [1, 0, 0, 0, 1, 0], [1, 0, 0, 0, 0, -1]


def nested(sequence: str, **attributes: Any) -> tuple[str, Sequence]:
    item = Dataset()
    for keyword, value in attributes.items():
        setattr(item, keyword, value)
    return sequence, Sequence([item])


def enhanced(*frames: dict[str, Any]) -> Any:
    """Each frame says `z`, and may say `time`, `echo` or `cosines`; its grey is ten times its number."""
    values = np.stack([np.full((8, 8), 10 * number, "u1") for number in range(len(frames))])
    made = exports.with_pixels(exports.dataset(WindowCenter=128, WindowWidth=256), values)
    groups = []
    for frame in frames:
        group = Dataset()
        if "z" in frame:
            setattr(group, *nested("PlanePositionSequence", ImagePositionPatient=[0, frame["z"], frame["z"]]))
        if "time" in frame:
            setattr(group, *nested("FrameContentSequence", TemporalPositionIndex=frame["time"]))
        if "echo" in frame:
            setattr(group, *nested("MREchoSequence", EffectiveEchoTime=float(frame["echo"])))
        if "cosines" in frame:
            setattr(group, *nested("PlaneOrientationSequence", ImageOrientationPatient=frame["cosines"]))
        groups.append(group)
    made.PerFrameFunctionalGroupsSequence = Sequence(groups)
    shared = Dataset()
    setattr(shared, *nested("PlaneOrientationSequence", ImageOrientationPatient=AXIAL))
    made.SharedFunctionalGroupsSequence = Sequence([shared])
    return made


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        ([{"z": 5}, {"z": 15}, {"z": 0}, {"z": 10}], [1, 3, 0, 2]),
        ([{"z": 9}, {"z": 6}, {"z": 3}], [0, 1, 2]),
        ([{"z": 0, "time": 1}, {"z": 0, "time": 2}, {"z": 5, "time": 1}, {"z": 5, "time": 2}], [0, 2, 1, 3]),
        ([{"z": 0, "echo": 90}, {"z": 5, "echo": 20}, {"z": 0, "echo": 20}, {"z": 5, "echo": 90}], [2, 1, 0, 3]),
        ([{"z": 5}, {"z": 1, "cosines": CORONAL}, {"z": 0}, {"z": 2, "cosines": CORONAL}], [1, 2, 0, 3]),
        ([{"z": 5}, {}, {"z": 0}], [0, 1, 2]),
        ([{"z": 5}, {"z": 5}], [0, 1]),
    ],
)
def test_frames_stand_where_they_lie(frames: list[dict[str, Any]], expected: list[int]) -> None:
    assert frame_order.places(enhanced(*frames), len(frames)) == expected


def test_pictures_of_an_enhanced_object_are_named_in_spatial_order() -> None:
    made = enhanced({"z": 5}, {"z": 15}, {"z": 0}, {"z": 10})
    found = pictures(exports.written(made))
    assert [int(one[0, 0]) for one in found] == [0, 10, 20, 30]
    from radiary.dicom.develop import develop
    from radiary.dicom.image_files import Development
    from walled import TERMS

    development = develop(exports.written(made), TERMS, scales={})
    assert isinstance(development, Development)
    names = [one.path.partition("-f")[2][:3] for one in development.files() if one.is_picture]
    assert names == ["002", "004", "001", "003"]
