"""Which frames of a clip tell of all the text in it: what stands still, what moves, what is there for a moment only."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from radiary.dicom.text import inks, slopes, strokes
from radiary.model.nouns import Box

_MORE = 18
"""Steep steps in two tiles side by side, more than in nearly all frames, that are something new: most words have more."""
_FEW, _SHARE = 3, 10
"""Nearly all frames are all but so many, or all but one in so many where that is more: a word may stand in them for a moment."""
_MOST = 8
"""Frames that are searched beside those that tell of the whole clip, those with most that is new."""
_APART = 3
"""Frames from the middle one to the other one that is searched: what moves is near to where it was."""
_SAME = 0.5
"""Share of what is most new in a frame that belongs to it."""
_ROOM = 6
"""Tiles added on each side: the network wants contrast all around."""


class Telling(NamedTuple):
    """A picture that is to be searched, and its parts (boxes) that are; None: the whole of it."""

    picture: NDArray[np.uint8]
    parts: tuple[Box, ...] | None = None


def telling(frames: Sequence[NDArray[np.uint8]]) -> list[Telling]:
    """The brightest and the darkest value of each pixel, two frames of the middle, and frames with strokes that few others have.

    Every frame is loaded once to be looked at, which costs a hundredth of reading, and those chosen a second time.
    """
    bright, dark = frames[0].copy(), frames[0].copy()
    maps = []
    for place in range(len(frames)):
        frame = frames[place]
        np.maximum(bright, frame, out=bright)
        np.minimum(dark, frame, out=dark)
        maps.append(_map(frame))
    middle = len(frames) // 2
    whole = [
        Telling(bright),
        Telling(dark),
        *(Telling(frames[place]) for place in {middle, min(middle + _APART, len(frames) - 1)}),
    ]
    return [*whole, *(Telling(frames[place], (part,)) for place, part in _unusual(np.stack(maps)))]


def _map(frame: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Steps in tiles (kinds, half tiles down, tiles across): across and down the picture, and of the places of its inks."""
    layers = inks.layers(frame)
    places = np.max(layers, axis=0) if layers else np.zeros(frame.shape[:2], np.uint8)
    return np.stack([*(strokes.steps(frame, strokes.FAINT, axis) for axis in (1, 0)), strokes.steps(places, strokes.INK)])


def _unusual(maps: NDArray[np.int32]) -> list[tuple[int, Box]]:
    """Frames with tiles that have many more steps than nearly all others, most of them first, and where those are.

    Maps: (frames, kinds, half tiles down, tiles across).
    """
    place = max(0, len(maps) - 1 - max(_FEW, len(maps) // _SHARE))
    excess = (maps - np.partition(maps, place, axis=0)[place]).max(axis=1)
    most = excess.max(axis=(1, 2))
    first = [one for one in np.argsort(-most, kind="stable")[:_MOST].tolist() if most[one] >= _MORE]
    return [(one, _around(excess[one] >= _SAME * most[one])) for one in first]


def _around(is_new: NDArray[np.bool_]) -> Box:
    """The box around tiles (half tiles down, tiles across), with some room; it may reach beyond the picture's end."""
    down, across = np.nonzero(is_new)
    x0, y0 = int(across.min()) - _ROOM, int(down.min()) - 2 * _ROOM
    x1, y1 = int(across.max()) + 2 + _ROOM, int(down.max()) + 2 + 2 * _ROOM
    return max(0, x0) * slopes.TILE, max(0, y0) * slopes.STEP, x1 * slopes.TILE - 1, y1 * slopes.STEP - 1
