"""Medication plans with a code: read where the extra is there, held as any paper where it is not; its names stay private."""

import io
import json
import os
from pathlib import Path

import pytest
from PIL import Image

import exports
from plans import CODE, plan
from radiary.documents import pdf, plan_codes
from radiary.documents.pdf import PagePicture
from reviewing import page_of, told
from services import Service

HERS = {"PatientName": "Quillemans^Roos", "PatientBirthDate": "19581123", "PatientID": "Q-4411"}
PRIVATE = ("Quillemans", "Roos", "Testarts", "Herentals", "Metoprol", "Insulan", "02083906")


def photograph(paper: bytes) -> bytes:
    seen = pdf.picture(paper, 0, (), 200)
    written = io.BytesIO()
    Image.frombytes("L", (seen.columns, seen.rows), seen.values).save(written, "JPEG", quality=85)
    return written.getvalue()


def filed(folder: Path, name: str, data: bytes) -> Service:
    place = folder / "papers"
    place.mkdir()
    service = Service(folder, workers=1, documents=place)
    exports.zipped(service.downloads / "a.zip", exports.ct_files(1, **HERS))
    (place / name).write_bytes(data)
    assert service.command("once", str(service.downloads / "a.zip"), str(place / name)).returncode == 0
    return service


@pytest.mark.parametrize("name", ["plan.pdf", "plan.jpg"])
def test_a_plan_is_read_by_its_code_and_says_nothing_outside_of_the_shelf(tmp_path: Path, name: str) -> None:
    service = filed(tmp_path, name, plan() if name.endswith("pdf") else photograph(plan()))
    (paper,) = json.loads(service.command("papers", "--json").stdout)["papers"]
    assert (paper["kind"], paper["date"]) == ("medication-plan", "2024-02-01")
    shown = json.loads(service.command("papers", "show", paper["paper"], "--json").stdout)["read"]["medication"]
    assert [(one["name"], one["schedule"], one["unit"]) for one in shown if one["number"] != "00558736"] == [
        ("Metoprol Test", "1-0-1-0", "Stück"),
        ("Pulver Test", "bei Bedarf", "Messlöffel"),
        ("Salbe Test", "0-0-0-1", "Streifen"),
    ]
    assert "Metoprol Test (Metoprolol 47,5 mg); RET; 1-0-1-0 Stück" in service.command("papers", "show", paper["paper"]).stdout
    if name.endswith("pdf"):
        assert shown[1]["name"] == "Insulin Insulan Test 100 E/ml"
    with page_of(service) as address:
        uid = told(address + "items")["items"][0]["id"]
        assert told(address + f"paper/{uid}")["medication"][0].startswith("Metoprol Test")
    for room in ("library", "chronicle", "state"):
        for path in (service.folder / room).rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            assert [word for word in PRIVATE if word.encode() in content] == [], path


def test_without_the_extra_a_plan_is_held_as_any_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text("import sys\nsys.modules['zxingcpp'] = None\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(hidden), *filter(None, [os.environ.get("PYTHONPATH")])]))
    service = filed(tmp_path, "plan.pdf", plan())
    (paper,) = json.loads(service.command("papers", "--json").stdout)["papers"]
    assert (paper["kind"], paper["date"]) == ("medication-plan", "2024-02-01")  # when it was printed
    read = json.loads(service.command("papers", "show", paper["paper"], "--json").stdout)["read"]
    assert (read["medication"], read["kind"]) == ([], "medication-plan")


def test_a_code_is_found_on_a_page_and_none_on_an_empty_one() -> None:
    page = pdf.picture(plan(), 0, (), 200)
    assert plan_codes.texts(page) == [CODE]
    assert plan_codes.texts(PagePicture(50, 40, bytes(2000))) == []
