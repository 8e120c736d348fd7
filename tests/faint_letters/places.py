"""Where crops come from: parts of pictures that were made up or are real, as devices and viewers change them, and textures."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from faint_letters import SIDE, traces
from leaks import grounds
from leaks.grounds import Grey

Picture = NDArray[np.uint8]
_MADE_UP = ("chest", "breast", "joint", "fan", "body", "body")
_SECTORS = ((240, 320), (480, 640), (600, 800))
_LEAST_SIDE, _LEAST_DEVIATION = 64, 4
"""Pixels of the shorter side of a real picture that is of use, and the standard deviation of its greys."""


def made_up(count: int, seed: int) -> list[Picture]:
    """Pictures of every kind but ultrasound, which is made anew for each crop."""
    noise, pictures = np.random.default_rng(seed), []
    for number in range(count):
        rows = int(noise.integers(260, 1100))
        shape = rows, int(rows * noise.uniform(0.8, 1.25))
        pictures.append(_bytes(grounds.GROUNDS[_MADE_UP[number % len(_MADE_UP)]](noise, shape)))
    return pictures


def real(folder: Path) -> list[Picture]:
    """Pictures without text below a folder, in grey."""
    pictures = [np.asarray(Image.open(path).convert("L")) for path in sorted(folder.rglob("*.png"))]
    return [one for one in pictures if min(one.shape) >= _LEAST_SIDE and one.std() >= _LEAST_DEVIATION]


def _bytes(grey: Grey) -> Picture:
    return (np.clip(grey, 0, 1) * 255).astype("u1")


def _smaller(picture: Picture, times: int) -> Picture:
    """A picture so many times smaller, as large letters are looked for; where that is less than a crop, mirrored at its edges."""
    reduced = np.asarray(Image.fromarray(picture).reduce(times)) if times > 1 else picture
    missing = [max(0, SIDE - side) for side in reduced.shape]
    return np.pad(reduced, [(0, more) for more in missing], mode="symmetric") if any(missing) else reduced


class Places:
    """Crops without a word, grey from 0 to 1 (192, 192)."""

    def __init__(
        self, chance: random.Random, noise: np.random.Generator, made: Sequence[Picture], real: Sequence[Picture]
    ) -> None:
        self._chance, self._noise = chance, noise
        self._made, self._real = made, real or made

    def one(self) -> Grey:
        """Any of them."""
        kind = self._chance.choices(("sector", "made up", "real", "texture", "trace"), (17, 24, 36, 12, 11))[0]
        if kind == "trace":
            return self._grainy(traces.trace(self._chance, self._noise), 0.2, (0.004, 0.01))
        if kind == "texture":
            return np.clip(self._texture(), 0, 1).astype("f4")
        if kind == "real":
            return self._changed(self._cut(self._chance.choice(self._real), is_turned=True))
        picture = self._sector() if kind == "sector" else self._chance.choice(self._made)
        return self._changed(self._cut(picture, is_turned=False))

    def _sector(self) -> Picture:
        """An ultrasound sector, or what the brightest and the darkest values of a clip make of it."""
        chance, noise = self._chance, self._noise
        rows, columns = chance.choice(_SECTORS)
        if chance.random() < 0.5:
            rows, columns = int(rows * chance.uniform(0.8, 1.3)), int(columns * chance.uniform(0.8, 1.3))
        grey = grounds.fan(noise, (rows, columns))
        kind = chance.random()
        if kind < 0.3:
            frames = [np.roll(grey, turn, axis=0) * noise.uniform(0.9, 1.1) for turn in range(5)]
            grey = np.max(frames, axis=0) if kind < 0.15 else np.min(frames, axis=0)
        return _bytes(grey * noise.uniform(0.9, 1.1))

    def _cut(self, picture: Picture, *, is_turned: bool) -> Grey:
        """A part of a picture, larger or smaller than it is there; the right way up unless it `is_turned`."""
        chance = self._chance
        picture = _smaller(picture, chance.choices((1, 2, 4), (55, 25, 20))[0])
        zoom = 2 ** chance.uniform(-1, 1) if is_turned or chance.random() < 0.4 else 1.0
        wanted = min(int(np.ceil(SIDE / zoom)), *picture.shape)
        top, left = chance.randint(0, picture.shape[0] - wanted), chance.randint(0, picture.shape[1] - wanted)
        cut = picture[top : top + wanted, left : left + wanted]
        if wanted != SIDE:
            sampling = chance.choice((Image.Resampling.BICUBIC, Image.Resampling.BILINEAR))
            cut = np.asarray(Image.fromarray(cut).resize((SIDE, SIDE), sampling))
        cut = cut[:, ::-1] if chance.random() < 0.5 else cut
        return (np.rot90(cut, chance.randint(0, 3)) if is_turned else cut).astype("f4") / 255

    def _changed(self, grey: Grey) -> Grey:
        """As another window, another device or more noise would show it."""
        chance = self._chance
        if chance.random() < 0.3:
            grey = grey ** chance.uniform(0.5, 2)
        if chance.random() < 0.25:
            grey = chance.uniform(0, 0.3) + grey * chance.uniform(0.3, 1)
        if chance.random() < 0.1:
            grey = 1 - grey
        return np.clip(self._grainy(grey, 0.35, (0.004, 0.01, 0.02, 0.04)), 0, 1).astype("f4")

    def _grainy(self, grey: Grey, share: float, deviations: Sequence[float]) -> Grey:
        if self._chance.random() >= share:
            return grey
        return (grey + self._noise.standard_normal((SIDE, SIDE)) * self._chance.choice(deviations)).astype("f4")

    def _texture(self) -> Grey:
        chance = self._chance
        clouds = grounds.cloudy(self._noise, (SIDE, SIDE), chance.randint(2, 30))
        base = clouds * chance.uniform(0.1, 0.8) + chance.uniform(0, 0.4)
        kinds: tuple[Callable[[Grey], Grey], ...] = (
            self._speckled,
            self._striped,
            self._finely_clouded,
            self._in_steps,
            self._even,
            self._with_discs,
            self._coarse,
        )
        return self._grainy(chance.choice(kinds)(base), 0.4, (0.004, 0.01, 0.03))

    def _speckled(self, base: Grey) -> Grey:
        down, across = self._chance.uniform(1, 4), self._chance.uniform(1, 6)
        speckle = self._noise.rayleigh(0.8, (int(SIDE / down), int(SIDE / across))).astype("f4")
        return base * np.asarray(Image.fromarray(speckle).resize((SIDE, SIDE), Image.Resampling.BICUBIC))

    def _striped(self, base: Grey) -> Grey:
        chance, (down, across) = self._chance, np.mgrid[:SIDE, :SIDE]
        turn, often = chance.uniform(0, np.pi), chance.uniform(0.05, 1.2)
        waves = np.sin((down * np.sin(turn) + across * np.cos(turn)) * often + 3 * base)
        waves = waves if chance.random() < 0.5 else (waves > chance.uniform(-0.5, 0.8))
        return (base + chance.uniform(0.02, 0.25) * waves).astype("f4")

    def _finely_clouded(self, base: Grey) -> Grey:
        clouds = grounds.cloudy(self._noise, (SIDE, SIDE), self._chance.randint(20, 90))
        return (base + self._chance.uniform(0.05, 0.4) * (clouds - 0.5)).astype("f4")

    def _in_steps(self, base: Grey) -> Grey:
        steps = self._chance.randint(3, 24)
        return (np.round(base * steps) / steps).astype("f4")

    def _even(self, _base: Grey) -> Grey:
        grain = self._noise.standard_normal((SIDE, SIDE)) * self._chance.choice((0, 0, 0.01, 0.03, 0.06))
        return (self._chance.random() + grain).astype("f4")

    def _with_discs(self, base: Grey) -> Grey:
        chance, (down, across) = self._chance, np.mgrid[:SIDE, :SIDE]
        for _ in range(chance.randint(5, 60)):
            y, x, wide = chance.uniform(0, SIDE), chance.uniform(0, SIDE), chance.uniform(1.5, 20)
            is_in = (down - y) ** 2 + ((across - x) * chance.uniform(0.6, 1.5)) ** 2 < wide**2
            base = np.where(is_in, np.clip(base + chance.uniform(-0.4, 0.4), 0, 1), base)
        return base.astype("f4")

    def _coarse(self, base: Grey) -> Grey:
        """As of pixels that were enlarged."""
        side = self._chance.choice((2, 3, 4, 6, 8))
        few = self._noise.random((SIDE // side + 1, SIDE // side + 1)).astype("f4")
        blocks = np.kron(few, np.ones((side, side), "f4"))[:SIDE, :SIDE]
        return (base + self._chance.uniform(0.05, 0.6) * (blocks - 0.5)).astype("f4")
