"""Listed words of a description that are names by how they are written: behind initials or `van der`, or glued to a name."""

import re
from collections.abc import Callable, Iterator

from radiary.dicom.wall import eponyms, nobodys_words, sides
from radiary.dicom.wall.word_lists import folded

_NAME = r"[A-ZÀ-ÞŠŽŒ][^\W\d_]+(?![^\W_])"
_INITIALS = re.compile(rf"(?<![^\W_])(?P<letters>(?:[A-Z]\.[\s-]?){{1,4}})(?P<name>{_NAME})")
_BEHIND = re.compile(rf"(?<![^\W_])(?P<name>{_NAME}),\s?(?P<letters>(?:[A-Z]\.\s?){{1,4}})(?!{_NAME})")
"""`J. Hand` and `Hand, J.`"""
_TERMS = frozenset("AP PA IV PI PO PC CT MR US TL LS VA VD ZA ZN WO OB".split())
"""Directions, routes, modalities, levels and denials in letters with dots."""
_SIDES = "LRDG"
_SAYING = "AVNMOSZ"
"""What arteries, veins, nerves and muscles begin with, and denials: before a part that everybody has twice they are initials."""
_ABBREVIATION = re.compile(r"[A-Z]{2,3}")
_OF = re.compile(
    rf"(?<![^\W_])(?:(?:[Vv]an\s+(?:de[nr]|['’]t)|von\s+de[rm]|v\.?\s?d\.?)\s+|(?<=\w\s)Van\s+[Dd]e\s+)(?P<name>{_NAME})"
    r"|(?<![^\W_])van\s+der\s+(?P<small>[a-zß-ÿšžœ]{3,}(?![^\W_]))"
)
"""Small words that belong to a name: Dutch descriptions say `van de hand`, which is none."""
_GLUED = re.compile(rf"(?<![\w-])(?P<first>{_NAME})-(?P<second>{_NAME})(?!-)")


def spans(text: str, is_safe: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Where such names stand; `is_safe` says whether a folded word is listed."""
    for match in (*_INITIALS.finditer(text), *_BEHIND.finditer(text)):
        if _are_initials(re.sub(r"\W", "", match["letters"]), match["name"]) and not nobodys_words.are_one_of(match["name"]):
            yield match.span()
    for match in _OF.finditer(text):
        if not nobodys_words.are_one_of(match["name"] or match["small"]):
            yield match.span()
    for match in _GLUED.finditer(text):
        if _is_double_name(match["first"], match["second"], is_safe) and not eponyms.are_at(text, match.start()):
            yield match.span()


def _are_initials(letters: str, name: str) -> bool:
    """Whether letters with dots beside a word are somebody's, and no side, direction, artery or the like."""
    if len(letters) > 1:
        return letters not in _TERMS
    is_saying = letters in _SAYING and not sides.is_paired(name)
    return letters not in _SIDES and not is_saying and not _ABBREVIATION.fullmatch(name)


def _is_double_name(first: str, second: str, is_safe: Callable[[str], bool]) -> bool:
    """Whether of two words that a hyphen joins one is on no list, and the other one may be a name; abbreviations are none."""
    are_safe = [is_safe(folded(word)) for word in (first, second)]
    if sum(are_safe) != 1:
        return False
    listed, other = (first, second) if are_safe[0] else (second, first)
    is_abbreviation = _ABBREVIATION.fullmatch(listed) is not None or listed.isupper() != other.isupper()
    return not is_abbreviation and not nobodys_words.are_one_of(listed)
