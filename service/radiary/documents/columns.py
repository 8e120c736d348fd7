"""The words that stand over columns: what each column holds, and where it begins and ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from radiary.documents import dates, lexicon, yearless
from radiary.documents.page_words import Word

_FILE = "columns.txt"
UNKNOWN = "unknown"
"""The role of a column whose head is no known word."""
NOWHERE = -1.0
"""Where a column begins and ends that has no head."""
APART = 0.9
"""Share of a letter's height from which on a day is no part of the head before it."""
DATED = ("value", "previous")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds, where its head stands, and the day and the hour of its values, where the head says them."""

    role: str
    x0: float
    x1: float
    day: date | None = None
    time: str = ""


def phrases(words: Sequence[Word]) -> tuple[list[Column], int]:
    """The heads of columns in a row, and how many of its words with letters they are made of."""
    columns: list[Column] = []
    at = known = 0
    while at < len(words):
        length, column = _phrase(words, at)
        if column and column.day and columns and _is_of(columns[-1], words[at - 1], words[at]):
            columns[-1] = replace(columns[-1], x1=column.x1, day=column.day)
        elif column and not (column.time and columns and _is_close(words[at - 1], words[at])):
            columns.append(column)
        if column:
            known += lettered(words[at : at + length])
        at += length
    return columns, known


def _is_of(column: Column, last: Word, word: Word) -> bool:
    """Whether a day stands close behind the head of a column, such as `Vorwert 12.01.24`, and is that column's."""
    return column.role in DATED and not column.day and column.x1 == last.x1 and _is_close(last, word)


def _is_close(last: Word, word: Word) -> bool:
    return word.x0 - last.x1 <= APART * word.height


def lettered(words: Sequence[Word]) -> int:
    """How many words have letters."""
    return sum(any(one.isalpha() for one in word.text) for word in words)


def _phrase(words: Sequence[Word], at: int) -> tuple[int, Column | None]:
    """How many words from one on are the head of a column, and the column; one word and None where there is none."""
    for length in range(min(lexicon.longest(_FILE), len(words) - at), 0, -1):
        part = words[at : at + length]
        text = " ".join(word.text for word in part)
        if said := role(text):
            return length, Column(said, part[0].x0, part[-1].x1)
        if day := dates.day_of(text):
            return length, Column("value", part[0].x0, part[-1].x1, day)
        if yearless.is_day(text):
            return length, Column("previous", part[0].x0, part[-1].x1)
        if time := dates.time_of(text):
            return length, Column("previous", part[0].x0, part[-1].x1, time=time)
    return 1, None


def role(text: str) -> str | None:
    """What a column holds that has these words over it; None for words that are over no column."""
    known = lexicon.words(_FILE)
    plain = lexicon.folded(text).replace("(s)", "s")
    return known.get(plain) or known.get(plain.strip("()[]:*"))
