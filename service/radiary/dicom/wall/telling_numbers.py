"""Numbers in a description that may tell who somebody is: long ones, own ones, the day of her birth, a great age, a postcode."""

import re
from collections.abc import Callable, Iterator
from itertools import chain

from radiary.dicom.wall import covered_text, dates
from radiary.dicom.wall.own_words import OwnWords
from radiary.dicom.wall.word_lists import folded

Span = tuple[int, int]
_LONG = 4
"""Digits of a number that may stand in a description, at most."""
_MEASURE = r"\s(?:kvp?|mas?|ms|s|sec|min|mm|cm|ml|cc|mg|g|[kmg]bq|mci|c?gy|hz|%)(?![^\W_])"
_NUMBER = re.compile(rf"\d+(?:[\W_]+\d+(?![^\W_]|{_MEASURE}))*", re.IGNORECASE)
"""Digits with signs between; a number with its unit, as in `350 120 ml`, is one by itself."""
_ROUND = re.compile(r"(?!\d\d\W\d\d\W(?:\d\d){1,2}$)(?:0|[1-9]\d{0,2}0)(?:[\W_]+(?:0|[1-9]\d{0,2}0))*")
"""Round numbers that are no day, as `10.10.1990` would be."""
_DIFFUSION = re.compile(r"(?<![^\W_])b\s?=?\s?$", re.IGNORECASE)
"""What stands before the b-values of a diffusion sequence, which are round: `b50_400_800`."""
_TIMES = re.compile(
    r"(?<![^\W_])(?:t[12]w?\*?|pd|dp|flair|stir|tirm|[tf]?se|gre)[\s_:]+[1-9]\d{1,3}0/[1-9]\d{0,2}(?:/[1-9]\d{1,2}0)?(?![^\W_]|/)",
    re.IGNORECASE,
)
"""Repetition, echo and inversion time behind a weighting or a sequence, the long ones round: `T2 4000/100`."""
_STRENGTH = re.compile(
    r"(?<![^\W_])(?:isovue|omnipaque|visipaque|optiray|ultravist|i(?:om|m)eron|xenetix|iopami(?:ron?|dol)|conray|oxilan|hexabrix"
    r"|accupaque|solutrast)[\s-]?(?:1[45]0|180|2[4578]0|300|3[2567]0|400)\s?/\s?\d{2,3}(?![^\W_]|[/.-]\d)",
    re.IGNORECASE,
)
"""Strength and volume behind a contrast agent: `ISOVUE300/100`."""
_ENCODED = re.compile(r"(?<![^\W_])b(?:0|[1-9]\d{0,2}[05])#\d{1,3}(?![^\W_]|[#./-]\d)")
"""A b-value and the number of its direction in a sequence's name: `ep_b1000#21`."""
_DAY = re.compile(r"(?<![^\W_])(?<!\d[./-])(\d{1,2})([./-])(\d{1,2})(?![^\W_]|[./-]\d)(\.?)")
_SHORT_DATE = re.compile(r"(?<![^\W_])(?<!\d[./-])(\d{1,2})([./ -])(\d{1,2})\2(\d{1,2})(?![^\W_]|[./-]\d)")
"""A day with a year of two digits, first or last, and no naught before its numbers: `4/7/81`."""
_NAMED_DAYS = tuple(
    re.compile(rf"(?<![^\W_]){form}(?![^\W_])")
    for form in (
        r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?[\W_]{0,3}(?P<month>[^\W\d_]{3,})",
        r"(?P<month>[^\W\d_]{3,})[\W_]{0,3}(?P<day>\d{1,2})(?:st|nd|rd|th)?",
        r"(?P<day>\d{1,2})[\W_]{0,3}(?P<month>(?-i:[IVX]{1,4}))",
    )
)
_ROMAN = dict(zip("I II III IV V VI VII VIII IX X XI XII".split(), map(str, range(1, 13)), strict=True))
_OLD = r"(9\d|1[0-2]\d)"
_AGE = re.compile(
    rf"(?<!\d)0?{_OLD}[\s-]*(?:y\b|yo\b|y[./]?o\b|yrs?\b|years?\b|jaar\b|jarige\w*|jr\b|j\b|jahre?\b|j[aä]e?hr\w*|ans?\b)"
    rf"|\b(?:aged?|leeftijd|lft|alter|[aâ]g[eé]e?(?:\s+de)?)\W*0?{_OLD}(?!\d)"
    rf"|(?-i:(?<![\w-])(?:[FMv]{_OLD}|(?!99M){_OLD}[FMv])\b)|(?<![\w./,-])(?:[fmv]/{_OLD}|{_OLD}/[fmv])(?![\w/%])",
    re.IGNORECASE,
)
"""An age over 89 in English, Dutch, French and German, or with a sex: `95F`, `M/95`."""
_POSTCODES = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b"  # Britain
    r"|\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\s?\d[ABCEGHJ-NPRSTV-Z]\d\b"  # Canada
    r"|\b(?:AT?|BE|CH|DK|LU?|N[LO])-[1-9]\d{3}\b"  # as on letters from abroad
)
_FOUR_DIGITS = re.compile(
    r"(?<![\w.,])[1-9]\d{3}(?=((?<=\d)[a-z]{2}|\s(?!(?:t[eior]|fa|of|en|et|or|ou)\b)[a-z]{2}|\s?[A-Z]{2})\b"
    r"(?:[\s,)]+(?:(?:te|in)\s+)?([^\W\d_]{3,}))?)"
    r"|(?<![\w.,])[1-9]\d{3}(?![\w.,]*\d)(?=[\s,)]+([^\W\d_]{3,}))?"
)
"""Four digits, before two letters as in the Netherlands (no small ones that tell a time or join two numbers), or beside a word as
in Belgium, Denmark and Switzerland."""
_ROOM = re.compile(r"\b(?:room|ward|bed|kamer|zaal|chambre|lit|zimmer|bett)\W{0,2}\d{2,4}\b(?!\s?[cm]m\b)", re.IGNORECASE)
"""A room or bed of a ward; a number of one digit is a chamber of the heart, or a position of a PET."""
_BEFORE = re.compile(r"([^\W\d_]{3,})[\s,(]+$")
_NEAR = 60
"""Characters before a number in which what belongs to it begins."""
_UNITS = frozenset("MM CM HU MS KV MG ML HZ GY MA CT MR US PT CR DX NM XA RF DR".split())
"""Two capital letters that may stand behind a number which is no postcode."""
_STEP = 50
"""What technical numbers of four digits are multiples of: strengths, matrices, times."""


def spans(text: str, own: OwnWords, is_safe: Callable[[str], bool]) -> list[Span]:
    """Where such numbers stand; `is_safe` says whether a folded word is listed: any other one may be a place."""
    return list(_spans(text, own, is_safe))


def _spans(text: str, own: OwnWords, is_safe: Callable[[str], bool]) -> Iterator[Span]:
    measured = covered_text.by(
        (match.span() for pattern in (_TIMES, _STRENGTH, _ENCODED) for match in pattern.finditer(text)), text
    )
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        is_birthday = len(digits) == _LONG and own.are_birthday(digits[:2], digits[2:])
        is_technical = _are_b_values(text, match) or all(measured[match.start() : match.end()])
        if (len(digits) > _LONG and not is_technical) or is_birthday or own.are_short_number(digits):
            yield match.span()
    yield from _birthdays(text, own)
    yield from (match.span() for pattern in (_AGE, _POSTCODES, _ROOM) for match in pattern.finditer(text))
    for match in _FOUR_DIGITS.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - _NEAR), match.start())
        places = [match[2], match[3], before[1] if before else None]
        if match[1] and not _is_technical(int(match[0]), match[1].strip().upper(), is_safe):
            yield match.start(), match.end(1)
        elif any(place and not is_safe(folded(place)) for place in places):
            yield match.span()


def _birthdays(text: str, own: OwnWords) -> Iterator[Span]:
    """Where her birthday stands, with a year or without one."""
    for match in _DAY.finditer(text):
        is_plain = len(match[1]) == len(match[3]) == 2 or match[4] == "."
        if (is_plain or match[2] != ".") and own.are_birthday(match[1], match[3]):
            yield match.span()
    for match in _SHORT_DATE.finditer(text):
        if own.are_birthday(match[1], match[3]) or own.are_birthday(match[3], match[4]):
            yield match.span()
    for match in chain.from_iterable(pattern.finditer(text) for pattern in _NAMED_DAYS):
        month = _ROMAN.get(match["month"]) or dates.month(match["month"])
        if month and own.are_birthday(match["day"], month):
            yield match.span()


def _are_b_values(text: str, number: re.Match[str]) -> bool:
    return bool(_ROUND.fullmatch(number[0]) and _DIFFUSION.search(text, max(0, number.start() - _NEAR), number.start()))


def _is_technical(number: int, letters: str, is_safe: Callable[[str], bool]) -> bool:
    """Whether four digits before two capital letters are no postcode: `3000 MS`, or as round a number as in `CT 1000 ST`."""
    return letters in _UNITS or (number % _STEP == 0 and is_safe(folded(letters)))
