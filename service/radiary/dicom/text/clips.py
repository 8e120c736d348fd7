"""Which frames of a clip tell of all the text in it: what stands still, what moves, what is there for a moment only."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from radiary.dicom.text import inks, strokes

_MORE = 24
"""Steep steps in two tiles side by side, more than in most frames, that are something new: a word of 9 pixels has more."""
_MOST = 8
"""Frames that are searched beside the projections, those with most that is new."""


def telling(frames: Sequence[NDArray[np.uint8]]) -> list[NDArray[np.uint8]]:
    """The brightest and the darkest value of each pixel, the middle frame, and frames that have strokes which most do not.

    Every frame is loaded once to be looked at, which costs a hundredth of reading, and those chosen a second time.
    """
    bright, dark = frames[0].copy(), frames[0].copy()
    maps = []
    for place in range(len(frames)):
        frame = frames[place]
        np.maximum(bright, frame, out=bright)
        np.minimum(dark, frame, out=dark)
        maps.append(_map(frame))
    return [bright, dark, frames[len(frames) // 2], *(frames[place] for place in _unusual(np.stack(maps)))]


def _map(frame: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Steps in tiles: of the picture, and of the places of its inks."""
    layers = inks.layers(frame)
    places = np.max(layers, axis=0) if layers else np.zeros(frame.shape[:2], np.uint8)
    return np.stack([strokes.steps(frame, strokes.FAINT), strokes.steps(places, strokes.INK)])


def _unusual(maps: NDArray[np.int32]) -> list[int]:
    """Frames with tiles that have many more steps than they have in most frames, most of them first; maps: (frames, …)."""
    excess = (maps - np.median(maps, axis=0)).reshape(len(maps), -1)
    most, chosen = excess.max(axis=1), list[int]()
    for place in np.argsort(-most, kind="stable")[:_MOST].tolist():
        if most[place] >= _MORE:
            chosen.append(place)
    return chosen
