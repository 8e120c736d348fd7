"""A page of a paper as it is looked at: its picture, and where in it each value stands. For workers only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from radiary.documents import page_words, pdf, rows
from radiary.documents.page_words import Letter
from radiary.documents.pdf import PagePicture
from radiary.documents.reading import Box
from radiary.documents.rows import Row

RESOLUTION = 120
"""Pixels an inch."""
_LEAST = 0.15
"""Share of a word's height from which on it stands in a part of a page, and does not only touch it."""
Pixels = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels, the last two not included."""


@dataclass(frozen=True)
class Line:
    """A line of a page, and where in the page's picture each of its words stands."""

    row: Row = field(repr=False)
    places: tuple[Box, ...]


def view(
    data: bytes, number: int, passwords: Sequence[str], boxes: Sequence[Box], *, is_scan: bool
) -> tuple[PagePicture, list[Box]]:
    """The picture of a page (from 0), and boxes of what was read on it in shares of that. Raises DamagedPaper and LockedPaper."""
    picture = pdf.picture(data, number, passwords, RESOLUTION)
    if is_scan:  # read from a picture of the whole page, in points of that
        wide, high = pdf.size(data, number, passwords)
        return picture, [(x0 / wide, y0 / high, x1 / wide, y1 / high) for x0, y0, x1, y1 in boxes]
    turn = page_words.direction(pdf.sheet(data, number, passwords).letters)
    return picture, pdf.places(data, number, passwords, boxes=[page_words.as_printed(box, turn) for box in boxes])


def pixels(picture: PagePicture, part: Box) -> Pixels:
    """Where in a page's picture a part lies that is told in shares."""
    x0, x1 = (round(side * picture.columns) for side in (part[0], part[2]))
    y0, y1 = (round(side * picture.rows) for side in (part[1], part[3]))
    return min(x0, picture.columns - 1), min(y0, picture.rows - 1), max(x1, x0 + 1), max(y1, y0 + 1)


def wider(picture: PagePicture, place: Pixels, by: int) -> Pixels:
    """A part with so many pixels more on each side, cut to the page."""
    x0, y0, x1, y1 = place
    return max(0, x0 - by), max(0, y0 - by), min(picture.columns, x1 + by), min(picture.rows, y1 + by)


def cut(picture: PagePicture, place: Pixels) -> PagePicture:
    """A part of a page's picture."""
    x0, y0, x1, y1 = place
    lines = (picture.values[row * picture.columns + x0 : row * picture.columns + x1] for row in range(y0, y1))
    return PagePicture(x1 - x0, y1 - y0, b"".join(lines))


def lines(data: bytes, number: int, passwords: Sequence[str]) -> list[Line]:
    """The lines of letters on a page, however they run, in shares of its picture. Raises DamagedPaper and LockedPaper."""
    printed_lines = []
    letters = pdf.sheet(data, number, passwords).letters
    for turn in sorted({one.angle for one in letters if not one.text.isspace()}):
        printed = rows.rows(page_words.words(list(_running(letters, turn))))
        boxes = [page_words.as_printed((word.x0, word.y0, word.x1, word.y1), turn) for row in printed for word in row.words]
        seen = iter(pdf.places(data, number, passwords, boxes=boxes))
        printed_lines += [Line(row, tuple(islice(seen, len(row.words)))) for row in printed]
    return printed_lines


def reaches(place: Box, part: Box) -> bool:
    """Whether something stands in a part by more than the edge of its letters."""
    across, down = min(place[2], part[2]) - max(place[0], part[0]), min(place[3], part[3]) - max(place[1], part[1])
    least = _LEAST * min(place[2] - place[0], place[3] - place[1])
    return across > least and down > least


def _running(letters: Sequence[Letter], turn: int) -> Iterator[Letter]:
    """Letters that run in one direction, with the spaces between them."""
    return (one for one in letters if one.angle == turn or one.text.isspace())
