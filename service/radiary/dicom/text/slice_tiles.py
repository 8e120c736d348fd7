"""How close together new or lasting values of a slice stand: letters make many short runs in few rows, anatomy few long ones."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

EVERY = 3
"""Of so many rows one is looked at: three of the smallest letters."""
DOWN, ACROSS = 8, 32
"""Rows looked at and columns of a tile."""
_APART = 4
"""Tiles down and across within which the letters of one word stand, of those that have most: farther ones have grain."""


class Letters(NamedTuple):
    """Ends of runs in two by two tiles that are letters': so many more than where grain has most, never fewer than `least`.

    Where grain has many, `most` are enough: lines of words have as many as each other.
    """

    least: int
    most: int
    more: int


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


def letters(counts: NDArray[np.int32], wanted: Letters) -> NDArray[np.bool_]:
    """Which two by two tiles hold letters; `counts` is what they have together (tiles down, tiles across).

    Beside those of a plain word, which have many, tiles that only touch it are none.
    """
    row, column = divmod(int(counts.argmax()), counts.shape[1])
    most = int(counts[row, column])
    apart = counts.copy()
    apart[max(0, row - _APART) : row + _APART + 1, max(0, column - _APART) : column + _APART + 1] = 0
    enough = min(wanted.most, max(wanted.least, int(apart.max()) + wanted.more))
    if most < enough:
        return np.zeros(counts.shape, dtype=bool)
    found: NDArray[np.bool_] = counts >= max(enough, min(2 * most // 3, (wanted.least + wanted.most) // 2))
    return found
