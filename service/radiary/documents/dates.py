"""Dates on a page, and what each one is: by the words before it in its row, else by those above it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from radiary.documents import lexicon
from radiary.documents.rows import Cell, Row

_FILE = "dates.txt"
_YEARS = range(1890, 2100)
_PIVOT = 70
"""Two-digit years from this one on belong to the century before."""
_ABOVE = 2.6
"""Letters' heights within which a date's words stand above it."""
_PLACE = re.compile(r"(?:[^\W\d_a-zß-ÿ][\w'’.-]* ?(?:[\w'’.-]+ ?){0,3}), (?:(?:den|le|the|op) )?")
"""A place before the date of a letter, such as `Gent, 12 maart 2024` or `Bad Beispiel, den 12.03.2024`."""
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/])")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, its role (empty where nothing says it), the time if one stands behind it, and where it begins and ends."""

    day: date
    role: str
    time: str = ""
    x0: float = 0
    x1: float = 0


def day_of(text: str) -> date | None:
    """The date that a text is, and nothing else; day first."""
    match = _pattern().fullmatch(text.strip())
    return _day(match) if match else None


def day_first(pages: Sequence[Sequence[Row]]) -> Sequence[Sequence[Row]]:
    """The rows of a paper; of one whose dates can only be month first, such as 11/23/1958, with the day first in all of them."""
    words = [word.text for page in pages for row in page for word in row.words]
    found = [(int(one[1]), int(one[2])) for text in words for one in _SLASHED.finditer(text)]
    if not any(second > _MONTHS for _, second in found) or any(first > _MONTHS for first, _ in found):
        return pages
    return [[Row(tuple(map(_turned, row.cells))) for row in page] for page in pages]


def _turned(cell: Cell) -> Cell:
    return Cell(tuple(replace(word, text=_SLASHED.sub(r"\2/\1/\3", word.text)) for word in cell.words))


def time_of(text: str) -> str:
    """The hour that a text is, and nothing else, as HH:MM; nothing for another text."""
    match = re.fullmatch(r"(\d{1,2})[:hu](\d{2})(?::\d{2})?", text.strip())
    return f"{int(match[1]):02}:{match[2]}" if match else ""


def in_rows(rows: Sequence[Row]) -> list[Dated]:
    """All dates of a page, from the top."""
    return [dated for number, row in enumerate(rows) for dated in _in_row(row, rows[max(0, number - 2) : number])]


def are_in(lines: Iterable[str]) -> bool:
    """Whether a date stands in these lines, as people write them."""
    return any(_day(found) for line in lines for found in _pattern().finditer(line))


def first(dates: Iterable[Dated], *roles: str) -> Dated | None:
    """The first date of the first of these roles that there is."""
    known = list(dates)
    return next((one for role in roles for one in known if one.role == role), None)


def _in_row(row: Row, above: Sequence[Row]) -> Iterable[Dated]:
    text, places = "", []
    for word in row.words:
        places.append((len(text), word))
        text += f"{word.text} "
    end = 0
    for match in _pattern().finditer(text):
        day = _day(match)
        if day is None:
            continue
        x0 = max((word for at, word in places if at <= match.start()), key=lambda one: one.x0).x0
        x1 = max((word.x1 for at, word in places if at < match.end()), default=x0)
        before = text[end : match.start()]
        role = _said(before, row, match.group()) or (_role_above(x0, x1, row, above=above) if not _says_anything(before) else "")
        time = re.match(r"[\s,]*(?:om|à|um|at|-)?\s*(\d{1,2})[:hu](\d{2})", text[match.end() :])
        yield Dated(day, role, time=f"{int(time[1]):02}:{time[2]}" if time else "", x0=x0, x1=x1)
        end = match.end()


def _said(before: str, row: Row, printed: str) -> str:
    """The role that the words before a date give it; a row of a place and a date alone is a letter's."""
    is_alone = row.text.rstrip(" .") == f"{before}{printed}"
    return role_of(before) or ("letter" if is_alone and _PLACE.fullmatch(before) else "")


def _says_anything(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{3}", text))


def _role_above(x0: float, x1: float, row: Row, *, above: Sequence[Row]) -> str:
    """What the words say that stand above a date; the nearest row counts."""
    for other in reversed(above):
        if row.middle - other.middle < _ABOVE * row.height:
            cells = [cell.text for cell in other.cells if cell.x0 < x1 and cell.x1 > x0]
            if cells:
                return role_of(" ".join(cells))
    return ""


def role_of(before: str) -> str:
    """The role that the last words before a date give it: of words that end at the same place, the longest ones count."""
    words = [
        one.strip(":;,()–-") if one != "°" else one
        for one in re.sub(r"°", " ° ", re.sub(r"\([es]\)", "", lexicon.folded(before))).split()
    ]
    words = [one for one in words if one]
    known = lexicon.words(_FILE)
    for end in range(len(words), max(0, len(words) - 6), -1):
        for length in range(min(lexicon.longest(_FILE), end), 0, -1):
            phrase = " ".join(words[end - length : end])
            role = known.get(phrase) or known.get(phrase.rstrip(".")) or known.get(f"{phrase}.") or _unspaced().get(phrase)
            if role:
                return role
    return ""


@cache
def _unspaced() -> dict[str, str]:
    """Roles by words without the spaces between them, as readers of pictures give them."""
    return {words.replace(" ", ""): role for words, role in lexicon.words(_FILE).items() if " " in words}


@cache
def _months() -> dict[str, int]:
    return {one: int(role) for one, role in lexicon.words("months.txt").items()}


@cache
def _pattern() -> re.Pattern[str]:
    spelled = {*lexicon.exact("months.txt"), *lexicon.words("months.txt")}
    names = "|".join(sorted(map(re.escape, spelled), key=len, reverse=True))
    return re.compile(
        r"(?<![\d./-])(?:(?P<d>\d{1,2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})"
        r"|(?P<y2>\d{4})(?P<s2>[./-])(?P<m2>\d{2})(?P=s2)(?P<d2>\d{2})"
        rf"|(?P<d3>\d{{1,2}})(?:er|\.|e|th|st|nd|rd)?[ /-](?P<n3>{names})\.?,?[ /-](?P<y3>\d{{4}}|\d{{2}})"
        rf"|(?P<n4>{names})\.? (?P<d4>\d{{1,2}})(?:th|st|nd|rd)?,? (?P<y4>\d{{4}}))(?![\d/]|[.-]\d)",
        re.IGNORECASE,
    )


def _day(found: "re.Match[str]") -> date | None:
    day = int(found["d"] or found["d2"] or found["d3"] or found["d4"])
    name = found["n3"] or found["n4"]
    month = _months()[lexicon.folded(name)] if name else int(found["m"] or found["m2"])
    year = int(found["y"] or found["y2"] or found["y3"] or found["y4"])
    if month > 12 >= day:
        day, month = month, day
    if year < 100:
        year += 1900 if year >= _PIVOT else 2000
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
