import pickle
import threading
from pathlib import Path
from typing import Any

import pytest

import exports
import odd_archives
from conftest import export_at
from radiary.archives import archive, formats
from radiary.commands import demo_export
from radiary.ingest import pipeline
from radiary.ingest.bench import Bench
from radiary.model.errors import Encrypted, ImagesMissing, NothingToFile, Reason, SourceChanged, WrongPassword
from radiary.state.queue import Queue


def ingest(bench: Bench, path: Path, queue: Queue | None = None) -> pipeline.Filed:
    queue = queue or Queue()
    filed = pipeline.ingest(export_at(path), bench, queue)
    queue.fold(filed)
    return filed


def tree(bench: Bench) -> dict[str, bytes]:
    homes = (bench.library.root, bench.shelf.root)
    return {str(one.relative_to(home.parent)): one.read_bytes() for home in homes for one in home.rglob("*") if one.is_file()}


def test_the_main_job_end_to_end(bench: Bench, tmp_path: Path) -> None:
    filed = ingest(bench, exports.zipped(tmp_path / "Testpatient.zip", demo_export.export()))
    assert [study.date for study in filed.studies] == ["2024-03-11", "2024-04-02", "2024-04-02"]
    assert sorted((study.date, study.modality, len(study.series)) for study in filed.studies) == [
        ("2024-03-11", "CT", 3),
        ("2024-04-02", "MG", 1),
        ("2024-04-02", "US", 1),
    ]
    assert (filed.pictures, dict(filed.skipped), dict(filed.held), filed.left) == (37, {}, {}, 3)
    for name, data in tree(bench).items():
        for value in demo_export.IDENTIFYING:
            assert value.lower().encode() not in name.lower().encode() + data.lower(), (value, name)
    assert not any(demo_export.shows_name(data) for name, data in tree(bench).items() if "/US-" in name and name.endswith(".png"))


def test_what_travels_with_every_batch_does_not_grow_with_the_number_of_files(bench: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    sizes = []
    for count in (1, 200):
        for number in range(count):
            (folder / f"{number}").write_bytes(b"hello")
        sizes.append(len(pickle.dumps(bench.task(export_at(folder), library_tray=tmp_path, private_tray=tmp_path, passwords=()))))
    assert sizes[1] - sizes[0] < 64


def test_the_same_export_again_changes_nothing_and_gives_the_same_facts(bench: Bench, tmp_path: Path) -> None:
    queue = Queue()
    path = exports.zipped(tmp_path / "a.zip", exports.ct_files())
    first, before = ingest(bench, path, queue), tree(bench)
    again = ingest(bench, path, queue)
    assert tree(bench) == before
    assert [study.added for study in again.studies] == [0]
    assert again.pictures == first.pictures == 3


def test_physicians_are_remembered_for_the_gate(bench: Bench, tmp_path: Path) -> None:
    ingest(bench, exports.zipped(tmp_path / "a.zip", exports.ct_files()))
    assert bench.people.others() == ["Fictus^Dr"]


def test_a_replay_whose_filed_line_was_lost_changes_nothing(bench: Bench, tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "a.zip", exports.ct_files())
    ingest(bench, path)
    before = tree(bench)
    ingest(bench, path)
    assert tree(bench) == before


def test_a_second_zip_with_more_slices_only_adds_them(bench: Bench, tmp_path: Path) -> None:
    queue = Queue()
    ingest(bench, exports.zipped(tmp_path / "a.zip", exports.ct_files(2)), queue)
    before = tree(bench)
    more = ingest(bench, exports.zipped(tmp_path / "b.zip", exports.ct_files(3, first=2)), queue)
    after = tree(bench)
    assert (more.studies[0].added, more.studies[0].series[0].pictures) == (2, 4)
    assert {name: after[name] for name in before if not name.endswith("study.json")} == {
        name: data for name, data in before.items() if not name.endswith("study.json")
    }


def test_one_instance_with_other_pixels_is_reported_and_the_first_kept(bench: Bench, tmp_path: Path) -> None:
    queue = Queue()
    ingest(bench, exports.zipped(tmp_path / "a.zip", exports.ct_files(1)), queue)
    before = tree(bench)
    other = exports.with_pixels(exports.dataset(WindowCenter=1, WindowWidth=2), exports.ramp(top=77), stored=12)
    filed = ingest(bench, exports.zipped(tmp_path / "b.zip", {"x": exports.written(other)}), queue)
    assert dict(filed.skipped) == {"different-pixels": 1}
    assert tree(bench) == before


def test_one_broken_member_costs_nothing_else(bench: Bench, tmp_path: Path) -> None:
    broken = exports.slice_of_ct(9)
    broken.Rows = 99
    files = {
        **exports.ct_files(2),
        "broken": exports.written(broken),
        "cut": exports.written(exports.slice_of_ct(8))[:400],
        "README.txt": b"hello",
    }
    filed = ingest(bench, exports.zipped(tmp_path / "a.zip", files))
    assert (filed.pictures, filed.left) == (2, 1)
    assert filed.skipped == {"no-pixel-data": 1, "pixel-data-truncated": 1} or sum(filed.skipped.values()) == 2
    record = bench.library.study(filed.studies[0].folder)
    assert record.skipped[Reason.PIXEL_DATA_TRUNCATED] == 1


def test_what_may_show_a_name_stands_on_the_private_shelf_only(bench: Bench, tmp_path: Path) -> None:
    files = {**exports.ct_files(1), "us": exports.written(exports.ultrasound(regions=False, study=2))}
    filed = ingest(bench, exports.zipped(tmp_path / "a.zip", files))
    assert dict(filed.held) == {"ultrasound-regions-missing": 1}
    held = next(study for study in filed.studies if study.held)
    assert bench.shelf.folders() == [held.folder]
    assert bench.library.folders() == [study.folder for study in filed.studies if not study.held]
    assert exports.leaks(bench.library.root, bench.shelf.root) == []


def test_a_series_without_a_window_is_scaled_as_one(bench: Bench, tmp_path: Path) -> None:
    from io import BytesIO

    import numpy as np
    from PIL import Image

    files = {
        str(n): exports.written(exports.with_pixels(exports.dataset(number=n), exports.ramp(top=top)))
        for n, top in ((1, 1000), (2, 4000))
    }
    filed = ingest(bench, exports.zipped(tmp_path / "a.zip", files))
    record = bench.library.study(filed.studies[0].folder)
    tops = []
    for instance in record.series[0].instances:
        picture = bench.library.root / filed.studies[0].folder / instance.pictures[0].path
        with Image.open(BytesIO(picture.read_bytes())) as opened:
            tops.append(int(np.asarray(opened).max()))
    assert tops == [64, 255]
    assert filed.studies[0].series[0].scale == (0, 4000)


def test_more_slices_of_a_series_without_a_window_and_the_first_are_shown_alike(bench: Bench, tmp_path: Path) -> None:
    def one(number: int, top: int) -> dict[str, bytes]:
        return {"x": exports.written(exports.with_pixels(exports.dataset(number=number), exports.ramp(top=top)))}

    queue = Queue()
    ingest(bench, exports.zipped(tmp_path / "a.zip", one(1, 1000)), queue)
    more = ingest(bench, exports.zipped(tmp_path / "b.zip", one(2, 4000)), queue)
    assert more.studies[0].series[0].scale == (0, 4000)
    assert (more.studies[0].added, more.studies[0].series[0].pictures) == (1, 2)


def test_an_export_without_a_picture_says_why(bench: Bench, tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "a.zip", {"ko": exports.written(exports.dataset(sop_class=exports.RAW))})
    with pytest.raises(NothingToFile) as error:
        ingest(bench, path)
    assert error.value.skipped == {"not-an-image": 1}


def test_what_is_left_out_of_an_archive_is_counted_with_what_is_filed(bench: Bench, tmp_path: Path) -> None:
    files = {"report.zip": odd_archives.locked(aes=True), "b.zip": odd_archives.GOOD[:200], "a.txt": b"hello"}
    filed = ingest(bench, exports.zipped(tmp_path / "a.zip", files | exports.ct_files(3)))
    assert (filed.pictures, filed.left) == (3, 1)
    assert filed.skipped == {"inner-archive-damaged": 1, "inner-archive-locked": 1}


def test_an_export_of_locked_archives_alone_waits_for_its_password(bench: Bench, tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "a.zip", {"disc.zip": odd_archives.locked(aes=True), "readme.txt": b"hello"})
    with pytest.raises(Encrypted):
        ingest(bench, path)
    object.__setattr__(bench, "passwords", lambda: ("wrong",))
    with pytest.raises(WrongPassword):
        ingest(bench, path)
    object.__setattr__(bench, "passwords", lambda: ("wrong", "geheim"))
    assert ingest(bench, path).pictures == 1


def test_a_table_of_contents_without_its_images_says_so(bench: Bench, tmp_path: Path) -> None:
    directory = demo_export.export()["DICOMDIR"]
    with pytest.raises(ImagesMissing):
        ingest(bench, exports.zipped(tmp_path / "a.zip", {"DICOMDIR": directory, "viewer.exe": b"MZ"}))


@pytest.mark.parametrize("name", ["a.zip", "b.tar"])
def test_foreign_bytes_are_read_by_workers_alone(
    bench: Bench, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "a.zip":
        exports.zipped(tmp_path / name, exports.ct_files(1))
    else:
        (tmp_path / name).write_bytes(odd_archives.tarred(("IM1", odd_archives.IMAGE)))
    readers: set[int] = set()
    real = archive.opened, formats.spill

    def opened(*given: Any) -> Any:
        readers.add(threading.get_ident())
        return real[0](*given)

    def spill(*given: Any, **named: Any) -> None:
        readers.add(threading.get_ident())
        real[1](*given, **named)

    monkeypatch.setattr(archive, "opened", opened)
    monkeypatch.setattr(formats, "spill", spill)
    assert ingest(bench, tmp_path / name).pictures == 1
    assert threading.get_ident() not in readers
    assert readers


def test_an_export_that_changes_while_it_is_read_is_not_filed(bench: Bench, tmp_path: Path) -> None:
    export = export_at(exports.zipped(tmp_path / "a.zip", exports.ct_files(2)))
    exports.zipped(tmp_path / "a.zip", exports.ct_files(3))
    with pytest.raises(SourceChanged):
        pipeline.ingest(export, bench, Queue())
    assert bench.library.folders() == []


def test_nothing_is_left_in_the_tray(bench: Bench, tmp_path: Path) -> None:
    ingest(bench, exports.zipped(tmp_path / "a.zip", exports.ct_files(2)))
    assert [one for one in bench.library.root.rglob("*") if ".tray" in one.parts and one.name != ".tray"] == []


def test_a_folder_and_a_loose_file_without_preamble_are_filed_like_a_zip(bench: Bench, tmp_path: Path) -> None:
    queue = Queue()
    (tmp_path / "cd").mkdir()
    for name, data in exports.ct_files(2).items():
        (tmp_path / "cd" / Path(name).name).write_bytes(data)
    assert ingest(bench, tmp_path / "cd", queue).pictures == 2
    (tmp_path / "IM7").write_bytes(exports.written(exports.slice_of_ct(7), preamble=False))
    assert ingest(bench, tmp_path / "IM7", queue).studies[0].added == 1


def test_everything_written_is_private(bench: Bench, tmp_path: Path) -> None:
    ingest(bench, exports.zipped(tmp_path / "a.zip", exports.ct_files(1)))
    for one in [bench.library.root, *bench.library.root.rglob("*")]:
        assert one.stat().st_mode & 0o077 == 0, one
