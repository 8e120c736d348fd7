import random
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from faint_letters import drawings
from leaks import grounds, lettered
from radiary.dicom.text import faint, inference, likeness
from radiary.model.nouns import Box

Picture = NDArray[np.uint8]


def sector(seed: int, shape: tuple[int, int] = (240, 320)) -> NDArray[np.float32]:
    return grounds.fan(np.random.default_rng(seed), shape)


def stored(grey: NDArray[np.float32]) -> Picture:
    return (np.clip(grey, 0, 1) * 255).astype("u1")


def written(grey: NDArray[np.float32], ink: NDArray[np.float32], at: tuple[int, int], shade: float) -> Picture:
    part = grey[at[0] : at[0] + ink.shape[0], at[1] : at[1] + ink.shape[1]]
    part[...] = part * (1 - ink) + shade * ink
    return stored(grey)


def a_word(size: int, direction: str = "0", script: str = "Latin") -> NDArray[np.float32]:
    return lettered.drawn(script, size, direction, random.Random(5), (1000, 1000))


def share(boxes: list[Box], at: tuple[int, int], ink: NDArray[np.float32], shape: tuple[int, ...]) -> float:
    """The share of a word's ink that lies in boxes."""
    is_in = np.zeros(shape, bool)
    for x0, y0, x1, y1 in boxes:
        is_in[y0 : y1 + 1, x0 : x1 + 1] = True
    there = is_in[at[0] : at[0] + ink.shape[0], at[1] : at[1] + ink.shape[1]]
    return float(there[ink > 0.5].mean())


@pytest.mark.parametrize("direction", lettered.DIRECTIONS)
def test_a_word_in_speckle_is_found_in_any_direction(direction: str) -> None:
    ink = a_word(14, direction)
    picture = written(sector(1), ink, (90, 120), 0.7)
    assert share(faint.words(picture), (90, 120), ink, picture.shape) > 0.8


def test_an_even_word_of_a_tenth_of_the_greys_is_found_in_grain() -> None:
    grey = (0.4 + 0.02 * np.random.default_rng(2).standard_normal((300, 300))).astype("f4")
    ink = a_word(16)
    picture = written(grey, ink, (140, 100), 0.5)
    assert share(faint.words(picture), (140, 100), ink, picture.shape) > 0.8


@pytest.mark.parametrize("size", [40, 80])
def test_large_letters_are_found_in_a_smaller_picture(size: int) -> None:
    grey = np.full((600, 1300), 0.3, "f4")
    ink = a_word(size)
    picture = written(grey, ink, (200, 50), 0.45)
    assert share(faint.words(picture), (200, 50), ink, picture.shape) > 0.8


@pytest.mark.parametrize(("columns", "ends"), [(200, 512), (3248, 400)])
def test_a_word_where_two_bands_of_rows_meet_is_found_as_one(columns: int, ends: int) -> None:
    grey, ink = np.full((2 * ends + 60, columns), 0.3, "f4"), a_word(10)
    picture = written(grey, ink, (ends - 4, 20), 0.6)
    boxes = faint.words(picture)
    assert [share([box], (ends - 4, 20), ink, picture.shape) > 0.9 for box in boxes] == [True] * len(boxes) != []


def test_a_wide_picture_is_looked_at_in_fewer_rows_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    network, seen = inference.model("faint"), list[int]()
    monkeypatch.setattr(inference, "model", lambda _: lambda given: seen.append(given[0, 0].size) or network(given))
    faint.words(grainy((1200, 3248)))
    assert 3248 * 400 <= max(seen) <= 3248 * (400 + 2 * 96)


def grainy(shape: tuple[int, int], deviation: float = 20.0) -> Picture:
    return np.clip(np.random.default_rng(1).normal(80, deviation, shape), 0, 255).astype("u1")


def looked_at(picture: Picture, monkeypatch: pytest.MonkeyPatch, much: float = 0.0) -> tuple[list[tuple[int, ...]], list[Box]]:
    """The shapes of what the network is given of a picture, and the words in it where everything is like one by so much."""
    seen = list[tuple[int, ...]]()
    monkeypatch.setattr(likeness, "of_squares", lambda grey: seen.append(grey.shape) or grey)
    monkeypatch.setattr(likeness, "parts", lambda grey: [((0, 0, 1, 1), much)])
    return seen, faint.words(picture)


def test_of_a_large_picture_what_has_no_strokes_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = grainy((1500, 1500), 1.0)
    picture[700:720, 700:800:4] = 120
    seen, _ = looked_at(picture, monkeypatch)
    assert seen[0] < (320, 320)
    assert (1500, 1500) not in seen


def test_a_faint_word_in_a_large_picture_is_found_where_it_stands() -> None:
    ink = a_word(12)
    picture = written(grainy((1500, 1500), 2.0) / np.float32(255), ink, (1004, 907), 0.45)
    assert share(faint.words(picture), (1004, 907), ink, picture.shape) > 0.8


@pytest.mark.parametrize(("shape", "looks"), [((2000, 2000), [(2000, 2000)]), ((3000, 3000), [])])
def test_of_a_huge_picture_full_of_grain_half_of_its_size_is_looked_at_as_closely_as_the_whole_of_another(
    monkeypatch: pytest.MonkeyPatch, shape: tuple[int, int], looks: list[tuple[int, int]]
) -> None:
    seen, found = looked_at(grainy(shape), monkeypatch, faint.LIKELY + 1)
    assert [one for one in seen if one == shape] == looks
    assert [x1 + 1 for _, _, x1, _ in found] == [2 * likeness.CELL * (1 if looks else 2)]


def unsure(whole: tuple[int, int], turned: float) -> Callable[[NDArray[np.uint8]], NDArray[np.float32]]:
    """A network that is not sure of bright squares in a picture of that shape, and says something else of its parts."""

    def probable(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
        is_bright = np.asarray(Image.fromarray(grey).reduce(likeness.CELL)) > 200
        return np.where(is_bright, 0.53 if grey.shape == whole else turned, 0).astype("f4")

    return probable


@pytest.mark.parametrize(("turned", "least", "is_found"), [(0.6, 5, True), (0.52, 5, False), (0.6, faint.SURE, False)])
def test_what_is_a_little_like_a_word_is_one_if_it_is_from_all_sides(
    monkeypatch: pytest.MonkeyPatch, turned: float, least: float, is_found: bool
) -> None:
    picture = np.full((400, 600), 80, "u1")
    picture[40:56, 500:560] = 230
    monkeypatch.setattr(likeness, "of_squares", unsure(picture.shape, turned))
    monkeypatch.setattr(faint, "_SCALES", (1,))
    monkeypatch.setattr(faint, "_MOST", 0)
    assert faint.words(picture, least) == ([(500, 40, 559, 55)] if is_found else [])


@pytest.mark.parametrize(("larger", "scales"), [(faint.SURE, [1, 8]), (faint.QUITE, [1, 2, 4, 8])])
def test_the_larger_letters_are_the_less_they_have_to_be_like_some_where_nothing_else_is(
    monkeypatch: pytest.MonkeyPatch, larger: float, scales: list[int]
) -> None:
    monkeypatch.setattr(likeness, "of_squares", lambda grey: grey)
    monkeypatch.setattr(likeness, "parts", lambda grey: [((0, 0, 1, 1), 8.0)])
    monkeypatch.setattr(faint, "_MOST", 0)
    found = faint.words(np.full((400, 600), 80, "u1"), larger=larger)
    assert [(x1 + 1) // (2 * likeness.CELL) for _, _, x1, _ in found] == scales


@pytest.mark.parametrize(
    ("shape", "least", "much", "is_found"),
    [
        ((400, 600), faint.LIKELY, 8.0, True),
        ((400, 600), faint.LIKELY, 6.0, False),
        ((400, 600), faint.QUITE, 8.0, False),
        ((1200, 900), faint.LIKELY, 8.0, False),
    ],
)
def test_the_smallest_letters_are_looked_for_in_a_larger_picture_where_that_costs_little(
    monkeypatch: pytest.MonkeyPatch, shape: tuple[int, int], least: float, much: float, is_found: bool
) -> None:
    monkeypatch.setattr(likeness, "of_squares", lambda grey: grey)
    monkeypatch.setattr(
        likeness, "parts", lambda grey: [((30, 60, 44, 62), much)] if grey.shape == (shape[0] * 1.5, shape[1] * 1.5) else []
    )
    assert faint.words(np.full(shape, 80, "u1"), least) == ([(80, 160, 119, 167)] if is_found else [])


def test_a_word_in_one_colour_is_found_in_a_coloured_picture() -> None:
    ink = a_word(16)
    picture = np.repeat(stored(np.full((200, 200), 0.3, "f4"))[..., None], 3, axis=2)
    picture[90 : 90 + ink.shape[0], 30 : 30 + ink.shape[1]][ink > 0.5] = 160, 160, 20
    assert share(faint.words(picture), (90, 30), ink, picture.shape[:2]) > 0.8


@pytest.mark.parametrize("seed", range(6))
def test_speckle_without_a_word_has_none(seed: int) -> None:
    assert faint.words(stored(sector(seed, (480, 640)))) == []


@pytest.mark.parametrize("seed", range(9))
def test_what_devices_draw_is_no_word(seed: int) -> None:
    grey = np.full((192, 192), 0.2, "f4")
    drawings.draw_on(grey, random.Random(seed))
    assert faint.words(stored(grey)) == []


def test_a_picture_that_is_too_small_has_none() -> None:
    assert faint.words(np.zeros((16, 300), "u1")) == []
