"""Which slices of a series have steep steps where their neighbours have none: looked at in a tenth of a millisecond each.

The stored values are looked at, whatever a window shows of them. Anatomy goes on from slice to slice, grain is the same in all;
a word stands in one. What is suspected is read.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from radiary.model.nouns import Box

_EVERY = 3
"""Of so many rows one is looked at: three of the smallest letters."""
_DOWN, _ACROSS = 8, 32
"""Rows looked at and columns of a tile."""
_LOW, _HIGH = 8, 3.0
"""Steps that count where there is no grain, in stored values, and where there is, in typical steps of the slice."""
_MORE, _CHANCE = 12, 0.9
"""More steps in a tile than in its neighbourhood in the neighbouring slices, and so many standard deviations of chance more."""
_SPARSE = 16
"""Of so many values one says what is typical."""

Steps = NDArray[np.uint8]
"""Steps over a low and over a high threshold in each tile (2, tiles down, tiles across)."""


def steps(values: NDArray[np.generic]) -> Steps:
    """The steps in the tiles of one slice's stored values (rows, columns), of a whole type."""
    rows = values[::_EVERY]
    rows = rows[: max(1, len(rows) // _DOWN) * _DOWN, : max(1, rows.shape[1] // _ACROSS) * _ACROSS + 1]
    if rows.shape[0] < _DOWN or rows.shape[1] <= _ACROSS:
        return np.zeros((2, 0, 0), np.uint8)
    rows = rows[:, :-1] if rows.shape[1] % _ACROSS == 0 else rows
    signed: NDArray[np.int32] = rows.astype(np.int32)
    difference = np.abs(signed[:, 1:] - signed[:, :-1])
    difference = difference[:, : difference.shape[1] // _ACROSS * _ACROSS]
    typical = difference.ravel()[::_SPARSE]
    high = _HIGH * float(np.median(typical[typical > 0])) if typical.any() else 0.0
    return np.stack([_counts(difference > _LOW), _counts(difference > max(_LOW, high))])


def _counts(is_steep: NDArray[np.bool_]) -> Steps:
    rows, columns = is_steep.shape
    bands = is_steep.view(np.uint8).reshape(rows // _DOWN, _DOWN, columns).sum(axis=1, dtype=np.uint8)
    counts = bands.reshape(len(bands), columns // _ACROSS, _ACROSS).sum(axis=2, dtype=np.uint16)
    steps: Steps = counts.clip(0, 255).astype(np.uint8)
    return steps


def suspects(neighbours: Sequence[Steps]) -> list[tuple[Box, ...]]:
    """For each of some slices in their order the parts that have more steps than those before and after it, with some room."""
    if len({one.shape for one in neighbours}) != 1 or len(neighbours) < 2 or not neighbours[0].size:
        return [() for _ in neighbours]
    maps = np.stack(neighbours).astype(np.int16)
    around = _widened(maps)
    before = np.concatenate([around[1:2], around[:-1]])
    after = np.concatenate([around[1:], around[-2:-1]])
    most = np.maximum(before, after)
    is_new = (maps - most >= _MORE + _CHANCE * np.sqrt(most)).any(axis=1)
    return [_boxes(one) for one in is_new]


def _widened(maps: NDArray[np.int16]) -> NDArray[np.int16]:
    """In each tile the most of it and the eight around it, since anatomy moves; maps (slices, 2, down, across)."""
    down = np.pad(maps, ((0, 0), (0, 0), (1, 1), (0, 0)))
    down = np.maximum(np.maximum(down[:, :, :-2], down[:, :, 1:-1]), down[:, :, 2:])
    across = np.pad(down, ((0, 0), (0, 0), (0, 0), (1, 1)))
    most: NDArray[np.int16] = np.maximum(np.maximum(across[..., :-2], across[..., 1:-1]), across[..., 2:])
    return most


def _boxes(is_new: NDArray[np.bool_]) -> tuple[Box, ...]:
    """The box around all new tiles, and three tiles of room across and two down; words are longer than what is plain of them."""
    down, across = np.nonzero(is_new)
    if not len(down):
        return ()
    tall = _EVERY * _DOWN
    x0, y0 = max(0, int(across.min()) - 3) * _ACROSS, max(0, int(down.min()) - 2) * tall
    return ((x0, y0, (int(across.max()) + 4) * _ACROSS - 1, (int(down.max()) + 3) * tall - 1),)
