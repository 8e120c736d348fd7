from pathlib import Path

import pytest

from conftest import export_at
from radiary.model.events import Filed, Forgotten, Ignored, Rejected, Superseded
from radiary.watch import put_away


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "a.zip").write_bytes(b"1")
    return tmp_path / "a.zip"


def test_an_export_moves_beside_itself_with_a_note(export: Path) -> None:
    place = put_away.moved(export, "done", "All is well.")
    assert place == export.parent / "done" / "a.zip"
    assert place.with_name("a.zip.txt").read_text() == "All is well.\n\nRadiary\n"
    assert not export.exists()


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    (tmp_path / "done").mkdir()
    (tmp_path / "done" / put_away.MARKER).touch()
    return tmp_path / "done"


@pytest.mark.usefixtures("ours")
def test_nothing_is_ever_put_over_anything(export: Path) -> None:
    (export.parent / "done" / "a.zip").write_bytes(b"hers")
    assert put_away.moved(export, "done", "x").name == "2 a.zip"
    assert (export.parent / "done" / "a.zip").read_bytes() == b"hers"


@pytest.mark.usefixtures("ours")
def test_a_link_that_leads_nowhere_is_hers_too(export: Path) -> None:
    (export.parent / "done" / "a.zip").symlink_to("elsewhere")
    assert put_away.moved(export, "done", "x").name == "2 a.zip"
    assert (export.parent / "done" / "a.zip").is_symlink()


def test_what_waited_moves_on_and_its_old_note_goes_but_her_own_text_stays(export: Path) -> None:
    waiting = put_away.moved(export, "waiting", "It is locked.")
    (waiting.parent / "b.zip").write_bytes(b"2")
    (waiting.parent / "b.zip.txt").write_text("my own words")
    assert put_away.moved(waiting, "done", "x") == export.parent / "done" / "a.zip"
    put_away.moved(waiting.parent / "b.zip", "done", "x")
    assert sorted(one.name for one in waiting.parent.iterdir()) == [put_away.MARKER, "b.zip.txt"]


def test_a_folder_is_deleted_with_all_that_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "cd" / "deep").mkdir(parents=True)
    put_away.deleted(tmp_path / "cd")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("ours")
def test_a_text_of_hers_is_not_written_over_by_a_note(export: Path) -> None:
    (export.parent / "done/a.zip.txt").write_text("my own words")
    assert put_away.moved(export, "done", "x") == export.parent / "done/2 a.zip"
    assert (export.parent / "done/a.zip.txt").read_text() == "my own words"
    assert (export.parent / "done/2 a.zip.txt").exists()


def test_a_folder_of_hers_is_not_put_over_even_when_it_is_empty(tmp_path: Path) -> None:
    (tmp_path / "cd").mkdir()
    (tmp_path / "cd/IM1").write_bytes(b"1")
    (tmp_path / "done/cd").mkdir(parents=True)
    (tmp_path / "done" / put_away.MARKER).touch()
    assert put_away.moved(tmp_path / "cd", "done", "x") == tmp_path / "done/2 cd"
    assert list((tmp_path / "done/cd").iterdir()) == []


def test_a_deleted_downloads_note_goes_with_it_and_a_text_of_hers_stays(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"1")
    (tmp_path / "b.zip").write_bytes(b"2")
    waiting = put_away.moved(tmp_path / "a.zip", "waiting", "It is locked.")
    (tmp_path / "b.zip.txt").write_text("my own words about Radiary, not a note")
    put_away.deleted(waiting)
    put_away.deleted(tmp_path / "b.zip")
    assert sorted(one.name for one in tmp_path.rglob("*") if one.is_file()) == [put_away.MARKER, "b.zip.txt"]


def test_a_folder_that_it_is_put_into_is_marked_as_ours_and_private(export: Path) -> None:
    place = put_away.moved(export, "done", "x")
    assert (place.parent / ".radiary").exists()
    assert place.parent.stat().st_mode & 0o777 == 0o700
    assert place.with_name("a.zip.txt").stat().st_mode & 0o777 == 0o600


def test_her_own_folder_of_that_name_stays_hers(export: Path) -> None:
    (export.parent / "done").mkdir()
    (export.parent / "done/a.zip").write_bytes(b"hers")
    assert put_away.moved(export, "done", "x") == export.parent / "radiary-done/a.zip"
    assert [one.name for one in (export.parent / "done").iterdir()] == ["a.zip"]


@pytest.mark.parametrize("letter", ["b", "é", "漢"])
def test_a_name_as_long_as_a_disk_takes_is_put_away_twice_with_its_note(tmp_path: Path, letter: str) -> None:
    name = letter * (251 // len(letter.encode())) + ".zip"
    for number in range(2):
        (tmp_path / name).write_bytes(b"%d" % number)
        put_away.moved(tmp_path / name, "done", "x")
    put = sorted(one.name for one in (tmp_path / "done").iterdir() if one.name != put_away.MARKER)
    assert [one.endswith(".zip") for one in put].count(True) == [one.endswith(".txt") for one in put].count(True) == 2


def test_a_link_is_deleted_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    put_away.deleted(tmp_path / "link")
    assert [one.name for one in tmp_path.iterdir()] == ["elsewhere"]


@pytest.mark.parametrize("after", ["sort", "delete"])
def test_a_folder_of_hers_that_is_called_like_ours_stays_where_it_is(tmp_path: Path, after: put_away.After) -> None:
    made = put_away.PutAway(after, lambda _is_held: pytest.fail("nothing stands there"))
    for name, is_wanted in (("done", False), ("failed", False), ("waiting", False), ("duplicate", False), ("my exams", True)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "IM1").write_bytes(b"1")
        found = export_at(tmp_path / name)
        end = Filed(export=found.digest, studies=(), pictures=0, held={}, skipped={}, left=0)
        assert made.is_wanted(found, end) is is_wanted
        assert made.duplicate(found) is (is_wanted and after == "sort")


@pytest.mark.parametrize("after", ["sort", "delete"])
def test_what_is_no_concern_of_ours_is_not_put_away(export: Path, after: put_away.After) -> None:
    made = put_away.PutAway(after, lambda _is_held: pytest.fail("nothing stands there"))
    found = export_at(export)
    digest = found.digest
    for end in (Ignored(export=digest, reason="no-dicom"), Forgotten(export=digest), Superseded(export=digest)):
        assert not made.is_wanted(found, end)
        assert made.finished(found, end) is None
    assert export.exists()
    assert made.is_wanted(found, Rejected(export=digest, reason="gave-up")) == (after == "sort")
