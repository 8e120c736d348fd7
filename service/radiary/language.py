"""What people read, in their language: messages from the catalogues in this package, and dates.

Pages and notices have one catalogue, commands another: the words of the first are no sign of anybody to the gate that looks for
names, and must not become more than pages need.
"""

import datetime
import difflib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

CODES = ("en", "nl", "fr", "de")
"""The languages there is a catalogue for; English needs none, its messages are their own names."""
Domain = Literal["pages", "commands"]
_FILES: dict[Domain, tuple[str, ...]] = {"pages": ("{}.po",), "commands": ("{}.po", "commands.{}.po")}
"""Catalogues by what speaks: commands know the words of the pages, too."""
_COUNTED = re.compile(r"(?<=\d) (?=[^\W\d_]+$)")
_CATALOGUES = Path(__file__).with_name("catalogues")
_ENTRY = re.compile(r'(?:(msgid|msgid_plural|msgstr(?:\[\d\])?) )?(".*")')
"""A line of a catalogue: its keyword, which further lines of one text lack, and its text."""
_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split(),
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
}
_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
}
"""In no catalogue: to the gate that looks for names, April is a sign of somebody wherever it stands in no date."""


def marked(message: str) -> str:
    """A message that stands in a table and is said elsewhere: the test of the catalogues finds it by this call."""
    return message


class Sentence(str):
    """A message with its values put in, in English, as log, ledger and programs have it; `Language.told` says it anew."""

    message: str
    many: str
    values: Mapping[str, object]

    def __new__(cls, message: str, many: str = "", /, **values: object) -> "Sentence":
        """With `many`, `values` has the `number` on which it depends."""
        form = many if many and values["number"] != 1 else message
        made = super().__new__(cls, form % values if values else form)
        made.message, made.many, made.values = message, many, values
        return made


_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What shows nothing, or turns the direction of what follows."""


def sentence(message: str, **values: object) -> Sentence:
    """What a command may have to say, from rooms that know no language; a value may be such a sentence itself."""
    return Sentence(message, **values)


def counted(one: str, many: str, number: int, **values: object) -> Sentence:
    """The same of what depends on a number, which stands in it as `%(number)s`."""
    return Sentence(one, many, number=number, **values)


def refusal(error: OSError) -> Sentence:
    """Why a computer refused something, in its own words."""
    return sentence(error.strerror or type(error).__name__)


def joined(sentences: Iterable[str], between: str = " ") -> Sentence:
    """Several sentences, or parts of one, as one."""
    parts = {f"part{number}": one for number, one in enumerate(sentences)}
    return Sentence(between.join(f"%({name})s" for name in parts), **parts)


def nearest(word: str, known: Collection[str]) -> str:
    """The question behind a word that is none of `known`; nothing where none of them is like it."""
    plain = {one.casefold(): one for one in known}
    begun = [one for one in plain if word and one.startswith(word.casefold())]
    like = begun or difflib.get_close_matches(word.casefold(), list(plain), n=1)
    return sentence(" Did you mean %(name)r?", name=plain[like[0]]) if like else ""


def of_locale(environment: Mapping[str, str]) -> str:
    """The language of whoever started this process: the first two letters of the locale."""
    named = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((one for one in named if one), "en")[:2].lower()


class Language:
    """One language, for pages or for commands; two of the same code and domain are the same."""

    def __init__(self, code: str, domain: Domain = "pages") -> None:
        self.code = code if code in CODES else "en"
        self.domain: Domain = domain
        self.catalogue = _catalogue(self.code, domain)
        """Its messages, by what they are in English."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Language) and (other.code, other.domain) == (self.code, self.domain)

    def __hash__(self) -> int:
        return hash((self.code, self.domain))

    def __reduce__(self) -> tuple[type["Language"], tuple[str, Domain]]:
        return Language, (self.code, self.domain)

    def say(self, message: str, **values: object) -> str:
        """A message in this language, with values put in."""
        translation = self.catalogue.get(message, message)
        text = translation if isinstance(translation, str) else translation[0]
        return text % values if values else text

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """A message that depends on a number, which stands in it as `%(number)s`."""
        forms = self.catalogue.get(one)
        is_many = number > 1 if self.code == "fr" else number != 1
        form = forms[is_many] if isinstance(forms, tuple) else (one if number == 1 else many)
        return form % {"number": number, **values}

    def translated(self, text: str) -> str:
        """A sentence that was made in English, in this language; any other text as it is, if the catalogue lacks it."""
        if not isinstance(text, Sentence):
            return self.say(text)
        values = {name: self.translated(value) if isinstance(value, Sentence) else value for name, value in text.values.items()}
        if not text.many:
            return self.say(text.message, **values)
        number = values.pop("number")
        assert isinstance(number, int)
        return self.count(text.message, text.many, number, **values)

    def messages(self) -> list[str]:
        """Everything that it may say."""
        every = [*_catalogue("nl", self.domain), *self.catalogue.values()]
        return [form for one in every for form in (one if isinstance(one, tuple) else (one,))]

    def day(self, date: str) -> str:
        """A day in words, with its weekday; what is no date, as it is written."""
        day = _date(date)
        comma = "," if self.code in ("en", "de") else ""
        return f"{_WEEKDAYS[self.code][day.weekday()]}{comma} {self.short_day(date)}" if day else date

    def short_day(self, date: str) -> str:
        """A day in words, without its weekday."""
        day = _date(date)
        if not day:
            return date
        sign = "." if self.code == "de" else "er" if self.code == "fr" and day.day == 1 else ""
        return f"{day.day}{sign} {_MONTHS[self.code][day.month - 1]} {day.year}"

    def month(self, month: str) -> str:
        """A month (YYYY-MM) in words, without its year."""
        day = _date(f"{month}-01")
        return _MONTHS[self.code][day.month - 1] if day else month


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def readable(text: str) -> str:
    """A text of which nothing but its letters, lines and tabs does anything where it is shown."""
    return _CONTROLS.sub("", text)


def unbroken(text: str) -> str:
    """A text whose last words, a number and what it counts, stay on one line, and in which no line begins with a dot.

    Dates are left as they are looked for.
    """
    return _COUNTED.sub("\u00a0", text).replace(" · ", "\u00a0· ")


@cache
def _catalogue(code: str, domain: Domain) -> Mapping[str, str | tuple[str, ...]]:
    """The messages of a language, by what they are in English; of one that depends on a number, the form for one and for many."""
    if code == "en":
        return MappingProxyType({})
    messages: dict[str, str | tuple[str, ...]] = {}
    for name in _FILES[domain]:
        messages |= dict(_read((_CATALOGUES / name.format(code)).read_text(encoding="utf-8")))
    return MappingProxyType(messages)


def _read(catalogue: str) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """The entries of a PO file."""
    entry: dict[str, str] = {}
    keyword = ""
    for line in [*catalogue.splitlines(), 'msgid ""']:
        if not (line_parts := _ENTRY.fullmatch(line)):
            continue
        if line_parts[1] == "msgid" and entry.get("msgid"):
            yield entry["msgid"], entry.get("msgstr") or (entry["msgstr[0]"], entry["msgstr[1]"])
        if line_parts[1] == "msgid":
            entry = {}
        keyword = line_parts[1] or keyword
        entry[keyword] = entry.get(keyword, "") + json.loads(line_parts[2])


ENGLISH = Language("en")
