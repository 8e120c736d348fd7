import numpy as np
import pytest
from numpy.typing import NDArray

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
