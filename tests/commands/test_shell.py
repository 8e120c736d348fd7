"""What shells and `man` know of the commands."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import exports
from radiary import cli
from radiary.commands.command_line.exits import MEANINGS
from radiary.commands.grammar.root import root
from radiary.commands.shell import manual
from radiary.commands.speaking import spoken
from radiary.language import Language
from services import Service

ROOT = Path(__file__).parents[2]


def completed(service: Service, *words: str) -> list[str]:
    """What the shell is offered for the last of `words`."""
    line = {"COMP_WORDS": "\n".join(["radiary", *words]), "COMP_CWORD": str(len(words)), "_RADIARY_COMPLETE": "bash_complete"}
    state = {"RADIARY_STATE": str(service.folder / "state")}
    done = subprocess.run(
        [sys.executable, "-m", "radiary"], env=os.environ | line | state, capture_output=True, text=True, check=False
    )
    return [row.partition(",")[2] for row in done.stdout.splitlines() if row]


def test_commands_options_settings_exports_and_exams_are_completed(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    service.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(1))))
    (filed,) = service.facts("filed")
    digits, folder = filed["export"][:12], filed["studies"][0]["folder"]
    assert completed(service, "re") == ["resume", "retry", "remove", "restore", "review", "rebuild", "release", "report"]
    assert completed(service, "log", "--f") == ["--follow"]
    assert completed(service, "log", "--quiet") == []
    assert completed(service, "status", "--set", "quiet") == ["quiet_seconds="]
    assert completed(service, "config", "quiet") == ["quiet_seconds"]
    assert completed(service, "retry", digits[:5]) == [digits]
    assert completed(service, "remove", folder[:4]) == [folder]
    assert completed(service, "remove", "CT-") == [folder.partition("/")[2]]


def test_what_lies_in_the_trash_is_offered_to_be_restored_and_else_files(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    service.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(1))))
    folder = service.facts("filed")[0]["studies"][0]["folder"]
    assert completed(service, "restore", folder[:4]) == [folder[:4]]
    assert service.command("remove", folder).returncode == 0
    assert completed(service, "restore", folder[:4]) == [folder]
    assert completed(service, "restore", "/media/me") == ["/media/me"]


def test_what_a_command_does_is_shown_in_the_language_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "nl_BE.UTF-8")
    spoken.use_locale()
    assert root.commands["pause"].get_short_help_str() == "Begin geen download tot `radiary resume`"
    for command in (root, root.commands["retry"], root.commands["service"]):
        with command.make_context("radiary", ["install"], resilient_parsing=True) as context:
            known = Language("nl", "commands").catalogue.values()
            shown = {one.help for one in command.shell_complete(context, "-") if one.help}
            assert shown <= set(known), shown


def test_without_a_ledger_nothing_is_offered_and_nothing_said(tmp_path: Path) -> None:
    assert completed(Service(tmp_path), "retry", "") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_lines(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["completion", shell]) == 0
    assert f"_RADIARY_COMPLETE={shell}_complete" in capsys.readouterr().out


def test_the_manual_in_the_package_is_the_grammars() -> None:
    assert (ROOT / "deploy/radiary.1").read_text() == manual(root), "radiary's grammar changed: write deploy/radiary.1 anew"


def test_the_manual_names_every_command_and_exit_status() -> None:
    page = manual(root)
    assert all(f"\n.B {name} " in page for name in root.commands)
    assert all(f"\n.B {status.value}\n" in page for status in MEANINGS)
