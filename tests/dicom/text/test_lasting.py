"""What stands at one place in slices far from each other."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from radiary.dicom.text import lasting, slices
from radiary.dicom.text.slice_values import Rows

_DOWN, _ACROSS = np.mgrid[-1:1:512j, -1:1:512j]


def slice_of(place: int, words: str = "", *, size: int = 12, at: tuple[int, int] = (200, 250)) -> Rows:
    """A body in air that is another one some centimetres on, with grain of its own; words stand where they are put."""
    body = _DOWN**2 * (1.5 + 0.05 * place) + (_ACROSS - 0.02 * place) ** 2 < 0.8
    values = np.where(body, 1040, 24) + np.random.default_rng(place).normal(0, 12, (512, 512))
    drawn = Image.new("L", (512, 512))
    ImageDraw.Draw(drawn).text(at, words, fill=255, font=ImageFont.load_default(size))
    values[np.asarray(drawn) > 100] += 40
    return slices.rows_of(values.clip(0, 4000).astype("<u2"))


@pytest.mark.parametrize("at", [(200, 250), (10, 20)])
@pytest.mark.parametrize("size", [9, 16, 30])
def test_words_in_all_slices_are_seen_in_tissue_and_in_air(at: tuple[int, int], size: int) -> None:
    assert lasting.may_be_in([slice_of(place, "SYNTHETICA", size=size, at=at) for place in range(16)])


def test_words_in_three_of_some_slices_are_seen_and_those_in_two_are_what_neighbours_do_not_have() -> None:
    def with_words(places: range) -> bool:
        return lasting.may_be_in([slice_of(place, "SYNTHETICA" if place in places else "") for place in range(16)])

    assert with_words(range(6, 9))
    assert not with_words(range(6, 8))


def test_anatomy_that_moves_is_nothing_that_lasts() -> None:
    assert not lasting.may_be_in([slice_of(place) for place in range(16)])


def test_nothing_is_known_of_few_slices_or_of_pictures_that_are_all_unlike() -> None:
    unlike: list[NDArray[np.int16] | NDArray[np.uint16]] = [slice_of(place)[: 100 + place] for place in range(16)]
    assert all(lasting.may_be_in(some) for some in ([], [slice_of(1)], [slice_of(1), slice_of(2)], unlike))


def test_a_localizer_among_slices_is_left_out() -> None:
    assert not lasting.may_be_in([slice_of(0)[:100], *(slice_of(place) for place in range(16))])
