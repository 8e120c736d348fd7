"""Objects of every kind with one word burned into them, or none; where its ink lies is remembered, frame by frame."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

import exports
from leaks import grounds, lettered, technical
from leaks.grounds import Grey, Shape

SIZES = (9, 10, 12, 14, 18, 24, 36, 56, 90, 140, 200)
CONTRASTS = (25, 35, 50, 80, 130, 200, 255)
KINDS = (
    "CR",
    "DX",
    "MG",
    "US still",
    "US clip, static",
    "US clip, drifting",
    "US clip, in few frames",
    "CT slice",
    "CT slice, outside the window",
    "dose page",
    "capture",
)
_CLIP, _SLICES = 40, 12
_INKED = 0.6
_GROUNDS = {"CR": ("chest", "joint"), "DX": ("chest", "joint", "plain"), "MG": ("breast",), "dose page": ("plain",)}
_LARGEST = {"CR": 900, "DX": 1400, "MG": 2000}


@dataclass(frozen=True)
class Word:
    """What is written, and how: a cell of the grid."""

    kind: str
    direction: str
    size: int
    contrast: int
    script: str


@dataclass
class Trial:
    """Files by Instance Number, the ground, and where ink lies: (number, frame) → mask (rows, columns)."""

    word: Word
    ground: str
    files: dict[int, bytes] = field(default_factory=dict)
    inks: dict[tuple[int, int], NDArray[np.bool_]] = field(default_factory=dict)


def words(seed: int, count: int) -> list[Word]:
    """Cells of the grid at random, each property as often as the others."""
    chance, scripts = random.Random(seed), lettered.measured()
    pools: dict[tuple[Any, ...], list[Any]] = {}

    def next_of(values: tuple[Any, ...]) -> Any:
        if not pools.get(values):
            pools[values] = chance.sample(values, len(values))
        return pools[values].pop()

    return [
        Word(next_of(KINDS), next_of(lettered.DIRECTIONS), next_of(SIZES), next_of(CONTRASTS), next_of(tuple(scripts)))
        for _ in range(count)
    ]


def made(word: Word, number: int, seed: int, *, is_written: bool = True) -> Trial:
    """A trial whose files have Instance Numbers from `number` on, of a series of their own; without ink if not `is_written`."""
    chance, noise = random.Random(seed), np.random.default_rng(seed)
    base = word.kind.partition(",")[0]
    ground = chance.choice(_GROUNDS.get(base, ("body",) if base.startswith("CT") else ("fan",)))
    trial = Trial(word, ground)
    shape = _shape(base, chance)
    maker = _clip if base == "US clip" else _slices if base == "CT slice" else _still
    maker(trial, number, shape, (chance, noise), is_written)
    return trial


def _shape(base: str, chance: random.Random) -> Shape:
    if base in _LARGEST:
        rows = chance.randint(400, _LARGEST[base])
        return rows, int(rows * chance.uniform(0.8, 1.2))
    return {"US still": (480, 640), "US clip": (240, 320), "CT slice": (512, 512)}.get(base, (512, 640))


def _ink(word: Word, shape: Shape, chance: random.Random) -> lettered.Ink:
    """The word, no more than a third of the picture high."""
    size = min(word.size, min(shape) // 3)
    return lettered.drawn(word.script, size, word.direction, chance, (shape[0] - 12, shape[1] - 12))


def _place(ink: lettered.Ink, shape: Shape, chance: random.Random) -> tuple[int, int]:
    return chance.randint(4, shape[0] - ink.shape[0] - 4), chance.randint(4, shape[1] - ink.shape[1] - 4)


def _stamp(grey: Grey, ink: lettered.Ink, at: tuple[int, int], step: float) -> NDArray[np.bool_]:
    """Draw in one grey, `step` from the ground's mean, and say where."""
    part = grey[at[0] : at[0] + ink.shape[0], at[1] : at[1] + ink.shape[1]]
    mean = float(part[ink > _INKED].mean()) if (ink > _INKED).any() else float(part.mean())
    shade = mean + step if mean + step <= 1.02 or mean < step else mean - step
    part[...] = part * (1 - ink) + float(np.clip(shade, 0, 1)) * ink
    mask = np.zeros(grey.shape, dtype=bool)
    mask[at[0] : at[0] + ink.shape[0], at[1] : at[1] + ink.shape[1]] = ink > _INKED
    return mask


Chances = tuple[random.Random, np.random.Generator]


def _still(trial: Trial, number: int, shape: Shape, chances: Chances, is_written: bool) -> None:
    chance, noise = chances
    grey = grounds.GROUNDS[trial.ground](noise, shape)
    if is_written:
        ink = _ink(trial.word, shape, chance)
        trial.inks[number, 0] = _stamp(grey, ink, _place(ink, shape, chance), trial.word.contrast / 255)
    kind = trial.word.kind
    if kind in ("CR", "DX", "MG"):
        made = _dataset(number, kind, technical.CLASSES[kind])
        made.WindowCenter, made.WindowWidth = 2048, 4096
        trial.files[number] = exports.written(exports.with_pixels(made, (grey * 4095).astype("<u2"), stored=12))
        return
    is_ultrasound = kind == "US still"
    made = _dataset(
        number, "US" if is_ultrasound else "CT" if kind == "dose page" else "OT", exports.US if is_ultrasound else exports.SC
    )
    if is_ultrasound:
        technical.region(made, 0, 0, shape[1] - 1, shape[0] - 2)
    colour = np.repeat((grey * 255).astype("u1")[..., None], 3, axis=2)
    trial.files[number] = exports.written(exports.with_pixels(made, colour))


def _clip(trial: Trial, number: int, shape: Shape, chances: Chances, is_written: bool) -> None:
    """Speckle that moves a little and flickers, as tissue does."""
    chance, noise = chances
    still = grounds.fan(noise, shape)
    sector = still > 0
    frames = [
        np.where(sector, np.roll(still, turn % 5, axis=0) * noise.uniform(0.9, 1.1), 0).astype("f4") for turn in range(_CLIP)
    ]
    if is_written:
        _write(trial, number, frames, chance)
    made = _dataset(number, "US", technical.CLASSES["US cine"])
    made.FrameTime = 40
    technical.region(made, 0, 0, shape[1] - 1, shape[0] - 2)
    values = np.stack([(np.clip(frame, 0, 1) * 255).astype("u1") for frame in frames])
    trial.files[number] = exports.written(exports.with_pixels(made, values))


def _write(trial: Trial, number: int, frames: list[Grey], chance: random.Random) -> None:
    ink = _ink(trial.word, frames[0].shape, chance)  # type: ignore[arg-type]
    y, x = _place(ink, frames[0].shape, chance)  # type: ignore[arg-type]
    right, step = frames[0].shape[1] - ink.shape[1] - 2, chance.choice((-3, -2, -1, 1, 2, 3))
    shown = range(len(frames))
    if trial.word.kind.endswith("few frames"):
        first = chance.randrange(len(frames) - 3)
        shown = range(first, first + chance.randint(1, 3))
    for turn in shown:
        moved = x + step * turn if trial.word.kind.endswith("drifting") else x
        at = y, abs(moved) % (2 * right) if right > 0 else x
        at = y, min(at[1], 2 * right - at[1]) if right > 0 else x
        trial.inks[number, turn] = _stamp(frames[turn], ink, at, trial.word.contrast / 255)


def _slices(trial: Trial, number: int, shape: Shape, chances: Chances, is_written: bool) -> None:
    """A body from slice to slice a little larger, grain anew in each; the word stands in one of them."""
    chance, noise = chances
    seed, written = int(noise.integers(2**32)), chance.randrange(_SLICES)
    for place in range(_SLICES):
        grey = grounds.body(np.random.default_rng(seed), shape)
        grey = np.roll(grey, place, axis=0) + 0.02 * noise.standard_normal(shape, dtype="f4")
        hounsfield = np.where(grey < 0.1, -1000 + 200 * grey, grey * 400 - 160).astype("f4")
        if is_written and place == written:
            ink = _ink(trial.word, shape, chance)
            at = _place(ink, shape, chance)
            trial.inks[number + place, 0] = _written_in(trial.word, grey, hounsfield, ink, at)
        values = np.clip(hounsfield + 1024, 0, 4095).astype("<u2")
        made = _dataset(number + place, "CT", exports.CT, series=number)
        made.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
        made.ImagePositionPatient, made.ImageOrientationPatient = [0, 0, 2 * place], [1, 0, 0, 0, 1, 0]
        made.RescaleSlope, made.RescaleIntercept, made.WindowCenter, made.WindowWidth = 1, -1024, 40, 400
        trial.files[number + place] = exports.written(exports.with_pixels(made, values, stored=12))


def _written_in(word: Word, grey: Grey, hounsfield: Grey, ink: lettered.Ink, at: tuple[int, int]) -> NDArray[np.bool_]:
    """Ink in a slice: in the window's grey, or in air, 20 to 255 HU above it, where the window shows black."""
    if word.kind == "CT slice":
        shown = np.clip(grey, 0, 1).astype("f4")
        mask = _stamp(shown, ink, at, word.contrast / 255)
        hounsfield[mask] = shown[mask] * 400 - 160
        return mask
    y, x = 6, min(at[1], grey.shape[1] - ink.shape[1] - 1)
    part = hounsfield[y : y + ink.shape[0], x : x + ink.shape[1]]
    part += max(20, word.contrast) * ink
    mask = np.zeros(grey.shape, dtype=bool)
    mask[y : y + ink.shape[0], x : x + ink.shape[1]] = ink > _INKED
    return mask


def _dataset(number: int, modality: str, sop_class: str, series: int = 0) -> Dataset:
    made = exports.dataset(series=series or number, number=number, modality=modality, sop_class=sop_class)
    made.SeriesNumber = series or number
    return made


Maker = Callable[[Word, int, int], Trial]
