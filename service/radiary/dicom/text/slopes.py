"""How much grey changes from one pixel to the next, what of that is grain, and where much of it stands together."""

import numpy as np
from numpy.typing import NDArray

TILE, STEP = 16, 8
"""Pixels of a tile's side, and from where one tile begins to the next one, down a picture; across, they do not overlap."""
_BLOCK, _MOST = 32, 0.6
"""Pixels of a block's side whose slopes are its grain, and the share of them that are less steep than what is called so."""


def between(frame: NDArray[np.uint8], axis: int) -> NDArray[np.uint8]:
    """By how much each pixel of a grey or RGB picture differs from the next one down (0) or across (1): (rows, columns).

    The last ones differ by nothing. Of colours, the one counts that differs most.
    """
    slopes = np.zeros(frame.shape[:2], np.uint8)
    inner = slopes[:, :-1] if axis == 1 else slopes[:-1]
    for channel in (frame,) if frame.ndim == 2 else (frame[..., place] for place in range(3)):
        ends = (channel[:, :-1], channel[:, 1:]) if axis == 1 else (channel[:-1], channel[1:])
        np.maximum(inner, np.maximum(*ends) - np.minimum(*ends), out=inner)
    return slopes


def grain(slopes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """How steep most slopes around each pixel are at most: letters have few that are steep, even where they stand close."""
    rows, columns = slopes.shape
    down, across = -(-rows // _BLOCK), -(-columns // _BLOCK)
    padded = np.pad(slopes, ((0, down * _BLOCK - rows), (0, across * _BLOCK - columns)), "symmetric")
    blocks = padded[::2].reshape(down, _BLOCK // 2, across, _BLOCK).swapaxes(1, 2).reshape(down, across, -1)
    at = int(_MOST * blocks.shape[2])
    most = np.partition(blocks, at, axis=2)[..., at]
    return most.repeat(_BLOCK, axis=0).repeat(_BLOCK, axis=1)[:rows, :columns]


def counts(is_steep: NDArray[np.bool_]) -> NDArray[np.int32]:
    """How many steep slopes each tile, (half tiles down, tiles across), holds together with the next one across."""
    rows, columns = is_steep.shape
    edges = np.zeros([-(-size // TILE) * TILE for size in (rows, columns)], np.uint8)
    edges[:rows, :columns] = is_steep
    bands = edges.reshape(-1, STEP, edges.shape[1]).sum(axis=1, dtype=np.uint8)
    halves = bands.reshape(len(bands), -1, TILE).sum(axis=2, dtype=np.int32)
    tiles = np.pad(halves[:-1] + halves[1:], ((0, 0), (0, 1)))
    pairs: NDArray[np.int32] = tiles[:, :-1] + tiles[:, 1:]
    return pairs
