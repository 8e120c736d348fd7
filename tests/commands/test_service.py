"""`radiary service`, with a systemd that is played; the real one is in `make live`."""

import json
import os
import pwd
import sys
from pathlib import Path

import pytest

from keepers import Played
from radiary.cli import main
from radiary.commands.speaking.answers import ANSWERS
from radiary.installing import systemd
from radiary.state.folder import State

STATE = ".local/state/radiary"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of somebody who has downloads."""
    folder = tmp_path / "home"
    (folder / "Downloads").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    for name in [one for one in os.environ if one.startswith(("XDG_", "RADIARY_"))]:
        monkeypatch.delenv(name)
    booted, units = tmp_path / "booted", tmp_path / "etc"
    booted.mkdir()
    units.mkdir()
    monkeypatch.setattr(systemd, "BOOTED", booted)
    monkeypatch.setattr(systemd, "SYSTEM_UNITS", units)
    return folder


@pytest.fixture
def played(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Played:
    return Played(tmp_path / "played", monkeypatch)


def unit(home: Path, name: str = "radiary") -> Path:
    return home / f".config/systemd/user/{name}.service"


def test_installing_writes_the_unit_starts_it_and_says_so(home: Path, played: Played, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["service", "install"]) == 0
    text = unit(home).read_text()
    assert unit(home).stat().st_mode & 0o777 == 0o600
    assert f"ReadWritePaths=-{home / STATE} " in text.replace('"', "") or f"BindPaths=-{home / STATE} " in text
    begun = [one.split("--no-ask-password ")[1] for one in played.told if "systemctl --user" in one]
    assert [one for one in begun if not one.startswith("show")] == [
        "daemon-reload", "reset-failed radiary", "enable radiary", "restart radiary",
    ]  # fmt: skip
    said = capsys.readouterr().out
    assert f"It watches {home}/Downloads" in said
    assert str(home / "Pictures/Radiary/library") in said
    assert (home / "Pictures/Radiary/library").stat().st_mode & 0o777 == 0o700
    assert (home / ".config/radiary").is_dir()


def test_installing_again_takes_the_place_of_what_runs(home: Path, played: Played, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["service", "install"]) == 0
    before = unit(home).read_text()
    with State(home / STATE).locked():  # by the service that runs
        assert main(["service", "install", "--set", "after=sort"]) == 0
    assert unit(home).read_text() != before
    assert "RADIARY_AFTER=sort" in unit(home).read_text()
    assert "made anew" in capsys.readouterr().out
    assert len(list(unit(home).parent.iterdir())) == 1


def test_what_runs_by_hand_is_not_met_by_a_service(home: Path, played: Played, capsys: pytest.CaptureFixture[str]) -> None:
    with State(home / STATE).locked():
        assert main(["service", "install"]) == 1
    assert "already running" in capsys.readouterr().err
    assert not unit(home).exists()


def test_a_second_service_for_the_same_folders_is_refused(home: Path, played: Played, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["service", "install"]) == 0
    capsys.readouterr()
    elsewhere = ["--set", f"state={home}/second"]
    assert main(["service", "install", "--name", "second", *elsewhere]) == 2
    assert "works on the same folders" in capsys.readouterr().err
    assert not unit(home, "radiary-second").exists()
    own = {one: home / "second" / one for one in ("watch", "library", "private", "chronicle", "state")}
    apart = [part for name, place in own.items() for part in ("--set", f"{name}={place}")]
    assert main(["service", "install", "--name", "second", *apart]) == 0
    assert unit(home, "radiary-second").exists()
    capsys.readouterr()
    main(["status"])
    said = f"Another service, radiary-second, does not run; it is there to watch {own['watch']}."
    assert said in capsys.readouterr().out
    with State(own["state"]).locked():
        main(["status"])
    assert f"Another service, radiary-second, runs and watches {own['watch']}." in capsys.readouterr().out


def test_a_service_of_the_system_for_the_same_folders_is_met_too(
    home: Path, played: Played, capsys: pytest.CaptureFixture[str]
) -> None:
    (systemd.SYSTEM_UNITS / "radiary-anna.service").write_text(f"[X-Radiary]\nState=/x\nWatch={home}/Downloads\n")
    (systemd.SYSTEM_UNITS / "radiary@.service").write_text("[Service]\n")
    assert main(["service", "install"]) == 2
    (systemd.SYSTEM_UNITS / "radiary-anna.service").unlink()
    assert main(["service", "install"]) == 0
    assert "written by hand" in capsys.readouterr().out


def test_a_disk_that_is_away_is_not_made_anew(home: Path, played: Played) -> None:
    state = State(home / STATE)
    state.folder.mkdir(parents=True)
    state.ledger.write_text("{}\n")
    assert main(["service", "install"]) == 0
    assert not (home / "Pictures/Radiary").exists()


def test_going_on_after_a_logout_is_seen_to_or_said(home: Path, played: Played, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["service", "install"]) == 0
    assert "log out" not in capsys.readouterr().out
    played.answers("polkit", "1")
    assert main(["service", "install"]) == 0
    assert "sudo loginctl enable-linger" in capsys.readouterr().out
    played.answers("linger", "yes\n")
    assert main(["service", "install"]) == 0
    assert "log out" not in capsys.readouterr().out


def test_a_service_that_does_not_start_is_said_with_what_systemd_says(
    home: Path, played: Played, capsys: pytest.CaptureFixture[str]
) -> None:
    played.answers("refuses", "")
    assert main(["service", "install"]) == 1
    assert "does not start" in (said := capsys.readouterr().err)
    assert "Job failed." in said


def test_without_systemd_a_sentence_says_what_to_do(
    home: Path, played: Played, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(systemd, "BOOTED", home / "nothing")
    assert main(["service", "install"]) == 1
    assert "Neither systemd nor launchd" in capsys.readouterr().err
    assert not unit(home).exists()
    unit(home).parent.mkdir(parents=True)
    unit(home).touch()
    monkeypatch.setenv("PATH", str(home))
    assert main(["service", "logs"]) == 1


def test_without_a_user_bus_a_sentence_says_what_to_do(home: Path, played: Played, capsys: pytest.CaptureFixture[str]) -> None:
    played.answers("bus", "1")
    assert main(["service", "install"]) == 1
    said = capsys.readouterr().err
    assert "user bus" in said
    assert f"sudo loginctl enable-linger {pwd.getpwuid(os.geteuid()).pw_name}`" in said
    assert not unit(home).exists()


def test_settings_that_others_may_write_make_no_service(home: Path, played: Played, capsys: pytest.CaptureFixture[str]) -> None:
    config = home / ".config/radiary/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("after = 'delete'\n")
    config.chmod(0o666)
    assert main(["service", "install"]) == 78
    assert f"chmod go-w '{config}'" in capsys.readouterr().err
    assert not unit(home).exists()
    assert main(["run"]) == 78
    assert "everybody on this computer" in capsys.readouterr().err


def test_uninstalling_leaves_everything_that_was_filed(home: Path, played: Played, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["service", "install"]) == 0
    picture = home / "Pictures/Radiary/library/2024-03-11/x.png"
    picture.parent.mkdir()
    picture.write_bytes(b"x")
    assert main(["service", "uninstall"]) == 0
    assert not unit(home).exists()
    assert any("disable --now radiary" in one for one in played.told)
    assert picture.exists()
    assert (home / STATE).exists()
    assert main(["service", "uninstall"]) == 1
    assert "There is no service radiary" in capsys.readouterr().out


def test_status_says_whether_it_runs_and_ends_with_3_when_it_does_not(
    home: Path, played: Played, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["service", "status"]) == 3
    assert "is not installed" in capsys.readouterr().out
    assert main(["service", "install"]) == 0
    capsys.readouterr()
    assert main(["service", "status"]) == 0
    assert "is running. It starts when you log in. It was started again 2 times" in capsys.readouterr().out
    played.answers("linger", "yes\n")
    assert main(["service", "status"]) == 0
    assert "is running. It starts with the computer." in capsys.readouterr().out
    played.answers("state", "failed")
    played.answers("status", "78")
    assert main(["service", "status"]) == 3
    assert "The settings have a mistake, or the state folder is not the library's." in capsys.readouterr().out
    assert main(["service", "status", "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert (told["installed"], told["is_running"], told["exit_status"]) == (True, False, 78)


def test_programs_get_an_answer(home: Path, played: Played, capsys: pytest.CaptureFixture[str]) -> None:
    for does, is_installed in (("install", True), ("uninstall", False)):
        assert main(["service", "--json", does]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told == {"name": "radiary", "installed": is_installed}
        assert told.keys() == ANSWERS["service install, uninstall"].keys()
    assert not unit(home).exists()


def test_logs_are_those_of_the_service(home: Path, played: Played, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["service", "logs", "--follow"]) == 3
    assert "not installed" in capfd.readouterr().out
    assert main(["service", "install"]) == 0
    assert main(["service", "logs", "--follow"]) == 0
    assert "ready" in capfd.readouterr().out
    assert "--user-unit=radiary" in played.told[-1]
    assert "--follow" in played.told[-1]


def test_names_and_people_that_cannot_be_are_refused(home: Path, played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["service", "install", "--name", "../x"]) == 2
    assert main(["service", "install", "--for", "anna"]) == 2
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    for name in ("nobody-of-that-name", "root"):
        assert main(["service", "install", "--system", "--for", name]) == 2
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert main(["service", "install", "--system"]) == 2


def test_an_empty_name_is_not_the_service_without_one(home: Path, played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["service", "install"]) == 0
    assert main(["service", "uninstall", "--name", ""]) == 2
    assert main(["service", "uninstall", "--for", ""]) == 2
    assert unit(home).exists()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("SUDO_USER", pwd.getpwall()[-1].pw_name)
    assert main(["service", "install", "--system", "--for", ""]) == 2


def test_a_service_of_the_system_is_for_a_person_and_her_settings(
    home: Path, played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything is made as root, and given to her."""
    given: list[tuple[str, int]] = []
    entry = pwd.struct_passwd(("anna", "x", 1234, 1234, "", str(home), "/bin/sh"))
    monkeypatch.setattr(pwd, "getpwnam", lambda _: entry)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", lambda path, user, _: given.append((str(path), user)))
    monkeypatch.setenv("HOME", "/root")
    monkeypatch.setenv("SUDO_USER", "anna")
    assert main(["service", "install", "--system"]) == 0
    path = systemd.SYSTEM_UNITS / "radiary-anna.service"
    text = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o644
    assert "User=anna\n" in text
    assert f"Environment=HOME={home}\n" in text
    assert f"Environment=XDG_DOWNLOAD_DIR={home}/Downloads\n" in text
    assert (str(home / STATE), 1234) in given
    assert all("--user" not in one for one in played.told)


def test_on_a_mac_launchd_keeps_it(
    home: Path, played: Played, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    agent = home / "Library/LaunchAgents/org.radiary.radiary.plist"
    assert main(["service", "install"]) == 0
    assert agent.exists()
    assert "Privacy & Security" in capsys.readouterr().out
    domain = f"gui/{os.geteuid()}"
    assert f"launchctl bootstrap {domain} {agent}" in played.told
    assert main(["service", "status"]) == 0
    assert main(["service", "install", "--name", "again"]) == 2
    assert main(["service", "install", "--system"]) == 2
    (home / "Library/Logs/radiary.log").write_text("ready\n")
    assert main(["service", "logs"]) == 0
    assert main(["service", "uninstall"]) == 0
    assert not agent.exists()
    assert main(["service", "status"]) == 3


def test_an_agent_that_was_disabled_is_enabled_before_it_is_started(
    home: Path, played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    played.answers("disabled", "")
    assert main(["service", "install"]) == 0
    assert f"launchctl enable gui/{os.geteuid()}/org.radiary.radiary" in played.told


def test_a_unit_written_by_hand_is_put_aside_and_never_taken_away(
    home: Path, played: Played, capsys: pytest.CaptureFixture[str]
) -> None:
    unit(home).parent.mkdir(parents=True)
    unit(home).write_text("[Service]\nExecStart=radiary run --state /mine\n")
    assert main(["service", "uninstall"]) == 2
    assert "by hand" in capsys.readouterr().err
    assert main(["service", "install"]) == 0
    assert "--state /mine" in unit(home).with_name("radiary.service.before").read_text()
    assert "written by hand: it is" in capsys.readouterr().out
    assert main(["service", "uninstall"]) == 0
    assert not unit(home).exists()
    assert unit(home).with_name("radiary.service.before").exists()
    assert played.told
