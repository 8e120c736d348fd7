import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from members import filed, staged
from radiary.library import faults, layout, whereabouts
from radiary.library.shelf import Library
from radiary.model.errors import StudyDamaged

UID = "2.25.1"


@pytest.mark.parametrize("place", ["2024-03-05/my first CT", "my first CT", "Knee/2024/my first CT"])
def test_a_study_that_was_renamed_or_moved_is_found_and_gains_where_it_is(shelf: Library, place: str) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    assert whereabouts.place(shelf, UID, folder) == folder
    (shelf.root / place).parent.mkdir(parents=True, exist_ok=True)
    (shelf.root / folder).rename(shelf.root / place)
    assert whereabouts.place(shelf, UID, folder) == place
    stands = filed(shelf, *staged(shelf, "a", "b"), folder)[0]
    assert (stands.folder, stands.added) == (folder, 1)
    assert shelf.folders() == [place]
    assert shelf.stands(place)


def test_a_study_that_is_gone_is_nowhere_and_a_damaged_one_is_where_it_was(shelf: Library) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    (shelf.root / folder / "study.json").unlink()
    assert whereabouts.place(shelf, UID, folder) == folder
    (shelf.root / folder / "002-chest/a.png").unlink()
    assert whereabouts.place(shelf, UID, folder) is None


@pytest.mark.parametrize(
    ("place", "may_be_it"), [("spring/mine", True), ("spring/{name}", True), ("2024-03-05/CT-{other}", False), ("spring", True)]
)
def test_a_study_that_may_stand_beside_a_damaged_record_is_not_gone(shelf: Library, place: str, *, may_be_it: bool) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    moved = shelf.root / place.format(name=folder.rpartition("/")[2], other=layout.code("2.25.2"))
    moved.parent.mkdir(exist_ok=True)
    (shelf.root / folder).rename(moved)
    (moved / "study.json").write_bytes(bytes(400))
    assert whereabouts.gone(shelf, {UID: folder}) == (set() if may_be_it else {UID})
    again = staged(shelf, "b")
    if may_be_it:
        with pytest.raises(StudyDamaged):
            filed(shelf, *again, folder)
    else:
        assert filed(shelf, *again, folder)[0].folder == folder


@pytest.mark.parametrize("harm", [Path.unlink, lambda record: (record.unlink(), record.mkdir())])
def test_a_study_that_was_moved_and_lost_its_record_is_not_gone_and_stands_once(
    shelf: Library, harm: Callable[[Path], Any]
) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    moved = (shelf.root / folder).rename(shelf.root / "spring")
    harm(moved / "study.json")
    assert whereabouts.gone(shelf, {UID: folder}) == set()
    with pytest.raises(StudyDamaged):
        filed(shelf, *staged(shelf, "b"), folder)
    assert list(faults.faults(shelf, {})) == ["spring holds pictures, but no study.json."]
    (moved / "study.json").mkdir(exist_ok=True)
    with pytest.raises(StudyDamaged):
        shelf.standing("spring")


def test_what_she_keeps_in_folders_of_her_own_is_no_study(shelf: Library) -> None:
    for name in ("001-notes/plan.odt", "photos/me.png", "top.png", "100CANON/IMG_0001.png"):
        (shelf.root / name).parent.mkdir(parents=True, exist_ok=True)
        (shelf.root / name).touch()
    assert shelf.remains() == set()


def test_a_damaged_study_in_its_place_keeps_no_other_one_from_being_gone(shelf: Library) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    moved = (shelf.root / folder).rename(shelf.root / "mine")
    (moved / "study.json").write_bytes(bytes(400))
    assert whereabouts.gone(shelf, {UID: "mine", "2.25.2": "2024-03-05/CT-x"}) == {"2.25.2"}


def test_what_lies_in_a_folder_that_cannot_be_read_is_not_gone(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    known = {UID: folder}
    assert whereabouts.gone(shelf, known) == set()
    day, real = (shelf.root / folder).parent, os.scandir

    def refused(path: Any) -> Any:
        if Path(path) == day:
            raise PermissionError(errno.EACCES, "x")
        return real(path)

    shutil.rmtree(shelf.root / folder)
    assert whereabouts.gone(shelf, known) == {UID}
    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", refused)
        assert whereabouts.gone(shelf, known) == set()
    day.rmdir()
    assert whereabouts.gone(shelf, known) == {UID}
    day.symlink_to(shelf.root / "unplugged")
    assert whereabouts.gone(shelf, known) == set()
