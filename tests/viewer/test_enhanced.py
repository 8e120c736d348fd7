"""Enhanced objects, whose frames are whole series in space and time, from the download to the viewer and to a copy."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from radiary.chronicle.story import Exam
from radiary.model import records
from radiary.share import exam_copy
from radiary.share.exam_copy import ExamCopy
from viewer.viewed import Viewed, viewed

ENHANCED_MR = "1.2.840.10008.5.1.4.1.1.4.1"
PLACES, PHASES = 4, 2
AXIAL, CORONAL = [1, 0, 0, 0, 1, 0], [1, 0, 0, 0, 0, -1]
STACK_ID, IN_STACK, TIME, DIRECTION = 0x00209056, 0x00209057, 0x00209128, 0x00189089
FIRST, SECOND = [0, 20, 40, 60], [10, 30, 50, 70]
"""The greys of the frames of both phases, from the lowest place on."""

Attributes = dict[str, dict[str, Any]]
"""A functional group's attributes, by its sequence."""


def item(**attributes: Any) -> Dataset:
    made = Dataset()
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    return made


def frame(place: int, cosines: list[int] | None = None, **groups: dict[str, Any]) -> Attributes:
    at = [0, 6 * place, 0] if cosines == CORONAL else [0, 0, 6 * place]
    plane = {"PlanePositionSequence": {"ImagePositionPatient": at}}
    return {**plane, "PlaneOrientationSequence": {"ImageOrientationPatient": cosines or AXIAL}, **groups}


def content(**attributes: Any) -> Attributes:
    return {"FrameContentSequence": attributes}


def dimension(pointer: int) -> Dataset:
    return item(DimensionIndexPointer=pointer, FunctionalGroupPointer=0x00209111)


KINDS: dict[str, tuple[Callable[[int, int], Attributes], list[int]]] = {
    "times": (lambda phase, place: frame(place, **content(TemporalPositionIndex=phase + 1)), []),
    "echoes": (lambda phase, place: frame(place, MREchoSequence={"EffectiveEchoTime": 30.0 + 60 * phase}), []),
    "b-values": (lambda phase, place: frame(place, MRDiffusionSequence={"DiffusionBValue": 1000.0 * phase}), []),
    "heartbeats that differ from slice to slice": (
        lambda phase, place: frame(
            place, CardiacSynchronizationSequence={"NominalCardiacTriggerDelayTime": 400.0 * phase + 7 * place}
        ),
        [],
    ),
    "a dimension alone": (
        lambda phase, place: frame(place, **content(StackID="1", DimensionIndexValues=[1, place + 1, phase + 1])),
        [STACK_ID, IN_STACK, DIRECTION],
    ),
    "stacks that face alike": (
        lambda stack, place: frame(place + 9 * stack, **content(StackID=str(stack + 1), InStackPositionNumber=place + 1)),
        [],
    ),
    "stacks by their dimension": (
        lambda stack, place: frame(place + 9 * stack, **content(DimensionIndexValues=[stack + 1, place + 1])),
        [STACK_ID, IN_STACK],
    ),
    "orientations": (lambda stack, place: frame(place, [AXIAL, CORONAL][stack]), []),
    "places in order alone": (
        lambda phase, place: content(StackID="1", InStackPositionNumber=place + 1, TemporalPositionIndex=phase + 1),
        [],
    ),
}


def enhanced(frames: list[Attributes], pointers: list[int], **attributes: Any) -> Dataset:
    """An object of frames of one grey each: ten times its number."""
    greys = np.stack([np.full((24, 32), 10 * number, "u1") for number in range(len(frames))])
    header = exports.dataset(modality="MR", sop_class=ENHANCED_MR, WindowCenter=128, WindowWidth=256, **attributes)
    made = exports.with_pixels(header, greys)
    made.PerFrameFunctionalGroupsSequence = Sequence(
        [item(**{name: Sequence([item(**of)]) for name, of in one.items()}) for one in frames]
    )
    if pointers:
        made.DimensionIndexSequence = Sequence(map(dimension, pointers))
    return made


def interleaved(kind: str) -> bytes:
    """All phases or stacks of each place, one after another."""
    made, pointers = KINDS[kind]
    return exports.written(enhanced([made(phase, place) for place in range(PLACES) for phase in range(PHASES)], pointers))


def one_by_one(kind: str) -> dict[str, bytes]:
    """The same frames, each an object of its own, the last one numbered first."""
    made, _ = KINDS[kind]
    files = {}
    for number, (where, phase) in enumerate((where, phase) for where in range(PLACES) for phase in range(PHASES)):
        one = enhanced([made(phase, where)], [], number=8 - number)
        one.PixelData = bytes([10 * number]) * 24 * 32
        files[f"{number}"] = exports.written(one)
    return files


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Viewed]:
    with viewed(tmp_path) as made:
        yield made


def study(place: Viewed) -> Path:
    (path,) = place.library.rglob("study.json")
    return path


def stacks(place: Viewed) -> list[dict[str, Any]]:
    place.update()
    (page,) = place.pages()
    return list(place.data(page)["stacks"])  # type: ignore[arg-type]


def greys(place: Viewed, pictures: list[str]) -> list[int]:
    found = []
    for path in pictures:
        with Image.open(study(place).parent / path) as opened:
            found.append(round(float(np.array(opened).mean())))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_each_stack_and_phase_of_an_enhanced_object_is_looked_through_by_itself(kind: str, place: Viewed) -> None:
    place.file({"one": interleaved(kind)})
    shown = stacks(place)
    assert [one["title"] for one in shown] == ["MR, head (1)", "MR, head (2)"]
    assert [greys(place, one["pictures"]) for one in shown] == [FIRST, SECOND]
    assert [one["clip"] for one in shown] == [False, False]
    if kind == "places in order alone":
        assert [one["positions"] for one in shown] == [None, None]
    else:
        assert [np.diff(one["positions"]).tolist() for one in shown] == [[6.0] * 3] * 2
    (filed,) = place.service.facts("filed")
    assert greys(place, [filed["studies"][0]["series"][0]["representative"]]) == [FIRST[PLACES // 2]]


def test_each_stack_says_how_it_lies_in_the_body(place: Viewed) -> None:
    place.file({"one": interleaved("orientations")})
    assert [one["plane"] for one in stacks(place)] == ["axial", "coronal"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_has_each_stack_and_phase_by_itself(kind: str, place: Viewed) -> None:
    place.file({"one": interleaved(kind)})
    record = records.parsed(study(place).read_bytes())
    copy = ExamCopy("abcdefgh", "", Exam("2.25.0", "P", "MR", "undated/MR-x"), record)
    targets = {one.source: one.target for one in exam_copy.pictures(copy, "webp")}
    shown = [of for of, _ in exam_copy.shown_stacks(copy, targets, 0.0)]
    assert [greys(place, [file.path for file in of.pictures]) for of in shown] == [FIRST, SECOND]
    assert [[targets[file.path].split("/")[2] for file in of.pictures] for of in shown] == [["01"] * 4, ["02"] * 4]


def test_what_an_older_version_filed_is_shown_as_it_was_until_it_is_downloaded_again(place: Viewed) -> None:
    place.file({"one": interleaved("times")})
    known = json.loads(study(place).read_text())
    for instance in known["series"][0]["instances"]:
        del instance["runs"]
    study(place).write_text(json.dumps(known))
    (shown,) = stacks(place)
    assert (shown["title"], shown["positions"], greys(place, shown["pictures"])) == ("MR, head", None, [*FIRST, *SECOND])
    place.file({"the same again": interleaved("times")})
    assert [greys(place, one["pictures"]) for one in stacks(place)] == [FIRST, SECOND]


def test_one_volume_is_one_stack_with_its_places_as_it_was_stored(place: Viewed) -> None:
    place.file({"one": exports.written(enhanced([frame(9 - number) for number in range(5)], []))})
    (shown,) = stacks(place)
    assert (shown["title"], greys(place, shown["pictures"])) == ("MR, head", [0, 10, 20, 30, 40])
    assert shown["positions"] == [54.0, 48.0, 42.0, 36.0, 30.0]


def test_frames_of_one_place_are_one_stack_in_time(place: Viewed) -> None:
    times = [2, 1, 4, 3]
    frames = [frame(1, **content(TemporalPositionIndex=time)) for time in times]
    place.file({"one": exports.written(enhanced(frames, []))})
    (shown,) = stacks(place)
    assert greys(place, shown["pictures"]) == [10, 0, 30, 20]


def test_layers_that_lie_nearer_than_slices_ever_do_are_one_stack(place: Viewed) -> None:
    frames = [
        frame(0, PlanePositionSequence={"ImagePositionPatient": [0, 0, round(0.05 * number - 0.02, 2)]}) for number in range(8)
    ]
    place.file({"one": exports.written(enhanced(frames, []))})
    (shown,) = stacks(place)
    assert greys(place, shown["pictures"]) == [10 * number for number in range(8)]


def test_frames_around_the_body_are_looked_through_together(place: Viewed) -> None:
    turns = [[round(float(np.cos(turn)), 4), 0, round(float(np.sin(turn)), 4), 0, 1, 0] for turn in np.linspace(0, 2, 5)]
    frames = [{**frame(0), "PlaneOrientationSequence": {"ImageOrientationPatient": turn}} for turn in turns]
    place.file({"one": exports.written(enhanced(frames, []))})
    (shown,) = stacks(place)
    assert greys(place, shown["pictures"]) == [0, 10, 20, 30, 40]


@pytest.mark.parametrize("kind", ["times", "echoes", "orientations"])
def test_enhanced_objects_of_one_frame_each_are_slices_like_others(kind: str, place: Viewed) -> None:
    place.file(one_by_one(kind))
    shown = stacks(place)
    assert sorted(greys(place, one["pictures"]) for one in shown) == [FIRST, SECOND]
    assert [np.diff(one["positions"]).tolist() for one in shown] == [[6.0] * 3] * 2


def test_enhanced_objects_that_differ_in_time_alone_and_lack_one_stay_apart(place: Viewed) -> None:
    files = one_by_one("times")
    del files["2"]
    place.file(files)
    assert [greys(place, one["pictures"]) for one in stacks(place)] == [[0, 40, 60], SECOND]
