"""How much burned-in text is found, by size, contrast, background and script, and how much of clean pictures is lost.

A text counts as found when nine tenths of its strokes are covered. The pictures come from a seed; the fonts are Pillow's
own and, for alphabets that it lacks, one of the system's.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from leaks.pictures import background
from radiary.dicom.text import reader

COVERED = 0.9
SIZES = (9, 12, 16, 24, 40)
CONTRASTS = (1.0, 0.5, 0.25)
BACKGROUNDS = ("black", "noise", "tissue", "ultrasound", "bright page", "white", "ribs", "scale")
SCRIPTS = {
    "capitals": "ABCDEFGHIKLMNOPRSTUVWZ",
    "small letters": "abcdefghiklmnoprstuvwz",
    "digits": "0123456789",
    "date": "0123456789",
    "accents": "éèüöäñçøåß",
    "Greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "Cyrillic": "бвгджзклмнпрстуфхцчшыэюя",
}
_SYSTEM_FONTS = ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "Arial.ttf", "NotoSans-Regular.ttf")
_SHAPE = (320, 256)
"""Columns and rows."""


@dataclass(frozen=True)
class Trial:
    """One text on one picture, and what share of its strokes was covered."""

    size: int
    contrast: float
    background: str
    script: str
    covered: float


def font(script: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont | None:
    """A font that has the script's letters; None where there is none."""
    if script not in ("Greek", "Cyrillic"):
        return ImageFont.load_default(size)
    for name in _SYSTEM_FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return None


def clean(kind: str, noise: np.random.Generator) -> NDArray[np.float64]:
    """A picture without text, 0 to 1."""
    columns, rows = _SHAPE
    if kind in ("black", "white"):
        return np.full((rows, columns), 0.0 if kind == "black" else 1.0)
    if kind == "noise":
        return np.clip(0.4 + 0.1 * noise.standard_normal((rows, columns)), 0, 1)
    found = background(noise, _SHAPE, is_fan=kind == "ultrasound", is_bright=kind == "bright page")
    y, x = np.mgrid[0:rows, 0:columns]
    if kind == "ribs":
        found += 0.35 * (np.sin((y + 0.002 * (x - columns / 2) ** 2) / noise.uniform(3, 7)) > 0.6)
    if kind == "scale":
        found[(x > columns - 14) & (y % 16 < 2)] = 1
        found[(y > rows - 10) & (x % 12 < 2)] = 1
    return np.clip(found, 0, 1)


def written(script: str, chance: random.Random) -> str:
    letters = SCRIPTS[script]
    if script == "date":
        return f"{chance.randrange(10, 29)}.{chance.randrange(10, 13)}.19{chance.randrange(10, 99)}"
    return "".join(chance.choice(letters) for _ in range(9))


def trial(size: int, contrast: float, kind: str, script: str, chance: random.Random) -> Trial | None:
    """Draw one text somewhere and look for it."""
    drawn_with = font(script, size)
    if drawn_with is None:
        return None
    picture = clean(kind, np.random.default_rng(chance.randrange(2**32)))
    words, mask = written(script, chance), Image.new("L", _SHAPE)
    _, _, right, bottom = (int(edge) for edge in drawn_with.getbbox(words))
    place = chance.randrange(4, max(5, _SHAPE[0] - right - 4)), chance.randrange(4, max(5, _SHAPE[1] - bottom - 4))
    ImageDraw.Draw(mask).text(place, words, fill=255, font=drawn_with)
    strokes = np.asarray(mask) > 110
    ground = float(picture[strokes].mean())
    picture[strokes] = ground + contrast * (1 - ground) if ground < 0.6 else ground * (1 - contrast)
    boxes = reader.possible_text((picture * 255).astype(np.uint8))
    return Trial(size, contrast, kind, script, float(covered(boxes, strokes.shape)[strokes].mean()))


def covered(boxes: Iterable[tuple[int, int, int, int]], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    mask = np.zeros(shape, dtype=bool)
    for x0, y0, x1, y1 in boxes:
        mask[y0 : y1 + 1, x0 : x1 + 1] = True
    return mask


def trials(seed: int, each: int) -> list[Trial]:
    """`each` texts of every size, contrast and background; scripts take turns."""
    chance, scripts = random.Random(seed), list(SCRIPTS)
    made = [
        trial(size, contrast, kind, scripts[(position + turn) % len(scripts)], chance)
        for turn in range(each)
        for position, (size, contrast, kind) in enumerate((s, c, b) for s in SIZES for c in CONTRASTS for b in BACKGROUNDS)
    ]
    return [one for one in made if one is not None]


def lost(seed: int, each: int) -> dict[str, float]:
    """Share of the area covered on pictures without text, by background."""
    noise = np.random.default_rng(seed)
    shares: dict[str, list[float]] = {}
    for kind in BACKGROUNDS:
        for _ in range(each):
            picture = (clean(kind, noise) * 255).astype(np.uint8)
            shares.setdefault(kind, []).append(float(covered(reader.possible_text(picture), picture.shape).mean()))
    return {kind: float(np.mean(ones)) for kind, ones in shares.items()}


def told(made: list[Trial], shares: dict[str, float]) -> str:
    """Recall by each property, in Markdown, then the area lost."""
    lines = []
    for name in ("size", "contrast", "background", "script"):
        lines += [f"| {name} | texts | found |", "|---|--:|--:|"]
        groups: dict[object, list[bool]] = {}
        for one in made:
            groups.setdefault(getattr(one, name), []).append(one.covered >= COVERED)
        lines += [f"| {value} | {len(hits)} | {np.mean(hits):.2f} |" for value, hits in groups.items()] + [""]
    lines += [f"recall: {np.mean([one.covered >= COVERED for one in made]):.3f} of {len(made)} texts", ""]
    lines += [
        "| background without text | area lost |",
        "|---|--:|",
        *(f"| {kind} | {share:.2%} |" for kind, share in shares.items()),
    ]
    return "\n".join([*lines, "", f"area lost: {np.mean(list(shares.values())):.2%}"])


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--each", type=int, default=5, help="texts of every size, contrast and background")
    given = asked.parse_args()
    began, spent = time.monotonic(), time.process_time()
    made, shares = trials(given.seed, given.each), lost(given.seed, 2 * given.each)
    pictures = len(made) + len(shares) * 2 * given.each
    print(told(made, shares))
    seconds = (time.process_time() - spent) / pictures
    print(f"\nseed {given.seed}: {pictures} pictures, {seconds:.2f} s of CPU each, {time.monotonic() - began:.0f} s")
    absent = sorted(set(SCRIPTS) - {one.script for one in made})
    if absent:
        print(f"no font here for: {', '.join(absent)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
