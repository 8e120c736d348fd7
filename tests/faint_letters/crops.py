"""Crops for training: a place, what is drawn on it, words, and what of it the network is to say."""

import random
from io import BytesIO
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from faint_letters import SIDE, drawings, words
from faint_letters.places import Picture, Places
from faint_letters.words import Fonts
from leaks.grounds import Grey
from leaks.lettered import Ink

CELL = 4
_SIZES = (8, 30)
"""Pixels of letters."""
_CONTRASTS = (20, 255)
_HARD, _SMALL, _FAINT = 0.6, (8, 13), (22, 50)
"""The share of words that are small and faint, their pixels and their contrasts: such are missed most."""
_LEAST_STEP = 15 / 255
"""What is fainter than this nobody sees."""
_ROOM = 6
"""Pixels around a word in which nothing is asked."""
_INKED = 0.6


class Crop(NamedTuple):
    """Greys (192, 192); for each square (48, 48) whether it lies in a word, and whether that is asked."""

    values: Picture
    is_word: NDArray[np.bool_]
    is_asked: NDArray[np.bool_]


class Crops:
    """As many as are wanted."""

    def __init__(self, seed: int, made: list[Picture], real: list[Picture], fonts: Fonts) -> None:
        self._chance, self._noise, self._fonts = random.Random(seed), np.random.default_rng(seed), fonts
        self._places = Places(self._chance, self._noise, made, real)

    def one(self) -> Crop:
        """The next one."""
        chance = self._chance
        grey, is_word, is_unasked = self._places.one().copy(), np.zeros((SIDE, SIDE), bool), np.zeros((SIDE, SIDE), bool)
        for _ in range(chance.choice((0, 0, 0, 1, 1, 2))):
            drawings.draw_on(grey, chance)
        for _ in range(chance.choice((1, 1, 1, 2, 3)) if chance.random() < 0.6 else 0):
            self._write(grey, is_word, is_unasked)
        if chance.random() < 0.08:
            grey = grey + self._noise.standard_normal((SIDE, SIDE)) * chance.choice((0.005, 0.01, 0.02))
        share = _squares(is_word)
        is_unasked_there = (_squares(is_unasked) > 0) | (share > 0.1)
        return Crop(self._stored(grey), share >= 0.5, (share >= 0.5) | ~is_unasked_there)

    def _write(self, grey: Grey, is_word: NDArray[np.bool_], is_unasked: NDArray[np.bool_]) -> None:
        """A word where none stands yet; nothing is asked around it. One or two letters, which may be a marker, are none."""
        chance = self._chance
        is_few, is_hard = chance.random() < 0.1, chance.random() < _HARD
        size = int(np.exp(chance.uniform(*np.log(_SMALL if is_hard else _SIZES))))
        ink, place = (one[: SIDE - 4, : SIDE - 4] for one in words.word(chance, self._fonts, size, is_few=is_few))
        rows, columns = ink.shape
        top, left = chance.randint(0, SIDE - rows), chance.randint(0, SIDE - columns)
        there = slice(top, top + rows), slice(left, left + columns)
        around = slice(max(0, top - _ROOM), top + rows + _ROOM), slice(max(0, left - _ROOM), left + columns + _ROOM)
        if is_word[around].any():
            return
        self._stamp(grey[there], ink, _FAINT if is_hard else _CONTRASTS)
        if not is_few:
            is_unasked[around] = True
            is_word[there], is_unasked[there] = place > 0.5, place <= 0.5

    def _stamp(self, part: Grey, ink: Ink, contrasts: tuple[int, int]) -> None:
        """Write in one grey, by a step darker or brighter than what is there."""
        chance, way = self._chance, self._chance.random()
        step = float(np.exp(chance.uniform(*np.log(contrasts)))) / 255
        if way < 0.08:
            ink = _filtered(ink, ImageFilter.GaussianBlur(chance.uniform(0.3, 0.9)))
        elif way > 0.95:
            part[...] = chance.choice((0, float(part.mean()), 1, chance.random()))
        elif way > 0.9:
            outline = _filtered(ink, ImageFilter.MaxFilter(3))
            part[...] = part * (1 - outline) + outline * chance.choice((0, 0, 1))
        mean = float(part[ink > _INKED].mean()) if (ink > _INKED).any() else float(part.mean())
        is_up = (mean + step <= 1.02 or mean < step) != (chance.random() < 0.15)
        shade = float(np.clip(mean + step if is_up else mean - step, 0, 1))
        if abs(shade - mean) < _LEAST_STEP:
            shade = float(np.clip(mean + step if mean < 0.5 else mean - step, 0, 1))
        if chance.random() < 0.08:  # seen through
            part[...] = np.clip(part + (shade - mean) * ink, 0, 1)
        else:
            part[...] = part * (1 - ink) + shade * ink

    def _stored(self, grey: Grey) -> Picture:
        values = (np.clip(grey, 0, 1) * 255 + self._chance.choice((0, 0.5))).astype("u1")
        if self._chance.random() >= 0.1:
            return values
        coded = BytesIO()
        Image.fromarray(values).save(coded, "JPEG", quality=self._chance.randint(60, 97))
        return np.asarray(Image.open(coded))


def _filtered(ink: Ink, kind: ImageFilter.Filter) -> Ink:
    return np.asarray(Image.fromarray((ink * 255).astype("u1")).filter(kind), np.float32) / 255


def _squares(is_set: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The share of each square that is set."""
    side = SIDE // CELL
    return is_set.reshape(side, CELL, side, CELL).mean(axis=(1, 3))
