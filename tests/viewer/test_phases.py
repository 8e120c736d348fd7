"""Series in space and time, from the download to the viewer: each orientation and phase is looked through by itself."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset

import exports
from viewer.viewed import Viewed, viewed

MR = "1.2.840.10008.5.1.4.1.1.4"
PLACES, PHASES = 5, 2
AXIAL, CORONAL = [1, 0, 0, 0, 1, 0], [1, 0, 0, 0, 0, -1]


def slice_of(number: int, place: int, orientation: list[int] | None = None, **attributes: Any) -> Dataset:
    """One slice of a head; where `place` is the middle, it has most in it."""
    cosines = orientation or AXIAL
    at = [0, 0, 6 * place] if cosines == AXIAL else [0, 6 * place, 0]
    made = exports.dataset(modality="MR", sop_class=MR, number=number, ImageOrientationPatient=cosines, ImagePositionPatient=at)
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    made.WindowCenter, made.WindowWidth = 500, 1000
    noise = np.random.default_rng(number).integers(0, 1000, (24, 32))
    return exports.with_pixels(made, noise.astype("<u2"), stored=12)


KINDS: dict[str, Callable[[int, int], dict[str, Any]]] = {
    "times": lambda phase, _: {"TemporalPositionIdentifier": phase + 1},
    "echoes": lambda phase, _: {"EchoNumbers": phase + 1, "EchoTime": 30 + 60 * phase},
    "echo times alone": lambda phase, _: {"EchoTime": 30 + 60 * phase},
    "b-values": lambda phase, _: {"DiffusionBValue": 1000.0 * phase},
    "heartbeats": lambda phase, place: {"TriggerTime": 400 * phase + 7 * place},
    "orientations": lambda phase, _: {"orientation": [AXIAL, CORONAL][phase]},
}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Viewed]:
    with viewed(tmp_path) as made:
        yield made


def files(kind: str, places: range = range(PLACES), without: tuple[tuple[int, int], ...] = ()) -> dict[str, bytes]:
    """All phases of each place, one after another, as scanners number them; the first ones come last."""
    numbers = [(phase, where) for where in places for phase in range(PHASES) if (phase, where) not in without]
    return {
        f"{PHASES * where + phase:03}": exports.written(slice_of(PHASES * where + phase + 1, where, **KINDS[kind](phase, where)))
        for phase, where in reversed(numbers)
    }


def numbers(place: Viewed) -> list[int]:
    """Instance Numbers in the order in which the series stands."""
    (record,) = [json.loads(path.read_text()) for path in place.library.rglob("study.json")]
    return [instance["number"] for instance in record["series"][0]["instances"]]


def stacks(place: Viewed) -> list[dict[str, Any]]:
    place.update()
    (page,) = place.pages()
    return list(place.data(page)["stacks"])  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
def test_each_phase_is_a_stack_in_order_and_the_middle_of_one_stands_for_all(kind: str, place: Viewed) -> None:
    place.file(files(kind))
    first, second = [1, 3, 5, 7, 9], [2, 4, 6, 8, 10]
    assert numbers(place) == [*first, *second]
    shown = stacks(place)
    assert [one["title"] for one in shown] == ["MR, head (1)", "MR, head (2)"]
    assert [[int(path.split("/")[-1][:4]) for path in one["pictures"]] for one in shown] == [first, second]
    assert [len(set(one["positions"])) for one in shown] == [PLACES, PLACES]
    (filed,) = place.service.facts("filed")
    assert "/0005-" in filed["studies"][0]["series"][0]["representative"]


@pytest.mark.parametrize("kind", KINDS)
def test_phases_stay_apart_where_one_lacks_a_slice_and_where_more_comes_later(kind: str, place: Viewed) -> None:
    place.file(files(kind, range(2), without=((1, 1),)))
    place.file(files(kind, range(2, PLACES)))
    assert numbers(place) == [1, 3, 5, 7, 9, 2, 6, 8, 10]
    assert [len(one["pictures"]) for one in stacks(place)] == [5, 4]
