from members import filed, staged
from radiary.library import assemble, faults
from radiary.library.shelf import Library


def files(shelf: Library) -> set[str]:
    return {one.relative_to(shelf.root).as_posix() for one in shelf.root.rglob("*") if one.is_file()}


def count(shelf: Library, folder: str) -> int:
    return assemble.pictures(shelf.study(folder))


def test_a_new_study_appears_with_all_its_files(shelf: Library) -> None:
    study, made = staged(shelf, "a", "b")
    stands, different = filed(shelf, study, made, None)
    assert (stands.added, different) == (2, 0)
    assert shelf.folders() == [stands.folder]
    assert list(faults.faults(shelf, {stands.folder: count(shelf, stands.folder)})) == []
    assert {f"{stands.folder}/002-chest/a.png", f"{stands.folder}/study.json"} <= files(shelf)


def test_filing_again_changes_nothing(shelf: Library) -> None:
    first = filed(shelf, *staged(shelf, "a", "b"), None)[0]
    before = {path: (shelf.root / path).stat().st_mtime_ns for path in files(shelf)}
    again, different = filed(shelf, *staged(shelf, "a", "b"), first.folder)
    shelf.clear()
    assert (again.added, different) == (0, 0)
    assert {path: (shelf.root / path).stat().st_mtime_ns for path in files(shelf)} == before


def test_a_known_study_gains_new_slices_and_keeps_old_ones(shelf: Library) -> None:
    first = filed(shelf, *staged(shelf, "a", "b"), None)[0]
    more, different = filed(shelf, *staged(shelf, "b", "c", pixels="other"), first.folder)
    assert (more.added, different) == (1, 1)
    assert (shelf.root / first.folder / "002-chest/b.png").read_bytes() == b"b p "
    assert list(faults.faults(shelf, {first.folder: count(shelf, first.folder)})) == []


def test_what_a_crash_left_in_a_study_is_completed_by_the_next_run(shelf: Library) -> None:
    first = filed(shelf, *staged(shelf, "a"), None)[0]
    (shelf.root / first.folder / "002-chest/b.png").write_bytes(b"half")
    assert list(faults.faults(shelf, {first.folder: count(shelf, first.folder)}))
    filed(shelf, *staged(shelf, "a", "b"), first.folder)
    assert list(faults.faults(shelf, {first.folder: count(shelf, first.folder)})) == []


def test_a_study_found_on_the_disk_is_known_though_the_ledger_lost_it(shelf: Library) -> None:
    first = filed(shelf, *staged(shelf, "a"), None)[0]
    again = filed(shelf, *staged(shelf, "a", "b"), None)[0]
    assert again.folder == first.folder
    assert shelf.folders() == [first.folder]


def test_a_picture_that_was_lost_comes_back_when_its_export_does(shelf: Library) -> None:
    stands = filed(shelf, *staged(shelf, "a", "b"), None)[0]
    (shelf.root / stands.folder / "002-chest/a.png").unlink()
    assert not shelf.stands(stands.folder)
    filed(shelf, *staged(shelf, "a", "b"), stands.folder)
    assert shelf.stands(stands.folder)
    assert list(faults.faults(shelf, {stands.folder: count(shelf, stands.folder)})) == []


def test_it_comes_back_though_the_same_picture_makes_other_bytes_now(shelf: Library) -> None:
    stands = filed(shelf, *staged(shelf, "a", "b"), None)[0]
    (shelf.root / stands.folder / "002-chest/a.png").unlink()
    again, different = filed(shelf, *staged(shelf, "a", "b", effort="more"), stands.folder)
    assert (again.added, different) == (0, 0)
    assert (shelf.root / stands.folder / "002-chest/a.png").read_bytes() == b"a p more"
    assert (shelf.root / stands.folder / "002-chest/b.png").read_bytes() == b"b p "
    assert list(faults.faults(shelf, {stands.folder: count(shelf, stands.folder)})) == []
