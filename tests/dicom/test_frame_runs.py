from typing import Any

import exports
from radiary.dicom import frame_runs
from radiary.dicom.read import header, located_frames
from radiary.library import frame_runs as filed_runs
from radiary.model.nouns import Instance
from radiary.model.records import FileRecord, InstanceRecord, RunRecord
from viewer.test_enhanced import DIRECTION, IN_STACK, STACK_ID, TIME, Attributes, content, enhanced, frame


def runs(frames: list[Attributes], pointers: list[int], shown: dict[int, int] | None = None) -> tuple[list[int], list[Any]]:
    """The frames in viewing order, and those of each run by their numbers in the copy."""
    read = header.read(exports.written(enhanced(frames, pointers)))
    assert isinstance(read, Instance)
    located = located_frames.located(read.dataset, len(frames))
    order, found = frame_runs.runs(located, {number: number for number in range(len(frames))} if shown is None else shown)
    return order, [list(one.frames) for one in found]


def indexed(place: int, *indices: int) -> Attributes:
    return frame(place, **content(DimensionIndexValues=list(indices)))


def test_phases_go_by_their_dimension_not_by_when_they_were_stored() -> None:
    frames = [indexed(place, 1, place + 1, 2 - phase) for place in range(3) for phase in range(2)]
    assert runs(frames, [STACK_ID, IN_STACK, DIRECTION])[1] == [[1, 3, 5], [0, 2, 4]]


def test_a_phase_that_lacks_a_frame_stays_whole() -> None:
    frames = [indexed(place, place + 1, time + 1) for place in range(4) for time in range(2) if (place, time) != (1, 0)]
    assert runs(frames, [IN_STACK, TIME])[1] == [[0, 3, 5], [1, 2, 4, 6]]


def test_indices_that_are_not_as_many_as_dimensions_say_nothing() -> None:
    frames = [indexed(place, 2 - time) for place in range(3) for time in range(2)]
    assert runs(frames, [TIME, IN_STACK])[1] == [[0, 2, 4], [1, 3, 5]]


def test_a_frame_that_is_lost_leaves_the_others_in_their_runs() -> None:
    frames = [frame(place, **content(TemporalPositionIndex=time)) for place in range(3) for time in range(2)]
    assert runs(frames, [], {0: 0, 1: 1, 3: 2, 4: 3, 5: 4}) == ([0, 4, 1, 3, 5], [[0, 3], [1, 2, 4]])


def test_frames_of_which_one_says_no_place_are_as_they_were_stored() -> None:
    assert runs([frame(2), {}, frame(1)], []) == ([], [])


def test_runs_that_are_not_those_of_its_pictures_are_none() -> None:
    pictures = tuple(FileRecord(path=f"{number}.png", sha256="", size=1) for number in range(3))
    one = InstanceRecord(
        uid="1", number=1, position=None, pixels="", pictures=pictures, copies=(), runs=(RunRecord(frames=(0, 1)),)
    )
    (run,) = filed_runs.runs(one)
    assert (run.pictures, run.positions, run.frame) == (pictures, (None,) * 3, 0)
