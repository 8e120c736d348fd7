"""The viewer in a real browser, opened from the disk as its owner opens it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from accessible import too_small
from firefox import BROWSERS, firefox
from viewer import phantoms
from viewer.viewed import Viewed, viewed

pytestmark = pytest.mark.debian


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Viewed]:
    with viewed(tmp_path_factory.mktemp("viewed")) as made:
        files = (
            phantoms.slices(1, 40) | phantoms.slices(1, 12, series=2, spacing=15) | phantoms.slices(2, 25, start=20, spacing=6)
        )
        made.file(files | phantoms.clip(3), "--windows", "lung")
        made.update()
        yield made


@contextmanager
def chromium(profile: Path) -> Iterator[Any]:
    """Chromium without a screen, which keeps what it is asked for and what it complains of."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    for flag in ("headless", "no-sandbox", "disable-gpu", "disable-background-networking", "no-first-run", "disable-sync",
                 "disable-component-update", "disable-quic", f"user-data-dir={profile}"):  # fmt: skip
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        yield driver
    finally:
        driver.quit()


@pytest.fixture(scope="module", params=BROWSERS)
def browser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with (firefox if request.param == "firefox" else chromium)(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture(autouse=True)
def quiet(browser: Any) -> Iterator[None]:
    """Whatever is done: the console is empty, and nothing is asked of anyone."""
    browser.get_log("performance")
    yield
    assert browser.get_log("browser") == []
    asked = [line["message"] for line in browser.get_log("performance") if "Network.requestWillBeSent" in line["message"]]
    assert [one for one in asked if '"url":"http' in one] == []


def until(browser: Any, script: str, wanted: object) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 60).until(lambda driver: driver.execute_script(f"return {script}") == wanted)


def press(browser: Any, *keys: str) -> None:
    from selenium.webdriver.common.keys import Keys

    for key in keys:
        browser.switch_to.active_element.send_keys(getattr(Keys, key, key))


NUMBER = "document.querySelector('.number').textContent"
SHOWN = "document.querySelector('.stage img').naturalWidth"


def opened(browser: Any, page: Path) -> None:
    browser.get(page.as_uri())
    until(browser, SHOWN, 200)
    browser.execute_script("document.querySelector('.stage').focus()")


def test_a_stack_is_looked_through_by_keyboard(browser: Any, place: Viewed) -> None:
    opened(browser, place.pages()[0])
    until(browser, NUMBER, "picture 21 of 40")
    press(browser, "ARROW_DOWN", "PAGE_DOWN")
    until(browser, NUMBER, "picture 32 of 40")
    press(browser, "END", "ARROW_UP")
    until(browser, NUMBER, "picture 39 of 40")
    press(browser, "HOME")
    until(browser, NUMBER, "picture 1 of 40")
    until(browser, "document.querySelector('.stage img').src.includes('/0001-')", wanted=True)
    press(browser, "]")
    until(browser, NUMBER, "picture 7 of 12")


def test_letters_say_which_side_is_which(browser: Any, place: Viewed) -> None:
    opened(browser, place.pages()[0])
    sides = "['.top', '.right', '.bottom', '.left'].map(one => document.querySelector(one).textContent).join('')"
    until(browser, sides, "ALPR")


def test_windows_zoom_and_pan_by_keyboard(browser: Any, place: Viewed) -> None:
    opened(browser, place.pages()[0])
    until(browser, "document.querySelector('.caption').textContent.includes('window: As it came')", wanted=True)
    press(browser, "w")
    until(browser, "document.querySelector('.stage img').src.endsWith('-lung.png')", wanted=True)
    until(browser, "document.querySelector('.caption').textContent.includes('window: Lung')", wanted=True)
    press(browser, "+", "+")
    until(browser, "document.querySelector('.stage img').style.transform.includes('scale(1.5625)')", wanted=True)
    press(browser, "0")
    until(browser, "document.querySelector('.stage img').style.transform", "")


def test_a_clip_plays_in_its_own_time(browser: Any, place: Viewed) -> None:
    opened(browser, place.pages()[2])
    until(browser, NUMBER, "frame 1 of 24")
    press(browser, " ")
    until(browser, "document.querySelector('.play').textContent", "Pause")
    until(browser, f"{NUMBER} === 'frame 1 of 24'", wanted=False)
    press(browser, " ")
    until(browser, "document.querySelector('.play').textContent", "Play")


def test_the_wheel_and_the_slider_move(browser: Any, place: Viewed) -> None:
    opened(browser, place.pages()[0])
    browser.execute_script(
        "document.querySelector('.stage').dispatchEvent(new WheelEvent('wheel', {deltaY: 90, cancelable: true}))"
    )
    until(browser, NUMBER, "picture 24 of 40")
    browser.execute_script("document.querySelector('input[type=range]').focus()")
    press(browser, "ARROW_RIGHT")
    until(browser, NUMBER, "picture 25 of 40")


def test_two_exams_move_together_to_about_the_same_place(browser: Any, place: Viewed) -> None:
    opened(browser, place.pages()[0])
    browser.get(browser.execute_script("return document.querySelector('.beside a').href"))
    numbers = "[...document.querySelectorAll('.number')].map(one => one.textContent)"
    # The 21st of 40 slices lies at 100 mm; of the other exam's, from 20 mm on every 6, the 14th lies at 98.
    until(browser, numbers, ["picture 21 of 40", "picture 14 of 25"])
    browser.execute_script("document.querySelector('.stage').focus()")
    press(browser, "PAGE_DOWN")
    until(browser, numbers, ["picture 31 of 40", "picture 23 of 25"])
    browser.execute_script("document.querySelector('#sooner').focus()")
    press(browser, "ENTER")
    until(browser, numbers, ["picture 31 of 40", "picture 22 of 25"])
    browser.execute_script("document.querySelector('#together').click(); document.querySelector('.stage').focus()")
    press(browser, "HOME")
    until(browser, numbers, ["picture 1 of 40", "picture 22 of 25"])


def test_days_are_said_in_words_under_a_picture_and_where_one_is_chosen(browser: Any, place: Viewed) -> None:
    page = place.pages()[0]
    opened(browser, page)
    assert "1 January 2024 · " in browser.execute_script("return document.querySelector('.caption').textContent")
    browser.get(f"{page.parent.as_uri()}/compare.html#of={place.data(page)['stacks'][0]['group']}")  # type: ignore[index]
    until(browser, "document.querySelectorAll('.choice option').length > 0", wanted=True)
    chosen = browser.execute_script("return [...document.querySelectorAll('.choice option')].map(one => one.textContent)")
    assert all(text.startswith(("1 January 2024 · ", "2 January 2024 · ", "1 February 2024 · ")) for text in chosen), chosen


def test_on_a_phone_either_picture_says_in_full_which_one_it_is(browser: Any, place: Viewed) -> None:
    page = place.pages()[0]
    metrics = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(f"{page.parent.as_uri()}/compare.html#of={place.data(page)['stacks'][0]['group']}")  # type: ignore[index]
    until(browser, SHOWN, 200)
    said = browser.execute_script("return [...document.querySelectorAll('.of')].map(one => one.innerText)")
    places = browser.execute_script("return [...document.querySelectorAll('.of')].map(one => one.getBoundingClientRect())")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert [text[:20] for text in said] == ["1 January 2024 · CT,", "2 January 2024 · CT,"], said
    assert all(one["width"] > 100 and one["bottom"] < 844 for one in places), places


def test_a_french_picture_has_the_first_of_a_month_and_a_colon_as_french_writes_them(browser: Any, place: Viewed) -> None:
    place.update("fr")
    opened(browser, place.pages()[0])
    said = browser.execute_script("return document.querySelector('.caption').textContent")
    place.update()
    assert "1er janvier 2024 · " in said
    assert " · fenêtre\u202f: Telle que reçue · " in said


@pytest.mark.parametrize("of", ["", "#of=aaaaaaaa"])
def test_where_nothing_can_be_set_side_by_side_it_is_said(browser: Any, place: Viewed, of: str) -> None:
    (place.folder / "group-aaaaaaaa.js").write_text("")  # what is left of exams that are told no more
    browser.get("about:blank")
    browser.get(f"{(place.folder / 'compare.html').as_uri()}{of}")
    until(browser, "document.querySelector('.trouble').textContent.startsWith('There is nothing here')", wanted=True)
    assert (
        browser.execute_script(
            "return [...document.querySelectorAll('select, input, button')].filter(one => one.checkVisibility())"
        )
        == []
    )


@pytest.mark.parametrize("count", [1, 2])
def test_what_is_one_picture_on_either_side_is_not_moved_together(browser: Any, place: Viewed, count: int) -> None:
    exam: dict[str, Any] = place.data(place.pages()[0])
    one = {**exam["stacks"][0], "positions": None, "pictures": exam["stacks"][0]["pictures"][:count]}
    choices = [
        {"code": "bbbbbbbb", "stack": number, "date": "", "title": "x", "plane": "", "pictures": count} for number in (0, 1)
    ]
    (place.folder / "group-bbbbbbbb.js").write_text("".join(f"radiary.choice({json.dumps(choice)});\n" for choice in choices))
    (place.folder / "exam-bbbbbbbb.js").write_text(
        f"radiary.exam({json.dumps({**exam, 'code': 'bbbbbbbb', 'stacks': [one, one]})});"
    )
    browser.get("about:blank")
    browser.get(f"{(place.folder / 'compare.html').as_uri()}#of=bbbbbbbb")
    until(browser, "[...document.images].filter(one => one.naturalWidth).length", 2)
    until(browser, "document.querySelector('.together').hidden", wanted=count == 1)
    for name in ("group", "exam"):
        (place.folder / f"{name}-bbbbbbbb.js").unlink()


def test_two_buttons_lead_to_the_pictures_beside_it(browser: Any, place: Viewed) -> None:
    opened(browser, place.pages()[0])
    for button, number in (("later", 22), ("former", 21), ("former", 20)):
        browser.execute_script(f"document.querySelector('.{button}').click()")
        until(browser, NUMBER, f"picture {number} of 40")


def test_a_low_window_shows_the_page_from_its_beginning(browser: Any, place: Viewed) -> None:
    metrics = {"width": 700, "height": 450, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    opened(browser, place.pages()[0])
    assert browser.execute_script("return document.scrollingElement.scrollTop") == 0
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_of_a_picture_that_was_made_black_in_part_it_is_said(browser: Any, place: Viewed) -> None:
    page = place.pages()[0]
    exam: dict[str, Any] = place.data(page)
    data = page.with_suffix(".js")
    before = data.read_text()
    data.write_text(f"radiary.exam({json.dumps(exam | {'stacks': [exam['stacks'][0] | {'blanked': [1]}]})});")
    opened(browser, page)
    press(browser, "HOME")
    shown = "document.querySelector('.blanked').checkVisibility() && document.querySelector('.blanked').textContent"
    until(browser, shown, wanted=False)
    press(browser, "ARROW_DOWN")
    until(browser, shown, wanted="A part of this picture was made black, for text stood there.")
    data.write_text(before)


def test_a_picture_that_is_gone_is_said(browser: Any, place: Viewed) -> None:
    page = place.pages()[1]
    (picture,) = (place.library / "2024-01-02").rglob("0001-????????.png")
    hidden = picture.rename(picture.with_suffix(".away"))
    opened(browser, page)
    press(browser, "HOME")
    until(browser, "document.querySelector('.stage .trouble').hidden", wanted=False)
    hidden.rename(picture)
    assert [line for line in browser.get_log("browser") if "ERR_FILE_NOT_FOUND" not in line["message"]] == []


def test_nothing_is_offered_to_be_set_beside_what_has_no_other_of_its_kind(browser: Any, place: Viewed) -> None:
    for page in place.pages():
        browser.get(page.as_uri())
        until(browser, "[...document.scripts].some(one => one.src.includes('group-'))", wanted=True)
        browser.execute_async_script(
            "const again = document.createElement('script'), [done] = arguments;"
            "again.src = [...document.scripts].find(one => one.src.includes('group-')).src;"
            "again.onload = () => setTimeout(done); document.head.append(again);"
        )
        has_other = place.data(page)["title"].startswith("CT")
        until(browser, "!document.querySelector('.beside').hidden", wanted=has_other)


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_it_fits(browser: Any, place: Viewed, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    opened(browser, place.pages()[0])
    beside = browser.execute_script("return document.querySelector('.beside a').href")
    for address in (None, beside):
        if address:
            browser.get(address)
            until(browser, SHOWN, 200)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        assert too_small(browser) == []
        left = "[...document.querySelectorAll('h1, .choice span')].slice(0, 2).map(one => one.getBoundingClientRect().left)"
        assert len(set(browser.execute_script(f"return {left}"))) == 1
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("width", [320, 390])
def test_a_thumb_finds_every_control(browser: Any, place: Viewed, width: int) -> None:
    metrics = {"width": width, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    opened(browser, place.pages()[0])
    beside = browser.execute_script("return document.querySelector('.beside a').href")
    small = """
        return [...document.querySelectorAll('a, button, select, summary, input[type=range], .together label')]
            .filter(one => one.checkVisibility() && getComputedStyle(one).clipPath === 'none')
            .map(one => [one.outerHTML, one.getBoundingClientRect()])
            .filter(([_, {width, height}]) => width < 44 || height < 44).map(([html]) => html);
    """
    for address in (None, beside):
        if address:
            browser.get(address)
            until(browser, SHOWN, 200)
        assert browser.execute_script(small) == []
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("keys", [{"altKey": True}, {"altKey": True, "ctrlKey": True}, {}])
def test_brackets_that_a_keyboard_has_behind_another_key_lead_to_the_next_series(
    browser: Any, place: Viewed, keys: dict[str, bool]
) -> None:
    opened(browser, place.pages()[0])
    pressed = (
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: arguments[0], bubbles: true, ...arguments[1]}))"
    )
    browser.execute_script(pressed, "]", keys)
    until(browser, NUMBER, "picture 7 of 12")
    browser.execute_script(pressed, "[", {"ctrlKey": True})
    until(browser, NUMBER, "picture 7 of 12")
    browser.execute_script(pressed, "[", keys)
    until(browser, NUMBER, "picture 21 of 40")


def test_who_pauses_and_plays_again_at_once_sees_one_clip_run_and_not_two(browser: Any, place: Viewed) -> None:
    opened(browser, place.pages()[2])
    browser.execute_script("""
        window.waiting = [];
        HTMLImageElement.prototype.decode = () => new Promise(done => waiting.push(done));
        document.querySelector('.play').click();
    """)
    until(browser, "waiting.length", 1)
    browser.execute_script("document.querySelector('.play').click(); document.querySelector('.play').click();")
    until(browser, "waiting.length", 2)
    asked = """
        const done = arguments[0];
        waiting.forEach(one => one());
        setTimeout(() => done(waiting.length), 1500);
    """
    assert browser.execute_async_script(asked) == 3


@pytest.mark.parametrize("wanted", ["x", "1.5", ""])
def test_an_address_that_names_no_picture_shows_the_middle_one(browser: Any, place: Viewed, wanted: str) -> None:
    browser.get("about:blank")
    browser.get(f"{place.pages()[0].as_uri()}#picture={wanted}")
    until(browser, SHOWN, 200)
    until(browser, NUMBER, "picture 21 of 40")
