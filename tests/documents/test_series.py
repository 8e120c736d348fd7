"""The life of a report: one point, the newest counts, the older ones are its history; each person has her own."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

import pytest

from radiary.documents import series
from radiary.state.paper_facts import ConfirmedValue, PaperFact

SAMPLED = date(2022, 4, 6)


def report(paper: str, value: str, issued: str, person: str = "P-A", **more: str) -> PaperFact:
    told = ConfirmedValue(name="Kalium", section="IONEN", number=Decimal(value), unit=more.pop("unit", "mmol/L"), day=SAMPLED)
    return PaperFact(
        does="confirmed", paper=paper, person=person, number="0406-1", laboratory="Labo", issued=issued, values=(told,)
    )


LIFE = [
    report("preliminary", "6.2", "2022-04-05T15:40"),
    report("final", "6.0", "2022-04-05T15:55"),
    report("amended", "5.0", "2022-04-05T16:01"),
    report("somebody else's", "4.1", "2022-04-05T16:06", person="P-B"),
]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_reports_of_one_sample_are_one_point_in_whatever_order_they_come(order: tuple[int, ...]) -> None:
    hers, others = series.series([*(LIFE[number] for number in order), LIFE[1]])
    (point,) = hers.points
    assert (hers.person, point.value.number, point.paper) == ("P-A", Decimal("5.0"), "amended")
    assert [one.value.number for one in point.history] == [Decimal("6.0"), Decimal("6.2")]
    assert (others.person, [one.value.number for one in others.points]) == ("P-B", [Decimal("4.1")])


def sampled(paper: str, *values: tuple[str, str]) -> PaperFact:
    told = (ConfirmedValue(name="Kalium", number=Decimal(value), unit="mmol/L", day=SAMPLED, time=time) for value, time in values)
    return PaperFact(does="confirmed", paper=paper, person="P-A", values=tuple(told))


def test_two_samples_of_one_day_in_one_paper_are_two_points() -> None:
    (hers,) = series.series([sampled("a", ("3.1", ""), ("4.2", ""), ("4.2", ""))])
    assert [one.value.number for one in hers.points] == [Decimal("3.1"), Decimal("4.2")]


def test_a_value_that_a_later_paper_repeats_without_its_hour_is_no_second_point() -> None:
    (hers,) = series.series([sampled("a", ("3.1", "06:10"), ("4.2", "17:20")), sampled("b", ("3.1", ""), ("5.0", ""))])
    assert [(one.value.time, one.value.number) for one in hers.points] == [
        ("", Decimal("5.0")),
        ("06:10", Decimal("3.1")),
        ("17:20", Decimal("4.2")),
    ]
    assert not any(one.is_amended for one in hers.points)


def test_what_was_withdrawn_gives_its_place_to_the_one_before() -> None:
    (hers,) = series.series([*LIFE[:3], PaperFact(does="withdrawn", paper="amended")])
    assert [one.value.number for one in hers.points] == [Decimal("6.0")]


def test_spellings_of_one_unit_are_one_series_and_other_units_are_not() -> None:
    facts = [report("a", "250", "1", unit="10*9/L"), report("b", "250", "2", unit="Tsd/µl"), report("c", "250", "3", unit="/µL")]
    assert sorted(len(one.points) for one in series.series(facts)) == [1, 1]


def test_two_series_that_she_joins_are_one_from_then_on() -> None:
    facts = [report("a", "5.0", "1"), report("b", "5.1", "2", unit="mEq/L")]
    one, other = series.series(facts)
    (joined,) = series.series([*facts, PaperFact(does="joined", series=(one.code, other.code))])
    assert (joined.code, len(joined.points)) == (other.code, 2)


def test_merged_people_have_their_values_in_common() -> None:
    assert len(series.series(LIFE, {"P-B": "P-A"})) == 1


def test_a_report_that_does_not_say_when_it_was_printed_counts_by_its_state() -> None:
    at = datetime(2022, 4, 7, tzinfo=UTC)
    late = LIFE[0].model_copy(update={"issued": "", "status": "preliminary", "at": at})
    last = LIFE[1].model_copy(update={"issued": "", "status": "amended"})
    (hers,) = series.series([last, late])
    assert hers.points[0].value.number == Decimal("6.0")
