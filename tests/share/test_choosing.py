from dataclasses import replace

import pytest

from radiary.chronicle.joined_story import Joined, joined
from radiary.chronicle.own_days import OwnDay, OwnEvent, OwnPicture
from radiary.chronicle.story import Story, folded
from radiary.model.errors import Mistaken
from radiary.share.choosing import Shareable, chosen, closed_by_a_picture, shareable
from stories import filed, named, series

DAYS = ("2024-01-01", "2024-01-02", "2024-01-03")


def story() -> Story:
    return named(folded([filed(f"1.{number}", day, series(f"1.{number}.1")) for number, day in enumerate(DAYS)]))


def told(*own: OwnDay, known: frozenset[str] = frozenset()) -> tuple[Story, Joined]:
    return story(), joined(story(), own, known)


def entry(day: str, **more: object) -> OwnDay:
    return OwnDay(day, (OwnEvent("mine", day, pictures=(OwnPicture("scan1.jpg"),), **more),))  # type: ignore[arg-type]


def names(known: Shareable, *asked: str, thread: str | None = None) -> list[str]:
    held, trash = ["2024-01-09/US-heldheld"], ["2024-01-08/MR-takenout"]
    return [one.exam.study for one in chosen(known, asked, thread, held=held, trash=trash).exams]


def test_exams_are_chosen_by_date_folder_and_code_in_the_order_of_their_days() -> None:
    known = shareable(*told(), set())
    assert names(known, "2024-01-03", "2024-01-01/1.0") == ["1.0", "1.2"]
    assert names(known, "1.1", "2024-01-02") == ["1.1"]


def test_what_she_sealed_is_not_among_them() -> None:
    known = shareable(*told(entry("2024-01-02", is_sealed=True), known=frozenset({"1.1"})), {"2024-01-02"})
    assert [one.exam.study for one in known.exams] == ["1.0", "1.2"]
    with pytest.raises(Mistaken, match="sealed"):
        names(known, "2024-01-02")


def test_an_exam_whose_entry_is_not_found_is_taken_for_the_sealed_one_of_its_day() -> None:
    sealed = OwnDay("2024-01-02", (OwnEvent("renamed", "2024-01-02", is_sealed=True),))
    known = shareable(*told(sealed, known=frozenset({"1.1", "1.2"})), {"2024-01-02"})
    assert [one.exam.study for one in known.exams] == ["1.0", "1.2"]


def test_an_exam_whose_entry_she_moved_and_sealed_with_pictures_saved_anew_is_taken_for_sealed() -> None:
    moved = OwnDay("2024-02-01", (OwnEvent("mine", "2024-02-01", pictures=(OwnPicture("saved-anew.jpg"),), is_sealed=True),))
    known = shareable(*told(moved, known=frozenset({"1.1"})), {"2024-02-01"})
    written = {"1.1": ("2024-01-02", {"scan1.jpg"})}
    assert "1.1" in {one.exam.study for one in known.exams}, "nothing says that it had an entry"
    known = shareable(replace(story(), written=written), told(moved, known=frozenset({"1.1"}))[1], {"2024-02-01"})
    assert [one.exam.study for one in known.exams] == ["1.0", "1.2"]
    diary = OwnDay("2024-02-01", (OwnEvent("a secret walk", "2024-02-01", is_sealed=True),))
    known = shareable(replace(story(), written=written), told(diary, known=frozenset({"1.1"}))[1], {"2024-02-01"})
    assert "1.1" in {one.exam.study for one in known.exams}, "an event without a picture is no exam's"


def test_an_exam_of_which_one_picture_is_under_a_sealed_event_is_sealed_whatever_an_open_one_tells() -> None:
    once = named(folded([filed("1.0", "2024-01-01", series("1"), series("2", 2)), filed("1.1", "2024-01-02", series("3"))]))
    hers = OwnDay("2024-01-01", (OwnEvent("mine", "2024-01-01", pictures=(OwnPicture("scan1.jpg"),)),))
    moved = OwnEvent("not this one", "2024-01-01", pictures=(OwnPicture("scan2.jpg"),), is_sealed=True)
    closed = closed_by_a_picture(once, [OwnDay("2024-01-02", (moved,))])
    known = shareable(once, joined(once, (hers, OwnDay("2024-01-02", (moved,))), {"1.0"}), {"2024-01-02"}, closed=closed)
    assert [one.exam.study for one in known.exams] == ["1.1"]
    elsewhere = OwnEvent("an odd folder", "2024-09-09", pictures=(OwnPicture("scan1.jpg"),), is_sealed=True)
    assert closed_by_a_picture(once, [OwnDay("2024-01-02", (elsewhere,))]) == {"1.1"}


def test_a_thread_has_the_exams_of_its_events_however_it_is_written() -> None:
    known = shareable(*told(entry("2024-01-02", threads=("Left breast",)), known=frozenset({"1.1"})), set())
    assert names(known, thread="left  breast") == ["1.1"]
    assert names(known, "2024-01-01", thread="Left Breast") == ["1.0", "1.1"]
    with pytest.raises(Mistaken, match="left breast"):
        names(known, thread="right")


def test_the_thread_that_is_like_the_one_asked_for_is_named_and_of_many_others_some() -> None:
    threads = ("Left breast", *(f"cycle {number:03}" for number in range(200)), "words " * 2000)
    known = shareable(*told(entry("2024-01-02", threads=threads), known=frozenset({"1.1"})), set())
    for asked in ("left  brest", "Left"):
        with pytest.raises(Mistaken, match=r"name\. Did you mean 'left breast.\?$"):
            names(known, thread=asked)
    with pytest.raises(Mistaken) as refusal:
        names(known, thread="xylophone")
    assert "It has: cycle 000, cycle 001" in str(refusal.value)
    assert str(refusal.value).endswith("and 197 more.")
    with pytest.raises(Mistaken, match=r"It has: (a walk )+a wa…\.$"):
        names(shareable(*told(entry("2024-01-02", threads=("a walk " * 99,)), known=frozenset({"1.1"})), set()), thread="x")


def test_a_thread_without_an_exam_is_said_to_be_so() -> None:
    walk = OwnDay("2024-02-01", (OwnEvent("a walk", "2024-02-01", threads=("lungs",)),))
    known = shareable(*told(walk), set())
    with pytest.raises(Mistaken, match="No exam is in this thread"):
        names(known, thread="lungs")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ((), "Name what"),
        (("2031-12-31",), "no exam .*folders"),
        (("2024-01-31",), "mean '2024-01-03'"),
        (("US-heldheld",), "shelf alone"),
        (("2024-01-08",), "was taken out; `radiary restore`"),
    ],
)
def test_what_cannot_be_shared_is_said(asked: tuple[str, ...], why: str) -> None:
    with pytest.raises(Mistaken, match=why):
        names(shareable(*told(), set()), *asked)
