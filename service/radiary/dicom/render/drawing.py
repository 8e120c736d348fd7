"""Lines and words on a sheet."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]


def inside(corners: Sequence[tuple[int, int]], rows: int, columns: int) -> NDArray[np.bool_]:
    """Which pixels (rows, columns) lie in the polygon through corners (x, y), its edge included."""
    mask = Image.new("1", (columns, rows))
    ImageDraw.Draw(mask).polygon(list(corners), fill=1, outline=1)
    return np.array(mask)


class Sheet:
    """A coloured sheet of `width` × `height` pixels."""

    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self.width, self.height = width, height
        self._image = Image.new("RGB", (width, height), ground)
        self._draw = ImageDraw.Draw(self._image)

    def line(self, points: Sequence[tuple[float, float]] | NDArray[np.float64], colour: Colour) -> None:
        """Draw through points (x, y)."""
        self._draw.line([(float(x), float(y)) for x, y in points], fill=colour)

    def text(self, x: int, y: int, words: str, colour: Colour, size: int = 14) -> None:
        """Write with the upper left corner at (x, y), in letters of `size` pixels."""
        self._draw.text((x, y), words, fill=colour, font=ImageFont.load_default(size))

    def paste(self, x: int, y: int, picture: NDArray[np.uint8]) -> None:
        """Lay a picture, grey or RGB, with its upper left corner at (x, y)."""
        self._image.paste(Image.fromarray(picture), (x, y))

    @property
    def picture(self) -> NDArray[np.uint8]:
        """RGB (rows, columns, 3)."""
        return np.array(self._image)
