from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from radiary.dicom.render import presentation
from walled import clean


def image() -> Any:
    """Values from 0 in the upper left corner to 1009 in the lower right one, 10 rows and 100 apart columns."""
    down, across = np.mgrid[0:10, 0:8]
    made = exports.with_pixels(
        exports.dataset(WindowCenter=500, WindowWidth=1000), (down * 100 + across).astype("<u2"), stored=12
    )
    return clean(made)


def state(**attributes: Any) -> Dataset:
    made = Dataset()
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    return made


def item(**attributes: Any) -> Sequence:
    return Sequence([state(**attributes)])


def shown(saved: Dataset) -> np.ndarray:
    with Image.open(BytesIO(presentation.as_saved(saved, image()))) as opened:
        return np.asarray(opened).astype(int)


PLAIN = shown(state())


def test_a_state_that_names_no_window_shows_all_values_whatever_the_image_says() -> None:
    assert PLAIN.shape == (10, 8)
    assert PLAIN[0, 0] < 2
    assert PLAIN[9, 7] == 255


def test_its_window_counts_and_not_the_images() -> None:
    found = shown(state(SoftcopyVOILUTSequence=item(WindowCenter=100, WindowWidth=1)))
    assert (found == np.where(np.arange(10)[:, None] * 100 + np.arange(8) > 99.5, 255, 0)).all()


def test_a_window_for_another_image_does_not_count() -> None:
    other = item(ReferencedSOPInstanceUID="1.2.3")
    assert (
        shown(state(SoftcopyVOILUTSequence=item(WindowCenter=1, WindowWidth=1, ReferencedImageSequence=other))) == PLAIN
    ).all()


def test_its_shape_counts() -> None:
    assert np.abs(shown(state(PresentationLUTShape="INVERSE")) - (255 - PLAIN)).max() <= 1


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"ImageRotation": 90}, np.rot90(PLAIN, -1)),
        ({"ImageRotation": 270}, np.rot90(PLAIN)),
        ({"ImageHorizontalFlip": "Y"}, PLAIN[:, ::-1]),
        ({"ImageRotation": 90, "ImageHorizontalFlip": "Y"}, np.rot90(PLAIN, -1)[:, ::-1]),
    ],
)
def test_it_is_turned_and_then_flipped(attributes: dict[str, Any], expected: np.ndarray) -> None:
    assert (shown(state(**attributes)) == expected).all()


def test_only_the_displayed_area_is_shown_and_nothing_is_made_up_outside_the_image() -> None:
    area = {"DisplayedAreaTopLeftHandCorner": [3, 2], "DisplayedAreaBottomRightHandCorner": [6, 20]}
    assert (shown(state(DisplayedAreaSelectionSequence=item(**area))) == PLAIN[1:10, 2:6]).all()


def test_shutters_leave_their_inside() -> None:
    rectangle = {"ShutterShape": "RECTANGULAR", "ShutterLeftVerticalEdge": 2, "ShutterRightVerticalEdge": 7}
    rectangle |= {"ShutterUpperHorizontalEdge": 3, "ShutterLowerHorizontalEdge": 9, "ShutterPresentationValue": 0}
    kept = np.zeros((10, 8), dtype=bool)
    kept[2:9, 1:7] = True
    assert (shown(state(**rectangle)) == np.where(kept, PLAIN, 0)).all()
    circle = {"ShutterShape": "CIRCULAR", "CenterOfCircularShutter": [5, 4], "RadiusOfCircularShutter": 2}
    assert np.flatnonzero(shown(state(**circle))[:, 0]).size == 0
    polygon = {
        "ShutterShape": "POLYGONAL",
        "VerticesOfThePolygonalShutter": [1, 1, 10, 1, 10, 8],
        "ShutterPresentationValue": 65535,
    }
    found = shown(state(**polygon))
    assert (found[0, 7], found[9, 0]) == (255, PLAIN[9, 0])


def test_a_presentation_lut_comes_last() -> None:
    lut = Dataset()
    lut.LUTDescriptor, lut.LUTData = [256, 0, 8], bytes(range(255, -1, -1))
    lut["LUTDescriptor"].VR, lut["LUTData"].VR = "US", "OW"
    assert np.abs(shown(state(PresentationLUTSequence=Sequence([lut]))) - (255 - PLAIN)).max() <= 1


def test_its_own_pixels_may_be_taller_than_wide() -> None:
    area = {"DisplayedAreaTopLeftHandCorner": [1, 1], "DisplayedAreaBottomRightHandCorner": [8, 10]}
    tall = item(PresentationPixelAspectRatio=[2, 1], **area)
    assert shown(state(DisplayedAreaSelectionSequence=tall)).shape == (20, 8)


def test_of_several_frames_the_one_it_is_about_is_shown_in_its_own_window() -> None:
    frames = np.stack([np.full((4, 4), value, "<u2") for value in (50, 100)])
    two = clean(exports.with_pixels(exports.dataset(), frames, stored=12))
    uid = str(two.dataset.SOPInstanceUID)
    first, second = (item(ReferencedSOPInstanceUID=uid, ReferencedFrameNumber=number) for number in (1, 2))
    series = item(ReferencedImageSequence=second)
    windows = [state(WindowCenter=10, WindowWidth=20, ReferencedImageSequence=first)]
    windows += [state(WindowCenter=200, WindowWidth=20, ReferencedImageSequence=second)]
    saved = state(ReferencedSeriesSequence=series, SoftcopyVOILUTSequence=Sequence(windows))
    with Image.open(BytesIO(presentation.as_saved(saved, two))) as opened:
        assert np.asarray(opened).max() == 0
