"""Cultures and antibiograms, whose numbers make no series."""

from functools import cache

from radiary.documents import lexicon, units
from radiary.documents.reading import APART, Value

_FILE = "microbiology.txt"


def is_one(value: Value) -> bool:
    """Whether a value belongs to a culture or an antibiogram, which make no series."""
    if value.unit and units.same(value.unit) in _culture_units():
        return True
    if not any(map(is_title, (value.name, *value.section.split(APART)))):
        return False
    return value.number is None or not units.is_known(value.unit) or value.unit in ("mm", "mg/L")


def is_title(title: str) -> bool:
    """Whether a name or a heading is of cultures."""
    return bool(title) and any(lexicon.role_of(_FILE, text) for text in (title, title.split(maxsplit=1)[0]))


@cache
def _culture_units() -> frozenset[str]:
    return frozenset(units.same(one) for one, role in lexicon.exact(_FILE).items() if role == "unit")
