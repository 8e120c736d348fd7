"""The page in a real browser, opened from the disk as its owner opens it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from radiary.chronicle import page
from radiary.chronicle.story import folded
from radiary.dicom.render import encode
from stories import filed, named, series

pytestmark = pytest.mark.debian


@pytest.fixture(params=["in the page"])
def opened(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    story = named(folded([filed("a", "2024-01-01", series("1"), series("2", 2)), filed("b", "2024-02-02", series("3"))]))
    picture = encode.jpeg(encode.png(np.full((60, 80), 128, "u1")), 80)
    pictures = {(day.date, one.name): picture for day in story.days for exam in day.exams for one in exam.pictures}
    if request.param == "beside it":
        for (date, name), data in pictures.items():
            (tmp_path / "images" / date).mkdir(parents=True, exist_ok=True)
            (tmp_path / "images" / date / name).write_bytes(data)
        pictures = {(date, name): f"images/{date}/{name}" for date, name in pictures}
    (tmp_path / "index.html").write_text(page.rendered(story, pictures))
    options = webdriver.ChromeOptions()
    for flag in ("headless", "no-sandbox", "disable-gpu", "disable-background-networking", "no-first-run", "disable-sync",
                 "disable-component-update", "disable-quic", f"user-data-dir={tmp_path / 'profile'}"):  # fmt: skip
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    driver.get((tmp_path / "index.html").as_uri())
    yield driver
    driver.quit()


def script(driver: Any, text: str) -> Any:
    return driver.execute_script(f"return {text}")


def test_every_picture_shows_and_nothing_is_asked_of_anyone(opened: Any) -> None:
    assert script(opened, "[...document.images].map(one => [one.naturalWidth, one.alt.length > 0])") == [[80, True]] * 3
    asked = [line["message"] for line in opened.get_log("performance") if "Network.requestWillBeSent" in line["message"]]
    assert [one for one in asked if '"url":"http' in one] == []
    assert opened.get_log("browser") == []


@pytest.mark.parametrize("opened", ["beside it"], indirect=True)
def test_pictures_that_lie_beside_the_page_show_when_their_day_is_opened(opened: Any) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    opened.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")
    shown = "[...document.images].map(one => one.naturalWidth)"
    WebDriverWait(opened, 20).until(lambda driver: script(driver, shown) == [80] * 3)
    assert opened.get_log("browser") == []


def test_days_open_and_close_by_keyboard(opened: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    opened.find_element("tag name", "body").send_keys(Keys.TAB)
    is_open = "document.querySelector('details').open"
    assert script(opened, "document.activeElement.tagName") == "SUMMARY"
    assert script(opened, is_open) is False
    opened.switch_to.active_element.send_keys(Keys.ENTER)
    assert script(opened, is_open) is True
    opened.switch_to.active_element.send_keys(Keys.ENTER)
    assert script(opened, is_open) is False


def test_it_fits_on_a_phone(opened: Any) -> None:
    opened.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 360, "height": 700, "deviceScaleFactor": 2, "mobile": True}
    )
    opened.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert script(opened, "document.documentElement.scrollWidth") <= 360


def test_a_print_shows_every_day(opened: Any) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    every = "[...document.images].every(one => one.checkVisibility({contentVisibilityAuto: true}))"
    # The browser lays the page out anew after it was told of the medium, not before it answers.
    WebDriverWait(opened, 20).until(lambda page: script(page, every))
