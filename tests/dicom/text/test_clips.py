import numpy as np
import pytest
from numpy.typing import NDArray

from lettering import picture
from radiary.dicom.text import clips


def speckle(turn: int) -> NDArray[np.uint8]:
    return np.roll(picture(), turn % 5, axis=0)


def test_of_a_clip_that_only_moves_the_projections_and_two_frames_of_the_middle_tell_all() -> None:
    frames = [speckle(turn) for turn in range(9)]
    bright, dark, middle, after = (one.picture for one in clips.telling(frames))
    assert (bright == np.max(frames, axis=0)).all()
    assert (dark == np.min(frames, axis=0)).all()
    assert (middle == frames[4]).all()
    assert (after == frames[7]).all()


def test_a_frame_with_a_word_of_its_own_is_searched() -> None:
    frames = [speckle(turn) for turn in range(40)]
    frames[4] = picture("SYNTHETICA", size=16, ink=90)
    ((picture_of, parts),) = clips.telling(frames)[4:]
    assert (picture_of == frames[4]).all()
    assert parts is not None
    ((x0, y0, x1, y1),) = parts
    ink = np.argwhere(frames[4] == 90)
    assert (y0, x0) <= tuple(ink.min(axis=0))
    assert (y1, x1) >= tuple(ink.max(axis=0))


@pytest.mark.parametrize("count", [4, 7, 40])
def test_a_word_that_runs_downwards_for_three_frames_is_searched(count: int) -> None:
    written = np.ascontiguousarray(np.rot90(picture("SYNTHETICA", size=16)))[:300]
    plain = np.ascontiguousarray(np.rot90(picture()))[:300]
    frames = [written if turn < min(3, count - 1) else plain for turn in range(count)]
    assert any((one.picture == written).all() for one in clips.telling(frames) if one.parts is not None)


def test_of_a_word_that_drifts_two_frames_that_are_near_each_other_are_searched() -> None:
    frames = [np.roll(picture("SYNTHETICA", size=16), 4 * turn, axis=1) for turn in range(40)]
    told = clips.telling(frames)
    assert len(told) < 15
    assert [bool((one.picture == frames[place]).all()) for one, place in zip(told[2:], (20, 23), strict=False)] == [True, True]
