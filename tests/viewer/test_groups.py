import json

from radiary.viewer import groups
from radiary.viewer.exam_data import CopyFacts, Heading, Named, line
from radiary.viewer.stacks import stacks
from viewer.test_stacks import instance, study


def lines(code: str, date: str) -> list[str]:
    (stack,) = stacks(study(instance("a")))
    return [line(Heading(code, date, "CT", "p"), 0, Named(stack, "Series 1", "g"), facts=CopyFacts())]


def test_exams_of_one_kind_part_and_person_share_a_group() -> None:
    (ct,), (mr,) = stacks(study(instance("a"))), stacks(study(instance("a"), modality="MR"))
    assert groups.group(ct, "one") == groups.group(ct, "one")
    assert len({groups.group(ct, "one"), groups.group(ct, "other"), groups.group(mr, "one")}) == 3


def test_choices_stand_in_the_order_of_their_dates_whichever_came_first() -> None:
    text = groups.with_lines("", {"bbbbbbbb": lines("bbbbbbbb", "2024-02-01")})
    text = groups.with_lines(text, {"aaaaaaaa": lines("aaaaaaaa", "2023-01-01")})
    assert text.index("aaaaaaaa") < text.index("bbbbbbbb")


def test_an_exams_lines_replace_those_it_had() -> None:
    text = groups.with_lines("", {"aaaaaaaa": lines("aaaaaaaa", "2023-01-01")})
    assert groups.with_lines(text, {"aaaaaaaa": lines("aaaaaaaa", "2023-01-02")}).count("\n") == 1
    assert groups.with_lines(text, {"aaaaaaaa": ()}) == ""
    assert groups.groups_of({"g": text, "h": ""}, {"aaaaaaaa"}) == {"g"}


def test_many_exams_at_once_stand_as_if_they_had_come_one_by_one() -> None:
    codes = ["bbbbbbbb", "aaaaaaaa", "cccccccc"]
    days = {code: lines(code, f"2024-01-0{number}") for number, code in enumerate(codes, 1)}
    text = ""
    for code, of_exam in days.items():
        text = groups.with_lines(text, {code: of_exam})
    assert groups.with_lines("", days) == text
    assert groups.with_lines(text, {"aaaaaaaa": (), "bbbbbbbb": days["bbbbbbbb"]}) == "".join(
        f"{one}\n" for code in ("bbbbbbbb", "cccccccc") for one in days[code]
    )


def test_a_choice_does_not_say_twice_what_it_shows() -> None:
    (stack,) = stacks(study(instance("a")))

    def title(exam: str, series: str) -> str:
        choice = line(Heading("a", "2024-01-01", exam, "p"), 0, Named(stack, series, "g"), facts=CopyFacts())
        return str(json.loads(choice.removeprefix("radiary.choice(").removesuffix(");"))["title"])

    assert title("CT, chest", "Series 1: CT, chest") == "Series 1: CT, chest"
    assert title("CT, chest and neck", "Series 1: CT, chest") == "CT, chest and neck · Series 1: CT, chest"
