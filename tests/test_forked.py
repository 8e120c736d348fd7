"""A forked command is what a started one is."""

import contextlib
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

import exports
import forked
import signs
from services import Service


@pytest.mark.parametrize("line", [["status", "--bogus"], ["--version"], ["status", "--help"], ["papers", "kinds", "--json"]])
def test_a_forked_command_says_and_ends_as_one_that_was_started(line: list[str], tmp_path: Path) -> None:
    line = [*line, "--state", str(tmp_path / "state")] if line[-1] == "--json" else line
    done = forked.command(line, 600)
    started = subprocess.run([sys.executable, "-m", "radiary", *line], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (started.returncode, started.stdout, started.stderr)


def test_another_environment_is_heard_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "nl_BE.UTF-8")
    assert "bogus" in (said := forked.command(["status", "--bogus"], 600).stderr)
    monkeypatch.undo()
    assert forked.command(["status", "--bogus"], 600).stderr != said


@pytest.fixture
def nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a program would be started, the test fails; what commands are forked from was started before."""
    monkeypatch.delenv("STARTED", raising=False)
    forked.command(["--version"], 600)
    monkeypatch.setattr(forked.subprocess, "run", lambda *_, **__: pytest.fail("a command was started anew"))


@pytest.mark.usefixtures("nothing_starts")
def test_a_command_of_a_test_is_forked_and_knows_the_home_of_that_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("one", "another"):
        monkeypatch.setenv("HOME", str(tmp_path / name))
        monkeypatch.setenv("RADIARY_WORKERS", str(len(name)))
        said = json.loads(forked.command(["config", "--json", "state", "workers"], 600).stdout)
        assert said["state"]["value"].startswith(str(tmp_path / name))
        assert said["workers"]["value"] == len(name)


def test_a_forked_command_files_what_a_started_one_does_with_workers_that_are_forked_and_end_with_it(tmp_path: Path) -> None:
    export = exports.zipped(tmp_path / "a.zip", exports.ct_files(40))
    ours, started = (Service(_folder(tmp_path / name)) for name in ("forked", "started"))
    assert subprocess.run([sys.executable, "-m", "radiary", "once", *started.options, str(export)], check=False).returncode == 0
    (_folder(ours.folder / "state") / "key").write_bytes((started.folder / "state/key").read_bytes())
    ours.command("status")  # what commands are forked from has begun
    before, most = _processes(), 0
    with ThreadPoolExecutor(1) as aside:
        filing = aside.submit(ours.command, "once", str(export))
        while not filing.done():
            lines = _processes()
            assert not [line for line in lines if "spawn_main" in line]
            most = max(most, _workers(lines))
    assert filing.result().returncode == 0
    assert most > _workers(before)
    assert ours.files() == started.files()
    signs.until(lambda: _workers(_processes()) <= _workers(before))  # what else there is began with another test


def _folder(path: Path) -> Path:
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _workers(lines: list[str]) -> int:
    return sum("forkserver" in line for line in lines)


def _processes() -> list[str]:
    """The lines that everything below this process was started with; a forked one has that of what it was forked from."""
    lines = []
    for one in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            lines.append(" ".join(one.cmdline()))
    return sorted(lines)


def test_a_fork_server_that_ended_is_started_anew(tmp_path: Path) -> None:
    service = Service(tmp_path)
    service.command("status")
    (ended,) = filter(_is_fork_server, psutil.Process(forked.server_of_commands()).children())
    ended.kill()
    signs.until(lambda: not ended.is_running() or ended.status() == psutil.STATUS_ZOMBIE)
    exports.zipped(service.downloads / "a.zip", exports.ct_files(2))
    assert service.command("once", str(service.downloads / "a.zip")).returncode == 0


def _is_fork_server(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return "multiprocessing.forkserver" in " ".join(process.cmdline())
    return False


_ASKED = """
import multiprocessing, os, signal, socket
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import forkserver
import forked_workers
forked_workers.prepare()
os.environ["HOME"] = "/of/the/command"
forked_workers.use()
with socket.socket(socket.AF_UNIX) as killed:
    killed.connect(forkserver._forkserver._forkserver_address)
{happens}
with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as workers:
    print(workers.submit(os.getenv, "HOME").result())
"""


_SERVER_ENDS = (
    "os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL); os.waitpid(forkserver._forkserver._forkserver_pid, 0)"
)


@pytest.mark.parametrize("happens", ["", _SERVER_ENDS], ids=["one was killed as it asked", "the fork server ended"])
def test_a_forked_worker_has_the_environment_of_its_command_and_comes_whatever_happened_before(happens: str) -> None:
    asked = _ASKED.format(happens=happens)
    done = subprocess.run([sys.executable, "-c", asked], cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("/of/the/command\n", "")
