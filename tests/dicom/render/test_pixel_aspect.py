import numpy as np
import pytest
from pydicom.dataset import Dataset

from radiary.dicom.render import pixel_aspect


@pytest.mark.parametrize(
    ("attributes", "shape"),
    [
        ({}, (10, 20)),
        ({"PixelAspectRatio": [2, 1]}, (20, 20)),
        ({"PixelAspectRatio": [1, 3]}, (10, 60)),
        ({"PixelSpacing": [3.0, 0.75]}, (40, 20)),
        ({"PixelSpacing": [0.7, 0.703]}, (10, 20)),
        ({"PixelSpacing": [1, 1], "PixelAspectRatio": [2, 1]}, (10, 20)),
        ({"PixelAspectRatio": [0, 1]}, (10, 20)),
        ({"PixelSpacing": [400, 1]}, (10, 20)),
    ],
)
def test_pictures_have_square_pixels(attributes: dict[str, list[float]], shape: tuple[int, int]) -> None:
    made = Dataset()
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    assert pixel_aspect.squared(np.zeros((10, 20), "u1"), made).shape == shape
    assert pixel_aspect.squared(np.zeros((10, 20, 3), "u1"), made).shape == (*shape, 3)


def test_shared_pixel_measures_count() -> None:
    made, group, measures = Dataset(), Dataset(), Dataset()
    measures.PixelSpacing = [2, 1]
    group.PixelMeasuresSequence = [measures]
    made.SharedFunctionalGroupsSequence = [group]
    assert pixel_aspect.stretch(made) == (2, 1)


def test_a_box_in_the_picture_covers_the_same_in_the_frame() -> None:
    made = Dataset()
    made.PixelAspectRatio = [2, 1]
    assert pixel_aspect.in_frame([(3, 5, 9, 11)], made) == ((3, 2, 9, 6),)


def test_the_measures_of_the_first_frame_count_where_none_are_shared() -> None:
    made, group, measures = Dataset(), Dataset(), Dataset()
    measures.PixelSpacing = [2, 1]
    group.PixelMeasuresSequence = [measures]
    made.PerFrameFunctionalGroupsSequence = [group, group]
    assert pixel_aspect.stretch(made) == (2, 1)


def test_sixteen_bits_stay_sixteen() -> None:
    made = Dataset()
    made.PixelAspectRatio = [2, 1]
    picture = np.linspace(0, 65535, 50).reshape(10, 5).astype("u2")
    found = pixel_aspect.squared(picture, made)
    assert (found.shape, found.dtype, int(found.max())) == ((20, 5), np.dtype("u2"), 65535)
