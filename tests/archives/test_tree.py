"""What of a folder cannot be had is counted, and the rest is read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import export_at
from odd_archives import IMAGE, OTHER, zipped
from radiary.archives import archive, source, tree, unpack
from radiary.model.errors import Reason
from radiary.model.nouns import Limits, Skipped
from services import AS_ANYBODY


@pytest.fixture
def cd(tmp_path: Path) -> Path:
    made = tmp_path / "cd"
    (made / "deep").mkdir(parents=True)
    (made / "IM1").write_bytes(IMAGE)
    (made / "deep/IM2").write_bytes(OTHER)
    return made


def refusing(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """A folder that may not be listed, or a file that may not be opened, by whomever."""
    real_scan, real_open = os.scandir, Path.open

    def scandir(path: str | int) -> object:
        if path == str(place):
            raise PermissionError(13, "no")
        return real_scan(path)

    def opened(path: Path, *arguments: object, **more: object) -> object:
        if path == place:
            raise PermissionError(13, "no")
        return real_open(path, *arguments, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(Path, "open", opened)


def test_a_folder_that_may_not_be_opened_is_counted(cd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, cd / "deep")
    walked = tree.walked(cd)
    assert (walked.files, walked.left_out) == ([cd / "IM1"], {"folder-unreadable": 1})
    with unpack.readable(export_at(cd), cd.parent / "scratch", Limits(), passwords=()) as plain:
        assert (plain.members, plain.skipped) == (1, {"folder-unreadable": 1})


def test_what_the_system_does_not_let_us_read_is_counted(cd: Path) -> None:
    (cd / "deep").chmod(0)
    asked = (
        "import sys, pathlib; from radiary.archives import tree; print(*tree.walked(pathlib.Path(sys.argv[1])).left_out.items())"
    )
    done = subprocess.run([*AS_ANYBODY, sys.executable, "-c", asked, str(cd)], capture_output=True, text=True, check=True)
    (cd / "deep").chmod(0o700)
    assert "'folder-unreadable'>, 1)" in done.stdout


@pytest.mark.parametrize("holds_archives", [False, True])
def test_a_file_that_may_not_be_read_costs_itself_alone(cd: Path, monkeypatch: pytest.MonkeyPatch, holds_archives: bool) -> None:
    if holds_archives:
        (cd / "b.zip").write_bytes(zipped(("IM3", b"no picture")))
    export = export_at(cd)
    refusing(monkeypatch, cd / "deep/IM2")
    with unpack.readable(export, cd.parent / "scratch", Limits(), passwords=()) as plain, archive.opened(plain.export) as opened:
        skipped = [one for one in map(opened.read, range(plain.members)) if isinstance(one, Skipped)]
        reasons = [one.reason for one in skipped] + list(plain.skipped)
        assert reasons == [Reason.FILE_UNREADABLE]


def test_what_no_path_is_long_enough_for_is_counted(tmp_path: Path) -> None:
    top = tmp_path / "cd"
    top.mkdir()
    (top / "IM1").write_bytes(IMAGE)
    here = os.open(top, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("deep" * 50, dir_fd=here)
        following = os.open("deep" * 50, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = following
    os.close(here)
    walked = tree.walked(top)
    assert walked.files == [top / "IM1"]
    assert walked.left_out == {"folder-too-deep": 1}


def test_a_link_that_leads_elsewhere_is_counted_and_one_within_is_not(cd: Path) -> None:
    (cd / "within").symlink_to(cd / "IM1")
    (cd / "nowhere").symlink_to(cd / "gone")
    assert tree.walked(cd).left_out == {}
    (cd / "link").symlink_to("/etc/hostname")
    (cd / "way").symlink_to("/etc")
    walked = tree.walked(cd)
    assert walked.left_out == {"link-not-followed": 2}
    assert walked.files == source.files(cd) == [cd / "IM1", cd / "deep/IM2"]


def test_a_pipe_is_not_opened_but_counted(cd: Path) -> None:
    os.mkfifo(cd / "pipe")
    walked = tree.walked(cd)
    assert (len(walked.files), walked.left_out) == (2, {"special-file": 1})
