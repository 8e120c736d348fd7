"""Whose a paper is: somebody whom the record of people knows, by family name and birth date on its first page."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from radiary.documents import dates, lexicon
from radiary.documents.rows import Row
from radiary.model.nouns import Identity

_APART = re.compile(r"[^\W_]+")


def owners(first_page: Sequence[Row], people: Mapping[str, Sequence[Identity]]) -> list[str]:
    """The codes of those people whose family name and birth date both stand on a paper's first page."""
    days, lines = _days(first_page), _lines(first_page)
    named = {code: [one for one in identities if _is_named(one, days, lines)] for code, identities in people.items()}
    named_people = [code for code, identities in named.items() if identities]
    called = [code for code in named_people if any(_is_called(one, lines) for one in named[code])]
    twins = {_in_common(one) for code in called for one in named[code]}
    return [code for code in named_people if code in called or twins.isdisjoint(map(_in_common, named[code]))]


def births(first_page: Sequence[Row], people: Iterable[Identity]) -> set[date]:
    """The birth dates of those people whose family name and birth date both stand on a paper's first page."""
    days, lines = _days(first_page), _lines(first_page)
    return {born for one in people if _is_named(one, days, lines) and (born := _born(one.birth_date))}


def _days(first_page: Sequence[Row]) -> set[tuple[int, int, int]]:
    return {(one.day.year % 100, one.day.month, one.day.day) for one in dates.in_rows(first_page)}


def _lines(first_page: Sequence[Row]) -> list[str]:
    return [f" {' '.join(_APART.findall(lexicon.folded(row.text)))} " for row in first_page]


def _is_named(identity: Identity, days: Collection[tuple[int, int, int]], lines: Sequence[str]) -> bool:
    born = _born(identity.birth_date)
    family = " ".join(_APART.findall(lexicon.folded(identity.name.split("=")[0].split("^")[0])))
    if born is None or (born.year % 100, born.month, born.day) not in days:  # some papers print two digits of the year
        return False
    return len(family) > 1 and any(f" {family} " in line for line in lines)


def _in_common(identity: Identity) -> tuple[str, str]:
    """What twins have in common."""
    return lexicon.folded(identity.name.split("=")[0].partition("^")[0]), identity.birth_date


def _is_called(identity: Identity, lines: Sequence[str]) -> bool:
    given = _APART.findall(lexicon.folded(identity.name.split("=")[0].partition("^")[2]))
    return bool(given) and any(f" {given[0]} " in line for line in lines)


def _born(text: str) -> date | None:
    """A birth date as DICOM writes it, YYYYMMDD."""
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
