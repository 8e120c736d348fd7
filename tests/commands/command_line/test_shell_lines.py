"""The lines of `radiary completion`, in the shells themselves, typed into as a person does."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from services import PATIENCE

_PROGRAMS = {
    "radiary": f'exec "{sys.executable}" -m radiary "$@"',
    "say": "printf '<%s>' \"$@\"; echo",
}
_STARTED = {"bash": ["bash", "--norc", "-i"], "zsh": ["zsh", "-f", "-i"], "fish": ["fish", "--no-config"]}
_READS = {"zsh": "autoload -U compinit; compinit -u; "}


class Typed:
    """A shell on a terminal, with what `radiary completion` writes for it."""

    def __init__(self, shell: str, home: Path) -> None:
        programs = home / "programs"
        programs.mkdir()
        for name, line in _PROGRAMS.items():
            (programs / name).write_text(f"#!/bin/sh\n{line}\n")
            (programs / name).chmod(0o755)
        surroundings = {**os.environ, "HOME": str(home), "PATH": f"{programs}:/usr/bin:/bin", "TERM": "dumb", "LC_ALL": "C.UTF-8"}
        surroundings["RADIARY_STATE"] = str(home / "state")
        made = subprocess.run([programs / "radiary", "completion", shell], env=surroundings, capture_output=True, check=True)
        (home / "lines").write_bytes(made.stdout)
        self.shown = ""
        self.pid, self.terminal = os.forkpty()
        if not self.pid:
            os.chdir(home)
            os.execvpe(_STARTED[shell][0], _STARTED[shell], surroundings)
        self.type(f"{_READS.get(shell, '')}source {home}/lines; say re''ady\r", until="<ready>")

    def type(self, keys: str, *, until: str) -> None:
        """Keys, and what is to be seen of them in the end."""
        seen = len(self.shown)
        os.write(self.terminal, keys.encode())
        deadline = time.monotonic() + PATIENCE
        while until not in self.shown[seen:]:
            assert time.monotonic() < deadline, self.shown
            if select.select([self.terminal], [], [], 1)[0]:
                self.shown += os.read(self.terminal, 65536).decode(errors="replace")

    def end(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


@pytest.fixture(params=["bash", *(pytest.param(one, marks=pytest.mark.debian) for one in ("zsh", "fish"))])
def typed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Typed]:
    """Bash is everywhere; zsh and fish are where Debian's packages are."""
    (tmp_path / "Scans of mine").mkdir()
    shell = Typed(request.param, tmp_path)
    yield shell
    shell.end()


def test_a_settings_value_is_typed_on_behind_its_completed_name(typed: Typed) -> None:
    typed.type("radiary status --set quiet\t", until="quiet_seconds=")
    typed.type("5\x01say \r", until="<quiet_seconds=5>")


def test_a_settings_folder_is_completed_like_any_other(typed: Typed) -> None:
    typed.type("radiary once --set library=~/Sca\t", until="mine")
    typed.type("x\x01say \r", until="Scans of mine/x>")


def test_what_is_completed_whole_gets_its_space(typed: Typed) -> None:
    typed.type("radiary statu\t", until="status ")
    typed.type("--all\x01say \r", until="<radiary><status><--all>")
