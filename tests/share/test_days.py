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
    "written",
    [
        "October", "of October", "in may", "in May", "mid-October", "Mitte Oktober", "since Oct", "seit Okt.", "depuis nov.",
        "en août", "sinds mrt", "Märzkontrolle", "octobers", "MARCH", "the third of March", "third of May", "the 3rd of March",
        "March the eleventh", "October eleventh", "twenty-first of October two thousand twenty-four", "nineteen eighty-one",
        "am dritten März", "einundzwanzigsten Oktober zweitausendvierundzwanzig", "le premier mars", "le trois mars",
        "vingt et un octobre deux mille vingt-quatre", "eerste maart", "eenentwintigste oktober tweeduizend vierentwintig",
        "Monday", "montags", "op maandag", "jeudi", "spring 2024", "Frühjahr 2024", "été 2023", "last spring", "in the summer",
        "Q3 2024", "2024-W12", "KW 12 2024", "3. Quartal 2024", "week 12 of 2024", "2024 Q3", "Christmas", "Weihnachten",
        "since '24", "since 03/24", "vom 11.3.", "le 11/03", "op 11-3", "on 11/3", "seit 03/24", "March ’24", "Mon, October 7",
    ],
)  # fmt: skip
def test_no_half_of_a_date_and_none_in_words_is_left(written: str) -> None:
    told, changed = SINCE.text(f"Compared {written} it is smaller.", ENGLISH)
    left = told.removeprefix("Compared ").removesuffix(" it is smaller.").replace("(…)", "").split()
    assert changed >= 1
    assert set(left) <= {"in", "the", "op", "am", "mid-", "Mitte"}


@pytest.mark.parametrize("written", ["Monday, 25 March 2024", "Mon 25 Mar 2024", "ma 25 maart 2024", "lundi, le 25 mars 2024"])
def test_the_day_of_the_week_goes_with_its_date(written: str) -> None:
    assert SINCE.text(f"Compared to {written}, smaller.", ENGLISH) == ("Compared to Day 14, smaller.", 1)


def test_no_date_is_counted_where_no_exam_has_a_day() -> None:
    days = relative(["", ""])
    assert days.text("Seen on 2000-01-05 and 3 January 2000.", ENGLISH)[0] == "Seen on (…) and (…)."
    assert (days.said("2000-01-05", ENGLISH), days.heading("", ENGLISH)) == ("", "Without a date")


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
        "The first may be a cyst.",
        "The distal end may show it.",
        "This may be seen.",
        "in may be",
        "de sept images",
        "march fracture",
        "a été vu",
        "after a fall",
        "spring ligament",
        "of the spring ligament",
        "OCT of the macula",
        "pain 4/10",
        "a score of 4/10",
        "image 3/21",
        "two of them",
        "elf Bilder",
        "zweitausend ml",
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
