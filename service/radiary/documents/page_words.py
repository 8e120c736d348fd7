"""A page as words with boxes: letters joined to words, turned to the direction in which most of them run."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

_APART = 0.3
"""Share of a letter's height that lies between two words."""
_RAISED = 0.85
"""Share of the height of the letters before it from which down a letter is a raised or lowered one."""
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SIGNS = str.maketrans(dict.fromkeys("\xad\ufffe‐‑−–—", "-") | {"μ": "µ", "＜": "<", "＞": ">"})
"""Signs that are printed in several ways, as one of them."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A character and its box in points, y from the top; `angle` in quarter turns, clockwise."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    angle: int = 0

    @property
    def height(self) -> float:
        """How high its line is."""
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box in points, y from the top, in the direction of reading."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def middle(self) -> float:
        """Its middle height."""
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        """How high its line is."""
        return self.y1 - self.y0


def words(letters: Sequence[Letter]) -> list[Word]:
    """The words of a page, in the order in which they were printed; letters that run otherwise than most are left out."""
    turn = direction(letters)
    along = (one for one in letters if one.angle == turn or one.text.isspace())
    upright = [_turned(replace(one, text=one.text.translate(_SIGNS)), turn) for one in along]
    return [_joined(run) for run in _runs(upright)]


def direction(letters: Iterable[Letter]) -> int:
    """In which direction most letters of a page run, in quarter turns."""
    turns = Counter(one.angle for one in letters if not one.text.isspace())
    return turns.most_common(1)[0][0] if turns else 0


def as_printed(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """A box in the direction of reading, where it stands on the page before that is turned."""
    x0, y0, x1, y1 = box
    if turn == 1:
        return -y1, x0, -y0, x1
    if turn == 2:
        return -x1, -y1, -x0, -y0
    if turn == 3:
        return y0, -x1, y1, -x0
    return box


def _turned(letter: Letter, turn: int) -> Letter:
    """A letter of a page that is turned back by so many quarter turns."""
    x0, y0, x1, y1 = letter.x0, letter.y0, letter.x1, letter.y1
    if turn == 1:
        return replace(letter, x0=y0, y0=-x1, x1=y1, y1=-x0)
    if turn == 2:
        return replace(letter, x0=-x1, y0=-y1, x1=-x0, y1=-y0)
    if turn == 3:
        return replace(letter, x0=-y1, y0=x0, x1=-y0, y1=x1)
    return letter


def _runs(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Letters that stand close together in one line."""
    run: list[Letter] = []
    for letter in letters:
        if letter.text.isspace() or not letter.text.isprintable():
            if run:
                yield run
            run = []
            continue
        if run and not _follows(run[-1], letter):
            yield run
            run = []
        run.append(letter)
    if run:
        yield run


def _follows(before: Letter, letter: Letter) -> bool:
    height = max(before.height, letter.height)
    overlap = min(before.y1, letter.y1) - max(before.y0, letter.y0)
    return -height < letter.x0 - before.x1 < _APART * height and overlap > 0.3 * min(before.height, letter.height)


def _joined(run: list[Letter]) -> Word:
    """One word; digits that are raised above the line stand behind a `^`."""
    size = max(one.height for one in run)
    base = [one for one in run if one.height > _RAISED * size] or run
    pieces = [_piece(before, letter, size) for before, letter in pairwise([None, *run]) if letter]
    return Word(
        "".join(pieces),
        min(one.x0 for one in run),
        median(one.y0 for one in base),
        max(one.x1 for one in run),
        median(one.y1 for one in base),
    )


def _piece(before: Letter | None, letter: Letter, size: float) -> str:
    if letter.text in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻" and letter.text:
        plain = letter.text.translate(_SUPERSCRIPTS)
        return plain if before is not None and before.text in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻" else f"^{plain}"
    is_raised = before is not None and letter.text.isdigit() and letter.height <= _RAISED * size < before.height
    return f"^{letter.text}" if is_raised else letter.text
