import errno
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from members import facts
from radiary.library import assemble, shelf
from radiary.library.shelf import Library
from radiary.model.errors import LibraryFull, LibraryOffline, LibraryReadOnly
from radiary.model.nouns import Placed
from radiary.model.records import FileRecord, InstanceRecord

DIGEST = "a" * 64


@pytest.fixture
def home(tmp_path: Path) -> Library:
    made = Library(tmp_path / "library")
    made.open(is_new=True)
    return made


def staged(home: Library, *uids: str, pixels: str = "p", effort: str = "") -> tuple[assemble.Assembled, Path]:
    tray = home.tray(DIGEST)
    outcomes = {}
    for index, uid in enumerate(uids):
        one = facts(instance=uid)
        record = shelf.put(tray, index, f"002-chest/{uid}.png", [f"{uid} {pixels} {effort}".encode()])
        instance = InstanceRecord(uid=uid, number=1, position=None, pixels=pixels, pictures=(record,), copies=())
        outcomes[index] = Placed(one, None, instance)
    return assemble.studies(outcomes)[0], tray


def files(home: Library) -> set[str]:
    return {one.relative_to(home.root).as_posix() for one in home.root.rglob("*") if one.is_file()}


def count(home: Library, folder: str) -> int:
    return assemble.pictures(home.study(folder))


def test_a_slice_that_was_taken_out_of_the_record_too_is_missed(home: Library) -> None:
    stands = home.publish(*staged(home, "a", "b"), None)[0]
    assert list(home.faults({stands.folder: 3})) == [f"{stands.folder} lists 2 pictures, but the ledger knows 3."]


def test_a_new_study_appears_with_all_its_files(home: Library) -> None:
    study, tray = staged(home, "a", "b")
    stands, different = home.publish(study, tray, None)
    assert (stands.added, different) == (2, 0)
    assert home.folders() == [stands.folder]
    assert list(home.faults({stands.folder: count(home, stands.folder)})) == []
    assert {f"{stands.folder}/002-chest/a.png", f"{stands.folder}/study.json"} <= files(home)


def test_filing_again_changes_nothing(home: Library) -> None:
    first = home.publish(*staged(home, "a", "b"), None)[0]
    before = {path: (home.root / path).stat().st_mtime_ns for path in files(home)}
    again, different = home.publish(*staged(home, "a", "b"), first.folder)
    home.clear()
    assert (again.added, different) == (0, 0)
    assert {path: (home.root / path).stat().st_mtime_ns for path in files(home)} == before


def test_a_known_study_gains_new_slices_and_keeps_old_ones(home: Library) -> None:
    first = home.publish(*staged(home, "a", "b"), None)[0]
    more, different = home.publish(*staged(home, "b", "c", pixels="other"), first.folder)
    assert (more.added, different) == (1, 1)
    assert (home.root / first.folder / "002-chest/b.png").read_bytes() == b"b p "
    assert list(home.faults({first.folder: count(home, first.folder)})) == []


def test_what_a_crash_left_in_a_study_is_completed_by_the_next_run(home: Library) -> None:
    first = home.publish(*staged(home, "a"), None)[0]
    (home.root / first.folder / "002-chest/b.png").write_bytes(b"half")
    assert list(home.faults({first.folder: count(home, first.folder)}))
    home.publish(*staged(home, "a", "b"), first.folder)
    assert list(home.faults({first.folder: count(home, first.folder)})) == []


def test_a_study_found_on_the_disk_is_known_though_the_ledger_lost_it(home: Library) -> None:
    first = home.publish(*staged(home, "a"), None)[0]
    again = home.publish(*staged(home, "a", "b"), None)[0]
    assert again.folder == first.folder
    assert home.folders() == [first.folder]


def test_every_difference_is_reported(home: Library) -> None:
    stands = home.publish(*staged(home, "a", "b", "c"), None)[0]
    series = home.root / stands.folder / "002-chest"
    (series / "a.png").write_bytes(b"changed")
    (series / "b.png").unlink()
    (series / "stray.png").write_bytes(b"")
    found = list(home.faults({"2000-01-01/CT-gone": 1}))
    assert len(found) == 5
    for words in (
        "a.png has changed",
        "b.png is missing",
        "stray.png is on the disk",
        "CT-gone is in the ledger",
        "not in the ledger",
    ):
        assert any(words in one for one in found), words


def test_a_file_larger_than_the_memory_is_read_piece_by_piece(home: Library) -> None:
    study, tray = staged(home, "a")
    path = home.root / home.publish(study, tray, None)[0].folder / "002-chest/a.png"
    os.truncate(path, 1 << 28)
    tracemalloc.start()
    assert any("a.png has changed" in fault for fault in home.faults({}))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 24


def test_a_bare_mount_point_is_offline_and_nothing_is_made_on_it(tmp_path: Path) -> None:
    bare = Library(tmp_path / "mount")
    (tmp_path / "mount").mkdir()
    with pytest.raises(LibraryOffline):
        bare.open(is_new=False)
    with pytest.raises(LibraryOffline):
        Library(tmp_path / "absent").open(is_new=False)
    assert list((tmp_path / "mount").iterdir()) == []
    assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, LibraryFull), (errno.EDQUOT, LibraryFull), (errno.EROFS, LibraryReadOnly), (errno.EACCES, LibraryReadOnly),
     (errno.ENOENT, LibraryOffline), (errno.ENOTCONN, LibraryOffline), (errno.ETIMEDOUT, LibraryOffline),
     (errno.EHOSTDOWN, LibraryOffline)],
)  # fmt: skip
def test_the_disks_errors_say_what_to_do(number: int, kind: type[Exception]) -> None:
    with pytest.raises(kind), shelf.on_disk():
        raise OSError(number, os.strerror(number))


def test_other_errors_are_not_taken_for_the_disks() -> None:
    with pytest.raises(FileExistsError), shelf.on_disk():
        raise FileExistsError(errno.EEXIST, "exists")


def test_a_record_says_what_was_written(home: Library) -> None:
    record = shelf.put(home.tray(DIGEST), 0, "x/y.png", [b"abc"])
    assert record == FileRecord(path="x/y.png", sha256="ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", size=3)


def test_a_worker_that_was_taken_for_dead_spoils_nothing(home: Library) -> None:
    tray = home.tray(DIGEST)

    def slowly() -> Iterator[bytes]:
        yield b"ab"
        shelf.put(tray, 0, "x/y.png", [b"abc"])
        assert shelf.in_tray(tray, 0, "x/y.png").read_bytes() == b"abc"
        yield b"c"

    shelf.put(tray, 0, "x/y.png", slowly())
    assert shelf.in_tray(tray, 0, "x/y.png").read_bytes() == b"abc"


def test_nothing_is_left_of_what_a_worker_that_died_had_written(home: Library) -> None:
    tray = home.tray(DIGEST)
    shelf.in_tray(tray, 0, "x/y.png").write_bytes(b"half of a much longer file")
    shelf.put(tray, 0, "x/y.png", [b"abc"])
    assert shelf.in_tray(tray, 0, "x/y.png").read_bytes() == b"abc"


def test_files_of_the_same_name_lie_apart_in_the_tray(home: Library) -> None:
    tray = home.tray(DIGEST)
    assert len({shelf.in_tray(tray, member, path) for member in (1, 11) for path in ("x/1-y.png", "x/y.png")}) == 4


def test_a_picture_that_was_lost_comes_back_when_its_export_does(home: Library) -> None:
    stands = home.publish(*staged(home, "a", "b"), None)[0]
    (home.root / stands.folder / "002-chest/a.png").unlink()
    assert not home.stands(stands.folder)
    home.publish(*staged(home, "a", "b"), stands.folder)
    assert home.stands(stands.folder)
    assert list(home.faults({stands.folder: count(home, stands.folder)})) == []


def test_it_comes_back_though_the_same_picture_makes_other_bytes_now(home: Library) -> None:
    stands = home.publish(*staged(home, "a", "b"), None)[0]
    (home.root / stands.folder / "002-chest/a.png").unlink()
    again, different = home.publish(*staged(home, "a", "b", effort="more"), stands.folder)
    assert (again.added, different) == (0, 0)
    assert (home.root / stands.folder / "002-chest/a.png").read_bytes() == b"a p more"
    assert (home.root / stands.folder / "002-chest/b.png").read_bytes() == b"b p "
    assert list(home.faults({stands.folder: count(home, stands.folder)})) == []


def test_a_library_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "library"):
        with pytest.raises(LibraryReadOnly):
            Library(place).open(is_new=True)
