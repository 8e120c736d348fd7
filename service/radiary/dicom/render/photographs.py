"""A photograph (JPEG or PNG): how large it is, when it was taken, and its pixels as they are seen. For workers only.

Nothing of what else such a file says, such as where it was taken, goes any further.
"""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Literal

from PIL import Image, ImageOps

Image.MAX_IMAGE_PIXELS = None  # `_MOST` is the limit: a larger one is told of, not raised as an error of the library's own
_FORMATS = ("JPEG", "PNG")
_MOST = {"JPEG": 120_000_000, "PNG": 40_000_000}
"""Pixels of a photograph that is read; a JPEG is made smaller while it is."""
_EXIF, _TAKEN = 0x8769, 0x9003
"""The part of EXIF that tells of the shot, and in it DateTimeOriginal."""
_ODD = (OSError, ValueError, SyntaxError, KeyError, TypeError, IndexError, EOFError, ZeroDivisionError, AttributeError)
"""What the library raises for a file that is damaged, or odd."""


@dataclass(frozen=True)
class Photograph:
    """What its head says; `day` is when it was taken, where that is told."""

    form: Literal["jpg", "png"]
    columns: int
    rows: int
    day: date | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Grey:
    """Columns, rows and grey values, upright."""

    columns: int
    rows: int
    values: bytes = field(repr=False)


def about(data: bytes) -> Photograph | None:
    """What a file's head says; None of one that is no photograph, is damaged there, or too large."""
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            form: Literal["jpg", "png"] = "jpg" if image.format == "JPEG" else "png"
            columns, rows = image.size
            return Photograph(form, columns, rows=rows, day=_day(image)) if columns * rows <= _MOST[image.format or ""] else None
    except _ODD:
        return None


def grey(data: bytes, longest: int) -> Grey | None:
    """Its pixels, no side longer than `longest`; None of what `about` does not know, and of one whose end is missing."""
    if about(data) is None:
        return None
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            image.draft("L", (longest, longest))
            upright = ImageOps.exif_transpose(_plain(image))
            upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
            return Grey(upright.width, upright.height, upright.tobytes())
    except _ODD:
        return None


def _plain(image: Image.Image) -> Image.Image:
    """In grey, on white where it is transparent; how it is turned stays known."""
    turned = image.getexif().get(0x0112)
    if image.mode in ("RGBA", "LA", "P", "PA"):
        shown = image.convert("RGBA")
        plain = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("L")
    elif image.mode.startswith("I"):  # 16 bits
        plain = image.point(lambda value: value / 256).convert("L")
    else:
        plain = image.convert("L")
    plain.getexif()[0x0112] = turned or 1
    return plain


def _day(image: Image.Image) -> date | None:
    """The day of DateTimeOriginal, 2024:03:05 08:10:00."""
    try:
        told = str(image.getexif().get_ifd(_EXIF).get(_TAKEN, ""))
        return date(int(told[:4]), int(told[5:7]), int(told[8:10]))
    except _ODD:
        return None
