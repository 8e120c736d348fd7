from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from radiary.dicom import text


def picture(words: str = "", *, size: int = 14, ground: int = 40, ink: int = 230, top: int = 60) -> NDArray[np.uint8]:
    noise = np.random.default_rng(7).normal(ground, 6, (300, 400)).clip(0, 255).astype("u1")
    drawn = Image.fromarray(noise)
    ImageDraw.Draw(drawn).text((40, top), words, fill=ink, font=ImageFont.load_default(size))
    return np.array(drawn)


def png(frame: NDArray[np.uint8]) -> bytes:
    written = BytesIO()
    Image.fromarray(frame).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize("size", [10, 14, 24])
@pytest.mark.parametrize(("ground", "ink"), [(20, 255), (60, 160), (200, 30)])
def test_a_name_is_found_where_it_stands(size: int, ground: int, ink: int) -> None:
    sighting = text.seen(picture("SYNTHETICA", size=size, ground=ground, ink=ink))
    ((x0, y0, x1, y1),) = sighting.boxes
    assert x0 <= 44
    assert 55 <= y0 <= 75
    assert x1 >= 40 + 5 * size
    assert y1 >= 60 + size // 2


def test_a_picture_without_text_shows_none() -> None:
    assert text.seen(picture()) == text.Sighting((), is_doubtful=False)


@pytest.mark.parametrize("marker", ["R", "L-CC", "RMLO", "AP"])
def test_sides_and_views_may_stay(marker: str) -> None:
    assert text.seen(picture(marker, size=24)) == text.Sighting((), is_doubtful=False)


def test_text_that_stands_still_is_found_in_a_clip_that_moves() -> None:
    frames = [png(np.roll(picture(), 40 * number, axis=1) // 2 + picture("SYNTHETICA", ground=0) // 2) for number in range(6)]
    assert text.seen_in(frames, is_slice=False).boxes


def test_a_slice_is_read_only_where_strokes_are() -> None:
    assert text.strokes(picture()) is None
    x0, y0, x1, y1 = text.strokes(picture("SYNTHETICA 19810704")) or (0, 0, 0, 0)
    assert x1 - x0 < 300
    assert y1 - y0 < 120
    ((left, top, right, bottom),) = text.seen_in([png(picture("SYNTHETICA 19810704"))], is_slice=True).boxes
    assert left <= 44 < right
    assert top <= 66 < bottom


@pytest.mark.parametrize("top", range(60, 76))
def test_eight_digits_are_strokes_wherever_they_stand(top: int) -> None:
    assert text.strokes(picture("25877254", size=13, ground=30, ink=150, top=top))


def test_a_slice_that_shows_a_text_is_read_to_its_corners() -> None:
    faint = Image.fromarray(picture("SYNTHETICA 19810704"))
    ImageDraw.Draw(faint).text((280, 270), "ANNA", fill=95, font=ImageFont.load_default(14))
    assert len(text.seen_in([png(np.array(faint))], is_slice=True).boxes) == 2
