"""What `radiary doctor` says of the services that are installed."""

import os
import pwd
import sys
from pathlib import Path

import pytest

from deploy import examples
from radiary import cli
from radiary.commands import service, service_place
from radiary.commands.installed_service import faults
from radiary.installing import systemd
from radiary.installing.keeper import Health
from radiary.settings import load


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in [one for one in os.environ if one.startswith(("XDG_", "RADIARY_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(systemd, "SYSTEM_UNITS", tmp_path / "etc")
    monkeypatch.setattr(sys, "platform", "linux")
    (tmp_path / ".config/systemd/user").mkdir(parents=True)
    (tmp_path / "etc").mkdir()
    return tmp_path


def installed(folder: Path, home: Path, venv: Path, **settings: object) -> None:
    (folder / "radiary.service").write_text(examples.user(examples.plan(home, venv=venv, **settings)))


def said(home: Path, **overrides: str) -> list[tuple[bool, str]]:
    return list(faults(load(None, overrides), home / ".config/radiary/config.toml"))


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    (tmp_path / "venv/bin").mkdir(parents=True)
    (tmp_path / "venv/bin/radiary").touch()
    return tmp_path / "venv"


def test_of_a_service_that_fits_and_of_none_nothing_is_said(home: Path, venv: Path) -> None:
    assert said(home) == []
    installed(home / ".config/systemd/user", home, venv)
    assert said(home) == []


def test_status_says_how_the_service_that_is_installed_is_started(
    home: Path, venv: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def first_line() -> str:
        assert cli.main(["status"]) == 3
        return capsys.readouterr().out.splitlines()[0]

    assert first_line() == "Radiary is not running; start it with `radiary run`."
    installed(home / ".config/systemd/user", home, venv, state=home / "other")
    assert first_line() == "Radiary is not running; start it with `radiary run`."
    installed(home / ".config/systemd/user", home, venv)
    assert first_line() == "Radiary is not running; start it with `radiary service install`."


def test_a_service_for_other_folders_is_made_anew(home: Path, venv: Path) -> None:
    installed(home / ".config/systemd/user", home, venv)
    [(is_in_the_way, sentence)] = said(home, after="sort")
    assert not is_in_the_way
    assert "`radiary service install` makes it anew" in sentence


def test_a_service_whose_program_is_gone_is_told(home: Path, venv: Path) -> None:
    installed(home / "etc", home, venv)
    (venv / "bin/radiary").unlink()
    [(is_in_the_way, sentence)] = said(home)
    assert is_in_the_way
    assert "`sudo $(which radiary) service install --system` makes" in sentence


def test_what_is_to_be_typed_is_for_the_service_that_is_meant(home: Path, venv: Path) -> None:
    name = pwd.getpwuid(os.geteuid()).pw_name
    own, systems = home / ".config/systemd/user/radiary-nas.service", home / f"etc/radiary-{name}-nas.service"
    for path, how in (
        (own, "radiary service %s --name nas"),
        (systems, f"sudo $(which radiary) service %s --system --for {name} --name nas"),
    ):
        path.write_text(examples.user(examples.plan(home, venv=venv)))
        [(_, sentence)] = said(home, after="sort")
        assert f"`{how % 'install'}` makes it anew" in sentence
        path.unlink()
    place = service_place.place_of(service_place.ServiceArguments(name="nas"))
    said_of_absent = service.said_of(place, Health(is_running=False, is_enabled=False), is_installed=False)
    assert "`radiary service install --name nas`" in said_of_absent


def test_a_service_that_watches_the_same_with_another_state_folder_is_in_the_way(home: Path, venv: Path) -> None:
    installed(home / "etc", home, venv, state=home / "elsewhere")
    [(is_in_the_way, sentence)] = said(home)
    assert is_in_the_way
    assert "another state folder" in sentence


def test_a_service_of_other_folders_is_nobodys_affair(home: Path, venv: Path) -> None:
    installed(home / "etc", home, venv, state=home / "elsewhere", watch=(home / "others",))
    assert said(home) == []


def test_a_user_who_is_a_number_alone_hears_of_no_service(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    assert said(home) == []
