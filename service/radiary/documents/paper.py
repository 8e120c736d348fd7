"""A paper's bytes → what it says: the one way through the reader. For workers only."""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from radiary.documents import belonging, dates, kinds, lexicon, numbers, page_words, paper_day, pdf, rows, table, values, yearless
from radiary.documents.page_words import Word
from radiary.documents.reading import NO_DATE, SCAN, Reading
from radiary.documents.rows import Row
from radiary.model.nouns import Identity
from radiary.workers import memory, time_limit

_LETTERS = 20
"""Letters from which on the pages of a paper are no scan."""
_MEMORY = 1 << 30
"""Bytes that reading one paper may take."""
_FILE = "papers.txt"
_NUMBER = re.compile(r"(?<![\w./-])(?=(?:[A-Za-z./-]*\d){4})\w[\w./-]{3,}\w(?![\w:])")
"""A report's number: four digits or more, letters before, between or behind them."""


def pages(data: bytes, passwords: Sequence[str], tick: Callable[[], None]) -> tuple[int, list[list[Row]]]:
    """How many pages a paper has, and the rows of those that are read. Raises DamagedPaper and LockedPaper."""
    count, sheets = pdf.sheets(data, passwords, tick)
    return count, [rows.rows(page_words.words(sheet.letters)) for sheet in sheets]


def first_page(data: bytes, passwords: Sequence[str]) -> list[Row]:
    """The rows of a paper's first page. Raises DamagedPaper and LockedPaper."""
    _, sheets = pdf.sheets(data, passwords, lambda: None, most=1)
    return rows.rows(page_words.words(sheets[0].letters))


def from_words(sheets: Sequence[Sequence[Word]], count: int, people: Iterable[Identity] = ()) -> Reading:
    """What a scan says, by the words that were recognized; each value is to be looked at."""
    read = reading([rows.rows(words) for words in sheets], count, people)
    doubted = tuple(replace(one, doubts=(*one.doubts, SCAN)) for one in read.values)
    return replace(read, values=doubted, is_scan=True)


def reading(read: Sequence[Sequence[Row]], count: int, people: Iterable[Identity] = ()) -> Reading:
    """What a paper says, by its rows; it is of no day on which one of the people whom it names was born."""
    if is_scan(read):
        return Reading(kind=kinds.UNSURE, pages=count, is_scan=True)
    read = dates.day_first(read)
    read = yearless.with_the_samples_year(read)
    lines = table.lines(read, "")
    sign = numbers.decimal_sign(text for line in lines for text in (line.range, *(value for _, value in line.values)))
    sign = sign or numbers.decimal_sign(row.text for page in read for row in page)
    read_values = values.values(lines, sign)
    kind = kinds.kind(read, len(read_values))
    dated = paper_day.best(read, kind, read_values, births=belonging.births(read[0], people))
    if kind == kinds.BLOOD:
        dated = paper_day.newest(dated, {one.day for one in read_values if one.day})
    if not (kind == kinds.BLOOD and dated is not None):
        read_values = [one if one.day else replace(one, doubts=(*one.doubts, NO_DATE)) for one in read_values]
    return Reading(
        kind=kind,
        day=dated.day if dated else None,
        time=dated.time if dated else "",
        laboratory=_laboratory(read),
        number=_labelled(read, "number"),
        status=_status(read),
        issued=paper_day.issued(read),
        values=tuple(read_values),
        pages=count,
    )


def owners(read: Sequence[Sequence[Row]], people: Mapping[str, Sequence[Identity]]) -> list[str]:
    """The codes of the people whom a paper's first page names."""
    return belonging.owners(dates.day_first(read)[0], people) if read else []


def is_scan(read: Sequence[Sequence[Row]]) -> bool:
    """Whether a paper has no letters that can be read."""
    return sum(one.isalpha() for page in read for row in page for one in row.text) < _LETTERS


def _laboratory(read: Sequence[Sequence[Row]]) -> str:
    """The line of the letterhead, or of the foot, that names a laboratory."""
    for row in read[0]:
        words = lexicon.folded(row.text)
        for phrase, role in lexicon.words(_FILE).items():
            if role == "laboratory" and re.search(rf"\b{re.escape(phrase)}", words):
                return re.sub(r"\s*[-–·|,]?\s*\d.*$", "", row.text).strip()
    return ""


def _labelled(read: Sequence[Sequence[Row]], role: str) -> str:
    """What stands behind the words for a report's number."""
    for row in read[0]:
        texts = [word.text for word in row.words]
        for at in range(len(texts)):
            for length in (3, 2, 1):
                phrase = lexicon.folded(" ".join(texts[at : at + length])).strip(" :")
                if role in (lexicon.words(_FILE).get(phrase), lexicon.words(_FILE).get(phrase.rstrip("."))):
                    rest = " ".join(texts[at + length : at + length + 3])
                    numbers_behind = (found[0] for found in _NUMBER.finditer(rest))
                    if number := next((one for one in numbers_behind if dates.day_of(one) is None), None):
                        return number
    return ""


def _status(read: Sequence[Sequence[Row]]) -> str:
    for row in read[0]:
        for cell in row.cells:
            for text in (cell.text, cell.words[-1].text):
                role = lexicon.words(_FILE).get(lexicon.folded(text).strip(" :"))
                if role in ("preliminary", "final", "amended"):
                    return role
    return ""


def read(data: bytes, passwords: Sequence[str], people: Iterable[Identity] = ()) -> tuple[Reading, list[list[Row]]]:
    """What a paper says, and the rows by which it does. Raises DamagedPaper and LockedPaper."""
    count, rows_of_pages = pages(data, passwords, time_limit.sign)
    return reading(rows_of_pages, count, people), rows_of_pages


def of_bytes(data: bytes, passwords: tuple[str, ...], seconds: float) -> Reading:
    """What a paper says; `seconds` is how long a worker may take for it. Raises DamagedPaper and LockedPaper."""
    with bounds(seconds):
        return read(data, passwords)[0]


@contextlib.contextmanager
def bounds(seconds: float) -> Iterator[None]:
    """What reading one paper may take of a worker: so many seconds, and `_MEMORY`; what wants more ends its process."""
    time_limit.set_to(seconds)
    with memory.bounded(_MEMORY):
        yield
