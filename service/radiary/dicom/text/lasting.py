"""Whether the same stands at one place in slices far from each other, as what a device writes on all of them does.

Anatomy moves between slices some centimetres apart. Where the same steps stand in three of them, close together as those of
letters, there may be a word, a couch, or a bone that goes straight through; what it is, a reader says.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from radiary.dicom.text import slice_tiles
from radiary.dicom.text.slice_values import LEAST, Rows, are_alike

_AGREEING = 3
"""Slices one after the other in which a step is the same."""
_STEP, _APART = 1.3, 2
"""How steep a step is, in mean ones of its tile, from one value to the one so many columns on."""
_DENSE = 60
"""Ends of runs of such steps, upwards and downwards, in two by two tiles that letters have."""


def may_be_in(slices: Sequence[Rows]) -> bool:
    """Whether words may stand in several of some slices in their order, or cannot be told from few of them."""
    alike = [one for one in slices if are_alike([slices[len(slices) // 2], one])]
    if len(alike) < _AGREEING or min(alike[0].shape) <= _APART:
        return True
    steps = [_steps(one) for one in alike]
    return any(_is_dense(steps[first : first + _AGREEING]) for first in range(len(steps) - _AGREEING + 1))


def _steps(values: Rows) -> NDArray[np.int8]:
    """Where values rise (1) and fall (-1) by much, for what is around them: in air that is little."""
    wide = values.astype(np.int32)
    rises = wide[:, _APART:] - wide[:, :-_APART]
    tiles = slice_tiles.tiled(rises)
    steep = np.maximum(LEAST, _STEP * slice_tiles.means(np.abs(rises)))[:, None, :, None]
    steps: NDArray[np.int8] = (tiles > steep).view(np.int8) - (tiles < -steep).view(np.int8)
    return steps.reshape(steps.shape[0] * steps.shape[1], -1)


def _is_dense(steps: Sequence[NDArray[np.int8]]) -> bool:
    first, *others = steps
    rising, falling = first > 0, first < 0
    for one in others:
        rising &= one > 0
        falling &= one < 0
    counts = slice_tiles.ends_of_runs(rising) + slice_tiles.ends_of_runs(falling)
    return bool((slice_tiles.two_by_two(counts) >= _DENSE).any())
