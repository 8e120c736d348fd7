"""Papers (PDF): hers are held, byte for byte; everybody else's are left alone and told of nowhere."""

import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

import exports
from conftest import export_at
from papers import STYLES
from radiary.ingest import pipeline
from radiary.ingest.bench import Bench
from radiary.state.queue import Queue
from services import Service

HERS = {"PatientName": "Quillemans^Roos", "PatientBirthDate": "19581123", "PatientID": "Q-4411"}


def letter(text: str, *lines: str, password: str = "") -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=password or None, invariant=1)
    for number, line in enumerate((text, *lines)):
        canvas.drawString(60, 780 - 16 * number, line)
    canvas.save()
    return file.getvalue()


def scan(**attributes: object) -> dict[str, bytes]:
    return exports.ct_files(1, **(HERS | attributes))


HERS_PAPERS = {
    "lab (1).pdf": STYLES["dutch"]()[0],
    "brief quillemans.pdf": letter("Ontslagbrief", "Betreft: Quillemans Roos, geboren 23/11/1958", "Datum: 14/02/2024"),
    "a.pdf": letter("Medikationsplan", "Quillemans, Roos", "geb. am 23.11.1958", "ausgedruckt am 01.02.2024"),
    "report.pdf": letter("Radiology report", "QUILLEMANS ROOS", "DOB 23 November 1958", "Exam date: 02/02/2024", "CT thorax"),
    "attest": letter("Medisch attest", "Mevrouw Roos Quillemans (23-11-1958)", "De ondergetekende arts"),
}
OTHERS = {
    f"factuur-{number}.pdf": letter(f"Factuur {number}", "Quillemans Roos", "Te betalen: 9 EUR") for number in range(10)
} | {f"ticket-{number}.pdf": letter("Ticket", "Jansen An", "23/11/1958", f"Zug {number}") for number in range(10)}


def known(service: Service) -> None:
    """Have somebody be known: an exam of hers is filed."""
    exports.zipped(service.downloads / "scans.zip", scan())
    service.wait_for("filed")


def test_papers_of_somebody_known_are_held_and_all_others_are_left_alone(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        known(service)
        for name, data in (HERS_PAPERS | OTHERS).items():
            (service.downloads / name).write_bytes(data)
        before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in service.downloads.iterdir()}
        service.wait_for("filed", 1 + len(HERS_PAPERS))
        exports.zipped(service.downloads / "more.zip", scan(StudyInstanceUID="1.2.3.99"))
        service.wait_for("filed", 2 + len(HERS_PAPERS))
    del before["scans.zip"]
    assert (
        before.items()
        <= {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in service.downloads.iterdir()}.items()
    )
    held = {path.read_bytes() for path in (tmp_path / "private").rglob("*.pdf")}
    assert held == set(HERS_PAPERS.values())
    told = (tmp_path / "state/ledger.jsonl").read_text() + service.log
    assert not any(hashlib.sha256(data).hexdigest()[:12] in told for data in OTHERS.values())
    assert not any(
        word in told.casefold() for word in ("quillemans", "factuur", "ticket", "hemoglobine", "19581123", "23/11/1958")
    )


def test_a_paper_is_told_by_date_and_kind_and_nothing_else(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        known(service)
        (service.downloads / "lab.pdf").write_bytes(HERS_PAPERS["lab (1).pdf"])
        fact = service.wait_for("filed", 2)[1]
    (study,) = fact["studies"]
    assert (study["date"], study["modality"], study["held"], study["series"][0]["label"]) == (
        "2024-03-05",
        "DOC",
        True,
        "blood-analysis",
    )
    assert study["patient"] == service.facts("filed")[0]["studies"][0]["patient"]
    assert study["folder"].startswith("2024-03-05/DOC-")
    assert service.command("verify").returncode == 0


def test_a_paper_is_not_filed_at_a_birth(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        known(service)
        (service.downloads / "attest").write_bytes(HERS_PAPERS["attest"])
        fact = service.wait_for("filed", 2)[1]
    assert fact["studies"][0]["date"] is None


def test_papers_beside_images_are_held_with_them_though_they_name_nobody(tmp_path: Path) -> None:
    manual = letter("How to use this viewer", "Click the icon")
    with Service(tmp_path) as service:
        exports.zipped(
            service.downloads / "cd.zip", scan() | {"VIEWER/manual.pdf": manual, "lab.pdf": HERS_PAPERS["lab (1).pdf"]}
        )
        fact = service.wait_for("filed")[0]
    assert {path.read_bytes() for path in (tmp_path / "private").rglob("*.pdf")} == {manual, HERS_PAPERS["lab (1).pdf"]}
    assert fact["held"] == {"paper": 2}
    assert len({study["patient"] for study in fact["studies"]}) == 1


def test_papers_in_archives_are_found_at_any_depth(tmp_path: Path) -> None:
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("a/lab.pdf", HERS_PAPERS["lab (1).pdf"])
        file.writestr("b/ticket.pdf", OTHERS["ticket-0.pdf"])
    with Service(tmp_path) as service:
        known(service)
        exports.zipped(service.downloads / "papers.zip", {"x.pdf": HERS_PAPERS["a.pdf"], "y.pdf": OTHERS["factuur-0.pdf"]})
        service.wait_for("filed", 2)
        exports.zipped(service.downloads / "deep.zip", {"inner.zip": inner.read_bytes()})
        service.wait_for("filed", 3)
    held = {path.read_bytes() for path in (tmp_path / "private").rglob("*.pdf")}
    assert held == {HERS_PAPERS["lab (1).pdf"], HERS_PAPERS["a.pdf"]}


def test_in_an_archive_only_hers_are_taken(bench: Bench, tmp_path: Path) -> None:
    pipeline.ingest(export_at(exports.zipped(tmp_path / "scans.zip", scan())), bench, Queue())
    papers = {"x.pdf": HERS_PAPERS["a.pdf"], "y.pdf": OTHERS["factuur-0.pdf"]}
    filed = pipeline.ingest(export_at(exports.zipped(tmp_path / "papers.zip", papers)), bench, Queue())
    assert (filed.held, filed.left) == ({"paper": 1}, 1)
    assert [path.read_bytes() for path in (tmp_path / "private").rglob("*.pdf")] == [HERS_PAPERS["a.pdf"]]


def test_papers_that_were_there_before_she_was_known_are_taken_then(tmp_path: Path) -> None:
    with Service(tmp_path, **{"rescan-seconds": 1}) as service:
        (service.downloads / "lab.pdf").write_bytes(HERS_PAPERS["lab (1).pdf"])
        service.wait((tmp_path / "state/heartbeat.json").exists)
        known(service)
        service.wait_for("filed", 2)
    assert len(list((tmp_path / "private").rglob("*.pdf"))) == 1


def test_every_paper_in_a_folder_of_papers_is_hers(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(letter("Quelque chose"))
    with Service(tmp_path, documents=folder) as service:
        service.wait_for("filed")
        (folder / "cut.pdf").write_bytes(HERS_PAPERS["a.pdf"][:700])
        assert service.wait_for("rejected")[0]["reason"] == "damaged-paper"
        (folder / "locked.pdf").write_bytes(letter("Geheim", password="open sesame"))
        assert service.wait_for("waiting")[0]["reason"] == "locked-paper"
    assert len(list((tmp_path / "private").rglob("*.pdf"))) == 1


def test_a_locked_paper_is_read_with_a_password_that_was_given(tmp_path: Path) -> None:
    data = letter("Labor", "Quillemans Roos", "geb. 23.11.1958", "Entnahme 05.03.2024", password="open sesame")
    (tmp_path / "state").mkdir()
    (tmp_path / "state/passwords").write_text("open sesame\n")
    (tmp_path / "state/passwords").chmod(0o600)
    with Service(tmp_path) as service:
        known(service)
        (service.downloads / "lab.pdf").write_bytes(data)
        service.wait_for("filed", 2)
    assert [path.read_bytes() for path in (tmp_path / "private").rglob("*.pdf")] == [data]


def test_a_pdf_that_is_called_a_zip_and_a_zip_that_is_called_a_pdf_are_what_they_are(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        known(service)
        (service.downloads / "lab.zip").write_bytes(HERS_PAPERS["lab (1).pdf"])
        service.wait_for("filed", 2)
        packed = exports.zipped(tmp_path / "x.zip", {"a.pdf": HERS_PAPERS["a.pdf"]})
        (service.downloads / "report.pdf").write_bytes(packed.read_bytes())
        service.wait_for("filed", 3)
    assert len(list((tmp_path / "private").rglob("*.pdf"))) == 2


def test_a_paper_that_was_taken_out_stays_out_and_can_be_restored(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        known(service)
        (service.downloads / "lab.pdf").write_bytes(HERS_PAPERS["lab (1).pdf"])
        folder = service.wait_for("filed", 2)[1]["studies"][0]["folder"]
    assert service.command("remove", folder).returncode == 0
    assert not list((tmp_path / "private/2024-03-05").rglob("*.pdf"))
    assert service.command("restore", folder).returncode == 0
    assert len(list((tmp_path / "private/2024-03-05").rglob("*.pdf"))) == 1
    assert service.command("verify").returncode == 0


@pytest.mark.parametrize(
    ("policy", "told"), [("month", "2024-03-01"), ("year", "2024-01-01"), ("shift", None), ("relative", None)]
)
def test_the_day_of_a_paper_is_told_as_the_days_of_exams_are(tmp_path: Path, policy: str, told: str | None) -> None:
    with Service(tmp_path, dates=policy) as service:
        known(service)
        (service.downloads / "lab.pdf").write_bytes(HERS_PAPERS["lab (1).pdf"])
        exam, paper = (fact["studies"][0]["date"] for fact in service.wait_for("filed", 2))
    taken = date(2024, 3, 5) - date.fromisoformat(exports.read_back(scan()[next(iter(scan()))]).StudyDate)
    assert paper == told or (told is None and date.fromisoformat(paper) - date.fromisoformat(exam) == taken)
    assert paper in json.dumps(service.facts()[-1])


def test_a_paper_in_a_dicom_file_is_held_as_it_is_and_its_kind_is_suggested(bench: Bench, tmp_path: Path) -> None:
    data = HERS_PAPERS["lab (1).pdf"]
    made = exports.dataset(modality="DOC", sop_class="1.2.840.10008.5.1.4.1.1.104.1", **HERS)
    made.EncapsulatedDocument = data + b"\0" * (len(data) % 2)
    made.EncapsulatedDocumentLength, made.MIMETypeOfEncapsulatedDocument = len(data), "application/pdf"
    filed = pipeline.ingest(export_at(exports.zipped(tmp_path / "a.zip", {"a": exports.written(made)})), bench, Queue())
    (study,) = filed.studies
    assert (study.held, study.modality, study.series[0].label) == (True, "DOC", "blood-analysis")
    assert [path.read_bytes() for path in (tmp_path / "private").rglob("*.pdf")] == [data]
    assert not any("blood" in str(path) for path in (tmp_path / "private").rglob("*"))
