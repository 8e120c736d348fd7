import json
import re
from pathlib import Path

import pytest

import exports
from radiary.commands.grammar.root import root
from radiary.model.nouns import CT_WINDOWS
from services import Service


@pytest.fixture(scope="module")
def filed_once(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A CT of three slices and a mammogram, filed."""
    tmp_path = tmp_path_factory.mktemp("filed")
    made = Service(tmp_path, workers=1)
    mammogram = exports.written(exports.with_pixels(exports.dataset(modality="MG", number=9, study=2), exports.ramp()))
    path = exports.zipped(tmp_path / "a.zip", {**exports.ct_files(3), "mg": mammogram})
    made.command("once", str(path))
    return made


@pytest.fixture
def service(filed_once: Service, tmp_path: Path) -> Service:
    return filed_once.copied(tmp_path)


def pictures(service: Service, window: str) -> list[Path]:
    return sorted((service.folder / "library").rglob(f"*-{window}.png"))


def test_a_ct_is_shown_in_the_windows_that_are_asked_for_and_its_page_offers_them(service: Service) -> None:
    before = service.files()
    done = service.command("windows", "2024-01-01", "--window", "lung", "--window", "bone")
    assert (done.returncode, done.stdout) == (0, "Made: lung, bone. The exam's page lets you choose among them.\n")
    assert [len(pictures(service, window)) for window in ("lung", "bone", "brain")] == [3, 3, 0]
    assert [one.read_bytes() for one in pictures(service, "lung")] != [one.read_bytes() for one in pictures(service, "bone")]
    after = service.files()
    assert {name: after[name] for name in before if not name.endswith("study.json")} == {
        name: data for name, data in before.items() if not name.endswith("study.json")
    }
    data = "".join(path.read_text() for path in (service.folder / "chronicle/viewer").rglob("*.js"))
    assert "-lung.png" in data
    assert "-brain.png" not in data
    assert service.command("verify").returncode == 0
    assert service.facts("rescaled")[-1]["windows"] == ["bone", "lung"]
    assert ": shown in further windows (bone, lung)" in service.command("log").stdout


def test_all_of_them_are_made_where_none_is_named_and_what_is_there_stays(service: Service) -> None:
    service.command("windows", "2024-01-01", "--window", "lung")
    lung = {path: path.stat().st_ino for path in pictures(service, "lung")}
    assert service.command("windows", "2024-01-01").returncode == 0
    assert {path: path.stat().st_ino for path in pictures(service, "lung")} == lung
    assert [len(pictures(service, window)) for window in ("soft-tissue", "lung", "bone", "brain")] == [3, 3, 3, 3]
    for path in (service.folder / "library").rglob("study.json"):
        paths = re.findall(r'"path": ?"([^"]+)"', path.read_text())
        assert len(paths) == len(set(paths))
    again = service.command("windows", "2024-01-01")
    assert (again.returncode, "Nothing was made" in again.stderr) == (2, True)


def test_a_window_made_later_is_the_one_that_the_settings_make(service: Service, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Service(tmp_path / "other", workers=1, windows="lung")
    other.command("once", str(tmp_path / "a.zip"))
    service.command("windows", "2024-01-01", "--window", "lung")
    assert [one.read_bytes() for one in pictures(service, "lung")] == [one.read_bytes() for one in pictures(other, "lung")]


def offered(service: Service) -> str:
    """What the exams' pages are told of their pictures."""
    return "".join(path.read_text() for path in (service.folder / "chronicle/viewer").rglob("exam-*.js"))


def filed(service: Service, first: int, count: int, *options: str) -> None:
    path = exports.zipped(service.folder / f"{first}.zip", exports.ct_files(count, first=first))
    assert service.command("once", *options, str(path)).returncode == 0


def test_a_window_that_was_asked_for_stays_where_more_of_the_series_comes_later(service: Service) -> None:
    service.command("windows", "2024-01-01", "--window", "lung")
    before = {path: path.stat().st_ino for path in pictures(service, "lung")}
    filed(service, 4, 2)
    assert [len(pictures(service, window)) for window in ("lung", "bone")] == [5, 0]
    assert offered(service).count("-lung.png") == 5
    assert {path: path.stat().st_ino for path in before} == before
    assert service.command("verify").returncode == 0


@pytest.mark.parametrize("settings", [("lung", ""), ("", "lung"), ("lung", "lung")])
def test_a_window_stays_though_parts_of_the_series_came_under_other_settings(settings: tuple[str, str], tmp_path: Path) -> None:
    made = Service(tmp_path, workers=1)
    for number, windows in enumerate(settings):
        filed(made, 1 + 2 * number, 2, *(("--windows", windows) if windows else ()))
    assert len(pictures(made, "lung")) == 4
    assert offered(made).count("-lung.png") == 4
    assert made.command("verify").returncode == 0


def test_a_slice_without_a_copy_keeps_no_export_waiting(service: Service) -> None:
    service.command("windows", "2024-01-01", "--window", "lung")
    filed(service, 4, 1, "--copies", "none")
    assert len(pictures(service, "lung")) == 3
    assert "-lung.png" not in offered(service)


def test_what_is_no_ct_and_what_is_nowhere_is_a_sentence(service: Service) -> None:
    (mammogram,) = (one["folder"] for fact in service.facts("filed") for one in fact["studies"] if one["modality"] == "MG")
    done = service.command("windows", mammogram)
    assert (done.returncode, "only a CT" in done.stderr) == (2, True)
    assert "There is no exam" in service.command("windows", "1999-01-01").stderr
    assert "Name exams" in service.command("windows").stderr


def test_a_running_service_makes_them(service: Service) -> None:
    with service:
        assert "within seconds" in service.command("windows", "2024-01-01", "--window", "lung").stdout
        service.wait(lambda: len(pictures(service, "lung")) == 3)
        service.wait_for("rescaled")


def test_without_copies_nothing_is_made(tmp_path: Path) -> None:
    made = Service(tmp_path, workers=1, copies="none")
    made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(1))))
    assert made.command("windows", "2024-01-01").returncode == 2
    assert json.loads(next((tmp_path / "library").rglob("study.json")).read_text())
    assert not pictures(made, "lung")


def test_a_copy_that_is_not_as_it_was_written_shows_nothing(service: Service) -> None:
    for path in (service.folder / "library").rglob("*.dcm"):
        path.write_bytes(path.read_bytes() + b"x")
    assert service.command("windows", "2024-01-01").returncode == 2
    assert not pictures(service, "lung")


def test_the_command_offers_every_window_that_there_is() -> None:
    (chosen,) = (option for option in root.commands["windows"].params if option.name == "chosen")
    assert chosen.to_info_dict()["type"]["choices"] == CT_WINDOWS
