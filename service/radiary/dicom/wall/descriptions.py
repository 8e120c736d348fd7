"""Free text → the words of it that are safe: known medical and technical words, short numbers, nothing else.

What is on no list (`word_lists.py`) is dropped, and so is every word that is the person's own, wherever it stands.
"""

import re

from radiary.dicom.wall import word_lists
from radiary.dicom.wall.own_words import OwnWords
from radiary.dicom.wall.word_lists import folded

LONGEST = 10_000
"""Characters of a text that are looked at; no description is longer."""
_SHORT, _DIGITS = 3, 5
"""Letters of a coded word that need not be listed, and digits of a coded value."""
_NUMBER = re.compile(r"\d+(?:[\W_]+\d+)*")
_YEAR = re.compile(r"(19|20)\d\d")
_TOKEN = re.compile(r"\d+[.,]\d+(?:[^\W\d_]+)?|[^\W_]+")
_PART = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
_ALONE = frozenset("lrdg")
"""Single letters that say something by themselves: left, right, droite, gauche."""


def cleaned(text: str, own: OwnWords, more: frozenset[str] = frozenset(), *, keeps_years: bool = True) -> str | None:
    """A description's safe words, blanks between them; None when none is left. `more` are the person's own additions."""
    left = _cleaned(text[:LONGEST], own, more, keeps_years=keeps_years)
    digits = re.sub(r"\D", "", left or "")
    return re.sub(r"\S*\d\S*", "", left or "").strip() or None if left and own.are_in(digits) else left


def _cleaned(text: str, own: OwnWords, more: frozenset[str], *, keeps_years: bool) -> str | None:
    long_numbers = [match.span() for match in _NUMBER.finditer(text) if sum(map(str.isdigit, match[0])) > 4]
    kept: list[tuple[str, str]] = []
    was_letter = False
    for match in _TOKEN.finditer(text):
        token = folded(match[0])
        is_letter = len(token) == 1 and token.isalpha()
        is_in_number = any(match.start() < end and start < match.end() for start, end in long_numbers)
        is_year = not keeps_years and _YEAR.fullmatch(token) is not None
        kind = "" if is_in_number or is_year or (is_letter and was_letter) else _kind(token, more)
        if kind and not own.occur_in(match[0]):
            kept.append((match[0], kind))
        elif kept and is_letter and was_letter and len(kept[-1][0]) == 1:
            kept.pop()
        was_letter = is_letter
    if len(kept) == len(_TOKEN.findall(text)) and not {"ambiguous", "particle"} & {kind for _, kind in kept}:
        return _plain(text) if any(kind == "word" for _, kind in kept) else None
    return _joined(kept)


def _plain(text: str) -> str:
    """Nothing was dropped: the text as it stands, but for signs that no description needs."""
    return " ".join(re.sub(r"[^\w\s.,:;/()+*%^&'\[\]-]", " ", text).split())


def _kind(token: str, more: frozenset[str]) -> str:
    """`word`, `ambiguous`, `particle` or `number`; empty for what is dropped."""
    if token in more or token in word_lists.safe():
        return "word"
    if token in word_lists.ambiguous():
        return "ambiguous"
    if token in word_lists.particles():
        return "particle"
    if len(token) == 1 and token.isalpha():
        return "word" if token in _ALONE else ""
    parts = _PART.findall(token)
    words = [part for part in parts if part.isalpha()]
    if len(words) == len(parts) or not all(len(word) == 1 or word in word_lists.safe() or word in more for word in words):
        return ""
    return "word" if words else "number"


def _joined(kept: list[tuple[str, str]]) -> str | None:
    """Particles only between two other words; numbers and doubtful words never without a sure one."""
    firm = [kind for _, kind in kept if kind != "particle"]
    places = iter(range(len(firm)))
    sure = [(word, kind) for word, kind in kept if kind == "particle" or _is_sure(firm, next(places))]
    ends = [place for place, (_, kind) in enumerate(sure) if kind != "particle"]
    if not any(kind in ("word", "ambiguous") for _, kind in sure):
        return None
    return " ".join(word for word, _ in sure[ends[0] : ends[-1] + 1])


def _is_sure(kinds: list[str], place: int) -> bool:
    """A word that may be a name, too, stands right beside one that is none, and beside no other of its kind."""
    beside = [kinds[other] for other in (place - 1, place + 1) if 0 <= other < len(kinds)]
    return kinds[place] != "ambiguous" or ("word" in beside and "ambiguous" not in beside)


def is_coded(text: str, own: OwnWords) -> bool:
    """Whether a coded string, or a maker's or machine's name, holds nothing but listed words, short codes and numbers.

    A short word that is not listed may stand alone, as `TTE` does; several of them may be somebody's name.
    """
    words = _PART.findall(folded(text))
    letters = [word for word in words if word.isalpha()]
    unlisted = [word for word in letters if word not in word_lists.coded()]
    are_short = all(len(word) <= _SHORT for word in unlisted) and len([word for word in unlisted if len(word) > 1]) <= 1
    is_short_number = sum(map(str.isdigit, text)) <= _DIGITS
    return text.isascii() and are_short and is_short_number and not own.occur_in(text)


def is_term(text: str) -> bool:
    """Whether a value holds nothing but words of coded strings: it says the same of everybody."""
    return all(
        word in word_lists.coded() or len(word) == 1 or (word.isdigit() and len(word) <= _SHORT)
        for word in _PART.findall(folded(text))
    )
