import numpy as np
import pytest
from numpy.typing import NDArray

from lettering import picture
from radiary.dicom.text import clips, frames_together
from radiary.dicom.text.frames_together import Gathering, Together


def frames() -> list[NDArray[np.uint8]]:
    made = [np.roll(picture(), turn, axis=0) for turn in range(6)]
    made[2] = picture("SYNTHETICA", size=16)
    return made


def are_equal(one: Together, other: Together) -> bool:
    return all(np.array_equal(mine, yours) for mine, yours in zip(one, other, strict=True))


def test_what_was_gathered_of_frames_as_they_came_is_what_they_show_in_their_order() -> None:
    gathering, shown = Gathering(), frames()
    for place in (3, 0, 5, 2, 1, 4):
        gathering.add(f"{place}.png", shown[place])
    together = gathering.together([f"{place}.png" for place in range(6)])
    assert together is not None
    assert are_equal(together, frames_together.of(shown))
    assert (together.bright == np.max(shown, axis=0)).all()
    assert (together.dark == np.min(shown, axis=0)).all()
    told = [one.picture for one in clips.telling(shown, together)]
    assert any((one == shown[2]).all() for one in told)


@pytest.mark.parametrize("names", [["0", "1"], ["0", "1", "2", "3"], ["0", "1", "4"]])
def test_nothing_was_gathered_where_other_frames_were_than_those_that_are_searched(names: list[str]) -> None:
    gathering = Gathering()
    for place, frame in enumerate(frames()[:3]):
        gathering.add(str(place), frame)
    assert gathering.together(names) is None
    assert gathering.together(["0", "1", "2"]) is not None


def test_of_a_clip_of_many_large_frames_nothing_is_gathered() -> None:
    gathering = Gathering(most=20_000)
    for place, frame in enumerate(frames()):
        gathering.add(str(place), frame)
    assert gathering.together([str(place) for place in range(6)]) is None


def test_greys_in_colours_have_the_steps_of_the_same_greys() -> None:
    shown = frames()
    coloured = frames_together.of([np.dstack([one] * 3) for one in shown])
    assert np.array_equal(coloured.steps, frames_together.of(shown).steps)


def test_it_comes_back_from_bytes_as_it_was() -> None:
    together = frames_together.of(frames())
    assert are_equal(frames_together.unpacked(frames_together.packed(together)), together)


def test_without_a_frame_there_is_nothing() -> None:
    with pytest.raises(ValueError, match="no frame"):
        frames_together.of([])
