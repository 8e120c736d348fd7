import pytest

from radiary.language import Language
from radiary.share.days import Days, relative

ENGLISH = Language("en")
SINCE = relative(["", "2024-03-11", "2024-03-25"])


def test_days_count_from_the_first_exam_that_has_one() -> None:
    assert [SINCE.said(day, ENGLISH) for day in ("2024-03-11", "2024-03-25", "")] == ["Day 0", "Day 14", ""]
    assert [SINCE.heading(day, Language("nl")) for day in ("2024-03-25", "")] == ["Dag 14", "Zonder datum"]
    assert SINCE.are_relative


def test_true_days_are_said_in_words_and_told_the_viewer_as_they_are() -> None:
    assert Days().heading("2024-03-11", ENGLISH) == "Monday, 11 March 2024"
    assert Days().said("2024-03-11", ENGLISH) == "2024-03-11"
    assert Days().text("Seen on 2024-03-11.", ENGLISH) == ("Seen on 2024-03-11.", 0)


def test_where_no_exam_has_a_day_no_date_is_said_either() -> None:
    assert relative([""]).text("Seen on 2024-03-11.", ENGLISH)[0] == "Seen on (…)."


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-25", "20240325", "2024/3/25", "25.03.2024", "25/03/2024", "25-3-2024", "25 Mar 2024", "25 March 2024",
        "25032024", "20240325101500", "25 mars 2024", "March 25, 2024", "25 maart 2024", "25. März 2024", "25th March 2024",
        "25ste maart 2024", "25MAR2024", "25.März.2024", "2024-Mar-25", "2024 March 25", "March 25th, 2024",
    ],
)  # fmt: skip
def test_a_date_in_a_report_becomes_the_day_that_it_is(written: str) -> None:
    assert SINCE.text(f"Compared to {written}, smaller.", ENGLISH) == ("Compared to Day 14, smaller.", 1)


@pytest.mark.parametrize(
    "written",
    [
        "03/04/2024", "03042024", "12 août", "25/03/24", "March 2024", "in 2024",
        "mrt 2024", "2024-03", "25th of March 2024", "19580704", "4 juli 1958",
        "03.2024", "03/2024", "CT 2024 no contrast", "CT 2024 in comparison", "MR 2024 ax",
    ],
)  # fmt: skip
def test_what_else_tells_a_date_is_left_out(written: str) -> None:
    text, _ = SINCE.text(f"Compared to {written}, smaller.", ENGLISH)
    assert "(…)" in text
    assert not any(one in text for one in ("2024", "1958", "25/", "12 août"))


@pytest.mark.parametrize(
    "written",
    [
        "1ste maart", "2de maart", "1ᵉʳ mars", "3ten März", "3rd of March", "3rd of March 2024", "March 3rd", "March 3",
        "March the 3rd", "25 . 03 . 2024", "3-3-'24", "maart '24",
    ],
)  # fmt: skip
def test_nothing_is_left_of_a_day_that_lacks_its_year_or_says_which_one_it_is(written: str) -> None:
    assert SINCE.text(f"Compared to {written}, smaller.", ENGLISH) == ("Compared to (…), smaller.", 1)


@pytest.mark.parametrize(
    "kept",
    [
        "14 mm",
        "2000 ml",
        "1950 HU",
        "2000 ms",
        "1950 mm2",
        "2000 IE",
        "2000 s",
        "3.2.1",
        "1.5 x 2024.5",
        "Segment 4",
        "may be seen",
        "may 3 mm",
        "Mar 2.5",
        "BI-RADS 2",
    ],
)  # fmt: skip
def test_what_measures_or_counts_stays(kept: str) -> None:
    assert SINCE.text(kept, ENGLISH) == (kept, 0)


def test_a_date_before_a_full_stop_is_one() -> None:
    assert SINCE.text("Since 25.03.2024.", ENGLISH) == ("Since Day 14.", 1)


def test_no_identifier_stands_in_a_text_with_true_days_either() -> None:
    text = "Image 1.2.840.113619.2.55.3 and 2.25.329800735698586629295641978511506172918."
    assert Days().text(text, ENGLISH)[0] == "Image (…) and (…)."
