"""Papers on the page of `radiary review`, from the drop to what is kept of them, in a browser, by keyboard alone."""

import json
from pathlib import Path
from typing import Any

import pytest

import exports
from accessible import violations
from papers import STYLES, letter
from people_at_keys import Person
from reviewing import browser, is_told_late, page_of
from services import Service

pytestmark = pytest.mark.debian
HERS = {"PatientName": "Quillemans^Roos", "PatientBirthDate": "19581123", "PatientID": "Q-4411"}


@pytest.fixture
def service(tmp_path: Path) -> Service:
    made = Service(tmp_path, workers=1)
    exports.zipped(made.downloads / "a.zip", exports.ct_files(1, **HERS))
    paths = [made.downloads / "a.zip"]
    for name, content in (("blood", STYLES["dutch"]()[0]), ("letter", letter())):
        paths.append(made.downloads / f"{name}.pdf")
        paths[-1].write_bytes(content)
    assert made.command("once", *map(str, paths)).returncode == 0
    return made


def told(service: Service, *asked: str) -> dict[str, Any]:
    return dict(json.loads(service.command("papers", *asked, "--json").stdout))


def opened(driver: Any, address: str) -> Person:
    person = Person(driver)
    driver.get(address)
    person.ready()
    return person


def test_values_are_looked_at_corrected_and_confirmed_by_keyboard_alone(service: Service, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    with page_of(service) as address, browser(tmp_path / "profile") as driver:
        person = opened(driver, address)
        assert person.text("#left") == "2 of 2 left"
        assert driver.execute_script("return document.querySelectorAll('.place').length") == 8  # one for each row
        person.tab_to("CRP, <0.5, mg/L")
        assert driver.execute_script("return document.querySelectorAll('.place.pointed').length") == 1
        person.press(Keys.ARROW_UP, Keys.ARROW_DOWN)
        assert person.driver.switch_to.active_element.accessible_name.startswith("CRP, <0.5, mg/L")
        person.press(Keys.TAB, Keys.ENTER)
        assert person.focused == "Value of CRP"
        person.hold(Keys.CONTROL, "a")
        person.press("7,5", Keys.ENTER)
        assert person.text("#whispers") == "CRP is 7,5 mg/L now."
        assert person.focused == "Change CRP"
        person.tab_to("Hemoglobine, 13.4", back=True)
        person.press(" ")
        person.tab_to("Confirm the ticked rows (7 of 8)")
        person.press(Keys.ENTER)
        person.until(lambda: person.text("#says") == "Confirmed: 7 values. 1 of 2 left.")
        person.tab_to("Next held one")
        person.press(Keys.ENTER)
        person.until(lambda: "No values were read on it." in person.text("#shown"))
        person.tab_to("Looked at")
        person.press(Keys.ENTER)
        person.until(lambda: person.text("#says") == "Looked at. All 2 decided.")
        asked = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
        places = [one["params"]["request"]["url"] for one in asked if one["method"] == "Network.requestWillBeSent"]
        assert [place for place in places if place.startswith("http") and not place.startswith(address)] == []
        assert driver.get_log("browser") == []
        person.tab_to("All series", back=True)
        person.press(Keys.ENTER)
        person.ready()
        person.tab_to("HEMATOLOGIE: CRP, mg/L: In my chronicle")
        person.press(Keys.ENTER)
        person.until(lambda: "CRP" in (service.folder / "chronicle/index.html").read_text())
        person.until(lambda: person.focused == "HEMATOLOGIE: CRP, mg/L: In my chronicle")
        driver.get((service.folder / "chronicle/index.html").as_uri())
        chart = driver.find_element("css selector", "svg.chart")
        said = "HEMATOLOGIE: CRP (mg/L) 1 value: 7.5 mg/L, 5 March 2024. The band is the printed range, <5,0."
        assert (chart.aria_role, chart.accessible_name) == ("image", said)
        assert chart.is_displayed()
    series = {one["name"]: one["points"][0]["value"] for one in told(service, "series")["series"]}
    assert series["CRP"] == "7.5"
    assert "Hemoglobine" not in series


def test_a_paper_is_described_given_away_taken_back_and_discarded_by_keyboard_alone(service: Service, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    with page_of(service) as address, browser(tmp_path / "profile") as driver:
        person = opened(driver, address)

        def does(name: str, what: str, where: str = "#left") -> None:
            person.tab_to(name)
            person.press(Keys.ENTER)
            person.until(lambda: what in person.text(where))
            person.until(lambda: "Done." in person.text("#says"))
            person.ready()

        does("Not mine", "1 of 2 left")
        page = service.folder / "chronicle/index.html"
        person.until(lambda: "Blood analysis" not in page.read_text())
        does("Undo", "2 of 2 left")
        person.until(lambda: "Blood analysis" in page.read_text())
        person.tab_to("Appointment")
        person.press("Ref")
        does("Set kind, date and person", "Referral, 5 March 2024", "#shown h2")
        does("Discard", "1 of 1 left")
        assert "radiary restore" in person.text("#says")
    assert [paper["kind"] for paper in told(service)["papers"]] == ["discharge-letter"]
    assert [fact["is_hers"] for fact in service.facts("described")] == [False, True, True]
    assert service.command("verify").returncode == 0
    assert "Referral" not in page.read_text()


def test_what_is_done_before_its_answer_comes_is_said_to_be_done(service: Service, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    with page_of(service) as address, browser(tmp_path / "profile") as driver:
        person = opened(driver, address)
        is_told_late(driver)
        person.tab_to("Not mine")
        person.press(Keys.ENTER)
        person.until(lambda: person.text("#says") == "Done. 1 of 2 left.")


def test_a_part_of_a_page_is_shown_and_taken_back_by_keyboard_alone(service: Service, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    pictures = service.folder / "chronicle/papers"
    with page_of(service) as address, browser(tmp_path / "profile") as driver:
        person = opened(driver, address)
        person.tab_to("CRP, <0.5, mg/L")
        person.tab_to("A part of a page as a picture")
        person.press(Keys.ENTER)
        for name, side in (("Top of the part", "4"), ("Bottom of the part", "12")):
            person.tab_to(name)
            person.hold(Keys.CONTROL, "a")
            person.press(side)
        person.tab_to("Show this part in my chronicle")
        person.press(Keys.ENTER)
        person.until(lambda: "The part was not taken" in person.text("#says"))
        assert not pictures.exists()
        person.until(lambda: person.focused == "Show this part in my chronicle")
        person.tab_to("Frame the marked row", back=True)
        person.press(Keys.ENTER)
        assert person.text("#whispers").startswith("Left ")
        person.tab_to("Show this part in my chronicle")
        person.press(Keys.ENTER)
        person.until(lambda: pictures.is_dir() and len(list(pictures.iterdir())) == 1)
        person.until(lambda: person.focused == "Show this part in my chronicle")
        person.tab_to("Take it back: page 1")
        person.press(Keys.ENTER)
        person.until(lambda: not pictures.exists())
        assert driver.get_log("browser") == []


@pytest.mark.parametrize(("columns", "rows"), [(390, 844), (1440, 900)])
def test_a_paper_with_a_framed_part_has_no_barrier_in_light_and_dark(
    service: Service, tmp_path: Path, columns: int, rows: int
) -> None:
    from selenium.webdriver.common.keys import Keys

    with page_of(service) as address, browser(tmp_path / "profile", columns=columns, rows=rows) as driver:
        person = opened(driver, address)
        person.tab_to("CRP, <0.5, mg/L")
        person.tab_to("A part of a page as a picture")
        person.press(Keys.ENTER)
        person.tab_to("Frame the marked row")
        person.press(Keys.ENTER)
        person.tab_to("Show this part in my chronicle")
        person.press(Keys.ENTER)
        person.until(lambda: person.text(".cuttings").startswith("Shown: page 1, Left "))
        seen = "const picture = document.querySelector('.cuttings img'); return picture.complete && picture.naturalWidth"
        person.until(lambda: bool(driver.execute_script(seen)))
        frame, sheet = (driver.find_element("css selector", place).rect for place in (".frame", ".sheet"))
        assert sheet["x"] <= frame["x"] <= frame["x"] + frame["width"] <= sheet["x"] + sheet["width"]
        assert driver.execute_script("return document.documentElement.scrollWidth") <= columns
        cut = driver.find_element("css selector", ".cutting")
        right = cut.rect["x"] + cut.rect["width"]
        parts = driver.find_elements("css selector", ".cutting input, .cutting button, .cutting li, .cutting img, .cutting p")
        assert [one.text for one in parts if one.rect["x"] + one.rect["width"] > right + 1] == []
        assert [violations(driver, scheme) for scheme in ("light", "dark")] == [[], []]


def test_series_are_joined_on_a_small_dark_page(service: Service, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    other = service.downloads / "other.pdf"
    other.write_bytes(STYLES["cumulative_with_dated_columns"]()[0])
    assert service.command("once", str(other)).returncode == 0
    assert service.command("papers", "confirm", "--all").returncode == 0
    before = len(told(service, "series")["series"])
    with page_of(service) as address, browser(tmp_path / "profile", columns=390, rows=844, scheme="dark") as driver:
        person = opened(driver, address)
        assert driver.execute_script("return document.documentElement.scrollWidth") <= 390
        driver.execute_script("document.querySelector('#entry-series').focus()")
        person.press(Keys.ENTER)
        person.ready()
        for name in ("CRP, mg/L: join", "HEMATOLOGIE: CRP, mg/L: join"):
            person.tab_to(name, is_exact=True)
            person.press(" ")
        person.tab_to("Join the two that are ticked")
        person.press(Keys.ENTER)
        person.until(lambda: "They are one series" in person.text("#says"))
    assert len(told(service, "series")["series"]) == before - 1
