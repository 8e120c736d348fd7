from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from radiary.dicom.render import encode


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3), (1, 1)])
def test_a_png_holds_exactly_the_pixels_and_nothing_else(shape: tuple[int, ...]) -> None:
    picture = np.arange(np.prod(shape), dtype="u1").reshape(shape)
    data = encode.png(picture)
    with Image.open(BytesIO(data)) as opened:
        assert (np.asarray(opened) == picture).all()
        assert opened.info == {}
    assert data == encode.png(picture)


def test_a_jpeg_is_no_longer_than_asked_and_never_enlarged() -> None:
    large, small = encode.png(np.zeros((300, 600), "u1")), encode.png(np.zeros((30, 60, 3), "u1"))
    for data, size in ((encode.jpeg(large, 200), (200, 100)), (encode.jpeg(small, 200), (60, 30))):
        with Image.open(BytesIO(data)) as opened:
            assert opened.size == size
            assert opened.format == "JPEG"


def test_colours_of_a_profile_become_those_of_a_screen() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = np.full((4, 5, 3), (200, 120, 40), "u1")
    assert np.abs(encode.in_srgb(picture, srgb).astype(int) - picture).max() <= 1
    assert (encode.in_srgb(picture, b"no profile") == picture).all()
    assert encode.in_srgb(picture, profile).shape == picture.shape


def test_a_picture_of_another_size_keeps_its_shades() -> None:
    picture = np.linspace(0, 255, 24).reshape(4, 6).astype("u1")
    assert encode.resized(picture, rows=8, columns=6).shape == (8, 6)
    assert encode.shrunk(np.zeros((100, 50), "u1"), 40).shape == (40, 20)
    assert (encode.shrunk(picture, 40) == picture).all()


def test_sixteen_bits_are_kept() -> None:
    picture = np.arange(24, dtype="u2").reshape(4, 6) * 2700
    with Image.open(BytesIO(encode.png(picture))) as opened:
        assert (np.asarray(opened) == picture).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (7, 1), (40, 60), (40, 60, 3), (3, 1, 3)])
@pytest.mark.parametrize("dtype", ["u1", "u2"])
def test_small_pictures_hold_the_same_pixels(shape: tuple[int, ...], dtype: str) -> None:
    if dtype == "u2" and len(shape) == 3:
        shape = shape[:2]
    smooth = np.add.outer(*(np.arange(size) for size in shape[:2])) * (900 if dtype == "u2" else 3)
    picture = (smooth[..., None] + np.zeros(shape[2:], int) if len(shape) == 3 else smooth).astype(dtype)
    picture = picture + np.random.default_rng(1).integers(0, 9, picture.shape).astype(dtype)
    with Image.open(BytesIO(encode.png(picture, effort="small"))) as opened:
        assert (np.array(opened) == picture).all()
    assert encode.png(picture, effort="small") == encode.png(picture, effort="small")


def test_small_pictures_are_smaller() -> None:
    picture = np.random.default_rng(1).normal(90, 6, (256, 256)).clip(0, 255).astype("u1")
    assert len(encode.png(picture, effort="small")) < len(encode.png(picture))


def chunks(data: bytes) -> list[bytes]:
    kinds, at = [], 8
    while at < len(data):
        kinds.append(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4])
    return kinds


@pytest.mark.parametrize("effort", ["fast", "small"])
def test_a_png_has_no_chunk_for_text_or_time_or_anything_but_its_pixels(effort: Any) -> None:
    picture = np.zeros((4, 5), "u1")
    assert chunks(encode.png(picture, effort=effort)) == [b"IHDR", b"IDAT", b"IEND"]
    assert chunks(encode.png(picture, 6000, effort)) == [b"IHDR", b"pHYs", b"IDAT", b"IEND"]


def test_a_jpeg_has_no_comment_and_no_place_for_one() -> None:
    data = encode.jpeg(encode.png(np.zeros((4, 5), "u1")), 200)
    assert data is not None
    with Image.open(BytesIO(data)) as opened:
        assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_damaged_picture_gives_no_jpeg() -> None:
    assert encode.jpeg(encode.png(np.zeros((64, 64), "u1"))[:60], 200) is None
    assert encode.jpeg(b"no picture", 200) is None
