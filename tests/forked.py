"""`radiary` in a process of its own, forked from one that has imported it: tests start thousands, and most of a start is imports.

As a program (`python forked.py SOCKET`) it is that process: for each connection it forks one that becomes the command. It ends
when its standard input does.
"""

import atexit
import contextlib
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import forked_workers
from radiary.model.errors import Unusable
from radiary.state import ledger

_COMMANDS = (
    "absent backup chronicle doctor exports installed_service log once papers people rebuild release running status taking_out"
    " verify windows"
).split()
_IMPORTED = [
    *"Cryptodome.Cipher.AES jinja2 rich.live rich.progress xml.parsers.expat".split(),
    *"radiary.cli radiary.chronicle.faults radiary.chronicle.told_before radiary.service.wiring".split(),
    *(f"radiary.commands.{name}" for name in _COMMANDS),
]
"""What commands import when they are asked for something; none of it is heavy, or starts a thread."""
_HEAVY = {"numpy", "pydicom", "onnxruntime"}
_LATE = ("HOME", "LC_ALL", "NOTIFY_SOCKET", "ORT_", "PYTEST_CURRENT_TEST", "RADIARY_", "XDG_")
"""How variables begin that nothing reads before a command begins, and the language, in which the process was started."""


def _early(environment: Mapping[str, str]) -> dict[str, str]:
    """What imports, or the interpreter itself, may have read."""
    return {name: value for name, value in environment.items() if not name.startswith(_LATE)}


_ENVIRONMENT = _early(os.environ)


class _Server:
    """The process that has imported everything, in the language of this moment, and its socket."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.address = f"{self._folder.name}/socket"
        line = [sys.executable, __file__, self.address]
        self._process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"
        atexit.register(self._end)

    def _end(self) -> None:
        self._process.communicate()
        self._folder.cleanup()


@cache
def _server(_language: str | None) -> _Server:
    return _Server()


class Forked:
    """A process that is `radiary`, forked from one that has imported it; what `subprocess.Popen` says of one, this says, too."""

    def __init__(self, arguments: list[str], out: Path, err: Path, environment: Mapping[str, str]) -> None:
        self._connection = socket.socket(socket.AF_UNIX)
        self._connection.connect(_server(environment.get("LC_ALL")).address)
        asked = {
            "arguments": arguments,
            "environment": dict(environment),
            "folder": str(Path.cwd()),
            "out": str(out),
            "err": str(err),
        }
        self._connection.sendall(json.dumps(asked).encode() + b"\n")
        self._answers = self._connection.makefile("r")
        self.pid = int(self._answers.readline())
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """How it ended. Raises subprocess.TimeoutExpired where it did not so far."""
        if self.returncode is None:
            if not select.select([self._connection], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("radiary", timeout or 0)
            self.returncode = int(self._answers.readline())
            self._answers.close()
            self._connection.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, while it runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


def is_possible(environment: Mapping[str, str]) -> bool:
    """Whether imports, or the interpreter itself, could not see that this environment is another one."""
    return _early(environment) == _ENVIRONMENT


def command(arguments: list[str], seconds: float) -> subprocess.CompletedProcess[str]:
    """Run `radiary` with these arguments; where imports could see that the environment is another one, it is started anew."""
    if not is_possible(os.environ):
        line = [sys.executable, "-m", "radiary", *arguments]
        return subprocess.run(line, capture_output=True, text=True, check=False, timeout=seconds)
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        started = Forked(arguments, out, err, os.environ)
        try:
            status = started.wait(seconds)
        except subprocess.TimeoutExpired:
            started.kill()
            raise
        return subprocess.CompletedProcess(arguments, status, out.read_text(), err.read_text())


def _serve(address: str) -> None:
    for name in _IMPORTED:
        importlib.import_module(name)
    assert not _HEAVY & set(sys.modules), _HEAVY & set(sys.modules)
    with contextlib.suppress(Unusable):
        ledger.parse(b"{}")  # what reads facts is built when the first one is read
    forked_workers.prepare()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen(64)
        os.write(1, b"ready\n")
        while 0 not in select.select([server, 0], [], [])[0]:
            connection = server.accept()[0]
            if not os.fork():
                server.close()
                _attend(connection)
            connection.close()
            with contextlib.suppress(ChildProcessError):
                while os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG):
                    pass


def _attend(connection: socket.socket) -> NoReturn:
    """In a process that waits for the command's and says how it ended."""
    with connection.makefile("r") as lines:
        asked = json.loads(lines.readline())
    pid = os.fork()
    if not pid:
        connection.close()
        _become(asked)
    connection.sendall(b"%d\n" % pid)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    connection.sendall(b"%d\n" % status)
    os._exit(0)


def _become(asked: dict[str, Any]) -> NoReturn:
    """In a process of its own: the command, which ends it."""
    os.environ.clear()
    os.environ.update(asked["environment"])
    forked_workers.use()
    os.chdir(asked["folder"])
    for number, path, how in ((0, os.devnull, os.O_RDONLY), (1, asked["out"], os.O_WRONLY), (2, asked["err"], os.O_WRONLY)):
        file = os.open(path, how | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(file, number)
        os.close(file)
    sys.argv[1:] = asked["arguments"]
    runpy.run_module("radiary", run_name="__main__", alter_sys=True)
    raise AssertionError("it ends by itself")


if __name__ == "__main__":
    _serve(sys.argv[1])
