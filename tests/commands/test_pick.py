import re
import stat
import subprocess
from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.fileset import FileSet
from pydicom.sequence import Sequence

import exports
from electrocardiograms import code
from services import Service
from viewer import phantoms, test_enhanced


def selection(title: str, *numbers: int, study: int = 1) -> bytes:
    """A key object selection of slices of the first series."""
    made = exports.dataset(study=study, series=9, modality="KO", sop_class=exports.KO)
    items = []
    for number in numbers:
        item, reference = Dataset(), Dataset()
        reference.ReferencedSOPClassUID, reference.ReferencedSOPInstanceUID = exports.CT, f"{exports.ROOT}.{study}.1.{number}"
        item.RelationshipType, item.ValueType, item.ReferencedSOPSequence = "CONTAINS", "IMAGE", Sequence([reference])
        items.append(item)
    made.ValueType, made.ConceptNameCodeSequence = "CONTAINER", Sequence([code(title, "DCM", "Title")])
    made.ContentSequence = Sequence(items)
    return exports.written(made)


@pytest.fixture(scope="module")
def filed_once(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A CT with key objects in two series, and a clip, filed."""
    tmp_path = tmp_path_factory.mktemp("filed")
    made = Service(tmp_path)
    files = {
        **phantoms.slices(1, 7), **phantoms.slices(1, 3, series=2), **phantoms.clip(2, 6), "ko": selection("113000", 2, 6)
    }  # fmt: skip
    assert made.command("once", str(exports.zipped(tmp_path / "a.zip", files))).returncode == 0
    return made


@pytest.fixture
def service(filed_once: Service, tmp_path: Path) -> Service:
    return filed_once.copied(tmp_path)


def picked(service: Service, exam: str) -> list[tuple[str, str]]:
    done = service.command("pick", "list", exam)
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.splitlines() if ".png" in line]
    return [(row[0], " ".join(row[1:-1])) for row in rows]


def test_key_objects_come_first_and_she_adds_and_removes_by_the_sheets_numbers(service: Service) -> None:
    assert picked(service, "2024-01-01") == [("1/2", "key object"), ("1/6", "key object")]
    assert service.command("pick", "add", "2024-01-01", "2/3", "1/1").returncode == 0
    assert service.command("pick", "remove", "2024-01-01", "1/6").returncode == 0
    assert picked(service, "2024-01-01") == [("1/2", "key object"), ("2/3", "yours"), ("1/1", "yours")]
    assert service.command("pick", "add", "2024-01-01", "1/6").returncode == 0
    assert picked(service, "2024-01-01")[:2] == [("1/2", "key object"), ("1/6", "key object")]
    assert service.command("verify").returncode == 0
    facts = service.facts("picked")
    assert [fact["is_wanted"] for fact in facts] == [True, True, False, True]
    logged = service.command("log").stdout
    assert len(re.findall(r"  picked +2024-01-01/CT-\w+: a picture was picked\n", logged)) == 3
    assert len(re.findall(r"  picked +2024-01-01/CT-\w+: a picture is not to be picked\n", logged)) == 1


def test_a_frame_of_a_clip_is_picked_by_its_number_or_its_files_name(service: Service) -> None:
    ((proposed, why),) = picked(service, "2024-01-02")
    assert (proposed[:2], why) == ("9/", "proposed")
    name = next((service.folder / "library/2024-01-02").rglob("*-f001.png")).name
    assert service.command("pick", "add", "2024-01-02", name).returncode == 0
    assert picked(service, "2024-01-02") == [(proposed, "proposed"), ("9/1", "yours")]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("add", "2024-01-01", "1/8"), "no picture 1/8"),
        (("add", "2024-01-01", "7"), "no picture 7"),
        (("add", "2024-01-01"), "SERIES/PICTURE"),
        (("list", "XA-00000000"), "no exam 'XA-00000000' in the library. `radiary pick list`"),
        (("list", "2024-01-11"), "Did you mean '2024-01-01'?"),
        (("--dicom", "there"), "Nothing is picked"),
        (("--dicom", "there", "add", "2024-01-01", "1/1"), "without this option"),
        (("remove", "2024-01-01", "1/1", "2/3"), "Not picked: 1/1, 2/3. `radiary pick list`"),
    ],
)
def test_what_there_is_not_is_said(service: Service, arguments: tuple[str, ...], why: str) -> None:
    done = service.command("pick", *arguments)
    assert (done.returncode, why in done.stderr) == (2, True), done.stderr
    assert service.facts("picked") == []


def test_what_is_so_already_is_said_and_noted_once(service: Service) -> None:
    assert "Picked: 1." in service.command("pick", "add", "2024-01-01", "1/1", "1/1").stdout
    said = service.command("pick", "add", "2024-01-01", "1/1", "2/3").stdout
    assert ("Picked: 1." in said, "Picked already: 1/1." in said) == (True, True)
    again = service.command("pick", "add", "2024-01-01", "1/1")
    assert (again.returncode, again.stdout) == (0, "Picked already: 1/1.\n")
    gone = service.command("pick", "remove", "2024-01-01", "1/1", "1/3").stdout
    assert ("Not picked any more: 1." in gone, "Not picked: 1/3." in gone) == (True, True)
    assert len(service.facts("picked")) == 3


def test_an_exam_is_named_without_a_word(service: Service) -> None:
    assert picked(service, "2024-01-01")[0][0] in service.command("pick", "2024-01-01").stdout
    done = service.command("pick", "--dicom", str(service.folder / "disc"), "2024-01-01", "2024-01-02")
    assert (done.returncode, done.stderr) == (0, "")
    assert {one.StudyDate for one in opened(service.folder / "disc")} == {"20240101", "20240102"}


def test_a_code_of_letters_alone_is_no_misspelt_word(service: Service) -> None:
    done = service.command("pick", "abcdefgh")
    assert "no exam 'abcdefgh'" in done.stderr
    assert "none of" in service.command("pick", "lisst").stderr


def test_the_service_that_runs_does_it(service: Service) -> None:
    with service:
        done = service.command("pick", "add", "2024-01-01", "2/1")
        assert (done.returncode, "within seconds" in done.stdout) == (0, True)
        service.wait_for("picked")
        service.stop()


def test_picks_show_on_the_first_page_of_a_copy(service: Service) -> None:
    assert service.command("pick", "add", "2024-01-01", "2/3").returncode == 0
    assert service.command("share", "2024-01-01", "--to", str(service.folder / "copy")).returncode == 0
    page = (service.folder / "copy/index.html").read_text()
    assert re.findall(r"#(series=\d)", page) == ["series=0", "series=0", "series=1"]
    assert page.count("picture=3") == 1


def opened(disc: Path) -> FileSet:
    """The File-set as pydicom reads it; the folder in which it would stage changes is let go of."""
    made = FileSet(disc / "DICOMDIR")
    made._stage["t"].cleanup()
    return made


def written(service: Service) -> Path:
    """A folder as a disc has it, of the CT with picks of hers and of the clip with a frame."""
    service.command("pick", "remove", "2024-01-01", "1/2")
    service.command("pick", "add", "2024-01-02", "9/2")
    done = service.command("pick", "--dicom", str(service.folder / "disc"))
    assert done.returncode == 0, done.stderr
    return service.folder / "disc"


def test_picks_are_written_as_a_selection_for_patient_with_a_directory_over_the_copies(service: Service) -> None:
    disc = written(service)
    made = opened(disc)
    assert len(made) == 7 + 3 + 1 + 1 + 2
    selections = [one.load() for one in made.find(Modality="KO")]
    ours = {str(one.StudyInstanceUID): one for one in selections if one.ConceptNameCodeSequence[0].CodeValue == "113007"}
    assert len(ours) == 2
    by_size = sorted(ours.values(), key=lambda one: str(one.StudyDate))
    (slice_picked,), (clip_picked,) = (one.ContentSequence for one in by_size)
    reference = slice_picked.ReferencedSOPSequence[0]
    (target,) = made.find(SOPInstanceUID=reference.ReferencedSOPInstanceUID)
    assert (target.InstanceNumber, reference.ReferencedSOPClassUID) == (6, target.SOPClassUID)
    frames = clip_picked.ReferencedSOPSequence[0].ReferencedFrameNumber
    assert 2 in frames
    assert len(frames) == 2
    evidence = by_size[0].CurrentRequestedProcedureEvidenceSequence[0]
    assert evidence.StudyInstanceUID == by_size[0].StudyInstanceUID == target.StudyInstanceUID
    assert by_size[0].PatientID == target.PatientID
    assert exports.leaks(disc) == []
    assert {stat.S_IMODE(path.stat().st_mode) for path in disc.rglob("*")} == {0o600, 0o700}
    again = service.command("pick", "--dicom", str(disc))
    assert (again.returncode, "something already" in again.stderr) == (2, True)


def test_what_cannot_be_written_out_is_a_fault_of_the_matter_and_none_of_the_settings(service: Service) -> None:
    line = ("pick", "list", "2024-01-01", "--dicom", str(service.folder / "disc"))
    path = service.folder / "chronicle/chronicle.yml"
    told = path.read_text()
    path.write_text(told + "   - nonsense: [\n")
    done = service.command(*line)
    assert (done.returncode, "not known what you sealed" in done.stderr) == (1, True), done.stderr
    path.write_text(told)
    for copy in (service.folder / "library").rglob("*.dcm"):
        copy.unlink()
    done = service.command(*line)
    assert (done.returncode, "No DICOM copy" in done.stderr) == (1, True), done.stderr
    assert not (service.folder / "disc").exists()


def test_what_she_sealed_is_in_no_selection(service: Service) -> None:
    service.command("pick", "add", "2024-01-01", "1/1")
    path = service.folder / "chronicle/chronicle.yml"
    path.write_text(re.sub(r"( +)- title:", r"\1- sealed: true\n\1  title:", path.read_text()))
    assert "sealed: true" in path.read_text()
    named = service.command("pick", "list", "2024-01-01", "--dicom", str(service.folder / "disc"))
    assert (named.returncode, "sealed" in named.stderr) == (2, True), named.stderr
    assert service.command("pick", "list", "--dicom", str(service.folder / "disc")).returncode == 2
    assert not (service.folder / "disc").exists()


def test_copies_on_the_disc_are_those_of_the_library(service: Service) -> None:
    disc = written(service)
    filed = {pydicom.dcmread(path).SOPInstanceUID: path for path in (service.folder / "library").rglob("*.dcm")}
    copied = [pydicom.dcmread(one.path) for one in opened(disc)]
    both = [one for one in copied if one.SOPInstanceUID in filed]
    assert len(both) == len(filed)
    assert all(one == pydicom.dcmread(filed[one.SOPInstanceUID]) for one in both)


@pytest.mark.debian
def test_dcmtk_reads_what_was_written(service: Service) -> None:
    disc = written(service)
    directory = subprocess.run(["dcmdump", str(disc / "DICOMDIR")], capture_output=True, text=True, check=True)
    assert directory.stdout.count("[KEY OBJECT DOC]") == 3
    ours = [path for path in disc.rglob("KY*") if b"For Patient" in path.read_bytes()]
    assert len(ours) == 2
    for path in ours:
        shown = subprocess.run(["dsrdump", str(path)], capture_output=True, text=True, check=True)
        assert "For Patient" in shown.stdout
        assert "contains IMAGE" in shown.stdout
        assert "E: " not in shown.stderr


def test_a_frame_that_is_looked_through_elsewhere_than_it_is_stored_is_selected_where_it_is_stored(tmp_path: Path) -> None:
    made = Service(tmp_path)
    made.command("once", str(exports.zipped(tmp_path / "a.zip", {"one": test_enhanced.interleaved("times")})))
    made.command("pick", "remove", "2024-01-01", "1/3")
    assert made.command("pick", "add", "2024-01-01", "1/2").returncode == 0
    assert made.command("pick", "--dicom", str(tmp_path / "disc")).returncode == 0
    (selection,) = (one.load() for one in opened(tmp_path / "disc").find(Modality="KO"))
    (item,) = selection.ContentSequence
    assert item.ReferencedSOPSequence[0].ReferencedFrameNumber == 3
