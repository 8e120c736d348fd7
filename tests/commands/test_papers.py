"""`radiary papers` as its owner uses it."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import exports
from papers import NL, STYLES, Paper
from radiary.documents import pdf
from services import Service

HERS = {"PatientName": "Quillemans^Roos", "PatientBirthDate": "19581123", "PatientID": "Q-4411"}


def scanned(style: str) -> bytes:
    """A paper as a picture of it."""
    picture = pdf.picture(STYLES[style]()[0], 0, (), 150)
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    canvas.drawImage(ImageReader(Image.frombytes("L", (picture.columns, picture.rows), picture.values)), 0, 0, 595, 842)
    canvas.save()
    return file.getvalue()


@pytest.fixture(scope="module")
def filed_once(tmp_path_factory: pytest.TempPathFactory) -> Service:
    tmp_path = tmp_path_factory.mktemp("filed")
    made = Service(tmp_path, workers=1)
    exports.zipped(made.downloads / "a.zip", exports.ct_files(1, **HERS))
    for style in ("dutch", "cumulative_with_dated_columns"):
        (made.downloads / f"{style}.pdf").write_bytes(STYLES[style]()[0])
    paths = [str(made.downloads / name) for name in ("a.zip", "dutch.pdf", "cumulative_with_dated_columns.pdf")]
    assert made.command("once", *paths).returncode == 0
    return made


@pytest.fixture
def service(filed_once: Service, tmp_path: Path) -> Service:
    return filed_once.copied(tmp_path)


def said(service: Service, *command: str, status: int = 0) -> str:
    done = service.command(*command)
    assert done.returncode == status, done.stderr
    return " ".join((done.stdout + done.stderr).split())


def first(service: Service) -> str:
    return str(json.loads(service.command("papers", "--json").stdout)["papers"][0]["paper"])


def test_values_that_are_not_confirmed_any_more_leave_the_chronicle_at_once_and_come_back_with_her_word(service: Service) -> None:
    paper, files = first(service), service.folder / "chronicle/values"
    assert "Confirmed: " in said(service, "papers", "confirm", paper)
    code = json.loads(service.command("papers", "series", "--json").stdout)["series"][0]["series"]
    assert "1 series released" in said(service, "release", code[:4])
    assert [path.stem for path in files.glob("*.csv")] == [code]
    said(service, "papers", "withdraw", paper)
    assert list(files.glob("*.csv")) == []
    assert "No values are confirmed yet" in said(service, "release")
    said(service, "papers", "confirm", paper)
    assert [path.stem for path in files.glob("*.csv")] == [code]
    assert "1 of " in said(service, "release")


def test_papers_are_counted_apart_from_exams_where_files_are_checked(service: Service) -> None:
    assert "every file of 1 exam and 2 papers: everything is as it was written." in said(service, "verify")


def test_a_row_that_is_not_there_is_no_success(service: Service) -> None:
    told = said(service, "papers", "confirm", first(service), "--row", "99", status=1)
    assert "There is no row 99" in told
    assert "Confirmed" not in told


def test_a_paper_is_shown_as_its_owner_described_it(service: Service) -> None:
    paper = first(service)
    said(service, "papers", "set", paper, "--kind", "letter", "--date", "2023-03-05")
    assert "letter, 2023-03-05, 1 page" in said(service, "papers", "show", paper)
    assert "2 of 2 left" in said(service, "papers")
    said(service, "papers", "not-mine", paper)
    assert "not yours" in said(service, "papers")
    assert "1 of 2 left" in said(service, "papers")
    said(service, "papers", "set", paper, "--kind", "letter")
    assert "2 of 2 left" in said(service, "papers")


def test_status_tells_papers_that_wait_for_her_until_she_confirmed_them_or_said_that_they_are_not_hers(service: Service) -> None:
    one = first(service)
    assert "2 papers to look at (`radiary papers`)" in said(service, "status", status=3)
    said(service, "papers", "not-mine", one)
    assert "1 paper to look at (`radiary papers`)" in said(service, "status", status=3)
    assert "of 1 paper." in said(service, "papers", "confirm", "--all"), "what is not hers is not confirmed"
    assert "to look at" not in said(service, "status", status=3)
    assert "0 of 2 left to look at" in said(service, "papers", "confirm", "--all")
    assert told(service, "show", one)["confirmed"] is None


def test_what_is_confirmed_and_what_is_released_is_named(service: Service) -> None:
    assert said(service, "papers", "series") == "No values are confirmed yet."
    paper = first(service)
    said(service, "papers", "confirm", paper, "--without", "1")
    shown = service.command("papers", "show", paper).stdout.splitlines()
    marked = [line.split()[0] for line in shown if line.endswith("[confirmed]")]
    assert marked == [str(row) for row in told(service, "show", paper)["rows"]]
    assert "1" not in marked
    assert "2" in marked
    one = told(service, "series")["series"][0]
    assert f"1 series released. {one['name']}" in said(service, "release", one["series"])
    assert f"Kept from now on: 1 series. {one['name']}" in said(service, "papers", "keep", one["series"])


def test_a_name_at_the_top_of_a_page_is_no_section(tmp_path: Path) -> None:
    made = Service(tmp_path, workers=1)
    exports.zipped(made.downloads / "a.zip", exports.ct_files(1, **HERS))
    paper = Paper()
    paper.letterhead("Geboren op: 23/11/1958", "Staalname op: 05/03/24")
    paper.line((50, "Analyse"), (260, "Resultaat"), (350, "Eenheid"), (440, "Referentie"))
    paper.line((50, "QUILLEMANS ROOS"))
    paper.tests(NL[:2])
    (made.downloads / "b.pdf").write_bytes(paper.made())
    said(made, "once", str(made.downloads / "a.zip"), str(made.downloads / "b.pdf"))
    assert {one["section"] for one in told(made, "show", first(made))["read"]["values"]} == {""}


def test_a_paper_in_the_trash_is_called_a_paper(service: Service) -> None:
    said(service, "papers", "discard", first(service))
    assert "a paper was taken out" in said(service, "restore")


def leaked(folder: Path) -> set[str]:
    """Words of the papers in any path or file that Radiary wrote, but for the papers themselves."""
    words = ("Quillemans", "19581123", "23/11/1958", "Herentals", "815.333", "Hemoglobine", "Ferritine")
    written = [path for name in ("library", "private", "chronicle", "state") for path in (folder / name).rglob("*")]
    texts = [str(path.relative_to(folder)).encode() for path in written]
    texts += [path.read_bytes() for path in written if path.is_file() and path.suffix != ".pdf"]
    return {word for word in words for text in texts if word.casefold().encode() in text.lower()}


def told(service: Service, *asked: str) -> dict[str, Any]:
    done = service.command("papers", *asked, "--json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_papers_are_listed_shown_and_confirmed_and_their_values_are_series(service: Service, tmp_path: Path) -> None:
    papers = told(service)["papers"]
    assert [(one["date"], one["kind"], one["confirmed"]) for one in papers] == [("2024-03-05", "blood-analysis", None)] * 2
    shown = told(service, "show", papers[0]["paper"])["read"]["values"]
    assert {"Hemoglobine", "CRP"} <= {one["name"] for one in shown}
    assert "2 of 2 left" in service.command("papers").stdout
    assert service.command("papers", "confirm", "--all").returncode == 0
    assert "0 of 2 left" in service.command("papers").stdout
    series = told(service, "series")["series"]
    crp = next(one for one in series if one["name"] == "CRP" and not one["section"])
    assert [(one["date"], one["comparator"] + one["value"]) for one in crp["points"]] == [
        ("2023-09-02", "<0.5"),
        ("2024-01-12", "12.1"),
        ("2024-03-05", "<0.5"),
    ]
    other = next(one for one in series if one["name"] == "CRP" and one["section"])
    assert service.command("papers", "join", other["series"], crp["series"]).returncode == 0
    assert len(told(service, "series")["series"]) == len(series) - 1
    assert service.command("papers", "release", crp["series"]).returncode == 0
    rows = service.command("export", "csv", "-").stdout.splitlines()[1:]
    assert {row.split(",")[3] for row in rows} == {"CRP"}
    assert service.command("export", "fhir", str(tmp_path / "bundle.json")).returncode == 0
    released = json.loads((tmp_path / "bundle.json").read_text())["entry"]
    assert {one["resource"]["code"]["text"] for one in released if one["resource"]["resourceType"] == "Observation"} == {"CRP"}
    assert leaked(tmp_path) == set()
    assert "Blood analysis" in (tmp_path / "chronicle/index.html").read_text()


def test_kind_date_and_discarding_are_hers(service: Service) -> None:
    one, other = (paper["paper"] for paper in told(service)["papers"])
    assert service.command("papers", "set", one, "--kind", "letter", "--date", "2024-01-31").returncode == 0
    assert {(paper["paper"], paper["date"], paper["kind"]) for paper in told(service)["papers"]} >= {
        (one, "2024-01-31", "letter")
    }
    assert service.command("papers", "set", one, "--kind", "novel").returncode == 2
    service.command("papers", "confirm", other)
    assert service.command("papers", "discard", other).returncode == 0
    assert [paper["paper"] for paper in told(service)["papers"]] == [one]
    assert told(service, "series")["series"] == []
    assert service.command("verify").returncode == 0
    assert service.command("restore", "2024-03-05").returncode == 0
    assert told(service, "series")["series"] != []
    assert service.facts("described")[0]["kind"] == "letter"


def test_rows_that_are_wrong_are_left_out(service: Service) -> None:
    one = told(service)["papers"][0]["paper"]
    rows = len(told(service, "show", one)["read"]["values"])
    service.command("papers", "confirm", one, "--without", "1", "--without", "2")
    assert next(paper for paper in told(service)["papers"] if paper["paper"] == one)["confirmed"] == rows - 2
    service.command("papers", "withdraw", one)
    assert next(paper for paper in told(service)["papers"] if paper["paper"] == one)["confirmed"] is None


def test_a_scan_is_read_and_confirmed_row_by_row(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(scanned("english_with_flags_behind"))
    service = Service(tmp_path, workers=1, documents=folder)
    assert service.command("once", str(folder / "scan.pdf")).returncode == 0
    (paper,) = told(service)["papers"]
    assert (paper["kind"], paper["person"]) == ("document", "")
    read = told(service, "show", paper["paper"])["read"]
    assert (read["scan"], read["date"]) == (True, "2024-03-05")
    values = {one["name"]: one for one in read["values"]}
    assert (values["Sodium"]["value"], values["Sodium"]["unit"], values["Ferritin"]["comparator"]) == ("131", "mmol/L", "<")
    assert all("scan" in one["doubts"] for one in read["values"])
    assert "name each row" in service.command("papers", "confirm", paper["paper"]).stdout
    service.command("papers", "confirm", paper["paper"], "--row", "1")
    assert told(service)["papers"][0]["confirmed"] == 1
