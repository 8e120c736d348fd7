"""Nuclear medicine of the former kind, whose frames are counted by vectors: a gated heart is a stack for each time slot."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.tag import Tag

import exports
from outcomes import ingested
from radiary.dicom.read import frame_vectors, header
from radiary.ingest.bench import Bench
from radiary.model.nouns import Instance

NM_IMAGE = "1.2.840.10008.5.1.4.1.1.20"
ENERGIES, DETECTORS, PHASES, INTERVALS, SLOTS, SLICES, TIMES = (
    0x00540010, 0x00540020, 0x00540030, 0x00540060, 0x00540070, 0x00540080, 0x00540100,
)  # fmt: skip


def counted(*vectors: tuple[int, list[int]]) -> Dataset:
    """An object of as many frames as its vectors are long."""
    frames = np.stack([np.full((12, 16), 10 + 20 * number, "u2") for number in range(len(vectors[0][1]))])
    made = exports.with_pixels(exports.dataset(modality="NM", sop_class=NM_IMAGE), frames)
    made.FrameIncrementPointer = [Tag(tag) for tag, _ in vectors]
    for tag, vector in vectors:
        made.add_new(tag, "US", vector)
    return made


def stacks(made: Dataset) -> list[list[int]]:
    """The frames of each stack, in order."""
    read = header.read(exports.written(made))
    assert isinstance(read, Instance)
    found: dict[Any, list[int]] = {}
    for one in frame_vectors.located(read.dataset, int(made.NumberOfFrames)):
        found.setdefault(one.stack, []).append(one.number)
    return list(found.values())


def test_a_gated_heart_is_a_stack_for_each_time_slot(bench: Bench, tmp_path: Path) -> None:
    gated = counted((INTERVALS, [1] * 6), (SLOTS, [1, 1, 1, 2, 2, 2]), (SLICES, [1, 2, 3] * 2))
    assert stacks(gated) == [[0, 1, 2], [3, 4, 5]]
    ingested(bench, tmp_path, gated)
    (record,) = (tmp_path / "library").rglob("study.json")
    (image,) = json.loads(record.read_text())["series"][0]["instances"]
    assert [run["frames"] for run in image["runs"]] == [[0, 1, 2], [3, 4, 5]]


def test_energies_and_detectors_are_apart_however_frames_are_stored() -> None:
    assert stacks(counted((ENERGIES, [1, 2, 1, 2]), (DETECTORS, [1, 1, 2, 2]))) == [[0, 2], [1, 3]]


def test_phases_of_a_dynamic_study_go_on_in_one() -> None:
    assert stacks(counted((DETECTORS, [1] * 5 + [2] * 5), (PHASES, [1, 1, 2, 2, 2] * 2), (TIMES, [1, 2, 1, 2, 3] * 2))) == [
        [0, 1, 2, 3, 4],
        [5, 6, 7, 8, 9],
    ]


@pytest.mark.parametrize(
    "vectors",
    [
        ((SLICES, [1, 2, 3]),),
        ((SLOTS, [1, 1, 1]), (SLICES, [1, 2, 3])),
        ((SLOTS, [1, 2, 2]), (SLICES, [1, 2])),
    ],
)
def test_frames_that_are_one_stack_or_are_not_counted_are_as_they_were_stored(vectors: Any) -> None:
    assert stacks(counted(*vectors)) == []


def test_what_counts_the_frames_of_others_tells_no_stacks_apart() -> None:
    made = counted((SLOTS, [1, 2, 2]), (SLICES, [1, 1, 2]))
    made.FrameTimeVector = [0, 40, 50]
    made.FrameIncrementPointer = [Tag(0x00181065), Tag(SLICES)]
    assert stacks(made) == []
