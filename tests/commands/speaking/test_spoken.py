"""What commands say to people is said in their language; what programs read, and the log, is English."""

import ast
import errno
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

import exports
import messages
import odd_archives
from radiary import cli
from radiary.commands import running
from radiary.commands.review import words
from radiary.commands.speaking import console, fact_sentences, spoken
from radiary.language import CODES
from radiary.model import errors
from radiary.model.events import Failed, Forgotten, LookedAgain, Queued
from services import Service
from words_left import left_over

OTHERS = [code for code in CODES if code != "en"]
LOCALES = {"nl": "nl_BE.UTF-8", "fr": "fr_FR.UTF-8", "de": "de_DE.UTF-8"}
RUNS = {"nl": "Radiary draait niet", "fr": "Radiary ne tourne pas", "de": "Radiary läuft nicht"}


@pytest.fixture(scope="module")
def filed_once(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Folders in which an export was filed, of which a part is held and a part was skipped, and another one was not."""
    tmp_path = tmp_path_factory.mktemp("filed")
    made = Service(tmp_path, workers=1)
    odd = {
        "held": exports.written(exports.ultrasound(regions=False, study=2)),
        "damaged": exports.written(exports.slice_of_ct(5))[:-200],
    }
    whole = exports.zipped(made.downloads / "whole.zip", {**exports.ct_files(2), **odd})
    cut = made.downloads / "cut.zip"
    cut.write_bytes(odd_archives.GOOD[: len(odd_archives.GOOD) // 2])
    assert made.command("once", str(whole), str(cut)).returncode == 1
    return made


@pytest.fixture
def service(filed_once: Service, tmp_path: Path) -> Service:
    return filed_once.copied(tmp_path)


def said(service: Service, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a command says in another process, whose locale says nothing but what `environment` does."""
    known = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    line = [sys.executable, "-m", "radiary", command[0], *service.options, *command[1:]]
    said = known | {"PYTHONUTF8": "1"} | environment
    return subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=False, env=said)


def test_status_speaks_the_language_of_the_locale(service: Service) -> None:
    dutch = said(service, "status", LANG="nl_BE.UTF-8").stdout
    assert dutch.startswith("Radiary draait niet; start het met `radiary run`.\nWacht op jou: 1 download niet opgeslagen")
    assert "1 vastgehouden afbeelding (`radiary review`)" in dutch
    assert "Laatst opgeslagen, " in dutch
    assert "overgeslagen: 1 × afgebroken, er ontbreken pixels" in dutch
    assert said(service, "status", LANG="fr_FR.UTF-8").stdout.startswith("Radiary ne tourne pas")
    assert said(service, "status", LC_ALL="C", LANG="nl_BE.UTF-8").stdout.startswith("Radiary is not running")
    assert said(service, "status", LANG="xx_XX.UTF-8").stdout.startswith("Radiary is not running")


def test_the_setting_wins_over_the_locale(service: Service) -> None:
    service.settings["language"] = "de"
    assert said(service, "status", LANG="nl_BE.UTF-8").stdout.startswith("Radiary läuft nicht")
    assert "Es gibt keine Untersuchung 'x'" in said(service, "remove", "x", LANG="nl_BE.UTF-8").stderr


def test_mistakes_are_told_in_the_language_of_the_locale_before_any_settings_are_read(service: Service) -> None:
    done = said(service, "status", "--quiet-second", "nonsense", LANG="nl_BE.UTF-8")
    assert "Er is hier geen optie '--quiet-second'. Bedoelde je '--quiet-seconds'?" in done.stderr
    assert "`radiary status --help` zegt meer." in done.stderr
    service.settings["quiet-seconds"] = "nonsense"
    wrong = said(service, "status", LANG="nl_BE.UTF-8").stderr
    assert "De instelling `quiet_seconds` klopt niet: het moet een getal zijn." in wrong


@pytest.mark.parametrize("command", [("status", "--json"), ("doctor", "--json"), ("verify", "--json"), ("log", "--json")])
def test_programs_read_english_whatever_people_speak(service: Service, command: tuple[str, ...]) -> None:
    english, dutch = (said(service, *command, LANG=locale) for locale in ("C.UTF-8", "nl_BE.UTF-8"))
    still = [re.sub(r"\d{4}-\d\d-\d\d[ T][\d:]+", "", one.stdout) for one in (english, dutch)]
    assert still[0] == still[1] != ""


def test_what_a_program_is_told_of_a_mistake_is_english(service: Service) -> None:
    done = said(service, "once", "--json", str(service.downloads / "cut.zip"), LANG="nl_BE.UTF-8")
    assert json.loads(done.stdout)["exports"][0]["reason"] == "truncated-archive"
    assert "incomplete: its end is missing" in done.stderr


def test_the_log_of_a_service_is_english_whatever_its_owner_speaks(service: Service) -> None:
    service.start(LANG="nl_BE.UTF-8", LC_ALL="")
    try:
        (service.downloads / "second.zip").write_bytes(odd_archives.GOOD[: len(odd_archives.GOOD) // 3])
        service.wait_for("rejected", 2)
        said(service, "once", str(service.downloads / "whole.zip"), LANG="nl_BE.UTF-8")
    finally:
        service.stop()
    assert "watching" in service.log
    assert not [one for one in left_over(service.log, "en", "nl") if one]
    facts = (service.folder / "state/ledger.jsonl").read_text()
    assert "truncated-archive" in facts
    assert not list(left_over(facts, "en", "nl"))


def test_an_old_terminal_shows_it_too(service: Service) -> None:
    for locale in LOCALES.values():
        old = {"LANG": locale, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
        done = said(service, "status", **old)
        assert done.stdout.isascii()
        assert "Traceback" not in done.stderr
        assert "?" not in done.stdout


EVERY = (
    *(("status", "--all"), ("log",), ("doctor",), ("verify",), ("people",), ("restore",), ("pick",), ("papers",)),
    *(("papers", "kinds"), ("papers", "show"), ("papers", "series"), ("release",), ("chronicle",), ("chronicle", "--dry-run")),
    *(("pause",), ("status",), ("resume",), ("resume",), ("unlock", "--forget"), ("unlock", "ffff"), ("retry",)),
    ("forget", "ffff"),
    *(("forget", "f"), ("explain", "ffff"), ("explain", "{downloads}/whole.zip")),
    ("explain", "{downloads}/whole.zip", "--values"),
    *(("once", "{downloads}/whole.zip", "{downloads}/cut.zip", "{downloads}/none.zip"), ("rebuild",), ("people", "merge", "A")),
    *(("remove",), ("remove", "never"), ("remove", "--gone"), ("remove", "2024-01-01"), ("status", "--all"), ("restore",)),
    *(("restore", "2024-01-01"), ("restore", "never"), ("export", "csv", "{folder}/values.csv"), ("pick", "add", "2024-01-01")),
    *(("pick", "add", "2024-01-01", "9/9"), ("pick", "add", "2024-01-01", "1/1"), ("share", "never", "--to", "{folder}/copy")),
    *(("backup", "--passphrase-file", "{folder}/none", "{folder}/me.radiary"), ("restore", "{folder}/none.radiary")),
    *(("service", "status", "--for", "me"), ("service", "status", "--name", "?"), ("config", "nonsense"), ("sttaus",)),
    *(("report", "{folder}"), ("config",), ("status", "--set", "x"), ("status", "--set", "x=1"), ("status", "--quiet")),
    ("status", "--workers", "many"),
)  # fmt: skip
"""What is typed on a prepared home: everything that needs no one at its keys."""


@pytest.mark.parametrize("code", OTHERS)
def test_no_command_leaves_a_sentence_in_english(
    service: Service, code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", LOCALES[code])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    left: dict[tuple[str, ...], list[str]] = {}
    whole = ""
    for command in EVERY:
        words = [word.format(downloads=service.downloads, folder=service.folder) for word in command]
        cli.main([words[0], *service.options, *words[1:]])
        shown = "".join(capsys.readouterr())
        whole += shown
        if english := list(left_over(shown, code, "en")):
            left[command] = english
    assert left == {}
    assert RUNS[code] in whole


def test_no_command_prints_words_that_cannot_be_translated() -> None:
    bare = []
    for path in sorted((messages.ROOM / "commands").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("out.print", "err.print")):
                bare += [
                    f"{path.name}:{node.lineno}"
                    for argument in node.args
                    for text in _bare(argument)
                    if re.search("[A-Za-z]{2}", text)
                ]
    assert bare == []


def test_no_error_is_raised_with_a_sentence_that_cannot_be_translated() -> None:
    bare = []
    for path in sorted(messages.ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Mistaken", "Unusable", "NotMergeable"):
                bare += [f"{path.name}:{node.lineno}" for one in node.args if isinstance(one, ast.JoinedStr | ast.BinOp)]
    assert bare == []


def _bare(argument: ast.expr) -> Iterator[str]:
    """Literal words of an expression, but for what is looked up, and markup of a terminal."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield re.sub(r"\[[^]]*\]", "", argument.value)
    elif isinstance(argument, ast.JoinedStr):
        for one in argument.values:
            yield from _bare(one)
    elif isinstance(argument, ast.IfExp):
        yield from (*_bare(argument.body), *_bare(argument.orelse))
    elif isinstance(argument, ast.BinOp | ast.BoolOp):
        for one in ast.iter_child_nodes(argument):
            yield from _bare(one) if isinstance(one, ast.expr) else ()


def test_a_line_of_the_log_above_the_bar_stays_english(capsys: pytest.CaptureFixture[str]) -> None:
    spoken.use("nl")
    line = errors.LibraryFull.sentence()
    assert spoken.translated(line) != line
    running.OnTerminal().emit(logging.LogRecord("radiary", logging.WARNING, "", 0, line, (), None))
    assert capsys.readouterr().err == f"{line}\n"


def test_the_page_of_review_is_written_in_the_language_that_is_spoken() -> None:
    page = (messages.ROOM / "commands/review/page/index.html").read_text()
    spoken.use("fr")
    french = words.page(page)
    assert '<html lang="fr">' in french
    assert "<h1>Images et documents retenus</h1>" in french
    assert 'aria-label="Ce qui est retenu"' in french
    assert "data-" not in french
    assert not list(left_over(french, "fr", "en"))
    said = words.words()
    assert (said["code"], len(str(said["messages"])) > 10_000) == ("fr", True)
    spoken.use("en")
    assert (words.words(), "<h1>Held pictures and papers</h1>" in words.page(page)) == (
        {"code": "en", "messages": {}},
        True,
    )


def test_an_english_terminal_reads_no_catalogue(tmp_path: Path) -> None:
    code = (
        "import sys; from radiary import cli; from radiary.commands.speaking import spoken;"
        "cli.main(['status', '--set', f'state={sys.argv[1]}']);"
        "print(len(spoken.language().catalogue) > 0)"
    )
    for locale, known in (("C.UTF-8", "False"), ("nl_BE.UTF-8", "True")):
        known_here = os.environ | {"LC_ALL": locale}
        line = [sys.executable, "-c", code, str(tmp_path / "state")]
        done = subprocess.run(line, capture_output=True, text=True, env=known_here, check=True)
        assert done.stdout.splitlines()[-1] == known


def test_a_day_is_said_in_words() -> None:
    told = {}
    for code in CODES:
        spoken.use(code)
        told[code] = spoken.day(date(2024, 3, 1))
    assert told == {"en": "1 March 2024", "nl": "1 maart 2024", "fr": "1er mars 2024", "de": "1. März 2024"}


def test_a_moment_is_said_as_a_day_and_a_time() -> None:
    spoken.use("nl")
    assert spoken.moment(datetime(2024, 3, 1, 9, 30).astimezone()) == "1 maart 2024, 09:30"


def test_why_the_computer_refused_something_is_said_in_the_language_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "fr_BE.UTF-8")
    assert cli.main(["report", str(tmp_path / "none/report.json"), "--set", f"state={tmp_path / 'state'}"]) == 2
    assert "(fichier ou dossier absent)" in capsys.readouterr().err
    assert spoken.refused(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))).endswith("plus de place sur le disque.")
    assert spoken.refused(OSError(errno.EPROTO, "Protocol error")).endswith("Protocol error.")
    assert spoken.refused(OSError()).endswith("OSError.")


def test_how_exports_ended_is_counted_so_that_no_word_has_to_agree(service: Service) -> None:
    told = {code: service.command("status", "--set", f"language={code}").stdout for code in ("en", "fr")}
    assert re.search(r"  exports: \d filed, ", told["en"])
    assert re.search(r"  exports\u202f: classé \(\d\), ", told["fr"])


def test_things_in_one_line_are_parted_as_each_language_does() -> None:
    told = {}
    for code in CODES:
        spoken.use(code)
        told[code] = spoken.listed(["one", "two", "three"])
    assert told == dict.fromkeys(CODES, "one; two; three") | {"fr": "one\u202f; two\u202f; three"}


def test_what_a_download_is_stands_in_the_log_in_every_language() -> None:
    spoken.use("fr")
    assert fact_sentences.sentence(Queued(export="a" * 64, kind="folder", size=3000)).endswith("dossier, 3 Ko")


def test_a_column_is_as_wide_as_its_longest_word_is_in_that_language() -> None:
    assert spoken.longest("yours", "proposed") == len("proposed")
    spoken.use("de")
    assert spoken.longest("yours", "proposed") == len("vorgeschlagen")


def test_the_columns_of_the_log_stand_below_each_other_in_every_language() -> None:
    export = "a" * 64
    facts = [Forgotten(export=export), LookedAgain(study="2.25.7", cleared=0, held={}), Failed(export=export, error="OSError")]
    for code in CODES:
        spoken.use(code)
        starts = {console.line(fact).index(f"  {fact_sentences.sentence(fact)}") for fact in facts}
        assert len(starts) == 1, code
