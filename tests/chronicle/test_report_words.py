"""Reports on a page: their own words as they are, and Radiary's in the page's language."""

from radiary.chronicle import report_words
from radiary.language import ENGLISH, Language

FILED = "2023-10-24\nImaging Report\n  Date: 2023-10-24\n  Remark (left out): (left out)\n  (left out)\n  Region: 12 coordinates"


def test_what_radiary_says_in_a_report_is_in_the_language_of_the_page_and_its_own_words_are_not() -> None:
    assert report_words.spoken(FILED, Language("de")).splitlines() == [
        "24. Oktober 2023",
        "Imaging Report",
        "  Date: 2023-10-24",
        "  Remark (left out): (weggelassen)",
        "  (weggelassen)",
        "  Region: 12 Koordinaten",
    ]
    assert report_words.spoken(FILED, ENGLISH).splitlines()[1:] == FILED.splitlines()[1:]
