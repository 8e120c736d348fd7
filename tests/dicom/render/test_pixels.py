from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pydicom.encaps import encapsulate
from pydicom.pixels.encoders.base import JPEGLSLosslessEncoder
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, JPEGBaseline8Bit, JPEGLSLossless

import exports
from exports import ramp
from radiary.dicom.read import pixel_description
from radiary.dicom.read.pixel_matrix import Undecodable
from radiary.dicom.render import pixels
from radiary.model.errors import Reason
from radiary.model.nouns import Deidentified
from walled import clean, compressed


def frames(one: Deidentified) -> list[Any]:
    return list(pixels.frames(one, pixel_description.matrix(one)))


def reason(one: Deidentified) -> Reason:
    with pytest.raises(Undecodable) as error:
        frames(one)
    return error.value.reason


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ExplicitVRBigEndian])
def test_native_values_come_out_as_they_were(syntax: str) -> None:
    made = exports.slice_of_ct()
    if syntax == ExplicitVRBigEndian:
        made.PixelData = ramp(offset=1).astype(">u2").tobytes()
    assert (frames(clean(made, syntax))[0] == ramp(offset=1)).all()


def test_every_frame_comes_out_one_by_one() -> None:
    values = np.stack([ramp(top=top) for top in (100, 2000, 4000)])
    found = frames(clean(exports.with_pixels(exports.dataset(), values, stored=12)))
    assert (np.stack(found) == values).all()


def test_bits_above_bits_stored_are_masked() -> None:
    made = exports.with_pixels(exports.dataset(), ramp(top=4000) | 0xF000, stored=12)
    assert (frames(clean(made))[0] == ramp(top=4000)).all()


def test_values_in_the_upper_bits_are_shifted_down() -> None:
    made = exports.with_pixels(exports.dataset(), ramp(top=4000) << 4 | 0xA, stored=12)
    made.HighBit = 15
    assert (frames(clean(made))[0] == ramp(top=4000)).all()


@pytest.mark.parametrize("is_signed", [False, True])
def test_values_in_the_lower_bits_are_left_there_whatever_the_high_bit_says(*, is_signed: bool) -> None:
    values = ramp(top=4000).astype("i2") - (2000 if is_signed else 0)
    made = exports.with_pixels(exports.dataset(), values.view("u2"), stored=12)
    made.HighBit, made.PixelRepresentation = 15, int(is_signed)
    assert (frames(clean(made))[0] == values).all()


@pytest.mark.parametrize(
    "bits", [{"BitsStored": 16}, {"BitsStored": 20}, {"BitsStored": 0}, {"HighBit": 7}, {"HighBit": 16}, {"SamplesPerPixel": 0}]
)
def test_bits_that_contradict_each_other_leave_the_values_that_stand_there(bits: dict[str, int]) -> None:
    made = exports.with_pixels(exports.dataset(), ramp(top=4000), stored=12)
    for keyword, value in bits.items():
        setattr(made, keyword, value)
    assert (frames(clean(made))[0] == ramp(top=4000)).all()


def test_signed_values_of_12_bits_have_their_sign() -> None:
    values = ramp(top=4000).astype("i2") - 2000
    made = exports.with_pixels(exports.dataset(), (values.view("u2") & 0xFFF), stored=12)
    made.PixelRepresentation = 1
    assert (frames(clean(made))[0] == values).all()


def test_a_slides_tile_at_its_edge_is_filled_up_with_white() -> None:
    tile = np.full((16, 10, 3), 90, "u1")
    made = exports.with_pixels(exports.dataset(), np.zeros((16, 24, 3), "u1"), photometric="RGB")
    made.TotalPixelMatrixColumns = 34
    stream = BytesIO()
    Image.fromarray(tile).save(stream, "JPEG", quality=95)
    made.PixelData = encapsulate([stream.getvalue()])
    (found,) = frames(clean(made, JPEGBaseline8Bit))
    assert (found[:, 10:] == 255).all()
    assert np.abs(found[:, :10].astype(int) - 90).max() < 4


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"Rows": 17}, Reason.PIXEL_DATA_TRUNCATED),
        ({"Rows": 60000, "Columns": 60000, "NumberOfFrames": 1000}, Reason.TOO_LARGE),
        ({"Rows": 8000, "Columns": 9000, "SamplesPerPixel": 3}, Reason.TOO_LARGE),
        ({"Rows": 1, "Columns": 1, "NumberOfFrames": 100_001}, Reason.TOO_LARGE),
        ({"Rows": 1, "Columns": 1, "BitsAllocated": 1, "BitsStored": 1, "NumberOfFrames": 2_000_000_000}, Reason.TOO_LARGE),
        ({"BitsAllocated": 12}, Reason.PIXEL_FORMAT_NOT_SUPPORTED),
        ({"Rows": 0}, Reason.NO_PIXEL_DATA),
        ({"BitsAllocated": 0}, Reason.NO_PIXEL_DATA),
        ({"SamplesPerPixel": 2, "Rows": 4}, Reason.PIXEL_FORMAT_NOT_SUPPORTED),
        ({"HighBit": 7, "PixelRepresentation": 1}, Reason.PIXEL_FORMAT_NOT_SUPPORTED),
    ],
)
def test_what_header_and_data_cannot_agree_on_is_refused_with_its_reason(changes: dict[str, int], expected: Reason) -> None:
    made = exports.slice_of_ct()
    for keyword, value in changes.items():
        setattr(made, keyword, value)
    assert reason(clean(made)) == expected


def test_an_encoding_nobody_knows_is_named() -> None:
    made = compressed(exports.slice_of_ct())
    made.PixelData = encapsulate([b"something else" * 9])
    assert reason(clean(made, "1.2.3.4.5")) == Reason.TRANSFER_SYNTAX_NOT_SUPPORTED


def test_an_undecodable_stream_is_a_reason_not_a_crash() -> None:
    made = exports.slice_of_ct()
    made.PixelData = encapsulate([b"\xff\xd8" + bytes(500) + b"\xff\xd9"])
    made["PixelData"].is_undefined_length = True
    assert reason(clean(made, JPEGLSLossless)) == Reason.PIXEL_DATA_UNREADABLE


def test_a_palette_is_shown_in_colour() -> None:
    made = exports.with_pixels(exports.dataset(), np.array([[0, 1], [2, 1]], "u1"), photometric="PALETTE COLOR")
    for colour, values in (("Red", (0, 255, 0)), ("Green", (0, 0, 255)), ("Blue", (7, 0, 0))):
        setattr(made, f"{colour}PaletteColorLookupTableDescriptor", [3, 0, 8])
        setattr(made, f"{colour}PaletteColorLookupTableData", bytes([*values, 0]))
    one = clean(made)
    shape = pixel_description.matrix(one)
    shown = pixels.picture(one, shape, frames(one)[0], 0, None)
    assert shown.tolist() == [[[0, 0, 7], [255, 0, 0]], [[0, 255, 0], [255, 0, 0]]]


def test_sixteen_bit_colour_is_scaled_not_cut() -> None:
    values = np.zeros((2, 2, 3), "<u2")
    values[0, 0] = 65535
    one = clean(exports.with_pixels(exports.dataset(), values))
    assert pixels.picture(one, pixel_description.matrix(one), frames(one)[0], 0, None)[0, 0].tolist() == [255, 255, 255]


def test_every_frame_of_an_ultrasound_is_blanked_outside_its_regions() -> None:
    made = exports.with_pixels(exports.ultrasound(), np.full((3, 60, 80, 3), 200, "u1"))
    for frame in frames(clean(made)):
        assert not frame[:20].any()
        assert (frame[20:] == 200).all()


def test_a_blanked_palette_ultrasound_is_dark_and_monochrome1_too() -> None:
    made = exports.with_pixels(exports.ultrasound(), np.full((60, 80), 3, "u1"), photometric="MONOCHROME1")
    made.WindowCenter, made.WindowWidth = 128, 256
    one = clean(made)
    shape = pixel_description.matrix(one)
    assert pixels.picture(one, shape, frames(one)[0], 0, None)[:20].max() == 0


def test_a_compressed_picture_is_decoded_and_one_cut_short_is_never_shown() -> None:
    made = compressed(exports.slice_of_ct())
    assert (frames(clean(made, JPEGLSLossless))[0] == ramp(offset=1)).all()
    made = exports.slice_of_ct()
    compressed(made)
    stream = made.PixelData
    made.PixelData = encapsulate([stream[stream.index(b"\xff\xd8") : len(stream) // 2]])
    made["PixelData"].is_undefined_length = True
    assert reason(clean(made, JPEGLSLossless)) == Reason.PIXEL_DATA_TRUNCATED


def test_frames_that_are_only_claimed_are_counted_and_too_many_are_refused_before_they_are_looked_for() -> None:
    made = compressed(exports.slice_of_ct())
    for syntax in (JPEGLSLossless, "1.2.840.10008.1.2.5"):
        made.NumberOfFrames = 90_000
        shape = pixel_description.matrix(clean(made, syntax))
        assert (shape.frames, shape.missing) == (1, 89_999)
        made.NumberOfFrames = 2_000_000_000
        assert reason(clean(made, syntax)) == Reason.TOO_LARGE


def test_signed_compressed_values_keep_their_sign() -> None:
    values = np.arange(-192, 192, dtype="<i2").reshape(16, 24)
    made = exports.with_pixels(exports.dataset(), values)
    described = {
        "rows": 16,
        "columns": 24,
        "samples_per_pixel": 1,
        "bits_allocated": 16,
        "bits_stored": 16,
        "number_of_frames": 1,
    }
    stream = JPEGLSLosslessEncoder.encode(values, pixel_representation=1, photometric_interpretation="MONOCHROME2", **described)
    made.PixelData = encapsulate([stream])
    made["PixelData"].is_undefined_length = True
    assert (frames(clean(made, JPEGLSLossless))[0] == values).all()


def test_pixel_data_that_is_no_data_is_none() -> None:
    one = clean(exports.slice_of_ct())
    del one.dataset.PixelData
    assert reason(one) == Reason.NO_PIXEL_DATA


def test_what_is_no_whole_frame_behind_the_last_one_is_not_shown() -> None:
    values = np.stack([ramp(top=top) for top in (100, 2000)])
    made = exports.with_pixels(exports.dataset(), values, stored=12)
    made.NumberOfFrames = None
    assert len(frames(clean(made))) == 2
    made.PixelData = made.PixelData[:-4]
    assert len(frames(clean(made))) == 1


def test_boxes_are_blanked_with_the_darkest_value_of_their_object() -> None:
    for photometric, stored, darkest in (("MONOCHROME2", 12, 0), ("MONOCHROME1", 12, 4095)):
        made = exports.with_pixels(exports.dataset(), ramp(top=4000, offset=7), photometric=photometric, stored=stored)
        one = clean(made)
        (found,) = pixels.frames(one, pixel_description.matrix(one), [(2, 3, 4, 5)])
        assert (found[3:6, 2:5] == darkest).all()
        found = found.copy()
        found[3:6, 2:5] = ramp(top=4000, offset=7)[3:6, 2:5]
        assert (found == ramp(top=4000, offset=7)).all()
    signed = exports.with_pixels(exports.dataset(), (ramp(top=400).astype("<i2") - 200))
    one = clean(signed)
    (found,) = pixels.frames(one, pixel_description.matrix(one), [(9, 9, 12, 12)])
    assert (found[9:13, 9:13] == -200).all()


def test_a_stream_of_another_size_than_its_header_says_is_no_picture() -> None:
    made = compressed(exports.slice_of_ct())
    made.Rows, made.Columns = 24, 32
    assert reason(clean(made, JPEGLSLossless)) == Reason.SIZE_CONTRADICTED
