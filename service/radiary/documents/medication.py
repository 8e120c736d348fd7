"""The German medication plan (Bundeseinheitlicher Medikationsplan): what the XML of its code says of medicines, and no more.

Whom the plan is about and who made it stand in the same XML: that is not taken out of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from xml.etree import ElementTree

from radiary.documents import lexicon
from radiary.documents.reading import Medicine
from radiary.documents.rows import Row

KIND = "medication-plan"
_TIMES = ("m", "d", "v", "h")
"""Morning, noon, evening and night, as the code calls them."""
_UNITS = "dosage_units.txt"
_LONGEST = 500
"""Letters of an attribute that are kept."""
_AMOUNT = re.compile(r"\d+([.,/]\d+)?|[½¼¾]|[-–]")
_HEAD = {"wirkstoff", "handelsname"}


def medicines(codes: Iterable[str]) -> tuple[Medicine, ...]:
    """The medicines of a plan, by the texts of its codes, one a page; nothing of a text that is no plan's."""
    parts = [part for part in map(_parsed, codes) if part is not None]
    parts.sort(key=lambda part: _number(part.get("a", "1")))
    return tuple(_medicine(one) for part in parts for one in part.iter("M"))


def day(codes: Iterable[str]) -> date | None:
    """When a plan was made."""
    for part in map(_parsed, codes):
        author = None if part is None else part.find("A")
        match = re.match(r"(\d{4})-?(\d{2})-?(\d{2})", author.get("t", "") if author is not None else "")
        if match:
            try:
                return date(*map(int, match.groups()))
            except ValueError:
                return None
    return None


def with_printed_names(known: Sequence[Medicine], pages: Iterable[Sequence[Row]]) -> tuple[Medicine, ...]:
    """Medicines with the names that are printed, where the code has but their numbers and the print has a row for each."""
    printed = [name for page in pages for name in _printed(page)]
    if len(printed) != len(known):
        return tuple(known)
    return tuple(one if one.name else replace(one, name=name) for one, name in zip(known, printed, strict=True))


def _parsed(text: str) -> ElementTree.Element | None:
    if not text.lstrip().startswith("<MP"):
        return None
    try:
        return ElementTree.fromstring(text.strip())  # noqa: S314 - entities are declared before the root element, with which it begins
    except ElementTree.ParseError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 1


def _medicine(one: ElementTree.Element) -> Medicine:
    said = {name: " ".join(value.split())[:_LONGEST] for name, value in one.attrib.items()}
    substances = [(part.get("w", ""), part.get("s", "")) for part in one.iter("W")]
    schedule = "" if not any(said.get(time) for time in _TIMES) else "-".join(said.get(time) or "0" for time in _TIMES)
    return Medicine(
        number=said.get("p", ""),
        name=said.get("a", ""),
        substances=tuple(" ".join(filter(None, one))[:_LONGEST] for one in substances),
        strength=said.get("s", ""),
        form=said.get("fd") or said.get("f", ""),
        schedule=schedule or said.get("t", ""),
        unit=said.get("dud") or _unit(said.get("du", "")),
        note=said.get("i", ""),
        reason=said.get("r", ""),
    )


@cache
def _units() -> dict[str, str]:
    return {code: name.strip() for name, code in lexicon.exact(_UNITS).items()}


def _unit(code: str) -> str:
    """A unit of doses in words; one that is not known as its code."""
    return _units().get("hash" if code == "#" else code, code)


def _printed(page: Sequence[Row]) -> Iterator[str]:
    """The names in the rows of a plan's table: what stands before four amounts."""
    is_table = False
    for row in page:
        words = [word.text for word in row.words]
        is_table = is_table or bool(_HEAD.intersection(map(lexicon.folded, words)))
        for at in range(1, len(words) - 3) if is_table else ():
            if all(_AMOUNT.fullmatch(word) for word in words[at : at + 4]):
                yield " ".join(words[:at])
                break
