import random

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from leaks import lettered
from lettering import picture
from radiary.dicom.text import shapes


def box(x0: float, y0: float, x1: float, y1: float) -> NDArray[np.float64]:
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], float)


@pytest.mark.parametrize("is_down", [True, False])
def test_letters_in_a_row_or_a_column_are_a_word(is_down: bool) -> None:
    letters = [box(10, 10 + 30 * place, 30, 32 + 30 * place) for place in range(4)]
    letters = letters if is_down else [one[:, ::-1] for one in letters]
    assert any((word.min(axis=0) <= 10).all() and word.max() >= 122 for word in shapes.rows_of_letters(letters))


def test_letters_that_stand_apart_aside_or_differ_in_size_are_none() -> None:
    assert shapes.rows_of_letters([box(10, 10, 30, 30), box(10, 40, 30, 60)]) == []
    assert shapes.rows_of_letters([box(10, 10 + 90 * place, 30, 30 + 90 * place) for place in range(4)]) == []
    assert (
        shapes.rows_of_letters([box(10 + 25 * place, 10 + 30 * place, 30 + 25 * place, 30 + 30 * place) for place in range(4)])
        == []
    )
    sizes = [box(10, 40 * place, 10 + 10 * 2**place, 40 * place + 10 * 2**place) for place in range(3)]
    assert shapes.rows_of_letters(sizes) == []


def test_letters_have_two_greys_and_grain_has_many() -> None:
    assert shapes.separation(np.repeat(picture("SYNTHETICA", size=24)[..., None], 3, axis=2), box(40, 62, 190, 90)) > 0.7
    assert shapes.separation(np.repeat(picture()[..., None], 3, axis=2), box(40, 62, 190, 90)) < 0.7
    assert shapes.separation(np.zeros((100, 200, 3), "u1"), box(10, 10, 100, 30)) == 0


def test_a_line_is_long_whichever_way_it_runs() -> None:
    assert shapes.is_long(box(0, 0, 60, 20))
    assert shapes.is_long(box(0, 0, 20, 60))
    assert not shapes.is_long(box(0, 0, 30, 20))


def row_of(shape: str, *, is_down: bool) -> NDArray[np.uint8]:
    """Eight beads or ticks of a ruler on a ground that gets brighter."""
    drawn = Image.fromarray((picture()[:60, :240].astype(float) + np.linspace(0, 60, 240)).astype("u1"))
    draw = ImageDraw.Draw(drawn)
    for place in range(8):
        x = 20 + 26 * place
        if shape == "bead":
            draw.ellipse((x, 22, x + 12, 34), fill=230)
        else:
            draw.line((x, 20, x, 44 if place % 5 else 52), fill=230, width=2)
    return np.ascontiguousarray(np.asarray(drawn).T if is_down else np.asarray(drawn))


@pytest.mark.parametrize("is_down", [True, False])
@pytest.mark.parametrize("shape", ["bead", "tick"])
def test_one_shape_again_and_again_is_no_word(shape: str, is_down: bool) -> None:
    row = row_of(shape, is_down=is_down)
    assert shapes.is_repeated(row, (0, 0, row.shape[1] - 1, row.shape[0] - 1))
    coloured = np.repeat(row[..., None], 3, axis=2)
    assert shapes.is_repeated(coloured, (0, 0, row.shape[1] - 1, row.shape[0] - 1))


@pytest.mark.parametrize("words", ["ANNA", "Jo", "1953", "SYNTHETICA"])
def test_letters_beside_beads_are_no_beads(words: str) -> None:
    row = np.concatenate([row_of("bead", is_down=False)] * 2, axis=1)[:, : 240 + 80]
    row[:, 230:] = picture(words, size=18, ground=60, top=20)[:60, 35:125]
    assert not shapes.is_repeated(row, (0, 0, row.shape[1] - 1, row.shape[0] - 1))


def test_no_word_of_any_script_is_one_shape_again_and_again() -> None:
    chance, grain = random.Random(3), np.random.default_rng(3)
    for number in range(300):
        direction = ("0", "90", "180", "mirrored", "stacked", "slanted")[number % 6]
        ink = np.pad(lettered.drawn(chance.choice(lettered.measured()), 9 + number % 30, direction, chance, (300, 300)), 3)
        word = (grain.normal(80, 4, ink.shape) + 90 * ink).clip(0, 255).astype("u1")
        assert not shapes.is_repeated(word, (0, 0, word.shape[1] - 1, word.shape[0] - 1)), number


def test_what_is_too_small_to_be_told_is_nothing_repeated() -> None:
    assert not shapes.is_repeated(np.zeros((50, 50), "u1"), (3, 3, 3, 3))
    assert not shapes.is_repeated(np.zeros((50, 50), "u1"), (0, 0, 40, 10))
