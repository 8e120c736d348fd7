import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

import disks
from radiary.files import private


def test_everything_written_is_its_owners_alone(tmp_path: Path) -> None:
    made = private.folder(tmp_path / "a" / "b")
    private.write(made / "file", b"1")
    private.replace(made / "other", b"2")
    assert {(tmp_path / "a").stat().st_mode & 0o777, made.stat().st_mode & 0o777} == {0o700}
    assert {one.stat().st_mode & 0o777 for one in made.iterdir()} == {0o600}


def test_write_never_overwrites_and_replace_does_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise ZeroDivisionError

    private.write(tmp_path / "file", b"1")
    with pytest.raises(FileExistsError):
        private.write(tmp_path / "file", b"2")
    monkeypatch.setattr(Path, "replace", crash)
    with pytest.raises(ZeroDivisionError):
        private.replace(tmp_path / "file", b"left by a crash")
    monkeypatch.undo()
    private.replace(tmp_path / "file", b"3")
    assert (tmp_path / "file").read_bytes() == b"3"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("way", [private.write, private.replace, private.note])
def test_of_what_a_full_disk_does_not_take_no_beginning_is_left(
    way: Callable[[Path, bytes], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(os, "fchmod", full)
    with pytest.raises(OSError, match="No space"):
        way(tmp_path / "file", b"1")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("count", [1, 40])
def test_many_files_come_to_their_places_and_are_private(tmp_path: Path, count: int) -> None:
    moves = {}
    for number in range(count):
        place = private.folder(tmp_path / str(number % 3))
        draft = place / f".{number}"
        with private.emptied(draft) as file:
            file.write(str(number).encode())
        moves[place / str(number)] = draft
    first = next(iter(moves))
    first.write_bytes(b"what stood there before")
    first.chmod(0o644)
    private.move_all(moves, tmp_path)
    assert [path.read_bytes() for path in moves] == [str(number).encode() for number in range(count)]
    assert not any(path.exists() for path in moves.values())
    assert [oct(path.stat().st_mode & 0o777) for path in moves] == ["0o644", *["0o600"] * (count - 1)]


@pytest.mark.parametrize("count", [1, 40])
def test_what_its_owner_put_beside_the_files_keeps_nothing_from_the_disk(tmp_path: Path, count: int) -> None:
    for number in range(count):
        (tmp_path / str(number)).write_bytes(b"1")
    (tmp_path / "dangling").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    private.sync_all(tmp_path)


def test_a_file_may_come_piece_by_piece(tmp_path: Path) -> None:
    private.write(tmp_path / "a", iter((b"1", b"2")))
    private.replace(tmp_path / "a", iter((b"3", b"4")))
    assert (tmp_path / "a").read_bytes() == b"34"


def test_a_file_is_on_the_disk_before_it_takes_its_place_and_the_place_before_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    synced = disks.synced(monkeypatch, path.read_bytes)
    private.replace(path, b"new")
    assert synced == [(disks.place(path), b"old"), (disks.place(tmp_path), b"new")]


def test_a_file_that_does_not_fit_leaves_the_one_that_stands(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with disks.room_for(1000), pytest.raises(OSError, match="large"):
        private.replace(path, bytes(2000))
    assert path.read_bytes() == b"old"


def test_a_file_that_others_may_read_stays_so_and_becomes_so_no_sooner(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o644)
    private.replace(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o644
    path.unlink()
    private.replace(path, b"newer")
    assert path.stat().st_mode & 0o777 == 0o600


def test_every_file_and_folder_of_a_tree_goes_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "deep/b", "deep/deeper/c"):
        private.write(private.folder((tmp_path / name).parent) / Path(name).name, b"1")
    synced = disks.synced(monkeypatch)
    private.sync_all(tmp_path)
    assert {place for place, _ in synced} == {disks.place(one) for one in (tmp_path, *tmp_path.rglob("*"))}


def test_many_files_that_move_are_on_the_disk_before_and_their_places_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moves = {private.folder(tmp_path / name) / "file": tmp_path / f"draft-{name}" for name in ("one", "two")}
    for draft in moves.values():
        private.write(draft, b"1")
    drafts = [disks.place(draft) for draft in moves.values()]
    synced = disks.synced(monkeypatch, lambda: sum(path.exists() for path in moves))
    private.move_all(moves, tmp_path)
    assert sorted(synced[:2]) == sorted((draft, 0) for draft in drafts)
    assert sorted(synced[2:]) == sorted((disks.place(path.parent), 2) for path in moves)


@pytest.mark.debian
def test_a_great_many_files_go_to_the_disk_by_one_call(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}").write_bytes(b"1")
    trace = tmp_path.with_suffix(".trace")
    code = "import pathlib, sys; from radiary.files import private; private.sync_all(pathlib.Path(sys.argv[1]))"
    line = ["strace", "-f", "-o", str(trace), "-e", "trace=fsync,syncfs", sys.executable, "-c", code, str(tmp_path)]
    subprocess.run(line, check=True)
    calls = re.findall(r"(\w+)\(\d+\) += 0", trace.read_text())
    assert calls == ["syncfs", "fsync"]


def test_a_folder_that_is_there_keeps_its_mode_and_a_missing_one_above_it_is_private(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    private.folder(tmp_path / "a/b/c")
    assert [one.stat().st_mode & 0o777 for one in (tmp_path, tmp_path / "a", tmp_path / "a/b")] == [0o755, 0o700, 0o700]


@pytest.mark.parametrize("make", [private.created, private.emptied])
def test_a_file_that_is_opened_for_writing_is_its_owners_alone(tmp_path: Path, make: Callable[[Path], BinaryIO]) -> None:
    before = os.umask(0)
    try:
        make(tmp_path / "file").close()
    finally:
        os.umask(before)
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_through_a_link_that_somebody_put_there(tmp_path: Path) -> None:
    (tmp_path / "hers").write_bytes(b"hers")
    (tmp_path / "file").symlink_to("hers")
    with pytest.raises(FileExistsError):
        private.write(tmp_path / "file", b"ours")
    assert (tmp_path / "hers").read_bytes() == b"hers"


@pytest.mark.parametrize("write", [private.replace, private.note])
def test_a_name_as_long_as_a_disk_takes_can_be_written(tmp_path: Path, write: Callable[[Path, bytes], None]) -> None:
    for content in (b"1", b"2"):
        write(tmp_path / ("b" * 255), content)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("b" * 255, b"2")]


def test_a_note_is_whole_and_its_owners_alone_and_waits_for_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    before = path.open("rb")
    synced = disks.synced(monkeypatch)
    private.note(path, b"new")
    with before:
        assert before.read() == b"old", "whoever reads sees the old content or the new"
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert synced == []
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
    with disks.room_for(1000), pytest.raises(OSError, match="large"):
        private.note(path, bytes(2000))
    assert path.read_bytes() == b"new"
    private.note(path, b"newer")
    assert path.read_bytes() == b"newer"
