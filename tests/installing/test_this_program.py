"""What a service is told of the surroundings in which it was installed."""

import sys
from pathlib import Path

import pytest

import radiary
from radiary.installing import this_program
from radiary.model.errors import Mistaken
from radiary.settings import load


def test_the_program_is_called_by_its_whole_path_and_knows_what_it_is_made_of() -> None:
    program = this_program.program()
    assert Path(program.command[0]).is_absolute()
    assert program.command[-1] == "run"
    assert any(one in Path(radiary.__file__).resolve().parents for one in program.made_of)
    assert any(one in Path(sys.executable).resolve().parents for one in program.made_of)


@pytest.mark.parametrize(
    "place",
    [
        "/home/anna/.cache/uv/archive-v0/x/bin/python",
        "/Users/anna/Library/Caches/uv/x/bin/python",
        "/home/anna/.local/share/pipx/.cache/ab12/bin/python",
    ],
)
def test_a_program_in_a_cache_is_not_installed_as_a_service(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", place)
    with pytest.raises(Mistaken, match="uv tool install"):
        this_program.program()


def test_settings_that_were_said_just_now_reach_the_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "radiary.toml"
    config.write_text("after = 'sort'\n")
    monkeypatch.setenv("RADIARY_QUIET_SECONDS", "7")
    overrides = {"watch": [str(tmp_path / "a"), str(tmp_path / "b")], "copies": "none"}
    said = this_program.environment(config, overrides, "auto")
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    settings = load(None, {})
    assert (settings.after, settings.quiet_seconds, settings.copies) == ("sort", 7, "none")
    assert settings.watch == (tmp_path / "a", tmp_path / "b")


def test_the_language_goes_along_only_where_the_system_decides_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert this_program.environment(None, {}, "auto")["LANG"] == "fr_FR.UTF-8"
    assert "LANG" not in this_program.environment(None, {}, "nl")
