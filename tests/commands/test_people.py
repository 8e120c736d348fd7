"""`radiary people` and `radiary explain`, as their owner uses them."""

import json
from pathlib import Path

import pytest

import exports
from radiary.commands.people import listed
from radiary.state.people import People
from radiary.state.queue import Queue, folded
from services import Service
from stories import filed, series


@pytest.fixture(scope="module")
def filed_once(tmp_path_factory: pytest.TempPathFactory) -> Service:
    tmp_path = tmp_path_factory.mktemp("filed")
    made = Service(tmp_path, workers=1)
    files = {
        "a": exports.written(exports.slice_of_ct(1)),
        "b": exports.written(exports.slice_of_ct(2, study=2, PatientID="OTHER-77", PatientName="Synthetica^Petronella^Maria")),
    }
    made.command("once", str(exports.zipped(made.downloads / "a.zip", files)))
    return made


@pytest.fixture
def service(filed_once: Service, tmp_path: Path) -> Service:
    return filed_once.copied(tmp_path)


def people(service: Service) -> list[dict[str, object]]:
    return list(json.loads(service.command("people", "--json").stdout)["people"])


def test_two_spellings_are_two_people_until_their_owner_says_otherwise(service: Service) -> None:
    one, other = (str(row["code"]) for row in people(service))
    shown = service.command("people").stdout
    assert "may be one person: the same birth date and alike names" in shown
    assert f"radiary people merge {one} {other}" in shown
    assert service.command("people", "merge", one, other).returncode == 0
    (row,) = people(service)
    assert (row["code"], row["identities"]) == (other, 2)
    assert row["exams"] == ["2024-01-01", "2024-01-02"]
    assert service.command("people", "split", other).returncode == 0
    assert len(people(service)) == 2


@pytest.mark.parametrize("is_older", [False, True])
def test_a_record_of_people_that_is_lost_or_older_is_told_and_the_download_brings_them_back(
    service: Service, is_older: bool
) -> None:
    record = service.folder / "state/people"
    before = people(service)
    if is_older:
        kept = record.read_bytes()
        later = exports.slice_of_ct(5, study=5, PatientID="LATER-1", PatientName="Nova^Anna")
        service.command("once", str(exports.zipped(service.folder / "later.zip", {"a": exports.written(later)})))
        before = people(service)
        record.write_bytes(kept)
    else:
        record.unlink()
    said = "The file `people` in the state folder is missing or an older one"
    for command in ("status", "doctor", "people"):
        assert said in service.command(command).stdout, command
    for path in (service.downloads / "a.zip", service.folder / "later.zip"):
        if path.exists():
            assert service.command("once", str(path)).returncode == 0
    assert people(service) == before
    assert said not in service.command("status").stdout


def test_what_comes_after_a_merge_has_the_common_code(service: Service) -> None:
    one, other = (str(row["code"]) for row in people(service))
    service.command("people", "merge", one, other)
    later = exports.zipped(service.downloads / "c.zip", {"c": exports.written(exports.slice_of_ct(3, study=3))})
    service.command("once", str(later))
    assert service.facts("filed")[-1]["studies"][0]["patient"] == other


def test_a_code_can_be_renamed_but_not_to_a_name(service: Service) -> None:
    code = str(people(service)[0]["code"])
    assert service.command("people", "rename", code, "me").returncode == 0
    assert "ME" in {row["code"] for row in people(service)}
    refused = service.command("people", "rename", "ME", "petronella")
    assert refused.returncode == 2
    assert "part of somebody's name" in refused.stderr
    assert service.command("people", "rename", "ME", "a/b").returncode == 2


def test_no_name_is_shown_and_mistakes_are_sentences(service: Service) -> None:
    shown = service.command("people").stdout + service.command("people", "--json").stdout
    assert not [secret for secret in exports.SECRETS if secret in shown.lower()]
    assert service.command("people", "merge", "P-A").returncode == 2
    assert "Nobody has this code" in service.command("people", "split", "P-NOBODY").stderr


def test_more_than_one_person_in_an_export_is_said(service: Service) -> None:
    assert "2 people" in service.command("status").stdout


def test_explain_says_what_was_taken_and_why_and_shows_values_only_when_asked(service: Service) -> None:
    path = str(service.downloads / "a.zip")
    said = service.command("explain", path).stdout
    assert "(0008,0080) Institution Name" in said
    assert "Table E.1-1" in said
    assert not [secret for secret in exports.SECRETS if secret in said.lower()]
    assert "Nowhere Hospital" in service.command("explain", path, "--values").stdout
    digits = service.facts("queued")[0]["export"][:12]
    rows = json.loads(service.command("explain", digits, "--json").stdout)
    assert {"attribute", "what", "why", "files"} == set(rows[0])
    written = exports.leaks(service.folder / "state", service.folder / "library")
    assert written == []


def test_a_paper_of_nobody_is_not_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of_nobody = filed("DOC-a", "2024-01-01", series("S1"), held=True, patient="", modality="DOC")
    queue = folded([of_nobody])
    for known, said in ((queue, "nothing that was filed says whom it is about"), (Queue(), "nothing has been filed")):
        assert listed(People(tmp_path / "people", bytes(32)), known, as_json=False) == 0
        assert said in capsys.readouterr().out


def test_an_export_that_is_gone_cannot_be_explained(service: Service) -> None:
    digits = service.facts("queued")[0]["export"][:12]
    (service.downloads / "a.zip").unlink()
    assert "name its file" in service.command("explain", digits).stderr
