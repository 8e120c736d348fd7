"""In whose hands a file is."""

import os
import pwd
from pathlib import Path

import pytest

from radiary.files import strangers
from radiary.files.strangers import who_may_write


@pytest.mark.parametrize(("mode", "is_open"), [(0o600, False), (0o644, False), (0o646, True), (0o666, True)])
def test_a_file_that_everybody_may_write_is_told(mode: int, tmp_path: Path, *, is_open: bool) -> None:
    path = tmp_path / "config.toml"
    path.touch()
    path.chmod(mode)
    assert bool(who_may_write(path)) is is_open


def test_a_group_of_several_is_told_and_one_of_ones_own_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.touch()
    path.chmod(0o664)
    monkeypatch.setattr(strangers, "_is_private", lambda *_: False)
    assert "group" in who_may_write(path)
    monkeypatch.undo()
    assert bool(who_may_write(path)) is not all(
        one.pw_uid in (0, os.geteuid()) for one in pwd.getpwall() if one.pw_gid == path.stat().st_gid
    )


def test_an_owner_and_a_group_without_names_are_nobody_else() -> None:
    assert strangers._is_private(87654, 87654)


def test_a_folder_in_which_everybody_may_write_is_told_but_not_one_like_tmp(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    assert who_may_write(tmp_path)
    tmp_path.chmod(0o1777)
    assert not who_may_write(tmp_path)
    tmp_path.chmod(0o700)


def test_a_file_of_somebody_else_is_told_unless_it_is_roots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.touch(mode=0o644)
    owner = path.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    assert bool(who_may_write(path)) is (owner != 0)


def test_of_a_file_that_is_not_there_nothing_is_said(tmp_path: Path) -> None:
    assert who_may_write(tmp_path / "nothing") == ""
