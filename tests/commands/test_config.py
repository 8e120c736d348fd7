import json
from pathlib import Path

import pytest

from radiary import cli
from radiary.commands.command_line import settings_given
from radiary.settings import Settings, file_of, load

ROOT = Path(__file__).parents[2]


def test_each_setting_is_shown_with_where_it_was_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "config.toml"
    config.write_text("quiet_seconds = 9\nworkers = 3\n")
    monkeypatch.setenv("RADIARY_WORKERS", "7")
    assert cli.main(["config", "--config", str(config), "--set", "after=sort"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == f"# {config}"
    assert {"quiet_seconds = 9.0  # file", "workers = 7  # environment", 'after = "sort"  # command line', "polling = false"} <= {
        *shown
    }
    assert len(shown) == 1 + len(Settings.model_fields)


def test_programs_get_values_and_origins(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["config", "--json", "--set", "watch=/a", "--set", "watch=/b", "watch", "quiet-seconds"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "watch": {"value": ["/a", "/b"], "from": "command line"},
        "quiet_seconds": {"value": 5.0, "from": "default"},
    }


def test_a_list_that_is_followed_by_another_value_is_not_taken_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["config", "--json", "--set", 'ignore=["*.a", "*.c"]', "--set", "ignore=*.b", "ignore"]) == 0
    assert json.loads(capsys.readouterr().out)["ignore"]["value"] == ["*.a", "*.c", "*.b"]


@pytest.mark.parametrize("how", ["--write", "--example"])
def test_a_file_with_every_setting_takes_no_names(how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "config.toml"
    assert cli.main(["config", how, "--config", str(config), "watch"]) == 2
    said = capsys.readouterr()
    assert (said.out, "leave out watch" in said.err, config.exists()) == ("", True, False)


def test_a_setting_that_is_none_is_misuse_and_wrong_settings_are_78(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["config", "quite_seconds"]) == 2
    assert "Did you mean 'quiet_seconds'?" in capsys.readouterr().err
    assert cli.main(["config", "nonsense"]) == 2
    assert capsys.readouterr().err == "radiary: There is no setting 'nonsense'. `radiary config` shows them all.\n"
    assert cli.main(["config", "--set", "workers=many"]) == 78


def test_the_example_is_the_one_in_the_package_and_names_all_settings(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["config", "--example"]) == 0
    assert capsys.readouterr().out == (ROOT / "config.example.toml").read_text()
    assert set(settings_given.setting_names()) == set(Settings.model_fields)
    lists = {name for name, info in Settings.model_fields.items() if "tuple" in str(info.annotation)}
    assert {name for name, has_several in settings_given.setting_names().items() if has_several} == lists


def test_the_example_names_the_folders_of_this_computer_so_that_following_it_moves_nothing(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = home / ".config/user-dirs.dirs"
    folders.parent.mkdir(parents=True, exist_ok=True)
    folders.write_text('XDG_DOWNLOAD_DIR="$HOME/T\u00e9l\u00e9chargements"\nXDG_PICTURES_DIR="/media/disk/Images"\n')
    assert cli.main(["config", "--example"]) == 0
    example = home / "config.toml"
    example.write_text(capsys.readouterr().out)
    assert load(example, {}) == load(None, {})
    assert load(example, {}).watch == (home / "T\u00e9l\u00e9chargements",)


def test_the_example_is_put_in_its_place_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["config", "--write"]) == 0
    path = file_of(None)
    assert (f"Written: {path}" in capsys.readouterr().out, path.stat().st_mode & 0o777) == (True, 0o600)
    path.write_text("workers = 3\n")
    assert cli.main(["config", "--write"]) == 2
    assert path.read_text() == "workers = 3\n"
