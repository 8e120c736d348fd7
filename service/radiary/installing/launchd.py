"""Has launchd keep a service: an agent of the person who is logged in."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from radiary.files import private
from radiary.installing import launch_agents
from radiary.installing.keeper import Health, InstalledService
from radiary.installing.plan import Plan
from radiary.model.errors import NoServiceManager, ServiceNotStarted

_LONGEST_END, _POLL = 30.0, 0.2
"""Seconds in which an agent that was told to end has ended, and between two looks."""


class Launchd:
    """The launchd of whoever runs this."""

    is_system = False

    def __init__(self, home: Path) -> None:
        self._home = home
        self._agents = home / "Library/LaunchAgents"
        self._domain = f"gui/{os.geteuid()}"

    def check(self) -> None:
        if shutil.which("launchctl") is None:
            raise NoServiceManager

    def path(self, name: str) -> Path:
        return self._agents / launch_agents.file_name(name)

    def text(self, plan: Plan) -> bytes:
        return launch_agents.agent(plan)

    def standing(self) -> Iterator[InstalledService]:
        for path in sorted(self._agents.glob(launch_agents.file_name("radiary*"))):
            yield InstalledService(path, launch_agents.work_of(path.read_bytes()))

    def health(self, name: str) -> Health:
        said = _launchctl("print", self._target(name)).stdout
        lines = [line.strip() for line in said.splitlines()]
        status = next((line.rpartition("=")[2].strip() for line in lines if line.startswith("last exit code =")), "")
        return Health("state = running" in lines, bool(said), int(status) if status.isdigit() else 0)

    def put(self, plan: Plan) -> Path:
        private.folder(launch_agents.log_of(plan).parent)
        private.folder(self._agents)
        private.replace(self.path(plan.name), self.text(plan))
        return self.path(plan.name)

    def start(self, name: str) -> None:
        _launchctl("bootout", self._target(name))
        self._await_end(name)
        _launchctl("enable", self._target(name))  # one that was disabled, as `launchctl unload -w` does, could not be started
        done = _launchctl("bootstrap", self._domain, str(self.path(name)))
        if done.returncode:
            raise ServiceNotStarted(f"{ServiceNotStarted.sentence()} launchd says: {done.stderr.strip() or 'nothing'}")

    def _await_end(self, name: str) -> None:
        """`bootout` returns before the agent has ended, and one that has not cannot be started anew."""
        until = time.monotonic() + _LONGEST_END
        while _launchctl("print", self._target(name)).returncode == 0 and time.monotonic() < until:
            time.sleep(_POLL)

    def stays(self) -> bool:
        return False

    def needs_no_login(self) -> bool:
        return False

    def remove(self, name: str) -> None:
        _launchctl("bootout", self._target(name))
        self.path(name).unlink(missing_ok=True)

    def logs(self, name: str, *, follows: bool) -> int:
        log = self._home / "Library/Logs" / f"{name}.log"
        sys.stdout.flush()
        line = ["tail", "-n", "200", *(["-F"] if follows else []), str(log)]
        return subprocess.run(line, check=False).returncode  # noqa: S603 - no word of a stranger

    def _target(self, name: str) -> str:
        return f"{self._domain}/{launch_agents.label(name)}"


def _launchctl(*arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(["launchctl", *arguments], capture_output=True, text=True, check=False)  # noqa: S603, S607 - as above
    except FileNotFoundError:
        raise NoServiceManager from None
