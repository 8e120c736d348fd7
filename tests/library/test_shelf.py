from pathlib import Path

import pytest

import disks
from members import filed, staged
from radiary.library import assemble, faults
from radiary.library.shelf import Library
from radiary.model.errors import LibraryOffline, LibraryReadOnly, StudyDamaged

DIGEST = "a" * 64


def files(shelf: Library) -> set[str]:
    return {one.relative_to(shelf.root).as_posix() for one in shelf.root.rglob("*") if one.is_file()}


def count(shelf: Library, folder: str) -> int:
    return assemble.pictures(shelf.study(folder))


def test_a_bare_mount_point_is_offline_and_nothing_is_made_on_it(tmp_path: Path) -> None:
    bare = Library(tmp_path / "mount")
    (tmp_path / "mount").mkdir()
    with pytest.raises(LibraryOffline):
        bare.open(is_new=False)
    with pytest.raises(LibraryOffline):
        Library(tmp_path / "absent").open(is_new=False)
    assert list((tmp_path / "mount").iterdir()) == []
    assert not (tmp_path / "absent").exists()


def test_a_folder_in_the_place_of_the_mark_is_none(tmp_path: Path) -> None:
    (tmp_path / "library/.radiary").mkdir(parents=True)
    odd = Library(tmp_path / "library")
    assert odd.mark() is None
    with pytest.raises(LibraryOffline):
        odd.open(is_new=False)
    with pytest.raises(LibraryReadOnly):
        odd.open(is_new=True)


def test_a_library_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "library"):
        with pytest.raises(LibraryReadOnly):
            Library(place).open(is_new=True)


def test_each_attempt_has_a_tray_of_its_own_and_the_earlier_one_is_gone(shelf: Library) -> None:
    first = shelf.tray(DIGEST)
    second = shelf.tray(DIGEST)
    assert first != second
    assert not first.exists()
    assert second.stat().st_mode & 0o777 == 0o700


def test_one_exports_tray_is_not_anothers(shelf: Library) -> None:
    mine, other = shelf.tray(DIGEST), shelf.tray("b" * 64)
    shelf.clear(DIGEST)
    assert (mine.exists(), other.exists()) == (False, True)
    shelf.clear()
    assert not other.exists()


def test_a_new_study_is_on_the_disk_before_it_appears_and_its_place_afterwards(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    study, made = staged(shelf, "a", "b")
    synced = disks.synced(monkeypatch, shelf.folders)
    folder = filed(shelf, study, made, None)[0].folder
    files = {disks.place(one) for one in (shelf.root / folder).rglob("*")} | {disks.place(shelf.root / folder)}
    before = {place for place, seen in synced if seen == []}
    assert files <= before
    after = {place for place, seen in synced if seen == [folder]}
    assert after == {disks.place(shelf.root / folder / ".."), disks.place(shelf.root)}


def test_a_study_is_never_seen_without_its_record_or_with_half_of_its_pictures(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    study, made = staged(shelf, "a", "b")
    disks.synced(monkeypatch, lambda: seen.append({one for one in files(shelf) if ".tray" not in one}))
    seen: list[set[str]] = []
    folder = filed(shelf, study, made, None)[0].folder
    whole = {f"{folder}/002-chest/a.png", f"{folder}/002-chest/b.png", f"{folder}/study.json"}
    assert all(one - {".radiary"} in (set(), whole) for one in seen)


def test_what_a_study_gains_is_on_the_disk_before_its_record_says_so(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    study, made = staged(shelf, "a", "b")
    synced = disks.synced(monkeypatch, lambda: count(shelf, folder))
    filed(shelf, study, made, folder)
    assert (disks.place(shelf.root / folder / "002-chest/b.png"), 1) in synced
    assert (disks.place(shelf.root / folder / "002-chest"), 1) in synced
    assert (disks.place(shelf.root / folder), 2) in synced


def test_a_folder_that_is_no_study_is_never_put_over(shelf: Library) -> None:
    study, made = staged(shelf, "a")
    folder = filed(shelf, study, made, None)[0].folder
    (shelf.root / folder / "study.json").unlink()
    (shelf.root / folder / "002-chest/a.png").write_bytes(b"hers")
    with pytest.raises(StudyDamaged):
        filed(shelf, *staged(shelf, "a"), None)
    assert (shelf.root / folder / "002-chest/a.png").read_bytes() == b"hers"


@pytest.mark.parametrize("damage", [b"{", b"", b'{"version": 2}'])
def test_a_record_that_is_none_is_refused_and_left_as_it_is(shelf: Library, damage: bytes) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    (shelf.root / folder / "study.json").write_bytes(damage)
    with pytest.raises(StudyDamaged):
        filed(shelf, *staged(shelf, "a", "b"), folder)
    assert (shelf.root / folder / "study.json").read_bytes() == damage
    assert list(faults.faults(shelf, {})) == [
        f"{folder} is on the disk but not in the ledger.",
        f"{folder}/study.json cannot be read.",
    ]


def test_a_file_that_was_cut_short_is_lost_and_comes_back(shelf: Library) -> None:
    stands = filed(shelf, *staged(shelf, "a", "b"), None)[0]
    path = shelf.root / stands.folder / "002-chest/a.png"
    whole = path.read_bytes()
    path.write_bytes(whole[:2])
    assert not shelf.stands(stands.folder)
    filed(shelf, *staged(shelf, "a", "b"), stands.folder)
    assert path.read_bytes() == whole


def test_what_is_taken_out_of_a_study_is_gone_and_the_rest_is_as_it_was(shelf: Library) -> None:
    folder = filed(shelf, *staged(shelf, "a", "b"), None)[0].folder
    left = shelf.withdraw(folder, "a")
    assert left is not None
    assert files(shelf) == {".radiary", f"{folder}/002-chest/b.png", f"{folder}/study.json"}
    assert list(faults.faults(shelf, {folder: 1})) == []
    assert shelf.withdraw(folder, "b") is None
    assert shelf.folders() == []
    assert not (shelf.root / folder).exists()
    assert shelf.withdraw(folder, "b") is None


def test_what_its_owner_put_beside_a_study_stays_when_its_last_picture_is_withdrawn(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    (shelf.root / folder / "notes.txt").write_text("mine")

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Library, "_delete", crash)
        with pytest.raises(KeyboardInterrupt):
            shelf.withdraw(folder, "a")
    shelf.clear()
    assert files(shelf) == {".radiary", f"{folder}/notes.txt"}
