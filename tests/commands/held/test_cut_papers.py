"""A part of a paper as a picture, as its owner uses it: searched first, shown by her word alone, and taken back by it."""

import json
import re
import shutil
import stat
import struct
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import exports
from papers import NL, STYLES, Paper
from radiary.documents import pdf
from radiary.ingest import cuttings
from radiary.model.errors import Mistaken
from radiary.model.nouns import Policy
from reviewing import get, page_of, settled, told
from services import Service

HERS = {"PatientName": "Quillemans^Roos", "PatientBirthDate": "19581123", "PatientID": "Q-4411"}
HEAD, TABLE = "5,4,95,12", "5,17,95,26"
"""Parts of the paper: its letterhead, with her name; and rows of values."""


def filed(folder: Path, paper: bytes, **settings: object) -> Service:
    made = Service(folder, workers=1, **settings)
    exports.zipped(made.downloads / "a.zip", exports.ct_files(1, **HERS))
    place = folder / "papers"
    place.mkdir()
    (place / "b.pdf").write_bytes(paper)
    assert (
        made.command("once", str(made.downloads / "a.zip"), str(place / "b.pdf"), "--set", f"documents={place}").returncode == 0
    )
    return made


@pytest.fixture(scope="module")
def filed_once(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return filed(tmp_path_factory.mktemp("filed"), STYLES["dutch"]()[0])


@pytest.fixture
def service(filed_once: Service, tmp_path: Path) -> Service:
    return filed_once.copied(tmp_path)


def scanned(paper: bytes) -> bytes:
    """The same page without a letter: a picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = pdf.picture(paper, 0, (), 200)
    made = Paper()
    image = Image.frombytes("L", (picture.columns, picture.rows), picture.values)
    made.canvas.drawImage(ImageReader(image), 0, 0, *made.size)
    return made.made()


def name(service: Service) -> str:
    return str(json.loads(service.command("papers", "--json").stdout)["papers"][0]["paper"])


def cut(service: Service, *options: str) -> Any:
    return service.command("papers", "cut", name(service), *options)


def shown(service: Service) -> list[Path]:
    return sorted((service.folder / "chronicle/papers").glob("*"))


def chunks(png: bytes) -> list[bytes]:
    at, found = 8, []
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        found.append(png[at + 4 : at + 8])
        at += 12 + length
    return found


def said(result: Any) -> str:
    return " ".join((result.stdout + result.stderr).split())


def test_a_part_is_shown_at_its_papers_day_as_pixels_alone_and_taken_back(service: Service) -> None:
    page = service.folder / "chronicle/index.html"
    done = cut(service, "--page", "1", "--part", TABLE)
    assert done.returncode == 0, said(done)
    (picture,) = shown(service)
    assert stat.S_IMODE(picture.stat().st_mode) == 0o600
    assert chunks(picture.read_bytes()) == [b"IHDR", b"IDAT", b"IEND"]
    day = page.read_text()[page.read_text().index('id="d2024-03-05"') :]
    (link, words) = re.findall(r'<img loading="lazy" src="(papers/[^"]*)" alt="([^"]*)"', day)[0]
    assert (link, "Hemoglobine 13,4 g/dL" in words) == (f"papers/{picture.name}", True)
    assert "Quillemans" not in page.read_text()
    for path in (
        service.folder / "state/ledger.jsonl",
        service.folder / "state/papers",
        service.folder / "state/cuttings" / picture.stem,
    ):
        assert b"Hemoglobine" not in path.read_bytes()
    (listed,) = json.loads(service.command("papers", "cuttings", "--json").stdout)["cuttings"]
    assert (listed["cutting"], listed["page"], listed["part"]) == (picture.stem, 1, [0.05, 0.17, 0.95, 0.26])
    assert service.command("papers", "uncut", picture.stem).returncode == 0
    assert shown(service) == []
    assert "papers/" not in page.read_text()
    assert list((service.folder / "state/cuttings").iterdir()) == []
    assert service.command("papers", "uncut", picture.stem).returncode == 2


def test_a_row_is_shown_and_stays_when_the_chronicle_is_made_again(service: Service) -> None:
    assert cut(service, "--row", "4").returncode == 0
    (picture,) = shown(service)
    before = picture.read_bytes()
    picture.unlink()
    (service.folder / "chronicle/papers/hers.png").write_bytes(b"her own")
    assert service.command("chronicle").returncode == 0
    assert picture.read_bytes() == before
    assert service.command("papers", "not-mine", name(service)).returncode == 0
    assert [path.name for path in shown(service)] == ["hers.png"]


@pytest.mark.parametrize("is_scan", [False, True])
def test_what_names_her_is_not_shown(tmp_path: Path, *, is_scan: bool) -> None:
    paper = STYLES["dutch"]()[0]
    service = filed(tmp_path, scanned(paper) if is_scan else paper)
    stopped = cut(service, "--part", HEAD)
    assert stopped.returncode == 2
    assert "name, a number or the birth date of somebody known" in said(stopped)
    assert "Quillemans" not in said(stopped)
    half = "5,7.6,95,8.3"  # the edge cuts the letters of her name
    assert cut(service, "--part", half).returncode == 2
    assert shown(service) == []
    assert not (service.folder / "state/cuttings").exists()
    assert cut(service, "--part", TABLE).returncode == 0


def with_physicians() -> bytes:
    """A paper on which others are named: by a title, by labels before and above them, and in a header of an exam."""
    paper = Paper()
    paper.letterhead("Geboren op: 23/11/1958", "Staalname op: 05/03/24 08:10")
    paper.line((50, "Aanvrager: Wannes Verstraeten"), (350, "Tel. 014/12 34 56"))
    paper.line((50, "Kopie aan"), (200, "Datum"))
    paper.line((50, "Brandts Lieve"), (200, "05/03/2024"))
    paper.line((50, "Besproken met Fictus op 6 maart, en met prof. Van Den Eynde en dr. Hilde"))
    paper.line((50, "Marsinckx op 7 maart."))
    paper.tests(NL[:1])
    return paper.made()


def letters(png: Path, box: tuple[int, int, int, int]) -> set[int]:
    """The grey values in a part of a picture, but for its edges."""
    from PIL import Image

    with Image.open(png) as image:
        return set(image.convert("L").crop(box).tobytes())


PHYSICIANS = "5,10.5,95,22"


@pytest.mark.parametrize("is_scan", [False, True])
def test_others_names_are_blanked_in_the_picture_and_in_what_is_kept_of_it(tmp_path: Path, *, is_scan: bool) -> None:
    paper = with_physicians()
    service = filed(tmp_path, scanned(paper) if is_scan else paper)
    done = cut(service, "--part", PHYSICIANS)
    assert done.returncode == 0, said(done)
    (picture,) = shown(service)
    words = " ".join(read_again(picture)).replace(" ", "")
    page = (service.folder / "chronicle/index.html").read_text()
    (alt,) = re.findall(r'<img loading="lazy" src="papers/[^"]*" alt="([^"]*)"', page)
    for name in ("Wannes", "Verstraeten", "Brandts", "Lieve", "Fictus", "Eynde", "34", "prof", "Hilde", "Marsin"):
        assert name not in words
        assert name not in alt
    for kept in ("Hemoglobine", "13,4", "Kopie", "05/03/2024"):
        assert kept in words
    assert is_scan or "maart" in words  # a reader of pictures joins words: more than the name goes
    assert ("Hemoglobine" in alt, "…" in alt) == (True, not is_scan)
    assert letters(picture, (320, 95, 360, 105)) != {0}  # the row of the date beside the name below a label stays
    assert letters(picture, (45, 95, 155, 110)) == {0}  # that name


def test_names_of_others_are_blanked_where_they_are_printed(tmp_path: Path) -> None:
    """Letters that no reader of pictures makes out, for their box is another one than theirs, or they are too pale."""
    pale = Paper()
    pale.letterhead("Geboren op: 23/11/1958", "Staalname op: 05/03/24 08:10")
    pale.canvas.setFillGray(0.93)
    pale.line((50, "Aanvrager: Wannes Verstraeten"))
    pale.canvas.setFillGray(0)
    pale.tests(NL[:1])
    found = cuttings.cut(pale.made(), (), 0, (0.05, 0.105, 0.95, 0.22), seconds=60, others=())
    assert "Aanvrager: … …" in found.lines
    picture = tmp_path / "a.png"
    picture.write_bytes(found.png)
    assert letters(picture, (160, 42, 260, 54)) == {0}


def read_again(picture: Path) -> list[str]:
    from PIL import Image

    from radiary.documents.pdf import PagePicture
    from radiary.ingest import scans

    with Image.open(picture) as image:
        seen = PagePicture(*image.size, image.convert("L").tobytes())
    return [line.row.text for line in scans.lines(seen)]


def test_a_part_in_which_a_name_stands_that_could_not_be_blanked_is_not_taken() -> None:
    policy = Policy()
    kept = partial(cuttings.searched, uid="1.2", page=0, part=(0, 0, 1, 1), people=(), numbers=(), policy=policy)
    for lines, others in ((("Dr. Wannes",), ()), (("met Fictus",), ("Fictus^Dr",)), (("Arts: Lieve Brandts",), ())):
        with pytest.raises(Mistaken, match="could not be blanked"):
            kept(cuttings.Cut(b"", lines, lines, others))
        kept(cuttings.Cut(b"", lines, ("Arts: …",), others))


def test_it_goes_as_soon_as_a_header_names_somebody_who_stands_in_it(service: Service) -> None:
    assert cut(service, "--part", TABLE).returncode == 0
    other = service.downloads / "c.zip"
    exports.zipped(other, exports.ct_files(2, **HERS, ReferringPhysicianName="Natrium^Jo"))
    assert "somebody else, such as a physician, is named in it" in said(service.command("once", str(other)))
    assert shown(service) == []
    assert cut(service, "--part", TABLE).returncode == 0
    assert len(shown(service)) == 1


def test_what_is_no_part_is_said(service: Service) -> None:
    for options in (
        ("--part", "1,2"),
        ("--part", "90,90,10,10"),
        ("--part", "nan,1,2,3"),
        ("--page", "2", "--part", TABLE),
        (),
        ("--row", "99"),
    ):
        assert cut(service, *options).returncode == 2, options
    assert shown(service) == []


def test_a_date_is_not_shown_where_dates_are_not_told(tmp_path: Path) -> None:
    service = filed(tmp_path, STYLES["dutch"]()[0], dates="shift")
    assert "lets none be told" in said(cut(service, "--part", "5,10.5,40,12.2"))
    assert cut(service, "--part", TABLE).returncode == 0
    (picture,) = shown(service)
    page = (service.folder / "chronicle/index.html").read_text()
    assert f"papers/{picture.name}" in page
    assert "2024-03-05" not in page


def test_it_goes_as_soon_as_somebody_is_known_who_stands_in_it(service: Service) -> None:
    assert cut(service, "--part", TABLE).returncode == 0
    other = service.downloads / "c.zip"
    exports.zipped(other, exports.ct_files(2, PatientName="Natrium^Jo", PatientBirthDate="19400101", PatientID="Z-1"))
    assert "it would tell who it is about" in said(service.command("once", str(other)))
    assert shown(service) == []
    assert "papers/" not in (service.folder / "chronicle/index.html").read_text()


def test_a_picture_that_is_damaged_is_not_shown_and_all_else_is(service: Service) -> None:
    assert cut(service, "--part", TABLE).returncode == 0
    (picture,) = shown(service)
    (service.folder / "state/cuttings" / picture.stem).write_bytes(b"damaged")
    picture.unlink()
    told = service.command("chronicle")
    assert "missing in the state folder, or damaged" in said(told)
    page = (service.folder / "chronicle/index.html").read_text()
    assert ("papers/" in page, "Blood analysis" in page) == (False, True)


def sealed(service: Service) -> list[str]:
    return sorted(path.name for path in (service.folder / "state/cuttings").glob("*") if path.suffix != ".lock")


@pytest.mark.parametrize("does", ["not-mine", "discard", "gone"])
def test_a_part_goes_with_its_paper_and_does_not_come_back_with_it(service: Service, does: str) -> None:
    assert cut(service, "--part", TABLE).returncode == 0
    paper, picture = json.loads(service.command("papers", "--json").stdout)["papers"][0], sealed(service)
    assert len(picture) == 1
    if does == "gone":
        shutil.rmtree(service.folder / "private" / paper["folder"])
        gone = service.command("remove", "--gone")
        assert gone.returncode == 0, said(gone)
    else:
        assert service.command("papers", does, paper["paper"]).returncode == 0
    assert (sealed(service), shown(service)) == ([], [])
    if does == "discard":
        assert service.command("restore", "2024-03-05").returncode == 0
        assert json.loads(service.command("papers", "--json").stdout)["papers"]
    assert service.command("chronicle").returncode == 0
    assert (sealed(service), shown(service)) == ([], [])
    assert json.loads(service.command("papers", "cuttings", "--json").stdout)["cuttings"] == []
    assert "parts of papers" not in service.command("doctor").stdout


def test_a_part_of_one_paper_stays_when_another_goes(service: Service) -> None:
    (service.folder / "papers/c.pdf").write_bytes(STYLES["french"]()[0])
    assert service.command("once", str(service.folder / "papers/c.pdf"), "--set", f"documents={service.folder / 'papers'}")
    first, second = json.loads(service.command("papers", "--json").stdout)["papers"]
    assert service.command("papers", "cut", first["paper"], "--part", TABLE).returncode == 0
    assert service.command("papers", "discard", second["paper"]).returncode == 0
    assert (len(sealed(service)), len(shown(service))) == (1, 1)


def test_a_sealed_picture_that_is_lost_or_shown_nowhere_is_told(service: Service) -> None:
    assert cut(service, "--part", TABLE).returncode == 0
    place = service.folder / "state/cuttings"
    (picture,) = sealed(service)
    assert service.command("verify").returncode == 0
    assert "each picture is there as it was searched" in said(service.command("doctor"))
    (place / "0123abcd").write_bytes((place / picture).read_bytes())
    (place / picture).unlink()
    for command in ("verify", "doctor"):
        told = service.command(command)
        assert told.returncode == 1
        assert f"The picture {picture} of a part of a paper is missing in the state folder, or damaged" in said(told)
        assert "The picture 0123abcd of a part of a paper is shown nowhere any more" in said(told)


def test_a_backup_brings_the_sealed_picture_back(service: Service) -> None:
    assert cut(service, "--part", TABLE).returncode == 0
    (picture,) = shown(service)
    before, backup = picture.read_bytes(), service.folder / "b.radiary"
    passphrase = service.folder / "passphrase"
    passphrase.write_text("correct horse battery staple")
    assert service.command("backup", str(backup), "--passphrase-file", str(passphrase)).returncode == 0
    shutil.rmtree(service.folder / "state")
    picture.unlink()
    back = service.command("restore", str(backup), "--passphrase-file", str(passphrase))
    assert back.returncode == 0, said(back)
    assert service.command("chronicle").returncode == 0
    assert picture.read_bytes() == before


@pytest.fixture
def address(service: Service) -> Iterator[str]:
    with page_of(service) as address:
        yield address


def say(address: str, **wish: Any) -> dict[str, Any]:
    with urllib.request.urlopen(address + "paper", data=json.dumps(wish).encode()) as answer:
        return dict(json.load(answer))


def test_on_the_page_a_part_is_shown_and_taken_back(service: Service, address: str) -> None:
    uid = told(address + "items")["items"][0]["id"]
    assert "refused" in say(address, does="cut", paper=uid, page=0, part=[0.05, 0.04, 0.95, 0.12])
    assert "refused" in say(address, does="cut", paper=uid, page=7, part=[0.05, 0.17, 0.95, 0.26])
    assert "says" in say(address, does="cut", paper=uid, page=0, part=[0.05, 0.17, 0.95, 0.26])
    settled(address)
    (picture,) = shown(service)
    (one,) = told(address + f"cuttings/{uid}")["cuttings"]
    assert one["code"] == picture.stem
    assert told(address + f"paper/{uid}")["cuttings"] == [one]
    assert get(address + f"cut/{uid}/0/{one['code']}") == picture.read_bytes()
    assert get(address + f"page/{uid}/0").startswith(b"\x89PNG")
    kept = service.folder / "state/cuttings"
    shutil.copy(kept / one["code"], kept / "00000000")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(address + f"cut/{uid}/0/00000000")
    assert "says" in say(address, does="uncut", paper=uid, cutting=one["code"])
    settled(address)
    assert shown(service) == []
    for asked in (f"cut/{uid}/0/{one['code']}", f"cut/{uid}/0/key", "cut/1/0/2"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            get(address + asked)
