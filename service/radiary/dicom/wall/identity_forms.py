"""The ways in which a person's name, numbers and birth date are written, for the wall and for the chronicle's gate alike."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from radiary.dicom.wall.dates import written_day
from radiary.dicom.wall.word_lists import folded
from radiary.documents import lexicon

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})
_NUMBERS_OF_MONTHS = frozenset(f"{number:02d}" for number in range(1, 13))


def month_names() -> frozenset[str]:
    """The months in English, Dutch, French and German, short and long, with accents and without, in small letters."""
    return frozenset({*lexicon.exact("months.txt"), *(name for names in _months() for name in names)})


@cache
def _months() -> tuple[tuple[str, ...], ...]:
    """The names of each month, without accents."""
    numbers = lexicon.exact("months.txt")
    return tuple(
        tuple(sorted({form for name, role in numbers.items() if int(role) == month for form in spellings(name)}))
        for month in range(1, 13)
    )


@lru_cache(4096)
def spellings(text: str) -> tuple[str, ...]:
    """A text in lower case without accents, words separated by one blank: with ü as u, and with ü as ue."""
    lower = unicodedata.normalize("NFKC", text).casefold()
    spelled = lower.translate(_UMLAUTS)
    return tuple({" ".join(re.findall(r"[^\W_]+", folded(form))) for form in (lower, spelled)})


def words(text: str) -> Iterator[str]:
    """The words of a name or number in all spellings, but for single ASCII characters; of `12-345 67` also the digits alone."""
    for form in spellings(text):
        yield from (word for word in form.split() if len(word) > 1 or not word.isascii())
    if re.fullmatch(r"[\d\s./-]{5,}", text.strip()):
        yield re.sub(r"\D", "", text)


def dates(text: str) -> Iterator[tuple[str, ...]]:
    """The parts of a birth date, given in any form, in every order and form that people write."""
    digits = written_day(text) or re.sub(r"\D", "", text)[:8]
    if len(digits) != 8:
        return
    year, month, day = digits[:4], digits[4:6], digits[6:]
    yield from ((year, month, day), (day, month, year), (month, day, year), (day, month, year[2:]), (year[2:], month, day))
    days = {day, day.lstrip("0"), *(["1er"] if day == "01" else [])}
    yield from ((written_day, month.lstrip("0"), written_year) for written_day in days for written_year in (year, year[2:]))
    for name in _months()[int(month) - 1] if month in _NUMBERS_OF_MONTHS else ():
        yield from ((written_day, name, written_year) for written_day in days for written_year in (year, year[2:]))
        yield from ((name, written_day, written_year) for written_day in days for written_year in (year, year[2:]))
