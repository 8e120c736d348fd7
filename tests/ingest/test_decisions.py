"""What its owner decides about held pictures, on the real library and shelf."""

import shutil
from pathlib import Path

import numpy as np
import pytest

import exports
from conftest import export_at
from radiary.ingest import decisions, pipeline, release
from radiary.ingest.bench import Bench
from radiary.ingest.decisions import Decision
from radiary.model.errors import Mistaken, ShelfOffline
from radiary.model.events import Filed, FiledStudy, Reviewed
from radiary.model.records import InstanceRecord
from radiary.state.queue import Queue


@pytest.fixture
def queue(bench: Bench, tmp_path: Path) -> Queue:
    """A library in which an ultrasound without regions is held."""
    made = Queue()
    files = {str(number): exports.written(exports.ultrasound(regions=False, number=number)) for number in (1, 2)}
    filed = pipeline.ingest(export_at(exports.zipped(tmp_path / "a.zip", files)), bench, made)
    made.fold(filed)
    return made


def held(bench: Bench, queue: Queue) -> list[tuple[FiledStudy, InstanceRecord]]:
    known = [(study, record) for study, record in decisions.held(bench.shelf, queue) if record]
    return [(study, one) for study, record in known for one in release.reviewable(record)]


def decide(bench: Bench, queue: Queue, what: str, boxes: tuple[decisions.Box, ...] = (), number: int = 0) -> Reviewed:
    study, instance = held(bench, queue)[number]
    decision = Decision.model_validate({"study": study.uid, "instance": instance.uid, "decision": what, "boxes": boxes})
    event = decisions.carried_out(decision, bench, queue)
    queue.fold(event)
    return event


def library(bench: Bench) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in bench.library.root.rglob("*") if path.suffix in (".png", ".dcm")}


def shelf(bench: Bench) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in bench.shelf.root.rglob("*") if path.is_file()}


def test_a_released_picture_stands_in_the_library_as_it_was(bench: Bench, queue: Queue) -> None:
    before = shelf(bench)
    event = decide(bench, queue, "released")
    assert [study.held for study in event.studies] == [False]
    copy = next(data for name, data in library(bench).items() if name.endswith(".dcm"))
    assert (exports.read_back(copy).pixel_array == 200).all()
    assert exports.read_back(copy).BurnedInAnnotation == "NO"
    assert shelf(bench) == before


def test_what_is_blanked_is_black_in_picture_and_copy(bench: Bench, queue: Queue) -> None:
    decide(bench, queue, "blanked", ((10, 5, 19, 9),))
    copy = next(data for name, data in library(bench).items() if name.endswith(".dcm"))
    black = (exports.read_back(copy).pixel_array == 0).all(axis=2)
    expected = np.zeros((60, 80), bool)
    expected[5:10, 10:20] = True
    assert (black == expected).all()


def test_undoing_takes_it_out_again_and_the_others_stay(bench: Bench, queue: Queue) -> None:
    decide(bench, queue, "released", number=0)
    one = library(bench)
    decide(bench, queue, "released", number=1)
    assert len(library(bench)) == 4
    event = decide(bench, queue, "undone", number=1)
    assert library(bench) == one
    assert not event.is_gone
    assert decide(bench, queue, "undone", number=0).is_gone
    assert library(bench) == {}
    assert not [key for key in queue.studies if not key[1]]


def test_a_second_decision_replaces_the_first(bench: Bench, queue: Queue) -> None:
    decide(bench, queue, "released")
    decide(bench, queue, "blanked", ((0, 0, 79, 59),))
    copy = next(data for name, data in library(bench).items() if name.endswith(".dcm"))
    assert not exports.read_back(copy).pixel_array.any()


def test_what_is_kept_changes_nothing(bench: Bench, queue: Queue) -> None:
    event = decide(bench, queue, "kept")
    assert library(bench) == {}
    assert event.decision == "kept"


def test_what_is_not_on_the_shelf_cannot_be_decided_about(bench: Bench, queue: Queue) -> None:
    for decision in (
        Decision(study="2.25.1", instance="2.25.2", decision="released"),
        Decision(study=next(iter(queue.studies))[0], instance="2.25.2", decision="released"),
    ):
        with pytest.raises(Mistaken):
            decisions.carried_out(decision, bench, queue)


def test_a_study_that_was_deleted_or_damaged_by_hand_is_its_own_affair(bench: Bench, queue: Queue, tmp_path: Path) -> None:
    files = {str(study): exports.written(exports.ultrasound(regions=False, study=study)) for study in (2, 3)}
    queue.fold(pipeline.ingest(export_at(exports.zipped(tmp_path / "b.zip", files)), bench, queue))
    every = held(bench, queue)
    folders = list(dict.fromkeys(study.folder for study, _ in every))
    shutil.rmtree(bench.shelf.root / folders[0])
    (bench.shelf.root / folders[1] / "study.json").write_bytes(b"{")
    assert [record is None for _, record in decisions.held(bench.shelf, queue)] == [True, True, False]
    for study, instance in every:
        decision = Decision(study=study.uid, instance=instance.uid, decision="released")
        if study.folder == folders[2]:
            assert decisions.carried_out(decision, bench, queue).studies
        else:
            with pytest.raises(Mistaken, match="not on the private shelf any more"):
                decisions.carried_out(decision, bench, queue)


def test_a_decision_waits_while_the_whole_shelf_is_away(bench: Bench, queue: Queue) -> None:
    ((study, instance), *_) = held(bench, queue)
    bench.shelf.root.rename(bench.shelf.root.with_name("unplugged"))
    with pytest.raises(ShelfOffline):
        decisions.carried_out(Decision(study=study.uid, instance=instance.uid, decision="released"), bench, queue)


def test_a_picture_that_was_tampered_with_is_not_released(bench: Bench, queue: Queue) -> None:
    for copy in bench.shelf.root.rglob("*.dcm"):
        copy.write_bytes(copy.read_bytes() + b"\0\0")
    with pytest.raises(Mistaken, match="verify"):
        decide(bench, queue, "released")


def test_the_export_once_more_leaves_what_was_released(bench: Bench, queue: Queue, tmp_path: Path) -> None:
    decide(bench, queue, "released")
    before = library(bench)
    again = pipeline.ingest(export_at(tmp_path / "a.zip"), bench, queue)
    assert isinstance(again, Filed)
    assert library(bench) == before


def test_a_held_study_that_was_deleted_by_hand_keeps_no_other_one_waiting(bench: Bench, queue: Queue, tmp_path: Path) -> None:
    (gone,) = {study.folder for study, _ in held(bench, queue)}
    other = exports.zipped(tmp_path / "b.zip", {"x": exports.written(exports.ultrasound(regions=False, study=2))})
    queue.fold(pipeline.ingest(export_at(other), bench, queue))
    shutil.rmtree(bench.shelf.root / gone)
    ((left, instance),) = held(bench, queue)
    assert left.folder != gone
    uid = next(uid for (uid, _), study in queue.studies.items() if study.folder == gone)
    with pytest.raises(Mistaken):
        decisions.carried_out(Decision(study=uid, instance="2.25.1", decision="kept"), bench, queue)
    assert decisions.carried_out(Decision(study=left.uid, instance=instance.uid, decision="released"), bench, queue).studies


def test_a_held_study_that_was_renamed_can_be_decided_about(bench: Bench, queue: Queue) -> None:
    (folder,) = {study.folder for study, _ in held(bench, queue)}
    (bench.shelf.root / folder).rename(bench.shelf.root / "hers")
    assert {study.folder for study, _ in held(bench, queue)} == {"hers"}
    assert decide(bench, queue, "released").studies
