"""What of a folder cannot be had is counted, and the rest is read."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from odd_archives import IMAGE, OTHER, zipped
from radiary.archives import source, tree
from radiary.model.errors import Reason
from services import AS_ANYBODY


@pytest.fixture
def cd(tmp_path: Path) -> Path:
    made = tmp_path / "cd"
    (made / "deep").mkdir(parents=True)
    (made / "IM1").write_bytes(IMAGE)
    (made / "deep/IM2").write_bytes(OTHER)
    return made


_READ = """
import json, pathlib, sys
sys.path[:0] = sys.argv[2:]
from conftest import export_at
from radiary.archives import archive, tree, unpack
from radiary.model.nouns import Limits, Skipped
cd = pathlib.Path(sys.argv[1])
walked = tree.walked(cd)
with unpack.readable(export_at(cd), cd.parent / "scratch", Limits(), passwords=()) as plain:
    with archive.opened(plain.export) as opened:
        read = [opened.read(number) for number in range(plain.members)]
skipped = [*plain.skipped, *(one.reason for one in read if isinstance(one, Skipped))]
print(json.dumps({"files": len(walked.files), "left out": walked.left_out, "skipped": skipped, "read": len(read)}))
"""


def read_by_anybody(cd: Path, locked: Path) -> dict[str, Any]:
    """What somebody gets of a folder in which something is locked, who may not open everything as root may."""
    mode = locked.stat().st_mode
    locked.chmod(0)
    line = [*AS_ANYBODY, sys.executable, "-c", _READ, str(cd), str(Path(__file__).parents[1])]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    locked.chmod(mode)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_a_folder_that_may_not_be_opened_is_counted(cd: Path) -> None:
    expected = {"files": 1, "left out": {"folder-unreadable": 1}, "skipped": ["folder-unreadable"], "read": 1}
    assert read_by_anybody(cd, cd / "deep") == expected


@pytest.mark.parametrize("holds_archives", [False, True])
def test_a_file_that_may_not_be_read_costs_itself_alone(cd: Path, holds_archives: bool) -> None:
    if holds_archives:
        (cd / "b.zip").write_bytes(zipped(("IM3", b"no picture")))
    got = read_by_anybody(cd, cd / "deep/IM2")
    assert (got["left out"], got["skipped"]) == ({}, [Reason.FILE_UNREADABLE])


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
