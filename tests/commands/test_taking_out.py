import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import exports
from radiary import settings
from radiary.service import wiring
from services import Service


@pytest.fixture(scope="module")
def filed_once(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Folders in which two exams were filed, the first one with two series."""
    tmp_path = tmp_path_factory.mktemp("filed")
    made = Service(tmp_path, workers=1)
    files = {**exports.ct_files(2), "s2": exports.written(exports.slice_of_ct(1, series=2))}
    for name, content in (("a.zip", files), ("b.zip", exports.ct_files(1, study=2))):
        assert made.command("once", str(exports.zipped(tmp_path / name, content))).returncode == 0
    return made


@pytest.fixture
def service(filed_once: Service, tmp_path: Path) -> Service:
    return filed_once.copied(tmp_path)


def page(service: Service) -> str:
    return (service.folder / "chronicle/index.html").read_text()


def standing(service: Service) -> dict[str, bytes]:
    return {name: data for name, data in service.files().items() if ".trash" not in name}


def test_an_exam_is_taken_out_of_everything_and_comes_back_as_it_was(service: Service) -> None:
    before, images = standing(service), service.folder / "chronicle/images/2024-01-01"
    done = service.command("remove", "2024-01-01")
    assert (done.returncode, "radiary restore" in done.stdout, "chronicle.yml" in done.stdout) == (0, True, True), done.stderr
    assert not [name for name in standing(service) if "2024-01-01" in name]
    assert "2024-01-01" not in page(service)
    assert not list(images.glob("*.jpg"))
    assert not list((service.folder / "chronicle/sheets").glob("2024-01-01*"))
    assert service.command("verify").returncode == 0
    folder = service.facts("removed")[0]["folder"]
    assert f"{folder}: an exam was taken out" in service.command("restore").stdout
    assert "1 taken out" in service.command("status").stdout
    assert service.command("restore", folder).returncode == 0
    assert standing(service) == before
    assert "2024-01-01" in page(service)
    assert len(list(images.glob("*.jpg"))) == 2
    assert service.command("verify").returncode == 0


def test_what_was_taken_out_is_not_named_as_filed_last(service: Service) -> None:
    for taken_out, last in (("2024-01-02", "2024-01-01/CT-"), ("2024-01-01", "What was filed is not in the library any more.")):
        assert service.command("remove", taken_out).returncode == 0
        said = service.command("status").stdout.splitlines()[2]
        assert last in said
        assert taken_out not in said


def test_the_same_download_brings_nothing_back_until_its_owner_says_so(service: Service) -> None:
    before = standing(service)
    service.command("remove", "2024-01-01")
    shutil.copy(service.folder / "a.zip", service.folder / "copy.zip")
    other = exports.zipped(
        service.folder / "other.zip", {**exports.ct_files(3), "new": exports.written(exports.slice_of_ct(study=3))}
    )
    for path in ("a.zip", "copy.zip"):
        done = service.command("once", str(service.folder / path))
        assert (done.returncode, "took out" in done.stderr) == (1, True), done.stderr
    assert service.command("once", str(other)).returncode == 0
    assert service.facts("filed")[-1]["skipped"] == {"taken-out": 3}
    assert not [name for name in standing(service) if "2024-01-01" in name]
    assert service.command("once", "--again", str(service.folder / "a.zip")).returncode == 0
    assert {name: data for name, data in standing(service).items() if "2024-01-03" not in name} == before
    assert service.command("once", str(service.folder / "other.zip")).returncode == 0
    assert service.command("verify").returncode == 0


def test_one_series_or_one_picture_goes_and_stays_away(service: Service) -> None:
    assert service.command("remove", "2024-01-01", "--series", "2").returncode == 0
    picture = next((service.folder / "library").glob("2024-01-01/*/001-ct/0002-*.png"))
    assert service.command("remove", "2024-01-01", "--picture", picture.name).returncode == 0
    left = [name.rpartition("/")[2][:5] for name in standing(service) if "2024-01-01" in name and name.endswith(".png")]
    assert left == ["0001-"]
    assert service.command("verify").returncode == 0
    service.command("once", str(exports.zipped(service.folder / "c.zip", exports.ct_files(3))))
    names = sorted(name.rpartition("/")[2][:5] for name in standing(service) if "2024-01-01" in name and name.endswith(".png"))
    assert names == ["0001-", "0003-"]
    assert service.facts("filed")[-1]["skipped"] == {"taken-out": 1}
    assert service.command("restore", "2024-01-01").returncode == 0
    assert len([name for name in standing(service) if "2024-01-01" in name and name.endswith(".png")]) == 4
    assert service.command("verify").returncode == 0


def test_a_series_that_is_none_names_those_there_are(service: Service) -> None:
    done = service.command("remove", "2024-01-01", "--series", "7")
    assert (done.returncode, "There is no series '7' in this exam. Its series: 001-ct, 002-ct." in done.stderr) == (2, True)
    done = service.command("remove", "2024-01-01", "--series", "1", "--picture", "none.png")
    assert (done.returncode, "no such series or picture" in done.stderr) == (2, True)


@pytest.mark.parametrize("which", ["--series", "--picture"])
def test_a_part_without_a_name_is_no_part_and_not_the_whole_exam(service: Service, which: str) -> None:
    before = standing(service)
    assert service.command("remove", "2024-01-01", which, "").returncode == 2
    assert standing(service) == before


def test_the_service_that_runs_does_it_and_a_restart_brings_nothing_back(service: Service) -> None:
    shutil.copy(service.folder / "a.zip", service.downloads / "a.zip")
    with service:
        assert "within seconds" in service.command("remove", "2024-01-01").stdout
        service.wait_for("removed")
        service.wait(lambda: "2024-01-01" not in page(service))
        service.stop()
    with service:
        exports.zipped(service.downloads / "c.zip", exports.ct_files(1, study=3))
        service.wait_for("chronicled", 3)
        assert not [name for name in standing(service) if "2024-01-01" in name]
        assert "within seconds" in service.command("restore", "2024-01-01").stdout
        service.wait_for("restored")
        service.wait(lambda: "2024-01-01" in page(service))
        service.stop()


def test_what_was_deleted_by_hand_is_no_fault_and_is_settled_by_a_command(service: Service) -> None:
    folder = next((service.folder / "library").glob("2024-01-01/*"))
    shutil.rmtree(folder)
    told = service.command("verify")
    assert (told.returncode, "radiary remove --gone" in told.stdout) == (0, True)
    assert json.loads(service.command("verify", "--json").stdout)["notes"]
    assert "deleted by hand" in service.command("status").stdout
    done = service.command("forget", service.facts("filed")[0]["export"][:12])
    assert (done.returncode, "radiary remove" in done.stderr) == (2, True)
    assert service.command("remove", "--gone").returncode == 0
    assert "2024-01-01" not in page(service)
    assert "deleted by hand" not in service.command("verify").stdout + service.command("status").stdout.partition("  exports")[0]
    assert service.command("once", str(service.folder / "a.zip")).returncode == 1
    assert not folder.exists()
    assert "Nothing was deleted by hand" in service.command("remove", "--gone").stdout


def test_a_library_that_is_away_was_not_deleted(service: Service) -> None:
    (service.folder / "library").rename(service.folder / "away")
    assert "Nothing was deleted by hand" in service.command("remove", "--gone").stdout
    (service.folder / "library").mkdir()  # where it is mounted
    assert "Nothing was deleted by hand" in service.command("remove", "--gone").stdout
    assert service.command("remove", "2024-01-01").returncode == 1
    (service.folder / "library").rmdir()
    (service.folder / "away").rename(service.folder / "library")
    assert service.command("verify").returncode == 0


def test_the_trash_is_emptied_in_passing(service: Service) -> None:
    service.command("remove", "2024-01-01")
    (old,) = (service.folder / "library/.trash").iterdir()
    old.rename(old.with_name(f"{datetime.now(tz=UTC).date() - timedelta(days=40)}{old.name[10:]}"))
    assert service.command("once", str(service.folder / "b.zip")).returncode == 0
    assert not list((service.folder / "library/.trash").iterdir())
    done = service.command("restore", "2024-01-01")
    assert (done.returncode, "once --again" in done.stderr) == (2, True)


def test_the_trash_of_a_library_that_is_not_ours_is_not_emptied(service: Service) -> None:
    service.command("remove", "2024-01-01")
    (old,) = (service.folder / "library/.trash").iterdir()
    old = old.rename(old.with_name("2001-01-01" + old.name[10:]))
    old.with_name(f".due-{old.name}").write_text("2001-02-01")
    places = {name: service.folder / name for name in ("library", "private", "chronicle", "state")}
    with wiring.started(settings.load(None, {**places, "watch": [service.downloads], "workers": 1})) as opened:
        marker = service.folder / "library/.radiary"
        said = marker.read_text()
        marker.write_text(said.replace(json.loads(said)["key"], "0" * len(json.loads(said)["key"])))
        opened.chronicle()
        assert old.exists()


def test_an_exam_that_is_named_twice_is_taken_out_once(service: Service) -> None:
    assert "Taken out: 1." in service.command("remove", "2024-01-01", "2024-01-01").stdout
    assert "2024-01-01" not in page(service)
    assert "Restored: 1." in service.command("restore", "2024-01-01", "2024-01-01").stdout


@pytest.mark.parametrize(
    "arguments", [[], ["2030-01-01"], ["2024-01-01", "--series", "9"], ["2024-01-01", "2024-01-02", "--series", "1"]]
)
def test_what_is_not_there_is_a_sentence(service: Service, arguments: list[str]) -> None:
    before = service.facts()
    assert service.command("remove", *arguments).returncode == 2
    assert service.facts() == before


def test_two_exams_of_one_day_are_named_by_their_code(service: Service) -> None:
    files = {"x": exports.written(exports.slice_of_ct(study=5, StudyDate="20240101"))}
    service.command("once", str(exports.zipped(service.folder / "e.zip", files)))
    done = service.command("remove", "2024-01-01")
    assert (done.returncode, done.stderr.count("2024-01-01/CT-")) == (2, 2)
    code = service.facts("filed")[-1]["studies"][0]["folder"].rpartition("-")[2]
    assert service.command("remove", code).returncode == 0


def test_what_is_held_is_taken_out_of_the_private_shelf(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    files = {**exports.ct_files(1), "us": exports.written(exports.ultrasound(regions=False, number=7))}
    service.command("once", str(exports.zipped(tmp_path / "a.zip", files)))
    assert {fact["held"] for fact in service.facts("filed")[0]["studies"]} == {True, False}
    before = standing(service)
    assert service.command("remove", "2024-01-01").returncode == 0
    assert not [name for name in standing(service) if "2024-01-01" in name]
    assert service.command("verify").returncode == 0
    assert len({fact["trash"] for fact in service.facts("removed")}) == 1, "library and shelf each have a trash of their own"
    assert service.command("restore").stdout.count("an exam was taken out") == 2
    assert service.command("restore", "2024-01-01").returncode == 0
    assert standing(service) == before
    assert service.command("verify").returncode == 0


def test_nothing_is_built_on_a_bare_mount_point_though_every_exam_was_taken_out(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    files = {**exports.ct_files(1), "us": exports.written(exports.ultrasound(regions=False, number=7))}
    service.command("once", str(exports.zipped(tmp_path / "a.zip", files)))
    service.command("remove", "2024-01-01")
    for place in ("private", "library"):
        (tmp_path / place).rename(tmp_path / "unplugged")
        (tmp_path / place).mkdir()
        assert service.command("once", str(exports.zipped(tmp_path / "b.zip", exports.ct_files(1, study=2)))).returncode == 1
        assert f"{place}-offline".replace("private", "shelf") in service.command("status", "--json").stdout
        assert not list((tmp_path / place).iterdir())
        (tmp_path / place).rmdir()
        (tmp_path / "unplugged").rename(tmp_path / place)
    assert service.command("once", str(tmp_path / "b.zip")).returncode == 0


def test_a_rebuilt_ledger_knows_what_was_taken_out(service: Service) -> None:
    before = standing(service)
    service.command("remove", "2024-01-01")
    (service.folder / "state/ledger.jsonl").unlink()
    assert service.command("rebuild").returncode == 0
    assert "took out" in service.command("once", str(service.folder / "a.zip")).stderr
    assert service.command("verify").returncode == 0
    assert service.command("restore", "2024-01-01").returncode == 0
    assert standing(service) == before


def test_a_rebuilt_ledger_knows_the_parts_that_were_taken_out(service: Service) -> None:
    before = standing(service)
    picture = next((service.folder / "library").glob("2024-01-01/*/001-ct/0002-*.png"))
    assert service.command("remove", "2024-01-01", "--picture", picture.name).returncode == 0
    assert service.command("remove", "2024-01-01", "--series", "2").returncode == 0
    (service.folder / "state/ledger.jsonl").unlink()
    assert service.command("rebuild").returncode == 0
    shutil.copy(service.folder / "a.zip", service.folder / "copy.zip")
    service.command("once", str(service.folder / "copy.zip"))
    assert not picture.exists()
    assert not list(picture.parent.parent.glob("002-*/*.png"))
    assert service.command("verify").returncode == 0
    assert service.command("restore", "2024-01-01").returncode == 0
    assert standing(service) == before


def test_an_exam_is_named_by_the_folder_it_was_moved_to(service: Service) -> None:
    folder = next((service.folder / "library").glob("2024-01-01/*"))
    (service.folder / "library/Lungs").mkdir()
    folder.rename(service.folder / "library/Lungs/first")
    assert "Taken out: 1." in service.command("remove", "Lungs/first").stdout
    assert not (service.folder / "library/Lungs/first").exists()


def test_what_was_filed_again_is_offered_no_more(service: Service) -> None:
    service.command("remove", "2024-01-01")
    assert "2024-01-01" in service.command("restore").stdout
    assert service.command("once", "--again", str(service.folder / "a.zip")).returncode == 0
    assert "Nothing was taken out" in service.command("restore").stdout
    done = service.command("restore", "2024-01-01")
    assert (done.returncode, "Nothing of an exam" in " ".join(done.stderr.split())) == (2, True), done.stdout
    assert "in the trash" not in service.command("status").stdout


def test_programs_are_told_what_was_taken_out_and_what_is_back(service: Service) -> None:
    said = json.loads(service.command("remove", "--json", "2024-01-01").stdout)
    assert (said["done"], [one["does"] for one in said["wishes"]]) == (True, ["remove"])
    (there,) = json.loads(service.command("restore", "--json").stdout)
    assert there["folder"].startswith("2024-01-01/")
    assert json.loads(service.command("restore", "--json", "2024-01-01").stdout)["done"] is True


def test_a_misspelt_exam_is_asked_about(service: Service) -> None:
    folder = service.facts("filed")[0]["studies"][0]["folder"]
    assert f"Did you mean '{folder}'?" in service.command("remove", folder[:-1] + "1").stderr


def test_what_lies_in_the_trash_is_not_taken_for_another_exam(service: Service) -> None:
    assert service.command("remove", "2024-01-01").returncode == 0
    again = service.command("remove", "2024-01-01")
    assert (again.returncode, "was taken out; `radiary restore`" in " ".join(again.stderr.split())) == (2, True)


@pytest.mark.parametrize("words", [("pick", "list", "2024-01-01"), ("share", "2024-01-01", "--to", "copy.zip")])
def test_who_asks_for_an_exam_in_the_trash_is_told_that_it_is_there(service: Service, words: tuple[str, ...]) -> None:
    assert service.command("remove", "2024-01-01").returncode == 0
    done = service.command(*words)
    assert (done.returncode, "was taken out; `radiary restore`" in " ".join(done.stderr.split())) == (2, True), done.stderr
