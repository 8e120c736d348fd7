"""A page of a paper as it is looked at: its picture, and where in it each value stands. For workers only."""

from collections.abc import Sequence

from radiary.documents import page_words, pdf
from radiary.documents.pdf import Picture
from radiary.documents.reading import Box

_RESOLUTION = 120
"""Pixels an inch."""


def view(data: bytes, number: int, passwords: Sequence[str], boxes: Sequence[Box], *, is_scan: bool) -> tuple[Picture, list[Box]]:
    """The picture of a page (from 0), and boxes of what was read on it in shares of that. Raises DamagedPaper and LockedPaper."""
    picture = pdf.picture(data, number, passwords, _RESOLUTION)
    if is_scan:  # read from a picture of the whole page, in points of that
        wide, high = pdf.size(data, number, passwords)
        return picture, [(x0 / wide, y0 / high, x1 / wide, y1 / high) for x0, y0, x1, y1 in boxes]
    turn = page_words.direction(pdf.sheet(data, number, passwords).letters)
    return picture, pdf.places(data, number, passwords, [page_words.as_printed(box, turn) for box in boxes])
