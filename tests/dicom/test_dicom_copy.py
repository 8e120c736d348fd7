from typing import Any

import imagecodecs
import numpy as np
import pytest
from pydicom.encaps import encapsulate
from pydicom.uid import ExplicitVRLittleEndian, JPEGLSLossless

import exports
from exports import ramp
from radiary.dicom.dicom_copy import Copy
from radiary.dicom.read import pixel_description
from radiary.dicom.render import pixels
from radiary.model.nouns import Deidentified
from walled import TERMS, clean, compressed


def copied(one: Deidentified, *, is_small: bool = False) -> tuple[bytes, str]:
    shape = pixel_description.matrix(one)
    copy = Copy(one, shape, is_small=is_small)
    for frame in pixels.frames(one, shape):
        copy.add(frame)
    return b"".join(copy.written()), copy.pixels


@pytest.mark.parametrize(
    ("values", "stored"),
    [
        (ramp(), 12),
        (np.stack([ramp(), ramp(top=900)]), 12),
        (np.arange(-20, 20, dtype="<i2").reshape(5, 8), 16),
        (np.arange(15, dtype="u1").reshape(3, 5), 8),
        (np.arange(90, dtype="u1").reshape(5, 6, 3), 8),
        (np.arange(30, dtype="<u4").reshape(5, 6), 32),
    ],
)
def test_every_value_is_in_the_copy(values: Any, stored: int) -> None:
    back = exports.read_back(copied(clean(exports.with_pixels(exports.dataset(), values, stored=stored)))[0])
    assert (back.pixel_array == values).all()
    assert back.file_meta.TransferSyntaxUID == ExplicitVRLittleEndian


@pytest.mark.parametrize(
    ("values", "stored"),
    [
        (ramp(), 12),
        (np.stack([ramp(), ramp(top=900), ramp(top=30)]), 12),
        (np.arange(-200, 200, dtype="<i2").reshape(20, 20), 16),
        (np.arange(-20, 20, dtype="i1").reshape(5, 8), 8),
        (np.arange(15, dtype="u1").reshape(3, 5), 8),
        (np.arange(90, dtype="u1").reshape(5, 6, 3), 8),
        (np.arange(90, dtype="<u2").reshape(5, 6, 3) * 700, 16),
    ],
)
def test_every_value_is_in_a_small_copy(values: Any, stored: int) -> None:
    one = exports.with_pixels(exports.dataset(), values, stored=stored)
    data, digest = copied(clean(one), is_small=True)
    back = exports.read_back(data)
    assert back.file_meta.TransferSyntaxUID == JPEGLSLossless
    assert (back.pixel_array == values).all()
    again = clean(back, JPEGLSLossless)
    assert (np.stack(list(pixels.frames(again, pixel_description.matrix(again)))) == values).all()
    assert digest == copied(clean(one))[1]


def test_what_jpeg_ls_cannot_hold_stays_uncompressed_in_a_small_copy() -> None:
    values = np.arange(30, dtype="<u4").reshape(5, 6)
    back = exports.read_back(copied(clean(exports.with_pixels(exports.dataset(), values, stored=32)), is_small=True)[0])
    assert back.file_meta.TransferSyntaxUID == ExplicitVRLittleEndian
    assert (back.pixel_array == values).all()


def test_a_small_copy_is_small() -> None:
    made = exports.with_pixels(exports.dataset(), ramp(256, 256), stored=12)
    assert len(copied(clean(made), is_small=True)[0]) * 3 < len(copied(clean(made))[0])


@pytest.mark.parametrize("dtype", ["<f4", "<f8"])
def test_floats_stay_floats(dtype: str) -> None:
    made = exports.with_pixels(exports.dataset(), ramp())
    del made.PixelData
    values = np.linspace(-1, 1, 384).reshape(16, 24).astype(dtype)
    made.BitsAllocated = 8 * values.itemsize
    setattr(made, "FloatPixelData" if dtype == "<f4" else "DoubleFloatPixelData", values.tobytes())
    assert (exports.read_back(copied(clean(made))[0]).pixel_array == values).all()


def test_one_bit_pictures_stay_packed() -> None:
    values = np.random.default_rng(1).integers(0, 2, (3, 5, 7)).astype("u1")
    made = exports.with_pixels(exports.dataset(), values)
    made.BitsAllocated = made.BitsStored = 1
    made.HighBit = 0
    made.PixelData = np.packbits(values.ravel(), bitorder="little").tobytes()
    back = exports.read_back(copied(clean(made))[0])
    assert (back.pixel_array == values).all()
    assert back.BitsAllocated == 1


def test_the_copy_of_a_compressed_picture_opens_in_every_viewer() -> None:
    back = exports.read_back(copied(clean(compressed(exports.slice_of_ct()), JPEGLSLossless))[0])
    assert back.file_meta.TransferSyntaxUID == ExplicitVRLittleEndian
    assert (back.pixel_array == ramp(offset=1)).all()


def test_a_stream_of_fewer_bits_than_its_header_says_gives_a_copy_that_can_be_read() -> None:
    values = np.arange(16 * 24, dtype="<u2").reshape(16, 24).astype("u1")
    made = exports.with_pixels(exports.dataset(), ramp())
    made.PixelData = encapsulate([imagecodecs.jpegls_encode(values)])
    made["PixelData"].is_undefined_length = True
    back = exports.read_back(copied(clean(made, JPEGLSLossless))[0])
    assert (back.pixel_array == values).all()
    assert (back.BitsAllocated, back.BitsStored, back.HighBit) == (8, 8, 7)


def test_the_copy_is_written_from_scratch() -> None:
    made = exports.slice_of_ct()
    data = exports.written(made)
    hidden = b"Petronella".ljust(128) + data[128:]
    from radiary.dicom.read import header
    from radiary.dicom.wall.deidentify import deidentify
    from radiary.model.nouns import Instance

    instance = header.read(hidden + b"\xfc\xff\xfc\xffOB\0\0\x0a\0\0\0Petronella")
    assert isinstance(instance, Instance)
    one = deidentify(instance, TERMS)
    assert isinstance(one, Deidentified)
    written = copied(one)[0]
    assert b"petronella" not in written.lower()
    assert written[:128] == bytes(128)
    assert exports.read_back(written).SpecificCharacterSet == "ISO_IR 192"


def test_the_same_instance_gives_the_same_bytes_and_digest_and_another_does_not() -> None:
    assert copied(clean(exports.slice_of_ct())) == copied(clean(exports.slice_of_ct()))
    assert copied(clean(exports.slice_of_ct(1)))[1] != copied(clean(exports.slice_of_ct(2)))[1]


def test_what_was_blanked_is_blank_in_the_copy() -> None:
    back = exports.read_back(copied(clean(exports.ultrasound()))[0])
    assert not back.pixel_array[:20].any()
    assert back.pixel_array[20:].all()


def test_the_bits_around_a_stored_value_are_empty_in_the_copy() -> None:
    made = exports.with_pixels(exports.dataset(), ramp(top=4000) | 0xF000, stored=12)
    back = exports.read_back(copied(clean(made))[0])
    assert max(np.frombuffer(back.PixelData, "<u2")) == 4000
    assert (back.BitsStored, back.HighBit) == (12, 11)


def test_a_copy_ends_with_its_pixels() -> None:
    one = clean(exports.slice_of_ct())
    one.dataset.add_new(0x7FE10010, "LO", "behind the pixels")
    data = copied(one)[0]
    assert b"behind" not in data
    assert data.endswith(ramp(offset=1).tobytes())
