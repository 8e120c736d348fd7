import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from lettering import picture
from radiary.dicom.text import strokes


def test_grain_has_no_strokes_and_letters_are_found_with_some_room() -> None:
    assert strokes.parts(picture(), strokes.PLAIN) == []
    ((x0, y0, x1, y1),) = strokes.parts(picture("SYNTHETICA 19810704"), strokes.PLAIN)
    assert x0 <= 40 - 16
    assert y0 <= 60 - 8
    assert x1 - x0 < 300
    assert y1 - y0 < 120


@pytest.mark.parametrize("top", range(60, 76))
def test_eight_digits_are_strokes_wherever_they_stand(top: int) -> None:
    assert strokes.parts(picture("25877254", size=13, ground=30, ink=150, top=top), strokes.PLAIN)


@pytest.mark.parametrize("words", ["A1B", "Fictus", "12.11.1956"])
@pytest.mark.parametrize("size", [9, 14, 28, 64, 120])
@pytest.mark.parametrize("ground", [0, 60, 255])
def test_letters_of_an_eighth_of_full_contrast_are_strokes(words: str, size: int, ground: int) -> None:
    ink = ground + (255 - ground) // 8 if ground < 128 else ground - ground // 8
    frame = Image.new("L", (800, 600), ground)
    font = ImageFont.load_default(size)
    ImageDraw.Draw(frame).text((101, 207), words, fill=ink, font=font)
    left, top, right, bottom = (int(edge) for edge in font.getbbox(words))
    parts = strokes.parts(np.array(frame), strokes.FAINT)
    assert min(x0 for x0, _, _, _ in parts) <= 101 + left
    assert min(y0 for _, y0, _, _ in parts) <= 207 + top
    assert max(x1 for _, _, x1, _ in parts) >= 101 + right - size // 2
    assert max(y1 for _, _, _, y1 in parts) >= 207 + bottom - size // 2


@pytest.mark.parametrize(
    ("size", "contrast", "blur"), [(28, 64, 2), (40, 64, 3), (40, 20, 1), (60, 64, 4), (60, 100, 5), (60, 190, 6), (80, 120, 6)]
)
def test_blurred_letters_are_strokes(size: int, contrast: int, blur: float) -> None:
    frame = Image.new("L", (1200, 600), 60)
    ImageDraw.Draw(frame).text((101, 207), "19810704", fill=60 + contrast, font=ImageFont.load_default(size))
    parts = strokes.parts(np.array(frame.filter(ImageFilter.GaussianBlur(blur))), strokes.FAINT)
    assert min(x0 for x0, _, _, _ in parts) <= 101 + size // 4
    assert max(x1 for _, _, x1, _ in parts) >= 101 + 4 * size


@pytest.mark.parametrize(("ground", "ink"), [("white", "red"), ("red", "black"), ("blue", "green"), ("yellow", "white")])
def test_coloured_letters_are_strokes_on_any_colour(ground: str, ink: str) -> None:
    frame = Image.new("RGB", (300, 200), ground)
    ImageDraw.Draw(frame).text((60, 60), "SYNTHETICA", fill=ink, font=ImageFont.load_default(20))
    for letters in (strokes.PLAIN, strokes.FAINT):
        assert strokes.parts(np.array(frame), letters)


@pytest.mark.parametrize(("deviation", "is_everywhere"), [(1, False), (2, False), (12, True)])
def test_where_grain_is_as_steep_as_faint_letters_anything_may_be_some(deviation: float, is_everywhere: bool) -> None:
    frame = np.random.default_rng(1).normal(90, deviation, (600, 800)).round().astype("u1")
    assert strokes.parts(frame, strokes.ANY) == ([(0, 0, 799, 599)] if is_everywhere else [])


def test_what_stands_far_apart_is_two_parts_and_a_line_of_words_is_one() -> None:
    frame = Image.new("L", (800, 600), 20)
    draw, font = ImageDraw.Draw(frame), ImageFont.load_default(20)
    draw.text((10, 10), "Petronella  Synthetica", fill=255, font=font)
    draw.text((600, 500), "19810704", fill=255, font=font)
    first, second = sorted(strokes.parts(np.array(frame), strokes.FAINT))
    assert first[2] < second[0]
    assert first[3] < second[1]


@pytest.mark.parametrize("shape", [(1, 1), (5, 300), (300, 5), (17, 33), (64, 64, 3)])
def test_parts_lie_within_the_picture(shape: tuple[int, ...]) -> None:
    frame = np.random.default_rng(1).integers(0, 256, shape, dtype="u1")
    for x0, y0, x1, y1 in strokes.parts(frame, strokes.FAINT):
        assert 0 <= x0 <= x1 < shape[1]
        assert 0 <= y0 <= y1 < shape[0]


def test_grain_has_no_strokes_of_small_letters_but_a_word_in_it_has() -> None:
    grain = np.random.default_rng(1).normal(120, 8, (400, 600))
    assert strokes.parts(grain.astype("u1"), strokes.BY_SIZE[0]) == []
    drawn = Image.new("L", (600, 400))
    ImageDraw.Draw(drawn).text((300, 200), "SYNTHETICA", fill=255, font=ImageFont.load_default(12))
    ((x0, y0, x1, y1),) = strokes.parts((grain + np.array(drawn) * 0.4).clip(0, 255).astype("u1"), strokes.BY_SIZE[0])
    assert 150 < x0 <= 300 - 80
    assert 50 < y0 <= 200 - 80
    assert x1 >= 360 + 80
    assert 210 + 80 <= y1 < 350


def test_straight_edges_beside_each_other_are_no_strokes_of_small_letters() -> None:
    frame = np.zeros((300, 300), "u1")
    frame[:, 148:152] = frame[:, 156:160] = frame[:, 164:168] = 200
    assert strokes.parts(frame, strokes.FAINT)
    assert strokes.parts(frame, strokes.BY_SIZE[0]) == []


@pytest.mark.parametrize(("size", "of_size"), [(9, 0), (14, 0), (24, 0), (36, 1), (64, 1), (90, 2), (150, 2)])
def test_letters_of_each_size_have_strokes_of_their_size(size: int, of_size: int) -> None:
    frame = Image.new("L", (800, 600), 60)
    ImageDraw.Draw(frame).text((101, 207), "A1B", fill=92, font=ImageFont.load_default(size))
    assert strokes.parts(np.array(frame), strokes.BY_SIZE[of_size])
