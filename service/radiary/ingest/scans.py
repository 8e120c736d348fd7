"""Papers without letters: their pages as pictures, read by the networks of the extra `radiary[ocr]`, as words with boxes."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from radiary.dicom.text import detection, recognition
from radiary.documents import rows
from radiary.documents.page_view import Line
from radiary.documents.page_words import Word
from radiary.documents.pdf import PagePicture
from radiary.documents.rows import Cell, Row
from radiary.ingest import pages as paper_pages
from radiary.workers import time_limit

_RESOLUTION = 150
"""Pixels an inch at which pages are read."""
_MOST = 20
"""Pages that are read of a scan."""
_SURE = 0.5
"""Least score (0 to 1) of a line that counts."""
_POINTS = 72 / _RESOLUTION
_TALL = 1.5
"""A line at least so many times as high as wide runs downwards or upwards."""


def words(data: bytes, passwords: Sequence[str], pages: int, seconds: float) -> list[list[Word]]:
    """The words of each page, in points from the upper left corner. Raises DamagedPaper and LockedPaper."""
    read = []
    for number in range(min(pages, _MOST)):
        time_limit.set_to(seconds)
        picture = paper_pages.picture(data, number, passwords, _RESOLUTION)
        grey = np.frombuffer(picture.values, np.uint8).reshape(picture.rows, picture.columns)
        read.append(list(_words(np.repeat(grey[..., None], 3, axis=2))))
    return read


def lines(picture: PagePicture) -> list[Line]:
    """Every line of text that is found in a picture, in its pixels, however unsure its reading is."""
    grey = np.frombuffer(picture.values, np.uint8).reshape(picture.rows, picture.columns)
    page = np.repeat(grey[..., None], 3, axis=2)
    corners = np.array([line.corners for line in detection.lines(page)]).reshape(-1, 4, 2)
    level: list[Word] = []
    upright = []
    for line, (text, _) in zip(corners, recognition.read(page, corners), strict=True):
        if not text.strip():
            continue
        (x0, y0), (x1, y1) = line.min(axis=0).tolist(), line.max(axis=0).tolist()
        if y1 - y0 < _TALL * (x1 - x0):
            level += _parted(text, x0, y0, x1, y1)
        else:  # where in it which word stands is not known
            upright.append(Row((Cell(tuple(Word(word, x0, y0, x1, y1) for word in text.split())),)))
    return [Line(row, tuple((word.x0, word.y0, word.x1, word.y1) for word in row.words)) for row in (*rows.rows(level), *upright)]


def _words(page: NDArray[np.uint8]) -> Iterator[Word]:
    lines = [line.corners for line in detection.lines(page)]
    for corners, (text, score) in zip(lines, recognition.read(page, np.array(lines).reshape(-1, 4, 2)), strict=True):
        if score >= _SURE and text.strip():
            (x0, y0), (x1, y1) = corners.min(axis=0) * _POINTS, corners.max(axis=0) * _POINTS
            yield from _parted(text, float(x0), float(y0), float(x1), float(y1))


def _parted(text: str, x0: float, y0: float, x1: float, y1: float) -> Iterator[Word]:
    """The words of a line; where each one stands follows from how many letters are before it."""
    step = (x1 - x0) / len(text)
    ends = [-1, *(at for at, letter in enumerate(text) if letter == " "), len(text)]
    for before, end in pairwise(ends):
        if end - before > 1:
            yield Word(text[before + 1 : end], x0 + step * (before + 1), y0, x0 + step * end, y1)
