from pathlib import Path

import pytest

import exports
import odd_archives
from services import Service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path, workers=1)


def test_exports_are_filed_in_the_foreground(service: Service, tmp_path: Path) -> None:
    one = exports.zipped(tmp_path / "Petronella.zip", exports.ct_files(2))
    (tmp_path / "IM1").write_bytes(exports.written(exports.slice_of_ct(1, study=2)))
    done = service.command("once", str(one), str(tmp_path / "IM1"))
    assert done.returncode == 0
    assert "export 1 of 2: filed" in done.stderr
    assert "export 2 of 2: filed" in done.stderr
    assert "etronella" not in done.stderr.replace(str(tmp_path), "")
    assert len(service.facts("filed")) == 2
    assert (tmp_path / "chronicle/index.html").exists()


def test_what_stands_there_already_is_not_filed_again(service: Service, tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "a.zip", exports.ct_files(1))
    service.command("once", str(path))
    facts = service.facts()
    assert service.command("once", str(path)).returncode == 0
    assert service.facts() == facts


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"<html>", "called a zip but"),
        (odd_archives.GOOD[: len(odd_archives.GOOD) // 2], "incomplete"),
    ],
)
def test_what_cannot_be_filed_is_a_sentence_and_1(service: Service, tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    done = service.command("once", str(tmp_path / "a.zip"))
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_around_radiarys_own_is_not_filed_since_it_never_stands_still(service: Service, tmp_path: Path) -> None:
    exports.zipped(tmp_path / "a.zip", exports.ct_files(1))
    for folder in (tmp_path, tmp_path / "state"):
        done = service.command("once", str(folder))
        assert (done.returncode, "Folders that Radiary writes lie in it" in done.stderr) == (1, True)
    for setting, place in (
        ("site_images", "site/images"),
        ("site_data", "site/_data/own.yml"),
        ("status_file", "site/status.json"),
    ):
        (tmp_path / "site").mkdir(exist_ok=True)
        settings = service.settings | {setting.replace("_", "-"): str(tmp_path / place)}
        done = Service(tmp_path, **settings).command("once", str(tmp_path / "site"))
        assert (setting, "Folders that Radiary writes lie in it" in done.stderr) == (setting, True)
    assert service.command("once", str(tmp_path / "a.zip")).returncode == 0
    assert [fact["type"] for fact in service.facts() if fact["type"] in ("deferred", "rejected")] == []


def test_one_that_cannot_be_filed_among_others_makes_the_command_fail(service: Service, tmp_path: Path) -> None:
    good, bad = exports.zipped(tmp_path / "a.zip", exports.ct_files(1)), tmp_path / "b.zip"
    bad.write_bytes(good.read_bytes()[:200])
    assert service.command("once", str(good), str(bad)).returncode == 1
    assert service.command("once", str(good)).returncode == 0


def test_no_picture_no_dicom_and_no_file_are_sentences(service: Service, tmp_path: Path) -> None:
    only_note = exports.zipped(tmp_path / "a.zip", {"ko": exports.written(exports.dataset(sop_class=exports.RAW))})
    other = exports.zipped(tmp_path / "b.zip", {"x": b"hello"})
    done = service.command("once", str(only_note), str(other), str(tmp_path / "Petronella.zip"))
    assert done.returncode == 1
    assert "1 × not a picture" in done.stderr
    assert "no DICOM images in it" in done.stderr
    assert "export 3 of 3: There is no such file" in done.stderr
    assert "etronella" not in done.stderr


def test_where_nothing_is_there_nothing_is_begun(service: Service, tmp_path: Path) -> None:
    for command in ("once", "explain"):
        done = service.command(command, str(tmp_path / "Petronella.zip"))
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "radiary: There is no such file or folder. Check how its name is written.\n"
    assert not (tmp_path / "state").exists()


def test_what_was_lost_from_the_library_comes_back(service: Service, tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "a.zip", exports.ct_files(2))
    service.command("once", str(path))
    before = service.files()
    for picture in (tmp_path / "library").rglob("*.png"):
        picture.unlink()
    assert service.command("verify").returncode == 1
    assert service.command("once", str(path)).returncode == 0
    assert service.files() == before
    assert service.command("verify").returncode == 0


def test_it_comes_back_under_other_settings_too(service: Service, tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "a.zip", exports.ct_files(2))
    service.settings["sixteen-bits"] = "true"
    service.command("once", str(path))
    before = service.files()
    (lost, *_) = sorted(name for name in before if name.endswith(".png") and not name.endswith("-16bit.png"))
    (tmp_path / lost).unlink()
    service.settings |= {"sixteen-bits": "false", "png-effort": "small", "copies": "none"}
    assert service.command("once", str(path)).returncode == 0
    assert set(service.files()) == set(before)
    assert service.command("verify").returncode == 0


def test_a_library_that_is_away_leaves_nothing_pending(service: Service, tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "a.zip", exports.ct_files(1))
    service.settings["library"] = tmp_path / "file" / "library"
    (tmp_path / "file").write_text("")
    done = service.command("once", str(path))
    assert done.returncode == 1
    assert "choose another one" in done.stderr
    assert service.facts("queued") == []


def test_any_part_of_a_split_archive_stands_for_all_of_it(service: Service, tmp_path: Path) -> None:
    whole = exports.zipped(tmp_path / "whole.zip", exports.ct_files(1)).read_bytes()
    for number, at in enumerate(range(0, len(whole), len(whole) // 2), 1):
        (tmp_path / f"a.zip.{number:03d}").write_bytes(whole[at : at + len(whole) // 2])
    assert service.command("once", str(tmp_path / "a.zip.002")).returncode == 0
    (tmp_path / "a.zip.001").rename(tmp_path / "b.zip.001")
    done = service.command("once", str(tmp_path / "a.zip.002"))
    assert (done.returncode, "at least one is missing" in done.stdout + done.stderr) == (1, True)


@pytest.mark.parametrize("name", ["IM1.dcm", "inner.zip"])
def test_a_zip_whose_images_are_nonsense_is_not_said_to_hold_none(name: str, tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    done = service.command("once", str(exports.zipped(tmp_path / "a.zip", {name: b"nonsense" * 200, "readme.txt": b"hello"})))
    assert (done.returncode, "No DICOM image can be read in it, though" in done.stderr) == (1, True), done.stderr
    other = service.command("once", str(exports.zipped(tmp_path / "b.zip", {"letter.txt": b"hello"})))
    assert "There are no DICOM images in it" in other.stderr
