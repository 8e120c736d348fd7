"""The text of a structured report as the page says it: its day, and Radiary's own words in it, in the page's language."""

import re

from radiary.chronicle.own_days import is_day
from radiary.language import Language

_LEFT_OUT = re.compile(r"(?<![^ ])\(left out\)$")
_COORDINATES = re.compile(r"(?<![^ ])(\d+) coordinates$")


def spoken(text: str, language: Language) -> str:
    """The text; what the report itself says stays as it was written."""
    return "\n".join(_line(line, language) for line in text.splitlines())


def _line(line: str, language: Language) -> str:
    if is_day(line):
        return language.short_day(line)
    if found := _COORDINATES.search(line):
        return line[: found.start()] + language.count("%(number)s coordinate", "%(number)s coordinates", int(found[1]))
    return _LEFT_OUT.sub(lambda _: language.say("(left out)"), line)
