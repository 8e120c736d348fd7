"""The real service as a real process, in folders of its own."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import psutil

import forked

PATIENCE = int(os.environ.get("PATIENCE", "600"))
"""Seconds after which nothing more can be expected; no test is decided by it on a machine that is merely busy."""

SOON = PATIENCE / 5
"""The same for what happens within one process."""

_POWERS = "-dac_override,-dac_read_search"
AS_ANYBODY = ["setpriv", f"--bounding-set={_POWERS}", f"--inh-caps={_POWERS}"] if os.geteuid() == 0 else []
"""Root may read and write everything; without these two powers, only what anybody may."""

_CALLED = "import json, runpy, sys; print(json.dumps(runpy.run_path(sys.argv[1])[sys.argv[2]](*sys.argv[3:])))"


def said_by_anybody(work: Callable[..., Any], *arguments: str) -> Any:
    """What a function of a test's file returns, as JSON has it, in a process that may do no more than anybody."""
    line = [*AS_ANYBODY, sys.executable, "-c", _CALLED, work.__code__.co_filename, work.__name__, *arguments]
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=PATIENCE, env=surroundings)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class Service:
    """`radiary run` and its companions over one folder; use as a context manager to run it. All of it is forked.

    Its workers don't step back behind other programs: on a busy machine they would get next to nothing.
    """

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.folder = folder
        self.downloads = folder / "downloads"
        self.downloads.mkdir(exist_ok=True)
        self.settings = {"quiet-seconds": 0.3, "workers": 1, "nice": 0} | settings
        self.process: subprocess.Popen[bytes] | forked.Forked | None = None

    def copied(self, folder: Path) -> Self:
        """The same in another folder, with all that was filed so far; nothing of it runs."""
        shutil.copytree(self.folder, folder, symlinks=True, dirs_exist_ok=True)
        return type(self)(folder, **self.settings)

    @property
    def options(self) -> list[str]:
        places = {name: self.folder / name for name in ("library", "private", "chronicle", "state")} | {"watch": self.downloads}
        return [part for name, value in (places | self.settings).items() for part in (f"--{name}", str(value))]

    def command(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another command on the same folders."""
        return forked.command([name, *self.options, *arguments], PATIENCE)

    def start(self, **environment: str) -> "Service":
        self.process = self._begun(os.environ | environment)
        self.wait(lambda: self.pulse().get("pid") == self.process.pid)  # type: ignore[union-attr]
        return self

    def _begun(self, environment: dict[str, str]) -> "subprocess.Popen[bytes] | forked.Forked":
        if not forked.is_possible(environment):
            return self._started(environment)
        with (self.folder / "service.log").open("ab") as log, Path(os.devnull).open("r+") as nothing:
            return forked.Forked(["run", *self.options], [nothing.fileno(), nothing.fileno(), log.fileno()], environment)

    def _started(self, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
        with (self.folder / "service.log").open("ab") as log:
            line = [sys.executable, "-m", "radiary", "run", *self.options]
            return subprocess.Popen(line, stderr=log, env=environment)

    def stop(self, how: int = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def __enter__(self) -> "Service":
        return self.start()

    def __exit__(self, *_: object) -> None:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    @property
    def log(self) -> str:
        return (self.folder / "service.log").read_text()

    def pulse(self) -> dict[str, Any]:
        try:
            return dict(json.loads((self.folder / "state/heartbeat.json").read_text()))
        except (OSError, ValueError):
            return {}

    def facts(self, kind: str = "") -> list[dict[str, Any]]:
        path = self.folder / "state/ledger.jsonl"
        lines = [line for line in path.read_text().splitlines(keepends=True) if line.endswith("\n")] if path.exists() else []
        return [fact for fact in map(json.loads, lines) if not kind or fact["type"] == kind]

    def wait(self, is_so: Callable[[], Any]) -> None:
        """Until something is so; a service that died, or nothing for too long, fails the test with its log."""
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            assert self.process is None or self.process.poll() is None, self.log
            assert time.monotonic() < deadline, self.log
            time.sleep(0.02)

    def wait_for(self, kind: str, count: int = 1) -> list[dict[str, Any]]:
        self.wait(lambda: len(self.facts(kind)) >= count)
        return self.facts(kind)

    def files(self) -> dict[str, bytes]:
        """Everything in library and private shelf, trays left out; the marks say nothing of how far the ledger is."""
        homes = (self.folder / "library", self.folder / "private")
        return {
            str(one.relative_to(self.folder)): b"" if one.name == ".radiary" else one.read_bytes()
            for home in homes
            for one in home.rglob("*")
            if one.is_file() and ".tray" not in one.parts
        }


class StartedService(Service):
    """The service as its owner's computer starts it, and its workers: from nothing."""

    def _begun(self, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
        return self._started(environment)

    @property
    def workers(self) -> list[psutil.Process]:
        """Its worker processes."""
        assert self.process is not None
        found = []
        for one in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):
                found += [one] if any("spawn_main" in word for word in one.cmdline()) else []
        return found
