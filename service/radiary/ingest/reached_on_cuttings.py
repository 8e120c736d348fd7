"""Words in a cell of a paper's row by which somebody is reached or known: telephones, postcodes, streets, mail, numbers."""

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
_STREET = re.compile(
    r"\b[A-Z][\w'’-]*(?i:straat|laan|steenweg|plein|dreef|kaai|weg|stra(?:ß|ss)e|allee|platz|gasse) \d+\w?\b"
    r"|\b\d+(?: ?bis)?,? (?i:rue|avenue|boulevard|chaussée|place|allée|impasse|quai) [\w'’ -]+"
    r"|\b(?i:rue|avenue|boulevard|chaussée|place|allée|quai) [^\W\d][^\d]{2,40}\d+\w?\b"
    r"|\b\d+\w? (?:[A-Z]\w+ ){1,3}(?i:Street|Road|Avenue|Lane|Drive|Close)\b"
)
_OFFICIAL = re.compile(r"\b\d[-/ ]\d{5}[-/ ]\d{2}[-/ ]\d{3}\b|\b\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}\b")
"""Belgian numbers of physicians and of citizens."""
_MAIL = re.compile(r"\S+@\S+\.\w+")


def in_cell(cell: Sequence[str]) -> set[int]:
    """Which of its words are."""
    text = " ".join(cell)
    places = [found.span() for found in (*_telephones(text), *_postcodes(text), *_MAIL.finditer(text))]
    places += [found.span() for found in (*_STREET.finditer(text), *_OFFICIAL.finditer(text))]
    places += [found.span(1) for found in (*_labelled().finditer(text), *_numbered(text))]
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


def _numbered(text: str) -> Iterator[re.Match[str]]:
    return (found for found in _number().finditer(text) if not _DATE.match(found[1]))


@cache
def _labelled() -> re.Pattern[str]:
    """Digits behind `Tel.` and the like, their label joined to them or not."""
    return re.compile(rf"\b(?:{_labels('phone')})\b[ .:]*(?:nr)?[ .:]*([+\d(][\d ()./+-]{{4,}}\d)", re.IGNORECASE)


@cache
def _number() -> re.Pattern[str]:
    """A number by which a person, a physician or a report is known, behind what says so."""
    return re.compile(rf"(?<!\w)(?:{_labels('number')})(?!\w)[ .:]*(?:nr|n°|no)?[ .:]*((?=\S*\d)\w[\w./-]{{3,}})", re.IGNORECASE)


def _labels(role: str) -> str:
    known = (words for words, of in lexicon.exact(_FILE).items() if of == role)
    return "|".join(sorted(map(re.escape, known), key=len, reverse=True))
