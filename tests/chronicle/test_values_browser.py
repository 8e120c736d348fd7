"""Charts in a real browser: on a phone, on dark ground and on paper they can be read, and nothing is asked for."""

import base64
from pathlib import Path
from typing import Any

import pytest

from pages import browser
from radiary.chronicle.released_values import Released
from radiary.chronicle.site import Site
from radiary.documents import pdf
from radiary.workers.pool import Pool
from told_values import series, tell

pytestmark = pytest.mark.debian


def lightness(colour: str) -> float:
    parts = [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    return sum(parts) / 765


@pytest.fixture
def opened(tmp_path: Path, pool: Pool) -> Any:
    site = Site(tmp_path / "chronicle")
    assert tell(site, pool, Released(series()), Released(series("Ferritine", "00000001"))) is None
    driver = browser(tmp_path / "profile")
    driver.get((site.folder / "index.html").as_uri())
    yield driver
    driver.quit()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_can_be_read_on_a_phone_on_light_and_dark_ground(opened: Any, scheme: str) -> None:
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    opened.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    assert opened.execute_script("return document.documentElement.scrollWidth") <= 390
    text, body = opened.find_element("css selector", ".chart text"), opened.find_element("css selector", "body")
    assert text.size["height"] >= 11
    ink, ground = text.value_of_css_property("fill"), body.value_of_css_property("background-color")
    assert abs(lightness(ink) - lightness(ground)) > 0.7
    assert (lightness(ground) < 0.5) == (scheme == "dark")
    ring = opened.find_element("css selector", ".chart circle")
    assert ring.value_of_css_property("fill") == ground.replace("rgba", "rgb").replace(", 1)", ")")
    assert opened.get_log("browser") == []


def test_charts_and_tables_are_printed_though_they_are_closed(opened: Any) -> None:
    opened.execute_script("document.querySelectorAll('details.value').forEach(one => { one.open = false; })")
    printed = base64.b64decode(opened.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
    _, sheets = pdf.sheets(printed, (), lambda: None)
    text = "".join(letter.text for sheet in sheets for letter in sheet.letters)
    assert text.count("<0.5") == 4  # in each table, and at the day
    assert text.count("12 January 2024") >= 4
