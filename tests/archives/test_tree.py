"""What of a folder cannot be had is counted, and the rest is read."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import export_at
from odd_archives import IMAGE, OTHER, zipped
from radiary.archives import archive, source, tree, unpack
from radiary.model.errors import Reason
from radiary.model.nouns import Limits, Skipped
from services import said_by_anybody


@pytest.fixture
def cd(tmp_path: Path) -> Path:
    made = tmp_path / "cd"
    (made / "deep").mkdir(parents=True)
    (made / "IM1").write_bytes(IMAGE)
    (made / "deep/IM2").write_bytes(OTHER)
    return made


@contextlib.contextmanager
def locked(place: Path) -> Iterator[None]:
    """A folder that may not be listed, or a file that may not be opened, for a while."""
    mode = place.stat().st_mode
    place.chmod(0)
    try:
        yield
    finally:
        place.chmod(mode)


def walked_and_read(cd: str) -> list[object]:
    """The files of a folder and what is left out of it; how many members can be read of it, and what is left out of these."""
    walked = tree.walked(Path(cd))
    with unpack.readable(export_at(Path(cd)), Path(cd).parent / "scratch", Limits(), passwords=()) as plain:
        return [list(map(str, walked.files)), walked.left_out, plain.members, plain.skipped]


def test_a_folder_that_may_not_be_opened_is_counted(cd: Path) -> None:
    with locked(cd / "deep"):
        found = said_by_anybody(walked_and_read, str(cd))
    assert found == [[str(cd / "IM1")], {"folder-unreadable": 1}, 1, {"folder-unreadable": 1}]


def reasons(cd: str) -> list[str]:
    """Why members of a folder are not to be had, those that are met when they are read and those that are left out before."""
    unpacking = unpack.readable(export_at(Path(cd)), Path(cd).parent / "scratch", Limits(), passwords=())
    with unpacking as plain, archive.opened(plain.export) as opened:
        skipped = [one for one in map(opened.read, range(plain.members)) if isinstance(one, Skipped)]
        return [one.reason for one in skipped] + list(plain.skipped)


@pytest.mark.parametrize("holds_archives", [False, True])
def test_a_file_that_may_not_be_read_costs_itself_alone(cd: Path, holds_archives: bool) -> None:
    if holds_archives:
        (cd / "b.zip").write_bytes(zipped(("IM3", b"no picture")))
    with locked(cd / "deep/IM2"):
        assert said_by_anybody(reasons, str(cd)) == [Reason.FILE_UNREADABLE]


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
