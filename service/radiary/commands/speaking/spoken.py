"""The language in which commands speak to people: one for the whole process, since all of it speaks to one terminal.

Rooms below cannot ask for it: what they log, write down and answer to programs is English.
"""

import os
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache

from radiary.language import ENGLISH, Language, marked, of_locale, refusal
from radiary.model import errors

_terminal = {"speaks": ENGLISH}
_REFUSALS = (
    marked("Cannot allocate memory"),
    marked("Device or resource busy"),
    marked("Disk quota exceeded"),
    marked("File exists"),
    marked("File name too long"),
    marked("File too large"),
    marked("Input/output error"),
    marked("Is a directory"),
    marked("No space left on device"),
    marked("No such file or directory"),
    marked("Not a directory"),
    marked("Operation not permitted"),
    marked("Permission denied"),
    marked("Read-only file system"),
    marked("Stale file handle"),
    marked("Too many open files"),
)
"""What a computer says when it refuses something, as often as not; the rest of its words stay English."""


def use(code: str) -> None:
    """Speak this language from now on."""
    _terminal["speaks"] = Language(code, "commands")


def use_locale() -> None:
    """Speak the language of the locale, as long as no settings say which one."""
    use(of_locale(os.environ))


def language() -> Language:
    """The language that is spoken."""
    return _terminal["speaks"]


def say(message: str, **values: object) -> str:
    """A message, with values put in."""
    return _terminal["speaks"].say(message, **values)


def count(one: str, many: str, number: int, **values: object) -> str:
    """A message that depends on a number, which stands in it as `%(number)s`."""
    return _terminal["speaks"].count(one, many, number, **values)


def headed(what: str, said: object) -> str:
    """What is said under a word or two, as each language writes it."""
    return say("%(what)s: %(said)s", what=what, said=said)


def printable(name: str) -> str:
    """A file's name as a terminal may show it."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def listed(parts: Iterable[str]) -> str:
    """Several things in one line, parted as each language does."""
    return say("%(one)s; %(more)s", one="", more="").join(parts)


def longest(*messages: str) -> int:
    """How long the longest of several messages is: the column in which they stand is as wide."""
    return _longest(language(), messages)


@cache
def _longest(speaks: Language, messages: tuple[str, ...]) -> int:
    return max(len(speaks.say(one)) for one in messages)


def translated(text: str) -> str:
    """What another room said in English."""
    return _terminal["speaks"].translated(text)


def explain(reason: str) -> str:
    """The sentence for a slug."""
    return translated(errors.explain(reason))


def error(raised: errors.RadiaryError) -> str:
    """The sentence of an error."""
    return translated(raised.args[0] if raised.args else str(raised))


def refused(error: OSError) -> str:
    """What is said where there is no better sentence."""
    return say("The computer refused something: %(why)s.", why=translated(refusal(error)))


def day(when: date) -> str:
    """A day in words."""
    return _terminal["speaks"].short_day(when.isoformat())


def moment(when: datetime) -> str:
    """A day in words and a time, as clocks here show it."""
    here = when.astimezone()
    return f"{day(here.date())}, {here:%H:%M}"
