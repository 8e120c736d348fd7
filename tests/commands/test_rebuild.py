import shutil
from pathlib import Path

import pytest
from PIL import Image

import exports
from radiary import cli
from radiary.commands import status
from services import Service


@pytest.fixture(scope="module")
def filed_once(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Folders in which two exams were filed, on two days; `older` is the state folder as it was after the first."""
    tmp_path = tmp_path_factory.mktemp("filed")
    made = Service(tmp_path, workers=1)
    assert made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(1)))).returncode == 0
    shutil.copytree(tmp_path / "state", tmp_path / "older")
    assert made.command("once", str(exports.zipped(tmp_path / "b.zip", exports.ct_files(1, study=2)))).returncode == 0
    return made


@pytest.fixture
def service(filed_once: Service, tmp_path: Path) -> Service:
    return filed_once.copied(tmp_path)


def studies(service: Service) -> int:
    return len(list((service.folder / "library").glob("*/*/study.json")))


def test_a_rebuilt_ledger_leaves_her_site_data_and_its_pictures_as_they_are(service: Service) -> None:
    site, images = service.folder / "chronicle/chronicle.yml", service.folder / "chronicle/images"
    text = site.read_text()
    site.write_text(text[: text.index("- date: 2024-01-02")])
    (images / "2024-01-02/scan1.jpg").unlink()
    with Image.open(images / "2024-01-01/scan1.jpg") as picture:
        picture.crop((0, 0, 8, 8)).save(images / "2024-01-01/scan1.jpg")
    hers = {path: path.read_bytes() for path in (site, *sorted(images.rglob("*.jpg")))}
    (service.folder / "state/ledger.jsonl").unlink()
    assert service.command("rebuild").returncode == 0
    assert service.command("once", str(service.folder / "a.zip")).returncode == 0
    assert service.command("once", str(exports.zipped(service.folder / "c.zip", exports.ct_files(1, study=3)))).returncode == 0
    assert site.read_text().startswith(hers.pop(site).decode())
    assert "2024-01-02" not in site.read_text()
    assert "2024-01-03" in site.read_text()
    assert {path: path.read_bytes() for path in hers} == hers
    assert sorted(path.relative_to(images).as_posix() for path in images.rglob("*.jpg")) == [
        "2024-01-01/scan1.jpg",
        "2024-01-03/scan1.jpg",
    ]


def test_a_ledger_is_not_rebuilt_without_an_exam_whose_record_is_missing(service: Service) -> None:
    (service.folder / "state/ledger.jsonl").unlink()
    record = next((service.folder / "library/2024-01-01").glob("*/study.json"))
    record.unlink()
    done = service.command("rebuild")
    assert (done.returncode, f"2024-01-01/{record.parent.name} has no sound" in done.stderr) == (78, True), done.stderr
    record.mkdir()
    assert "has no sound" in service.command("rebuild").stderr
    assert not (service.folder / "state/ledger.jsonl").exists()


def test_pictures_are_known_again_by_what_they_show(service: Service) -> None:
    slices = [exports.slice_of_ct(n, study=4, series=n, WindowCenter=100 * n, WindowWidth=50) for n in (1, 2, 3)]
    files = {str(n): exports.written(one) for n, one in enumerate(slices)}
    service.command("once", str(exports.zipped(service.folder / "d.zip", files)))
    other = {"scan1.jpg": "scan2.jpg", "scan2.jpg": "scan1.jpg"}
    swapped = {series: other.get(name, name) for series, name in service.facts("chronicled")[-1]["pictures"].items()}
    (service.folder / "state/ledger.jsonl").unlink()
    images = service.folder / "chronicle/images/2024-01-04"
    for name, place in (("scan1.jpg", "x"), ("scan2.jpg", "scan1.jpg"), ("x", "scan2.jpg")):
        (images / name).rename(images / place)
    assert service.command("rebuild").returncode == 0
    assert next(fact["pictures"] for fact in service.facts("chronicled") if fact["date"] == "2024-01-04") == swapped


def test_an_older_state_folder_is_refused_until_the_ledger_is_brought_up_to_its_library(service: Service) -> None:
    shutil.rmtree(service.folder / "state")
    (service.folder / "older").rename(service.folder / "state")
    before = service.facts()
    done = service.command("once", str(service.folder / "b.zip"))
    assert (done.returncode, "radiary rebuild" in done.stderr) == (78, True)
    for command in ("verify", "doctor"):
        told = service.command(command)
        assert (told.returncode, "radiary rebuild" in told.stdout) == (1, True)
    assert "radiary rebuild" in service.command("status").stdout
    assert service.facts() == before
    done = service.command("rebuild")
    assert done.returncode == 0, done.stderr
    assert [len(fact["studies"]) for fact in service.facts("rebuilt")] == [1]
    assert service.command("verify").returncode == 0
    site = (service.folder / "chronicle/chronicle.yml").read_text()
    assert service.command("once", str(service.folder / "b.zip")).returncode == 0
    assert "2024-01-02" in (service.folder / "chronicle/index.html").read_text()
    assert (service.folder / "chronicle/chronicle.yml").read_text() == site
    assert (studies(service), service.command("verify").returncode) == (2, 0)


def test_a_ledger_that_lacks_nothing_is_left_alone_and_nothing_is_wrong_with_the_state_folder(service: Service) -> None:
    before = (service.folder / "state/ledger.jsonl").read_bytes()
    done = service.command("rebuild")
    assert (done.returncode, "knows everything" in done.stderr) == (2, True)
    assert (service.folder / "state/ledger.jsonl").read_bytes() == before


def test_on_a_fresh_computer_it_says_that_the_key_is_wanted_and_where_it_comes_from(service: Service) -> None:
    shutil.rmtree(service.folder / "state")
    done = service.command("rebuild")
    assert done.returncode == 78
    assert f"No file `key` is in the state folder {service.folder / 'state'}, and without it" in done.stderr
    assert "`radiary restore FILE`" in done.stderr


def test_a_new_state_folder_is_refused_by_a_library_that_has_one_and_no_key_is_made(service: Service) -> None:
    (service.folder / "state").rename(service.folder / "lost")
    for mark in (None, b'{"made by": "Radiary", "version": 1}\n', b""):
        if mark is not None:
            (service.folder / "library/.radiary").write_bytes(mark)
            (service.folder / "private/.radiary").write_bytes(mark)
        done = service.command("once", str(service.folder / "a.zip"))
        assert (done.returncode, "from a backup" in done.stderr) == (78, True)
        assert "from a backup" in service.command("status").stdout
        assert [path.name for path in (service.folder / "state").iterdir()] == ["lock"]
    shutil.rmtree(service.folder / "state")
    (service.folder / "lost").rename(service.folder / "state")
    assert service.command("once", str(service.folder / "a.zip")).returncode == 0
    assert (studies(service), service.command("verify").returncode) == (2, 0)


def test_a_library_of_another_that_is_plugged_in_meanwhile_waits_with_a_sentence(tmp_path: Path, service: Service) -> None:
    (tmp_path / "other").mkdir()
    other = Service(tmp_path / "other", workers=1)
    other.settings["library"] = other.folder / "disk"
    with other:
        (opened,) = other.facts("opened")
        mark = other.folder / "private/.radiary"  # the last that a start writes
        other.wait(lambda: mark.exists() and opened["key"] in mark.read_text())
        shutil.rmtree(other.folder / "disk")
        (service.folder / "library").rename(other.folder / "disk")
        exports.zipped(other.downloads / "a.zip", exports.ct_files(1))
        other.wait(lambda: other.facts("deferred") or other.facts("filed"))
        assert "another key" in other.command("status").stdout
        other.stop()
    assert len(list((other.folder / "disk").glob("*/*/study.json"))) == 2


def test_status_says_where_a_service_of_the_system_keeps_its_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "system/anna").mkdir(parents=True)
    monkeypatch.setattr(status, "_SYSTEM", tmp_path / "system")
    made = Service(tmp_path, workers=1)
    assert cli.main(["status", *made.options]) == 3
    assert f"radiary status --set state={tmp_path / 'system/anna'}" in capsys.readouterr().out


def test_a_rebuilt_ledger_calls_no_study_by_its_owners_words(service: Service) -> None:
    library = service.folder / "library"
    folder = next(library.glob("2024-01-01/*"))
    (library / "Knee of Erika Mustermann").mkdir()
    folder.rename(library / "Knee of Erika Mustermann" / folder.name)
    (service.folder / "state/ledger.jsonl").unlink()
    assert service.command("rebuild").returncode == 0
    assert "Mustermann" not in (service.folder / "state/ledger.jsonl").read_text()
    assert service.command("verify").returncode == 0
