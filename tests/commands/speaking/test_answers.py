"""`--json` of every command that a program would ask: one object, with the keys that docs/reference promises, and no sentence."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import exports
import odd_archives
from papers import STYLES
from radiary import cli
from radiary.commands.grammar.root import root
from radiary.commands.speaking.answers import ANSWERS
from services import Service

HERS = {"PatientName": "Quillemans^Roos", "PatientBirthDate": "19581123", "PatientID": "Q-4411"}
NO_ANSWER = {"run", "report", "completion", "demo"}
"""What runs on, writes JSON anyway, or is for a person's eyes alone."""
PASSPHRASE = "seven quiet geese cross the pond"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """Folders in which an exam and a paper are filed, and one download is not."""
    made = Service(tmp_path, workers=1)
    exports.zipped(made.downloads / "Petronella.zip", exports.ct_files(2, **HERS))
    (made.downloads / "Roos.pdf").write_bytes(STYLES["dutch"]()[0])
    (made.downloads / "broken.zip").write_bytes(odd_archives.GOOD[: len(odd_archives.GOOD) // 2])
    made.command("once", *(str(made.downloads / name) for name in ("Petronella.zip", "Roos.pdf", "broken.zip")))
    return made


def answered(service: Service, typed: str, *arguments: str) -> Mapping[str, Any]:
    """The answer of a command, with the promised keys and nobody's name."""
    name = typed.split(maxsplit=1)[0]
    done = service.command(name, "--json", *arguments)
    assert done.returncode in (0, 1), done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert list(told) == list(ANSWERS[typed])
    for secret in ("Quillemans", "Roos", "4411", "1958", "Petronella", "broken.zip"):
        assert secret not in done.stdout
    return told


def test_every_command_that_a_program_would_ask_answers_and_says_so() -> None:
    asked = {name for name, one in root.commands.items() if any("--json" in option.opts for option in one.params)}
    assert asked == root.commands.keys() - NO_ANSWER
    assert {typed.split()[0] for typed in ANSWERS} == asked - {"log", "config"}  # facts and settings have pages of their own


def test_what_is_done_about_downloads_is_answered(service: Service) -> None:
    (rejected,) = service.facts("rejected")
    assert answered(service, "retry") == {"done": True, "exports": [rejected["export"]]}
    assert answered(service, "forget", rejected["export"][:12]) == {"done": True, "exports": [rejected["export"]]}
    assert answered(service, "unlock", "--forget")["done"] is True
    assert answered(service, "pause") == {"paused": True}
    assert answered(service, "resume") == {"paused": False}
    refused = service.command("retry", "--json", "ffff")
    assert (refused.returncode, refused.stdout) == (2, "")


def test_a_service_that_runs_is_told_from_what_is_done(service: Service) -> None:
    with service:
        assert answered(service, "retry")["done"] is False
        assert answered(service, "chronicle") == {"done": False, "note": None}
        assert service.stop() == 0


def test_the_chronicle_answers_what_it_wrote_and_what_it_would_write(service: Service, tmp_path: Path) -> None:
    assert answered(service, "chronicle") == {"done": True, "note": None}
    assert answered(service, "chronicle --dry-run", "--dry-run") == {"lines": 0, "note": None}
    site = tmp_path / "site"
    site.mkdir()
    files = answered(service, "chronicle --jekyll", "--jekyll", str(site))["files"]
    assert [one["written"] for one in files] == [True] * 3
    assert all((site / one["file"]).is_file() for one in files)


def test_papers_and_values_answer(service: Service, tmp_path: Path) -> None:
    (paper,) = answered(service, "papers")["papers"]
    confirmed = answered(service, "papers confirm", "confirm", "--all")
    assert (confirmed["papers"], confirmed["values"] > 0, confirmed["left"]) == ([paper["paper"]], True, [])
    rows = answered(service, "release")["series"]
    assert {one["released"] for one in rows} == {False}
    assert answered(service, "release SERIES", "CRP")["series"] == [one["series"] for one in rows if one["test"] == "CRP"]
    table = tmp_path / "values.csv"
    assert answered(service, "export", "csv", str(table)) == {"values": len(table.read_text().splitlines()) - 1, "series": 1}
    refused = service.command("export", "--json", "csv", "-")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert len(answered(service, "papers release, keep", "keep", rows[0]["series"])["series"]) == 1
    (code,) = answered(service, "papers cut, uncut", "cut", paper["paper"], "--row", "1")["cuttings"]
    assert [one["cutting"] for one in answered(service, "papers cuttings", "cuttings")["cuttings"]] == [code]
    assert answered(service, "papers cut, uncut", "uncut", code)["cuttings"] == [code]
    assert answered(service, "papers cuttings", "cuttings") == {"cuttings": []}
    assert answered(service, "papers withdraw, set, not-mine, discard, join", "withdraw", paper["paper"]) == {"done": True}


def test_exams_answer(service: Service) -> None:
    (exam,) = answered(service, "pick list")["exams"]
    assert [one["picture"] for one in exam["pictures"]] == ["1/2"]
    assert answered(service, "pick add, remove", "add", exam["folder"], "1/1") == {
        "done": True,
        "picked": True,
        "pictures": ["1/1"],
    }
    disc = answered(service, "pick --dicom", "--dicom", str(service.folder / "disc"))
    assert (disc["copies"], disc["selections"]) == (2, 1)
    windows = answered(service, "windows", exam["folder"], "--window", "lung")
    assert (windows["windows"], windows["exams"]) == (["lung"], [exam["exam"]])
    assert answered(service, "remove", exam["folder"])["done"] is True
    assert answered(service, "restore EXAM", exam["folder"])["done"] is True


def test_people_answer(service: Service, tmp_path: Path) -> None:
    (person, *_) = answered(service, "people")["people"]
    assert answered(service, "people merge, split, rename", "rename", person["code"], "me") == {"codes": ["ME"]}
    (tmp_path / "other").mkdir()
    assert answered(Service(tmp_path / "other"), "people") == {"people": [], "alike": []}


def test_a_backup_and_a_rebuilt_ledger_answer(service: Service, tmp_path: Path) -> None:
    secret, kept = tmp_path / "secret", tmp_path / "kept.radiary"
    secret.write_text(PASSPHRASE)
    backup = answered(service, "backup", "--passphrase-file", str(secret), str(kept))
    assert backup["facts"] == len(service.facts())
    restored = answered(
        service, "restore FILE", "--passphrase-file", str(secret), "--into", str(tmp_path / "elsewhere"), str(kept)
    )
    assert restored["facts"] == backup["facts"]
    (service.folder / "state/ledger.jsonl").unlink()
    assert answered(service, "rebuild")["exams"] == 2


def test_a_copy_that_is_given_away_answers_what_was_left_out(service: Service, tmp_path: Path) -> None:
    (exam,) = answered(service, "pick list")["exams"]
    told = answered(service, "share", exam["folder"], "--to", str(tmp_path / "copy"))
    assert (told["exams"], told["people"], told["left_out"]["sealed"]) == (1, 1, 0)


def test_after_an_answer_sentences_are_said_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RADIARY_STATE", str(tmp_path / "state"))
    assert cli.main(["resume", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"paused": False}
    assert cli.main(["resume"]) == 0
    assert "paused" in capsys.readouterr().out
