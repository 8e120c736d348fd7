"""The page in a real browser, opened from the disk as its owner opens it."""

import base64
import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pypdfium2 import PdfDocument

from firefox import BROWSERS, Firefox, firefox
from pages import browser
from radiary.chronicle import chapters, day_view, page
from radiary.chronicle.day_view import Sources
from radiary.chronicle.joined_story import joined
from radiary.chronicle.own_days import own_days
from radiary.chronicle.story import folded
from radiary.chronicle.yaml_days import read
from radiary.dicom.render import encode
from radiary.language import ENGLISH
from stories import filed, named, series

pytestmark = pytest.mark.debian
HERS = """- date: 2024-01-15
  events:
    - title: "Écho <script>alert(1)</script>"
      description: "A *word* of mine"
      thread: right breast
"""


@pytest.fixture(params=BROWSERS)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    from selenium.webdriver.support.ui import WebDriverWait

    exams = [
        filed("a", "2024-01-01", series("1"), series("2", 2)),
        filed("b", "2024-02-02", series("3", modality="MR"), modality="MR"),
    ]
    story = named(folded(exams))
    picture = encode.jpeg(encode.png(np.full((60, 80), 128, "u1")), 80)
    assert picture is not None
    for date, name in ((day.date, one.name) for day in story.days for exam in day.exams for one in exam.pictures):
        (tmp_path / "images" / date).mkdir(parents=True, exist_ok=True)
        (tmp_path / "images" / date / name).write_bytes(picture)
    sources = Sources(
        picture=lambda folder, name: f"images/{folder}/{name}" if (tmp_path / "images" / folder / name).exists() else None,
        sheet=lambda _exam: None,
        folder=lambda _exam: None,
        viewer=lambda _exam: None,
        report=lambda _exam: "Length: 14 mm",
    )
    days = joined(story, own_days(read(HERS)), frozenset()).days
    entries = [page.entry(day_view.view(day, sources, ENGLISH, shows_people=False), ENGLISH) for day in days]
    (tmp_path / "index.html").write_text(page.first(page.PageFrame(), *chapters.parted(entries)))
    with (firefox if request.param == "firefox" else closing_chromium)(tmp_path / "profile") as driver:
        driver.get((tmp_path / "index.html").as_uri())
        WebDriverWait(driver, 60).until(lambda one: script(one, "!document.querySelector('.tools').hidden"))
        yield driver


@contextmanager
def closing_chromium(profile: Path) -> Iterator[Any]:
    driver = browser(profile)
    try:
        yield driver
    finally:
        driver.quit()


def script(driver: Any, text: str) -> Any:
    return driver.execute_script(f"return {text}")


def until(driver: Any, text: str) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(driver, 60).until(lambda one: script(one, text))


def test_the_newest_day_shows_its_pictures_and_no_other_is_asked_for(opened: Any) -> None:
    until(opened, "[...document.querySelectorAll('details[open] img')].every(one => one.naturalWidth === 80)")
    assert script(opened, "document.querySelectorAll('details[open]').length") == 1
    assert script(opened, "[...document.querySelectorAll('figure img')].map(one => one.naturalWidth)") == [0, 0, 80]
    assert opened.get_log("browser") == []


def test_opening_another_day_shows_it_and_closes_the_first_by_keyboard(opened: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    first = opened.find_element("css selector", ".day summary")
    opened.execute_script("arguments[0].focus()", first)
    first.send_keys(Keys.ENTER)
    until(opened, "[...document.querySelectorAll('details[open]')].map(one => one.parentElement.id).join() === 'd2024-01-01'")
    until(opened, "[...document.querySelectorAll('#d2024-01-01 img')].every(one => one.naturalWidth === 80)")
    first.send_keys(Keys.ENTER)
    until(opened, "document.querySelectorAll('.day > details[open]').length === 0")


@pytest.mark.parametrize(("place", "day"), [("d2024-01-01", "d2024-01-01"), ("%E0%A4%A", "d2024-02-02")])
def test_a_link_to_a_day_opens_it_and_one_to_nothing_does_no_harm(opened: Any, place: str, day: str) -> None:
    opened.get(f"{opened.current_url}#{place}")
    until(opened, f"document.querySelector('#{day} details').open")
    assert opened.get_log("browser") == []


def test_a_picture_fills_the_screen_and_arrows_go_on_to_the_next(opened: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    opened.execute_script("document.querySelector('#d2024-01-01 details').open = true")
    opened.find_element("css selector", "#d2024-01-01 figure a").send_keys(Keys.ENTER)
    until(opened, "document.querySelector('dialog').open")
    shown = "document.querySelector('dialog img').src.split('/').slice(-2).join('/')"
    assert script(opened, shown) == "2024-01-01/scan1.jpg"
    opened.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    until(opened, f"{shown} === '2024-01-01/scan2.jpg'")
    opened.switch_to.active_element.send_keys(Keys.ESCAPE)
    until(opened, "!document.querySelector('dialog').open")
    assert opened.get_log("browser") == []


@pytest.mark.parametrize(
    ("name", "value", "days"),
    [
        ("search", "ECHO", ["d2024-01-15"]),
        ("search", "word of mine", ["d2024-01-15"]),
        ("search", "nothing of the kind", []),
        ("kind", "MR", ["d2024-02-02"]),
        ("thread", "right breast", ["d2024-01-15"]),
        ("kind", "", ["d2024-01-01", "d2024-01-15", "d2024-02-02"]),
    ],
)
def test_what_is_sought_is_left(opened: Any, name: str, value: str, days: list[str]) -> None:
    opened.execute_script(
        "const one = document.getElementById(arguments[0]); one.value = arguments[1]; one.dispatchEvent(new Event('input'))",
        name,
        value,
    )
    assert script(opened, "[...document.querySelectorAll('li.day')].filter(one => !one.hidden).map(one => one.id)") == days
    assert script(opened, "document.getElementById('found').textContent") == ("" if days else "Nothing found.")


def test_the_order_is_turned_by_a_switch_for_eye_and_keyboard(opened: Any) -> None:
    days = "[...document.querySelectorAll('li.day')].map(one => one.id)"
    assert script(opened, days) == ["d2024-01-01", "d2024-01-15", "d2024-02-02"]
    opened.find_element("id", "order").click()
    assert script(opened, days) == ["d2024-02-02", "d2024-01-15", "d2024-01-01"]
    opened.find_element("id", "order").click()
    assert script(opened, days) == ["d2024-01-01", "d2024-01-15", "d2024-02-02"]


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_it_fits_on_a_phone_and_on_a_desk(opened: Any, width: int) -> None:
    told = {"width": width, "height": 700, "deviceScaleFactor": 1, "mobile": width < 500}
    opened.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", told)
    opened.execute_script("document.querySelectorAll('details').forEach(one => { one.removeAttribute('name'); one.open = true })")
    assert script(opened, "document.documentElement.scrollWidth") <= width


def test_a_picture_narrower_than_its_place_is_not_round_on_one_side_alone(opened: Any) -> None:
    assert script(opened, "getComputedStyle(document.querySelector('.one a')).borderRadius") == "0px"


def test_a_print_shows_every_day(opened: Any) -> None:
    if isinstance(opened, Firefox):
        printed = PdfDocument(base64.b64decode(opened.print_page()))
        words = " ".join(page.get_textpage().get_text_bounded() for page in printed)
        assert (words.count("word of mine"), words.count("14 mm")) == (1, 2), words  # of a closed day; of both exams
        return
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    # The browser lays the page out anew after it was told of the medium, not before it answers.
    until(opened, "[...document.querySelectorAll('figure img')].every(one => one.checkVisibility({contentVisibilityAuto: true}))")
    assert script(opened, "document.querySelectorAll('figure img').length") == 3


def test_a_booklet_has_numbered_pages_and_no_title_that_is_torn(tmp_path: Path) -> None:
    picture = encode.jpeg(encode.png(np.full((80, 60), 128, "u1")), 80)
    assert picture is not None
    (tmp_path / "a.jpg").write_bytes(picture)
    title = "Begins{0} and goes on for longer than one line of a small page has room, until it ends{0}"
    own = "".join(
        f"- date: 2024-01-{number:02}\n  events:\n    - title: {title.format(number)}\n"
        f"      notes: |\n        {'a word ' * (17 * number % 90)}\n      images: [a.jpg]\n"
        for number in range(1, 25)
    )
    days = joined(named(folded([])), own_days(read(own)), frozenset()).days
    sources = Sources(lambda *_: "a.jpg", lambda _: None, folder=lambda _: None, viewer=lambda _: None, report=lambda _: "")
    entries = [page.entry(day_view.view(day, sources, ENGLISH, shows_people=False), ENGLISH) for day in days]
    (tmp_path / "index.html").write_text(page.first(page.PageFrame(), *chapters.parted(entries)))
    with closing_chromium(tmp_path / "profile") as driver:
        driver.get((tmp_path / "index.html").as_uri())
        printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pages = [one.get_textpage().get_text_bounded() for one in PdfDocument(base64.b64decode(printed["data"]))]
    for number in range(1, 25):
        assert [f"Begins{number} " in text for text in pages] == [f"ends{number}\r" in f"{text}\r" for text in pages]
    assert all(str(number) in text.splitlines() for number, text in enumerate(pages, 1))


def test_what_is_found_on_another_page_is_called_by_its_day_or_as_she_wrote_it_and_opens_there(tmp_path: Path) -> None:
    own = "".join(
        f"- date: {date}\n  events:\n    - title: a walk\n      notes: {'word ' * 12_000}\n"
        for date in ("2021", "2022-03", "2023-05-05", "2024-01-01")
    )
    days = joined(named(folded([])), own_days(read(own)), frozenset()).days
    sources = Sources(lambda *_: None, lambda _: None, folder=lambda _: None, viewer=lambda _: None, report=lambda _: "")
    entries = [page.entry(day_view.view(day, sources, ENGLISH, shows_people=False), ENGLISH) for day in days]
    first, others = chapters.parted(entries)
    (tmp_path / "index.html").write_text(page.first(page.PageFrame(), first, others))
    for one in others:
        (tmp_path / page.file_of(one)).write_text(page.chapter(page.PageFrame(), one))
    with closing_chromium(tmp_path / "profile") as driver:
        driver.get((tmp_path / "index.html").as_uri())
        driver.find_element("css selector", "#search").send_keys("walk")
        until(
            driver,
            "[...document.querySelectorAll('#elsewhere a')].map(one => one.textContent).join() === '2021,2022-03,5 May 2023'",
        )
        driver.find_element("link text", "2022-03").click()
        until(driver, "document.querySelector('[id=\"d2022-03\"] details')?.open === true")
        assert driver.get_log("browser") == []


def test_no_page_of_a_booklet_begins_with_what_belongs_to_pictures_on_the_one_before(tmp_path: Path) -> None:
    picture = encode.jpeg(encode.png(np.full((80, 64), 128, "u1")), 80)
    assert picture is not None
    (tmp_path / "a.jpg").write_bytes(picture)
    dates = [str(datetime.date(2024, 1, 1) + datetime.timedelta(days=number)) for number in range(90)]
    exams = [filed(one, one, *(series(f"{one}.{place}", place) for place in (1, 2))) for one in dates]
    own = "".join(
        f"- date: {one}\n  events:\n    - title: Hers\n      description: {'a word ' * (37 * number % 300)}\n"
        for number, one in enumerate(dates)
    )
    days = joined(named(folded(exams)), own_days(read(own)), frozenset()).days
    sources = Sources(lambda *_: "a.jpg", lambda _: None, folder=lambda _: None, viewer=lambda _: None, report=lambda _: "")
    entries = [page.entry(day_view.view(day, sources, ENGLISH, shows_people=False), ENGLISH) for day in days]
    (tmp_path / "index.html").write_text(page.first(page.PageFrame(), *chapters.parted(entries)))
    with closing_chromium(tmp_path / "profile") as driver:
        driver.get((tmp_path / "index.html").as_uri())
        printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pages = [one.get_textpage().get_text_bounded().splitlines() for one in PdfDocument(base64.b64decode(printed["data"]))]
    assert len(pages) > 12
    assert [first for _, first, *_ in pages[1:] if re.fullmatch(r"(?!Series).*\d\spictures?", first)] == []
