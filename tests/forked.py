"""`radiary` in a process of its own, forked from one that has imported it: tests start thousands, and most of a start is imports.

As a program (`python forked.py SOCKET`) it is that process: for each connection it forks one that becomes the command. It ends
when its standard input does.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import runpy
import select
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import forked_program
import forked_workers
from forked_program import STREAMS, asked_for
from radiary.model.errors import Unusable
from radiary.state import backup_file, ledger

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
_LATE = ("BROWSER", "HOME", "LC_ALL", "NOTIFY_SOCKET", "ORT_", "PYTEST_CURRENT_TEST", "RADIARY_", "XDG_")
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

    @property
    def pid(self) -> int:
        return self._process.pid

    def _end(self) -> None:
        self._process.communicate()
        self._folder.cleanup()


@cache
def _server(_language: str | None) -> _Server:
    return _Server()


class Forked:
    """A process that is `radiary`, forked from one that has imported it; what `subprocess.Popen` says of one, this says, too.

    Its standard input, output and error are the files given.
    """

    def __init__(self, arguments: Sequence[str], streams: Sequence[int], environment: Mapping[str, str]) -> None:
        self._connection = asked_for(_server(environment.get("LC_ALL")).address, arguments, streams, environment)
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
    """Whether imports, or the interpreter itself, could not see that this environment is another one; never with STARTED."""
    return "STARTED" not in os.environ and _early(environment) == _ENVIRONMENT


def command(
    arguments: Sequence[str], seconds: float, *, given: str = "", environment: Mapping[str, str] = os.environ
) -> subprocess.CompletedProcess[str]:
    """Run `radiary` with these arguments; where imports could see that the environment is another one, it is started anew.

    `given` is what it may read.
    """
    if not is_possible(environment):
        line = [sys.executable, "-m", "radiary", *arguments]
        return subprocess.run(
            line, input=given, capture_output=True, text=True, check=False, timeout=seconds, env=dict(environment)
        )
    with ExitStack() as files:
        given_file, out, err = (files.enter_context(tempfile.TemporaryFile("w+")) for _ in range(STREAMS))
        given_file.write(given)
        given_file.seek(0)
        started = Forked(arguments, [one.fileno() for one in (given_file, out, err)], environment)
        try:
            status = started.wait(seconds)
        except subprocess.TimeoutExpired:
            started.kill()
            raise
        for one in (out, err):
            one.seek(0)
        return subprocess.CompletedProcess(arguments, status, out.read(), err.read())


def server_of_commands() -> int:
    """The process that commands of this language are forked from, by its number."""
    return _server(os.environ.get("LC_ALL")).pid


def program(path: Path) -> None:
    """Write a program that is `radiary`, forked: what people type where it stands on their path, speaking the tests' language."""
    client = shlex.join([sys.executable, "-I", "-S", forked_program.__file__, _server(os.environ.get("LC_ALL")).address])
    path.write_text(f'#!/bin/sh\nexec {client} "$@"\n')
    path.chmod(0o755)


def _serve(address: str) -> None:
    for name in _IMPORTED:
        importlib.import_module(name)
    assert not _HEAVY & set(sys.modules), _HEAVY & set(sys.modules)
    with contextlib.suppress(Unusable):
        ledger.parse(b"{}")  # what reads facts is built when the first one is read
    backup_file._COST["n"] = 1 << 10  # each passphrase takes half a second else, in a file of its own as in every test of backups
    forked_workers.prepare()
    gc.collect()
    gc.freeze()  # what is collected later would be copied for it
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen(64)
        os.write(1, b"ready\n")
        attending: set[int] = set()
        while 0 not in select.select([server, 0], [], [])[0]:
            connection = server.accept()[0]
            forked_workers.prepare()  # one that ended is started anew
            pid = os.fork()
            if not pid:
                server.close()
                _attend(connection)
            connection.close()
            attending = {one for one in (*attending, pid) if not os.waitpid(one, os.WNOHANG)[0]}


def _attend(connection: socket.socket) -> NoReturn:
    """In a process that waits for the command's and says how it ended."""
    streams = socket.recv_fds(connection, 1, STREAMS)[1]
    with connection.makefile("r") as lines:
        asked = json.loads(lines.readline())
    pid = os.fork()
    if not pid:
        connection.close()
        _become(asked, streams)
    for number in streams:
        os.close(number)
    with contextlib.suppress(BrokenPipeError):  # who asked is gone
        connection.sendall(b"%d\n" % pid)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        connection.sendall(b"%d\n" % status)
    os._exit(0)


def _become(asked: dict[str, Any], streams: Sequence[int]) -> NoReturn:
    """In a process of its own: the command, which ends it."""
    os.environ.clear()
    os.environ.update(asked["environment"])
    forked_workers.use()
    os.chdir(asked["folder"])
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    _open_streams()
    sys.argv[1:] = asked["arguments"]
    try:
        runpy.run_module("radiary", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        _end(end.code)
    raise AssertionError("it ends by itself")


def _end(code: object) -> NoReturn:
    """End as Python does with such a code, but for taking each object apart: all memory would be copied for it."""
    assert code is None or isinstance(code, int)
    threading._shutdown()  # type: ignore[attr-defined]  # waits for threads
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        os._exit(120)
    os._exit(code or 0)


def _open_streams() -> None:
    """As Python does when it starts: whether they are files, pipes or a terminal, they may be another kind than before."""
    sys.stdin = sys.__stdin__ = open(0, closefd=False)  # noqa: SIM115 - of the process
    sys.stdout = sys.__stdout__ = open(1, "w", closefd=False)  # type: ignore[misc]  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(2, "w", 1, errors="backslashreplace", closefd=False)  # type: ignore[misc]  # noqa: SIM115


if __name__ == "__main__":
    _serve(sys.argv[1])
