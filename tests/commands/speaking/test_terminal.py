"""Every command on a terminal that knows ASCII alone, or another old encoding."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import exports
from services import Service

OLD = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.fixture
def filed(tmp_path: Path) -> Service:
    """A home with an umlaut in its path, in which an export was filed of which a part is held and a part was skipped."""
    home = tmp_path / "Müller"
    home.mkdir()
    made = Service(home, workers=1)
    odd = {
        "held": exports.written(exports.with_pixels(exports.dataset(modality="OT", number=9), exports.ramp())),
        "damaged": exports.written(exports.slice_of_ct(5))[:-200],
        "readme.txt": b"hi",
    }
    paths = [exports.zipped(made.downloads / f"{number}.zip", exports.ct_files(1, first=number)) for number in range(1, 11)]
    first = exports.zipped(made.downloads / "0.zip", {**exports.ct_files(1, first=11), **odd})
    assert made.command("once", str(first), *map(str, paths)).returncode == 0
    return made


def shown(service: Service, *command: str, **environment: str) -> str:
    """What a command shows; it ends as it would anywhere."""
    line = [sys.executable, "-m", "radiary", command[0], *service.options, *command[1:]]
    done = subprocess.run(line, capture_output=True, check=False, env=os.environ | environment)
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
    assert done.returncode in ((3,) if command[0] == "status" else (0, 1))
    return (done.stdout + done.stderr).decode("utf-8", "surrogateescape")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_every_command_shows_what_it_has_to_say_on_any_terminal(filed: Service, encoding: str) -> None:
    old = OLD | {"PYTHONIOENCODING": encoding}
    every = [str(path) for path in sorted(filed.downloads.iterdir())]
    for command in (("once", *every), ("status",), ("log",), ("doctor",), ("verify",), ("people",), ("explain", every[0])):
        assert shown(filed, *command, **old), command
    assert " - 1 series - " in shown(filed, "log", **old) or encoding != "ascii"


def test_what_a_terminal_cannot_show_looks_like_what_it_is(filed: Service) -> None:
    log, status = (shown(filed, command, PYTHONIOENCODING="ascii", PYTHONUTF8="1") for command in ("log", "status"))
    assert "skipped: 1 x cut short" in log
    assert "  ... and 1 more that were filed" in status
    assert "/Muller/library" in status


def test_a_terminal_that_knows_every_letter_shows_every_letter(filed: Service) -> None:
    log, status = (shown(filed, command, PYTHONIOENCODING="utf-8", PYTHONUTF8="1") for command in ("log", "status"))
    assert " · 1 series · " in log
    assert "skipped: 1 × cut short" in log
    assert "/Müller/library" in status


def test_a_path_that_is_no_text_is_shown_as_it_is(tmp_path: Path) -> None:
    made = Service(tmp_path)
    made.settings["watch"] = os.fsdecode(os.fsencode(tmp_path) + b"/\xff")
    for encoding in ("ascii", "utf-8"):
        assert "\udcff" in shown(made, "status", PYTHONIOENCODING=encoding)


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_what_takes_its_time_says_so_on_a_terminal_and_leaves_no_trace(tmp_path: Path, encoding: str) -> None:
    made = Service(tmp_path)
    terminal, there = os.openpty()
    line = [sys.executable, "-m", "radiary", "verify", *made.options]
    environment = os.environ | {"TERM": "xterm", "PYTHONIOENCODING": encoding, "LANG": "C", "LC_ALL": "C"}
    done = subprocess.run(line, stdout=subprocess.PIPE, stderr=there, text=True, check=False, env=environment)
    os.close(there)
    with os.fdopen(terminal, "rb") as shown_there:
        seen = shown_there.read1().decode()
    assert "Every file is being checked ..." in seen if encoding == "ascii" else "Every file is being checked …" in seen
    assert "being checked" not in done.stdout
    assert seen.rstrip().endswith("\x1b[2K")
