"""How close together new or lasting values of a slice stand: letters make many short runs in few rows, anatomy few long ones."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

EVERY = 3
"""Of so many rows one is looked at: three of the smallest letters."""
DOWN, ACROSS = 8, 32
"""Rows looked at and columns of a tile."""


def tiled(values: NDArray[Any]) -> NDArray[Any]:
    """Values (rows, columns) by tile, as (tiles down, rows of one, tiles across, columns of one), zeros added at the ends."""
    down, across = -(-values.shape[0] // DOWN), -(-values.shape[1] // ACROSS)
    padded = np.zeros((down * DOWN, across * ACROSS), values.dtype)
    padded[: values.shape[0], : values.shape[1]] = values
    return padded.reshape(down, DOWN, across, ACROSS)


def means(values: NDArray[Any]) -> NDArray[np.float64]:
    """The mean of each tile (tiles down, tiles across), of the values that there are in those at the ends."""
    sizes = zip(values.shape, (DOWN, ACROSS), strict=True)
    rows, columns = (np.diff(np.arange(0, many + of, of).clip(max=many)) for many, of in sizes)
    means: NDArray[np.float64] = tiled(values).sum(axis=1).sum(axis=2) / np.outer(rows, columns)
    return means


def ends_of_runs(marked: NDArray[np.bool_]) -> NDArray[np.int32]:
    """How many runs of marked values begin or end in each tile (tiles down, tiles across)."""
    tiles = tiled((marked[:, 1:] != marked[:, :-1]).view(np.uint8))
    bands = tiles.sum(axis=1, dtype=np.uint8)  # first down, which is quicker
    counts: NDArray[np.int32] = bands.sum(axis=2, dtype=np.int32)
    return counts


def two_by_two(counts: NDArray[np.int32]) -> NDArray[np.int32]:
    """What each tile has together with those right of it, below it and across."""
    padded = np.zeros((counts.shape[0] + 1, counts.shape[1] + 1), counts.dtype)
    padded[:-1, :-1] = counts
    together: NDArray[np.int32] = padded[:-1, :-1] + padded[1:, :-1] + padded[:-1, 1:] + padded[1:, 1:]
    return together
