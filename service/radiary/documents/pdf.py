"""The door to pypdfium2: a PDF's bytes → its letters with boxes, and its pages as pictures. For workers only.

What reads here may hang, or take more memory than there is: it runs where a process can be ended (`workers`).
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from radiary.documents.page_words import Letter
from radiary.documents.reading import Box
from radiary.model.errors import DamagedPaper, LockedPaper

MOST_PAGES = 200
"""Pages that are read of a document; those behind them are only counted."""
MOST_LETTERS = 30_000
"""Letters that are read of a page."""
_LARGEST = 3_600
"""Pixels of a page's longer side, however large the page says it is."""
_GRID = 100_000
"""Steps in which a place on a page is told."""
_HYPHEN = 2
"""What the library gives for the hyphen of a word that goes on in the next line."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size in points, and its letters."""

    width: float
    height: float
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as it is seen: columns, rows and grey values."""

    columns: int
    rows: int
    values: bytes


def sheets(data: bytes, passwords: Sequence[str], tick: Callable[[], None], *, most: int = MOST_PAGES) -> tuple[int, list[Sheet]]:
    """How many pages a PDF has, and the first ones. Raises DamagedPaper and LockedPaper."""
    with _opened(data, passwords) as document:
        count = len(document)
        return count, [_sheet(document, number, tick) for number in range(min(count, most))]


def picture(data: bytes, number: int, passwords: Sequence[str], resolution: int) -> PagePicture:
    """A page with its forms filled in, of `resolution` pixels an inch. Raises DamagedPaper and LockedPaper."""
    with _opened(data, passwords) as document:
        page = document[number]
        longer = max(*page.get_size(), 1.0)
        bitmap = page.render(scale=min(resolution / 72, _LARGEST / longer), grayscale=True, may_draw_forms=True)
        width, height, stride, whole = bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer)
        return PagePicture(width, height, b"".join(whole[row * stride : row * stride + width] for row in range(height)))


def sheet(data: bytes, number: int, passwords: Sequence[str]) -> Sheet:
    """One page. Raises DamagedPaper and LockedPaper."""
    with _opened(data, passwords) as document:
        return _sheet(document, number, lambda: None)


def size(data: bytes, number: int, passwords: Sequence[str]) -> tuple[float, float]:
    """How wide and high a page is, in points. Raises DamagedPaper and LockedPaper."""
    with _opened(data, passwords) as document:
        width, height = document[number].get_size()
        return max(width, 1.0), max(height, 1.0)


def places(data: bytes, number: int, passwords: Sequence[str], *, boxes: Sequence[Box]) -> list[Box]:
    """Where boxes of a page's letters are seen, in shares (0 to 1) of its picture. Raises DamagedPaper and LockedPaper."""
    with _opened(data, passwords) as document:
        page = document[number]
        corners = [(_seen(page, x0, -y0), _seen(page, x1, -y1)) for x0, y0, x1, y1 in boxes]
    return [(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in corners]


def _seen(page: Any, x: float, y: float) -> tuple[float, float]:
    """A point of a page in shares of its picture, whatever turn or cut the page says of itself."""
    import ctypes

    from pypdfium2 import raw

    column, row = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, _GRID, _GRID, 0, x, y, ctypes.byref(column), ctypes.byref(row))
    return column.value / _GRID, row.value / _GRID


@contextlib.contextmanager
def _opened(data: bytes, passwords: Sequence[str]) -> Iterator[Any]:
    """A document with the first password that opens it, none being the first. Raises DamagedPaper and LockedPaper."""
    import pypdfium2  # only workers read papers: the idle service is without it

    document = None
    for password in (None, *passwords):
        try:
            document = pypdfium2.PdfDocument(data, password=password)
            break
        except pypdfium2.PdfiumError as error:
            if error.err_code != pypdfium2.raw.FPDF_ERR_PASSWORD:
                raise DamagedPaper from None
    if document is None:
        raise LockedPaper
    try:
        if not len(document):
            raise DamagedPaper
        if document.get_formtype() != pypdfium2.raw.FORMTYPE_NONE:
            document.init_forms()
        yield document
    except pypdfium2.PdfiumError:
        raise DamagedPaper from None
    finally:
        document.close()


def _sheet(document: Any, number: int, tick: Callable[[], None]) -> Sheet:
    import pypdfium2
    from pypdfium2 import raw

    tick()
    try:
        page = document[number]
        if page.formenv and page.flatten() == raw.FLATTEN_SUCCESS:  # what was filled into a form
            page = document[number]
        text = page.get_textpage()
        width, height = page.get_size()
    except pypdfium2.PdfiumError:
        return Sheet(0, 0, ())  # one damaged page costs the others nothing
    return Sheet(width, height, tuple(_letters(text)))


def _letters(text: Any) -> Iterator[Letter]:
    """Each letter with the box of its line's height; a space and the end of a line are letters, too."""
    import ctypes
    import math

    from pypdfium2 import raw

    box = raw.FS_RECTF()
    place = ctypes.byref(box)
    for index in range(min(raw.FPDFText_CountChars(text), MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(text, index)
        if code <= 32 and code != _HYPHEN:
            yield Letter(" ", 0, 0, 0, 0)
        elif raw.FPDFText_GetLooseCharBox(text, index, place):
            turns = round(raw.FPDFText_GetCharAngle(text, index) / (math.pi / 2)) % 4
            yield Letter("-" if code == _HYPHEN else chr(code), box.left, -box.top, box.right, -box.bottom, turns)
