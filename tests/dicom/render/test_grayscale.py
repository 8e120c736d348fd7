"""Against the standard's formulas, written here a second time and value by value (PS3.3 C.11.2.1.2 and .3)."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from radiary.dicom.render import grayscale


def by_the_book(x: float, center: float, width: float, function: str) -> float:
    """0 to 1."""
    if function == "SIGMOID":
        return 0.5 + math.tanh(2 * (x - center) / width) / 2
    c, w = (center - 0.5, width - 1) if function == "LINEAR" else (center, width)
    if x <= c - w / 2:
        return 0
    return 1 if x > c + w / 2 else (x - c) / w + 0.5


@given(
    st.integers(-3000, 3000), st.integers(1, 5000), st.sampled_from(["LINEAR", "LINEAR_EXACT", "SIGMOID"]),
    st.sampled_from([1.0, 0.5, -2.0, 0.0133]), st.sampled_from([0, -1024, 500]), st.booleans(),
)  # fmt: skip
def test_every_window_function_is_within_one_grey_level_of_the_standard(
    center: int, width: int, function: str, slope: float, intercept: int, is_inverse: bool
) -> None:
    made = exports.dataset(
        WindowCenter=center, WindowWidth=width, VOILUTFunction=function, RescaleSlope=slope, RescaleIntercept=intercept
    )
    made.PhotometricInterpretation = "MONOCHROME1" if is_inverse else "MONOCHROME2"
    stored = np.array([[-2048, -1024, -1, 0, 1, 77, 1500, 4095]], dtype="<i2")
    found = grayscale.view(made, 0).picture(stored, None)
    for value, grey in zip(stored[0].tolist(), found[0].tolist(), strict=True):
        share = by_the_book(float(made.RescaleSlope) * value + intercept, center, width, function)
        assert abs(grey - 255 * (1 - share if is_inverse else share)) <= 1


def test_floats_are_shown_like_integers() -> None:
    made = exports.dataset(WindowCenter=100, WindowWidth=200)
    integers = np.arange(0, 200, 7, dtype="<u2")
    view = grayscale.view(made, 0)
    assert (view.picture(integers, None) == view.picture(integers.astype("<f4"), None)).all()


@pytest.mark.parametrize(("center", "width"), [("", ""), (40, 0), (40, -400)])
def test_a_window_that_is_none_leaves_the_range_to_the_series(center: Any, width: Any) -> None:
    made = Dataset()
    made.WindowCenter, made.WindowWidth = center, width
    view = grayscale.view(made, 0)
    assert view.voi is None
    assert view.picture(np.array([[0, 50, 100]], "<u2"), (0, 200)).tolist() == [[0, 64, 128]]


def test_a_width_of_one_is_a_threshold() -> None:
    made = exports.dataset(WindowCenter=50, WindowWidth=1)
    assert grayscale.view(made, 0).picture(np.array([[49, 50, 51]], "<u2"), None).tolist() == [[0, 255, 255]]


def test_inverse_twice_said_is_inverse_once() -> None:
    made = exports.dataset(WindowCenter=128, WindowWidth=256, PresentationLUTShape="INVERSE")
    made.PhotometricInterpretation = "MONOCHROME1"
    assert grayscale.view(made, 0).picture(np.array([[0, 255]], "u1"), None).tolist() == [[255, 0]]


def test_a_constant_picture_divides_by_nothing() -> None:
    assert grayscale.view(Dataset(), 0).picture(np.full((2, 2), 7, "<u2"), (7, 7)).tolist() == [[0, 0], [0, 0]]


def test_padding_does_not_widen_the_range() -> None:
    made = Dataset()
    made.PixelPaddingValue = -2000
    stored = np.array([[-2000, 0, 10]], "<i2")
    assert grayscale.view(made, 0).range(stored) == (0, 10)
    made.PixelPaddingValue, made.PixelPaddingRangeLimit = 0, 5
    assert grayscale.view(made, 0).range(np.array([[0, 3, 6, 9]], "<u2")) == (6, 9)


def lut(first: int, values: list[int], bits: int) -> Sequence:
    item = Dataset()
    item.LUTDescriptor, item.LUTData = [len(values), first, bits], values
    item["LUTData"].VR = item["LUTDescriptor"].VR = "US"
    return Sequence([item])


def test_a_modality_lut_comes_before_the_window() -> None:
    made = exports.dataset(WindowCenter=128, WindowWidth=256, ModalityLUTSequence=lut(10, [0, 128, 255], 8))
    assert grayscale.view(made, 0).picture(np.array([[0, 10, 11, 12, 99]], "<u2"), None).tolist() == [[0, 0, 128, 255, 255]]


def test_a_voi_lut_wins_over_the_window_and_may_be_deeper_than_it_says() -> None:
    made = exports.dataset(WindowCenter=1, WindowWidth=2, VOILUTSequence=lut(0, [0, 2000, 4000], 8))
    assert grayscale.view(made, 0).picture(np.array([[0, 1, 2]], "<u2"), None).tolist() == [[0, 128, 255]]


@pytest.mark.parametrize("values", [[], [0, 0]])
def test_an_empty_lut_is_no_lut(values: list[int]) -> None:
    made = exports.dataset(WindowCenter=128, WindowWidth=256)
    item = Dataset()
    item.LUTDescriptor = [0, 0, 8]
    item["LUTDescriptor"].VR = "US"
    made.VOILUTSequence = lut(0, values, 8) if values else Sequence([item])
    assert grayscale.view(made, 0).picture(np.array([[0, 255]], "u1"), None).tolist() == [[0, 255]]


def test_each_frame_has_the_window_and_rescale_of_its_functional_groups() -> None:
    def window(center: int) -> Dataset:
        item, group = Dataset(), Dataset()
        item.WindowCenter, item.WindowWidth = center, 256
        group.FrameVOILUTSequence = Sequence([item])
        return group

    rescale, shared = Dataset(), Dataset()
    rescale.RescaleSlope, rescale.RescaleIntercept = 1, 100
    shared.PixelValueTransformationSequence = Sequence([rescale])
    made = Dataset()
    made.PerFrameFunctionalGroupsSequence = Sequence([window(228), window(328)])
    made.SharedFunctionalGroupsSequence = Sequence([shared])
    stored = np.array([[0, 100, 255]], "<u2")
    assert grayscale.view(made, 0).picture(stored, None).tolist() == [[0, 100, 255]]
    assert grayscale.view(made, 1).picture(stored, None).tolist() == [[0, 0, 155]]


def test_the_first_place_that_says_something_counts_whatever_its_kind() -> None:
    group, frame, made = Dataset(), Dataset(), Dataset()
    group.WindowCenter, group.WindowWidth = 10, 20
    frame.FrameVOILUTSequence = Sequence([group])
    made.PerFrameFunctionalGroupsSequence = Sequence([frame])
    made.VOILUTSequence = lut(0, list(range(256)), 8)
    assert grayscale.view(made, 0).picture(np.array([[200]], "u1"), None).item() == 255


def test_a_lut_ends_with_its_last_entry_and_not_with_its_padding() -> None:
    made, item = Dataset(), Dataset()
    item.LUTDescriptor, item.LUTData = [255, 0, 8], bytes(range(255)) + b"\0"
    item["LUTDescriptor"].VR, item["LUTData"].VR = "US", "OW"
    made.VOILUTSequence = Sequence([item])
    assert grayscale.view(made, 0).picture(np.array([[254, 255]], "u1"), None).tolist() == [[254, 254]]


def test_a_lut_below_zero_is_found_there_though_its_start_was_written_unsigned() -> None:
    made = Dataset()
    made.RescaleSlope, made.RescaleIntercept = 1, -1024
    made.VOILUTSequence = lut(64512, list(range(2048)), 11)
    assert (
        abs(grayscale.view(made, 0).picture(np.array([[0, 1024, 2047]], "<u2"), None)[0] - np.array([0, 127.5, 255])).max() <= 1
    )


def test_what_is_no_number_does_not_count_in_a_range() -> None:
    view = grayscale.view(Dataset(), 0)
    assert view.range(np.array([[np.nan, 2.0], [np.inf, 8.0]], "f4")) == (2, 8)
    with pytest.raises(ValueError, match="number"):
        view.range(np.array([[np.nan]], "f4"))
    made = Dataset()
    made.RescaleSlope, made.RescaleIntercept = "1e308", 0
    with pytest.raises(ValueError, match="measure"):
        grayscale.view(made, 0).range(np.array([[1, 1000]], "<u2"))


def test_a_function_that_nobody_knows_is_the_standards_default() -> None:
    made = Dataset()
    made.WindowCenter, made.WindowWidth, made.VOILUTFunction = 100, 0.5, "FOO"
    assert grayscale.view(made, 0).voi is None


def test_the_largest_numbers_are_shown_too() -> None:
    shown = grayscale.view(Dataset(), 0).picture(np.array([[2**63, 2**63 + 255]], "u8"), None)
    assert shown.tolist()[0][0] < shown.tolist()[0][1] or shown.max() == 0
