"""What was left out of exports since its owner had taken it out, once that is back."""

import shutil
from pathlib import Path

import pytest
import pyzipper

import exports
import forked
from radiary.model.events import Filed, FiledStudy, Ignored, Rejected, Removed, Restored
from radiary.state.queue import folded
from services import PATIENCE, Service

STUDY = FiledStudy(uid="1", folder="a", date=None, patient="p", modality="CT", held=False, series=(), added=1)
OUT = Removed(study="1", held=False, folder="a", trash="t")
BACK = Restored(study="1", held=False, trash="t", studies=(STUDY,))


def filed(number: int, *, again: bool = False, **skipped: int) -> Filed:
    left_out = {name.replace("_", "-"): count for name, count in skipped.items()}
    return Filed(export=f"{number:064}", studies=(STUDY,), pictures=1, held={}, skipped=left_out, left=0, again=again)


@pytest.fixture(scope="module")
def filed_once(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Folders in which an exam was filed and taken out; then came more of it, alone and beside another exam."""
    tmp_path = tmp_path_factory.mktemp("filed")
    made = Service(tmp_path, workers=1)
    exports.zipped(tmp_path / "a.zip", exports.ct_files(2))
    assert made.command("once", str(tmp_path / "a.zip")).returncode == 0
    assert made.command("remove", "2024-01-01").returncode == 0
    exports.zipped(made.downloads / "alone.zip", exports.ct_files(3))
    other = exports.written(exports.slice_of_ct(study=2))
    exports.zipped(made.downloads / "beside.zip", {**exports.ct_files(4), "other": other})
    for name, status in (("alone.zip", 1), ("beside.zip", 0)):
        assert made.command("once", str(made.downloads / name)).returncode == status
    assert made.facts("filed")[-1]["skipped"] == {"taken-out": 4}
    return made


@pytest.fixture
def service(filed_once: Service, tmp_path: Path) -> Service:
    return filed_once.copied(tmp_path)


def pictures(service: Service) -> int:
    return len(list((service.folder / "library/2024-01-01").glob("*/*/*.png")))


def test_what_was_left_out_is_filed_by_the_next_service_once_it_is_back(service: Service) -> None:
    done = service.command("restore", "2024-01-01")
    assert (done.returncode, "Something was left out of 2 exports" in done.stdout) == (0, True)
    assert pictures(service) == 2
    with service:
        service.wait(lambda: pictures(service) == 4)
        service.wait(lambda: len(service.facts("filed")) == 4)
        assert service.stop() == 0
    assert {fact["export"] for fact in service.facts("filed")[2:]} == {
        service.facts("rejected")[0]["export"],
        service.facts("filed")[1]["export"],
    }
    assert service.command("verify").returncode == 0


def test_what_was_left_out_is_filed_by_the_service_that_runs_once_it_is_back(service: Service) -> None:
    (service.downloads / "alone.zip").unlink()
    with service:
        assert service.command("restore", "2024-01-01").returncode == 0
        service.wait(lambda: pictures(service) == 4)
        assert service.stop() == 0
    assert service.facts("filed")[-1]["skipped"] == {}


def test_what_was_left_out_is_filed_by_hand_once_it_is_back(service: Service) -> None:
    shutil.copy(service.downloads / "beside.zip", service.folder / "elsewhere.zip")
    service.command("restore", "2024-01-01")
    assert service.command("once", str(service.folder / "elsewhere.zip")).returncode == 0
    assert pictures(service) == 4
    assert "left alone" in service.command("once", str(service.folder / "elsewhere.zip")).stderr


def test_only_what_was_left_out_since_it_was_taken_out_is_looked_into_once_more() -> None:
    other = [Rejected(export=f"{4:064}", reason="no-file"), Ignored(export=f"{5:064}", reason="no-dicom")]
    before = [filed(1), OUT, filed(2, taken_out=1), filed(3, codec_crashed=1), *other]
    assert folded(before).reopened == set()
    queue = folded([*before, BACK])
    assert queue.reopened == {f"{2:064}"}
    queue.fold(filed(2))
    assert queue.reopened == set()


def test_what_its_owner_has_filed_again_reopens_what_else_was_left_out_of_it() -> None:
    queue = folded([filed(1), OUT, filed(2, taken_out=1), filed(3, again=True)])
    assert queue.reopened == {f"{2:064}"}


def _with_something_locked(path: Path) -> Path:
    locked = exports.zipped(path.with_name("locked"), {})
    with pyzipper.AESZipFile(locked, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"geheim")
        for name, data in exports.ct_files(2, first=3).items():
            archive.writestr(name, data)
    made = exports.zipped(path, {**exports.ct_files(2), "more.zip": locked.read_bytes()})
    locked.unlink()
    return made


def _unlocked(service: Service) -> str:
    done = forked.command(["unlock", *service.options], PATIENCE, given="geheim\n")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_was_filed_without_something_locked_is_looked_into_once_there_is_a_password(tmp_path: Path) -> None:
    with Service(tmp_path, workers=1) as service:
        _with_something_locked(tmp_path / "a.zip").rename(service.downloads / "a.zip")
        service.wait(lambda: pictures(service) == 2)
        assert "Something locked was left out of 1 export" in _unlocked(service)
        service.wait(lambda: pictures(service) == 4)
        service.wait(lambda: len(service.facts("filed")) == 2)
    assert service.facts("filed")[-1]["skipped"] == {}


def test_what_was_filed_by_hand_without_something_locked_is_filed_by_hand_once_there_is_a_password(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    path = str(_with_something_locked(tmp_path / "a.zip"))
    service.command("once", path)
    assert "left alone" in service.command("once", path).stderr
    _unlocked(service)
    service.command("once", path)
    assert pictures(service) == 4
