"""What ultrasound devices draw over time, without a word: Doppler spectra, M-mode, and curves of heart and breath."""

import random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from faint_letters import SIDE
from leaks.grounds import Grey

_AT_ONCE = 0.6
"""The share of crops that one kind fills; of the others it fills a part, above or below another."""


def trace(chance: random.Random, noise: np.random.Generator) -> Grey:
    """Greys from 0 to 1 (192, 192) of one kind or two."""
    kinds = (_spectrum, _spectrum, _movement, _curves)
    grey = chance.choice(kinds)(chance, noise)
    if chance.random() > _AT_ONCE:
        cut = chance.randint(SIDE // 5, SIDE * 4 // 5)
        grey = np.concatenate((grey[:cut], chance.choice((*kinds, _nothing))(chance, noise)[cut:]))
    return np.clip(grey, 0, 1).astype("f4")


def _nothing(chance: random.Random, _noise: np.random.Generator) -> Grey:
    return np.full((SIDE, SIDE), chance.choice((0, 0, 0.05)), "f4")


def _beating(chance: random.Random, noise: np.random.Generator) -> NDArray[np.float64]:
    """Some waves of one form, -1 to 1, as long and as high as hearts make them, for each column."""
    apart, at = chance.uniform(9, 220), np.arange(SIDE) + chance.uniform(0, 300)
    drift = np.cumsum(noise.normal(0, 0.01, SIDE))
    phase = (at / apart + drift) % 1
    bumps = [(chance.random(), chance.uniform(0.02, 0.2), chance.uniform(-1, 1)) for _ in range(chance.randint(1, 5))]
    form = sum(high * np.exp(-((((phase - middle + 0.5) % 1 - 0.5) / wide) ** 2)) for middle, wide, high in bumps)
    if chance.random() < 0.4:  # fast up, slowly down
        form = form + chance.choice((-1, 1)) * np.minimum(
            phase / chance.uniform(0.04, 0.3), np.exp(-phase * chance.uniform(0.5, 5))
        )
    if chance.random() < 0.15:  # vessels' flow goes on
        form = form + chance.uniform(-1, 1)
    beats: NDArray[np.float64] = form / max(0.2, float(np.abs(form).max()))
    return beats * (1 + noise.normal(0, 0.06, int(SIDE / apart) + 8)[((at / apart) % 8).astype(int)])


def _speckle(chance: random.Random, noise: np.random.Generator, finest: float) -> Grey:
    down, across = chance.uniform(1, 2.5), chance.uniform(finest, 4)
    grain = noise.rayleigh(chance.uniform(0.5, 0.8), (int(SIDE / down), int(SIDE / across))).astype("f4")
    return np.asarray(Image.fromarray(grain).resize((SIDE, SIDE), Image.Resampling.BICUBIC))


def _spectrum(chance: random.Random, noise: np.random.Generator) -> Grey:
    """Speckle between a line of no flow and the fastest; hollow, full, or aliased; sometimes an outline around it."""
    beats, rows = _beating(chance, noise), np.arange(SIDE)[:, None]
    base, high = chance.uniform(0, SIDE), chance.uniform(12, 220)
    edge = base - beats * high
    away = (rows - base) / np.where(np.abs(edge - base) < 1, 1e9, edge - base)
    hollow, soft = chance.choice((0, 0, 0.4, 0.75)), chance.uniform(2, 20)
    inside = np.where(away > hollow, np.clip((1 - away) * soft, 0, 1), chance.choice((0, 0.2, 0.5))) * (away > 0)
    if chance.random() < 0.3:  # what comes back from still tissue
        inside = np.maximum(inside, np.exp(-(((rows - base) / chance.uniform(1, 6)) ** 2)) * chance.uniform(0.3, 1))
    grey = inside * _speckle(chance, noise, 0.8) * chance.uniform(0.3, 1.1) + np.abs(
        noise.normal(0, chance.choice((0, 0.01, 0.03)), (SIDE, SIDE))
    )
    if chance.random() < 0.8:
        grey[min(SIDE - 1, int(base))] = chance.uniform(0.3, 1)
    return _lined(grey, edge, chance) if chance.random() < 0.3 else grey.astype("f4")


def _movement(chance: random.Random, noise: np.random.Generator) -> Grey:
    """Layers of tissue that move up and down."""
    beats, rows = _beating(chance, noise), np.arange(SIDE)[:, None]
    moved = rows + beats * chance.uniform(0, 40) * np.linspace(chance.uniform(-1, 1), chance.uniform(-1, 1), SIDE)[:, None]
    grey = np.zeros((SIDE, SIDE))
    for _ in range(chance.randint(2, 12)):
        grey += chance.uniform(0.1, 1) * np.exp(-(((moved - chance.uniform(0, SIDE)) / chance.uniform(1, 14)) ** 2))
    return (grey * _speckle(chance, noise, 1) * chance.uniform(0.4, 1)).astype("f4")


def _curves(chance: random.Random, noise: np.random.Generator) -> Grey:
    """One to three thin curves on black, or on what little is seen behind them."""
    grey = _nothing(chance, noise) + np.float32(chance.choice((0, 0, 0.1))) * _speckle(chance, noise, 1)
    for _ in range(chance.randint(1, 3)):
        grey = _lined(grey, chance.uniform(0, SIDE) - _beating(chance, noise) * chance.uniform(4, 90), chance)
    return grey


def _lined(grey: NDArray[np.floating], edge: NDArray[np.float64], chance: random.Random) -> Grey:
    """A curve over it, smooth or in steps of pixels."""
    times = chance.choice((1, 2))
    canvas = Image.new("L", (SIDE * times, SIDE * times))
    points = [(column * times, row * times) for column, row in enumerate(edge.tolist())]
    ImageDraw.Draw(canvas).line(points, fill=255, width=chance.choice((1, 1, 2, 3)) * (times if chance.random() < 0.5 else 1))
    ink = np.asarray(canvas.resize((SIDE, SIDE), Image.Resampling.BOX), np.float32) / 255
    return (grey * (1 - ink) + chance.uniform(0.4, 1) * ink).astype("f4")
