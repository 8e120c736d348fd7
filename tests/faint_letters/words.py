"""Words to be found: in every script that the fonts at hand have, in any direction, as ink and as the place that they take."""

import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageFont

from leaks import lettered
from leaks.lettered import Ink

Fonts = Mapping[str, Sequence[str]]
"""Files of fonts by script."""
_DIRECTIONS = {"0": 5.0, "90": 2.0, "180": 1.5, "270": 2.0, "mirrored": 1.5, "stacked": 2.0, "slanted": 2.5}
_LETTERS, _FEW, _MOST_STACKED = (3, 11), (1, 2), 7
_STRANGE = "strange signs"
_MISSED = "Arabic", "Thai", _STRANGE
"""Scripts of which more are missed than of others: they come twice as often."""
_BETWEEN = (" ", " ", ".", "-", "/", "^", ", ", ":")
_MOST_SLANTED = 25.0
"""Degrees."""


def fonts(folders: Sequence[Path]) -> Fonts:
    """The fonts below some folders, by the scripts of which they have letters."""
    paths = [path for folder in folders for ending in ("ttf", "ttc", "otf") for path in sorted(folder.rglob(f"*.{ending}"))]
    plain = [str(path) for path in paths if not any(odd in path.name for odd in ("Symbol", "Math", "Emoji"))]
    scripts = ((script, letters[:4]) for script, letters in lettered.SCRIPTS.items() if letters)
    return {script: found for script, letters in scripts if (found := [path for path in plain if _has(path, letters)])}


def _has(path: str, letters: str) -> bool:
    try:
        font = ImageFont.truetype(path, 24)
        return len({bytes(font.getmask(letter)) for letter in (*letters, "\U0010fffe")}) == len(letters) + 1
    except OSError:
        return False


def word(chance: random.Random, known: Fonts, size: int, *, is_few: bool) -> tuple[Ink, Ink]:
    """The ink of a word with letters for `size` pixels, and where it stands; `is_few`: one or two letters, as markers have."""
    script = chance.choice(["Latin", "Latin", "Latin", "digits", "digits", *known, *_MISSED, _STRANGE])
    count = chance.randint(*(_FEW if is_few else _LETTERS))
    direction = chance.choices(list(_DIRECTIONS), list(_DIRECTIONS.values()))[0]
    if script == _STRANGE:
        ink = lettered.strange(count, size, chance.randrange(2**32))
    else:
        text, font = _text(chance, script, count), chance.choice(known[script])
        if direction == "stacked" and count <= _MOST_STACKED:
            ink = lettered.stacked(text.replace(" ", ""), font, size, 0)
            return ink, np.ones_like(ink)
        ink = lettered.line(text, font, size, 0)
        ink = (ink > 0.5).astype("f4") if chance.random() < 0.1 else ink
    turned = _turning(direction, chance)
    return turned(ink), turned(np.ones_like(ink))


def _turning(direction: str, chance: random.Random) -> Callable[[Ink], Ink]:
    if direction == "slanted":
        degrees = chance.choice((lettered.SLANT, -lettered.SLANT, chance.uniform(-_MOST_SLANTED, _MOST_SLANTED)))
        return lambda one: _slanted(one, degrees)
    if direction == "mirrored":
        return np.fliplr
    quarters = {"90": 1, "180": 2, "270": 3}.get(direction, 0)
    return lambda one: np.rot90(one, quarters)


def _slanted(ink: Ink, degrees: float) -> Ink:
    picture = Image.fromarray((ink * 255).astype("u1"))
    return np.asarray(picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True), np.float32) / 255


def _text(chance: random.Random, script: str, count: int) -> str:
    text = "".join(chance.choice(lettered.SCRIPTS[script]) for _ in range(count))
    if script not in ("Latin", "digits"):
        return text
    if count > 5 and chance.random() < 0.5:
        at = chance.randint(2, count - 2)
        text = text[:at] + chance.choice(_BETWEEN) + text[at:]
    changes: tuple[Callable[[str], str], ...] = (str, str, str.upper, str.title)
    return chance.choice(changes)(text)
