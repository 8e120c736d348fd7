from typing import Literal

import pytest

from radiary.chronicle.joined_story import joined
from radiary.chronicle.story import folded
from radiary.library import layout
from radiary.model.events import Chronicled, Described, Event, Filed, FiledSeries, Removed, Reviewed
from stories import filed, series


def paper(uid: str, date: str | None, kind: str) -> Event:
    one = series(uid, modality="DOC", pictures=0).changed(label=kind, representative=None)
    return filed(uid, date, one, held=True, modality="DOC")


def test_papers_are_told_by_day_and_kind_on_the_timeline_alone() -> None:
    exam = filed("s1", "2024-01-02", series("a"))
    unknown = paper("p3", "2023-05-01", "Mr Nobody")
    events = [exam, paper("p1", "2024-01-02", "blood-analysis"), paper("p2", None, "letter"), unknown]
    story = folded(events)
    assert sorted(story.papers) == [("", "Letter"), ("2023-05-01", "Document"), ("2024-01-02", "Blood analysis")]
    told = joined(story, (), set())
    assert [(day.date, len(day.events), day.papers) for day in told.days] == [
        ("2023-05-01", 0, ("Document",)),
        ("2024-01-02", 1, ("Blood analysis",)),
        ("", 0, ("Letter",)),
    ]
    assert ([day.date for day in story.days], story.held) == (["2024-01-02"], 0)


def test_a_paper_is_told_as_its_owner_described_it_until_she_takes_it_out() -> None:
    said = Described(study="p1", kind="letter", patient="P-A", date="2024-02-03")
    events = [paper("p1", "2024-01-02", "blood-analysis"), said]
    assert folded([*events, events[0]]).papers == (("2024-02-03", "Letter"),)
    assert folded([*events, Removed(study="p1", held=True, folder="x", trash="y")]).papers == ()


def test_a_paper_that_is_somebody_elses_is_told_nowhere() -> None:
    said = Described(study="p1", kind="letter", patient="P-A", date="2024-02-03", is_hers=False)
    events = [paper("p1", "2024-01-02", "blood-analysis"), said]
    assert folded(events).papers == ()
    assert folded([*events, said.changed(is_hers=True)]).papers == (("2024-02-03", "Letter"),)


def test_days_are_in_order_and_the_undated_last() -> None:
    story = folded([filed("c", None, series("3")), filed("b", "2024-02-02", series("2")), filed("a", "2024-01-01", series("1"))])
    assert [day.date for day in story.days] == ["2024-01-01", "2024-02-02", ""]


def test_a_name_once_given_stays_and_what_came_later_has_none_yet() -> None:
    first = filed("a", "2024-01-01", series("1"), series("2", 2))
    wrote = Chronicled(study="a", date="2024-01-01", pictures={"1": "scan7.jpg", "2": "scan8.jpg"})
    grown = filed("a", "2024-05-05", series("1", pictures=99), series("2", 2), series("9", 9))
    (day,) = folded([first, wrote, grown]).days
    assert [(one.series, one.name) for one in day.exams[0].pictures] == [("1", "scan7.jpg"), ("2", "scan8.jpg"), ("9", "")]
    assert day.date == "2024-01-01"
    assert "3 pictures" in day.exams[0].pictures[0].alt


def test_of_a_description_that_says_nothing_more_than_that_it_is_a_series_nothing_is_told() -> None:
    said = [
        series(str(place), place).changed(words=words) for place, words in enumerate(("Series", "Serie 4", "Series chest", ""))
    ]
    (day,) = folded([filed("a", "2024-01-01", *said)]).days
    assert day.exams[0].descriptions == ("Series chest",)


def test_mammograms_stand_as_they_hang_each_view_of_both_sides_together_and_the_right_one_on_the_left() -> None:
    taken = [("L", "CC"), ("R", "CC"), ("L", "MLO"), ("R", "MLO")]
    every = [
        series(f"{side}{view}", place, modality="MG").changed(side=side, view=view) for place, (side, view) in enumerate(taken)
    ]
    for order in (every, [every[0], every[2], every[1], every[3]]):
        (day,) = folded([filed("a", "2024-01-01", *order, modality="MG")]).days
        assert [one.series for one in day.exams[0].pictures] == ["RCC", "LCC", "RMLO", "LMLO"]
    (day,) = folded([filed("a", "2024-01-01", *(one.changed(modality="CR") for one in every), modality="CR")]).days
    assert [one.series for one in day.exams[0].pictures] == ["LCC", "RCC", "LMLO", "RMLO"]


def test_what_is_held_is_no_part_of_the_story() -> None:
    story = folded([filed("a", "2024-01-01", series("1"), held=True)])
    assert (story.days, story.held) == ((), 1)


def test_an_exam_is_told_in_words_from_closed_lists() -> None:
    (day,) = folded([filed("a", "2024-01-01", series("1"), series("2", 2, part="abdomen", pictures=1))]).days
    exam = day.exams[0]
    assert (exam.title, exam.total) == ("CT, abdomen and chest", 4)
    assert exam.pictures[0].alt == "CT, chest, 1 January 2024, Series 1, one of 3 pictures"
    assert exam.pictures[1].alt == "CT, abdomen, 1 January 2024, Series 2, one picture"


def test_two_peoples_exams_are_noticed() -> None:
    assert folded([filed("a", "2024-01-01", series("1")), filed("b", "2024-01-01", series("2"), patient="P-B")]).people == 2


def shown(instance: str) -> FiledSeries:
    """A series whose picture shows this instance."""
    return series("8", 8).changed(representative=f"{layout.code(instance)}.png")


@pytest.mark.parametrize(("decision", "is_told"), [("kept", False), ("undone", False), ("blanked", False), ("released", True)])
def test_a_picture_that_its_owner_took_back_is_no_longer_told_of_and_known_to_be_in_the_site(
    decision: Literal["released", "blanked", "kept", "undone"], is_told: bool
) -> None:
    first = filed("a", "2024-01-01", series("1"), shown("x"))
    wrote = Chronicled(study="a", date="2024-01-01", pictures={"1": "scan1.jpg", "8": "scan2.jpg"})
    story = folded([first, wrote, Reviewed(study="a", instance="x", decision=decision)])
    assert [one.series for one in story.days[0].exams[0].pictures] == (["1", "8"] if is_told else ["1"])
    assert story.withdrawn == (() if is_told else (("2024-01-01", "scan2.jpg"),))


def test_another_picture_of_a_series_that_was_taken_back_gets_a_name_of_its_own() -> None:
    first = filed("a", "2024-01-01", series("1"), shown("x"))
    wrote = Chronicled(study="a", date="2024-01-01", pictures={"1": "scan1.jpg", "8": "scan2.jpg"})
    again = filed("a", "2024-01-01", series("1"), shown("y"))
    assert isinstance(again, Filed)
    story = folded([first, wrote, Reviewed(study="a", instance="x", decision="blanked", studies=again.studies)])
    assert [(one.series, one.name) for one in story.days[0].exams[0].pictures] == [("1", "scan1.jpg"), ("8", "")]


def test_an_exam_that_is_gone_from_the_library_is_told_no_more() -> None:
    exam = filed("a", "2024-01-01", series("1"), shown("x"))
    assert folded([exam, Reviewed(study="a", instance="x", decision="undone", is_gone=True)]).days == ()


def test_an_exam_of_which_no_picture_is_left_is_told_no_more() -> None:
    only = filed("a", "2024-01-01", shown("x"))
    assert folded([only, Reviewed(study="a", instance="x", decision="kept")]).days == ()
