import copy
import json
import pickle
import re
from datetime import date, timedelta

import pytest
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from messages import ROOM, spoken
from radiary.chronicle import spoken as spoken_words
from radiary.language import CODES, Domain, Language, counted, joined, sentence, unbroken
from radiary.settings import Settings

OTHERS = [code for code in CODES if code != "en"]
DOMAINS: tuple[Domain, ...] = ("pages", "commands")


def catalogue(code: str, domain: Domain) -> Catalog:
    name = f"{code}.po" if domain == "pages" else f"commands.{code}.po"
    with (ROOM / "catalogues" / name).open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("code", OTHERS)
def test_no_language_lacks_a_message_and_none_says_more(code: str, domain: Domain) -> None:
    said = {message.id if isinstance(message.id, tuple) else (message.id,) for message in catalogue(code, domain) if message.id}
    assert said == spoken(domain)


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_is_read_as_babel_reads_it(code: str, domain: Domain) -> None:
    read = Language(code, domain).catalogue
    for message in (message for message in catalogue(code, domain) if message.id):
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        assert read[key] == (tuple(message.string) if isinstance(message.string, tuple | list) else message.string)


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_said_with_the_values_that_belong_in_it(code: str, domain: Domain) -> None:
    for message in (message for message in catalogue(code, domain) if message.id):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        names = message.id if isinstance(message.id, tuple) else (message.id,)
        assert all(forms)
        values = set(re.findall(r"%\(\w+\)[sr]", names[-1]))
        assert {name for form in forms for name in re.findall(r"%\(\w+\)[sr]", form)} <= values
        assert set(re.findall(r"%\(\w+\)[sr]", forms[-1])) == values


@pytest.mark.parametrize(
    ("code", "day", "one", "many"),
    [
        ("en", "Friday, 1 March 2024", "1 picture", "2 pictures"),
        ("nl", "vrijdag 1 maart 2024", "1 afbeelding", "2 afbeeldingen"),
        ("fr", "vendredi 1er mars 2024", "1 image", "2 images"),
        ("de", "Freitag, 1. März 2024", "1 Bild", "2 Bilder"),
    ],
)
def test_days_and_numbers_are_said_in_each_language(code: str, day: str, one: str, many: str) -> None:
    language = Language(code)
    assert language.day("2024-03-01") == day
    counted = [language.count("%(number)s picture", "%(number)s pictures", number) for number in (1, 2)]
    assert counted == [one, many]
    assert language.count("%(number)s picture", "%(number)s pictures", 0)[2:] == (one if code == "fr" else many)[2:]


def test_no_line_parts_a_number_from_what_it_counts_or_begins_with_a_dot_and_dates_stay_as_they_are_looked_for() -> None:
    assert unbroken("Serie 2: MRI, borst · 8 afbeeldingen") == "Serie 2: MRI, borst\xa0· 8\xa0afbeeldingen"
    for text in ("3 March 1980", "from 3 March 1980 to 4 April 1981", "Series 2", "two words", ""):
        assert unbroken(text) == text


@pytest.mark.parametrize("domain", DOMAINS)
def test_french_has_a_narrow_space_that_never_breaks_before_its_signs(domain: Domain) -> None:
    language = Language("fr", domain)
    translations = [form for one in language.catalogue.values() for form in ((one,) if isinstance(one, str) else one)]
    assert [one for one in translations if re.search(r"[ \xa0][:;?!»]|(?<![\u202f:])[;?!»]|«(?!\u202f)", one)] == []
    if domain == "commands":
        assert language.say("%(what)s: %(said)s", what="images", said="/x") == "images\u202f: /x"


@pytest.mark.parametrize("domain", DOMAINS)
def test_french_has_its_own_apostrophe_and_a_space_before_a_colon(domain: Domain) -> None:
    said = [form for one in Language("fr", domain).catalogue.values() for form in (one if isinstance(one, tuple) else (one,))]
    assert [one for one in said if re.search(r"[^\W\d_]'[^\W\d_]|[^\W\d_`]: ", re.sub("`[^`]*`", "", one))] == []


@pytest.mark.parametrize("code", CODES)
def test_each_day_of_a_year_is_written_as_babel_writes_it(code: str) -> None:
    form, language = "d. MMMM y" if code == "de" else "d MMMM y", Language(code)
    weekday = "EEEE, " if code in ("en", "de") else "EEEE "
    for day in (date(2024, 1, 1) + timedelta(days=number) for number in range(366)):
        first = "1er" if code == "fr" and day.day == 1 else "d"
        forms = [one.replace("d ", f"'{first}' " if first != "d" else "d ", 1) for one in (weekday + form, form)]
        written = [format_date(day, one, locale=code) for one in (*forms, "LLLL")]
        assert [language.day(f"{day}"), language.short_day(f"{day}"), language.month(f"{day:%Y-%m}")] == written


def test_months_and_weekdays_are_no_words_of_the_pages_to_the_gate_that_looks_for_names() -> None:
    said = {word for code in CODES for message in Language(code).messages() for word in message.split()}
    assert said.isdisjoint(("April", "August", "Mars", "mars", "Freitag", "vrijdag"))


def test_a_setting_is_named_to_people_by_set_which_their_helps_show() -> None:
    said = {text for message in spoken("commands") for text in message}
    hidden = {f"--{name.replace('_', '-')}" for name in Settings.model_fields}
    assert [text for text in said if hidden & set(re.findall(r"--[a-z-]+", text))] == []


def test_what_is_no_day_is_said_as_it_is_written_and_an_unknown_language_is_english() -> None:
    assert Language("de").day("spring") == "spring"
    assert Language("xx") == Language("en") != Language("de")


def test_a_sentence_is_english_for_programs_and_said_anew_for_people() -> None:
    whole = sentence("There is no file %(file)s.", file="/x")
    many = counted("%(number)s download", "%(number)s downloads", 2)
    both = joined([whole, sentence("%(file)s is missing.", file=sentence("none"))])
    dutch = Language("nl", "commands")
    for made in (whole, pickle.loads(pickle.dumps(whole)), copy.deepcopy(whole)):
        assert json.dumps(made) == '"There is no file /x."'
        assert dutch.translated(made) == "Er is geen bestand /x."
    assert many == "2 downloads"
    assert dutch.translated(both) == "Er is geen bestand /x. geen ontbreekt."
    assert dutch.translated("Said by nobody, 100%") == "Said by nobody, 100%"


def test_dutch_pages_have_one_word_for_a_picture() -> None:
    said = [
        (one, form)
        for one, forms in Language("nl").catalogue.items()
        for form in (forms if isinstance(forms, tuple) else (forms,))
    ]
    assert [form for one, form in said if "picture" in one.lower() and re.search(r"\b[Bb]eeld(en)?\b", form)] == []


def test_what_commands_say_is_no_word_of_the_pages() -> None:
    assert "keyring" not in spoken_words.words(Language("en"))
    assert "sleutelbos" not in spoken_words.words(Language("nl"))


def test_words_that_radiary_says_are_no_sign_of_anybody() -> None:
    assert {"april", "chest", "chronicle"} <= spoken_words.words(Language("en"))
    assert {"mai", "brust", "chronik"} <= spoken_words.words(Language("de"))
