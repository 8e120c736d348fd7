from pathlib import Path

import pytest

from radiary.library.shelf import Library
from radiary.model.errors import LibraryOffline, LibraryReadOnly


def test_a_bare_mount_point_is_offline_and_nothing_is_made_on_it(tmp_path: Path) -> None:
    bare = Library(tmp_path / "mount")
    (tmp_path / "mount").mkdir()
    with pytest.raises(LibraryOffline):
        bare.open(is_new=False)
    with pytest.raises(LibraryOffline):
        Library(tmp_path / "absent").open(is_new=False)
    assert list((tmp_path / "mount").iterdir()) == []
    assert not (tmp_path / "absent").exists()


def test_a_library_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "library"):
        with pytest.raises(LibraryReadOnly):
            Library(place).open(is_new=True)
