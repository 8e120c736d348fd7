"""Pictures without text, grey from 0 to 1, that look like what devices make: X-rays, ultrasound, slices, pages."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.float32]
Shape = tuple[int, int]
"""Rows, columns."""


def cloudy(noise: np.random.Generator, shape: Shape, coarse: int) -> Grey:
    """Soft clouds, 0 to 1, some `coarse` of them across."""
    small = Image.fromarray(noise.random((coarse, coarse)).astype("f4"))
    large = np.asarray(small.resize(shape[::-1], Image.Resampling.BICUBIC))
    return ((large - large.min()) / max(1e-6, float(np.ptp(large)))).astype("f4")


def _grid(shape: Shape) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coordinates from -1 to 1, down and across."""
    down, across = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j]
    return down, across


def _grain(noise: np.random.Generator, shape: Shape, deviation: float) -> Grey:
    return (deviation * noise.standard_normal(shape, dtype="f4")).astype("f4")


def chest(noise: np.random.Generator, shape: Shape) -> Grey:
    """Two dark fields, ribs over them, a bright middle, collimated edges."""
    down, across = _grid(shape)
    grey = 0.55 + 0.2 * cloudy(noise, shape, 5)
    for side in (-1, 1):
        lung = ((across - side * 0.42) / 0.33) ** 2 + (down / 0.75) ** 2
        grey = grey - 0.4 * np.clip(1.3 - lung, 0, 1)
    ribs = np.sin((down + 0.25 * across**2) * noise.uniform(15, 30) + noise.uniform(0, 6))
    grey = grey + noise.uniform(0.05, 0.12) * (ribs > 0.45) * (np.abs(across) < 0.85)
    grey = grey + _grain(noise, shape, noise.uniform(0.004, 0.02))
    margin = noise.uniform(0.9, 1.05)
    grey[(np.abs(down) > margin) | (np.abs(across) > margin)] = 0.02
    return np.clip(grey, 0, 1).astype("f4")


def breast(noise: np.random.Generator, shape: Shape) -> Grey:
    """A half disc with veins and specks, black beside it."""
    down, across = _grid(shape)
    distance = ((across + 1) / noise.uniform(1.0, 1.5)) ** 2 + (down / 0.9) ** 2
    tissue = 0.3 + 0.35 * cloudy(noise, shape, 9) + 0.15 * np.abs(cloudy(noise, shape, 40) - 0.5)
    grey = np.where(distance < 1, tissue + _grain(noise, shape, 0.012), _grain(noise, shape, 0.003))
    for _ in range(12):
        y, x = noise.integers(0, shape[0] - 3), noise.integers(0, shape[1] // 2)
        grey[y : y + 2, x : x + 2] += 0.3
    return np.clip(grey, 0, 1).astype("f4")


def joint(noise: np.random.Generator, shape: Shape) -> Grey:
    """Two long bones with bright rims, small bones between them."""
    down, across = _grid(shape)
    grey = 0.15 + 0.1 * cloudy(noise, shape, 4)
    bend = 0.1 * np.sin(2 * down + noise.uniform(0, 6))
    for centre, wide in ((-0.2, 0.16), (0.25, 0.1)):
        away = np.abs(across - centre - bend) / wide
        grey = grey + 0.35 * (away < 1) + 0.2 * np.exp(-(((away - 1) / 0.12) ** 2))
    for _ in range(6):
        y, x, wide = noise.uniform(-0.5, 0.5), noise.uniform(-0.5, 0.5), noise.uniform(0.05, 0.12)
        grey = grey + 0.2 * ((down - y) ** 2 + (across - x) ** 2 < wide**2)
    trabeculae = cloudy(noise, shape, max(8, min(shape) // 8)) - 0.5
    return np.clip(grey + 0.12 * trabeculae * (grey > 0.4) + _grain(noise, shape, 0.008), 0, 1).astype("f4")


def fan(noise: np.random.Generator, shape: Shape) -> Grey:
    """A sector of speckle with dark cysts and bright lines, black around it."""
    down, across = _grid(shape)
    radius, angle = np.hypot(down + 1.15, across), np.arctan2(across, down + 1.15)
    inside = (np.abs(angle) < 0.62) & (radius > 0.25) & (radius < 2.05)
    rows, columns = shape
    speckle = Image.fromarray(noise.rayleigh(0.8, (max(2, rows // 2), max(2, columns // 3))).astype("f4"))
    grain = np.asarray(speckle.resize((columns, rows), Image.Resampling.BICUBIC))
    tissue = (0.12 + 0.4 * cloudy(noise, shape, 8)) * grain
    for _ in range(3):
        y, x, wide = noise.uniform(-0.5, 0.8), noise.uniform(-0.4, 0.4), noise.uniform(0.06, 0.2)
        tissue = tissue * np.where((down - y) ** 2 + (across - x) ** 2 < wide**2, 0.1, 1)
    tissue = tissue + 0.4 * np.exp(-(((radius - noise.uniform(0.8, 1.8)) / 0.012) ** 2))
    return np.where(inside, np.clip(tissue, 0, 1), 0).astype("f4")


def body(noise: np.random.Generator, shape: Shape) -> Grey:
    """A slice through a body: skin, fat, organs, a bright ring of bone; air around it."""
    down, across = _grid(shape)
    away = (down / noise.uniform(0.55, 0.7)) ** 2 + (across / noise.uniform(0.7, 0.85)) ** 2
    grey = np.where(away < 1, 0.42, 0.0) + np.where((away < 1) & (away > 0.86), -0.12, 0)
    for _ in range(7):
        y, x, high, wide = noise.uniform(-0.35, 0.35), noise.uniform(-0.45, 0.45), *noise.uniform(0.06, 0.25, 2)
        organ = ((down - y) / high) ** 2 + ((across - x) / wide) ** 2 < 1
        grey = np.where(organ & (away < 0.8), grey + noise.uniform(-0.15, 0.15), grey)
    ring = (down - 0.38) ** 2 + across**2
    grey = np.where((ring < 0.02) & (ring > 0.006), 0.95, grey)
    for turn in np.linspace(0, 6.28, 14):
        y, x = 0.52 * np.sin(turn), 0.66 * np.cos(turn)
        grey = np.where(((down - y) / 0.03) ** 2 + ((across - x) / 0.06) ** 2 < 1, 0.85, grey)
    return np.clip(grey + _grain(noise, shape, noise.uniform(0.01, 0.035)), 0, 1).astype("f4")


def plain(noise: np.random.Generator, shape: Shape) -> Grey:
    """One grey, with or without grain."""
    return np.clip(noise.uniform(0, 1) + _grain(noise, shape, noise.choice([0, 0.01, 0.03])), 0, 1).astype("f4")


GROUNDS: dict[str, Callable[[np.random.Generator, Shape], Grey]] = {
    "chest": chest,
    "breast": breast,
    "joint": joint,
    "fan": fan,
    "body": body,
    "plain": plain,
}
