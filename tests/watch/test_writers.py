import fcntl
import mmap
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from radiary.archives import source
from radiary.watch import writers
from radiary.watch.writers import Writing


def _open(path: Path) -> Callable[[], None]:
    return path.open("ab").close


def _mapped(path: Path) -> Callable[[], None]:
    with path.open("r+b") as file:
        return mmap.mmap(file.fileno(), 0).close


@pytest.mark.parametrize("writer", [_open, _mapped])
def test_a_file_that_a_program_writes_is_noticed(tmp_path: Path, writer: Callable[[Path], Callable[[], None]]) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK")
    close = writer(path)
    assert writers.writing([path]) is Writing.YES
    close()
    assert writers.writing([path]) is Writing.NO


def test_a_file_that_is_only_read_is_not_being_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"PK")
    with (tmp_path / "a").open("rb"):
        assert writers.writing([tmp_path / "a"]) is Writing.NO


def test_a_file_that_a_program_writes_is_noticed_deep_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "cd/deep").mkdir(parents=True)
    with (tmp_path / "cd/deep/a").open("wb"):
        assert writers.writing(source.files(tmp_path / "cd")) is Writing.YES
    assert writers.writing(source.files(tmp_path / "cd")) is Writing.NO


def test_a_file_system_that_refuses_every_lease_is_no_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As NFSv4 without a delegation and SMB without an oplock do."""
    (tmp_path / "a").write_bytes(b"PK")
    real = fcntl.fcntl

    def refusing(descriptor: int, command: int, argument: int = 0) -> int:
        if command == fcntl.F_SETLEASE and argument == fcntl.F_RDLCK:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return real(descriptor, command, argument)

    monkeypatch.setattr(fcntl, "fcntl", refusing)
    assert writers.writing([tmp_path / "a"]) is Writing.PERHAPS
    with (tmp_path / "a").open("ab"):
        assert writers.writing([tmp_path / "a"]) is Writing.YES


_BREAKS = """
import fcntl, os, sys, signal
from pathlib import Path
from radiary.watch import writers
real, path = fcntl.fcntl, Path(sys.argv[1])
def broken(descriptor, command, argument=0):
    result = real(descriptor, command, argument)
    if command == fcntl.F_SETLEASE and argument == fcntl.F_RDLCK and not os.fork():
        try:
            os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        finally:
            os._exit(0)
    elif command == fcntl.F_SETLEASE and argument == fcntl.F_RDLCK:
        os.wait()
    return result
fcntl.fcntl = broken
writers.writing([path])
print("lives")
"""


def test_a_writer_that_comes_between_two_calls_does_not_end_the_service(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"PK")
    done = subprocess.run([sys.executable, "-c", _BREAKS, str(tmp_path / "a")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "lives\n"), done.stderr


def test_a_file_that_another_program_has_open_is_in_use(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"PK")
    reading = "import sys, time; file = open(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with (
        (tmp_path / "a").open("rb"),
        subprocess.Popen(
            ["/usr/bin/env", sys.executable, "-c", reading, str(tmp_path / "a")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
        ) as other,
    ):  # fmt: skip
        assert other.stdout is not None
        other.stdout.readline()
        assert not writers.is_open_elsewhere([tmp_path / "a"]), "what this service started is its own"
        assert other.stdin is not None
        other.stdin.close()


_AFAR = """
import os, sys
if os.fork():
    os._exit(0)
os.setsid()
file = open(sys.argv[1], "rb")
with open(sys.argv[2], "w"):
    pass
open(sys.argv[3]).close()
"""
"""Leaves a process behind that is nobody's child, and has a file open until somebody opens the last path for writing."""


def test_a_file_that_a_program_of_somebody_else_has_open_is_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"PK")
    for name in ("begun", "end"):
        os.mkfifo(tmp_path / name)
    line = [sys.executable, "-c", _AFAR, str(path), str(tmp_path / "begun"), str(tmp_path / "end")]
    subprocess.run(line, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    (tmp_path / "begun").read_bytes()
    try:
        monkeypatch.setattr(writers, "_opened", writers._OpenFiles())
        assert writers.is_open_elsewhere([tmp_path / "b", path])
        assert not writers.is_open_elsewhere([tmp_path / "b"])
        assert writers.writing([path]) is Writing.NO, "it only reads"
    finally:
        (tmp_path / "end").write_bytes(b"")
