import struct
from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from odd_images import copy_of, outcome, pictures, put
from radiary.model.errors import Reason
from walled import clean

INTERCEPT, SLOPE, CENTER, WIDTH = 0x00281052, 0x00281053, 0x00281050, 0x00281051
SPACING, ASPECT, PHOTOMETRIC, FUNCTION, SHAPE = 0x00280030, 0x00280034, 0x00280004, 0x00281056, 0x20500020


def slice_in_units() -> Any:
    made = exports.slice_of_ct(RescaleIntercept="-1000", RescaleSlope="2", WindowCenter=1000, WindowWidth=4000)
    return exports.with_pixels(made, exports.ramp(top=4000), stored=12)


def shown(made: Any) -> Any:
    return pictures(exports.written(made))[0]


@pytest.mark.parametrize(
    ("tag", "vr", "value"),
    [
        (INTERCEPT, "DS", "-1000,0"),
        (INTERCEPT, "DS", "-1.000,00"),
        (INTERCEPT, "DS", "-1,000.0"),
        (INTERCEPT, "DS", "- 1000"),
        (INTERCEPT, "DS", "-1.0D+03"),
        (INTERCEPT, "DS", b"-1000\0\0\0"),
        (INTERCEPT, "LO", "-1000"),
        (INTERCEPT, "UN", "-1000"),
        (INTERCEPT, "FD", struct.pack("<d", -1000)),
        (INTERCEPT, "FL", struct.pack("<f", -1000)),
        (INTERCEPT, "SS", struct.pack("<h", -1000)),
        (SLOPE, "DS", "2,0"),
        (SLOPE, "SH", " 2.0 "),
        (SLOPE, "IS", "2"),
        (SLOPE, "US", struct.pack("<H", 2)),
        (CENTER, "DS", "1000,0\\40,0"),
        (CENTER, "ST", "1000\\40"),
        (WIDTH, "DS", "4000,00"),
        (WIDTH, "LT", "4000"),
        (FUNCTION, "CS", "linear"),
        (FUNCTION, "SH", "Linear"),
        (SHAPE, "CS", "identity"),
        (PHOTOMETRIC, "CS", "monochrome2"),
        (PHOTOMETRIC, "CS", "MONOCHROME 2"),
        (PHOTOMETRIC, "SH", "Monochrome2"),
        (PHOTOMETRIC, "CS", b"MONOCHROME2\0"),
        (0x00280010, "IS", "16"),
        (0x00280010, "UL", struct.pack("<I", 16)),
        (0x00280011, "UN", struct.pack("<H", 24)),
        (0x00280101, "SH", "12.0"),
        (0x00280102, "SS", struct.pack("<h", 11)),
        (0x00280103, "FL", struct.pack("<f", 0)),
    ],
)
def test_what_display_depends_on_is_understood_however_it_is_written(tag: int, vr: str, value: str | bytes) -> None:
    assert (shown(put(slice_in_units(), tag, vr, value)) == shown(slice_in_units())).all()


@pytest.mark.parametrize(
    ("tag", "vr", "value"),
    [
        (INTERCEPT, "DS", "none"),
        (INTERCEPT, "DS", "1,0,0"),
        (SLOPE, "DS", "nan"),
        (SLOPE, "SH", "1.0 HU"),
        (WIDTH, "DS", "wide"),
        (SLOPE, "DS", "1e999"),
        (WIDTH, "DS", "4E+400"),
        (SPACING, "DS", "0,7,0,7"),
        (SPACING, "DS", "1.4\\0.7\\1"),
        (FUNCTION, "CS", "CUBIC"),
        (SHAPE, "CS", "MIRRORED"),
        (PHOTOMETRIC, "CS", "MONOCHROME"),
        (PHOTOMETRIC, "CS", "HSV"),
        (0x00280103, "SH", "yes"),
        (0x00280101, "DS", "11.5"),
        (0x00280010, "SL", struct.pack("<i", -16)),
    ],
)
def test_no_picture_is_made_without_a_value_that_it_depends_on(tag: int, vr: str, value: str | bytes) -> None:
    assert outcome(exports.written(put(slice_in_units(), tag, vr, value))) == Reason.DISPLAY_VALUE_NOT_UNDERSTOOD


@pytest.mark.parametrize("value", ["0.2\\0\\0.200000", "0.7\\0.7\\0.7"])
def test_more_sides_of_a_pixel_than_two_that_are_one_length_are_a_square(value: str) -> None:
    assert (shown(put(slice_in_units(), SPACING, "DS", value)) == shown(put(slice_in_units(), SPACING, "DS", "0.7\\0.7"))).all()


def test_a_word_in_an_item_that_nothing_is_shown_by_costs_no_picture() -> None:
    made, source = slice_in_units(), Dataset()
    source.ReferencedSOPInstanceUID = "1.2.3"
    made.SourceImageSequence = Sequence([put(source, SHAPE, "CS", "KUPAFI")])
    assert (shown(made) == shown(slice_in_units())).all()


@pytest.mark.parametrize("value", ["", "  ", b"\0\0"])
def test_a_value_of_nothing_but_padding_is_none(value: str | bytes) -> None:
    made = slice_in_units()
    del made.RescaleIntercept
    assert (shown(put(slice_in_units(), INTERCEPT, "DS", value)) == shown(made)).all()


def test_monochrome1_in_any_case_is_inverted_and_its_copy_says_so() -> None:
    made = put(slice_in_units(), PHOTOMETRIC, "CS", "Monochrome1")
    assert (shown(made) == 255 - shown(slice_in_units())).all()
    assert copy_of(exports.written(made)).PhotometricInterpretation == "MONOCHROME1"


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        (SPACING, "1,4\\0,7"),
        (SPACING, "1.4,0.7"),
        (SPACING, "1.4 0.7"),
        (ASPECT, "2.0\\1.0"),
        (ASPECT, "1.5\\0.75"),
    ],
)
def test_pixels_that_are_not_square_are_made_so_however_that_is_written(tag: int, value: str) -> None:
    made = exports.slice_of_ct()
    assert shown(put(made, tag, "DS" if tag == SPACING else "IS", value)).shape == (32, 24)


def test_coded_strings_pass_in_any_case() -> None:
    made = put(exports.slice_of_ct(modality="MR"), 0x00080060, "CS", "mr")
    put(put(made, 0x00180015, "CS", "Chest"), 0x00080008, "CS", "derived\\primary\\localizer")
    one = clean(made)
    assert (one.dataset.Modality, one.facts.modality, one.facts.body_part) == ("MR", "MR", "chest")
    assert list(one.dataset.ImageType) == ["DERIVED", "PRIMARY", "LOCALIZER"]


def test_order_survives_numbers_with_fractions_and_other_vrs() -> None:
    made = put(exports.slice_of_ct(), 0x00200013, "IS", "5.0")
    put(put(made, 0x00200011, "DS", "3,0"), 0x00200032, "DS", "0,0\\0,0\\12,5")
    put(made, 0x00200037, "LO", "1\\0\\0\\0\\1\\0")
    facts = clean(made).facts
    assert (facts.instance_number, facts.series_number, facts.position) == (5, 3, 12.5)


def test_a_number_of_hers_is_no_secret_where_it_displays_orders_or_measures() -> None:
    made = exports.slice_of_ct(PatientID="10000", WindowCenter=1000, WindowWidth=10000, InstanceNumber="10000")
    made.PixelSpacing, made.SliceThickness = [10000, 10000], "10000"
    one = clean(exports.with_pixels(made, exports.ramp(), stored=12))
    assert (one.dataset.WindowWidth, one.facts.instance_number, one.dataset.SliceThickness) == (10000, 10000, 10000)
    assert list(one.dataset.PixelSpacing) == [10000, 10000]


def test_a_long_number_of_hers_numbers_no_series() -> None:
    one = clean(exports.slice_of_ct(PatientID="471-112", SeriesNumber="471112"))
    assert one.facts.series_number is None


def test_an_own_number_in_a_binary_value_that_displays_passes() -> None:
    made = exports.with_pixels(exports.dataset(PatientID="63536"), exports.ramp().astype("<u2"))
    made.PixelPaddingValue = 63536
    assert clean(made).dataset.PixelPaddingValue == 63536


def test_of_a_uid_with_two_values_the_first_one_counts() -> None:
    made = put(exports.slice_of_ct(), 0x0020000D, "UI", b"1.2.3\\1.2.4\0")
    alone = clean(exports.slice_of_ct(StudyInstanceUID="1.2.3"))
    one = clean(made)
    assert one.facts.study == alone.facts.study == str(one.dataset.StudyInstanceUID)


def test_signed_padding_in_a_foreign_vr_keeps_its_sign() -> None:
    made = exports.with_pixels(exports.dataset(), np.linspace(-1000, 3000, 384).reshape(16, 24).astype("<i2"))
    assert clean(put(made, 0x00280120, "IS", "-2000")).dataset.PixelPaddingValue == -2000
