from io import BytesIO
from typing import Any

import imagecodecs
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from pydicom.pixels.processing import convert_color_space
from pydicom.uid import ImplicitVRLittleEndian

import exports
from odd_images import JPEG, JPEG_2000, JPEG_LOSSLESS, JPEG_LS, NATIVE, RLE, copy_of, encapsulated, outcome, pictures
from radiary.model.errors import Reason

ROWS, COLUMNS = 32, 48
DOWN, ACROSS = np.mgrid[0:ROWS, 0:COLUMNS]
GREY = (125 + 100 * np.sin(ACROSS / 6) * np.cos(DOWN / 7)).astype("u1")
COLOURS = np.stack([GREY, GREY[::-1], 255 - GREY], axis=-1)
YBR = np.asarray(convert_color_space(COLOURS, "RGB", "YBR_FULL"))
SHARED = np.concatenate([YBR[:, :, :1].reshape(ROWS, -1, 2), YBR[:, ::2, 1:]], axis=2)
"""YBR_FULL_422: two luminances, then the colours that they share."""
PARTIAL = np.rint((YBR - [0.0, 128, 128]) * [219 / 255, 224 / 255, 224 / 255] + [16, 128, 128]).astype("u1")
"""Luminances from 16 to 235, colours from 16 to 240."""
DEEP = (GREY.astype("<u2") << 4) + 5


def described(values: NDArray[Any], **attributes: Any) -> Any:
    """An object whose header says `attributes` of pixels that are `values`."""
    made = exports.with_pixels(exports.dataset(WindowCenter=128, WindowWidth=256, sop_class=exports.CT), GREY)
    made.PixelData = values.tobytes() + b"\0" * (values.nbytes % 2)
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    return made


def coloured(values: NDArray[Any], photometric: str, **attributes: Any) -> Any:
    return described(values, SamplesPerPixel=3, PhotometricInterpretation=photometric, PlanarConfiguration=0, **attributes)


def shown(made: Any) -> Any:
    (picture,) = pictures(exports.written(made))
    return picture


def assert_near(picture: Any, wanted: Any, most: float = 2) -> None:
    assert picture.shape == wanted.shape
    assert np.abs(picture.astype(int) - wanted).mean() <= most


@pytest.mark.parametrize(
    ("values", "photometric"),
    [(YBR, "YBR_FULL_422"), (YBR, "YBR_FULL"), (SHARED, "YBR_FULL_422"), (SHARED, "YBR_FULL"), (COLOURS, "MONOCHROME2")],
)
def test_the_length_of_native_colour_says_how_it_is_stored(values: NDArray[Any], photometric: str) -> None:
    made = coloured(values, photometric)
    assert_near(shown(made), COLOURS, 8 if values is SHARED else 2)
    copy = copy_of(exports.written(made))
    assert (copy.PhotometricInterpretation, copy.SamplesPerPixel) == ("RGB", 3)


@pytest.mark.parametrize("is_shared", [True, False])
def test_retired_colours_that_do_not_fill_their_bytes_are_shown_as_meant(is_shared: bool) -> None:
    shared = np.concatenate([PARTIAL[:, :, :1].reshape(ROWS, -1, 2), PARTIAL[:, ::2, 1:]], axis=2)
    made = coloured(shared if is_shared else PARTIAL, "YBR_PARTIAL_422")
    assert_near(shown(made), COLOURS, 8 if is_shared else 2)
    assert copy_of(exports.written(made)).PhotometricInterpretation == "RGB"


def test_four_samples_a_pixel_are_no_picture_of_three() -> None:
    four = np.concatenate([COLOURS, np.full_like(COLOURS[..., :1], 255)], axis=2)
    assert outcome(exports.written(coloured(four, "RGB"))) == Reason.COLOURS_CONTRADICTED


def test_one_sample_a_pixel_that_is_called_colour_is_grey() -> None:
    for made in (described(GREY, PhotometricInterpretation="RGB"), coloured(GREY, "MONOCHROME2")):
        assert_near(shown(made), GREY)
        copy = copy_of(exports.written(made))
        assert (copy.PhotometricInterpretation, copy.SamplesPerPixel) == ("MONOCHROME2", 1)


def test_three_samples_a_pixel_that_are_counted_as_one_are_colour() -> None:
    assert_near(shown(described(COLOURS, PhotometricInterpretation="RGB")), COLOURS)


def test_colours_that_no_length_settles_are_told() -> None:
    assert outcome(exports.written(described(COLOURS[:25], PhotometricInterpretation="RGB"))) == Reason.COLOURS_CONTRADICTED
    assert outcome(exports.written(coloured(COLOURS[:3], "MONOCHROME2"))) == Reason.PIXEL_DATA_TRUNCATED


def test_no_photometric_interpretation_costs_no_picture_and_the_copy_has_one() -> None:
    for made, wanted, word in ((described(GREY), GREY, "MONOCHROME2"), (coloured(COLOURS, "RGB"), COLOURS, "RGB")):
        del made.PhotometricInterpretation
        assert_near(shown(made), wanted)
        assert copy_of(exports.written(made)).PhotometricInterpretation == word


def test_bits_that_the_length_contradicts() -> None:
    assert_near(shown(described(GREY, BitsAllocated=16)), GREY)
    deep = described(DEEP, BitsStored=12, HighBit=11, WindowCenter=2048, WindowWidth=4096)
    assert_near(shown(deep), GREY)


@pytest.mark.parametrize(("stored", "high"), [(8, 11), (8, 0), (8, 15), (7, 3), (12, 11)])
def test_the_high_bit_of_one_byte_leaves_one_reading(stored: int, high: int) -> None:
    assert_near(shown(described(GREY, BitsStored=stored, HighBit=high)), GREY)


def lossless(values: NDArray[Any]) -> bytes:
    return bytes(imagecodecs.jpeg8_encode(values, lossless=True))


STREAMS = {
    "jpeg": lambda: bytes(imagecodecs.jpeg8_encode(GREY, level=98)),
    "lossless": lambda: lossless(GREY),
    "jpeg-ls": lambda: bytes(imagecodecs.jpegls_encode(GREY)),
    "jpeg 2000": lambda: bytes(imagecodecs.jpeg2k_encode(GREY, codecformat="j2k", reversible=True)),
    "jp2": lambda: bytes(imagecodecs.jpeg2k_encode(GREY, codecformat="jp2", reversible=True)),
}


@pytest.mark.parametrize("kind", STREAMS)
@pytest.mark.parametrize("syntax", [NATIVE, JPEG, JPEG_LS, JPEG_2000, RLE, JPEG_LOSSLESS, "1.2.840.10008.1.2.4.65", "1.2.3.4"])
def test_a_stream_says_what_it_is_whatever_the_header_names(kind: str, syntax: str) -> None:
    (picture,) = pictures(encapsulated(described(GREY), syntax, [STREAMS[kind]()]))
    assert_near(picture, GREY)


def test_fragments_under_implicit_vr_are_read() -> None:
    made = described(GREY)
    data = encapsulated(made, NATIVE, [STREAMS["jpeg-ls"]()])
    pixels = data[data.rindex(b"\xe0\x7f\x10\x00OB") :]
    data = exports.written(made, ImplicitVRLittleEndian) + pixels[:4] + b"\xff\xff\xff\xff" + pixels[12:]
    (picture,) = pictures(data)
    assert_near(picture, GREY)


@pytest.mark.parametrize("syntax", [JPEG, JPEG_LS, JPEG_2000, RLE, "1.2.840.10008.1.2.4.60", "1.2.840.10008.1.2.9", "1.2.3.4"])
def test_plain_bytes_under_a_name_that_promises_streams_or_that_nobody_knows_are_read(syntax: str) -> None:
    for made in (described(GREY), exports.with_pixels(described(GREY), DEEP, stored=12)):
        made.WindowCenter, made.WindowWidth = (128, 256) if made.BitsStored == 8 else (2048, 4096)
        data = exports.written(made, NATIVE)
        syntax += "\0" * (len(syntax) % 2)
        at = data.index(b"\x02\x00\x10\x00UI")
        length = int.from_bytes(data[at + 6 : at + 8], "little")
        renamed = data[: at + 6] + len(syntax).to_bytes(2, "little") + syntax.encode() + data[at + 8 + length :]
        group = int.from_bytes(data[140:144], "little") + len(syntax) - length
        (picture,) = pictures(renamed[:140] + group.to_bytes(4, "little") + renamed[144:])
        assert_near(picture, GREY)


def renamed(data: bytes, syntax: str) -> bytes:
    """A file that names another transfer syntax; as long a name as it has."""
    return data.replace(b"1.2.840.10008.1.2.1\0", syntax.encode().ljust(20, b"\0"))


@pytest.mark.parametrize("name", [NATIVE, "1.2.840.113619.5.2", RLE])
@pytest.mark.parametrize("is_signed", [False, True])
def test_pixels_whose_bytes_stand_the_other_way_round_are_shown_whatever_the_header_names(*, name: str, is_signed: bool) -> None:
    values = DEEP.astype("<i2") - 2048 if is_signed else DEEP
    made = exports.with_pixels(described(GREY), values.astype(values.dtype.newbyteorder(">")), stored=12)
    made.WindowCenter, made.WindowWidth, made.PixelRepresentation = 0 if is_signed else 2048, 4096, int(is_signed)
    data = renamed(exports.written(made, NATIVE), name)
    (picture,) = pictures(data)
    assert_near(picture, GREY)
    assert np.array_equal(copy_of(data).pixel_array.view(values.dtype), values)


def test_values_that_are_multiples_of_256_are_left_as_the_header_names_them() -> None:
    made = exports.with_pixels(described(GREY), GREY.astype("<u2") << 8, stored=16)
    made.WindowCenter, made.WindowWidth = 32768, 65536
    (picture,) = pictures(exports.written(made))
    assert_near(picture, GREY)


@pytest.mark.parametrize("planar", [0, 1])
def test_three_bytes_a_pixel_and_a_planar_configuration_are_colour_whatever_else_the_header_says(planar: int) -> None:
    made = described(COLOURS.transpose(2, 0, 1).copy() if planar else COLOURS, PlanarConfiguration=planar)
    assert_near(shown(made), COLOURS)


def test_fragments_of_no_known_kind_under_a_native_name_are_told() -> None:
    data = encapsulated(described(GREY), NATIVE, [b"something else" * 100])
    assert outcome(data) == Reason.COMPRESSION_CONTRADICTED


def test_a_streams_own_number_of_colours_counts() -> None:
    colour = {
        JPEG_LS: bytes(imagecodecs.jpegls_encode(COLOURS)),
        JPEG_2000: bytes(imagecodecs.jpeg2k_encode(COLOURS, codecformat="j2k", reversible=True, mct=True)),
        JPEG_LOSSLESS: bytes(imagecodecs.jpeg8_encode(COLOURS, lossless=True, colorspace="RGB", outcolorspace="RGB")),
        JPEG: bytes(imagecodecs.jpeg8_encode(COLOURS, level=98)),
    }
    for syntax, stream in colour.items():
        (picture,) = pictures(encapsulated(described(GREY), syntax, [stream]))
        assert_near(picture, COLOURS, 4)
    (picture,) = pictures(encapsulated(coloured(COLOURS, "YBR_FULL_422"), JPEG, [STREAMS["jpeg"]()]))
    assert_near(picture, GREY)
    copy = copy_of(encapsulated(coloured(COLOURS, "RGB"), JPEG_LS, [STREAMS["jpeg-ls"]()]))
    assert (copy.PhotometricInterpretation, copy.SamplesPerPixel) == ("MONOCHROME2", 1)


def with_header(stream: bytes, segment: bytes) -> bytes:
    return stream[:2] + segment + stream[2:]


JFIF = b"\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
ADOBE = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\1"


@pytest.mark.parametrize("segment", [b"", JFIF, ADOBE])
@pytest.mark.parametrize(("values", "photometric"), [(YBR, "YBR_FULL"), (COLOURS, "RGB"), (YBR, "YBR_FULL_422")])
def test_colours_of_lossless_jpeg_are_as_the_objects_header_says(segment: bytes, values: Any, photometric: str) -> None:
    stream = bytes(imagecodecs.jpeg8_encode(values, lossless=True, colorspace="RGB", outcolorspace="RGB"))
    while stream[2:4] in (b"\xff\xe0", b"\xff\xee"):
        stream = stream[:2] + stream[4 + int.from_bytes(stream[4:6]) :]
    (picture,) = pictures(encapsulated(coloured(values, photometric), JPEG_LOSSLESS, [with_header(stream, segment)]))
    assert_near(picture, COLOURS)


@pytest.mark.parametrize("kind", ["jpeg", "lossless", "jpeg-ls", "jpeg 2000"])
def test_width_and_height_exchanged_in_the_header_or_in_the_stream(kind: str) -> None:
    syntax = {"jpeg": JPEG, "lossless": JPEG_LOSSLESS, "jpeg-ls": JPEG_LS, "jpeg 2000": JPEG_2000}[kind]
    data = encapsulated(described(GREY, Rows=COLUMNS, Columns=ROWS), syntax, [STREAMS[kind]()])
    assert_near(pictures(data)[0], GREY)
    copy = copy_of(data)
    assert (copy.Rows, copy.Columns) == (ROWS, COLUMNS)
    if kind == "lossless":
        turned = encapsulated(described(GREY), syntax, [lossless(GREY.reshape(COLUMNS, ROWS))])
        assert_near(pictures(turned)[0], GREY)
        assert copy_of(turned).Rows == ROWS


def test_a_stream_of_another_size_is_told() -> None:
    for rows, columns in ((ROWS * 2, COLUMNS), (ROWS, COLUMNS - 8), (10, 10)):
        data = encapsulated(described(GREY, Rows=rows, Columns=columns), JPEG, [STREAMS["jpeg"]()])
        assert outcome(data) == Reason.SIZE_CONTRADICTED


def test_a_picture_that_pillow_wrote_is_read_under_any_name() -> None:
    stream = BytesIO()
    Image.fromarray(COLOURS).save(stream, "JPEG", quality=98, subsampling=0)
    (picture,) = pictures(encapsulated(coloured(COLOURS, "RGB"), JPEG_LOSSLESS, [stream.getvalue()]))
    assert_near(picture, COLOURS, 4)
