"""A chart in one colour, with words for who cannot see it."""

import re
from itertools import pairwise
from xml.etree import ElementTree

from radiary.chronicle import chart
from radiary.chronicle.chart import ChartPoint, Range

MARKS = [
    ChartPoint("2023-09-02", 0.5, "<0.5 mg/L, 2 Sep 2023", is_bound=True),
    ChartPoint("2024-01-12", 12.1, "12.1 H mg/L, 12 Jan 2024"),
    ChartPoint("2024-03-05", 4.0, "4 mg/L, 5 Mar 2024"),
]


def drawn(marks: list[ChartPoint] = MARKS, bounds: Range | None = None, name: str = "CRP (mg/L)") -> ElementTree.Element:
    text = chart.drawn(marks, bounds, name=name, says="3 values.", identity="c1", ends=("2 Sep 2023", "5 Mar 2024"))
    return ElementTree.fromstring(text)


def numbers(element: ElementTree.Element, *names: str) -> list[float]:
    return [float(element.attrib[name]) for name in names]


def test_points_stand_in_their_order_and_height_and_each_says_its_value() -> None:
    circles = drawn().findall("circle")
    places = [numbers(one, "cx", "cy") for one in circles]
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    assert places[1][1] < places[2][1] < places[0][1]
    assert [(one.findtext("title") or "") for one in circles] == [one.text for one in MARKS]
    spans = places[1][0] - places[0][0], places[2][0] - places[1][0]
    assert spans[0] / spans[1] > 2  # 132 days and 53


def test_what_is_less_than_its_number_is_an_open_ring() -> None:
    fills = [one.attrib["fill"] for one in drawn().findall("circle")]
    assert fills == ["Canvas", "currentColor", "currentColor"]


def test_the_printed_range_is_a_band_and_nothing_is_where_none_is_printed() -> None:
    assert drawn().find("rect") is None
    whole, below = drawn(bounds=Range(1, 5)).find("rect"), drawn(bounds=Range(None, 5)).find("rect")
    assert whole is not None
    assert below is not None
    assert numbers(whole, "y") == numbers(below, "y")
    assert numbers(whole, "height") < numbers(below, "height")
    far = drawn([ChartPoint("2024-01-01", 3.0, "3")], Range(100, 200)).find("rect")
    assert far is not None
    assert numbers(far, "y")[0] >= 0


def test_it_is_named_and_told_to_who_cannot_see_it_and_holds_nothing_that_runs() -> None:
    text = chart.drawn(MARKS, None, name="A <b> & c", says="3 values.", identity="c1", ends=("a", "b"))
    svg = ElementTree.fromstring(text)
    assert svg.attrib["role"] == "img"
    told = {one.attrib.get("id"): one.text for one in svg}
    assert [told[one] for one in svg.attrib["aria-labelledby"].split()] == ["A <b> & c", "3 values."]
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', text)) == {"none", "currentColor", "Canvas"}
    assert not re.search(r"script|style|href| on\w+=", text)


def test_one_value_alone_equal_values_and_none_are_drawn_too() -> None:
    assert drawn(MARKS[:1]).find("polyline") is None
    same = [ChartPoint("2024-01-01", 5.0, "5"), ChartPoint("2024-01-01", 5.0, "5")]
    assert len(drawn(same).findall("circle")) == 2
    assert len(drawn([ChartPoint("2024-01-01", 0.0, "0")]).findall("circle")) == 1
    assert chart.drawn([], None, name="", says="", identity="c", ends=("", "")) == ""


def test_the_steps_of_the_scale_are_round_numbers() -> None:
    steps = [float(one.text or "") for one in drawn().findall("text")[:-2]]
    assert 3 <= len(steps) <= 6
    assert len({round(b - a, 6) for a, b in pairwise(steps)}) == 1
