from collections.abc import Iterator
from pathlib import Path

import pytest

import disks
from radiary.library import tray
from radiary.model.records import FileRecord


def test_a_record_says_what_was_written(tmp_path: Path) -> None:
    record = tray.put(tmp_path, 0, "x/y.png", parts=[b"abc"])
    assert record == FileRecord(path="x/y.png", sha256="ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", size=3)


def test_a_worker_that_was_taken_for_dead_spoils_nothing(tmp_path: Path) -> None:

    def slowly() -> Iterator[bytes]:
        yield b"ab"
        tray.put(tmp_path, 0, "x/y.png", parts=[b"abc"])
        assert tray.place(tmp_path, 0, "x/y.png").read_bytes() == b"abc"
        yield b"c"

    tray.put(tmp_path, 0, "x/y.png", parts=slowly())
    assert tray.place(tmp_path, 0, "x/y.png").read_bytes() == b"abc"


def test_nothing_is_left_of_what_a_worker_that_died_had_written(tmp_path: Path) -> None:
    tray.place(tmp_path, 0, "x/y.png").write_bytes(b"half of a much longer file")
    tray.put(tmp_path, 0, "x/y.png", parts=[b"abc"])
    assert tray.place(tmp_path, 0, "x/y.png").read_bytes() == b"abc"


def test_files_of_the_same_name_lie_apart_in_the_tray(tmp_path: Path) -> None:
    assert len({tray.place(tmp_path, member, path) for member in (1, 11) for path in ("x/1-y.png", "x/y.png")}) == 4


def test_a_picture_that_does_not_fit_on_the_disk_is_no_picture(tmp_path: Path) -> None:
    with disks.room_for(1000), pytest.raises(OSError, match="large"):
        tray.put(tmp_path, 0, "x/y.png", parts=[bytes(10_000)])
    assert not tray.place(tmp_path, 0, "x/y.png").exists()
