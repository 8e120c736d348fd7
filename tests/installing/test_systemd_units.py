"""The text of units: what stands in them is read by systemd as it was meant."""

import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from deploy import examples
from radiary.installing import systemd_units
from radiary.installing.plan import Plan, Program
from radiary.model.errors import Unusable

ODD = Path('/home/anna/My "scans" 100% at $HOME\\x: ü\'')


def lines(text: str, directive: str) -> list[str]:
    return re.findall(rf"^{directive}=(.*)$", text, re.MULTILINE)


def plan_here(tmp_path: Path, **settings: object) -> Plan:
    """Its program is one that is there: systemd looks for it."""
    there = Program((str(shutil.which("true")), "run"), (tmp_path,))
    return replace(examples.plan(**settings), program=there)  # type: ignore[arg-type]


def analysed(kind: str, *line: str, text: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    unit = tmp_path / "radiary-of-a-test.service"
    unit.write_text(text)
    environment = {"XDG_RUNTIME_DIR": str(tmp_path), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    command = ["systemd-analyze", f"--{kind}", *line, str(unit)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.debian
@pytest.mark.parametrize("kind", ["user", "system"])
@pytest.mark.parametrize("settings", [{}, {"watch": (ODD,), "after": "sort", "library": ODD / "l"}, {"engine": "dask"}])
def test_systemd_finds_nothing_wrong_with_a_unit(kind: str, settings: dict[str, object], tmp_path: Path) -> None:
    person = "root" if kind == "system" else "anna"  # there, whoever runs the test
    text = getattr(examples, kind)(replace(plan_here(tmp_path, **settings), person=person))
    done = analysed(kind, "verify", "--man=no", "--recursive-errors=no", text=text, tmp_path=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.debian
@pytest.mark.parametrize(("kind", "most"), [("system", 0.2), ("user", 1.0)])
def test_a_unit_is_shut_in_as_far_as_measured(kind: str, most: float, tmp_path: Path) -> None:
    """On systemd's scale from 0 to 10. The user's, too, is scored as if it ran as root, which it does not."""
    text = getattr(examples, kind)(plan_here(tmp_path))
    done = analysed(
        kind, "security", "--offline=true", "--no-pager", f"--threshold={most * 10:.0f}", text=text, tmp_path=tmp_path
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert float(re.findall(r"Overall exposure level.*?: ([\d.]+)", done.stdout)[0]) <= most


def test_a_user_unit_may_write_to_its_folders_alone() -> None:
    text = examples.user(examples.plan())
    assert lines(text, "ProtectSystem") == ["strict"]
    assert lines(text, "ProtectHome") == ["read-only"]
    assert lines(text, "PrivateUsers") == ["yes"]
    own = ["-/home/anna/Pictures/Radiary/" + one for one in ("library", "private", "chronicle")]
    assert lines(text, "ReadWritePaths") == [" ".join(["-/home/anna/.local/state/radiary", *own])]


def test_a_system_unit_sees_its_folders_and_its_program_and_nothing_else_of_a_home() -> None:
    venv = Path("/home/anna/.local/share/pipx/venvs/radiary")
    text = examples.system(examples.plan(venv=venv, library=Path("/srv/scans")))
    assert lines(text, "ProtectHome") == ["tmpfs"]
    assert lines(text, "ReadWritePaths") == ["-/srv/scans"]
    assert "-/srv/scans" not in lines(text, "BindPaths")[0]
    assert lines(text, "BindReadOnlyPaths") == [f"-/home/anna/.config/radiary -/home/anna/Downloads -{venv}"]
    assert lines(text, "ExecPaths") == [f"/usr {venv}"]


def test_a_folder_below_tmp_is_bound_into_the_private_one() -> None:
    text = examples.user(examples.plan(watch=(Path("/tmp/drop"),), library=Path("/tmp/library")))
    assert lines(text, "BindPaths") == ["-/tmp/library"]
    assert lines(text, "BindReadOnlyPaths") == ["-/tmp/drop"]


def test_odd_names_are_written_as_systemd_reads_them() -> None:
    plan = replace(examples.plan(library=ODD), program=Program(("/opt/a b/$x%/radiary", "run"), ()))
    text = examples.user(plan)
    assert lines(text, "ExecStart") == ['"/opt/a b/$$x%%/radiary" run']
    assert r'"-/home/anna/My \"scans\" 100%% at $HOME\\x: ü' + "'\"" in lines(text, "ReadWritePaths")[0]


def test_a_line_break_in_a_name_is_refused() -> None:
    with pytest.raises(Unusable, match="line break"):
        examples.user(examples.plan(library=Path("/home/anna/a\nExecStartPre=/bin/evil")))


def test_only_a_cluster_gets_a_network() -> None:
    assert lines(examples.system(examples.plan()), "PrivateNetwork") == ["yes"]
    clustered = examples.system(examples.plan(engine="dask"))
    assert lines(clustered, "PrivateNetwork") == []
    assert lines(clustered, "RestrictAddressFamilies") == ["AF_UNIX AF_INET AF_INET6"]


@pytest.mark.parametrize("kind", ["user", "system"])
def test_a_mistake_in_the_settings_is_not_tried_again_and_a_reload_is_a_signal(kind: str) -> None:
    text = getattr(examples, kind)(examples.plan(stop_seconds=60))
    assert lines(text, "Type") == ["notify"]
    assert lines(text, "RestartPreventExitStatus") == ["78"]
    assert lines(text, "ExecReload") == ["/bin/sh -c 'kill -HUP $MAINPID'"]
    assert lines(text, "TimeoutStopSec") == ["80"]
    assert lines(text, "UMask") == ["0077"]


def test_a_unit_says_what_it_works_on_and_one_written_by_hand_does_not() -> None:
    plan = examples.plan(after="sort")
    assert systemd_units.work_of(examples.user(plan)) == plan.work
    assert systemd_units.work_of("[Service]\nExecStart=/usr/bin/radiary run\n") is None
