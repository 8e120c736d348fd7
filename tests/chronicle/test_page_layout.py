"""How pages lie on phones, on paper and at large type, in a real browser."""

import base64
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from pages import browser
from radiary.chronicle import chapters, day_view, page
from radiary.chronicle.day_view import Sources
from radiary.chronicle.joined_story import joined
from radiary.chronicle.own_days import own_days
from radiary.chronicle.story import folded
from radiary.chronicle.yaml_days import read
from radiary.language import ENGLISH, Language
from radiary.share import page as share_page
from radiary.share.page import Account, ExamEntry
from stories import filed, named, series

pytestmark = pytest.mark.debian
THUMB = 44
"""Pixels of what a thumb finds (WCAG 2.2, 2.5.5)."""
MARGIN, PAPER = 46, 510
"""Points below what is printed on a page of A5, and of what is printed."""
HERS = """- date: 2024-01-15
  events:
    - title: "Hers"
      images: [tall.jpg, tiny.png, dot.png]
"""
SIZES = {"tall.jpg": (60, 80), "tiny.png": (16, 16), "dot.png": (1, 1)}


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    made = browser(tmp_path_factory.mktemp("profile"))
    yield made
    made.quit()


def written(folder: Path, own: str, *exams: Any, pictures: Mapping[str, tuple[int, int]]) -> str:
    """The address of a page; of its pictures, those named are there."""
    for name, size in pictures.items():
        file = io.BytesIO()
        Image.new("L", size, 128).save(file, "PNG" if name.endswith("png") else "JPEG")
        (folder / name).write_bytes(file.getvalue())
    sources = Sources(
        picture=lambda _folder, name: name if name in pictures else None,
        sheet=lambda _exam: "sheets/a.jpg",
        folder=lambda _exam: "../library/a/",
        viewer=lambda _exam: "viewer/a.html",
        report=lambda _exam: "Length: 14 mm",
        size=pictures.get,
    )
    days = joined(named(folded(exams)), own_days(read(own)), frozenset()).days
    entries = [page.entry(day_view.view(day, sources, ENGLISH, shows_people=False), ENGLISH) for day in days]
    (folder / "index.html").write_text(page.first(page.PageFrame(), *chapters.parted(entries)))
    return (folder / "index.html").as_uri()


def at(driver: Any, address: str, width: int) -> None:
    """The page with all its days open, on a screen of that width."""
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver.get(address)
    driver.execute_script("document.querySelectorAll('details').forEach(one => { one.removeAttribute('name'); one.open = true })")


def script(driver: Any, text: str) -> Any:
    return driver.execute_script(f"return {text}")


def test_pictures_of_a_day_have_their_place_before_they_are_there(driver: Any, tmp_path: Path) -> None:
    address = written(tmp_path, HERS, pictures=SIZES)
    place = "document.querySelector('img[src=\"tall.jpg\"]').getAttribute('%s')"
    at(driver, address, 390)
    assert [script(driver, place % side) for side in ("width", "height")] == ["60", "80"]
    across, down = script(driver, "(one => [one.clientWidth, one.clientHeight])(document.querySelector('img'))")
    assert down == pytest.approx(across * 80 / 60, abs=1)


def test_what_is_tiny_is_not_blown_up(driver: Any, tmp_path: Path) -> None:
    at(driver, written(tmp_path, HERS, pictures=SIZES), 390)
    large, *small = script(driver, "[...document.querySelectorAll('figure img')].map(one => one.clientWidth)")
    assert large > 200
    assert small == [16, 1]


@pytest.mark.parametrize("width", [320, 390])
def test_a_thumb_finds_what_there_is_to_press(driver: Any, tmp_path: Path, width: int) -> None:
    exams = filed("a", "2024-01-01", series("1")), filed("b", "2024-02-02", series("3", modality="MR"), modality="MR")
    at(driver, written(tmp_path, HERS, *exams, pictures=SIZES), width)
    seen = "[...document.querySelectorAll('summary, .exam a, .tools :is(input, select, button)')]"
    heights = script(driver, f"{seen}.map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().height])")
    assert len(heights) > 5
    assert [one for one in heights if one[1] < THUMB] == []


@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
@pytest.mark.parametrize("width", [320, 400, 1280])
def test_what_a_copy_holds_is_read_without_scrolling_sideways(driver: Any, tmp_path: Path, width: int, language: str) -> None:
    spoken = Language(language)
    title = spoken.say("Mammography, breast, both sides")
    entry = ExamEntry("a", spoken.say("Day"), title, "", viewer="", pictures=(), report="x", person="", count=1234, stacks=16)
    account = Account(days_are_relative=True, form="webp")
    (tmp_path / share_page.STYLE).write_bytes(share_page.style())
    (tmp_path / share_page.HOLDS).write_text(share_page.holds([entry] * 3, account, spoken))
    at(driver, (tmp_path / share_page.HOLDS).as_uri(), width)
    assert script(driver, "document.documentElement.scrollWidth") <= width
    named = (
        "[...document.querySelectorAll('tbody tr:first-child [data-of]')].map(one => getComputedStyle(one, '::before').content)"
    )
    assert [text != "none" for text in script(driver, named)] == [width < 500] * 3


def test_a_booklet_leaves_little_of_a_page_free_where_words_or_photographs_could_go_on(driver: Any, tmp_path: Path) -> None:
    own = ""
    for number in range(1, 25):
        words = "\n\n".join("        " + "a word " * ((11 * (number + place)) % 60 + 9) for place in range(number % 4 + 1))
        week = f"      images: [{', '.join(['tall.jpg'] * (8 + number % 5))}]\n      captions: [{', '.join(['mine'] * 12)}]\n"
        said = week if number % 2 else f"      description: |\n{words}\n"
        own += f"- date: 2024-01-{number:02}\n  events:\n    - title: Mine\n{said}"
    driver.get(written(tmp_path, own, pictures=SIZES))
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pages = [one.get_textpage() for one in PdfDocument(base64.b64decode(printed["data"]))]
    assert len(pages) > 5
    foot = [one.get_text_bounded(bottom=MARGIN, top=MARGIN + 0.4 * PAPER).strip() for one in pages]
    assert [number for number, text in enumerate(foot[:-1], 1) if not text] == []
    last = [one.get_text_bounded(bottom=MARGIN).split("\r\n")[-1].strip() for one in pages[:-1]]
    assert [line for line in last if line == "Mine" or "2024" in line] == []  # no title alone at the foot


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_field_can_be_told_from_the_page_around_it(driver: Any, tmp_path: Path, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    at(driver, written(tmp_path, HERS, pictures=SIZES), 1280)
    edge = script(driver, "getComputedStyle(document.querySelector('#search')).borderTopColor")
    ground = script(driver, "getComputedStyle(document.body).backgroundColor")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    darker, lighter = sorted((luminance(edge), luminance(ground)))
    assert (lighter + 0.05) / (darker + 0.05) >= 3  # WCAG 2.2, 1.4.11


def luminance(colour: str) -> float:
    """Relative luminance of a colour as a browser says it (WCAG 2.2)."""
    shares = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
