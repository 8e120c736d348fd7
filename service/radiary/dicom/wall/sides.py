"""A single letter right behind a part of the body that everybody has twice says on which side, whoever's name follows."""

import re
from collections.abc import Mapping

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
_SIDES: Mapping[str, frozenset[str]] = dict.fromkeys("LR", _LEFT_AND_RIGHT) | dict.fromkeys("DG", _DROITE_AND_GAUCHE)
"""Behind which words each letter is a side, folded."""
_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]+)[\s_]+$")


def is_side(letter: re.Match[str]) -> bool:
    """Whether a letter stands for a side; a dot behind it makes an initial of it."""
    before = _BEFORE.search(letter.string[: letter.start()])
    is_initial = letter.string[letter.end() :].startswith(".")
    return before is not None and not is_initial and folded(before[1]) in _SIDES.get(letter[0], ())
