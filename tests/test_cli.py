import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import exports
from radiary import __version__, cli
from radiary.commands.command_line.command import Command
from radiary.commands.grammar.root import root
from services import Service


@pytest.fixture
def filed(tmp_path: Path) -> Service:
    """Folders in which one export was filed."""
    made = Service(tmp_path, workers=1)
    path = exports.zipped(tmp_path / "Petronella.zip", {**exports.ct_files(2), "readme.txt": b"hi"})
    done = made.command("once", str(path))
    assert done.returncode == 0, done.stderr
    return made


@pytest.mark.parametrize("option", ["--version", "-V", "version"])
def test_the_version_is_told(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([option]) == 0
    assert capsys.readouterr().out == f"radiary {__version__}\n"


@pytest.mark.parametrize("words", [[], ["status"], ["statsu"]])
def test_help_before_a_command_is_its_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    told = [(cli.main(line), *capsys.readouterr()) for line in (["help", *words], [*words, "--help"])]
    assert told[0] == told[1]
    assert told[0][0] == (2 if words == ["statsu"] else 0)


@pytest.mark.parametrize("word", ["help", "version"])
def test_help_before_a_word_that_is_no_command_of_its_own_is_the_help_of_all(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [(cli.main(line), *capsys.readouterr()) for line in (["help", word], ["--help"])]
    assert told[0] == told[1]


def test_every_summary_is_a_sentence() -> None:
    assert [one.summary for one in root.commands.values() if isinstance(one, Command) and not one.summary.endswith(".")] == []


@pytest.mark.parametrize("command", sorted(root.commands))
def test_every_command_explains_itself_on_one_screen(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert len(shown.splitlines()) <= 40
    assert f"Examples:\n  radiary {command}" in shown
    assert ("--set NAME=VALUE" in shown) == (command not in ("completion", "demo"))
    assert "--quiet-seconds" not in shown


def test_all_commands_stand_on_one_screen(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert len(shown.splitlines()) <= 40
    assert all(f"\n  {name}" in shown for name in root.commands)
    assert cli.main([]) == 2


@pytest.mark.parametrize("code", ["en_GB", "nl_BE", "fr_BE", "de_DE"])
def test_words_of_a_help_fit_a_terminal_of_40_columns(
    code: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", f"{code}.UTF-8")
    monkeypatch.setenv("COLUMNS", "40")
    for arguments in ([], *([name] for name in root.commands)):
        assert cli.main([*arguments, "--help"]) == 0
        wide = {one.strip() for one in capsys.readouterr().out.splitlines() if len(one) > 40}
        typed = {line for one in root.commands.values() if isinstance(one, Command) for line in one.examples}
        assert wide - typed == set()


@pytest.mark.parametrize(
    ("code", "usage"), [("nl_BE", "Gebruik: radiary"), ("fr_BE", "Usage\u202f: radiary"), ("de_DE", "Aufruf: radiary")]
)
def test_helps_are_in_the_language_of_the_terminal_and_fit_its_screen(
    code: str, usage: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", f"{code}.UTF-8")
    for arguments in ([], *([name] for name in root.commands)):
        assert cli.main([*arguments, "--help"]) == 0
        shown = capsys.readouterr().out
        assert shown.startswith(usage)
        assert len(shown.splitlines()) <= 40
        assert [line for line in shown.splitlines() if code == "fr_BE" and re.fullmatch(r"\w[\w ]*:", line)] == []
        words = " ".join(shown.split())
        said = [one for name in arguments or root.commands if isinstance(one := root.commands[name], Command)]
        assert [one.summary for one in said if one.summary.rstrip(".") in words] == []


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["stauts"], "'status'"),
        (["status", "--jsn"], "'--json'"),
        (["status", "--quiet-second", "1"], "'--quiet-seconds'"),
        (["status", "--set", "quiet=1"], "'quiet_seconds'"),
        (["status", "--set", "libary=/x"], "'library'"),
        (["people", "marge"], "merge"),
        (["uninstall"], "'service uninstall'"),
        (["confirm"], "'papers confirm'"),
    ],
)
def test_a_misspelt_word_is_misuse_and_what_was_meant_is_asked(
    arguments: list[str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    shown = capsys.readouterr().err
    assert meant in shown
    assert shown.count("\n") == 1
    assert "--help` says more" in shown


@pytest.mark.parametrize(
    ("arguments", "said", "command"),
    [
        ("service", "DOES fehlt. Es ist eines von install, uninstall, status, logs.", "radiary service"),
        ("service Instal", "'Instal' ist keines von install, uninstall, status, logs. Meinten Sie 'install'?", "radiary service"),
        ("STATUS", "Es gibt keinen Befehl 'STATUS'. Meinten Sie 'status'?", "radiary"),
        ("--set workers=1", "Der Befehl fehlt.", "radiary"),
        ("status all of it", "Nicht verstanden: all of it.", "radiary status"),
        ("share CT-yxemwnz6", "--to fehlt.", "radiary share"),
        ("restore --into", "Auf --into muss ein Wert folgen.", "radiary restore"),
        ("status --all=yes", "Auf --all kann kein Wert folgen.", "radiary status"),
        ("papers confirm 7f3a --row first", "--row muss eine ganze Zahl sein.", "radiary papers"),
        ("review --port 99999", "--port muss eine ganze Zahl von 0 bis 65535 sein.", "radiary review"),
    ],
)
def test_what_the_grammar_does_not_take_is_told_in_the_language_of_the_terminal(
    arguments: str, said: str, command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert cli.main(arguments.split()) == 2
    assert capsys.readouterr().err == f"radiary: {said} `{command} --help` sagt mehr.\n"


@pytest.mark.parametrize("way", ["--state={}", "--state {}", "--set state={}"])
def test_a_setting_is_given_in_every_way_that_scripts_use(way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = way.format(tmp_path).split(" ")
    for arguments in (["config", *given, "state"], ["config", "state", *given]):
        assert cli.main(arguments) == 0
        assert f'state = "{tmp_path}"  # command line' in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["--workers", "many"], ["--config", "/absent.toml"], ["--library", "relative"], ["--config", "~nobody/x"]]
)
def test_a_mistake_is_one_sentence_and_78(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["status", *arguments]) == 78
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("radiary: ")
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize("command", ["status", "verify", "log", "run", "once", "review"])
def test_a_folder_in_the_ledgers_place_is_one_sentence_and_78(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ledger.jsonl").mkdir()
    more = [str(tmp_path)] if command == "once" else []
    assert cli.main([command, "--set", f"state={tmp_path}", *more]) == 78
    assert capsys.readouterr().err.count("something else lies in its place") == 1


def test_status_tells_people_and_programs(filed: Service) -> None:
    status = filed.command("status")
    shown = status.stdout
    assert status.returncode == filed.command("status", "--json").returncode == 3
    assert "not running" in shown
    assert "2024-01-01/CT-" in shown
    assert "2 pictures" in shown
    assert str(filed.folder / "chronicle/index.html") in shown
    told = json.loads(filed.command("status", "--json").stdout)
    assert told["running"] is False
    (last,) = told["exports"].values()
    assert (last["type"], last["pictures"], last["left"]) == ("filed", 2, 1)


@pytest.mark.parametrize("line", ["log --schema", "config --example", "status --json", "people", "doctor"])
def test_a_reader_that_has_enough_is_no_failure(line: str, filed: Service) -> None:
    name, *rest = line.split()
    assert ended_without_reader(name, *filed.options, *rest) == (0, b"")


def test_a_reader_that_has_enough_of_a_help_is_no_failure() -> None:
    assert ended_without_reader("--help") == (0, b"")


def ended_without_reader(*line: str) -> tuple[int, bytes]:
    """How a command ends whose output nobody reads, and what it says on standard error."""
    run = [sys.executable, "-u", "-m", "radiary", *line]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        assert command.stdout
        assert command.stderr
        command.stdout.close()
        said = command.stderr.read()
    return command.returncode, said


def test_status_of_a_new_home_says_what_to_do(tmp_path: Path) -> None:
    shown = Service(tmp_path).command("status")
    assert shown.returncode == 3
    assert "radiary run" in shown.stdout
    assert "none yet" in shown.stdout
    assert "drop an export" in made_log(tmp_path)
    assert not (tmp_path / "state").exists()


def test_before_anything_was_filed_no_disk_is_asked_for_and_nobody_is_said_to_be_there(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    (tmp_path / "letter.txt").write_text("Dear Petronella")
    service.command("once", str(tmp_path / "letter.txt"))
    (tmp_path / "library/.radiary").unlink()
    assert service.command("people").stdout == "Nobody yet: nothing has been filed.\n"
    assert service.command("pick").stdout == "There is no exam in the library.\n"
    for line in (("pick", "list", "2024-01-01"), ("share", "2024-01-01", "--to", str(tmp_path / "copy"))):
        done = service.command(*line)
        assert (done.returncode, "There is no exam '2024-01-01'" in done.stderr) == (2, True)


def made_log(folder: Path) -> str:
    return Service(folder).command("log").stderr.lower()


def test_the_log_is_readable_and_raw_and_has_a_schema(filed: Service) -> None:
    lines = filed.command("log").stdout.splitlines()
    assert [line.split()[2] for line in lines] == ["opened", "queued", "started", "filed", "chronicled"]
    schema = json.loads(filed.command("log", "--schema").stdout)
    raw = filed.command("log", "--json").stdout
    assert raw == (filed.folder / "state/ledger.jsonl").read_text()
    for line in raw.splitlines():
        jsonschema.validate(json.loads(line), schema)


def test_the_log_can_be_followed(tmp_path: Path) -> None:
    made = Service(tmp_path, workers=1)
    line = [sys.executable, "-m", "radiary", "log", "-f", *made.options]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as follower:
        assert follower.stdout is not None
        assert follower.stderr is not None
        assert "Nothing has happened yet" in follower.stderr.readline()
        seen = []
        for slices, facts in ((1, 5), (2, 3)):  # it waits for the ledger first, and then at its end
            made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(slices))))
            seen += [follower.stdout.readline().split()[2] for _ in range(facts)]
        follower.terminate()
    assert seen == ["opened", "queued", "started", "filed", "chronicled", "queued", "started", "filed"]


def test_the_log_ends_quietly_when_its_reader_does(filed: Service) -> None:
    line = " ".join([sys.executable, "-m", "radiary", "log", "--schema", *filed.options]) + " | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_verify_finds_what_was_changed(filed: Service) -> None:
    assert filed.command("verify").returncode == 0
    picture = next((filed.folder / "library").rglob("*.png"))
    picture.write_bytes(b"changed")
    found = filed.command("verify")
    assert found.returncode == 1
    assert "has changed" in found.stdout
    assert "radiary once" in found.stdout
    assert json.loads(filed.command("verify", "--json").stdout)["sound"] is False


def test_no_command_shows_who_it_is(filed: Service) -> None:
    for command in (["status"], ["status", "--json"], ["log"], ["log", "--json"], ["verify"]):
        shown = filed.command(*command)
        text = (shown.stdout + shown.stderr).lower()
        assert not [secret for secret in exports.SECRETS if secret in text], command


def test_following_the_log_goes_on_with_a_ledger_that_was_made_anew(tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    import exports
    from services import Service

    service = Service(tmp_path, workers=1)
    service.command("once", str(exports.zipped(service.downloads / "a.zip", exports.ct_files(1))))
    line = [sys.executable, "-m", "radiary", "log", "-f", *service.options]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}) as follower:
        assert follower.stdout is not None
        while "filed" not in follower.stdout.readline():
            pass
        (tmp_path / "state/ledger.jsonl").unlink()
        assert service.command("rebuild").returncode == 0
        while "rebuilt" not in follower.stdout.readline():
            pass
        follower.terminate()


@pytest.mark.parametrize(
    "line",
    [
        *(
            "papers set 7f3a --kind",
            "papers set 7f3a --date",
            "papers set 7f3a --person",
            "papers show",
            "papers cut 7f3a --part",
        ),
        *("remove", "remove 2024-01-01 --series", "remove 2024-01-01 --picture", "restore", "share --to x --thread", "windows"),
        *("people merge P-A", "pick list", "release", "unlock", "retry", "forget", "explain", "config", "service status --name"),
    ],
)
def test_an_empty_word_names_nothing_and_is_misuse(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RADIARY_STATE", str(tmp_path / "state"))
    words = line.split()
    said = f"A value has to follow {words[-1]}." if words[-1].startswith("--") else "is missing."
    assert cli.main([*words, ""]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words", ["once", "explain", "backup", "report", "demo --folder", "chronicle --jekyll", "pause --config"]
)
def test_an_empty_path_is_not_the_folder_one_is_in(
    words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RADIARY_STATE", str(tmp_path / "state"))
    assert cli.main([*words.split(), ""]) == 2
    assert re.search("is missing|has to follow", capsys.readouterr().err)
    assert list(tmp_path.iterdir()) == []
