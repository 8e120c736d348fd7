from pathlib import Path

import pytest

from members import filed, staged
from radiary.library import faults
from radiary.library.shelf import Library
from radiary.library.strangers import is_stranger

_LEFT = (
    ".DS_Store", "Thumbs.db", "desktop.ini", ".directory", "002-chest/._a.png", "002-chest/.a.png.icloud", "@eaDir/a.png/SYNO",
    "a (Petronella's conflicted copy 2024-01-01).png", "study.sync-conflict-20240101-120000-ABCDEFG.json", ".stfolder/x",
    "a.png~", "#recycle/a.png", ".nfs000000000001", "~$notes.docx", ".study.json.draft",
)  # fmt: skip


@pytest.mark.parametrize("name", _LEFT)
def test_what_other_programs_leave_is_no_fault(shelf: Library, name: str) -> None:
    stands = filed(shelf, *staged(shelf, "a"), None)[0]
    path = shelf.root / stands.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    assert list(faults.faults(shelf, {stands.folder: 1})) == []
    assert faults.is_sound(shelf, stands.folder)


@pytest.mark.parametrize("name", ["study.json", "002-chest/a.png", "002-chest/0001-abcdefgh.png", "letter.pdf", "notes.txt"])
def test_a_picture_or_a_file_of_hers_is_no_stranger(name: str) -> None:
    assert not is_stranger(name)


def test_what_is_left_in_the_folder_of_a_deleted_study_does_not_keep_it_from_coming_back(shelf: Library) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    for path in (shelf.root / folder / "study.json", shelf.root / folder / "002-chest/a.png"):
        path.unlink()
    (shelf.root / folder / ".DS_Store").write_bytes(b"x")
    assert filed(shelf, *staged(shelf, "a"), folder)[0].added == 1
    assert shelf.stands(folder)


def test_no_study_is_looked_for_in_another_programs_folder(shelf: Library) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    for place in ("#recycle/CT-x", ".stversions/CT-x", "2024-03-05/@eaDir"):
        other = Path(shelf.root / place)
        other.mkdir(parents=True)
        (other / "study.json").write_bytes((shelf.root / folder / "study.json").read_bytes())
    assert shelf.folders() == [folder]
