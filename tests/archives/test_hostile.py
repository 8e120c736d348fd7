"""Every archive of the table, through the whole ingest, and nothing written but where it belongs."""

from pathlib import Path

import pytest

import odd_archives
from outcomes import outcome
from radiary.ingest.bench import Bench
from radiary.model.nouns import Limits


def test_the_table_is_long_enough() -> None:
    assert len(odd_archives.TABLE) >= 60


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
@pytest.mark.parametrize("name", odd_archives.TABLE)
def test_each_archive_ends_as_the_table_says(name: str, bench: Bench, tmp_path: Path) -> None:
    file_name, made, expected = odd_archives.TABLE[name]
    object.__setattr__(bench, "limits", Limits(files=200, bytes=50 << 20, depth=3))
    if file_name.startswith("known"):
        object.__setattr__(bench, "passwords", lambda: ("wrong", "geheim"))
    (tmp_path / "downloads").mkdir()
    path = tmp_path / "downloads" / file_name
    path.write_bytes(made())
    before = path.read_bytes()
    assert outcome(bench, path) == expected
    assert path.read_bytes() == before
    assert list((tmp_path / "downloads").iterdir()) == [path]
    assert {one.name for one in tmp_path.iterdir()} <= {"downloads", "library", "private", "scratch", "state"}
    assert [one for one in (tmp_path / "scratch").rglob("*") if one.is_file()] == []
