import pytest

from radiary.dicom.wall import dates
from radiary.model.nouns import Policy


@pytest.mark.parametrize(
    ("policy", "vr", "value", "expected"),
    [
        (Policy(), "DA", "20240229", "20240229"),
        (Policy(dates="shift"), "DA", "20240229", "20240226"),
        (Policy(dates="shift"), "DA", "2024.02.29", "20240226"),
        (Policy(dates="shift"), "TM", "120000", "120000"),
        (Policy(dates="shift"), "DT", "20240301120000.5+0100", "20240227120000.5+0100"),
        (Policy(dates="shift"), "DT", "2024", None),
        (Policy(dates="shift"), "DA", "20240230", None),
        (Policy(dates="relative"), "DA", "20240301", "20240227"),
        (Policy(dates="month"), "DA", "20240229", "20240201"),
        (Policy(dates="month"), "DT", "20240229120000", "202402"),
        (Policy(dates="month"), "TM", "120000", None),
        (Policy(dates="year"), "DA", "20240229", "20240101"),
        (Policy(dates="year"), "DT", "20240229120000", "2024"),
        (Policy(dates="shift"), "DA", "00010102", None),
    ],
)
def test_a_date_leaves_as_the_policy_says(policy: Policy, vr: str, value: str, expected: str | None) -> None:
    assert dates.changed(value, vr, policy, days=-3) == expected


_FORMS = (
    "20240311", "2024-03-11", "2024/03/11", "2024.03.11", "2024 3 11", "2024:03:11", "20240311101500", "2024-03-11T10:15:00",
    "2024/03/11 10:15", "20240311Z", "20240311.000000", '"20240311"', "11032024",
    "11.03.2024", "11-03-2024", "11/3/2024", "11/03/2024 09:00", "11-Mar-2024", "11MAR2024", " 2024-03-11\0",
)  # fmt: skip


@pytest.mark.parametrize("text", _FORMS)
def test_a_day_is_known_in_every_form_in_which_it_is_written(text: str) -> None:
    assert dates.written_day(text) == "20240311"


@pytest.mark.parametrize(
    "text",
    [
        "11 maart 2024", "11 mrt. 2024", "11 mars 2024", "11. März 2024", "11 Maerz 2024", "11th March 2024", "March 11, 2024",
        "maart 11 2024", "2024-Mar-11", "Mon, 11 Mar 2024 10:15:00", "maandag 11 maart 2024", "Mon Mar 11 10:15:00 2024",
        "Mon Mar 11 10:15:00 CET 2024",
    ],
)  # fmt: skip
def test_a_day_is_known_by_the_name_of_its_month_in_every_language_of_the_house(text: str) -> None:
    assert dates.written_day(text) == "20240311"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "202403",
        "11 jui 2024",
        "11 Quux 2024",
        "Quux 11, 2024",
        "2024-13-11",
        "20240230",
        "00000000",
        "31/31/2024",
        "ANON",
        "12-2024-03",
        "x20240311",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert dates.written_day(text) is None


def test_a_month_that_cannot_be_one_is_the_day() -> None:
    assert dates.written_day("03/25/2024") == "20240325"


def test_dates_and_times_are_written_as_the_standard_has_them() -> None:
    assert dates.rewritten("2024-03-11 10:15:00.25+0100", "DT") == "20240311101500.25+0100"
    assert dates.rewritten("2024-03-11 10:15:00", "DA") == "20240311"
    assert dates.rewritten("10:15:00", "TM") == "10:15:00"
