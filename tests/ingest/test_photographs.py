"""Photographs of letters: held as they are in folders of papers alone, dated by their shot; nothing of EXIF goes further."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from PIL import Image

import exports
from papers import STYLES, letter
from radiary.dicom.render import photographs
from radiary.documents import pdf
from reviewing import get, page_of, told
from services import Service

HERS = {"PatientName": "Quillemans^Roos", "PatientBirthDate": "19581123", "PatientID": "Q-4411"}
MAKER = "Zorgcamera"


def photograph(paper: bytes = b"", *, taken: str = "2024:02:14 09:30:00", form: str = "JPEG", turned: int = 1) -> bytes:
    """A photograph of a paper, with all that a telephone writes into it."""
    seen = pdf.picture(paper or STYLES["dutch"]()[0], 0, (), 150)
    image = Image.frombytes("L", (seen.columns, seen.rows), seen.values).convert("RGB")
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = MAKER, turned
    exif.get_ifd(0x8769)[0x9003] = taken
    exif.get_ifd(0x8825)[1] = "N"
    written = io.BytesIO()
    image.rotate({1: 0, 6: 90}[turned], expand=True).save(written, form, exif=exif)
    return written.getvalue()


def held(service: Service) -> dict[str, bytes]:
    """What is on the private shelf, by day and name."""
    private = service.folder / "private"
    return {
        f"{path.relative_to(private).parts[0]}/{path.name}": path.read_bytes()
        for path in private.rglob("*")
        if path.suffix in (".jpg", ".png", ".pdf")
    }


@pytest.fixture
def service(tmp_path: Path) -> Service:
    place = tmp_path / "papers"
    place.mkdir()
    return Service(tmp_path, workers=1, documents=place)


def test_a_photograph_in_a_folder_of_papers_is_held_unchanged_at_the_day_of_its_shot(service: Service) -> None:
    place, data, other = service.folder / "papers", photograph(), photograph(taken="2023:01:02 10:00:00", form="PNG")
    (service.downloads / "holiday.jpg").write_bytes(photograph(taken="2022:07:01 12:00:00"))
    (place / "IMG_1.jpg").write_bytes(data)
    with service:
        service.wait_for("filed")
        (place / "scan of letter").write_bytes(other)
        service.wait_for("filed", 2)
    assert {path.rpartition("/")[2]: content for path, content in held(service).items()} == {
        "photograph.jpg": data,
        "photograph.png": other,
    }
    assert sorted(study["date"] for fact in service.facts("filed") for study in fact["studies"]) == ["2023-01-02", "2024-02-14"]
    assert (place / "IMG_1.jpg").read_bytes() == data
    for path in (service.folder / "state").rglob("*.jsonl"):
        assert MAKER not in path.read_text()
        assert "IMG_1" not in path.read_text()


def test_pictures_of_a_discs_viewer_and_what_is_no_letters_are_left(service: Service) -> None:
    place = service.folder / "papers"
    files = exports.ct_files(1, **HERS) | {"viewer/logo.jpg": photograph(), "viewer/a.png": photograph(form="PNG")}
    exports.zipped(place / "disc.zip", files)
    button = io.BytesIO()
    Image.new("RGB", (64, 64)).save(button, "PNG")
    (place / "button.png").write_bytes(button.getvalue())
    with zipfile.ZipFile(place / "letters.zip", "w") as archive:
        archive.writestr("one.jpg", photograph())
    with service:
        service.wait_for("filed", 2)
        (place / "later.jpg").write_bytes(photograph(taken="2023:01:02 10:00:00"))  # by then the button was looked into
        service.wait_for("filed", 3)
    assert [name.rpartition("/")[2] for name in held(service)] == ["photograph.jpg"] * 2


def test_one_that_is_cut_or_too_large_is_said_to_be(service: Service) -> None:
    place, whole = service.folder / "papers", photograph()
    cut = place / "cut.jpg"
    cut.write_bytes(whole[: len(whole) // 3])
    large = place / "large.png"
    Image.new("L", (20_000, 20_000)).save(large)
    for path in (cut, large):
        said = service.command("once", str(path))
        assert said.returncode == 1
        assert "photograph is damaged, its end is missing, or it is too large" in " ".join((said.stdout + said.stderr).split())
    assert held(service) == {}


def test_what_is_shown_of_one_is_upright_and_without_exif(service: Service) -> None:
    exports.zipped(service.downloads / "a.zip", exports.ct_files(1, **HERS))
    path = service.folder / "papers/IMG_2.jpg"
    path.write_bytes(photograph(STYLES["french"]()[0], turned=6))
    assert service.command("once", str(service.downloads / "a.zip"), str(path)).returncode == 0
    with page_of(service) as address:
        uid = told(address + "items")["items"][0]["id"]
        about = told(address + f"paper/{uid}")
        page = get(address + f"page/{uid}/0")
        rows = told(address + f"places/{uid}/0")["rows"]
    assert (about["pages"], about["scan"], about["day"]) == (1, True, "2024-03-05")
    assert [row["value"] for row in about["rows"] if row["name"] == "Ferritine"] == ["9"]
    assert all(0 < x0 < x1 < 1 and 0 < y0 < y1 < 1 for x0, y0, x1, y1 in rows.values())
    assert (page.startswith(b"\x89PNG"), MAKER.encode() in page, b"eXIf" in page) == (True, False, False)
    with Image.open(io.BytesIO(page)) as image:
        assert image.height > image.width
    assert service.command("papers", "set", "--kind", "letter", "--person", "nobody").returncode == 2
    (paper,) = json.loads(service.command("papers", "--json").stdout)["papers"]
    done = service.command("papers", "cut", paper["paper"], "--part", "5,17,95,26")
    assert done.returncode == 0, done.stdout + done.stderr
    assert service.command("papers", "cut", paper["paper"], "--part", "5,4,95,12").returncode == 2
    (picture,) = (service.folder / "chronicle/papers").iterdir()
    assert MAKER.encode() not in picture.read_bytes()
    assert re.search(rb"eXIf|tEXt", picture.read_bytes()) is None


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\x00\x08Exif\x00\x00", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"BM" * 50]
)
def test_odd_files_are_no_photographs(content: bytes) -> None:
    assert photographs.about(content) is None
    assert photographs.grey(content, 300) is None


def test_a_day_that_is_none_is_not_told() -> None:
    for taken in ("0000:00:00 00:00:00", "", "2024:13:01 00:00:00", "   "):
        about = photographs.about(photograph(letter(), taken=taken))
        assert about is not None
        assert about.day is None
