from pathlib import Path

import pytest

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


def test_nothing_is_ever_put_over_anything(export: Path) -> None:
    (export.parent / "done").mkdir()
    (export.parent / "done" / "a.zip").write_bytes(b"hers")
    assert put_away.moved(export, "done", "x").name == "2 a.zip"
    assert (export.parent / "done" / "a.zip").read_bytes() == b"hers"


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
