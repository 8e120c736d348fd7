"""The check of two copies finds what is planted in them."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import exports
import share_check
from share.given import Home, home

PEOPLE = [exports.NAME, exports.PATIENT_ID, exports.BIRTH_DATE]
Plant = Callable[[Path, Home], object]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return home(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def copies(here: Home, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("two")
    for name in ("one", "other"):
        done = here.share("2024-01-01", "2024-01-02", to=place / name)
        assert done.returncode == 0, done.stderr
    return place / "one", place / "other"


def found(one: Path, other: Path, here: Home) -> list[str]:
    return share_check.findings(one, other, here.library, PEOPLE, list(share_check.EXAMS))


def test_two_copies_have_nothing_in_common_but_what_is_seen(copies: tuple[Path, Path], here: Home) -> None:
    assert found(*copies, here) == []
    assert len(share_check.entries(copies[0])) > 15


def add(text: str) -> Plant:
    def plant(copy: Path, _: Home) -> None:
        page = copy / "index.html"
        status = page.stat()
        page.write_text(page.read_text().replace("</main>", f"<p>{text}</p></main>"))
        os.utime(page, ns=(status.st_mtime_ns, status.st_mtime_ns))

    return plant


def of_library(which: str) -> Plant:
    """Something that stands in a record of the library, by its name there."""

    def plant(copy: Path, home: Home) -> None:
        record = next(home.library.glob("2024-01-01/*/study.json")).read_text()
        add(record.split(f'"{which}":"')[1].split('"')[0])(copy, home)

    return plant


def rename(copy: Path, home: Home) -> None:
    code = next(home.library.glob("2024-01-01/*")).name.partition("-")[2]
    next(copy.glob("pictures/*")).rename(copy / f"pictures/{code}")


def comment(copy: Path, _: Home) -> None:
    """A chunk beside the pixels, as an editor of pictures leaves one."""
    picture = next(copy.rglob("*.webp"))
    status = picture.stat()
    picture.write_bytes(picture.read_bytes() + b"EXIF\4\0\0\0abcd")
    os.utime(picture, ns=(status.st_mtime_ns, status.st_mtime_ns))


@pytest.mark.parametrize(
    ("plant", "what"),
    [
        (add("SYN-5512"), "syn-5512"), (add("petronella"), "petronella"), (add("1 January 2024"), "1 january 2024"),
        (add("20240102"), "20240102"), (of_library("uid"), "in it"), (of_library("sha256"), "in it"),
        (of_library("patient"), "in it"), (rename, "in it"), (comment, "more than pixels"),
        (lambda copy, _: (copy / "index.html").touch(), "times"), (lambda copy, _: (copy / "index.html").chmod(0o644), "modes"),
    ],
)  # fmt: skip
def test_what_leads_back_is_found(copies: tuple[Path, Path], here: Home, tmp_path: Path, plant: Plant, what: str) -> None:
    planted = shutil.copytree(copies[0], tmp_path / "planted")
    plant(planted, here)
    findings = found(planted, copies[1], here)
    assert [one for one in findings if what in one], findings


def test_what_links_two_copies_is_found(copies: tuple[Path, Path], here: Home, tmp_path: Path) -> None:
    planted = [shutil.copytree(copy, tmp_path / copy.name) for copy in copies]
    for copy in planted:
        add("a7Xq-9")(copy, here)
    assert found(planted[0], planted[1], here) == ["both say a7Xq-9"]
    assert "both tell the same places of slices" in found(copies[0], copies[0], here)
    assert any(one.startswith("both have a file called exam-") for one in found(copies[0], copies[0], here))
