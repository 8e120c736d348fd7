"""The words of a description, one by one: what is one word, and what kind of word it is where it stands."""

import re
from functools import partial

from radiary.dicom.wall import abbreviations, doubts, eponyms, initials, negations, sides, terms, word_lists
from radiary.dicom.wall.word_lists import folded

_NUCLIDE = (
    r"f[- ]18|i[- ]1(?:2[34]|31)|n[- ]13|c[- ]11|o[- ]15|rb[- ]82|tc[- ]99m?|ga[- ]6[78]|in[- ]111|tl[- ]201|lu[- ]177|ra[- ]223|"
    r"cu[- ]6[047]|zr[- ]89|y[- ]90|xe[- ]133|kr[- ]81m?|sm[- ]153|sr[- ]89"
)
"""Nuclides as they are mostly written, which are one word: the safe words have them without a sign between."""
_LETTERS = rf"(?-i:i\.\s?[vV]|p\.\s?[aio]|a\.\s?p)(?!\w)\.?|p\.\s?o\.?(?=\s?{negations.CONTRAST})|y\s?/\s?o(?!\w)"
"""Abbreviations of single letters which are one word: intravenous, by mouth (no `o. KM`, which is without), after injection, from
which side, and years old."""
_RATES = r"\d+(?:[.,]\d+)?\s?(?:ml|cc|mg\s?i?|mmol|[uµμ][lg])\s?/\s?(?:sec?|s|min|ml|kg|h)(?!\w)"
"""So much in each: `8 ml` instead of `8 µl/ml`, and `4 ml` of `4 ml/s`, would be another dose."""
_MEASURES = r"b\s?=\s?\d+(?!\w)|(?<!\d[.,])\d{1,3}\ss(?!\w)(?!\.)|(?-i:\d+(?:[.,]\d+)?\s?(?:mA|HU))(?!\w)"
"""Numbers with what they measure, which by itself says nothing or may be a name."""
_TERMS = (
    r"(?<![^\W_])(?:"
    r"(?:status[\s_-]+post|post|pr(?:e|ae|ä)|(?:zustand\s+)?nach|vor|z\.\s?n)[\s_.-]{1,2}op(?![\s_,-]+(?:['’]?t|den?|he[rt]|te[nr]?)\b)"
    r"|(?-i:dixon|DIXON)(?:[\s_-]post|_cor(?:_post)?(?:_[wf])?)"
    r"|t[12]w?(?:[\s_-](?:vibe|tse|fse|gre|flair))*[\s_-]dixon(?:[\s_-](?:tra|cor|sag|ax|pre|post|in|opp|[wf]))+)(?![^\W_])"
)
"""Words that may be names where each of them stands by itself: `post op`, `DIXON POST`, `dixon_cor_W`, `t1 dixon cor`."""
_WHOLE_TEXTS = frozenset(("blanco", "HU"))
"""Words that may be names, but are none where they are the whole text, written so."""
_WRITTEN_SO = re.compile(rf"(?-i:\d+(?:[.,]\d+)?\s?(?:mA|HU))|{_TERMS}", re.IGNORECASE)
"""Terms, and measures that are written in no other way: Ma and Hu are family names."""
TOKEN = re.compile(
    rf"{_TERMS}|{terms.FORMS}|{eponyms.FORMS}|{abbreviations.JOINING}|{abbreviations.VIEWS}|(?P<{negations.SIGN}>{doubts.SIGN}|{negations.SIGNS})"
    rf"|(?<!\w)(?:(?:{_NUCLIDE})(?!\w)|{_LETTERS}|{_RATES}|{_MEASURES})|\d+[.,]\d+(?:[^\W\d_]+)?|[^\W_]+",
    re.IGNORECASE,
)
"""What is one word: a term of several, a sign, a number with its unit, letters and digits in a row."""
_PART = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
_ALONE = frozenset("lrdgmnwo")
"""Letters that say something by themselves: left, right, droite, gauche, muscle, nerve; beside an unlisted word, initials."""


def kind_of(match: re.Match[str], more: frozenset[str]) -> str:
    """The kind of a token where it stands: also `letter` for what may be an initial, and `side` for a letter that is none."""
    if negations.may_be_initial(match):
        return "letter"
    if match.lastgroup:
        return match.lastgroup
    if _WRITTEN_SO.fullmatch(match[0]) or (match[0] in _WHOLE_TEXTS and match.string.strip() == match[0]):
        return "word"
    if abbreviations.are_joining(match):
        return "particle"
    if abbreviations.are_views(match) or terms.are_one(match) or eponyms.are_one(match):
        return "word"
    if sides.is_side(match):
        is_initial = len(match[0]) == 1 and initials.is_before_name(match, partial(is_listed, more=more))
        return "" if is_initial else "side"
    return "letter" if abbreviations.is_view(match) else _kind(folded(match[0]), more)


def _kind(token: str, more: frozenset[str]) -> str:
    """What a folded token is: `word`, `sign`, `ambiguous`, `particle` or `number`; empty for one that is dropped."""
    if len(token) == 1 and token.isalpha():
        return "letter" if token in _ALONE else ""
    spellings = {token, re.sub("[- .]", "", token)}
    if spellings & word_lists.safe() or token in more or negations.is_kept(token):
        return "word"
    if token in word_lists.ambiguous():
        return "ambiguous"
    if token in word_lists.particles():
        return "particle"
    parts = _PART.findall(token)
    words = [part for part in parts if part.isalpha()]
    if len(words) == len(parts) or not all(len(word) == 1 or word in word_lists.safe() or word in more for word in words):
        return ""
    return "word" if words else "number"


def is_listed(token: str, more: frozenset[str]) -> bool:
    """Whether a folded token is one of the words that may stay; `more` are the owner's own, folded."""
    return _kind(token, more) != ""
