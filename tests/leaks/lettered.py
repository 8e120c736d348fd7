"""Words in many scripts and directions, drawn as maps of ink; strokes of our own stand for scripts that nobody can read."""

import random
from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Ink = NDArray[np.float32]
"""How much of each pixel is ink, 0 to 1 (rows, columns)."""

SCRIPTS = {
    "Latin": "ABCDEFGHIJKLMNOPRSTUVWZabcdefghiklmnoprstuvwzéüñ",
    "digits": "0123456789",
    "Cyrillic": "БВГДЖЗИЙКЛМНПСТУФХЦЧШЫЭЮЯбвгджзиклмнпстуфхцчшыэюя",
    "Greek": "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΠΡΣΤΦΨΩαβγδεζηθικλμνξπρστυφχψω",
    "Arabic": "ابتجحدرسشصطعفقكلمنهوي",
    "Hebrew": "אבגדהזחטילמנסעפצקרשת",
    "Thai": "กขคงจชซดตทนบปพมยรลวสหอ",
    "Korean": "김이박최정강조윤장임한오서신권황안송류홍",
    "Chinese": "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗",
    "Japanese": "さとうすずきたかはしかなわなべいもまやだらノカネシ",
    "strange signs": "",
}
"""`strange signs` are no script: strokes in the density of Thai or Chinese that no reader knows."""
DIRECTIONS = ("0", "90", "180", "270", "mirrored", "stacked", "slanted")
SLANT = 15
"""Degrees."""
_FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSerif.ttf", "DejaVuSansMono.ttf", "LiberationSans-Regular.ttf")
_OTHERS = ("NotoSansCJK-Regular.ttc", "NotoSansThai-Regular.ttf", "Arial.ttf", "NotoSans-Regular.ttf")
_LETTERS = (4, 10)
_PROBES = 4
"""Letters that have to look different from each other: a font without them draws one box for all."""


@cache
def fonts(script: str) -> tuple[str, ...]:
    """Files of fonts on this machine that have a script's letters."""
    return tuple(name for name in (*_FILES, *_OTHERS) if _has(name, SCRIPTS[script][:_PROBES]))


def _has(name: str, letters: str) -> bool:
    try:
        font = ImageFont.truetype(name, 24)
    except OSError:
        return False
    return len({bytes(font.getmask(letter)) for letter in (*letters, "\U0010fffe")}) == len(letters) + 1


def measured() -> list[str]:
    """The scripts that can be drawn here."""
    return [script for script, letters in SCRIPTS.items() if not letters or fonts(script)]


def word(script: str, chance: random.Random) -> str:
    """A name or a number; spaces are where strange signs stand."""
    letters = SCRIPTS[script] or " "
    return "".join(chance.choice(letters) for _ in range(chance.randint(*_LETTERS)))


def drawn(script: str, size: int, direction: str, chance: random.Random, room: tuple[int, int]) -> Ink:
    """A word with letters for `size` pixels, in a direction, as large as it is; it is made to fit into `room` (rows, columns)."""
    words = word(script, chance)
    name = chance.choice(fonts(script)) if SCRIPTS[script] else ""
    seed = chance.randrange(2**32)
    while True:
        ink = _directed(words, name, size, direction, seed)
        if ink.shape[0] <= room[0] and ink.shape[1] <= room[1]:
            return ink
        words, size = (words[:-1], size) if len(words) > _LETTERS[0] - 1 else (words, int(size * 0.9))


def _directed(words: str, name: str, size: int, direction: str, seed: int) -> Ink:
    if direction == "stacked":
        return stacked(words, name, size, seed)
    drawn_line = line(words, name, size, seed)
    if direction == "slanted":
        picture = Image.fromarray((drawn_line * 255).astype("u1"))
        return _trimmed(np.asarray(picture.rotate(SLANT, Image.Resampling.BICUBIC, expand=True), np.float32) / 255)
    turned: dict[str, Callable[[Ink], Ink]] = {
        "90": np.rot90,
        "180": lambda one: np.rot90(one, 2),
        "270": lambda one: np.rot90(one, 3),
    }
    return np.fliplr(drawn_line) if direction == "mirrored" else turned.get(direction, lambda one: one)(drawn_line)


def stacked(words: str, name: str, size: int, seed: int) -> Ink:
    """Letters one below the other, in the font of a file."""
    letters = [line(letter, name, size, seed + place) for place, letter in enumerate(words)]
    wide = max(letter.shape[1] for letter in letters)
    gap = max(1, size // 6)
    rows = []
    for letter in letters:
        left = (wide - letter.shape[1]) // 2
        rows.append(np.pad(letter, ((0, gap), (left, wide - letter.shape[1] - left))))
    return np.concatenate(rows)


def line(words: str, name: str, size: int, seed: int) -> Ink:
    """A line of letters, in the font of a file; without one, strange signs."""
    if not name:
        return strange(len(words), size, seed)
    font = ImageFont.truetype(name, size)
    left, top, right, bottom = (int(edge) for edge in font.getbbox(words))
    picture = Image.new("L", (max(1, right - left + 2), max(1, bottom - top + 2)))
    ImageDraw.Draw(picture).text((1 - left, 1 - top), words, fill=255, font=font)
    return _trimmed(np.asarray(picture, np.float32) / 255)


def strange(letters: int, size: int, seed: int) -> Ink:
    """Signs of three to six strokes each, straight ones and bows, in a square."""
    chance = random.Random(seed)
    large = 4 * size
    picture = Image.new("L", (letters * large, large))
    draw, wide = ImageDraw.Draw(picture), max(3, large // 11)
    for place in range(letters):
        for _ in range(chance.randint(3, 6)):
            x, y = place * large + chance.uniform(0.08, 0.45) * large, chance.uniform(0.08, 0.8) * large
            along, down = chance.choice(((0.45, 0), (0, 0.5), (0.35, 0.35), (0.35, -0.3)))
            end = x + along * large, min(large - wide, max(wide, y + down * large))
            if chance.random() < 0.25:
                draw.arc(
                    (x, y, x + 0.4 * large, min(large - 1, y + 0.4 * large)),
                    0,
                    chance.choice((180, 270, 360)),
                    fill=255,
                    width=wide,
                )
            else:
                draw.line((x, y, *end), fill=255, width=wide)
    small = picture.resize((letters * size, size), Image.Resampling.BOX)
    return _trimmed(np.asarray(small, np.float32) / 255)


def _trimmed(ink: Ink) -> Ink:
    """Without the empty rows and columns around."""
    rows, columns = np.flatnonzero(ink.max(axis=1) > 0.05), np.flatnonzero(ink.max(axis=0) > 0.05)
    if not len(rows):
        return np.ones((1, 1), np.float32)
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
