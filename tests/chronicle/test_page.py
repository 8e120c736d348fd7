"""The pages, rendered from exams and from words of the owner's."""

import re
from dataclasses import replace

import pytest

from radiary.chronicle import chapters, day_view, page
from radiary.chronicle.day_view import Sources
from radiary.chronicle.joined_story import joined
from radiary.chronicle.own_days import own_days
from radiary.chronicle.story import Story, folded
from radiary.chronicle.yaml_days import read
from radiary.language import ENGLISH, Language
from stories import HERS, Seen, filed, named, series

STORY = named(folded([filed("a", "2024-01-01", series("1"), series("2", 2)), filed("b", None, series("3"))]))
EVERYTHING = Sources(
    picture=lambda folder, name: f"images/{folder or 'undated'}/{name}",
    sheet=lambda exam: f"sheets/{exam.study}.jpg",
    folder=lambda exam: f"../library/{exam.place}/",
    viewer=lambda _exam: None,
    report=lambda _exam: "",
)
NOTHING = replace(EVERYTHING, picture=lambda _folder, _name: None, sheet=lambda _exam: None)


def rendered(story: Story, own: str = "", sources: Sources = EVERYTHING, language: Language = ENGLISH) -> str:
    told = joined(story, own_days(read(own)), frozenset())
    frame = page.PageFrame(language)
    views = [day_view.view(day, sources, language, shows_people=story.people > 1) for day in told.days]
    return page.first(frame, *chapters.parted([page.entry(view, language) for view in views]))


def test_the_page_asks_nobody_and_runs_only_what_is_its_own() -> None:
    text = rendered(STORY)
    seen = Seen(text)
    for tag, attributes in seen.tags:
        assert tag not in ("link", "iframe", "object", "base")
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "href", "srcset", "action"):
            assert not re.match(r"[a-z]+:|//", attributes.get(name) or "")
    (policy,) = [one["content"] or "" for one in seen.every("meta") if "http-equiv" in one]
    assert policy.startswith("default-src 'none'; img-src 'self' file:; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "http://" not in text
    assert "https://" not in text
    assert "url(" not in text


def test_every_picture_has_words_of_its_own_and_waits_until_its_day_is_opened() -> None:
    pictures = Seen(rendered(STORY)).every("img")
    assert len({one["alt"] for one in pictures}) == len(pictures) == 3
    assert {one["loading"] for one in pictures} == {"lazy"}


def test_the_newest_day_is_open_and_opening_another_one_closes_it() -> None:
    days = [one for one in Seen(rendered(STORY)).every("details") if one.get("name") == "day"]
    assert days == [{"name": "day", "open": None}, {"name": "day"}]


def test_a_picture_whose_file_is_gone_is_left_out() -> None:
    assert rendered(STORY, sources=NOTHING).count("<img") == 0


def test_an_empty_chronicle_says_what_to_do() -> None:
    assert "Drop an export" in rendered(folded([]))


def test_a_word_that_looks_like_a_tag_is_a_word() -> None:
    story = named(folded([filed("a", "2024-01-01", series("1", part="<script>chest"))]))
    text = rendered(story)
    assert text.count("<script") == 1
    assert "&lt;script&gt;chest" in text


def test_her_words_are_shown_and_do_nothing() -> None:
    seen = Seen(rendered(folded([]), HERS))
    text = rendered(folded([]), HERS)
    assert "<em>lump</em>" in text
    assert len(seen.every("script")) == 1
    assert [one["src"] for one in seen.every("img")][:2] == ["images/2023-10-17/scan1.jpg", "images/2023-10-17/lump, seen.jpg"]
    assert "passwd" not in text
    assert all(not (one.get("href") or "").startswith("javascript") for one in seen.every("a"))
    assert "{{ site.title }}" in text


ODD = """- date: spring of 2022
  events:
    - title: A rest
      until: 2023-11
- date: 2022
  events:
    - title: A year
      until: 2023-05-05
- date: 2023-10
  events:
    - title: A month
      until: 2023-01-01
"""


def test_a_day_in_words_a_month_or_a_year_is_valid_for_machines_and_says_until_when_it_goes_on() -> None:
    text = rendered(folded([]), ODD)
    assert re.findall('datetime="([^"]*)"', text) == ["2022", "2023-10"]
    assert [one["id"] for one in Seen(text).every("li") if "id" in one] == ["d2022", "d2023-10", "dspring-of-2022"]
    assert re.findall("until [^<]*20[^<]*", text) == ["until 5 May 2023", "until 30 November 2023"]


def test_a_heavy_chronicle_with_days_in_words_has_no_page_that_no_file_can_be_called_by() -> None:
    said = ("1/2/2023", "../../up", "spring 2022", "2023", "2023-05-05", "2023/06/07", "20230808", "2024-01-01")
    entries = [chapters.DayEntry(date, "x" * chapters.LIGHT, ("", ""), ("", "", "")) for date in sorted(said)]
    shown, folded_away = chapters.parted(entries)
    assert [page.file_of(one) for one in folded_away] == ["chronicle-2023.html", "chronicle-2023-05.html"]
    every = [one.date for one in (*shown, *(entry for one in folded_away for entry in one.entries))]
    assert sorted(every) == sorted(said)


def test_days_in_words_are_neither_the_newest_nor_the_span_of_the_others() -> None:
    own = "- date: 2019-05-05\n  title: a\n- date: 2020-05-05\n  title: b\n- date: spring 2018\n  title: c\n"
    text = rendered(folded([]), own)
    assert "3 days, from 5 May 2019 to 5 May 2020" in text
    assert re.findall(r'<details name="day" open>\n<summary>.*?<time datetime="([^"]*)"', text, re.DOTALL) == ["2020-05-05"]
    assert '<p class="lead">1 day</p>' in rendered(folded([]), "- date: spring 2018\n  title: c\n")


def test_a_thread_of_one_endless_word_is_shortened_where_it_is_chosen() -> None:
    text = rendered(folded([]), f"- date: 2019-05-05\n  title: a\n  thread: {'x' * 3000}\n")
    assert re.findall(r'<option value="x+">([^<]*)', text) == [f"{'x' * 160}…"]


def test_a_title_of_one_endless_line_is_shortened_wherever_it_stands_once_more() -> None:
    own = f"- date: 2024-01-01\n  events:\n    - title: {'A' * 100_000}\n      until: 2024-01-03\n      images: [a.jpg, b.jpg]\n"
    own += "- date: 2024-01-02\n- date: 2024-01-03\n"
    assert rendered(folded([]), own).count("A" * 200) <= 100_000 // 200


def test_her_captions_alternative_texts_threads_and_bands_are_shown_and_what_she_sealed_is_not() -> None:
    text = rendered(folded([]), HERS)
    alts = [one["alt"] for one in Seen(text).every("img")]
    assert alts[:2] == ["where it was", "A lump in my hand"]
    assert "<figcaption>where it was</figcaption>" in text
    assert 'data-t="left breast"' in text
    assert "until 14 November 2023 (14 days)" in text
    assert "Chemotherapy, day 5 of 14" in text
    assert "secret" not in text
    assert 'class="pictures grid"' in text


def test_pictures_of_an_exam_that_she_split_over_events_keep_their_words_and_a_picture_of_hers_gets_none() -> None:
    own = (
        "- date: 2024-01-01\n  events:\n"
        "    - title: one\n      images: [scan1.jpg]\n    - title: two\n      images: [scan2.jpg]\n"
        "    - title: mine\n      folder: 2023-10-16\n      images: [scan2.jpg]\n"
        "- date: 2024-03-03\n  events:\n    - title: looked at again\n      folder: 2024-01-01\n      images: [scan1.jpg]\n"
    )
    exam = STORY.days[0].exams[0]
    alts = [one["alt"] for one in Seen(rendered(replace(STORY, days=STORY.days[:1]), own)).every("img")]
    first, second = (picture.alt for picture in exam.pictures)
    assert alts == [first, second, "mine: scan2", first]


@pytest.mark.parametrize(("code", "title"), [("nl", "CT, borstkas"), ("fr", "Scanner, thorax"), ("de", "CT, Brustkorb")])
def test_the_page_speaks_its_language(code: str, title: str) -> None:
    language = Language(code)
    story = named(folded([filed("a", "2024-01-01", series("1"))], language=language))
    text = rendered(story, language=language)
    assert f'<html lang="{code}">' in text
    assert f"<h3>{title}</h3>" in text
    assert "January" not in text
    assert ">Chronicle<" not in text


def many(count: int) -> Story:
    facts = [filed(f"s{number}", f"20{number % 20 + 4:02d}-{number % 12 + 1:02d}-{number % 28 + 1:02d}", series(f"{number}.1"),
                   series(f"{number}.2", 2), series(f"{number}.3", 3)) for number in range(count)]  # fmt: skip
    return named(folded(facts))


@pytest.mark.parametrize("count", [1, 50, 200, 2000])
def test_a_page_stays_light_however_much_there_is_to_tell(count: int) -> None:
    text = rendered(many(count))
    assert len(text.encode()) < (100_000 if count <= 200 else 300_000)
    assert "chronicle-20" in text or count < 200


def test_a_year_is_found_from_the_first_page_and_stands_on_its_own() -> None:
    story = many(400)
    told = joined(story, (), frozenset())
    views = [day_view.view(day, EVERYTHING, ENGLISH, shows_people=False) for day in told.days]
    shown, folded_away = chapters.parted([page.entry(view, ENGLISH) for view in views])
    text = page.first(page.PageFrame(), shown, folded_away)
    for one in folded_away:
        assert f'href="{page.file_of(one)}"' in text
        own = page.chapter(page.PageFrame(), one)
        assert 'href="index.html"' in own
        assert own.count('<li class="day"') == len(one.entries)
    assert sum(len(one.entries) for one in folded_away) + len(shown) == len(told.days)


def test_a_file_that_has_its_newest_day_first_is_shown_so() -> None:
    told = joined(STORY, own_days(read("- date: 2025-05-05\n  events: [{title: later}]\n")), frozenset())
    entries = [page.entry(day_view.view(day, EVERYTHING, ENGLISH, shows_people=False), ENGLISH) for day in told.days]
    for is_newest_first in (False, True):
        text = page.first(page.PageFrame(is_newest_first=is_newest_first), entries, [])
        assert (text.index("d2025-05-05") < text.index("d2024-01-01")) == is_newest_first
        assert text.index("d2025-05-05") < text.index(" open>")
