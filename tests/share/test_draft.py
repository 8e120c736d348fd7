import errno
import fcntl
import os
from pathlib import Path

import pytest

from radiary.model.errors import Mistaken, NotShared
from radiary.share import draft
from radiary.share.draft import Draft


def test_a_copy_appears_whole_and_its_draft_is_gone(tmp_path: Path) -> None:
    with draft.beside(tmp_path / "copy") as made:
        made.put("a/b.html", b"hello")
        assert not (tmp_path / "copy").exists()
        made.appear()
    assert (tmp_path / "copy/a/b.html").read_bytes() == b"hello"
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def _put_twice(made: Draft) -> None:
    made.put("a.html", b"hello")
    made.put("a.html", b"hello")


def _appear_too_late(made: Draft, target: Path) -> None:
    made.put("a.html", b"hello")
    target.mkdir()
    made.appear()


def test_one_that_failed_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError), draft.beside(tmp_path / "copy.zip") as made:
        _put_twice(made)
    assert list(tmp_path.iterdir()) == []


def test_what_came_to_its_place_meanwhile_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(Mistaken), draft.beside(tmp_path / "copy") as made:
        _appear_too_late(made, tmp_path / "copy")
    assert [list(path.iterdir()) for path in tmp_path.iterdir()] == [[]]


def test_a_draft_that_a_power_cut_left_is_swept_and_one_that_is_being_made_is_not(tmp_path: Path) -> None:
    (tmp_path / ".radiary-share-left/tree").mkdir(parents=True)
    busy = tmp_path / ".radiary-share-busy"
    busy.mkdir()
    descriptor = os.open(busy, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with draft.beside(tmp_path / "copy") as made:
        made.put("a.html", b"hello")
        made.appear()
    os.close(descriptor)
    assert {path.name for path in tmp_path.iterdir()} == {"copy", busy.name}


def test_a_place_in_no_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(Mistaken, match="no folder"), draft.beside(tmp_path / "there/copy"):
        pass


def test_a_disk_that_is_full_is_said_with_the_folder_and_is_no_misspelt_word(tmp_path: Path) -> None:
    said = f"cannot be written to {tmp_path} .No space left"
    with pytest.raises(NotShared, match=said), draft.beside(tmp_path / "copy") as made, made.writing():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with pytest.raises(Mistaken), draft.beside(tmp_path / "copy") as made, made.writing():
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))
    assert list(tmp_path.iterdir()) == []
