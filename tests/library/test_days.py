"""The folders of days, in the library and on the private shelf: they go with what was in them, and nothing else does."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import exports
from members import filed, staged
from radiary.library.shelf import Library
from services import Service

DAY = "2024-01-01"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """Folders in which an exam was filed, of which a part is held."""
    made = Service(tmp_path, workers=1)
    files = {**exports.ct_files(1), "us": exports.written(exports.ultrasound(regions=False, number=7))}
    assert made.command("once", str(exports.zipped(tmp_path / "a.zip", files))).returncode == 0
    assert [len(list(day.iterdir())) for day in days(made)] == [1, 1]
    return made


def days(service: Service) -> list[Path]:
    """The folders of that day that are there."""
    return [day for place in ("library", "private") if (day := service.folder / place / DAY).exists()]


def test_the_folder_of_a_day_goes_with_its_last_exam_and_comes_back_with_it(service: Service) -> None:
    before = service.files()
    assert service.command("remove", DAY).returncode == 0
    assert days(service) == []
    assert service.command("verify").returncode == 0
    assert service.command("restore", DAY).returncode == 0
    assert {name: data for name, data in service.files().items() if ".trash" not in name} == before
    assert {day.stat().st_mode & 0o777 for day in days(service)} == {0o700}


def test_the_folder_of_a_day_goes_with_the_last_picture_that_is_withdrawn(shelf: Library) -> None:
    folder = filed(shelf, *staged(shelf, "a", "b"), None)[0].folder
    shelf.withdraw(folder, "a")
    assert (shelf.root / folder).exists()
    assert shelf.withdraw(folder, "b") is None
    assert not (shelf.root / folder).parent.exists()
    shelf.leave(folder)  # it went meanwhile


@pytest.mark.parametrize("left", ["notes.txt", ".DS_Store", "empty/"])
def test_the_folder_of_a_day_stays_while_anything_is_in_it(service: Service, left: str) -> None:
    for day in days(service):
        path = day / left
        path.parent.mkdir(exist_ok=True)
        path.mkdir() if left.endswith("/") else path.write_text("{}")
    assert service.command("remove", DAY).returncode == 0
    assert [[one.name for one in day.iterdir()] for day in days(service)] == [[left.rstrip("/")]] * 2


def test_a_link_to_a_folder_of_a_day_elsewhere_stays(service: Service, tmp_path: Path) -> None:
    for number, day in enumerate(days(service)):
        day.rename(tmp_path / f"elsewhere{number}")
        day.symlink_to(tmp_path / f"elsewhere{number}")
    assert service.command("remove", DAY).returncode == 0
    assert [day.is_symlink() for day in days(service)] == [True, True]
    assert [list((tmp_path / f"elsewhere{number}").iterdir()) for number in (0, 1)] == [[], []]


def test_a_folder_of_her_own_stays_though_it_is_empty(service: Service) -> None:
    (folder,) = (service.folder / "library" / DAY).iterdir()
    (service.folder / "library/Lungs").mkdir()
    folder.rename(service.folder / "library/Lungs/first")
    assert service.command("remove", "Lungs/first").returncode == 0
    assert list((service.folder / "library/Lungs").iterdir()) == []


def test_a_folder_of_a_day_that_was_left_behind_goes_when_the_trash_is_emptied(service: Service) -> None:
    assert service.command("remove", DAY).returncode == 0
    for place in ("library", "private"):
        (service.folder / place / DAY).mkdir()
        (old,) = (service.folder / place / ".trash").iterdir()
        old.rename(old.with_name(f"{datetime.now(tz=UTC).date() - timedelta(days=40)}{old.name[10:]}"))
    (service.folder / "library/2024-01-09").mkdir()
    other = exports.zipped(service.folder / "b.zip", exports.ct_files(1, study=2))
    assert service.command("once", str(other)).returncode == 0
    assert days(service) == []
    assert (service.folder / "library/2024-01-09").exists(), "nothing of that day went, so it is not Radiary's to take away"


def test_the_folder_of_a_day_goes_when_its_exam_was_deleted_by_hand(service: Service) -> None:
    for day in days(service):
        for study in day.iterdir():
            shutil.rmtree(study)
    assert service.command("remove", "--gone").returncode == 0
    assert days(service) == []
