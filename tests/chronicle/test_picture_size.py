"""How large a picture is, as the beginning of its file says."""

import io
from typing import Any

import pytest
from PIL import Image

from radiary.chronicle import picture_size

ORIENTATION = 0x0112


def written(form: str, size: tuple[int, int] = (30, 17), **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "#7fc").save(file, form, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        written("PNG"),
        written("GIF"),
        written("JPEG"),
        written("JPEG", progressive=True),
        written("JPEG", comment=b"of what it was made"),
        written("WEBP"),
        written("WEBP", lossless=True),
        written("WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"),
    ],
)
def test_a_pictures_size_stands_in_its_beginning(data: bytes) -> None:
    assert picture_size.of(data) == (30, 17)
    assert {picture_size.of(data[:end]) for end in range(len(data))} <= {None, (30, 17)}


@pytest.mark.parametrize("held", range(1, 9))
def test_a_photograph_is_as_wide_as_it_is_shown_however_the_camera_was_held(held: int) -> None:
    notes = Image.Exif()
    notes[ORIENTATION] = held
    assert picture_size.of(written("JPEG", exif=notes)) == ((17, 30) if held >= 5 else (30, 17))


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"\xff\xd8\xff\xda\0\x0c", written("TIFF"), b"GIF89a" + bytes(20)])
def test_no_size_is_made_up(data: bytes) -> None:
    assert picture_size.of(data) is None
