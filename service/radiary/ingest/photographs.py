"""Photographs of letters: taken in folders of papers alone, held as they are, dated by when they were taken."""

from dataclasses import replace

from radiary.dicom.render import photographs
from radiary.documents import kinds, paper
from radiary.documents.pdf import PagePicture
from radiary.documents.reading import Reading
from radiary.documents.signature import HEAD, looks_like_photograph
from radiary.model.errors import DamagedPhotograph

NAME = "photograph"
"""What a photograph is called on the shelf, whatever it was called."""
_LEAST = 400
"""Pixels of the longer side of a photograph of a letter; smaller ones are signs and buttons."""
_SHORT = 300
"""Pixels to which one is made smaller to see whether it is whole."""
_LONG_SIDE = 11.7
"""Inches of a sheet's longer side, which a photograph is taken to show."""


def are(data: bytes) -> bool:
    """Whether these bytes are a photograph's."""
    return looks_like_photograph(data[:HEAD])


def seen(content: bytes, *, is_all: bool) -> tuple[str, Reading] | None:
    """What a photograph is called on the shelf, and what is known of it; None of one that is no letter's.

    Raises DamagedPhotograph for one that is all of an export.
    """
    about = photographs.about(content)
    if about is not None and max(about.columns, about.rows) < _LEAST:
        return None
    if about is None or photographs.grey(content, _SHORT) is None:
        if is_all:
            raise DamagedPhotograph
        return None
    return f"{NAME}.{about.form}", Reading(kind=kinds.UNSURE, day=about.day, pages=1, is_scan=True)


def picture(data: bytes, resolution: int) -> PagePicture:
    """A photograph as a page of so many pixels an inch. Raises DamagedPhotograph."""
    grey = photographs.grey(data, round(_LONG_SIDE * resolution))
    if grey is None:
        raise DamagedPhotograph
    return PagePicture(grey.columns, grey.rows, grey.values)


def unread(data: bytes, seconds: float) -> Reading:
    """What is known of a photograph before a reader of text looked at it. Raises DamagedPhotograph."""
    with paper.bounds(seconds):
        known = seen(data, is_all=True)
    return known[1] if known else Reading(kind=kinds.UNSURE, pages=1, is_scan=True)


def dated(read: Reading, unread: Reading) -> Reading:
    """A reading of its text; where that says no date, and no value either that would be of another day, when it was taken."""
    return replace(read, day=unread.day) if read.day is None and not read.values else read
