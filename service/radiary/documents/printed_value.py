"""What stands in one cell: a value with its comparator, flags and unit, or a word; never a range."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from radiary.documents import numbers, units
from radiary.documents.numbers import Sign

_WORDS = {
    "H": "high hoog verhoogd haut élevé hoch erhöht".split(),
    "L": "low laag verlaagd bas abaissé niedrig erniedrigt".split(),
}
"""Flags in words, which count in a column of flags."""
_FLAG = r"(?:[+-]{1,3}|[HLTEN]|HH|LL|[↑↓▲▼]+|[*#@!°]{1,3}|§+|\((?:[+-]{1,3}|[HL]{1,2})\)|\[[HL]{1,2}\])"
FLAGS = re.compile(rf"{_FLAG}(?:\s+{_FLAG})*")
_VALUE = re.compile(
    rf"(?P<before>(?:{_FLAG}\s+|[*#@!]{{1,2}}|[↑↓▲▼]+\s?)*)(?P<comparator>{numbers.COMPARATOR})?\s*"
    rf"(?P<digits>[+-]?{numbers.DIGITS})(?P<stars>[*#!°↑↓▲▼]*)(?P<rest>(?:\s+.*|[%‰µ/a-zA-Z].*|[.·×*]\s?10.*)?)"
)
_BEHIND = re.compile(
    r"^(?P<value>.*\S)\s*[(\[]\s*(?:(?i:(?:ref|réf|norm)[^\W\d]*|n)[.: ]+)?(?P<range>[^()\[\]]*\d[^()\[\]]*)[)\]]$"
)
"""A range in brackets behind a value, with its label or without."""
_FOOTNOTE = re.compile(r"(?<=\d)\s+(?:\^\d|\(?[a-z\d]\))$")
"""What stands behind a value and leads to a note below, such as `1)`, `(a)` or a raised 2."""
_LEADING = re.compile(rf"{_FLAG}(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Printed:
    """A number, or the word in place of one, with what stands beside it."""

    number: Decimal | None
    comparator: str = ""
    word: str = ""
    unit: str = ""
    flags: str = ""
    range: str = ""
    is_undecided: bool = False


def parsed(text: str, sign: Sign) -> Printed | None:
    """What a cell says; None where nothing but flags stands there."""
    text = text.strip()
    if set(text) == {"+"}:
        return Printed(None, word=text)
    if not text or FLAGS.fullmatch(text):
        return None
    behind = _BEHIND.match(text)
    if behind is not None and numbers.range_of(behind["range"], sign) is not None:
        value = parsed(behind["value"], sign)
        return replace(value, range=behind["range"]) if value is not None and value.number is not None else value
    match = _VALUE.fullmatch(_FOOTNOTE.sub("", text))
    if match is not None:
        after, unit = _apart(match["rest"].strip())
        if not unit or unit == "%" or (len(unit) > 1 and units.is_known(unit)):
            number, is_undecided = numbers.value_of(match["digits"], sign)
            flags = " ".join((match["before"] + match["stars"] + " " + after).split())
            comparator = numbers.comparator_of(match["comparator"])
            return Printed(number, comparator, unit=unit, flags=flags, is_undecided=is_undecided)
    flags, word = _apart(text)
    return Printed(None, word=word, flags=flags)


def _apart(text: str) -> tuple[str, str]:
    """The flags that begin or end a text, and what is left of it."""
    flags = []
    while (flag := _LEADING.match(text)) is not None:
        flags.append(flag[0])
        text = text[flag.end() :].strip()
    while (behind := re.search(rf"\s({_FLAG})$", text)) is not None:
        flags.append(behind[1])
        text = text[: behind.start()].strip()
    return " ".join(flags), text


def flag_of(text: str) -> str:
    """What stands in a column of flags, as a flag; nothing where it is none."""
    if FLAGS.fullmatch(text):
        return text
    return next((flag for flag, words in _WORDS.items() if text.casefold().strip(" .") in words), "")


def level(flags: str) -> str:
    """What printed flags say of a value: H, HH, L, LL, or nothing."""
    high = len(re.findall(r"[+H↑▲]", flags))
    low = len(re.findall(r"[-L↓▼]", flags))
    return "H" * min(high, 2) if high and not low else "L" * min(low, 2) if low and not high else ""


def is_whole(text: str, sign: Sign) -> bool:
    """Whether a text is a number with its unit."""
    value = parsed(text, sign)
    return value is not None and value.number is not None and bool(value.unit)
