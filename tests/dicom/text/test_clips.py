import numpy as np
import pytest
from numpy.typing import NDArray

from lettering import picture
from radiary.dicom.text import clips


def speckle(turn: int) -> NDArray[np.uint8]:
    return np.roll(picture(), turn % 5, axis=0)


def test_of_a_clip_that_only_moves_the_projections_and_the_middle_tell_all() -> None:
    frames = [speckle(turn) for turn in range(9)]
    bright, dark, middle = (one.picture for one in clips.telling(frames))
    assert (bright == np.max(frames, axis=0)).all()
    assert (dark == np.min(frames, axis=0)).all()
    assert (middle == frames[4]).all()


def test_a_frame_with_a_word_of_its_own_is_searched() -> None:
    frames = [speckle(turn) for turn in range(40)]
    frames[4] = picture("SYNTHETICA", size=16, ink=90)
    assert any((one.picture == frames[4]).all() and one.parts is None for one in clips.telling(frames)[3:])


def test_the_part_of_a_frame_that_only_few_have_is_searched_though_others_flicker_more() -> None:
    """More grain in every fifth frame, beside the word, takes the places of those that have more than most."""
    written = np.ascontiguousarray(np.rot90(picture("SYNTHETICA", size=16)))[:300]
    plain = np.ascontiguousarray(np.rot90(picture()))[:300]
    grain = np.random.default_rng(2).normal(0, 9, plain.shape) * (np.arange(plain.shape[1]) > 150)
    frames = [(plain + grain).clip(0, 255).astype("u1") if turn % 5 == 0 else plain for turn in range(40)]
    frames[11] = written
    ((x0, y0, x1, y1),) = next(one.parts for one in clips.telling(frames) if one.parts and (one.picture == written).all())
    ink = np.argwhere(written == 230)
    assert (y0, x0) <= tuple(ink.min(axis=0))
    assert (y1, x1) >= tuple(ink.max(axis=0))


@pytest.mark.parametrize(("count", "shown"), [(40, 5), (40, 15), (12, 4), (12, 5), (8, 4)])
def test_a_word_that_no_projection_shows_is_searched_though_it_stands_in_many_frames(count: int, shown: int) -> None:
    """A frame that is white everywhere, as from a flash, makes the brightest values white, and the darkest have no word."""
    plain, written = picture(ground=60), picture("SYNTHETICA", size=20, ground=60, ink=200)
    frames = [*[written] * shown, *[plain] * (count - shown - 1), np.full_like(plain, 255)]
    assert any((one.picture == written).all() for one in clips.telling(frames))


def test_frames_in_which_a_word_drifts_are_searched_and_not_all_of_them() -> None:
    frames = [np.roll(picture("SYNTHETICA", size=16), 4 * turn, axis=1) for turn in range(40)]
    assert 3 < len(clips.telling(frames)) < 20


def test_speckle_that_is_another_one_in_each_frame_is_searched_in_the_middle_one_alone() -> None:
    frames = [(60 + 8 * np.random.default_rng(seed).standard_normal((240, 320))).clip(0, 255).astype("u1") for seed in range(40)]
    assert [(one.is_frame, one.parts) for one in clips.telling(frames)] == [(False, None), (False, None), (True, None)]
    assert (clips.telling(frames)[2].picture == frames[20]).all()
