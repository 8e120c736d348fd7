"""Numbers as laboratories print them: a comma or a point before the decimals, as the document as a whole says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from radiary.documents import lexicon

Sign = Literal[",", ".", ""]
"""What stands before the decimals; empty where a document does not say."""

_FILE = "bounds.txt"


def _spelled(*roles: str) -> str:
    """A pattern of the words that have one of these roles, the longest first."""
    entries = sorted((words for words, role in lexicon.exact(_FILE).items() if role in roles), key=len, reverse=True)
    return f"(?i:{'|'.join(map(_whole, entries))})"


def _whole(words: str) -> str:
    """A pattern of words that end there; a number may stand close behind (`min.60`), but not behind two letters of a code."""
    return re.escape(words) + (r"(?![^\W\d_])" if len(words) > len("ab") else r"(?![^\W_])")


COMPARATOR = rf"(?:<=|>=|=<|=>|≤|≥|<|>|{_spelled('<', '>')})"
DIGITS = r"(?:\d{1,3}(?:[ '’.,  ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)"
_TO = r"(?:-|à|a|tot|bis|to|t/m|t\.?e\.?m\.?|und|and|et|en|;|\.\.\.?)"
_BOUND = rf"[<>] (?:of|ou|oder|or) =|{COMPARATOR}|{_spelled('<=', '>=')}"
_LABEL = r"(?:(?:(?:ref|réf|norm)[^\W\d_]*|n)\s*[.:][.: ]*)?"
_RANGE = re.compile(
    rf"{_LABEL}[(\[]?\s*(?:(?:{_spelled('from')}\s+)?(?P<low>-?{DIGITS})\s*{_TO}\s*(?P<high>-?{DIGITS})"
    rf"|(?P<comparator>{_BOUND})\s*(?P<bound>-?{DIGITS}))\s*[)\]]?",
    re.IGNORECASE,
)
_SAYS = re.compile(r"(?<![\d.,/])(?:0([.,])\d+|\d+([.,])\d{1,2}|\d+([.,])\d{4,}|\d{1,3}(?:[.,]\d{3})+([.,])\d{1,2})(?![\d.,/])")


@dataclass(frozen=True, slots=True)
class Range:
    """The bounds of a printed range, and what stands behind it, such as a unit."""

    low: Decimal | None
    high: Decimal | None
    rest: str = ""
    is_undecided: bool = False


def decimal_sign(texts: Iterable[str]) -> Sign:
    """What most numbers of a document that can have but one meaning have before their decimals."""
    votes = [next(filter(None, found.groups())) for text in texts for found in _SAYS.finditer(text)]
    points, commas = votes.count("."), votes.count(",")
    return "" if points == commas else "." if points > commas else ","


def value_of(digits: str, sign: Sign) -> tuple[Decimal, bool]:
    """A printed number, and whether its meaning is undecided."""
    plain = re.sub(r"[ '’  ]", "", digits).removeprefix("+")
    marks = [one for one in plain if one in ".,"]
    if len(marks) > 1 or (len(marks) == 1 and len(re.split("[.,]", plain)[-1]) == 3 and plain[0] not in "0-.,"):
        last = marks[-1]
        if len(set(marks)) == 2:
            return Decimal(plain.replace(marks[0], "").replace(last, ".")), False
        if len(marks) > 1 or (sign and last != sign):
            return Decimal(re.sub("[.,]", "", plain)), False
        return Decimal(plain.replace(",", ".")), not sign
    return Decimal(plain.replace(",", ".")), False


def comparator_of(text: str | None) -> str:
    """A comparator as FHIR writes it."""
    plain = (text or "").lower()
    return {"=<": "<=", "≤": "<=", "=>": ">=", "≥": ">="}.get(plain, lexicon.exact(_FILE).get(plain, plain))


def range_of(text: str, sign: Sign) -> Range | None:
    """A range that begins a text, such as `4,0 - 5,2` or `<1,4 mg/L`; None for anything else."""
    match = _RANGE.match(text.strip())
    if match is None:
        return None
    rest = text.strip()[match.end() :].strip()
    if match["low"] is not None:
        (low, doubt), (high, other) = value_of(match["low"], sign), value_of(match["high"], sign)
        return Range(low, high, rest=rest, is_undecided=doubt or other) if low <= high else None
    bound, doubt = value_of(match["bound"], sign)
    is_below = comparator_of(match["comparator"]).startswith("<")
    return Range(None, bound, rest=rest, is_undecided=doubt) if is_below else Range(bound, None, rest=rest, is_undecided=doubt)
