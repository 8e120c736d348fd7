from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from radiary.dicom.text import slices


def ct(number: int, words: str = "", *, step: int = 80, size: int = 12) -> NDArray[Any]:
    """A round body in air, which moves a pixel from slice to slice, with grain; `words` stand `step` above it."""
    down, across = np.mgrid[:256, :320]
    inside = (down - 128 - number) ** 2 + (across - 160) ** 2 < 90**2
    values = np.where(inside, 1064, 30) + np.random.default_rng(number).normal(0, 10, (256, 320))
    drawn = Image.new("L", (320, 256))
    ImageDraw.Draw(drawn).text((120, 120), words, fill=255, font=ImageFont.load_default(size))
    return np.where(np.array(drawn) > 100, 1064 + step, values).clip(0, 4095).astype("<u2")


def suspects(*made: NDArray[Any]) -> list[Any]:
    return slices.suspects([slices.rows_of(one) for one in made])


def test_slices_that_go_on_from_one_to_the_next_are_not_suspected() -> None:
    assert suspects(*(ct(number) for number in range(8))) == [()] * 8


@pytest.mark.parametrize("at", [0, 3, 7])
@pytest.mark.parametrize("size", [14, 24, 80])
def test_a_word_in_one_slice_is_suspected_where_it_stands(at: int, size: int) -> None:
    found = suspects(
        *(ct(number, "SYNTHETICA"[: 10 if size < 30 else 3] if number == at else "", size=size) for number in range(8))
    )
    assert [place for place, boxes in enumerate(found) if boxes] == [at]
    ((x0, y0, x1, y1),) = found[at]
    assert x0 <= 120
    assert y0 <= 120 + size // 3
    assert x1 >= 180
    assert y1 >= 120 + size // 2


@pytest.mark.parametrize("run", [(3, 4), (3, 4, 5)])
def test_a_word_in_a_few_slices_in_a_row_is_suspected_in_each(run: tuple[int, ...]) -> None:
    found = suspects(*(ct(number, "SYNTHETICA" if number in run else "", size=14) for number in range(10)))
    assert tuple(place for place, boxes in enumerate(found) if boxes) == run


@pytest.mark.parametrize("first", [1, 3])
@pytest.mark.parametrize("step", [80, -120])
def test_a_word_that_stays_in_many_slices_is_suspected_where_it_begins(first: int, step: int) -> None:
    found = suspects(*(ct(number, "SYNTHETICA" if number in range(first, 9) else "", step=step, size=14) for number in range(10)))
    assert [place for place, boxes in enumerate(found) if boxes] == [first]


def test_an_organ_that_begins_in_a_slice_and_stays_is_not_suspected() -> None:
    made = [ct(number) for number in range(10)]
    down, across = np.mgrid[:256, :320]
    for one in made[4:]:
        one[(down - 120) ** 2 + (across - 150) ** 2 < 14**2] += 200
    assert suspects(*made) == [()] * 10


def test_of_coloured_slices_the_brightness_is_compared() -> None:
    made = [(ct(number, "SYNTHETICA" if number == 3 else "", step=400, size=14) // 16).astype("u1") for number in range(6)]
    found = suspects(*(np.repeat(one[..., None], 3, axis=2) for one in made))
    assert [place for place, boxes in enumerate(found) if boxes] == [3]


def test_at_both_ends_slices_may_be_there_for_comparison_alone() -> None:
    rows = [slices.rows_of(ct(number, "SYNTHETICA" if number == 2 else "", size=14)) for number in range(5)]
    assert slices.suspects(rows, range(1, 4)) == slices.suspects(rows)[1:-1]
    assert slices.suspects(rows[:2], ()) == []


def test_dark_words_are_suspected_too() -> None:
    assert suspects(*(ct(number, "SYNTHETICA" if number == 2 else "", step=-120, size=16) for number in range(5)))[2]


@pytest.mark.parametrize("at", [0, 7])
def test_a_small_word_in_the_first_or_last_slice_is_suspected(at: int) -> None:
    found = suspects(*(ct(number, "MR" if number == at else "", size=9) for number in range(8)))
    assert [place for place, boxes in enumerate(found) if boxes] == [at]


def test_a_word_that_is_fainter_than_a_bodys_grain_is_suspected_in_quiet_air() -> None:
    made = []
    for number in range(5):
        noise = np.random.default_rng(number).normal(0, 1, (240, 320))
        ground = np.where(np.arange(240)[:, None] < 60, 30 + 3 * noise, 1064 + 25 * noise)
        drawn = Image.new("L", (320, 240))
        ImageDraw.Draw(drawn).text((40, 20), "SYNTHETICA" if number == 2 else "", fill=255, font=ImageFont.load_default(16))
        made.append((ground + 20 * (np.array(drawn) > 100)).astype("<u2"))
    assert [bool(boxes) for boxes in suspects(*made)] == [False, False, True, False, False]


def grainy(number: int, words: str = "", *, grain: float, step: int = 0, size: int = 9) -> NDArray[Any]:
    """A slice that is one grey with grain, anew in each; `words` stand `step` above it."""
    drawn = Image.new("L", (512, 512))
    ImageDraw.Draw(drawn).text((200, 200), words, fill=255, font=ImageFont.load_default(size))
    values = 1064 + np.random.default_rng(number).laplace(0, grain, (512, 512))
    return np.where(np.array(drawn) > 100, 1064 + step, values).astype("<u2")


@pytest.mark.parametrize("words", ["MR", "1963"])
def test_two_or_four_small_letters_are_suspected_where_grain_has_little_that_is_new(words: str) -> None:
    found = suspects(*(grainy(number, words if number == 4 else "", grain=1, step=40) for number in range(9)))
    assert [place for place, boxes in enumerate(found) if boxes] == [4]


def test_grain_is_not_suspected_where_it_has_nearly_as_much_that_is_new_elsewhere_in_the_slice() -> None:
    found = suspects(*(grainy(number, grain=8) for number in range(14)))
    assert found[1:-1].count(()) >= 11


def smooth(number: int) -> NDArray[Any]:
    """A body with grain that differs little from one pixel to the next, in quieter air."""
    grain = np.random.default_rng(number).normal(0, 6, (401, 513))
    grain = grain[1:, 1:] + grain[:-1, 1:] + grain[1:, :-1] + grain[:-1, :-1]
    down, across = np.mgrid[-1:1:400j, -1:1:512j]
    return np.where(down**2 * 1.6 + across**2 < 0.8, 1040 + grain, 30 + grain / 3).clip(0, 4000).astype("<u2")


def test_smooth_grain_is_not_suspected() -> None:
    assert suspects(*map(smooth, range(12))) == [()] * 12


def test_grain_of_which_half_is_cut_off_is_not_suspected() -> None:
    noise = (np.random.default_rng(number).normal(0, 12, (400, 512)) for number in range(40))
    made = [np.where(np.arange(400)[:, None] < 150, 1040 + grain, grain).clip(0, 4000).astype("<u2") for grain in noise]
    assert suspects(*made) == [()] * 40


def test_a_word_in_all_slices_is_nothing_new() -> None:
    assert suspects(*(ct(number, "SYNTHETICA") for number in range(4))) == [()] * 4


@pytest.mark.parametrize("made", [[ct(1)], [], [ct(1), ct(2)[:100]], [np.zeros((2, 2), "<u2")] * 3])
def test_what_cannot_be_compared_is_not_suspected(made: list[Any]) -> None:
    assert suspects(*made) == [()] * len(made)


@pytest.mark.parametrize("way", [-1, 1])
def test_the_farthest_values_of_sixteen_bits_are_told_apart(way: int) -> None:
    plain = np.random.default_rng(1).integers(-32768, -32700, (5, 120, 160)).astype("<i2")
    made = list(plain if way > 0 else -1 - plain)
    made[2][50:62, 40:120:2] = -1 - made[2][50:62, 40:120:2]
    assert [bool(one) for one in suspects(*made)] == [False, False, True, False, False]


def new_in(*made: NDArray[Any]) -> NDArray[np.uint8]:
    picture = slices.what_is_new(made)
    assert picture is not None
    return picture


@pytest.mark.parametrize("size", [9, 14, 80])
def test_what_is_new_may_be_letters_where_a_word_stands_and_nowhere_else(size: int) -> None:
    new = new_in(ct(2, "SYN", size=size), ct(1), ct(3))
    assert slices.may_be_letters(new, (96, 96, 319, 255))
    assert not slices.may_be_letters(new, (0, 0, 319, 111))
    assert not slices.may_be_letters(new, (0, 0, 5, 5))


def test_each_word_that_is_new_has_a_box_of_its_own_that_is_little_larger() -> None:
    words = ct(2, "SYNTHETICA", size=14)
    words[np.roll(words != ct(2), -60, axis=0)] = 1144
    upper, lower = sorted(slices.letters_in(new_in(words, ct(1), ct(3)), (64, 24, 319, 215)), key=lambda box: box[1])
    for top, (x0, y0, x1, y1) in ((60, upper), (120, lower)):
        assert 120 - 24 <= x0 <= 120
        assert top - 24 <= y0 <= top + 4
        assert 200 <= x1 <= 240
        assert top + 12 <= y1 <= top + 40


def test_edges_of_organs_that_the_slices_beside_it_have_too_are_too_little_for_a_word() -> None:
    """A rim of one pixel around an organ that grows, beside a word that is much brighter."""
    new = np.zeros((300, 400), "u1")
    new[100, 100:260] = new[100:180, 100] = 60
    assert not slices.is_new_in(new, (90, 90, 269, 199))
    new[190:194, 100:260] = 60
    assert slices.is_new_in(new, (90, 90, 269, 199))


@pytest.mark.parametrize("made", [[], [ct(1)], [ct(1), None], [ct(1), ct(2)[:100]], [ct(1), ct(2).astype("<i2")]])
def test_what_cannot_be_compared_has_no_picture_of_what_is_new(made: list[Any]) -> None:
    assert slices.what_is_new(made) is None


def test_a_neighbour_that_cannot_be_compared_leaves_the_other_one() -> None:
    one, plain = ct(2, "SYNTHETICA", size=24), ct(1)
    alone = new_in(one, plain)
    for odd in (None, ct(3)[:100], ct(3).astype("<i2")):
        picture = slices.what_is_new([one, odd, plain])
        assert picture is not None
        assert (picture == alone).all()


def test_a_picture_of_what_is_new_shows_a_word_and_no_anatomy() -> None:
    before, one, after = ct(1), ct(2, "SYNTHETICA", size=24), ct(3)
    new = new_in(one, before, after)
    ink = one == 1064 + 80
    assert np.percentile(new[ink], 20) > 150
    assert np.percentile(new[~ink], 99) < 30
    dark = new_in(ct(2, "SYNTHETICA", size=24, step=-120), before)
    assert np.percentile(dark[ink], 20) > 150


def test_letters_in_a_picture_of_what_is_new_are_plain_and_grain_beside_them_is_not() -> None:
    new = new_in(ct(2, "SYNTHETICA", size=24), ct(1), ct(3))
    assert slices.is_new_in(new, (118, 122, 270, 146))
    assert not slices.is_new_in(new, (20, 20, 80, 40))


def test_of_slices_that_show_the_same_nothing_is_new() -> None:
    assert not new_in(ct(1), ct(1), ct(2)).any()


@pytest.mark.parametrize("kind", ["<i2", "<u2", "u1"])
def test_values_of_a_sign_or_none_are_new_alike(kind: str) -> None:
    plain = np.zeros((40, 40), kind)
    one = plain.copy()
    one[10:12, 5:30] = np.iinfo(kind).max
    assert (new_in(one, plain, plain) == 255).sum() == 50
