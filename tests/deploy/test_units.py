"""What Linux can check of the service files: systemd's own verifier, and the property list's structure."""

import plistlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.mark.debian
@pytest.mark.parametrize("name", ["radiary.service", "radiary@.service"])
def test_systemd_finds_nothing_wrong_with_a_unit(name: str, tmp_path: Path) -> None:
    """The command's place is replaced by one that exists here, since systemd looks for it."""
    text = (DEPLOY / "systemd" / name).read_text()
    text = re.sub(r"^ExecStart=\S+", f"ExecStart={shutil.which('true')}", text, flags=re.MULTILINE)
    unit = tmp_path / name.replace("@.", "@anna.")
    unit.write_text(text)
    mode = ["--user"] if "@" not in name else ["--system"]
    line = ["systemd-analyze", *mode, "verify", "--man=no", "--recursive-errors=no", str(unit)]
    done = subprocess.run(
        line, capture_output=True, text=True, check=False, env={"XDG_RUNTIME_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.debian
def test_the_system_unit_is_shut_in_as_far_as_measured(tmp_path: Path) -> None:
    unit = tmp_path / "radiary@anna.service"
    shutil.copy(DEPLOY / "systemd/radiary@.service", unit)
    line = ["systemd-analyze", "security", "--offline=true", "--threshold=3", str(unit)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize("name", ["radiary.service", "radiary@.service"])
def test_a_mistake_in_the_settings_is_not_tried_again(name: str) -> None:
    from radiary.commands.exits import Exit

    text = (DEPLOY / "systemd" / name).read_text()
    assert f"RestartPreventExitStatus={Exit.UNUSABLE}\n" in text
    assert "Type=notify\n" in text
    assert "KillMode=mixed\n" in text


def test_the_launch_agent_starts_the_service_and_keeps_it() -> None:
    agent = plistlib.loads((DEPLOY / "launchd/org.radiary.radiary.plist").read_bytes())
    assert agent["Label"] == "org.radiary.radiary"
    assert agent["RunAtLoad"] is True
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
    shell, flag, line = agent["ProgramArguments"]
    assert (shell, flag) == ("/bin/sh", "-c")
    syntax = subprocess.run([shell, "-n", "-c", line], capture_output=True, text=True, check=False)
    assert (syntax.returncode, syntax.stderr) == (0, "")
    assert 'exec "$HOME/.local/bin/radiary" run' in line


def test_every_file_that_the_instructions_name_is_there() -> None:
    text = (DEPLOY / "README.md").read_text()
    named = re.findall(r"deploy/[\w/.@-]+|config\.example\.toml", text)
    assert len(named) >= 3
    for name in named:
        assert (DEPLOY.parent / name).exists(), name
