from typing import Any

import pytest

import exports
from radiary.library import slice_order
from radiary.model.records import FileRecord, InstanceRecord
from walled import clean

AXIAL, CORONAL, SAGITTAL = (0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0)


def image(number: int, position: float | None = None, *, sizes: tuple[int, ...] = (1000,), **attributes: Any) -> InstanceRecord:
    pictures = tuple(FileRecord(path=f"{number}-{frame}", sha256="", size=size) for frame, size in enumerate(sizes))
    return InstanceRecord(
        uid=f"{number:03d}", number=number, position=position, pixels="", pictures=pictures, copies=(), **attributes
    )


def order(*images: InstanceRecord) -> list[int | None]:
    return [one.number for one in slice_order.in_order(images)]


def apart(*images: InstanceRecord) -> list[list[int | None]]:
    return [[one.number for one in group] for group in slice_order.apart(images)]


def shown(*images: InstanceRecord, modality: str = "CT", selected: tuple[str, ...] = ()) -> str | None:
    return slice_order.representative(slice_order.in_order(images), selected, modality)


def test_slices_stand_by_position_and_others_by_number() -> None:
    assert order(image(1, 30, normal=AXIAL), image(2, 10, normal=AXIAL), image(3, 20, normal=AXIAL)) == [2, 3, 1]
    assert order(image(3), image(1), image(2, 5)) == [1, 2, 3]


def test_stacks_of_several_orientations_are_kept_apart() -> None:
    axial = [image(number, 10.0 * number, normal=(0.0, 0.02, 0.9998)) for number in (7, 5, 6)]
    coronal = [image(number, 85.0 - 10.0 * number, normal=CORONAL) for number in (3, 1, 2)]
    assert order(*axial, *coronal) == [3, 2, 1, 5, 6, 7]


@pytest.mark.parametrize(
    "phase",
    [
        lambda time, _: (float(time), 0, 0, 0, 0),
        lambda time, _: (0, 0, 30.0 * time, 0, 0),
        lambda time, _: (0, 0, 0, 500.0 * time, 0),
        lambda time, place: (0, 0, 0, 0, 40.0 * time + place / 3),
        lambda _, __: (),
    ],
)
def test_phases_follow_each_other_whole(phase: Any) -> None:
    numbers = [(3 * place + time, place, time) for place in range(4) for time in range(3)]
    images = [image(number, 5.0 * place + 0.01 * time, normal=AXIAL, phase=phase(time, place)) for number, place, time in numbers]
    assert order(*reversed(images)) == [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]


def test_phases_of_which_one_lacks_a_slice_go_by_their_values() -> None:
    images = [image(2 * place + time, 5.0 * place, normal=AXIAL, phase=(float(time),)) for place in range(3) for time in range(2)]
    assert order(*images[:-1]) == [0, 2, 4, 1, 3]


@pytest.mark.parametrize(
    "phase",
    [
        lambda time, place: (0.0, 0.0, 0.0, 0.0, 400.0 * time + 7 * place),  # a heart: later from slice to slice
        lambda time, place: (0.0, 0.0, 30.0 * time, 0.0, 13.0 * place),
        lambda time, place: (float(time), 1.0, 30.0, 0.0, 1000.0 * place + 400 * time),
    ],
)
def test_phases_of_which_one_lacks_a_slice_stay_whole_though_times_differ_from_slice_to_slice(phase: Any) -> None:
    numbers = [(2 * place + time, place, time) for place in range(6) for time in range(2)]
    images = [image(number, 5.0 * place, normal=AXIAL, phase=phase(time, place)) for number, place, time in numbers]
    assert apart(*images[:4], *images[5:]) == [[0, 2, 6, 8, 10], [1, 3, 5, 7, 9, 11]]


def test_a_slice_that_came_twice_makes_no_phases_of_a_scan_whose_slices_say_different_times() -> None:
    times = (0, 45, 75, 105, 135, 165, 195, 225)
    images = [image(place, 5.0 * place, normal=AXIAL, phase=(0, 0, 0, 0, time)) for place, time in enumerate(times)]
    twice = image(9, 20.0, normal=AXIAL, phase=(0, 0, 0, 0, 140.0))
    assert apart(*reversed(images), twice) == [[0, 1, 2, 3, 4, 9, 5, 6, 7]]


def test_stacks_and_phases_are_looked_through_one_by_one() -> None:
    axial = [image(2 * place + time, 5.0 * place, normal=AXIAL, phase=(float(time),)) for place in range(3) for time in range(2)]
    coronal = [image(number, 10.0 * number, normal=CORONAL) for number in (11, 12)]
    assert apart(*axial, *coronal) == [[0, 2, 4], [1, 3, 5], [11, 12]]


def test_images_that_have_no_neighbours_are_looked_through_together() -> None:
    around = [(1.0, 0.0, 0.0), (0.866, 0.5, 0.0), (0.5, 0.866, 0.0), (0.0, 1.0, 0.0)]
    assert apart(*(image(number, 0.0, normal=normal) for number, normal in enumerate(around))) == [[0, 1, 2, 3]]
    assert apart(image(1), image(2)) == [[1, 2]]
    assert apart() == []


def test_the_middle_of_the_largest_stack_stands_for_a_series() -> None:
    few = [image(number, number, normal=SAGITTAL) for number in (1, 2, 3)]
    many = [image(number, number, normal=AXIAL) for number in range(11, 18)]
    assert shown(*few, *many) == "14-0"


def test_no_localizer_stands_for_a_series_with_other_images() -> None:
    scouts = [image(number, number, normal=CORONAL, is_localizer=True) for number in range(1, 9)]
    assert shown(*scouts, image(20, 1, normal=AXIAL), image(21, 2, normal=AXIAL)) == "21-0"
    assert shown(*scouts) == "5-0"


def test_no_empty_slice_stands_for_a_series() -> None:
    sizes = (1000, 1000, 1000, 60, 50, 60, 1000, 1000)
    images = [image(number, number, normal=AXIAL, sizes=(size,)) for number, size in enumerate(sizes)]
    assert shown(*images) == "2-0" or shown(*images) == "6-0"


def test_what_somebody_selected_stands_for_a_series() -> None:
    images = [image(number, number, normal=AXIAL) for number in range(9)]
    assert shown(*images, selected=("007",)) == "7-0"


def test_of_a_run_the_frame_with_most_content_near_the_middle_stands_for_it() -> None:
    sizes = (9000, 100, 100, 300, 200, 700, 100, 100, 9000)
    assert shown(image(1, sizes=sizes), modality="XA") == "1-5"
    assert shown(image(1, sizes=(500,) * 9), modality="US") == "1-4"
    assert shown(image(1, sizes=(1000, 900, 950, 900, 800)), modality="MR") == "1-2"


def test_the_facts_say_how_a_slice_lies_and_when_it_was_taken() -> None:
    made = exports.slice_of_ct(ImagePositionPatient=[1, 2, 30], ImageOrientationPatient=[1, 0, 0, 0, 0, -1])
    made.TemporalPositionIdentifier, made.EchoTime, made.TriggerTime = 3, "80", "412.5"
    made.ImageType = ["ORIGINAL", "PRIMARY", "LOCALIZER"]
    facts = clean(made).facts
    assert (facts.normal, facts.position, facts.is_localizer) == ((0.0, 1.0, 0.0), 2.0, True)
    assert facts.phase == (3.0, 0.0, 80.0, 0.0, 412.5)
    bare = clean(exports.slice_of_ct(ImageOrientationPatient=[0, 0, 0, 0, 0, 0], ImagePositionPatient=[1, 2, 3])).facts
    assert (bare.normal, bare.position) == (None, None)
