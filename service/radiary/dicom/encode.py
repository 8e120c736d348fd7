"""Pixels → PNG and JPEG bytes. No text chunk, no time, no profile: the same pixels always give the same bytes."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def png(picture: NDArray[np.uint8]) -> bytes:
    """A PNG of 8-bit grey (rows, columns) or RGB (rows, columns, 3)."""
    written = BytesIO()
    Image.fromarray(np.ascontiguousarray(picture)).save(written, "PNG", compress_level=1)
    return written.getvalue()


def resized(picture: NDArray[np.uint8], rows: int, columns: int) -> NDArray[np.uint8]:
    """A picture of another size, smooth between its pixels."""
    return np.array(Image.fromarray(np.ascontiguousarray(picture)).resize((columns, rows), Image.Resampling.BICUBIC))


def opened(picture: bytes) -> NDArray[np.uint8]:
    """The pixels of a PNG: 8-bit grey (rows, columns) or RGB (rows, columns, 3). Raises OSError."""
    with Image.open(BytesIO(picture)) as found:
        return np.array(found if found.mode == "L" else found.convert("RGB"))


def jpeg(picture: bytes, longest: int) -> bytes | None:
    """A JPEG of a picture's bytes, no side longer than `longest` pixels; None for a damaged picture."""
    try:
        with Image.open(BytesIO(picture)) as opened:
            smaller = opened.convert("RGB" if opened.mode != "L" else "L")
    except (OSError, ValueError, SyntaxError):
        return None
    smaller.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    written = BytesIO()
    smaller.save(written, "JPEG", quality=88, optimize=True)
    return written.getvalue()
