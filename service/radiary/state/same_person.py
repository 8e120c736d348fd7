"""Which people of the private record may be one: never merged for that, only proposed."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from itertools import combinations

from radiary.model.nouns import Identity

_ALIKE = 0.8
"""Share of letters from which on two spellings of a name are alike."""


def pairs(people: Mapping[str, list[Identity]]) -> list[tuple[str, str, str]]:
    """Codes of two people that may be one, and why, in words without a name."""
    alike = []
    for (one, theirs), (other, others) in combinations(sorted(people.items()), 2):
        reasons = [reason for mine in theirs for yours in others if (reason := _reason(mine, yours))]
        if reasons:
            alike.append((one, other, reasons[0]))
    return alike


def are_apart(mine: Iterable[Identity], theirs: Iterable[Identity]) -> bool:
    """Whether two people are certainly two: nothing says that they may be one, and name, birth date or number contradict."""
    both = [(one, other) for one in mine for other in theirs]
    return bool(both) and not any(_reason(*pair) for pair in both) and all(_contradict(*pair) for pair in both)


def _contradict(mine: Identity, theirs: Identity) -> bool:
    if mine.name and theirs.name and not _are_alike(mine.name, theirs.name):
        return True
    if _digits(mine.birth_date) and _digits(theirs.birth_date) and _digits(mine.birth_date) != _digits(theirs.birth_date):
        return True
    are_named = bool(mine.name and theirs.name)
    return not are_named and bool(mine.identifier and theirs.identifier) and mine.identifier != theirs.identifier


def _reason(mine: Identity, theirs: Identity) -> str | None:
    is_same_day = bool(_digits(mine.birth_date)) and _digits(mine.birth_date) == _digits(theirs.birth_date)
    if is_same_day and _are_alike(mine.name, theirs.name):
        return "the same birth date and alike names"
    if _number(mine) and _number(mine) == _number(theirs) and (is_same_day or _are_alike(mine.name, theirs.name)):
        return "the same patient number, and birth date or name"
    if _words(mine.name) == _words(theirs.name) != [] and not (mine.birth_date and theirs.birth_date):
        return "the same name, one without a birth date"
    return None


def _number(who: Identity) -> str:
    """A patient's number without signs and leading zeros, as another hospital or an older program writes it."""
    return re.sub(r"[\W_]", "", who.identifier).casefold().lstrip("0")


def _are_alike(one: str, other: str) -> bool:
    mine, yours = _words(one), _words(other)
    shorter, longer = sorted((set(mine), set(yours)), key=len)
    return bool(shorter) and (shorter <= longer or SequenceMatcher(None, " ".join(mine), " ".join(yours)).ratio() >= _ALIKE)


def _words(name: str) -> list[str]:
    apart = unicodedata.normalize("NFKD", name.casefold())
    return sorted(re.findall(r"[^\W_]+", "".join(one for one in apart if not unicodedata.combining(one))))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
