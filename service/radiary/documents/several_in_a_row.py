"""Rows of a page without a head that say several values, each behind its name: `Ionogram: Na 140 mmol/L  K 4,1 mmol/L`."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from radiary.documents.page_words import Word
from radiary.documents.rows import Cell, Row

_FEWEST = 2
"""Values of such a row, and such rows of a page, from which on they are a laboratory's and no line of a letter."""
_BORDERS = (",", ";")
_GAP = 0.45
"""Share of a letter's height from which on a gap parts two values."""


def parted(rows: Sequence[Row], of_one_cell: Callable[[Row], Row | None], is_of_a_laboratory: Callable[[Row], bool]) -> list[Row]:
    """The rows, those that say nothing but names and their values with a row for each."""
    found = {at: parts for at, row in enumerate(rows) if len(parts := _parts(row, of_one_cell)) >= _FEWEST}
    if sum(all(map(is_of_a_laboratory, parts)) for parts in found.values()) < _FEWEST:
        return list(rows)
    return [part for at, row in enumerate(rows) for part in found.get(at, [row])]


def _parts(row: Row, of_one_cell: Callable[[Row], Row | None]) -> list[Row]:
    """A row for each value; nothing where something else stands there, too."""
    pieces = _pieces(row)
    read = [of_one_cell(Row((Cell(tuple(words)),))) for words in pieces]
    return [part for part in read if part is not None] if all(read) else []


def _pieces(row: Row) -> list[list[Word]]:
    """The words between borders, without the label before the first and the point at the end."""
    pieces: list[list[Word]] = [[]]
    for before, word in pairwise((row.words[0], *row.words)):
        if word is not before and (before.text.endswith(_BORDERS) or word.x0 - before.x1 > _GAP * word.height):
            pieces.append([])
        pieces[-1].append(replace(word, text=word.text.rstrip("".join(_BORDERS))))
    pieces[-1][-1] = replace(pieces[-1][-1], text=pieces[-1][-1].text.rstrip("."))
    labels = [at for at, word in enumerate(pieces[0][:-2]) if word.text.endswith(":")]
    return [pieces[0][labels[-1] + 1 :] if labels else pieces[0], *pieces[1:]]
