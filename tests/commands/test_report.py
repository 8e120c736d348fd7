import json
from pathlib import Path

import pytest

import exports
import odd_archives
from services import Service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A home of Petronella's, in whose paths, settings and exports she is named."""
    home = tmp_path_factory.mktemp("home") / "Petronella"
    home.mkdir()
    made = Service(home, workers=1, words="Petronella", ignore="Petronella*", after="keep")
    held = exports.written(exports.with_pixels(exports.dataset(modality="OT", number=9), exports.ramp()))
    files = {**exports.ct_files(1), "held": held, "cut": exports.written(exports.slice_of_ct(5))[:-200]}
    good = exports.zipped(made.downloads / "Petronella.zip", files)
    bad = made.downloads / "Petronella 2.zip"
    bad.write_bytes(odd_archives.GOOD[: len(odd_archives.GOOD) // 2])
    made.command("once", str(good), str(bad))
    (home / "chronicle/chronicle.yml").write_text("- date: 2024-01-01\n  events: [title: Petronella: x]\n")
    return made


def test_it_says_what_helps_to_find_a_mistake(service: Service) -> None:
    said = json.loads(service.command("report").stdout)
    assert said["radiary"]
    assert said["settings"] == {
        **dict.fromkeys(("library", "private", "chronicle", "state", "watch", "words", "ignore"), "(set)"),
        "quiet_seconds": 0.3,
        "workers": 1,
        "nice": 0,
        "after": "keep",
    }
    assert ["key", "well"] in said["checks"]
    assert said["ledger"]["kinds"]["filed"] == 1
    assert said["ledger"]["reasons"]["pixel-data-truncated"] == 1
    assert said["service"]["life"] == "none"
    assert said["internal_errors"] == []


def test_it_names_nobody_and_no_place(service: Service) -> None:
    text = service.command("report").stdout.lower()
    assert "petronella" not in text
    assert str(service.folder).lower() not in text
    assert not [secret for secret in exports.SECRETS if secret in text]


def test_it_is_written_with_settings_that_are_refused_and_names_none_of_their_values(tmp_path: Path) -> None:
    path = tmp_path / "Petronella.toml"
    path.write_text('petronella = "Petronella"\nafter = "Petronella"\nworkers = "Petronella"\n')
    done = Service(tmp_path).command("report", "--config", str(path))
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["radiary"]
    assert {"The setting `%(name)s` is wrong: %(what)s.", "after"} <= set(said["settings_refused"])
    assert "petronella" not in done.stdout.lower()


def test_it_is_written_into_a_new_file_that_is_its_owners_alone(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    assert service.command("report", str(path)).returncode == 0
    assert json.loads(path.read_text())["radiary"]
    assert path.stat().st_mode & 0o777 == 0o600
    again = service.command("report", str(path))
    assert (again.returncode, "There is a file" in again.stderr) == (2, True)


def test_a_damaged_ledger_is_told_and_in_nobodys_way(service: Service, tmp_path: Path) -> None:
    made = Service(tmp_path)
    (tmp_path / "state").mkdir()
    (tmp_path / "state/ledger.jsonl").write_text("Petronella\n")
    said = json.loads(made.command("report").stdout)
    assert said["ledger"]["faults"] == ["The ledger holds a line that is no event. Run `radiary verify`."]
    assert ["ledger", "bad"] in said["checks"]
