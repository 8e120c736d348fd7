"""The page of `radiary review` as a person uses it, in a browser, by keyboard and pointer."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import exports
from lettering import clip, stamped
from people_at_keys import Person
from radiary.commands.held.pictures import HeldPictures
from radiary.library.layout import code
from radiary.settings import Settings
from reviewing import browser, is_told_late, page_of
from services import Service
from words_left import left_over

pytestmark = pytest.mark.debian


def blanked(service: Service) -> Any:
    copy = next((service.folder / "library").rglob("*.dcm"))
    return exports.read_back(copy.read_bytes()).pixel_array


def test_a_name_in_one_frame_of_forty_is_seen_and_blanked_and_another_is_stopped_by_keyboard_alone(tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    service = Service(tmp_path, workers=2)
    clips = [exports.written(clip("SYNTHETICA", frame=frame, series=series)) for series, frame in ((1, 17), (2, 33))]
    exports.zipped(service.downloads / "a.zip", {str(number): made for number, made in enumerate(clips)})
    service.command("once", str(service.downloads / "a.zip"))
    with page_of(service) as address, browser(tmp_path / "profile") as driver:
        person = Person(driver)
        driver.get(address)
        person.ready()
        assert person.text("#left") == "2 of 2 left"
        assert person.text("#whispers") == "Text may stand in frame 17."
        person.tab_to("Go to text")
        person.press(Keys.ENTER)
        person.until(lambda: person.text(".at") == "Frame 17 of 40")
        person.tab_to("Box 1 of 1, text may stand here", back=True)
        person.tab_to("Blank 1 box and release")
        person.press(Keys.ENTER)
        person.until(lambda: "Made black and released. 1 of 2 left." in person.text("#says"))
        person.tab_to("Next held one")
        person.press(Keys.ENTER)
        assert person.focused == "Ultrasound, 1 January 2024"
        person.ready()
        person.tab_to("Release")
        person.press(Keys.ENTER)
        person.until(lambda: "second yes" in person.text("#says"))
        assert person.text("#left") == "1 of 2 left"
        assert "it shows text (frame 33)" in person.text(".doubt")
        (study,) = {path.parent.parent for path in (tmp_path / "library").rglob("*.dcm")}
        assert len(list(study.rglob("*.dcm"))) == 1
        assert not (blanked(service)[16, 24:40, 44:100] > 200).any()
        person.tab_to("Release nevertheless", back=True)
        person.press(Keys.ENTER)
        person.until(lambda: person.text("#left") == "All 2 decided")
        person.tab_to("Undo")
        person.press(Keys.ENTER)
        person.until(lambda: person.text("#left") == "1 of 2 left")
        asked = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
        places = [one["params"]["request"]["url"] for one in asked if one["method"] == "Network.requestWillBeSent"]
        assert len(places) > 40
        assert [place for place in places if place.startswith("http") and not place.startswith(address)] == []
        assert driver.get_log("browser") == []
    assert [(fact["decision"], fact["is_confirmed"]) for fact in service.facts("reviewed")] == [
        ("blanked", False),
        ("doubted", False),
        ("released", True),
        ("undone", False),
    ]


def test_on_a_telephone_the_list_shows_which_one_is_looked_at_and_a_thumb_finds_each_button(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    files = {str(series): exports.written(exports.ultrasound(series=series, regions=False)) for series in range(1, 9)}
    exports.zipped(service.downloads / "a.zip", files)
    service.command("once", str(service.downloads / "a.zip"))
    with page_of(service) as address, browser(tmp_path / "profile", columns=390) as driver:
        person = Person(driver)
        driver.get(address)
        person.ready()
        for _ in range(7):
            driver.execute_script("document.querySelector('.next').click()")
            person.ready()
        assert driver.execute_script(
            "const [list, one] = ['nav', '[aria-current]'].map(name => document.querySelector(name).getBoundingClientRect());"
            "return list.top <= one.top && one.bottom <= list.bottom"
        )
        assert driver.execute_script("return document.querySelector('#shown h2').getBoundingClientRect().top") < 450
        small = "return [...document.querySelectorAll('button:not(.box), select, summary')].filter(one => one.checkVisibility())"
        assert driver.execute_script(f"{small}.filter(one => one.offsetHeight < 44).map(one => one.outerHTML)") == []


@pytest.fixture
def still(tmp_path: Path) -> Service:
    """A service that holds one grey picture without any text."""
    service = Service(tmp_path, workers=1)
    exports.zipped(service.downloads / "a.zip", {"us": exports.written(exports.ultrasound(regions=False))})
    service.command("once", str(service.downloads / "a.zip"))
    return service


def test_boxes_are_drawn_moved_resized_and_deleted_by_keys(still: Service, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    with page_of(still) as address, browser(tmp_path / "profile") as driver:
        person = Person(driver)
        driver.get(address)
        person.ready()
        person.tab_to("Blank and release")
        person.press(Keys.ENTER)
        assert person.text("#says") == "Draw at least one box first."
        person.tab_to("Add a box", back=True)
        person.press(Keys.ENTER)
        assert person.focused == "Box 1 of 1, drawn by you: from 24 to 56 across, from 25 to 35 down"
        person.press(*[Keys.ARROW_LEFT] * 2, Keys.ARROW_DOWN)
        person.hold(Keys.CONTROL, Keys.ARROW_RIGHT)
        person.hold(Keys.SHIFT, Keys.ARROW_RIGHT, 3)
        assert person.focused == "Box 1 of 1, drawn by you: from 21 to 59 across, from 27 to 37 down"
        assert person.text("#whispers") == "From 21 to 59 across, from 27 to 37 down."
        person.hold(Keys.CONTROL, Keys.ARROW_LEFT, 60)
        assert "from 0 to 38 across" in person.focused
        person.tab_to("Add a box")
        person.press(Keys.ENTER)
        assert person.focused.startswith("Box 2 of 2")
        person.press(Keys.DELETE)
        assert person.focused.startswith("Box 1 of 1")
        person.tab_to("Blank 1 box and release")
        person.press(Keys.ENTER)
        person.until(lambda: "Made black" in person.text("#says"))
    (fact,) = still.facts("reviewed")
    assert fact["boxes"] == [[0, 27, 38, 37]]
    expected = np.zeros((60, 80), bool)
    expected[27:38, 0:39] = True
    assert ((blanked(still) == 0).all(axis=2) == expected).all()


def test_what_is_done_before_its_answer_comes_is_said_to_be_done(still: Service, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    with page_of(still) as address, browser(tmp_path / "profile") as driver:
        person = Person(driver)
        driver.get(address)
        person.ready()
        is_told_late(driver)
        person.tab_to("Keep private")
        person.press(Keys.ENTER)
        person.until(lambda: person.text("#says") == "Kept private. All 1 decided.")


def test_a_second_press_before_the_answer_comes_is_no_second_decision(still: Service, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    with page_of(still) as address, browser(tmp_path / "profile") as driver:
        person = Person(driver)
        driver.get(address)
        person.ready()
        is_told_late(driver)
        person.tab_to("Keep private")
        person.press(Keys.ENTER, Keys.ENTER)
        person.until(lambda: "Kept private" in person.text("#says"))
    assert [fact["decision"] for fact in still.facts("reviewed")] == ["kept"]


def test_a_box_that_she_drew_is_there_again_when_she_comes_back_and_when_the_page_is_loaded_anew(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    files = {str(series): exports.written(exports.ultrasound(regions=False, series=series)) for series in (1, 2)}
    exports.zipped(service.downloads / "a.zip", files)
    service.command("once", str(service.downloads / "a.zip"))
    with page_of(service) as address, browser(tmp_path / "profile") as driver:
        person = Person(driver)
        boxes = "return [...document.querySelectorAll('.box')].map(one => one.dataset.at)"

        def opened(number: int) -> None:
            driver.execute_script(f"document.querySelectorAll('.entry')[{number}].click()")
            person.ready()

        driver.get(address)
        person.ready()
        driver.execute_script("document.querySelector('.tools button:nth-child(2)').click()")
        assert driver.execute_script(boxes) == ["24,25,56,35"]
        opened(1)
        assert driver.execute_script(boxes) == []
        opened(0)
        assert driver.execute_script(boxes) == ["24,25,56,35"]
        driver.find_element("css selector", "[data-does=blanked]").click()
        person.until(lambda: "Made black" in person.text("#says"))
        driver.get(address)
        person.ready()
        opened(0)
        assert driver.execute_script(boxes) == ["24,25,56,35"]


def test_a_box_is_drawn_moved_and_resized_by_pointer(still: Service, tmp_path: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By

    with page_of(still) as address, browser(tmp_path / "profile") as driver:
        person = Person(driver)
        driver.get(address)
        person.ready()
        stage = driver.find_element(By.CSS_SELECTOR, ".stage")
        scale = stage.size["width"] / 80

        def pull(node: Any, start: tuple[int, int], by: tuple[int, int]) -> None:
            hand = ActionChains(driver).move_to_element_with_offset(node, *start).click_and_hold()
            hand.move_by_offset(*by).release().perform()

        pull(stage, (round(-20 * scale), round(-10 * scale)), (round(30 * scale), round(15 * scale)))
        box = driver.find_element(By.CSS_SELECTOR, ".box")
        x0, y0, x1, y1 = (int(side) for side in str(box.get_attribute("data-at")).split(","))
        assert (x0, y0) == pytest.approx((20, 20), abs=1)
        assert (x1 - x0, y1 - y0) == pytest.approx((30, 15), abs=1)
        pull(box, (0, 0), (round(10 * scale), 0))
        pull(box.find_element(By.CSS_SELECTOR, ".corner"), (0, 0), (0, round(5 * scale)))
        moved = [int(side) for side in str(box.get_attribute("data-at")).split(",")]
        assert moved == pytest.approx([x0 + 10, y0, x1 + 10, y1 + 5], abs=1)
        driver.find_element(By.CSS_SELECTOR, "[data-does=blanked]").click()
        person.until(lambda: "Made black" in person.text("#says"))
    (fact,) = still.facts("reviewed")
    assert fact["boxes"] == [moved]


def test_what_she_drew_is_not_released_uncovered_by_one_press(still: Service, tmp_path: Path) -> None:
    with page_of(still) as address, browser(tmp_path / "profile") as driver:
        person = Person(driver)
        driver.get(address)
        person.ready()
        driver.execute_script("document.querySelector('.tools button:nth-child(2)').click()")
        release = driver.find_element("css selector", "[data-does=released]")
        assert release.text == "Release without blanking"
        release.click()
        assert person.text("#says") == "You drew a box: it would not be made black. Press again to release without it."
        assert person.text("#left") == "1 of 1 left"
        release.click()
        person.until(lambda: "Released. All 1 decided" in person.text("#says"))
    assert [fact["decision"] for fact in still.facts("reviewed")] == ["released"]


def test_one_box_is_removed_by_a_button_and_what_was_blanked_is_seen_black(still: Service, tmp_path: Path) -> None:
    with page_of(still) as address, browser(tmp_path / "profile") as driver:
        person = Person(driver)
        driver.get(address)
        person.ready()
        shown = "return [...document.querySelectorAll('.tools button, .foot button')].filter(one => one.checkVisibility())"
        shown += ".map(one => one.textContent)"
        assert driver.execute_script(shown) == ["Add a box", "Blank and release", "Release", "Keep private"]
        for _ in range(2):
            driver.execute_script("document.querySelector('.tools button:nth-child(2)').click()")
        assert "Remove this box" in driver.execute_script(shown)
        driver.execute_script(
            "[...document.querySelectorAll('.tools button')].find(one => one.textContent === 'Remove this box').click()"
        )
        assert len(driver.find_elements("css selector", ".box")) == 1
        driver.find_element("css selector", "[data-does=blanked]").click()
        person.until(lambda: "Made black and released" in person.text("#says"))
        assert driver.execute_script(shown) == ["Undo"]
        assert person.focused == "Undo"
        colour = "return getComputedStyle(document.querySelector('.box')).backgroundColor"
        assert driver.execute_script(colour) == "rgb(0, 0, 0)"


def test_what_is_as_large_as_anatomy_is_blanked_only_when_she_chooses_it_and_much_black_takes_a_second_press(
    still: Service, tmp_path: Path
) -> None:
    places = {name: tmp_path / name for name in ("library", "private", "chronicle", "state")}
    held = HeldPictures(Settings(watch=(still.downloads,), **places))
    held.refresh()
    ((uid, one),) = held.instances.items()
    looks = tmp_path / "state/looks"
    looks.mkdir()
    (looks / code(uid)).write_text(json.dumps({"pixels": one.record.pixels, "frames": {"0": [[2, 2, 77, 57]]}}))
    with page_of(still) as address, browser(tmp_path / "profile") as driver:
        person = Person(driver)
        driver.get(address)
        person.ready()
        assert person.text(".looking") == "What is outlined may be text, or anatomy. Press it to choose it."
        blank = driver.find_element("css selector", "[data-does=blanked]")
        assert (blank.text, blank.get_attribute("aria-disabled")) == ("Blank and release", "true")
        driver.find_element("css selector", ".box.wide").click()
        assert blank.text == "Blank 1 box and release"
        blank.click()
        assert person.text("#says") == "More than a third of the picture would be black. Press again if that is meant."
        blank.click()
        person.until(lambda: "Made black and released" in person.text("#says"))
    assert [fact["decision"] for fact in still.facts("reviewed")] == ["blanked"]


def test_where_text_may_stand_is_said_of_what_was_kept_and_of_what_is_open_again(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    exports.zipped(service.downloads / "a.zip", {"clip": exports.written(clip("SYNTHETICA", frame=33))})
    service.command("once", str(service.downloads / "a.zip"))
    with page_of(service) as address, browser(tmp_path / "profile") as driver:
        person = Person(driver)
        for does, said in (("kept", "Kept private"), ("undone", "Undone"), ("blanked", "Made black"), ("undone", "Undone")):
            driver.get(address)
            person.ready()
            if said != "Undone" or does == "kept":
                assert person.text(".looking") == "Text may stand in frame 33."
            driver.execute_script(f"document.querySelector('[data-does={does}]').click()")
            person.until(lambda said=said: said in person.text("#says"))
        person.until(lambda: person.text(".looking") == "Text may stand in frame 33.")
        assert len(driver.find_elements("css selector", ".box")) >= 1


def test_the_decision_and_a_doubt_are_in_sight_without_scrolling(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    exports.zipped(service.downloads / "a.zip", {"clip": exports.written(clip("SYNTHETICA", frame=33))})
    service.command("once", str(service.downloads / "a.zip"))
    with page_of(service) as address, browser(tmp_path / "profile") as driver:
        person = Person(driver)
        driver.get(address)
        person.ready()
        seen = "const {top, bottom} = document.querySelector(arguments[0]).getBoundingClientRect();"
        seen += "return top >= 0 && bottom <= innerHeight && bottom > top"
        assert driver.execute_script(seen, ".foot")
        driver.execute_script("document.querySelectorAll('.tools button')[2].click()")
        driver.find_element("css selector", "[data-does=released]").click()
        person.until(lambda: "second yes" in person.text("#says"))
        assert all(driver.execute_script(seen, one) for one in (".doubt", "[data-does=confirmed]", "#says"))
        driver.find_element("css selector", ".doubt button").click()
        person.until(lambda: person.text(".at") == "Frame 33 of 40")


def test_many_that_are_alike_are_decided_about_at_once_and_undone(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=2)
    files = {str(number): exports.written(exports.ultrasound(regions=False, number=number)) for number in range(1, 6)}
    exports.zipped(service.downloads / "a.zip", files)
    service.command("once", str(service.downloads / "a.zip"))
    with page_of(service) as address, browser(tmp_path / "profile", columns=390, rows=844, scheme="dark") as driver:
        person = Person(driver)
        driver.get(address)
        person.ready()
        assert driver.execute_script("return document.documentElement.scrollWidth") <= 390
        driver.find_element("css selector", "#scope-one").click()
        driver.find_element("css selector", "[data-does=kept]").click()
        person.until(lambda: "4 of 5 left" in person.text("#says"))
        assert person.text(".entry .state") == "4 of 5 left"
        driver.find_element("css selector", "#scope-all").click()
        driver.find_element("css selector", "[data-does=released]").click()
        person.until(lambda: "All 5 decided" in person.text("#says"))
        driver.find_element("css selector", "[data-does=undone]").click()
        person.until(lambda: "Undone. 5 of 5 left." in person.text("#says"))  # all at once, or some after others
    assert [fact["decision"] for fact in service.facts("reviewed")] == ["kept", *["released"] * 5, *["undone"] * 5]


def test_of_many_that_are_alike_the_windows_of_each_are_offered(tmp_path: Path) -> None:
    from selenium.webdriver.support.select import Select

    service = Service(tmp_path, workers=2)
    windows = {1: {}, 2: {"WindowCenter": [2000, 30], "WindowWidth": [2000, 60]}}
    made = [stamped("", number=number, BurnedInAnnotation="YES", **window) for number, window in windows.items()]
    exports.zipped(service.downloads / "a.zip", {str(number): exports.written(one) for number, one in enumerate(made)})
    service.command("once", str(service.downloads / "a.zip"))
    with page_of(service) as address, browser(tmp_path / "profile") as driver:
        person = Person(driver)
        driver.get(address)
        person.ready()
        assert person.text("#left") == "2 of 2 left"
        Select(driver.find_element("css selector", ".windows select")).select_by_visible_text("Further window 2")
        person.until(lambda: person.text(".at") == "Picture 1 of 2 · As it came")
        second = driver.find_element("css selector", ".strip button:nth-child(2)")
        driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", second)
        second.click()
        person.until(lambda: person.text(".at") == "Picture 2 of 2")
        shown = driver.find_element("css selector", ".stage img")
        assert shown.get_attribute("src").endswith("/window-2")
        assert shown.get_attribute("alt") == "Picture 2 of 2, Further window 2"


def test_a_clip_of_four_hundred_frames_opens_at_once_and_plays(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=2)
    exports.zipped(service.downloads / "a.zip", {"us": exports.written(clip(frames=400))})
    service.command("once", str(service.downloads / "a.zip"))
    with page_of(service) as address, browser(tmp_path / "profile") as driver:
        person = Person(driver)
        driver.get(address)
        person.until(lambda: driver.execute_script("return document.querySelectorAll('.strip button').length") == 400)
        person.until(lambda: person.text(".at") == "Frame 1 of 400")
        asked = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
        places = [one["params"]["request"]["url"] for one in asked if one["method"] == "Network.requestWillBeSent"]
        assert sum("/frame/" in place for place in places) == 1
        assert sum("/small/" in place for place in places) < 100
        driver.execute_script("const strip = document.querySelector('.strip'); strip.scrollLeft = strip.scrollWidth")
        person.until(
            lambda: driver.execute_script("return document.querySelector('.strip button:last-child img').naturalWidth") > 0
        )
        person.tab_to("Play")
        person.press(" ")
        person.until(lambda: person.text(".at") not in ("Frame 1 of 400", "Frame 2 of 400"))
        person.press(" ")
        assert person.focused == "Play"


def test_the_page_speaks_the_language_of_whoever_typed_the_command(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    held = {"held": exports.written(exports.ultrasound(regions=False))}
    service.command("once", str(exports.zipped(service.downloads / "a.zip", held)))
    service.settings["language"] = "nl"
    with page_of(service) as address, browser(tmp_path / "profile") as driver:
        person = Person(driver)
        driver.get(address)
        person.ready()
        assert driver.title == "Vastgehouden afbeeldingen en documenten"
        assert driver.execute_script("return document.documentElement.lang") == "nl"
        assert person.text("#left") == "nog 1 van 1"
        labels = "return [...document.querySelectorAll('[aria-label]')].map(one => one.getAttribute('aria-label')).join('\\n')"
        shown = driver.find_element("tag name", "body").text + "\n" + driver.execute_script(labels)
        assert "Echografie, 1 januari 2024" in shown
        assert "Waarom het vastgehouden wordt:" in shown
        assert "Vrijgeven" in shown
        assert list(left_over(shown, "nl", "en")) == []
        assert driver.get_log("browser") == []
