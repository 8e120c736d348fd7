"""Which frames of a clip tell of all the text in it: what stands still, what moves, what is there for a moment only."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from radiary.dicom.text import frames_together, slopes
from radiary.dicom.text.frames_together import Together
from radiary.model.nouns import Box

FEW = 2
"""Frames that are searched one by one; more are a clip."""
_MORE = 24
"""Steep steps in two tiles side by side, more than in most frames, that are something new: a word of 9 pixels has more."""
_MOST = 8
"""Frames that are searched beside the projections, those with most that is new."""
_RARE = 18
"""The same, more than in nearly all frames, which is less than grain has in most: all words but the smallest have more."""
_GRAIN, _RARE_GRAIN = 1.4, 1.5
"""Times as much as half of the frames have that it has to be: speckle that changes has about as much in every frame.

Of 160 words in one to three of 40 frames the same 153 are seen with and without it.
"""
_ALL_BUT, _SHARE = 3, 10
"""Nearly all frames are all but so many, or all but one in so many where that is more: a word may stand in them for a moment."""
_SAME = 0.5
"""Share of what is most new in a frame that belongs to it."""
_ROOM = 6
"""Tiles added on each side: the network wants contrast all around."""


class Telling(NamedTuple):
    """A picture that is to be searched, and its parts (boxes) that are; None: the whole of it. A projection is no frame."""

    picture: NDArray[np.uint8]
    parts: tuple[Box, ...] | None = None
    is_frame: bool = True


def telling(frames: Sequence[NDArray[np.uint8]], together: Together | None = None) -> list[Telling]:
    """The brightest and the darkest value of each pixel, the middle frame, and frames with strokes that most do not have.

    Of frames that have what nearly all others have not, which few words of a moment escape, the part with it is to be searched.
    `together`: what they show together, if that was gathered; else every frame is loaded once for it, which costs a hundredth of
    reading. Those chosen are loaded a second time.
    """
    together = together or frames_together.of(frames)
    steps = together.steps.astype(np.int32)
    unusual = _unusual(steps)
    projections = [Telling(one, is_frame=False) for one in (together.bright, together.dark)]
    whole = [Telling(frames[place]) for place in (len(frames) // 2, *unusual)]
    return [*projections, *whole, *(Telling(frames[place], (part,)) for place, part in _rare(steps) if place not in unusual)]


def _unusual(steps: NDArray[np.int32]) -> list[int]:
    """Frames with tiles that have many more steps across than they have in most frames, most of them first.

    Steps: (frames, kinds, half tiles down, tiles across).
    """
    excess = (steps[:, :2] - np.median(steps[:, :2], axis=0)).reshape(len(steps), -1)
    return _first(excess.max(axis=1), _MORE, _GRAIN)


def _rare(steps: NDArray[np.int32]) -> list[tuple[int, Box]]:
    """Frames with tiles that have many more steps than nearly all others, most of them first, and where those are.

    Steps: (frames, kinds, half tiles down, tiles across).
    """
    place = max(0, len(steps) - 1 - max(_ALL_BUT, len(steps) // _SHARE))
    excess = (steps - np.partition(steps, place, axis=0)[place]).max(axis=1)
    most = excess.max(axis=(1, 2))
    return [(one, _around(excess[one] >= _SAME * most[one])) for one in _first(most, _RARE, _RARE_GRAIN)]


def _first(most: NDArray[np.float64] | NDArray[np.int32], least: int, times: float) -> list[int]:
    """Frames that have so many new steps at least, and so many times as half of the frames have, most of them first."""
    enough = max(least, times * float(np.median(most)))
    return [place for place in np.argsort(-most, kind="stable")[:_MOST].tolist() if most[place] >= enough]


def _around(is_new: NDArray[np.bool_]) -> Box:
    """The box around tiles (half tiles down, tiles across), with some room; it may reach beyond the picture's end."""
    down, across = np.nonzero(is_new)
    x0, y0 = int(across.min()) - _ROOM, int(down.min()) - 2 * _ROOM
    x1, y1 = int(across.max()) + 2 + _ROOM, int(down.max()) + 2 + 2 * _ROOM
    return max(0, x0) * slopes.TILE, max(0, y0) * slopes.STEP, x1 * slopes.TILE - 1, y1 * slopes.STEP - 1
