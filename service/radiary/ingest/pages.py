"""A page of a paper as a picture, be the paper a PDF or a photograph. For workers only."""

from collections.abc import Sequence

from radiary.documents import page_view, pdf
from radiary.documents.page_view import RESOLUTION, Line
from radiary.documents.pdf import PagePicture
from radiary.documents.reading import Box
from radiary.ingest import photographs


def picture(data: bytes, number: int, passwords: Sequence[str], resolution: int) -> PagePicture:
    """A page (from 0) of so many pixels an inch. Raises DamagedPaper, DamagedPhotograph and LockedPaper."""
    return photographs.picture(data, resolution) if photographs.are(data) else pdf.picture(data, number, passwords, resolution)


def lines(data: bytes, number: int, passwords: Sequence[str]) -> list[Line]:
    """The lines of letters of a page: a photograph has none. Raises DamagedPaper and LockedPaper."""
    return [] if photographs.are(data) else page_view.lines(data, number, passwords)


def view(
    data: bytes, number: int, passwords: Sequence[str], boxes: Sequence[Box], *, is_scan: bool
) -> tuple[PagePicture, list[Box]]:
    """A page as it is looked at, and boxes of what was read on it in shares of that. Raises what `picture` does."""
    if not photographs.are(data):
        return page_view.view(data, number, passwords, boxes, is_scan=is_scan)
    seen = photographs.picture(data, RESOLUTION)
    wide, high = seen.columns * 72 / RESOLUTION, seen.rows * 72 / RESOLUTION
    return seen, [(x0 / wide, y0 / high, x1 / wide, y1 / high) for x0, y0, x1, y1 in boxes]
