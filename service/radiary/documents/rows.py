"""Words → rows by their middle height → cells by the gaps between them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from radiary.documents.page_words import Word

_GAP = 0.9
"""Share of a letter's height from which on a gap parts two cells."""
_LEVEL = 0.45
"""Share of a letter's height by which the middles of two words of one row differ at most."""
_LEADER = re.compile(r"([.·…_]{3,}|(?:\. ?){3,})$")


@dataclass(frozen=True, slots=True)
class Cell:
    """Words that stand close together in a row."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.words[-1].x1


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a page, from left to right."""

    cells: tuple[Cell, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """All its words."""
        return tuple(word for cell in self.cells for word in cell.words)

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def middle(self) -> float:
        """Its middle height."""
        return median(word.middle for word in self.words)

    @property
    def height(self) -> float:
        """How high its letters are."""
        return median(word.height for word in self.words)


def rows(words: Iterable[Word]) -> list[Row]:
    """The rows of a page, from the top."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.middle):
        line = next((one for one in reversed(lines[-4:]) if _is_level(one, word)), None)
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    return sorted((Row(_cells(line)) for line in lines), key=lambda one: one.middle)


def _is_level(line: Sequence[Word], word: Word) -> bool:
    near = min(line, key=lambda one: abs(one.x0 - word.x0))
    return abs(near.middle - word.middle) <= _LEVEL * min(near.height, word.height) or (
        abs(line[0].middle - word.middle) <= _LEVEL * min(line[0].height, word.height)
    )


def _cells(line: list[Word]) -> tuple[Cell, ...]:
    line.sort(key=lambda one: one.x0)
    cells: list[list[Word]] = []
    ends_at_border = True
    for word in line:
        text = _LEADER.sub("", word.text)
        is_leader = len(text) < len(word.text) or (text in (".", "·") and bool(cells) and cells[-1][-1].text[-1:] in ".·")
        if (text and not is_leader) or text.strip(".·"):
            before = cells[-1][-1] if cells else None
            if before is None or ends_at_border or word.x0 - before.x1 > _GAP * max(before.height, word.height):
                cells.append([])
            cells[-1].append(replace(word, text=text))
        ends_at_border = is_leader
    return tuple(Cell(tuple(one)) for one in cells if one)
