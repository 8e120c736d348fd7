"""Units as laboratories spell them, and which spellings are one unit; nothing is ever converted."""

import re
from functools import cache

from radiary.documents import lexicon

_FILE = "units.txt"
_PREFIX = "[mcdunpfkMGTh]"
_AMOUNT = re.compile(r"(?:10\^[+-]?\d{1,2}|x1[.,]?000|Mio\.?|Tsd\.?|milj\.?|Mill\.?)")
_POWER = re.compile(r"^[x*.·]?(?:10(?:\^|\*{1,2}|\.?[eE]|exp|x)\(?|10\(?(?=(?:[369]|12)\b)|E)\+?0?(-?\d{1,2})\)?(?=[/a-zµ])")
"""The ways to print a power of ten: 10^9, 10*9, 10E09, x10(9), 109 for a raised 9, E9."""
_BARE = re.compile("[mcdunpk]?[gLm]|d|h|s|min")
"""Units of mass, volume, length and time alone."""
_IN_A_VOLUME = re.compile("/[mdunp]?L$|/mm3$")
_MEASURED = re.compile("[munpfk]?(?:g|mol|kat)/(?:[mdunp]?L|[kmun]?g|[mun]?mol)|mL/min")
"""Units that are spelled as UCUM spells them."""


def code(text: str) -> str | None:
    """The UCUM code of a unit whose spelling is known, or is itself one, such as mmol/L; None for any other."""
    plain = _plain(text)
    return _spelled().get(plain) or (plain if _MEASURED.fullmatch(plain) else None)


def is_known(text: str) -> bool:
    """Whether a text is a unit, by the list of spellings or as it is built."""
    plain = _plain(text)
    return plain in _spelled() or (bool(plain) and _built().fullmatch(plain) is not None)


def is_measured(text: str) -> bool:
    """Whether a text is a unit of something measured, and no mere amount, such as the 500 mg of a tablet or 12 mm of a cyst."""
    return is_known(text) and not _BARE.fullmatch(_plain(text))


def is_of_a_volume(text: str) -> bool:
    """Whether a text is a unit of something in so much of a liquid, as laboratories measure, such as mg/dL."""
    return is_known(text) and _IN_A_VOLUME.search(_plain(text)) is not None


def same(text: str) -> str:
    """What is equal for two spellings of one unit."""
    return code(text) or _plain(text)


def _plain(text: str) -> str:
    """A unit without what is no matter: spaces, ways to write micro and litre."""
    plain = re.sub(r"\s+", "", text.strip().strip("[]")).replace("μ", "µ").replace("µ", "u").replace("×", "x")
    plain = plain.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    plain = re.sub(r"m\^?([23])", r"m\1", _POWER.sub(r"10^\1", plain))
    return re.sub(r"(?<![A-Za-z])([mcdunpf]?)l(?![A-Za-z])", r"\1L", plain)


@cache
def _spelled() -> dict[str, str]:
    return {_plain(spelling): ucum for spelling, ucum in lexicon.exact(_FILE).items() if ucum != "atom"}


@cache
def _built() -> re.Pattern[str]:
    listed = (_plain(one) for one, role in lexicon.exact(_FILE).items() if role == "atom" or one.isalpha())
    atoms = sorted(map(re.escape, listed), key=len, reverse=True)
    atom = f"(?:{_PREFIX}?(?:{'|'.join(atoms)}))"
    return re.compile(rf"(?:{_AMOUNT.pattern})?(?:{atom}|(?=/))(?:[/.]{atom}|/1[.,]73m\^?2)*")
