"""A forked command is what a started one is."""

import subprocess
import sys
from pathlib import Path

import pytest

import forked


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
