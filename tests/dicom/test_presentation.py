from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from radiary.dicom import presentation
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


def test_a_state_that_says_nothing_shows_the_image_as_it_is() -> None:
    assert PLAIN.shape == (10, 8)
    assert PLAIN[0, 0] < 2
    assert abs(PLAIN[9, 7] - 232) <= 1


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
