import numpy as np
from numpy.typing import NDArray

from lettering import picture
from radiary.dicom.text import clips


def speckle(turn: int) -> NDArray[np.uint8]:
    return np.roll(picture(), turn % 5, axis=0)


def test_of_a_clip_that_only_moves_the_projections_and_the_middle_tell_all() -> None:
    frames = [speckle(turn) for turn in range(9)]
    bright, dark, middle = clips.telling(frames)
    assert (bright == np.max(frames, axis=0)).all()
    assert (dark == np.min(frames, axis=0)).all()
    assert (middle == frames[4]).all()


def test_a_frame_with_a_word_of_its_own_is_searched() -> None:
    frames = [speckle(turn) for turn in range(40)]
    frames[4] = picture("SYNTHETICA", size=16, ink=90)
    assert any((frame == frames[4]).all() for frame in clips.telling(frames)[3:])


def test_frames_in_which_a_word_drifts_are_searched_and_not_all_of_them() -> None:
    frames = [np.roll(picture("SYNTHETICA", size=16), 4 * turn, axis=1) for turn in range(40)]
    assert 3 < len(clips.telling(frames)) < 15
