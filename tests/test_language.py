import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from messages import ROOM, spoken
from radiary.chronicle import spoken as spoken_words
from radiary.language import CODES, Language

OTHERS = [code for code in CODES if code != "en"]


def catalogue(code: str) -> Catalog:
    with (ROOM / "catalogues" / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


@pytest.mark.parametrize("code", OTHERS)
def test_no_language_lacks_a_message_and_none_says_more(code: str) -> None:
    said = {message.id if isinstance(message.id, tuple) else (message.id,) for message in catalogue(code) if message.id}
    assert said == spoken()


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_said_with_the_values_that_belong_in_it(code: str) -> None:
    for message in (message for message in catalogue(code) if message.id):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        names = message.id if isinstance(message.id, tuple) else (message.id,)
        assert all(forms)
        assert {name for form in forms for name in re.findall(r"%\(\w+\)s", form)} <= set(re.findall(r"%\(\w+\)s", names[-1]))
        assert set(re.findall(r"%\(\w+\)s", forms[-1])) == set(re.findall(r"%\(\w+\)s", names[-1]))


@pytest.mark.parametrize(
    ("code", "day", "one", "many"),
    [
        ("en", "Friday, 1 March 2024", "1 picture", "2 pictures"),
        ("nl", "vrijdag 1 maart 2024", "1 afbeelding", "2 afbeeldingen"),
        ("fr", "vendredi 1 mars 2024", "1 image", "2 images"),
        ("de", "Freitag, 1. März 2024", "1 Bild", "2 Bilder"),
    ],
)
def test_days_and_numbers_are_said_in_each_language(code: str, day: str, one: str, many: str) -> None:
    language = Language(code)
    assert language.day("2024-03-01") == day
    counted = [language.count("%(number)s picture", "%(number)s pictures", number) for number in (1, 2)]
    assert counted == [one, many]
    assert language.count("%(number)s picture", "%(number)s pictures", 0)[2:] == (one if code == "fr" else many)[2:]


def test_what_is_no_day_is_said_as_it_is_written_and_an_unknown_language_is_english() -> None:
    assert Language("de").day("spring") == "spring"
    assert Language("xx") == Language("en") != Language("de")


def test_words_that_radiary_says_are_no_sign_of_anybody() -> None:
    assert {"april", "chest", "chronicle"} <= spoken_words.words(Language("en"))
    assert {"mai", "brust", "chronik"} <= spoken_words.words(Language("de"))
