"""Whatever changes from one run to the next: days that are joined by themselves say what all of them say together."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from radiary.chronicle.joined_days import JoinedDays
from radiary.chronicle.joined_story import Joined, joined
from radiary.chronicle.own_days import OwnDay, OwnEvent, OwnPicture
from radiary.chronicle.story import CutView, Day, Exam, Picture, Story, folded
from stories import filed, named, series

DATES = ("", "2024-01-01", "2024-01-02", "2024-02-01", "spring")
NAMES = ("scan1.jpg", "scan2.jpg", "mine.jpg")
STUDIES = {"a": DATES[1], "b": DATES[1], "c": DATES[2], "d": DATES[3], "e": ""}
TITLES = ("CT", "Hers")


def picture(name: str, series: str, *, is_later: bool) -> Picture:
    return Picture(f"{series}.png", name, series, caption="c", alt="a", is_later=is_later)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    days: dict[str, Day] = {}
    for study in draw(st.sets(st.sampled_from(sorted(STUDIES)))):
        named = draw(st.lists(st.sampled_from(("", *NAMES)), max_size=2))
        pictures = [picture(name, f"{study}{number}", is_later=draw(st.booleans())) for number, name in enumerate(named)]
        exam = Exam(study, "P-A", draw(st.sampled_from(TITLES)), f"f/{study}", pictures, day=STUDIES[study])
        days.setdefault(STUDIES[study], Day(STUDIES[study])).exams.append(exam)
    written = draw(st.sets(st.sampled_from(sorted(STUDIES))))
    return Story(
        tuple(sorted(days.values(), key=lambda day: (not day.date, day.date))),
        titles={study: draw(st.sampled_from(("", *TITLES))) for study in sorted(written)},
        written={study: (STUDIES[study], {draw(st.sampled_from(NAMES))}) for study in sorted(written)},
        papers=tuple(draw(st.lists(st.tuples(st.sampled_from(DATES), st.sampled_from(("Letter", "Blood")))))),
        values=dict.fromkeys(draw(st.sets(st.sampled_from(DATES))), ("x",)),
        cuttings={date: (CutView("s", "a", "Letter"),) for date in draw(st.sets(st.sampled_from(DATES)))},
    )


EVENTS = st.builds(
    OwnEvent,
    st.sampled_from(TITLES),
    st.sampled_from(DATES),
    notes=st.sampled_from(("", "", "words")),
    pictures=st.lists(st.builds(OwnPicture, st.sampled_from(NAMES)), max_size=2).map(tuple),
    until=st.sampled_from(("", "", "2024-01-05", "2024-03-01")),
    is_sealed=st.booleans(),
)
OWN = st.lists(st.builds(OwnDay, st.sampled_from(DATES), st.lists(EVENTS, max_size=2).map(tuple)), max_size=5)
KNOWN = st.frozensets(st.sampled_from(sorted(STUDIES)))
MADE_OF = st.dictionaries(st.tuples(st.sampled_from(DATES), st.sampled_from(NAMES)), st.sampled_from(sorted(STUDIES)), max_size=2)


def in_any_order(told: Joined) -> Joined:
    return replace(told, lost_seals=tuple(sorted(told.lost_seals, key=repr)))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(stories(), OWN, KNOWN, MADE_OF), min_size=1, max_size=3), st.data())
def test_days_by_themselves_are_told_as_all_of_them_together(
    runs: list[tuple[Story, list[OwnDay], frozenset[str], dict[tuple[str, str], str]]], data: st.DataObject
) -> None:
    days = JoinedDays()
    run = list(runs[0])
    for following in runs:
        for part in data.draw(st.sets(st.sampled_from(range(4)))):
            run[part] = following[part]
        story, own, known, made_of = run
        assert in_any_order(days.joined(story, own, known, made_of=made_of)) == in_any_order(
            joined(story, own, known, made_of=made_of)
        )


def test_an_exam_stays_with_its_own_entry_though_another_was_moved_before_it() -> None:
    """Both list a `scan1.jpg`, each in the folder of its own day: the one is open, the other sealed."""
    story = named(folded([filed("a", "2024-01-01", series("1")), filed("b", "2024-02-02", series("2"))]))
    moved = OwnEvent("open", "2024-01-01", pictures=(OwnPicture("scan1.jpg"),))
    hers = OwnEvent("closed", "2024-02-02", pictures=(OwnPicture("scan1.jpg"),), is_sealed=True)
    told = joined(story, [OwnDay("2024-02-02", (moved, hers))], {"a", "b"})
    assert [exam.study for day in told.days for event in day.events for exam in event.exams] == ["a"]
    assert (told.unlinked, told.lost_seals) == ((), ())
