import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import exports
from conftest import export_at
from radiary.dicom.wall.pseudonym import Pseudonyms
from radiary.ingest import pipeline
from radiary.ingest.bench import Bench
from radiary.model.errors import OnlyOwnCopies
from radiary.model.events import Filed
from radiary.state.people import People
from radiary.state.queue import Queue
from services import Service


def ingest(bench: Bench, path: Path, queue: Queue) -> Filed:
    filed = pipeline.ingest(export_at(path), bench, queue)
    queue.fold(filed)
    return filed


@pytest.fixture
def filed(bench: Bench, tmp_path: Path) -> tuple[Queue, Path]:
    """What is known after one export, and the folder of its study."""
    queue = Queue()
    study = ingest(bench, exports.zipped(tmp_path / "a.zip", exports.ct_files(2)), queue).studies[0]
    return queue, bench.library.root / study.folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_copy_of_a_study_in_any_form_is_told_and_nobody_new_is_met(
    bench: Bench, tmp_path: Path, filed: tuple[Queue, Path]
) -> None:
    queue, study = filed
    people, library = bench.people.codes(), files(bench.library.root)
    shutil.copytree(study, tmp_path / "for-the-doctor")
    shutil.copy(next(study.rglob("*.dcm")), tmp_path / "one.dcm")
    copies = [tmp_path / "for-the-doctor", tmp_path / "one.dcm", exports.zipped(tmp_path / "library.zip", library)]
    for path in (*copies, bench.library.root):
        with pytest.raises(OnlyOwnCopies):
            ingest(bench, path, queue)
    assert bench.people.codes() == people
    assert files(bench.library.root) == library


def test_a_new_exam_beside_copies_is_filed_and_the_copies_are_counted(
    bench: Bench, tmp_path: Path, filed: tuple[Queue, Path]
) -> None:
    queue, study = filed
    mixed = exports.zipped(tmp_path / "mixed.zip", files(study) | exports.ct_files(1, study=2))
    made = ingest(bench, mixed, queue)
    assert [(one.date, one.added) for one in made.studies] == [("2024-01-02", 1)]
    assert dict(made.skipped) == {"own-copy": 2}


def test_uids_that_were_retained_do_not_hide_a_copy(bench: Bench, tmp_path: Path) -> None:
    bench = replace(bench, policy=replace(bench.policy, retain_uids=True, dates="relative"))
    queue = Queue()
    study = ingest(bench, exports.zipped(tmp_path / "a.zip", exports.ct_files(1)), queue).studies[0]
    people = bench.people.codes()
    with pytest.raises(OnlyOwnCopies):
        ingest(bench, exports.zipped(tmp_path / "b.zip", files(bench.library.root / study.folder)), queue)
    assert bench.people.codes() == people


def test_a_copy_whose_study_the_ledger_lost_is_known_by_whom_it_is_about(
    bench: Bench, tmp_path: Path, filed: tuple[Queue, Path]
) -> None:
    with pytest.raises(OnlyOwnCopies):
        ingest(bench, exports.zipped(tmp_path / "b.zip", files(filed[1])), Queue())


def test_a_copy_is_known_by_its_study_though_the_record_of_people_is_lost(
    bench: Bench, tmp_path: Path, filed: tuple[Queue, Path]
) -> None:
    (tmp_path / "state/people").unlink()
    with pytest.raises(OnlyOwnCopies):
        ingest(bench, exports.zipped(tmp_path / "b.zip", files(filed[1])), filed[0])


def test_what_somebody_elses_radiary_made_is_filed(bench: Bench, tmp_path: Path, filed: tuple[Queue, Path]) -> None:
    key = bytes(32)
    other = replace(bench, key=key, people=People(tmp_path / "other" / "people", key))
    made = ingest(other, exports.zipped(tmp_path / "b.zip", files(filed[1])), Queue())
    assert (made.pictures, dict(made.skipped)) == (2, {})
    assert made.studies[0].uid == Pseudonyms(key).uid(bench.library.study(filed[0].studies.popitem()[1].folder).uid)


def test_the_chronicle_goes_on_after_a_copy_which_is_sorted_as_a_duplicate(tmp_path: Path) -> None:
    service = Service(tmp_path, after="sort", workers=1)
    with service:
        exports.zipped(service.downloads / "a.zip", exports.ct_files(1))
        service.wait_for("chronicled")
        study = next((tmp_path / "library").glob("*/*/study.json")).parent
        exports.zipped(tmp_path / "copy.zip", files(study)).rename(service.downloads / "copy.zip")
        service.wait_for("rejected")
        exports.zipped(service.downloads / "b.zip", exports.ct_files(1, study=2))
        service.wait_for("chronicled", 2)
        service.wait((service.downloads / "duplicate/copy.zip").exists)
        assert "made itself" in service.command("status").stdout
        assert service.command("people").stdout.count("P-") == 1
        service.stop()
    assert "made itself" in (service.downloads / "duplicate/copy.zip.txt").read_text()
    assert len(list((tmp_path / "library").glob("*/*/study.json"))) == 2
