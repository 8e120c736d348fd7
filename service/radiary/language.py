"""The language of page, titles and captions: its messages, from the catalogues in this package, and its dates."""

import datetime
from collections.abc import Mapping
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any, NoReturn

CODES = ("en", "nl", "fr", "de")
"""The languages there is a catalogue for; English needs none, its messages are their own names."""
_DAYS = {"en": "EEEE, d MMMM y", "de": "EEEE, d. MMMM y"}
"""How a day is written with its weekday (UTS 35), where that is not as in Dutch and French."""


def marked(message: str) -> str:
    """A message that stands in a table and is said elsewhere: the test of the catalogues finds it by this call."""
    return message


class Language:
    """One language; two of the same code are the same."""

    def __init__(self, code: str) -> None:
        self.code = code if code in CODES else "en"
        self._messages, self._plural = _catalogue(self.code)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Language) and other.code == self.code

    def __hash__(self) -> int:
        return hash(self.code)

    def __reduce__(self) -> tuple[type["Language"], tuple[str]]:
        return Language, (self.code,)

    def say(self, message: str, **values: object) -> str:
        """A message in this language, with values put in."""
        found = self._messages.get(message, message)
        text = found if isinstance(found, str) else found[0]
        return text % values if values else text

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """A message that depends on a number, which stands in it as `%(number)s`."""
        forms = self._messages.get(one)
        form = forms[self._plural(number)] if isinstance(forms, tuple) else (one if number == 1 else many)
        return form % {"number": number, **values}

    def messages(self) -> list[str]:
        """Everything that it may say."""
        every = [*_english(), *self._messages.values()]
        return [form for one in every for form in (one if isinstance(one, tuple) else (one,))]

    def day(self, date: str) -> str:
        """A day in words, with its weekday; what is no date, as it is written."""
        return self._formatted(date, _DAYS.get(self.code, "EEEE d MMMM y"))

    def short_day(self, date: str) -> str:
        """A day in words, without its weekday."""
        return self._formatted(date, "d. MMMM y" if self.code == "de" else "d MMMM y")

    def month(self, month: str) -> str:
        """A month (YYYY-MM) in words, without its year."""
        return self._formatted(f"{month}-01", "LLLL")

    def _formatted(self, date: str, form: str) -> str:
        try:
            day = datetime.date.fromisoformat(date)
        except ValueError:
            return date
        return _in_words(day, form, self.code)


def _in_words(day: datetime.date, form: str, code: str) -> str:
    # Imported here: the idle service does without the tables of calendars.
    from babel.dates import format_date

    return format_date(day, form, locale=code)


@cache
def _catalogue(code: str) -> tuple[Mapping[str, str | tuple[str, ...]], Any]:
    """The messages of a language, and which form of a message belongs to a number."""
    if code == "en":
        return {}, _unused
    # Imported here, as above.
    from babel.messages.pofile import read_po

    data = resources.files("radiary").joinpath("catalogues", f"{code}.po").read_bytes()
    messages: dict[str, str | tuple[str, ...]] = {}
    catalogue = read_po(BytesIO(data), locale=code)
    for message in catalogue:
        key = message.id if isinstance(message.id, str) else message.id[0]
        if key and message.string:
            messages[key] = message.string if isinstance(message.string, str) else tuple(message.string)
    return messages, {"fr": lambda number: int(number > 1)}.get(code, lambda number: int(number != 1))


@cache
def _english() -> tuple[str, ...]:
    """All messages by their own names, as any other language's catalogue has them."""
    return tuple(_catalogue("nl")[0])


def _unused(_number: int) -> NoReturn:
    raise AssertionError("English has no catalogue")


ENGLISH = Language("en")
