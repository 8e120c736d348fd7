import shutil
from datetime import date
from pathlib import Path

import pytest

import disks
from members import filed, staged
from radiary.files import private
from radiary.library import faults, renewal, trash
from radiary.library.shelf import Library
from radiary.model.errors import StudyDamaged

DAY = date(2024, 5, 1)


def files(shelf: Library) -> dict[str, bytes]:
    return {one.relative_to(shelf.root).as_posix(): one.read_bytes() for one in shelf.root.rglob("*") if one.is_file()}


def taken_out(shelf: Library, folder: str, *instances: str) -> str:
    goes, stays = trash.parted(shelf.study(folder), instances)
    return trash.put(shelf, folder, today=DAY, goes=goes, stays=stays)


def test_a_study_goes_as_a_whole_and_comes_back_as_it_was(shelf: Library) -> None:
    folder = filed(shelf, *staged(shelf, "a", "b"), None)[0].folder
    before = files(shelf)
    name = taken_out(shelf, folder, "a", "b")
    assert name.startswith("2024-05-01-")
    assert (shelf.folders(), trash.is_there(shelf, name)) == ([], True)
    assert (shelf.root / ".trash").stat().st_mode & 0o777 == 0o700
    trash.take_back(shelf, name, folder)
    assert files(shelf) == before


def test_a_part_goes_and_comes_back_and_the_rest_is_as_it_was(shelf: Library) -> None:
    folder = filed(shelf, *staged(shelf, "a", "b"), None)[0].folder
    before = files(shelf)
    name = taken_out(shelf, folder, "a")
    assert list(faults.faults(shelf, {folder: 1})) == []
    assert not (shelf.root / folder / "002-chest/a.png").exists()
    trash.take_back(shelf, name, folder)
    assert files(shelf) == before
    assert not trash.is_there(shelf, name)


def test_parts_and_then_the_rest_come_back_in_any_order(shelf: Library) -> None:
    folder = filed(shelf, *staged(shelf, "a", "b"), None)[0].folder
    before = files(shelf)
    part, rest = taken_out(shelf, folder, "a"), taken_out(shelf, folder, "b")
    assert part != rest
    trash.take_back(shelf, part, folder)
    trash.take_back(shelf, rest, folder)
    assert files(shelf) == before


def test_a_crash_after_a_study_lists_a_picture_no_more_leaves_no_picture(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = filed(shelf, *staged(shelf, "a", "b"), None)[0].folder

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Library, "_delete", crash)
        with pytest.raises(KeyboardInterrupt):
            shelf.withdraw(folder, "a")
    assert (shelf.root / folder / "002-chest/a.png").exists()
    shelf.clear()
    assert list(faults.faults(shelf, {folder: 1})) == []
    assert not list((shelf.root / ".tray").iterdir())


def test_a_crash_before_a_study_lists_a_picture_no_more_loses_nothing(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = filed(shelf, *staged(shelf, "a", "b"), None)[0].folder

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(private, "replace", crash)
        with pytest.raises(KeyboardInterrupt):
            taken_out(shelf, folder, "a")
    shelf.clear()
    assert list(faults.faults(shelf, {folder: 2})) == []


def test_a_study_whose_fact_was_lost_is_found_in_the_trash(shelf: Library) -> None:
    study = filed(shelf, *staged(shelf, "a"), None)[0]
    name = taken_out(shelf, study.folder, "a")
    assert trash.left_by_a_crash(shelf, study.uid, [], is_meant=lambda _record: True) == name
    assert trash.left_by_a_crash(shelf, study.uid, [], is_meant=lambda _record: False) is None
    assert trash.left_by_a_crash(shelf, study.uid, [name], is_meant=lambda _record: True) is None


def test_what_other_programs_left_at_its_place_keeps_nothing_from_coming_back(shelf: Library) -> None:
    folder = filed(shelf, *staged(shelf, "a", "b"), None)[0].folder
    before = files(shelf)
    name = taken_out(shelf, folder, "a", "b")
    (shelf.root / folder / "@eaDir").mkdir(parents=True)
    (shelf.root / folder / "@eaDir/SYNO.jpg").write_bytes(b"x")
    (shelf.root / folder / ".DS_Store").write_bytes(b"x")
    trash.take_back(shelf, name, folder)
    assert files(shelf) == before


def test_what_is_hers_at_its_place_is_not_replaced(shelf: Library) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    name = taken_out(shelf, folder, "a")
    (shelf.root / folder).mkdir(parents=True)
    (shelf.root / folder / "notes.txt").write_text("mine")
    with pytest.raises(StudyDamaged):
        trash.take_back(shelf, name, folder)
    assert (shelf.root / folder / "notes.txt").exists()
    assert trash.is_there(shelf, name)


def test_a_study_behind_a_link_to_another_disk_gains_goes_and_comes_back(shelf: Library) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    day = shelf.root / folder.partition("/")[0]
    with disks.another() as disk:
        shutil.move(day, disk / "day")
        day.symlink_to(disk / "day")
        filed(shelf, *staged(shelf, "b"), folder)
        before = {path.relative_to(disk): path.read_bytes() for path in disk.rglob("*") if path.is_file()}
        assert shelf.stands(folder)
        name = taken_out(shelf, folder, "a", "b")
        assert not list((disk / "day").iterdir())
        trash.take_back(shelf, name, folder)
        assert {path.relative_to(disk): path.read_bytes() for path in disk.rglob("*") if path.is_file()} == before
        assert not trash.is_there(shelf, name)
        made = shelf.tray("rescaling")
        (made / "a.png").write_bytes(b"anew")
        renewal.renew(shelf.root / folder, {"002-chest/a.png": made / "a.png"}, shelf.study(folder), made=made)
        assert (disk / "day" / Path(folder).name / "002-chest/a.png").read_bytes() == b"anew"


def test_only_what_lies_there_too_long_is_deleted_and_only_what_is_ours(shelf: Library) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    name = taken_out(shelf, folder, "a")
    hers = Path(shelf.root / ".trash/hers")
    hers.mkdir()
    no_day = Path(shelf.root / ".trash/2024-13-45-abcdefgh")
    no_day.mkdir()
    trash.empty(shelf, date(2024, 5, 31), 30)
    assert trash.is_there(shelf, name)
    trash.empty(shelf, date(2024, 6, 1), 30)
    assert not trash.is_there(shelf, name)
    assert hers.exists()
    assert no_day.exists()
    with pytest.raises(StudyDamaged):
        trash.take_back(shelf, name, folder)


def test_a_clock_that_is_far_ahead_for_a_while_deletes_nothing(shelf: Library) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    name = taken_out(shelf, folder, "a")
    for today in (date(2031, 1, 1), date(2031, 1, 1), date(2024, 5, 2), date(2032, 1, 1)):
        trash.empty(shelf, today, 30)
        assert trash.is_there(shelf, name)
    trash.empty(shelf, date(2032, 1, 2), 30)
    assert not trash.is_there(shelf, name)
    assert not [path.name for path in (shelf.root / ".trash").iterdir()]
