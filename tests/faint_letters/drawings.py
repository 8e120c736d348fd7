"""What devices and people draw on pictures, and what is no text: callipers, rulers, lines, curves, grids, arrows, boxes."""

import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from faint_letters import SIDE
from leaks.grounds import Grey

Canvas = ImageDraw.ImageDraw
Draw = Callable[[Canvas, random.Random, int], None]


def draw_on(grey: Grey, chance: random.Random) -> None:
    """Draw one of them, in one grey."""
    canvas = Image.new("L", (SIDE, SIDE))
    chance.choice(_KINDS)(ImageDraw.Draw(canvas), chance, chance.choice((1, 1, 1, 2, 3)))
    if chance.random() < 0.2:
        canvas = canvas.transpose(Image.Transpose.ROTATE_90)
    ink = np.asarray(canvas, np.float32) / 255
    grey[...] = grey * (1 - ink) + chance.choice((0, 1, chance.random(), chance.random())) * ink


def _point(chance: random.Random) -> tuple[int, int]:
    return chance.randint(0, SIDE), chance.randint(0, SIDE)


def _corners(chance: random.Random) -> tuple[int, int, int, int]:
    (x0, y0), (x1, y1) = _point(chance), _point(chance)
    return min(x0, x1), min(y0, y1), max(x0, x1) + 2, max(y0, y1) + 2


def _crosses(canvas: Canvas, chance: random.Random, wide: int) -> None:
    for _ in range(chance.randint(1, 6)):
        (x, y), size, slant = _point(chance), chance.randint(3, 9), chance.randint(0, 1)
        canvas.line((x - size, y - size * slant, x + size, y + size * slant), fill=255, width=wide)
        canvas.line((x - size * slant, y + size, x + size * slant, y - size), fill=255, width=wide)


def _dots(canvas: Canvas, chance: random.Random, _wide: int) -> None:
    (x0, y0), (x1, y1), size = _point(chance), _point(chance), chance.choice((0, 1, 2))
    count = chance.randint(8, 60)
    for number in range(count):
        x, y = int(x0 + (x1 - x0) * number / count), int(y0 + (y1 - y0) * number / count)
        canvas.rectangle((x, y, x + size, y + size), fill=255)


def _lines(canvas: Canvas, chance: random.Random, wide: int) -> None:
    for _ in range(chance.randint(1, 4)):
        canvas.line((*_point(chance), *_point(chance)), fill=255, width=wide)


def _ruler(canvas: Canvas, chance: random.Random, wide: int) -> None:
    x, apart, size, often = chance.randint(4, SIDE - 12), chance.uniform(2.5, 24), chance.randint(2, 9), chance.choice((2, 5, 10))
    for number in range(int(SIDE / apart) + 1):
        long = size * (2 if number % often == 0 else 1)
        canvas.line((x, int(number * apart), x + long, int(number * apart)), fill=255, width=wide)
    if chance.random() < 0.5:
        canvas.line((x, 0, x, SIDE), fill=255, width=wide)


def _rings(canvas: Canvas, chance: random.Random, wide: int) -> None:
    for _ in range(chance.randint(1, 3)):
        canvas.ellipse(_corners(chance), outline=255, width=wide)


def _frame(canvas: Canvas, chance: random.Random, wide: int) -> None:
    canvas.rectangle(_corners(chance), outline=255, width=wide)


def _curve(canvas: Canvas, chance: random.Random, wide: int) -> None:
    """A heart's beats, as an electrocardiogram has them."""
    at = np.arange(SIDE)
    high = chance.uniform(20, SIDE - 20) + chance.uniform(2, 12) * np.sin(at * chance.uniform(0.02, 0.3))
    apart, size = chance.randint(18, 80), chance.uniform(5, 50)
    for beat in range(chance.randint(0, apart), SIDE, apart):
        high = (
            high
            - size * np.exp(-(((at - beat) / chance.uniform(1, 3)) ** 2))
            + 0.3 * size * np.exp(-(((at - beat - 5) / 2) ** 2))
        )
    canvas.line(list(zip(at.tolist(), high.tolist(), strict=True)), fill=255, width=wide)


def _grid(canvas: Canvas, chance: random.Random, _wide: int) -> None:
    apart = chance.randint(6, 40)
    for at in range(chance.randint(0, apart), SIDE, apart):
        canvas.line((at, 0, at, SIDE), fill=255)
        canvas.line((0, at, SIDE, at), fill=255)


def _arrow(canvas: Canvas, chance: random.Random, wide: int) -> None:
    (x, y), size = _point(chance), chance.randint(4, 14)
    corners = [(x, y), (x + size, y + chance.randint(-size, size)), (x + chance.randint(-size, size), y + size)]
    canvas.polygon(corners, fill=chance.choice((0, 255, 255)), outline=255)
    if chance.random() < 0.6:
        canvas.line((x, y, *_point(chance)), fill=255, width=wide)


def _blanked(canvas: Canvas, chance: random.Random, _wide: int) -> None:
    for _ in range(chance.randint(1, 3)):
        x, y = _point(chance)
        canvas.rectangle((x, y, x + chance.randint(3, 90), y + chance.randint(3, 40)), fill=255)


_KINDS: tuple[Draw, ...] = (_crosses, _dots, _lines, _ruler, _ruler, _rings, _frame, _curve, _grid, _arrow, _blanked)
