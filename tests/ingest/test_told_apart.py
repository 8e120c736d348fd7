import random
from pathlib import Path
from typing import Any

import exports
import stories
from conftest import export_at
from radiary.chronicle.remembered import Remembered
from radiary.ingest import pipeline
from radiary.ingest.bench import Bench
from radiary.library import faults
from radiary.model.events import Event, Filed
from radiary.state.queue import Queue

ONE = f"{exports.ROOT}.1.1.1"


def file(number: int, **attributes: Any) -> bytes:
    made = exports.slice_of_ct(number, **attributes)
    made.ImagePositionPatient, made.ImageOrientationPatient = [0, 0, 5.0 * number], [1, 0, 0, 0, 1, 0]
    return exports.written(made)


def dropped(bench: Bench, queue: Queue, folder: Path, *files: bytes) -> Filed:
    path = exports.zipped(folder / f"{len(list(folder.iterdir()))}.zip", {f"f{place}": one for place, one in enumerate(files)})
    filed = pipeline.ingest(export_at(path), bench, queue)
    queue.fold(filed)
    return filed


def instances(bench: Bench) -> set[tuple[str, str, str]]:
    records = [bench.library.study(folder) for folder in bench.library.folders()]
    return {(one.uid, one.pixels, each.uid) for study in records for each in study.series for one in each.instances}


def is_sound(bench: Bench) -> bool:
    return all(faults.is_sound(bench.library, folder) for folder in bench.library.folders())


def test_slices_that_share_one_uid_are_all_filed_and_said_to_share_it(bench: Bench, tmp_path: Path) -> None:
    files = [file(number, SOPInstanceUID=ONE) for number in (1, 2, 3, 4)]
    filed = dropped(bench, Queue(), tmp_path, *files)
    assert (filed.pictures, filed.skipped, filed.noted) == (4, {}, {"uid-of-several": 3})
    copies = [exports.read_back(path.read_bytes()) for path in bench.library.root.rglob("*.dcm")]
    assert len({copy.SOPInstanceUID for copy in copies}) == 4
    assert is_sound(bench)


def test_the_order_of_files_changes_nothing(bench: Bench, tmp_path: Path) -> None:
    files = [file(number, SOPInstanceUID=ONE) for number in (1, 2, 3, 4)]
    files += [
        exports.written(exports.with_pixels(exports.slice_of_ct(2, SOPInstanceUID=ONE, SeriesNumber=9), exports.ramp(top=3000)))
    ]
    seen = []
    for turn in range(3):
        random.Random(turn).shuffle(files)
        dropped(bench, Queue(), tmp_path, *files)
        seen.append(instances(bench))
    assert seen[0] == seen[1] == seen[2]


def test_the_same_export_once_more_and_in_parts_adds_nothing(bench: Bench, tmp_path: Path) -> None:
    files, queue = [file(number, SOPInstanceUID=ONE) for number in (1, 2, 3)], Queue()
    dropped(bench, queue, tmp_path, files[1])
    dropped(bench, queue, tmp_path, *files)
    known = instances(bench)
    assert len(known) == 3
    dropped(bench, queue, tmp_path, files[2])
    again = dropped(bench, queue, tmp_path, *files, b"another file")
    assert instances(bench) == known
    assert again.skipped == {}
    assert is_sound(bench)


def test_an_image_that_comes_later_under_a_known_uid_is_filed_beside_it(bench: Bench, tmp_path: Path) -> None:
    queue = Queue()
    dropped(bench, queue, tmp_path, file(1, SOPInstanceUID=ONE))
    filed = dropped(bench, queue, tmp_path, file(2, SOPInstanceUID=ONE))
    assert (filed.studies[0].added, filed.skipped, filed.noted) == (1, {}, {"uid-of-several": 1})


def test_one_uid_in_two_series_is_two_images(bench: Bench, tmp_path: Path) -> None:
    other = exports.with_pixels(exports.slice_of_ct(1, series=2, SOPInstanceUID=ONE), exports.ramp(top=3000), stored=12)
    filed = dropped(bench, Queue(), tmp_path, exports.written(exports.slice_of_ct(1)), exports.written(other))
    assert (filed.pictures, filed.noted) == (2, {"uid-of-several": 1})


def test_the_same_image_with_another_header_stays_a_duplicate(bench: Bench, tmp_path: Path) -> None:
    other = file(1, StudyDescription="sent again", AccessionNumber="X", InstanceNumber=1)
    filed = dropped(bench, Queue(), tmp_path, file(1), other)
    assert (filed.pictures, filed.skipped, filed.noted) == (1, {"duplicate": 1}, {})


def test_another_version_of_one_slice_is_no_other_slice(bench: Bench, tmp_path: Path) -> None:
    other = exports.written(exports.with_pixels(exports.slice_of_ct(1), exports.ramp(top=3000), stored=12))
    filed = dropped(bench, Queue(), tmp_path, exports.written(exports.slice_of_ct(1)), other)
    assert (filed.pictures, filed.skipped, filed.noted) == (1, {"different-pixels": 1}, {})


SOMEBODY = {"PatientName": "Gaspard^Else", "PatientID": "ELSE-1", "PatientBirthDate": "19481203"}


def test_two_people_with_one_study_are_filed_apart(bench: Bench, tmp_path: Path) -> None:
    queue = Queue()
    filed = dropped(bench, queue, tmp_path, file(1), file(2), file(3, **SOMEBODY), file(4, **SOMEBODY))
    assert len({study.uid for study in filed.studies}) == len({study.patient for study in filed.studies}) == 2
    assert filed.noted == {"study-uid-of-several": 2}
    for study in filed.studies:
        paths = (bench.library.root / study.folder).rglob("*.dcm")
        copies = [exports.read_back(path.read_bytes()) for path in paths]
        assert {(copy.PatientID, copy.StudyInstanceUID) for copy in copies} == {(study.patient, study.uid)}
    later = dropped(bench, queue, tmp_path, file(5, **SOMEBODY))
    assert [(one.patient, one.uid, one.added) for one in later.studies] == [
        (study.patient, study.uid, 1) for study in filed.studies if study.uid == later.studies[0].uid
    ]
    alone = dropped(bench, queue, tmp_path, file(6))
    assert alone.studies[0].patient != later.studies[0].patient
    assert is_sound(bench)


def test_somebody_elses_study_of_the_same_uid_that_comes_later_is_filed_apart(bench: Bench, tmp_path: Path) -> None:
    queue = Queue()
    first = dropped(bench, queue, tmp_path, file(1))
    second = dropped(bench, queue, tmp_path, file(1, **SOMEBODY))
    assert first.studies[0].patient != second.studies[0].patient
    assert first.studies[0].folder != second.studies[0].folder


def test_spellings_of_one_person_share_a_study(bench: Bench, tmp_path: Path) -> None:
    files = [file(1), file(2, PatientName="SYNTHETICA^PETRONELLA^M"), file(3, PatientName="", PatientBirthDate="")]
    filed = dropped(bench, Queue(), tmp_path, *files)
    assert (len(filed.studies), filed.pictures, filed.noted) == (1, 3, {})


def test_two_studies_with_one_series_have_a_picture_each_in_the_chronicle(bench: Bench, tmp_path: Path) -> None:
    other = file(2, study=2, SeriesInstanceUID=f"{exports.ROOT}.1.1", StudyDate="20240101")
    events: list[Event] = [dropped(bench, Queue(), tmp_path, file(1), other)]
    for _ in range(2):
        facts, note = stories.told(
            events,
            frozenset(event.study for event in events if event.type == "chronicled"),
            folder=tmp_path / "chronicle",
            library=bench.library.root,
            pool=bench.pool,
            people=bench.people,
            remembered=Remembered(),
        )
        events += facts
        assert note is None
        assert len(list((tmp_path / "chronicle/images/2024-01-01").glob("scan*.jpg"))) == 2
    assert len(events) == 3
