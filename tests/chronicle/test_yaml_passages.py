"""Reading a chronicle day by day says the same as reading it whole, or it is read whole."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiary.chronicle import jekyll, yaml_days, yaml_passages
from radiary.chronicle.story import Day, Story, folded
from radiary.chronicle.yaml_days import NotMergeable
from radiary.chronicle.yaml_frame import framed
from radiary.chronicle.yaml_passages import Passages, SiteData, is_newest_first
from stories import filed, named, series

EVENTS = (
    "",
    "  events:\n",
    "  events: []  # none yet\n",
    '  events:\n    - title: "x"\n      images: ["scan1.jpg", "mine.png"]\n',
    "  events:\n  - title: >\n      a line\n\n      - date: 1999-01-01\n    images:\n    - scan2.jpg\n",
    "  events:\n    - notes: |+\n        kept\n\n",
    "  mood: [good,\n    bad]\n",
)
BETWEEN = ("", "\n", "# a comment of the margin\n", "\n  # another\n\n")
DATES = st.dates(min_value=datetime.date(2020, 1, 1), max_value=datetime.date(2020, 3, 1)).map(str)


@st.composite
def chronicles(draw: st.DrawFn) -> str:
    dates = draw(st.lists(DATES, min_size=1, max_size=7))
    dates = sorted(dates) if draw(st.booleans()) else dates
    pieces = [f"- date: {date}\n" + draw(st.sampled_from(EVENTS)) + draw(st.sampled_from(BETWEEN)) for date in dates]
    text = draw(st.sampled_from(["", "---\n", "# mine\n\n"])) + "".join(pieces)
    text = text if draw(st.booleans()) else text.rstrip()
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def story(dates: list[str]) -> Story:
    events = [filed(f"study{number}", date, series(f"s{number}")) for number, date in enumerate(dates)]
    exams = named(folded(events))
    return Story(tuple(Day(day.date, day.exams) for day in exams.days))


def read_whole(text: str) -> SiteData:
    frame = framed(text)
    days = yaml_days.read(frame.body)
    return SiteData("", frame, whole=days, is_newest_first=is_newest_first([yaml_days.date_of(day) for day in days]))


@given(chronicles(), st.lists(DATES, min_size=1, max_size=4))
def test_an_exam_added_to_a_passage_gives_the_very_text_that_reading_it_whole_gives(text: str, dates: list[str]) -> None:
    exams = story(dates)
    whole = read_whole(text)
    assert jekyll.added(Passages().read(text), exams, frozenset()) == jekyll.added(whole, exams, frozenset())


@given(chronicles(), DATES)
def test_the_pictures_of_a_day_are_those_that_stand_there(text: str, date: str) -> None:
    assert Passages().read(text).names(date) == read_whole(text).names(date)


TWO = "- date: 2020-01-01\n- date: 2020-02-01\n"


@pytest.mark.parametrize(
    "text",
    [
        '- date: 2020-01-01\n  title: "it goes on\n- date: 2020-02-01"\n',
        "- date: 2020-01-01\n  tags: [a,\n- date, b]\n",
        "- date: 2020-01-01\n  more: &m {a: 1}\n- date: 2020-02-01\n  more: *m\n",
        "- date: 2020-02-01\n- date: 2020-03-01\n- date: 2020-01-01\n",
        "-   date: 2020-01-01\n\u2028- date: 2020-02-01\n",
        "[]",
        "",
    ],
)
def test_what_cannot_be_read_day_by_day_is_read_as_a_whole(text: str) -> None:
    try:
        expected = yaml_days.read(text)
    except NotMergeable as error:
        with pytest.raises(NotMergeable, match=str(error)):
            Passages().read(text)
    else:
        assert Passages().read(text).whole == expected


@pytest.mark.parametrize("end", ["...\n", "---\n"])
def test_a_second_document_is_a_mistake_wherever_it_begins(end: str) -> None:
    with pytest.raises(NotMergeable):
        Passages().read(TWO.replace("\n", f"\n{end}", 1))


def test_a_mistake_is_told_with_its_line() -> None:
    with pytest.raises(NotMergeable, match="line 4"):
        Passages().read(TWO + "- date: 2020-03-01\n  title: 'a' b\n- date: 2020-04-01\n")


def test_only_what_changed_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def reading(text: str, **more: int) -> yaml_days.Days:
        seen.append(text)
        return yaml_days.read(text, **more)

    monkeypatch.setattr(yaml_passages, "read", reading)
    known = Passages()
    known.read(TWO)
    seen.clear()
    site = known.read(TWO + "- date: 2020-03-01\n")
    assert seen == ["- date: 2020-03-01\n"]
    assert site.excerpts({"2020-01-15", "2020-01-20"}) == [(0, len(TWO), {"2020-01-15", "2020-01-20"})]
