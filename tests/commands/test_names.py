"""The file's name beside the digits: on the owner's own terminal, and nowhere else."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import exports
import odd_archives
from radiary.state.folder import State
from services import Service


def on_a_terminal(service: Service, *arguments: str) -> str:
    """What a command shows on a terminal."""
    ours, its = pty.openpty()
    line = [sys.executable, "-m", "radiary", arguments[0], *service.options, *arguments[1:]]
    with subprocess.Popen(line, stdout=its, stderr=its, stdin=its) as process:
        os.close(its)
        shown = b""
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError:  # Linux says so at the end
            pass
        process.wait()
    os.close(ours)
    return shown.decode()


@pytest.fixture
def filed(tmp_path: Path) -> Service:
    service = Service(tmp_path, workers=1)
    with service:
        exports.zipped(service.downloads / "Petronella.zip", exports.ct_files(1))
        service.wait_for("filed")
        (service.downloads / "Other.zip").write_bytes(odd_archives.GOOD[: len(odd_archives.GOOD) // 2])
        service.command("once", str(service.downloads / "Other.zip"))
    return service


def test_the_name_is_shown_on_a_terminal_alone_and_written_down_for_its_owner_only(filed: Service) -> None:
    digits = filed.facts("filed")[0]["export"][:12]
    for command in (["status", "--all"], ["log"]):
        assert f"{digits} (Petronella.zip)" in on_a_terminal(filed, *command)
        assert "Petronella" not in filed.command(*command).stdout
    for command in (["status", "--json"], ["log", "--json"]):
        assert "Petronella" not in on_a_terminal(filed, *command)
    assert f"{digits} (Petronella.zip)" in on_a_terminal(filed, "explain", digits)
    assert "(Other.zip)" in on_a_terminal(filed, "retry")
    assert "Petronella" not in filed.log
    assert "Petronella" not in (filed.folder / "state/ledger.jsonl").read_text()
    assert (filed.folder / "state/names").stat().st_mode & 0o777 == 0o600
    assert b"Petronella" not in (filed.folder / "state/names").read_bytes()


def test_what_is_forgotten_leaves_no_name(filed: Service) -> None:
    rejected = filed.facts("rejected")[-1]  # `once` looks at it anew when the service was faster
    state = State(filed.folder / "state")
    assert set(state.names.all().values()) == {"Petronella.zip", "Other.zip"}
    assert filed.command("forget", rejected["export"][:12]).returncode == 0
    assert set(state.names.all().values()) == {"Petronella.zip"}


def test_a_terminal_gets_three_lines_and_all_the_rest_when_asked(filed: Service) -> None:
    short = on_a_terminal(filed, "status").splitlines()
    assert len(short) == 3
    assert "not running; start it with `radiary run`" in short[0]
    assert "Waits for you: 1 download not filed" in short[1]
    assert "Filed last, " in short[2]
    whole = on_a_terminal(filed, "status", "--all").splitlines()
    assert whole[:3] == short
    assert len(whole) > 5
