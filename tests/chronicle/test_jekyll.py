"""Insertion into the person's own file: every case is one that occurs in a real chronicle."""

import datetime
import difflib
import itertools
import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from radiary.chronicle import jekyll
from radiary.chronicle.jekyll import Addition
from radiary.chronicle.story import Day, Story, folded
from radiary.chronicle.yaml_days import NotMergeable, date_of
from radiary.chronicle.yaml_frame import Surroundings
from radiary.chronicle.yaml_passages import Passages, SiteData
from stories import filed, named, series

OWN = """- date: 2023-10-17
  events:
    - title: "first echography"
      folder: "2023-10-17"
      description: >
        It began with a *lump*.

        The doctor said: wait.   
      notes: >
         
      images: ["scan1.jpg", "scan2.jpg"]
    - title: ""
      folder: "2023-10-16"
      description: ""
      images: []

- date: 2023-11-08
- date: 2023-12-01
  events:
    - title: "Results"
      folder: "2023-12-01"
      description:
      notes: |
        # not a comment, a heading
        all well"""  # noqa: W291, W293 - trailing blanks are part of what must not be touched


def story(*dates: str) -> Story:
    events = [filed(f"study{number}", date, series(f"s{number}", modality="MR", part=None)) for number, date in enumerate(dates)]
    return named(folded(events))


def merged(text: str, exams: Story, known: frozenset[str]) -> Addition:
    return jekyll.added(Passages().read(text), exams, known)


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines removed and lines added."""
    lines = list(difflib.ndiff(before.lstrip("\ufeff").splitlines(), after.lstrip("\ufeff").splitlines()))
    return [one[2:] for one in lines if one.startswith("- ")], [one[2:] for one in lines if one.startswith("+ ")]


def test_an_empty_file_becomes_a_list_of_days() -> None:
    text = merged("", story("2024-02-01", "2024-01-01"), frozenset()).text
    assert [str(day["date"]) for day in yaml.safe_load(text)] == ["2024-01-01", "2024-02-01"]
    assert text.splitlines()[:5] == [
        "- date: 2024-01-01", "  events:", '    - title: "CT"', '      folder: "2024-01-01"', '      images: ["scan1.jpg"]',
    ]  # fmt: skip


@pytest.mark.parametrize("date", ["2023-01-01", "2023-10-20", "2023-11-08", "2023-12-01", "2023-10-17", "2024-05-05"])
@pytest.mark.parametrize("own", [OWN, OWN + "\n", OWN + "\n\n\n", OWN.replace("\n", "\r\n")])
def test_no_line_of_hers_is_touched_wherever_the_exam_falls(own: str, date: str) -> None:
    told_story = story(date) if date != "2023-10-17" else named(folded(
        [filed("x", date, *(series(str(n), n) for n in range(5)))]
    ))  # fmt: skip
    if date == "2023-10-17":
        own = own.replace('["scan1.jpg", "scan2.jpg"]', '["biopsy1.jpg"]')
    after = merged(own, told_story, frozenset()).text
    removed, added = changed(own, after)
    assert removed == []
    assert 3 <= len(added) <= 5
    assert after.endswith("\n") == own.endswith("\n")
    days = [str(day["date"]) for day in yaml.safe_load(after)]
    assert days == sorted(days)
    (day,) = [day for day in yaml.safe_load(after) if str(day["date"]) == date]
    assert day["events"][-1]["title"] == ("CT, chest" if date == "2023-10-17" else "CT")


def test_a_last_line_without_its_end_gets_the_end_that_all_others_have() -> None:
    own = "- date: 2020-01-01\r\n- date: 2020-01-01"
    after = merged(own, story("2020-01-02"), frozenset()).text
    assert after.count("\n") == after.count("\r\n") == 6


def test_an_empty_list_of_events_is_the_one_line_that_changes() -> None:
    for empty in ("events: []", "events:", "events: ~", "events: null"):
        own = f"- date: 2024-01-01\n  {empty}\n- date: 2024-02-01\n"
        removed, added = changed(own, merged(own, story("2024-01-01"), frozenset()).text)
        assert removed == ([] if empty == "events:" else [f"  {empty}"])
        assert len(added) == (3 if empty == "events:" else 4)


def test_what_was_written_once_is_never_written_again() -> None:
    both = story("2024-01-01", "2024-02-01")
    first = merged("", both, frozenset())
    known = frozenset(exam.study for _, exam in first.exams)
    edited = first.text.replace('title: "CT"', 'title: "my words"').split("- date: 2024-02-01")[0]
    again = merged(edited, both, known)
    assert (again.text, again.exams) == (edited, ())


def test_what_stands_there_already_after_a_crash_is_not_written_twice() -> None:
    first = merged("", story("2024-01-01"), frozenset())
    again = merged(first.text, story("2024-01-01"), frozenset())
    assert again.text == first.text
    assert len(again.exams) == 1


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ("- date: 2024-01-01\n  events:\n  - title: 'open\n", "line"),
        ("title: no list", "not a list of days"),
        ("# mine\nsite:\n  days:\n    - date: 2024-01-01\n", "line 2 of the chronicle is not a list of days"),
        ("---\nlayout: page\ndays: {2024-01-01: a}\n---\n", "line 3 of the chronicle is not a list of days"),
        ("a text", "line 1 of the chronicle is not a list of days"),
        ("2024-01-01:\n  - title: a\n", "not a list of days"),
        ("2024:\n  - date: 2024-01-01\n", "not a list of days"),
        ("- 5\n", "line 1 "),
        ("- date: 2024-01-01\n\n# mine\n- events: []\n", "line 4 "),
        ("---\ndays:\n  - date: 2024-01-01\n  - dat: 2024-01-02\n---\n", "line 4 "),
        ("- date: 2024-01-01\n  title: a\x00b\n", "line 2\\."),
        ("- date: 2024-01-01\n- date: 2024-02-30\n", "line 2\\."),
        ("---\ndays:\n  - date: 2024-02-30\n---\n", "line 3\\."),
        ("- date: 2024-01-01\n  pills: !!float three\n", "no valid YAML"),
        ("- date: 2024-01-01\n  pills: !!int three\n", "line 2\\."),
        (f"- date: 2024-01-01\n  sealed: 0x{'f' * 6000}\n", "line 2\\."),
        ("--- [{date: 2024-01-01}]\n", "begins at line 1,"),
        ("# mine\n--- !!map {days: []}\n", "begins at line 2,"),
        ("--- ~\n", "begins at line 1,"),
    ],
)
def test_a_file_that_is_no_chronicle_is_left_alone_with_a_sentence(own: str, says: str) -> None:
    with pytest.raises(NotMergeable, match=says):
        merged(own, story("2024-01-01"), frozenset())


BOMB = "".join(f"  {one}: &{one} [{', '.join([f'*{before}'] * 9)}]\n" for before, one in itertools.pairwise("abcdefgh"))
"""Eight lines that say forty million words."""


@pytest.mark.parametrize(
    ("own", "line"),
    [
        ("- date: 2024-01-01\n  events:\n    - &mine\n      title: [*mine]\n", 4),
        ("- date: 2023-01-01\n- &day\n  date: 2024-01-01\n  events: [*day]\n", 4),
        ("title: &mine [*mine]\ndays:\n  - date: 2024-01-01\n", 1),
        (f"# mine\n- date: 2024-01-01\n  a: &a words\n{BOMB}", 10),
        (f"---\na: &a words\nb:\n{BOMB}days:\n- date: 2024-01-01\n---\n", 10),
    ],
)
def test_a_file_that_refers_to_itself_or_to_too_much_is_left_alone_with_its_line(own: str, line: int) -> None:
    with pytest.raises(NotMergeable, match=f"line {line} of the chronicle refers to itself"):
        merged(own, story("2024-01-01"), frozenset())


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ("- date: 2024-01-01\n  events: none\n", "line 2"),
        ("- date: 2024-01-01\n  events: {a: 1}\n", "line 2"),
        ("- date: 2024-01-01\n  events: 5\n", "line 2"),
        ("- {date: 2024-01-01, events: ~}\n", "line 1"),
        ("---\ntitle: mine\ndays:\n- date: 2024-01-01\n  events: none\n", "line 5"),
        ("- date: 2023-01-01\n  events: &same\n    - title: a\n- date: 2024-01-01\n  events: *same\n", "without changing what"),
        ("- date: 2024-01-01\n  events:\n    title: a\n", "without changing what stands there"),
    ],
)
def test_a_day_that_cannot_be_added_to_keeps_no_other_day_waiting(own: str, says: str) -> None:
    found = merged(own, story("2024-01-01", "2024-02-02"), frozenset())
    assert says in (found.note or "")
    assert found.text.startswith(own.rstrip("\n"))
    assert [date for date, _ in found.exams] == ["2024-02-02"]


@pytest.mark.parametrize(
    "own",
    [
        "- date: 2024-01-01\n  events:\n    - title: a\n      notes: >\n        folded",
        "- date: 2024-01-01\n  events:\n    - title: a\n      notes: >\n         \n         ",
        "- date: 2024-01-01\n  events:\n    - title: a\n      notes: |+\n        kept\n\n\n",
        "- date: 2024-01-01\n  events:\n    - title: a\n      images: [{file: x.jpg}]\n",
        "- date: 2024-01-01\n  events:\n    - title: [a]\n      images: 5\n",
        "- date: 2024-01-01\n  events: []  # none yet\n",
        "- date: 2024-01-01\n  title: Journal\n  mood: good\n",
        "- date: 2024-01-01\n  events:\n  mood: good\n",
        "- \"date\": '2024-01-01'\n  'events': []\n",
        "-\n  date: 2024-01-01\n  events:\n    -\n      title: a\n",
        "- date: 2024-01-01\r  events:\r    - title: a\r",
        "# mine\n[ ]\n",
        '- date: "2024-01-01 10:30"\n  events:\n    - title: a\n',
        "- date: 2024-1-1\n  events:\n    - title: a\n",
        "- date: 01.01.2024\n  events:\n    - title: a\n",
        "- date: 2024/01/01\n  events:\n    - title: a\n",
        "-   date: 2024-01-01\n    events:\n      - title: a\n",
        "- date: 2024-01-01\n  events:\n    - title: a\n...\n",
        "---\n- date: 2024-01-01\n  events:\n    - title: a\n",
        "# mine\n[]\n",
        "[]",
        "\ufeff- date: 2024-01-01\n  events:\n    - title: a\n",
    ],
)
@pytest.mark.parametrize("date", ["2024-01-01", "2024-06-06", "2023-01-01"])
def test_the_usual_and_unusual_states_of_a_file_can_be_added_to(own: str, date: str) -> None:
    found = merged(own, story(date), frozenset())
    assert found.note is None
    removed, _ = changed(own, found.text)
    assert len(removed) <= (1 if "[]" in own or "[ ]" in own else 0)
    assert not {"\r", "\n"} < set(found.text)
    days = yaml.safe_load(found.text)
    (day,) = [day for day in days if date_of(day) == date]
    assert day["events"][-1 if date != "2024-01-01" else len(day["events"]) - 1]["title"] == "CT"
    assert [date_of(day) for day in days] == sorted(date_of(day) for day in days)
    for words in ("folded", "kept", "none yet", "# mine", "file: x.jpg"):
        assert (words in own) == (words in found.text)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("13/02/2024", "2024-02-13"),
        ("5-5-2024", "2024-05-05"),
        ("2024.2.3", "2024-02-03"),
        ("1.2.2024", "2024-02-01"),
        ("01/02/2024", "01/02/2024"),
        ("02/13/2024", "02/13/2024"),
        ("31.02.2024", "31.02.2024"),
        ("2024-1/1", "2024-1/1"),
        ("spring 2024", "spring 2024"),
    ],
)
def test_a_day_is_read_as_it_is_written_elsewhere_where_it_can_mean_but_one(said: str, day: str) -> None:
    assert date_of({"date": said}) == day


@pytest.mark.parametrize(
    "own",
    [
        "- date: 2024-01-01\n  events: [{title: a}]\n- {date: 2024-03-03}\n",
        "- date: 2024-01-01\n  events: [\n    {title: a}, # one\n    'it''s' ,\n  ] # all\n- date: 2024-03-03\n",
        "- date: 2024-01-01\n  events:\n    [{title: a},\n     {title: b}]\n  mood: good\n- {date: 2024-03-03, title: mine,}\n",
        "[{date: 2024-01-01, events: [\n]}, {date: 2024-03-03}]",
        "[\r\n  {date: 2024-01-01},\r\n  {date: 2024-03-03}\r\n]\r\n",
        "\ufeff[\n]\n",
        '[\n\t{\n\t\t"date": "2024-01-01",\n\t\t"events": [{"title": "a"}]\n\t},\n\t{"date": "2024-03-03"}\n]\n',
        '{"title": "mine", "days": [], "after": 1}\n',
        '{"days": [{"date": "2024-01-01"}, {"date": "2024-03-03", "events": []}]}',
        "title: mine\ndays: [\n]\nafter: all\n",
        "---\nlayout: page\ndays: [{date: 2024-01-01}]\n---\nHi [you]\n",
        "- date: 2024-01-01\n  events: &mine\n    - title: a\n- date: 2024-03-03\n",
        "- date: 2024-01-01\n  events: !!seq\n  -\n    title: a\n- date: 2024-03-03\n",
    ],
)
def test_lists_in_brackets_and_lists_with_a_name_are_added_to_without_losing_a_character(own: str) -> None:
    dates = ["2023-01-01", "2024-01-01", "2024-02-02", "2024-03-03", "2024-05-05"]
    found = merged(own, story(*dates), frozenset())
    assert (len(found.exams), found.note) == (5, None)
    characters = iter(found.text)
    assert all(one in characters for one in own)
    assert found.text.count("\n") - found.text.count("\r\n") in (0, found.text.count("\n"))
    loaded = next(yaml.safe_load_all(found.text.removeprefix("\ufeff").expandtabs(2)))
    days = loaded["days"] if isinstance(loaded, dict) else loaded
    assert [date_of(day) for day in days] == dates
    assert [day["events"][-1]["images"] for day in days] == [["scan1.jpg"]] * 5
    assert len({type(day["date"]) for day in days}) == 1
    if '"date"' in own or '"days"' in own:
        assert json.loads(found.text)


@pytest.mark.parametrize("end", ["", "after: all\n", "\n# mine\n\nafter: all\n", "---\n# A page\n"])
@pytest.mark.parametrize(
    "text", ["|\n        # A heading", ">+\n   ", ">\n        words\n          # deep", "|+\n        kept\n\n\n", "|+\n\n"]
)
def test_a_text_under_a_key_may_end_in_what_looks_like_a_comment_or_like_nothing(text: str, end: str) -> None:
    before = "---\ntitle: mine\ndays:\n- date: 2024-01-01\n  events:\n    - title: a\n      notes: "
    own = f"{before}{text}\n{end}"
    found = merged(own, story("2023-01-01", "2024-01-01", "2024-06-06"), frozenset())
    assert (len(found.exams), found.note) == (3, None)
    characters = iter(found.text)
    assert all(one in characters for one in own)
    notes = [
        event["notes"] for day in next(yaml.safe_load_all(found.text))["days"] for event in day["events"] if "notes" in event
    ]
    assert notes == [next(yaml.safe_load_all(own))["days"][0]["events"][0]["notes"]]


@pytest.mark.parametrize(
    "own",
    [
        "- date: 2024-01-01\n# about March\n- date: 2024-03-03\n",
        "# about all\n\n# about January\n# (cold)\n- date: 2024-01-01\n- date: 2024-03-03\n",
        "days:\n  - date: 2024-01-01\n  # about March\n  - date: 2024-03-03\n",
        "- date: 2024-03-03\n# about January\n- date: 2024-01-01\n",
        "[\n  {date: 2022-01-01}, # about January\n  {date: 2024-03-03} # about March\n  # about all\n]\n",
        "[\n  {date: 2024-01-01},\n  # about March\n  # (windy)\n  {date: 2024-03-03}, # about March, too\n]\n",
        "- date: 2024-01-01\n  events: [\n    {title: a}, # about a\n    {title: b} # about b\n  ]\n- date: 2024-03-03\n",
        "- {date: 2024-01-01, # the new year\n   mood: good # about it\n  }\n- date: 2024-03-03\n",
    ],
)
def test_a_comment_of_hers_stays_beside_what_it_is_about(own: str) -> None:
    found = merged(own, story("2023-01-01", "2024-01-01", "2024-02-02", "2024-05-05"), frozenset())
    assert (len(found.exams), found.note) == (4, None)
    lines = own.splitlines()
    for line, below in itertools.pairwise(lines):
        if "#" in line and "all" not in line:
            kept = f"{line}\n{below}" if line.lstrip().startswith("#") else f"{line}\n"
            assert kept.rstrip("},") in found.text


@pytest.mark.parametrize("own", ["# mine\n", "# mine\n\n[] # nothing yet\n...\n", "# mine\n{}\n"])
def test_a_comment_with_which_a_file_without_days_begins_stays_above_them(own: str) -> None:
    assert merged(own, story("2024-01-01"), frozenset()).text.startswith("# mine\n")


@pytest.mark.parametrize("nothing", ["~", "null", "NULL", "{}", "{ }", "[]"])
@pytest.mark.parametrize("own", ["%s", "# mine\n%s # nothing yet\n", "---\n%s\n...\n", "title: mine\ndays: %s # none\n"])
def test_whatever_says_that_there_is_nothing_yet_becomes_a_list(own: str, nothing: str) -> None:
    found = merged(own % nothing, story("2024-01-01"), frozenset())
    assert (len(found.exams), found.note) == (1, None)
    loaded = next(yaml.safe_load_all(found.text))
    (day,) = loaded["days"] if isinstance(loaded, dict) else loaded
    assert date_of(day) == "2024-01-01"
    assert all(word in found.text for word in (own % "").split())


@pytest.mark.parametrize("nothing", ["~", "null", "Null", "{}", "[]", ""])
def test_a_day_that_says_that_nothing_happened_is_added_to(nothing: str) -> None:
    found = merged(f"- date: 2024-01-01\n  events: {nothing}\n  mood: good\n", story("2024-01-01"), frozenset())
    assert found.note is None
    assert [event["title"] for event in yaml.safe_load(found.text)[0]["events"]] == ["CT"]


def test_an_indented_list_is_added_to_in_its_own_indent() -> None:
    own = "  - date: 2024-01-01\n    events:\n      - title: one\n"
    after = merged(own, story("2024-01-02"), frozenset()).text
    assert after.startswith(own)
    assert "\n  - date: 2024-01-02\n    events:\n      - title" in after


@pytest.mark.parametrize("date", ["2023-01-01", "2024-01-01", "2024-01-02", "2024-01-03", "2024-06-06"])
def test_blank_lines_that_her_text_keeps_stay_part_of_it(date: str) -> None:
    entry = "- date: 2024-01-0{}\n  events:\n    - title: a\n      notes: |+\n        kept\n\n\n"
    own = entry.format(1) + entry.format(3)
    found = merged(own, story(date), frozenset())
    assert len(found.exams) == 1
    after = yaml.safe_load(found.text)
    assert [event["notes"] for day in after for event in day["events"] if "notes" in event] == ["kept\n\n\n"] * 2


def test_exams_that_come_together_stand_on_their_own_days_or_nowhere() -> None:
    """Pictures are called alike on all days, and what comes behind an event that is told again stands where it was told first."""
    own = "- date: 2024-01-01\n  events: [&same {folder: a}]\n- date: 2024-01-02\n  events: [*same]\n- date: 2024-01-03\n"
    found = merged(own, story("2024-01-01", "2024-01-02", "2024-01-03"), frozenset())
    days = {str(day["date"]): day.get("events") for day in yaml.safe_load(found.text)}
    assert {date: [event["folder"] for event in events or []] for date, events in days.items()} == {
        "2024-01-01": ["a", "2024-01-01"], "2024-01-02": ["a"], "2024-01-03": ["2024-01-03"],
    }  # fmt: skip
    assert [date for date, _ in found.exams] == ["2024-01-01", "2024-01-03"]
    assert "2024-01-02" in (found.note or "")


_TEXT = st.text("ab é😀\u2028:#-'\"[]{}|>*&!%@`\\,?\n\t", max_size=20)
_DATE = st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 1, 1)).map(str)
_EVENT = st.fixed_dictionaries(
    {"title": _TEXT, "folder": _TEXT}, optional={"description": _TEXT, "images": st.lists(_TEXT, max_size=2)}
)


@given(
    st.dictionaries(_DATE, st.lists(_EVENT, max_size=3), max_size=4),
    _DATE,
)
def test_whatever_she_wrote_means_the_same_afterwards(days: dict[str, list[dict[str, object]]], date: str) -> None:
    own = (
        yaml.safe_dump([{"date": one, "events": events} for one, events in sorted(days.items())], allow_unicode=True)
        if days
        else ""
    )
    after = yaml.safe_load(merged(own, story(date), frozenset()).text)
    ours = {"title": "CT", "folder": date, "images": ["scan1.jpg"]}
    kept = [
        {"date": str(day["date"]), "events": [event for event in day["events"] or [] if event != ours]}
        for day in after
        if [event for event in day["events"] or [] if event != ours] or str(day["date"]) in days
    ]
    assert kept == [{"date": one, "events": events} for one, events in sorted(days.items())]
    assert any(ours in (day["events"] or []) for day in after)


@given(st.lists(st.dates(datetime.date(2023, 9, 1), datetime.date(2024, 2, 1)), min_size=1, max_size=12))
def test_exams_that_come_together_read_as_if_they_had_come_one_after_another(dates: list[datetime.date]) -> None:
    whole = story(*(date.isoformat() for date in dates))
    by_date = [(day.date, exam) for day in whole.days for exam in day.exams]
    one_by_one = OWN
    for date, exam in by_date:
        one_by_one = merged(one_by_one, Story((Day(date, [exam]),)), frozenset()).text
    assert merged(OWN, whole, frozenset()).text == one_by_one


SWALLOWS = """- date: 2024-01-01
  title: 'it ends
# here, and nowhere else'
"""
"""Text in quotes with a line that looks like a comment behind the last day: what is inserted before it becomes text."""


SHARED = "- date: 2024-01-01\n  events:\n    &same\n    - title: a\n- date: 2024-02-02\n  events: *same\n"
"""A list of events that stands for two days: what is added to one of them is on the other, too."""


@pytest.mark.parametrize("own", [SWALLOWS, SWALLOWS.rstrip(), SWALLOWS.replace("\n", "\r\n"), SHARED])
def test_what_would_change_her_own_words_is_not_added_and_she_is_told(own: str) -> None:
    found = merged(own, story("2024-02-02"), frozenset())
    assert (found.text, found.exams) == (own, ())
    where = "2024-02-02 (line 6)" if own == SHARED else "2024-02-02"
    assert found.note == f"The exam of {where} could not be added without changing what stands there; it was left alone."


def test_a_day_that_cannot_be_added_to_keeps_no_other_one_waiting() -> None:
    found = merged(SWALLOWS, story("2023-02-02", "2024-02-02"), frozenset())
    assert found.text.endswith(SWALLOWS)
    assert found.text.startswith("- date: 2023-02-02")
    assert [date for date, _ in found.exams] == ["2023-02-02"]
    assert "2024-02-02" in (found.note or "")


def test_every_day_that_cannot_be_added_to_is_told_with_its_line_as_the_file_stands_then() -> None:
    own = "title: mine\ndays:\n- date: 2024-01-01\n  events: none\n- date: 2024-03-03\n  events: 5\n"
    found = merged(own, story("2023-01-01", "2024-01-01", "2024-02-02", "2024-03-03"), frozenset())
    assert [date for date, _ in found.exams] == ["2023-01-01", "2024-02-02"]
    for day in ("2024-01-01", "2024-03-03"):
        line = found.text.splitlines().index(f"- date: {day}") + 2
        assert f"{day} (line {line})" in (found.note or "")
    assert "The exams of" in (found.note or "")


def test_of_hundreds_of_days_some_are_named_and_the_others_counted() -> None:
    dates = [f"20{year}-01-01" for year in range(10, 40)]
    found = merged("".join(f"- date: {date}\n  events: none\n" for date in dates), story(*dates), frozenset())
    assert "2019-01-01 (line 20) and 20 more" in (found.note or "")


def test_a_list_that_refers_to_what_stands_before_it_is_told_with_its_line() -> None:
    own = "defaults: &mine\n  thread: left\ndays:\n- date: 2024-01-01\n  events:\n    - <<: *mine\n      title: a\n"
    found = merged(own, story("2024-02-02"), frozenset())
    assert (found.text, found.exams) == (own, ())
    assert "which begins at line 4," in (found.note or "")


@pytest.mark.parametrize(
    "own",
    [
        "days: &mine [{date: 2024-01-01}]\nall: *mine\n",
        "days: &mine []\nall: *mine\n",
        "days:\n  - date: 2024-02-02\n    events: &mine\n      - title: a\nfirst: *mine\n",
        "---\ndays:\n- &mine\n  date: 2024-02-02\n  events:\n    - title: a\nfirst: *mine\n---\nHi\n",
    ],
)
def test_what_would_change_what_is_said_elsewhere_is_not_added_and_she_is_told(own: str) -> None:
    found = merged(own, story("2024-02-02"), frozenset())
    assert (found.text, found.exams) == (own, ())
    assert "without changing what stands there" in (found.note or "")


@pytest.mark.parametrize("days", ["days: []\n", "days:\n  - date: 2024-01-01\n"])
def test_where_a_list_is_called_days_no_other_one_is_added_to(days: str) -> None:
    own = f"births:\n  - date: 1980-02-29\n{days}"
    found = merged(own, story("2024-02-02"), frozenset())
    loaded = yaml.safe_load(found.text)
    assert loaded["births"] == yaml.safe_load(own)["births"]
    assert date_of(loaded["days"][-1]) == "2024-02-02"


@pytest.mark.parametrize("own", ["- date: 2024-01-01\n", SWALLOWS, "[]", ""])
def test_a_byte_order_mark_stays_where_it_was_and_comes_nowhere_else(own: str) -> None:
    for mark in ("", "\ufeff"):
        after = merged(mark + own, story("2023-01-01", "2024-06-06"), frozenset()).text
        assert after.startswith(mark)
        assert after.count("\ufeff") == len(mark)


def test_an_exam_without_a_day_or_without_a_picture_is_not_added() -> None:
    undated = named(folded([filed("a", None, series("1"))]))
    assert merged("", undated, frozenset()) == Addition("", (), None)
    (day,) = story("2024-01-01").days
    day.exams[0].pictures.clear()
    assert merged("", Story((day,)), frozenset()) == Addition("", (), None)


def test_what_would_change_the_file_around_a_list_is_not_added() -> None:
    cut_short = SiteData(
        "", Surroundings("days:\n", "- date: 2020-01-01\n", "  mood: good\n"), whole=[{"date": datetime.date(2020, 1, 1)}]
    )
    found = jekyll.added(cut_short, story("2024-02-02"), frozenset())
    assert (found.text, found.exams) == (cut_short.file, ())
    assert "without changing what stands there" in (found.note or "")
