"""What travels to the workers with a batch of members."""

import pickle
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import exports
from conftest import KEY, export_at
from radiary.ingest import pipeline, text_search
from radiary.ingest.bench import Bench
from radiary.library.shelf import Library
from radiary.model.nouns import Policy, Treatment
from radiary.state.people import People
from radiary.state.queue import Queue
from radiary.workers.pool import Pool

MR = "1.2.840.10008.5.1.4.1.1.4"


class Weighing(ThreadPoolExecutor):
    """Notes how many bytes each piece of work would be on its way to another process."""

    weights: list[int]

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        self.weights.append(len(pickle.dumps((work, arguments))))
        return super().submit(work, *arguments, **named)


def heaviest(bench: Bench, folder: Path, count: int) -> int:
    """Bytes of the largest batch when an export of `count` images without a window, each of a series and a person, is filed."""
    folder.mkdir()
    executor = Weighing(1)
    executor.weights = []
    pool = Pool(lambda: executor, 1)
    files = {}
    for number in range(count):
        made = exports.with_pixels(exports.dataset(number=number + 1, modality="MR", sop_class=MR), exports.ramp(8, 8))
        made.SeriesInstanceUID = f"1.2.3.{number + 1000}"
        made.PatientID = f"PATIENT-{number + 1000}"
        files[f"I{number}"] = exports.written(made)
    places = {"library": Library(folder / "library"), "shelf": Library(folder / "private"), "pool": pool, "reader": pool}
    people = People(folder / "people", KEY)
    used = replace(bench, **places, people=people, policy=Policy(dates="relative"))
    pipeline.ingest(export_at(exports.zipped(folder / "a.zip", files)), used, Queue())
    pool.close()
    return max(executor.weights)


def test_what_travels_with_a_batch_does_not_grow_with_the_export(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Although all images have text, no window, and a first day that has to be known before they are developed."""

    def full_of_text(pictures: Any, *_: Any, **__: Any) -> list[Treatment]:
        return [Treatment(blank=((number, 0, number, 7),)) for number in range(len(pictures))]

    monkeypatch.setattr(text_search, "treatments_of", full_of_text)
    assert heaviest(bench, tmp_path / "large", 100) < 1.1 * heaviest(bench, tmp_path / "small", 10)
