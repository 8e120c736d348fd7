from radiary.chronicle.story import folded
from radiary.model.events import Chronicled
from stories import filed, series


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


def test_what_is_held_is_no_part_of_the_story() -> None:
    story = folded([filed("a", "2024-01-01", series("1"), held=True)])
    assert (story.days, story.held) == ((), 1)


def test_an_exam_is_told_in_words_from_closed_lists() -> None:
    (day,) = folded([filed("a", "2024-01-01", series("1"), series("2", 2, part="abdomen", pictures=1))]).days
    exam = day.exams[0]
    assert (exam.title, exam.total) == ("CT · abdomen, chest", 4)
    assert exam.pictures[0].alt == "CT, chest on 2024-01-01, series 1, one of 3 pictures"
    assert exam.pictures[1].alt == "CT, abdomen on 2024-01-01, series 2, one picture"


def test_two_peoples_exams_are_noticed() -> None:
    assert folded([filed("a", "2024-01-01", series("1")), filed("b", "2024-01-01", series("2"), patient="P-B")]).people == 2
