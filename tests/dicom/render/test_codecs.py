"""Every transfer syntax with streams as its own encoder writes them, and the ways in which streams say what colours they hold."""

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import imagecodecs
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from pydicom.pixels.encoders.base import RLELosslessEncoder

from radiary.dicom.read.pixel_matrix import Matrix
from radiary.dicom.render import codecs

JPEG = "1.2.840.10008.1.2.4."
Encode = Callable[[NDArray[Any]], bytes]


def shape(values: NDArray[Any], *, allocated: int = 0, stored: int = 0, photometric: str = "", is_signed: bool = False) -> Matrix:
    allocated = allocated or 8 * values.dtype.itemsize
    stored = stored or allocated
    samples = values.shape[2] if values.ndim == 3 else 1
    photometric = photometric or ("RGB" if samples == 3 else "MONOCHROME2")
    return Matrix(
        values.shape[0], values.shape[1], samples, 1, allocated, stored, stored - 1,
        is_signed=is_signed, planar=False, photometric=photometric,
    )  # fmt: skip


def smooth(top: int, dtype: str) -> NDArray[Any]:
    down, across = np.mgrid[0:1:40j, 0:1:56j]
    return np.asarray((down * across * top).round().astype(dtype))


def pillow(**options: Any) -> Encode:
    def encode(values: NDArray[Any]) -> bytes:
        buffer = BytesIO()
        Image.fromarray(values).save(buffer, "JPEG", quality=98, **options)
        return buffer.getvalue()

    return encode


def rle(values: NDArray[Any]) -> bytes:
    made = shape(values)
    return bytes(
        RLELosslessEncoder.encode(
            values, rows=made.rows, columns=made.columns, samples_per_pixel=made.samples, number_of_frames=1,
            bits_allocated=made.bits_allocated, bits_stored=made.bits_stored, pixel_representation=0,
            photometric_interpretation=made.photometric, planar_configuration=0,
        )
    )  # fmt: skip


def deflated(values: NDArray[Any]) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(values.tobytes()) + packer.flush()


STREAMS: dict[str, tuple[str, NDArray[Any], Encode, int]] = {
    "native, encapsulated": ("1.2.840.10008.1.2.1.98", smooth(60000, "u2"), lambda values: values.tobytes(), 0),
    "RLE, 8 bits": ("1.2.840.10008.1.2.5", smooth(255, "u1"), rle, 0),
    "RLE, 16 bits": ("1.2.840.10008.1.2.5", smooth(60000, "u2"), rle, 0),
    "RLE, colour": ("1.2.840.10008.1.2.5", np.stack([smooth(top, "u1") for top in (255, 99, 3)], axis=2), rle, 0),
    "deflated frame": ("1.2.840.10008.1.2.8.1", smooth(60000, "u2"), deflated, 0),
    "JPEG baseline": (JPEG + "50", smooth(255, "u1"), pillow(), 2),
    "JPEG progressive": (JPEG + "55", smooth(255, "u1"), pillow(progressive=True), 2),
    "JPEG of 12 bits": (
        JPEG + "51",
        smooth(4095, "u2"),
        lambda values: imagecodecs.jpeg8_encode(values, 99, bitspersample=12),
        12,
    ),
    "JPEG lossless": (JPEG + "70", smooth(65535, "u2"), lambda values: imagecodecs.jpeg8_encode(values, lossless=True), 0),
    "JPEG lossless, 12 bits": (
        JPEG + "57",
        smooth(4095, "u2"),
        lambda values: imagecodecs.jpeg8_encode(values, lossless=True, predictor=4, bitspersample=12),
        0,
    ),
    "JPEG-LS": (JPEG + "80", smooth(4095, "u2"), imagecodecs.jpegls_encode, 0),
    "JPEG-LS, near": (JPEG + "81", smooth(4095, "u2"), lambda values: imagecodecs.jpegls_encode(values, level=3), 3),
    "JPEG 2000": (JPEG + "90", smooth(4095, "u2"), lambda values: imagecodecs.jpeg2k_encode(values, reversible=True), 0),
    "JPEG 2000, signed": (
        JPEG + "91",
        smooth(4095, "i2") - np.int16(2000),
        lambda values: imagecodecs.jpeg2k_encode(values, codecformat="j2k", reversible=True),
        0,
    ),
    "HTJ2K": (JPEG + "201", smooth(4095, "u2"), lambda values: imagecodecs.htj2k_encode(values, reversible=True), 0),
    "JPEG XL": (JPEG + "110", smooth(60000, "u2"), lambda values: imagecodecs.jpegxl_encode(values, lossless=True), 0),
    "JPEG XL, 12 bits": (
        JPEG + "110",
        smooth(4095, "u2"),
        lambda values: imagecodecs.jpegxl_encode(values, lossless=True, bitspersample=12),
        0,
    ),
}


@pytest.mark.parametrize("name", STREAMS)
def test_values_come_out_as_they_were(name: str) -> None:
    syntax, values, encode, tolerance = STREAMS[name]
    made = shape(values, is_signed=values.dtype.kind == "i")
    found = codecs.decoded(bytes(encode(values)), syntax, made)
    assert found.shape == values.shape
    assert np.abs(found.astype(np.int64) - values.astype(np.int64)).max() <= tolerance


@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2.5", "1.2.840.10008.1.2.8.1", "1.2.840.10008.1.2.1.98"])
def test_single_bits_are_unpacked(syntax: str) -> None:
    bits = np.random.default_rng(3).integers(0, 2, (5, 7)).astype("u1")
    packed = np.packbits(bits, bitorder="little").reshape(1, -1)
    encode = {"5": rle, "1": deflated, "8": lambda values: values.tobytes()}[syntax[-1]]
    assert (codecs.decoded(encode(packed), syntax, shape(bits, allocated=1)) == bits).all()


SHADES = np.stack([smooth(255, "u1"), 255 - smooth(255, "u1"), smooth(128, "u1")], axis=2)
AS_RGB = {"colorspace": "RGB", "outcolorspace": "RGB", "subsampling": "444"}


def without(stream: bytes, marker: int) -> bytes:
    """A JPEG stream without one application segment."""
    at = stream.index(bytes((0xFF, marker)))
    return stream[:at] + stream[at + 2 + int.from_bytes(stream[at + 2 : at + 4], "big") :]


@pytest.mark.parametrize("photometric", ["RGB", "YBR_FULL_422", "YBR_FULL"])
@pytest.mark.parametrize(
    ("name", "stream"),
    [
        ("JFIF is YBR", pillow(subsampling=0)(SHADES)),
        ("Adobe says RGB", bytes(imagecodecs.jpeg8_encode(SHADES, 98, **AS_RGB))),
    ],
)
def test_what_a_jpeg_stream_says_of_its_colours_counts_more_than_the_header(name: str, stream: bytes, photometric: str) -> None:
    found = codecs.decoded(stream, JPEG + "50", shape(SHADES, photometric=photometric))
    assert np.abs(found.astype(int) - SHADES).mean() < 3, name


def test_a_jpeg_stream_that_says_nothing_is_what_the_header_says() -> None:
    ybr = without(pillow(subsampling=0)(SHADES), 0xE0)
    found = codecs.decoded(ybr, JPEG + "50", shape(SHADES, photometric="YBR_FULL_422"))
    assert np.abs(found.astype(int) - SHADES).mean() < 3
    found = codecs.decoded(ybr, JPEG + "50", shape(SHADES, photometric="RGB"))
    assert np.abs(found.astype(int) - SHADES).mean() > 20


def test_components_that_are_called_r_g_and_b_are() -> None:
    stream = without(bytes(imagecodecs.jpeg8_encode(SHADES, 98, **AS_RGB)), 0xEE)
    found = codecs.decoded(stream, JPEG + "50", shape(SHADES, photometric="YBR_FULL_422"))
    assert np.abs(found.astype(int) - SHADES).mean() < 3


def test_lossless_colours_are_converted_when_the_header_calls_them_ybr() -> None:
    from pydicom.pixels.processing import convert_color_space

    ybr = convert_color_space(SHADES, "RGB", "YBR_FULL")
    for syntax, stream in ((JPEG + "80", imagecodecs.jpegls_encode(ybr)), ("1.2.840.10008.1.2.5", rle(ybr))):
        found = codecs.decoded(bytes(stream), syntax, shape(SHADES, photometric="YBR_FULL"))
        assert np.abs(found.astype(int) - SHADES).max() <= 3, syntax


def test_a_signed_object_in_an_unsigned_jpeg_2000_stream_keeps_its_sign() -> None:
    values = smooth(4095, "i2") - np.int16(2000)
    coded = (values.view("u2") & 0x1FFF).astype("u2")
    stream = bytes(imagecodecs.jpeg2k_encode(coded, codecformat="j2k", reversible=True, bitspersample=13))
    assert (codecs.decoded(stream, JPEG + "90", shape(values, stored=13, is_signed=True)) == values).all()


@pytest.mark.parametrize(
    ("syntax", "stream"), [("1.2.840.10008.1.2.1.98", b"\1" * 100), ("1.2.840.10008.1.2.8.1", deflated(np.ones(100, "u1")))]
)
def test_single_bits_that_are_cut_are_no_picture(syntax: str, stream: bytes) -> None:
    with pytest.raises(ValueError, match="short"):
        codecs.decoded(stream, syntax, shape(np.zeros((64, 64), "u1"), allocated=1))


def test_a_deflated_frame_that_is_cut_is_no_picture() -> None:
    with pytest.raises(ValueError, match="cut"):
        codecs.decoded(deflated(smooth(60000, "u2"))[:-9], "1.2.840.10008.1.2.8.1", shape(smooth(60000, "u2")))


def test_a_stream_larger_than_its_header_says_is_refused_before_it_is_decoded() -> None:
    large = np.zeros((64, 64), "u1")
    for syntax, stream in (
        (JPEG + "50", pillow()(large)),
        (JPEG + "80", bytes(imagecodecs.jpegls_encode(large))),
        (JPEG + "90", bytes(imagecodecs.jpeg2k_encode(large, codecformat="j2k", reversible=True))),
    ):
        with pytest.raises(ValueError, match="larger"):
            codecs.decoded(stream, syntax, shape(large[:16, :16]))


def test_a_comment_about_adobe_says_nothing_of_colours() -> None:
    ybr = without(pillow(subsampling=0)(SHADES), 0xE0)
    comment = b"Made with Adobe Photoshop!"
    stream = ybr[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2) + comment + ybr[2:]
    found = codecs.decoded(stream, JPEG + "50", shape(SHADES, photometric="YBR_FULL_422"))
    assert np.abs(found.astype(int) - SHADES).mean() < 3


def test_the_frame_header_of_a_thumbnail_is_not_the_pictures() -> None:
    stream = bytes(imagecodecs.jpeg8_encode(smooth(65535, "u2"), lossless=True))
    thumbnail = b"Exif\0\0" + pillow()(smooth(255, "u1"))
    assert codecs.is_lossless_jpeg(stream[:2] + b"\xff\xe1" + (len(thumbnail) + 2).to_bytes(2) + thumbnail + stream[2:])


@pytest.mark.parametrize("turns", [True, False])
def test_jpeg_2000_colours_are_converted_only_when_the_stream_did_not(turns: bool) -> None:
    from pydicom.pixels.processing import convert_color_space

    stored = SHADES if turns else convert_color_space(SHADES, "RGB", "YBR_FULL")
    stream = bytes(imagecodecs.jpeg2k_encode(stored, codecformat="j2k", reversible=True, mct=turns))
    found = codecs.decoded(stream, JPEG + "90", shape(SHADES, photometric="YBR_FULL"))
    assert np.abs(found.astype(int) - SHADES).max() <= 3
