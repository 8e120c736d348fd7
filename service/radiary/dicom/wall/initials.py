"""Single letters before a name: `L Jansen` behind a knee is no side, and `K Bell`, `k. borst` and `M. Bras` are people."""

import re
from collections.abc import Callable, Iterator

from radiary.dicom.wall import everyday_parts, nobodys_words, sides
from radiary.dicom.wall.word_lists import folded

_NEXT = re.compile(
    r"[\s_]+(?:(?:[Vv]an|[Dd]e[nr]?|[Dd]u|[Vv]on|[Tt]e[nr]|VAN|DE[NR]?|VON|DU)\s+){0,3}(?!(?:Dr|Prof|Mevr|Mw|Dhr|Mme|Frau|Herr)(?![^\W_]))(?P<name>[A-ZÀ-ÞŠŽŒ][^\W\d_]+)(?![^\W_])"
)
_LONGEST = 14
"""Letters of the longest word that is taken for a name: a longer one on no list is a German term."""
_BEFORE_PART = re.compile(
    r"(?<![^\W_])(?:[ABEHIJKMQUXY]\s+(?=[A-ZÀ-Þ])|[b-ce-fh-kqt-uxy]\.\s?|[AVNM]\.\s?(?=[A-ZÀ-Þ][a-zß-ÿ]))(?P<name>[^\W\d_]+)(?![^\W_])"
)
"""Letters that say nothing before a part of the body; `A.`, `V.`, `N.` and `M.` have Latin words behind them."""
_BEHIND_PART = re.compile(r"(?<![^\W_])(?P<name>[A-ZÀ-Þ][^\W\d_]+)\s+(?P<letters>(?:[A-Z]\.[\s-]?){1,4})(?![^\W_])")
_BEHIND_SIDE = re.compile(r"(?<=[a-zß-ÿ])[\s_]+(?P<letter>[LRDG])\s+(?P<name>[A-ZÀ-Þ][a-zß-ÿ]+)(?![^\W_]|\s+[LRDG](?![^\W_]))")
"""`hand L Hals`: an initial, where the part before it is written small and the one behind it as names are."""
_FIRST = re.compile(
    r"\s*(?P<name>[A-ZÀ-Þ][^\W\d_]+),?\s+[AOSNM]\.(?=\s*$|,|\s+(?:CT|MRI?|MRT|IRM|RM|RX|TDM|US|ECHO|PET|XR|CR)(?![^\W_]))"
)
"""`BORST A. CT` begins with a name as lists of people do: what an artery is called stands behind `A.`"""
_TERMS = frozenset("AP PA IV PI PO PC CT MR US TL LS VA VD ZA ZN WO OB L R D G F P O A S".split())
"""Sides and directions with dots, which stand behind a part."""


def is_before_name(letter: re.Match[str], is_safe: Callable[[str], bool]) -> bool:
    """Whether a word on no list that is written like a name stands behind a letter; `is_safe` says whether one is listed."""
    behind = _NEXT.match(letter.string, letter.end())
    if behind is None or nobodys_words.are_findings(behind["name"]):
        return False
    return len(behind["name"]) <= _LONGEST and not is_safe(folded(behind["name"]))


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where parts of the body are names by the letters beside them."""
    for match in _BEFORE_PART.finditer(text):
        if everyday_parts.are_one_of(match["name"]):
            yield match.span()
    for match in _BEHIND_SIDE.finditer(text):
        if everyday_parts.are_one_of(match["name"]) and sides.is_behind_part(text, match.start("letter"), match["letter"]):
            yield match.span()
    first = _FIRST.match(text)
    if first and everyday_parts.are_one_of(first["name"]):
        yield first.span()
    for match in _BEHIND_PART.finditer(text):
        if everyday_parts.are_one_of(match["name"]) and re.sub(r"\W", "", match["letters"]) not in _TERMS:
            yield match.span()
