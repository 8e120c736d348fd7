"""Words in a cell of a paper's row by which somebody is reached: telephones, postcodes with their towns, addresses of mail."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from radiary.documents import lexicon

_FILE = "persons.txt"
_TELEPHONE = re.compile(r"(?<![\d.,/-])(?:\+|00|\(\+?)\d[\d ()./-]{7,}\d|(?<![\d.,/-])\(?0\d[\d ()./-]{6,}\d")
_DATE = re.compile(r"\(?\d{1,2}([./-])\d{1,2}\1\d{2,4}(?![./-]?\d)")
_FEWEST, _MOST = 9, 15
"""Digits of a telephone number that nothing else tells."""
_POSTCODE = re.compile(
    r"(?<![\d.,/])(?:[A-Z]{1,2}-)?\d{4,5} (?:[A-Z]{2} )?([A-Z][^\W\d_]{2,})(?![\w/^])|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
)
_MAIL = re.compile(r"\S+@\S+\.\w+")


def in_cell(cell: Sequence[str]) -> set[int]:
    """Which of its words are."""
    text = " ".join(cell)
    places = [found.span() for found in (*_telephones(text), *_postcodes(text), *_MAIL.finditer(text))]
    places += [found.span(1) for found in _labelled().finditer(text)]
    starts = [sum(len(word) + 1 for word in cell[:at]) for at in range(len(cell))]
    return {at for at, start in enumerate(starts) if any(start < end and begin < start + len(cell[at]) for begin, end in places)}


def _telephones(text: str) -> Iterator[re.Match[str]]:
    for telephone in _TELEPHONE.finditer(text):
        if _FEWEST <= len(re.findall(r"\d", telephone[0])) <= _MOST and not _DATE.match(telephone[0]):
            yield telephone


def _postcodes(text: str) -> Iterator[re.Match[str]]:
    for postcode in _POSTCODE.finditer(text):
        town = lexicon.folded(postcode[1] or "")
        if town not in lexicon.words("months.txt") and town not in lexicon.words("units.txt"):
            yield postcode


@cache
def _labelled() -> re.Pattern[str]:
    """Digits behind `Tel.` and the like, their label joined to them or not."""
    labels = "|".join(re.escape(words) for words, role in lexicon.exact(_FILE).items() if role == "phone")
    return re.compile(rf"\b(?:{labels})\b[ .:]*(?:nr)?[ .:]*([+\d(][\d ()./+-]{{4,}}\d)", re.IGNORECASE)
