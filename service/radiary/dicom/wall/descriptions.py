"""Free text → its safe words: listed medical and technical words and short numbers.

What is on no list (`word_lists.py`) is dropped, and so is every word of the person's own, listed or not.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import partial
from operator import itemgetter

from radiary.dicom.wall import (
    covered_text,
    description_words,
    everyday_parts,
    initials,
    negations,
    roles,
    telling_numbers,
    titles,
    word_lists,
    written_names,
)
from radiary.dicom.wall.own_words import OwnWords
from radiary.dicom.wall.word_lists import folded

Word = tuple[str, str, int]
"""A word, its kind (`description_words.kind_of`), and its place in the text."""
LONGEST = 10_000
"""Characters of a text that are read; what follows is dropped, for no honest description is longer."""
_YEAR = re.compile(r"(19|20)\d\d")
_GARBLED = re.compile(r"[^\x00-\x7f][¹²³¼½¾]|[¹²³¼½¾][^\x00-\x7f]")
"""Raised figures and fractions beside letters with marks: a name in UTF-8 that is read as Latin-1, and no number."""
_DASHES = {ord(dash): "-" for dash in "‐‑‒–—−"}
_POINTING = frozenset("voor aan door ivm pour par chez für fuer bei for by to i.V i.V.".split())
"""Words that are left without a sense where what stands behind them is dropped."""
_UNSAFE = " qqqq "
"""In place of a word that is not safe: it is dropped like any other one."""


def cleaned(text: str, own: OwnWords, more: frozenset[str] = frozenset(), *, keeps_years: bool = True) -> str | None:
    """A description's safe words, blanks between them; None when none is left. `more` are safe words that the owner added.

    Where their digits, put together, hold one of the person's own numbers, words with digits are dropped, too.
    """
    written, more = roles.without_names(text[:LONGEST].translate(_DASHES), _UNSAFE), frozenset(map(folded, more))
    safe_words = _safe_words(written, own, more, keeps_years=keeps_years)
    if safe_words is None or not own.are_in(re.sub(r"\D", "", safe_words)):
        return safe_words
    return _safe_words(re.sub(r"\S*\d\S*", _UNSAFE, written), own, more, keeps_years=keeps_years)


def _safe_words(text: str, own: OwnWords, more: frozenset[str], *, keeps_years: bool) -> str | None:
    """The same, each word by itself. Of single letters in a row, which may spell a name, none is kept."""
    is_listed = partial(description_words.is_listed, more=more)
    telling = covered_text.by(_telling(text, own, is_listed), text)
    tokens = list(description_words.TOKEN.finditer(text))
    words: list[Word] = []
    was_letter = False
    for place, match in enumerate(tokens):
        token = folded(match[0])
        is_letter = len(token) == 1 and token.isalpha()
        is_telling = any(telling[match.start() : match.end()])
        is_garbled = _GARBLED.search(match[0]) is not None
        is_year = not keeps_years and _YEAR.fullmatch(token) is not None
        is_dropped = is_telling or is_garbled or is_year or (is_letter and was_letter)
        kind = "" if is_dropped else description_words.kind_of(match, more)
        if kind and not own.occur_in(match[0]):
            words.append((match[0].strip(), kind, place))
        elif words and is_letter and was_letter and len(words[-1][0]) == 1:
            words.pop()
        was_letter = is_letter
    if len(words) == len(tokens) and not {"ambiguous", "particle"} & {kind for _, kind, _ in words}:
        return _plain(text) if any(kind in ("word", "letter") for _, kind, _ in words) else None
    kept = {place for _, _, place in words}
    unknown = {place for place, match in enumerate(tokens) if place not in kept and len(match[0]) > 1 and match[0].isalpha()}
    safe = _safe(words, unknown)
    if len(safe) == len(tokens):
        return _plain(text)
    is_turned = negations.turn(tokens, {place for _, _, place in safe}, word_lists.particles())
    return None if is_turned else " ".join(word for word, _, _ in safe) or None


def _telling(text: str, own: OwnWords, is_listed: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Where words and numbers stand that tell who somebody is, whatever else they mean."""
    yield from telling_numbers.spans(text, own, is_listed)
    yield from titles.spans(text)
    yield from written_names.spans(text, is_listed)
    yield from everyday_parts.spans(text, is_listed)
    yield from initials.spans(text)


def _plain(text: str) -> str:
    """A text none of whose words was dropped, as it stands, but for signs that no description needs."""
    return " ".join(re.sub(r"[^\w\s.,:;/()+±*%^&?'#\[\]-]", " ", text).split())


def _safe(words: list[Word], unknown: Collection[int]) -> list[Word]:
    """Of words those that stay: particles only between other words, ambiguous ones only where they are no name.

    None of them when only numbers and signs are left. `unknown` are the places of words that are on no list.
    """
    firm = [word for word in words if word[1] != "particle"] + [("", "unknown", place) for place in unknown]
    kinds = [kind for _, kind, _ in sorted(firm, key=itemgetter(2))]
    places = iter(place for place, kind in enumerate(kinds) if kind != "unknown")
    sure = [word for word in words if word[1] == "particle" or _is_sure(kinds, next(places))]
    sure = _without_lost_ends(sure)
    ends = [place for place, (_, kind, _) in enumerate(sure) if kind != "particle"]
    return sure[ends[0] : ends[-1] + 1] if any(kind in ("word", "ambiguous") for _, kind, _ in sure) else []


def _without_lost_ends(words: list[Word]) -> list[Word]:
    """Words without the particles of which the very next word is dropped: they belong to a name, as in `van Zzelder`.

    So do words such as `voor` and `cc`, which point to somebody; `cc` behind a number is a measure.
    """
    kept: list[Word] = []
    for word, before in zip(reversed(words), [*reversed(words[:-1]), ("", "", 0)], strict=False):
        is_copy = word[0] == "cc" and before[1] != "number"
        is_joining = word[1] == "particle" or word[0] in _POINTING or is_copy
        if not is_joining or (kept and kept[-1][2] == word[2] + 1):
            kept.append(word)
    return kept[::-1]


def _is_sure(kinds: list[str], place: int) -> bool:
    """Whether the word at `place` is no name: it is not ambiguous, or has a safe word beside it and no other name.

    A letter is an initial beside a word that is on no list.
    """
    beside = {kinds[neighbour] for neighbour in (place - 1, place + 1) if 0 <= neighbour < len(kinds)}
    if kinds[place] == "letter":
        return "unknown" not in beside
    return kinds[place] != "ambiguous" or ("word" in beside and beside.isdisjoint({"ambiguous", "unknown"}))
