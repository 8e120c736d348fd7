"""A copy as who gets it opens it: unzipped anywhere, from the disk, in a real browser."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from accessible import too_small, violations
from firefox import BROWSERS, Firefox, firefox
from radiary.language import CODES, Language
from radiary.share.page import Account, ExamEntry, holds
from share.given import home
from viewer.test_browser import NUMBER, chromium, press, until

pytestmark = pytest.mark.debian
SHOWN = "document.querySelector('.stage img').naturalWidth"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("sent") / "exams.zip"
    done = home(tmp_path_factory.getbasetemp()).share("2024-01-01", "2024-01-02", "2024-01-03", "2024-01-05", to=target)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(target) as archive:
        archive.extractall(tmp_path_factory.mktemp("elsewhere"))
    return next(tmp_path_factory.getbasetemp().glob("elsewhere*/shared"))


@pytest.fixture(scope="module", params=BROWSERS)
def browser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with (firefox if request.param == "firefox" else chromium)(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture(autouse=True)
def quiet(browser: Any, copy: Path) -> Iterator[None]:
    """Whatever is done: the console is empty, and nothing is asked for but what is in the copy."""
    browser.get_log("performance")
    yield
    assert browser.get_log("browser") == []
    messages = [json.loads(line["message"])["message"] for line in browser.get_log("performance")]
    asked = [one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"]
    assert asked or isinstance(browser, Firefox)
    assert [url for url in asked if not url.startswith(copy.as_uri())] == []


def test_its_first_page_shows_pictures_and_leads_to_them_in_the_viewer(browser: Any, copy: Path) -> None:
    browser.get((copy / "index.html").as_uri())
    browser.execute_script("for (const one of document.images) one.loading = 'eager'")
    until(browser, "[...document.images].filter(one => one.naturalWidth > 0).length", 4)
    assert browser.execute_script("return getComputedStyle(document.body).maxWidth") != "none"
    link = browser.execute_script("return document.querySelector('figure a').href")
    wanted = re.search(r"picture=(\d+)", link)
    assert wanted is not None
    browser.get(link)
    until(browser, SHOWN, 200)
    until(browser, NUMBER, f"picture {wanted[1]} of 6")
    browser.execute_script("document.querySelector('.back').click()")
    until(browser, "location.pathname.endsWith('/index.html') && location.hash.startsWith('#exam-')", wanted=True)


def test_an_exam_is_looked_through_with_counted_days(browser: Any, copy: Path) -> None:
    browser.get((copy / "index.html").as_uri())
    browser.execute_script("[...document.querySelectorAll('a')].find(one => one.textContent === 'Look through').click()")
    until(browser, f"document.querySelector('.stage img') && {SHOWN}", 200)
    browser.execute_script("document.querySelector('.stage').focus()")
    press(browser, "END")
    until(browser, NUMBER, "picture 6 of 6")
    caption = browser.execute_script("return document.querySelector('.caption').textContent")
    assert "Day 0" in caption
    assert "digest" not in caption


def test_two_exams_of_it_move_together_beside_each_other(browser: Any, copy: Path) -> None:
    data = {path: path.read_text() for path in copy.glob("viewer/exam-*.js")}
    page = next(path for path, text in data.items() if text.count(".webp") == 6 and "CT" in text)
    browser.get(page.with_suffix(".html").as_uri())
    until(browser, SHOWN, 200)
    browser.get(browser.execute_script("return document.querySelector('.beside a').href"))
    numbers = "[...document.querySelectorAll('.number')].map(one => one.textContent)"
    until(browser, f"{numbers}[0]", "picture 4 of 6")
    chosen = "[...document.querySelectorAll('.choice select')].map(one => one.selectedOptions[0].textContent.slice(0, 5))"
    assert browser.execute_script(f"return {chosen}") == ["Day 0", "Day 1"]
    browser.execute_script("document.querySelector('.stage').focus()")
    press(browser, "HOME")
    # The first slice of the one lies at 0 mm; of the other, from 2.5 mm on every 5, the first is the nearest.
    until(browser, numbers, ["picture 1 of 6", "picture 1 of 5"])
    for _ in range(5):
        press(browser, "END", "HOME", "ARROW_DOWN", "ARROW_DOWN", "ARROW_DOWN", "ARROW_DOWN", "ARROW_DOWN", "HOME")
        until(browser, numbers, ["picture 1 of 6", "picture 1 of 5"])


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_a_counted_day_stands_on_one_line_of_what_it_holds(browser: Any, copy: Path, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get((copy / "what-it-holds.html").as_uri())
    heights = "[...document.querySelectorAll('.holds td:first-child')].map(one => { const range = document.createRange();"
    heights += " range.selectNodeContents(one); return range.getClientRects().length; })"
    assert set(browser.execute_script(f"return {heights}")) == {1}


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_it_fits(browser: Any, copy: Path, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    for name in ("index.html", "what-it-holds.html"):
        browser.get((copy / name).as_uri())
        assert too_small(browser) == []
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    heads = "[...document.querySelectorAll('.holds th')].map(one => one.offsetHeight)"
    assert max(browser.execute_script(f"return {heads}")) < 40  # one line: no word is broken
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("code", CODES)
def test_what_it_holds_fits_on_a_phone_in_every_language(browser: Any, copy: Path, code: str) -> None:
    metrics = {"width": 390, "height": 900, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    entry = ExamEntry("a", "2024-01-01", "Mammography, left breast", "", "", (), report="", person="", count=400, stacks=12)
    (copy / f"holds-{code}.html").write_text(holds([entry], Account(days_are_relative=True, form="webp"), Language(code)))
    browser.get((copy / f"holds-{code}.html").as_uri())
    right = browser.execute_script("return document.querySelector('.holds').getBoundingClientRect().right")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert right <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_on_its_pages_shuts_anybody_out(browser: Any, copy: Path, scheme: str) -> None:
    browser.get((copy / "index.html").as_uri())
    found = {"index": violations(browser, scheme)}
    browser.get((copy / "what-it-holds.html").as_uri())
    found["what it holds"] = violations(browser, scheme)
    for page in sorted((copy / "viewer").glob("exam-*.html")):
        browser.get(page.as_uri())
        until(browser, f"{SHOWN} > 0", wanted=True)
        found[page.stem] = violations(browser, scheme)
        beside = browser.execute_script("const link = document.querySelector('.beside a'); return link && link.href")
        if beside:
            browser.get(beside)
            until(browser, f"document.querySelector('.stage img') && {SHOWN} > 0", wanted=True)
            found[f"{page.stem}, beside"] = violations(browser, scheme)
    assert [name for name in found if name.endswith("beside")]
    assert {name: one for name, one in found.items() if one} == {}
