"""Free text → its safe words: listed medical and technical words and short numbers.

What is on no list (`word_lists.py`) is dropped, and so is every word of the person's own, listed or not.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import partial
from operator import itemgetter

from radiary.dicom.wall import (
    abbreviations,
    covered_text,
    doubts,
    everyday_parts,
    initials,
    negations,
    roles,
    sides,
    telling_numbers,
    terms,
    titles,
    word_lists,
    written_names,
)
from radiary.dicom.wall.own_words import OwnWords
from radiary.dicom.wall.word_lists import folded

Word = tuple[str, str, int]
"""A word, its kind (`_kind`), and its place in the text."""
LONGEST = 10_000
"""Characters of a text that are read; what follows is dropped, for no honest description is longer."""
_SHORT, _DIGITS, _MACHINE_DIGITS = 3, 5, 8
"""Letters of the longest word that a coded string may hold unlisted, digits that one may hold, and those of a machine's name."""
_SINGLE = 3
"""Most single letters in a term: more may spell a name."""
_YEAR = re.compile(r"(19|20)\d\d")
_NUCLIDE = (
    r"f[- ]18|i[- ]1(?:2[34]|31)|n[- ]13|c[- ]11|o[- ]15|rb[- ]82|tc[- ]99m?|ga[- ]6[78]|in[- ]111|tl[- ]201|lu[- ]177|ra[- ]223|"
    r"cu[- ]6[047]|zr[- ]89|y[- ]90|xe[- ]133|kr[- ]81m?|sm[- ]153|sr[- ]89"
)
"""Nuclides as they are mostly written, which are one word: the safe words have them without a sign between."""
_LETTERS = rf"(?-i:i\.\s?v|p\.\s?[aio]|a\.\s?p)(?!\w)\.?|p\.\s?o\.?(?=\s?{negations.CONTRAST})|y\s?/\s?o(?!\w)"
"""Abbreviations of single letters which are one word: intravenous, by mouth (no `o. KM`, which is without), after injection, from
which side, and years old."""
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
_TOKEN = re.compile(
    rf"{_TERMS}|{terms.FORMS}|{abbreviations.JOINING}|{abbreviations.VIEWS}|(?P<{negations.SIGN}>{doubts.SIGN}|{negations.SIGNS})"
    rf"|(?<!\w)(?:(?:{_NUCLIDE})(?!\w)|{_LETTERS}|{_MEASURES})|\d+[.,]\d+(?:[^\W\d_]+)?|[^\W_]+",
    re.IGNORECASE,
)
_PART = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
_GARBLED = re.compile(r"[^\x00-\x7f][¹²³¼½¾]|[¹²³¼½¾][^\x00-\x7f]")
"""Raised figures and fractions beside letters with marks: a name in UTF-8 that is read as Latin-1, and no number."""
_DASHES = {ord(dash): "-" for dash in "‐‑‒–—−"}
_UNSAFE = " qqqq "
"""In place of a word that is not safe: it is dropped like any other one."""
_ALONE = frozenset("lrdgmnwo")
"""Letters that say something by themselves: left, right, droite, gauche, muscle, nerve; beside an unlisted word, initials."""


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
    is_listed = partial(_is_listed, more=more)
    telling = covered_text.by(_telling(text, own, is_listed), text)
    tokens = list(_TOKEN.finditer(text))
    words: list[Word] = []
    was_letter = False
    for place, match in enumerate(tokens):
        token = folded(match[0])
        is_letter = len(token) == 1 and token.isalpha()
        is_telling = any(telling[match.start() : match.end()])
        is_garbled = _GARBLED.search(match[0]) is not None
        is_year = not keeps_years and _YEAR.fullmatch(token) is not None
        is_dropped = is_telling or is_garbled or is_year or (is_letter and was_letter)
        kind = "" if is_dropped else _kind_of(match, more)
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
    return " ".join(re.sub(r"[^\w\s.,:;/()+±*%^&?'\[\]-]", " ", text).split())


def _kind_of(match: re.Match[str], more: frozenset[str]) -> str:
    """The kind of a token where it stands: also `letter` for what may be an initial, and `side` for a letter that is none."""
    if negations.may_be_initial(match):
        return "letter"
    if match.lastgroup:
        return match.lastgroup
    if _WRITTEN_SO.fullmatch(match[0]) or (match[0] in _WHOLE_TEXTS and match.string.strip() == match[0]):
        return "word"
    if abbreviations.are_joining(match):
        return "particle"
    if abbreviations.are_views(match) or terms.are_one(match):
        return "word"
    if sides.is_side(match):
        is_initial = len(match[0]) == 1 and initials.is_before_name(match, partial(_is_listed, more=more))
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


def _is_listed(token: str, more: frozenset[str]) -> bool:
    return _kind(token, more) != ""


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
    """Words without the particles of which the very next word is dropped: they belong to a name, as in `van Zzelder`."""
    kept: list[Word] = []
    for word in reversed(words):
        if word[1] != "particle" or (kept and kept[-1][2] == word[2] + 1):
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


def is_coded(text: str, own: OwnWords, more: frozenset[str] = frozenset()) -> bool:
    """Whether a coded string, or a maker's or machine's name, holds nothing but listed words and short codes and numbers.

    One short unlisted word, such as `TTE`, may be among them; several of them may be somebody's name. `more` are words that are
    listed for this kind of name alone.
    """
    words = _PART.findall(folded(text))
    letters = [word for word in words if word.isalpha()]
    unlisted = [word for word in letters if word not in word_lists.coded() and word not in more]
    short = [word for word in unlisted if len(word) <= _SHORT]
    are_few = sum(len(word) > 1 for word in unlisted) <= 1 and sum(len(word) == 1 for word in letters) <= _SINGLE
    are_short = short == unlisted and are_few
    runs = [len(run) for run in re.findall(r"\d+", text)]
    is_short_number = sum(runs) <= (_MACHINE_DIGITS if more and letters and max(runs, default=0) < _DIGITS else _DIGITS)
    return (text.isascii() or not unlisted) and are_short and is_short_number and not own.occur_in(text)


def is_term(text: str) -> bool:
    """Whether a value holds nothing but listed words of coded strings, which say the same of everybody."""
    words = _PART.findall(folded(text))
    are_known = all(word in word_lists.coded() or len(word) == 1 or (word.isdigit() and len(word) <= _SHORT) for word in words)
    return are_known and sum(len(word) == 1 for word in words) <= _SINGLE
