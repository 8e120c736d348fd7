"""`radiary release` as its owner uses it: values of a test go out by her word, and come back by it."""

import json
from pathlib import Path

import pytest

import exports
from papers import STYLES, Analysis, Paper
from services import Service

HERS = {"PatientName": "Quillemans^Roos", "PatientBirthDate": "19581123", "PatientID": "Q-4411"}


@pytest.fixture
def service(tmp_path: Path) -> Service:
    data = tmp_path / "site/_data"
    data.mkdir(parents=True)
    made = Service(tmp_path, workers=1, **{"site-data": data / "story.yml", "site-images": tmp_path / "site/images"})
    exports.zipped(made.downloads / "a.zip", exports.ct_files(1, **HERS))
    (made.downloads / "b.pdf").write_bytes(STYLES["dutch"]()[0])
    assert made.command("once", str(made.downloads / "a.zip"), str(made.downloads / "b.pdf")).returncode == 0
    assert made.command("papers", "confirm", "--all").returncode == 0
    return made


def told(service: Service) -> set[str]:
    """Tests that are named in what Radiary wrote for other eyes."""
    places = ("chronicle", "site", "library")
    texts = [path.read_text(errors="replace") for name in places for path in (service.folder / name).rglob("*") if path.is_file()]
    return {name for name in ("CRP", "Hemoglobine", "Natrium") for text in texts if name in text}


def test_values_go_out_by_her_word_alone_and_come_back_by_it(service: Service) -> None:
    assert "0 of 8 series are released." in service.command("release").stdout
    assert told(service) == set()
    done = service.command("release", "crp", "--site")
    assert (done.returncode, "1 series released." in done.stdout) == (0, True)
    assert told(service) == {"CRP"}
    values = service.folder / "site/_data/story_values.json"
    assert [one["name"] for one in json.loads(values.read_text())["series"]] == ["CRP"]
    assert "in the chronicle and the site" in service.command("release").stdout
    rows = service.command("export", "csv", "-").stdout.splitlines()[1:]
    assert [row.split(",")[3] for row in rows] == ["CRP"]
    assert service.command("release", "CRP").returncode == 0
    assert not values.exists()
    assert service.command("release", "CRP", "--back").returncode == 0
    assert told(service) == set()
    assert service.command("export", "csv", "-").stdout.splitlines()[1:] == []
    assert service.command("release", "nothing").returncode == 2


def test_while_the_service_runs_it_carries_it_out(service: Service) -> None:
    with service:
        assert service.command("release", "Natrium").returncode == 0
        service.wait(lambda: told(service) == {"Natrium"})
        assert service.command("release", "Natrium", "--back").returncode == 0
        service.wait(lambda: told(service) == set())
        assert service.stop() == 0


@pytest.mark.parametrize("form", ["csv", "fhir"])
def test_an_export_replaces_a_former_one_and_no_file_of_hers(form: str, service: Service) -> None:
    path = service.folder / "values"
    for _ in range(2):
        assert service.command("export", form, str(path)).returncode == 0
    for hers in ("date,weight\n2024-01-01,70\n", "{}"):
        path.write_text(hers)
        done = service.command("export", form, str(path))
        assert (done.returncode, f"{path} is there already, and Radiary did not write it." in done.stderr) == (2, True)
        assert path.read_text() == hers
    done = service.command("export", form, str(service.folder / "nowhere/values"))
    assert (done.returncode, f"There is no folder {service.folder}/nowhere. Make it" in done.stderr) == (2, True)


def test_a_series_that_names_somebody_is_in_no_export(tmp_path: Path) -> None:
    made = Service(tmp_path, workers=1)
    exports.zipped(made.downloads / "a.zip", exports.ct_files(1, **HERS))
    paper = Paper()
    paper.letterhead("Geboren op: 23/11/1958", "Staalname op: 05/03/24")
    paper.line((50, "Analyse"), (260, "Resultaat"), (350, "Eenheid"), (440, "Referentie"))
    paper.tests([Analysis("Kalium", "4,1", "mmol/L"), Analysis("Factor Quillemans", "7", "U/L")])
    (made.downloads / "b.pdf").write_bytes(paper.made())
    assert made.command("once", str(made.downloads / "a.zip"), str(made.downloads / "b.pdf")).returncode == 0
    assert made.command("papers", "confirm", "--all").returncode == 0
    made.command("release", "--all")
    for form in ("csv", "fhir"):
        done = made.command("export", form, "-")
        assert (done.returncode, "Kalium" in done.stdout, "Quillemans" in done.stdout) == (1, True, False)
        assert "would tell who it is about" in done.stderr
