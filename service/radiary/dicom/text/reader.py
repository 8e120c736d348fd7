"""Text in pictures: where it stands, as a detector and a reader of text see it (the extra `radiary[ocr]`).

Boxes are (x0, y0, x1, y1) in pixels from 0, both ends included.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from radiary.dicom.text import detection, inference, recognition, strokes
from radiary.dicom.text.markers import is_marker
from radiary.model.nouns import Box

Item = TypeVar("Item")

_READ = 3
"""Letters or digits from which on a reading is text for certain."""
_SURE, _LIKELY = 0.6, 0.35
"""Scores of the reader: from the first on a reading counts, from the second on a box is doubtful."""
_TALLEST, _ANYWAY = 0.2, 40
"""No letters are taller than this share of the picture's height, unless they have no more than so many pixels."""
_FRAMES = 128
"""Frames of a clip that are looked at."""
_SMALL, _LARGE = 640, 1600
"""Longest side in pixels below which a picture is enlarged to twice its size, and above which it is made smaller, to be read."""
_MARGIN = 3
"""Pixels around what was found that go with it: the blur of letters."""
_WORD = "SYNTHETICA"
"""Read on trial."""


@dataclass(frozen=True)
class Sighting:
    """What looking at a picture gave: boxes of text, and whether something else may be text."""

    boxes: tuple[Box, ...]
    is_doubtful: bool


def trial() -> str | None:
    """None when this computer can read text in pictures, as reading a word shows; else a sentence why not, and what helps."""
    if not inference.is_installed():
        return "Text in pictures cannot be read, for ONNX Runtime is not installed: `pip install 'radiary[ocr]'` adds it."
    try:
        paper = Image.new("L", (240, 80), 255)
        ImageDraw.Draw(paper).text((30, 25), _WORD, fill=0, font=ImageFont.load_default(24))
        is_read = _WORD in {reading for _, reading, _ in _read(np.asarray(paper))}
    except Exception:  # noqa: BLE001 - whatever is broken, the same helps
        is_read = False
    again = "`pip install --force-reinstall 'radiary[ocr]'` installs Radiary and its reader of text again."
    return None if is_read else f"Text in pictures cannot be read, for a part of the program is missing or damaged: {again}"


def some(items: Sequence[Item]) -> Sequence[Item]:
    """Of a clip's frames, some at even distances: text that stands still stands on each of them."""
    step = max(1, -(-len(items) // _FRAMES))
    return items[::step]


def seen_in(pictures: Sequence[NDArray[np.uint8]], *, is_slice: bool) -> Sighting:
    """Look at an instance's pictures, as `seen` takes them, all of one shape.

    One is looked at as it is, several by their brightest and darkest values and the middle one. Of slices and of pictures that
    are not small, only the parts that have strokes are read first, since reading costs a hundred times as much as looking for
    them; one that shows text there is read as a whole.
    """
    frames = list(pictures)
    if len(frames) > 2:
        frames = [np.max(frames, axis=0), np.min(frames, axis=0), frames[len(frames) // 2]]
    sightings = [_seen_in_parts(frame, is_slice=is_slice) for frame in frames]
    boxes = {box for sighting in sightings for box in sighting.boxes}
    return Sighting(tuple(sorted(boxes)), any(sighting.is_doubtful for sighting in sightings))


def found(frame: NDArray[np.uint8]) -> list[Box]:
    """Boxes of everything that looks like text in an 8-bit grey (rows, columns) or RGB (rows, columns, 3) picture."""
    _, _, boxes = _lines(frame)
    return boxes


def seen(frame: NDArray[np.uint8], tallest: float = 0) -> Sighting:
    """Look at an 8-bit grey (rows, columns) or RGB (rows, columns, 3) picture: text for certain, markers left out, and doubts.

    No letters are taller than a fifth of the picture, or, in a part of one, than `tallest` pixels.
    """
    boxes, is_doubtful = [], False
    for box, reading, score in _read(frame, tallest):
        words = re.sub(r"[\s.:]+", "", reading).upper()
        if is_marker(words):
            continue
        if score >= _SURE and sum(map(str.isalnum, words)) >= _READ:
            boxes.append(box)
        elif score >= _LIKELY:
            is_doubtful = True
    return Sighting(tuple(boxes), is_doubtful)


def _seen_in_parts(frame: NDArray[np.uint8], *, is_slice: bool) -> Sighting:
    """Look where strokes are, and everywhere once there is a text or a doubt."""
    if not is_slice and max(frame.shape[:2]) <= _SMALL:
        return seen(frame)
    shown, scale = (frame, 1.0) if is_slice else _shown(frame)
    parts = strokes.parts(shown, strokes.PLAIN if is_slice else strokes.FAINT)
    if sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in parts) > shown.shape[0] * shown.shape[1] / 2:
        return seen(frame)
    tallest = _TALLEST * shown.shape[0]
    sightings = [seen(shown[y0 : y1 + 1, x0 : x1 + 1], tallest) for x0, y0, x1, y1 in parts]
    if not any(one.boxes or one.is_doubtful for one in sightings):
        return Sighting((), False)
    whole = seen(frame)
    in_parts = {_placed(box, part, scale) for part, one in zip(parts, sightings, strict=True) for box in one.boxes}
    more = {box for box in in_parts if not any(_is_within(box, known) for known in whole.boxes)}
    return Sighting(tuple(sorted({*whole.boxes, *more})), whole.is_doubtful)


def _placed(box: Box, part: Box, scale: float) -> Box:
    """A box within a part of what is shown, in pixels of the frame."""
    x0, y0, x1, y1 = box
    left, top, _, _ = part
    return int((left + x0) / scale), int((top + y0) / scale), int((left + x1 + 1) / scale), int((top + y1 + 1) / scale)


def _is_within(box: Box, other: Box) -> bool:
    """But for the width of a blur."""
    before = all(one >= bound - _MARGIN for one, bound in zip(box[:2], other[:2], strict=True))
    return before and all(one <= bound + _MARGIN for one, bound in zip(box[2:], other[2:], strict=True))


def _read(frame: NDArray[np.uint8], tallest: float = 0) -> list[tuple[Box, str, float]]:
    """Lines of text: where, what the reader makes of them, and how sure it is (0 to 1)."""
    shown, lines, boxes = _lines(frame, tallest)
    return [(box, *reading) for box, reading in zip(boxes, recognition.read(shown, lines), strict=True)]


def _lines(frame: NDArray[np.uint8], tallest: float = 0) -> tuple[NDArray[np.uint8], NDArray[np.float64], list[Box]]:
    """The picture as it is read, in RGB, the corners (lines, 4, 2) of the lines in it, and their boxes in the frame."""
    rows, columns = frame.shape[:2]
    shown, scale = _shown(frame)
    coloured = shown if shown.ndim == 3 else np.repeat(shown[..., None], 3, axis=2)
    lines = detection.lines(coloured)
    sides = np.linalg.norm(np.diff(lines[:, :3], axis=1), axis=2) / scale
    lines = lines[sides.min(axis=1) <= max(_ANYWAY, tallest, _TALLEST * rows)]
    low = np.maximum(0, (lines.min(axis=1) / scale).astype(int) - _MARGIN)
    high = np.minimum([columns - 1, rows - 1], (lines.max(axis=1) / scale).astype(int) + _MARGIN)
    return coloured, lines, [(x0, y0, x1, y1) for (x0, y0), (x1, y1) in zip(low.tolist(), high.tolist(), strict=True)]


def _shown(frame: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], float]:
    """A picture of the size at which it is read, and its scale."""
    rows, columns = frame.shape[:2]
    longest = max(rows, columns)
    scale = 2.0 if longest <= _SMALL else min(1.0, _LARGE / longest)
    if scale == 1:
        return frame, scale
    size = max(32, round(columns * scale)), max(32, round(rows * scale))
    return np.asarray(Image.fromarray(frame).resize(size, Image.Resampling.BICUBIC)), scale
