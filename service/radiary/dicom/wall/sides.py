"""A single letter right behind a part of the body that everybody has twice says on which side, whoever's name follows."""

import re
from collections.abc import Mapping
from functools import lru_cache

from radiary.dicom.wall.word_lists import folded

_LEFT_AND_RIGHT = frozenset(
    "knee hip shoulder elbow wrist hand finger thumb foot toe ankle heel femur tibia fibula humerus radius ulna scaphoid clavicle"
    " clavicula scapula patella breast mamma kidney forearm knie heup schouder elleboog pols voet teen enkel hiel borst nier"
    " onderarm bovenarm onderbeen bovenbeen sleutelbeen hufte huefte schulter ellbogen ellenbogen handgelenk daumen fuss zehe"
    " sprunggelenk osg ferse brust niere unterarm oberarm unterschenkel oberschenkel schlusselbein calcaneus".split()
)
_DROITE_AND_GAUCHE = frozenset(
    "genou hanche epaule coude poignet main doigt pouce pied orteil cheville talon sein rein avant-bras femur tibia humerus"
    " clavicule rotule".split()
)
_SIDES: Mapping[str, frozenset[str]] = dict.fromkeys(("L", "R", "li"), _LEFT_AND_RIGHT) | dict.fromkeys("DG", _DROITE_AND_GAUCHE)
"""Behind which words each letter, or `li`, which may be a name, is a side, folded."""
_SAID = re.compile(
    r"(?<![^\W_])(?:left|right|link[se]\w*|recht[se]\w*|gauche|droite?|bds|beide\w*|both|bilat\w*)(?![^\W_])", re.IGNORECASE
)
"""Where a word says on which side, a letter is an initial."""
_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]+)[\s_]+$")
_NEAR = 40
"""Characters before a letter in which a part stands that it may say the side of."""


def is_side(letter: re.Match[str]) -> bool:
    """Whether a letter, or `li`, stands for a side; a dot behind a letter makes an initial of it, and so does a side in words."""
    is_initial = len(letter[0]) == 1 and letter.string[letter.end() :].startswith(".")
    is_behind = is_behind_part(letter.string, letter.start(), letter[0])
    return is_behind and not is_initial and not _is_said(letter.string)


def is_behind_part(text: str, place: int, letter: str) -> bool:
    """Whether a word of which `letter` may say the side stands right before a place in a text."""
    parts = _SIDES.get(letter)
    before = _BEFORE.search(text, max(0, place - _NEAR), place) if parts else None
    return before is not None and folded(before[1]) in (parts or ())


@lru_cache(8)
def _is_said(text: str) -> bool:
    """Whether a side stands anywhere in a text in words; asked for each of its letters, so it is remembered."""
    return _SAID.search(text) is not None


def is_paired(word: str) -> bool:
    """Whether a word is a part of the body that everybody has twice."""
    return folded(word) in _LEFT_AND_RIGHT | _DROITE_AND_GAUCHE
