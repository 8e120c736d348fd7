"""Where pictures show text, by two neural networks, a detector and a reader of lines (the extra `radiary[ocr]`).

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
"""Letters or digits of the shortest reading that is certainly text."""
_SURE, _LIKELY = 0.6, 0.35
"""Least scores (0 to 1) of a reading that counts as text, and of one that leaves a doubt."""
_TALLEST, _ANYWAY = 0.2, 40
"""The tallest letters: this share of the picture's height, or so many pixels if that is more."""
_FRAMES = 128
"""Frames of a clip that are searched, at most."""
_SMALL, _LARGE = 640, 1600
"""Pixels of the longer side: up to the first a picture is read at twice its size, beyond the second it is made smaller."""
_MARGIN = 3
"""Pixels added on each side of a line's box, for the blur of its letters."""
_WORD = "SYNTHETICA"
"""The word that `trial` reads."""


@dataclass(frozen=True)
class Sighting:
    """What the search of a picture gave: boxes of text, and whether something else in it may be text."""

    boxes: tuple[Box, ...]
    is_doubtful: bool


def trial() -> str | None:
    """None when this computer can read text in pictures, as reading a word shows; else a sentence why not, and what helps."""
    if not inference.is_installed():
        return "Text in pictures cannot be read, for ONNX Runtime is not installed: `pip install 'radiary[ocr]'` adds it."
    try:
        paper = Image.new("L", (240, 80), 255)
        ImageDraw.Draw(paper).text((30, 25), _WORD, fill=0, font=ImageFont.load_default(24))
        is_read = _WORD in {reading for _, reading, _ in _readings(np.asarray(paper))}
    except Exception:  # noqa: BLE001 - whatever is broken, the same advice helps
        is_read = False
    advice = "`pip install --force-reinstall 'radiary[ocr]'` installs Radiary and its reader of text again."
    return None if is_read else f"Text in pictures cannot be read, for a part of the program is missing or damaged: {advice}"


def some_frames(items: Sequence[Item]) -> Sequence[Item]:
    """At most 128 of a clip's frames, at even distances: text that stands still stands on each of them."""
    step = max(1, -(-len(items) // _FRAMES))
    return items[::step]


def text_in_instance(pictures: Sequence[NDArray[np.uint8]], *, is_slice: bool) -> Sighting:
    """Search an instance's pictures, as `text_in` takes them, all of one shape.

    One or two are searched as they are; of more, the brightest and the darkest value of each pixel and the middle picture. Of
    slices and large pictures, first only the parts with strokes are read, since reading costs a hundred times as much as
    looking for strokes; a picture that shows text or a doubt there is read as a whole, too.
    """
    frames = list(pictures)
    if len(frames) > 2:
        frames = [np.max(frames, axis=0), np.min(frames, axis=0), frames[len(frames) // 2]]
    sightings = [_text_in_parts(frame, is_slice=is_slice) for frame in frames]
    boxes = {box for sighting in sightings for box in sighting.boxes}
    return Sighting(tuple(sorted(boxes)), any(sighting.is_doubtful for sighting in sightings))


def possible_text(frame: NDArray[np.uint8]) -> list[Box]:
    """Boxes of everything that looks like text in an 8-bit grey (rows, columns) or RGB (rows, columns, 3) picture."""
    _, _, boxes = _lines(frame)
    return boxes


def text_in(frame: NDArray[np.uint8], tallest: float = 0) -> Sighting:
    """Search an 8-bit grey (rows, columns) or RGB (rows, columns, 3) picture for text; markers such as `R` are none.

    Letters are at most a fifth of the picture high or, in a part of a larger picture, `tallest` pixels.
    """
    boxes, is_doubtful = [], False
    for box, reading, score in _readings(frame, tallest):
        words = re.sub(r"[\s.:]+", "", reading).upper()
        if is_marker(words):
            continue
        if score >= _SURE and sum(map(str.isalnum, words)) >= _READ:
            boxes.append(box)
        elif score >= _LIKELY:
            is_doubtful = True
    return Sighting(tuple(boxes), is_doubtful)


def _text_in_parts(frame: NDArray[np.uint8], *, is_slice: bool) -> Sighting:
    """Search the parts with strokes; the whole frame once there is text or a doubt in one, or when they make up most of it."""
    if not is_slice and max(frame.shape[:2]) <= _SMALL:
        return text_in(frame)
    scaled, scale = (frame, 1.0) if is_slice else _scaled(frame)
    parts = strokes.parts(scaled, strokes.PLAIN if is_slice else strokes.FAINT)
    if sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in parts) > scaled.shape[0] * scaled.shape[1] / 2:
        return text_in(frame)
    tallest = _TALLEST * scaled.shape[0]
    sightings = [text_in(scaled[y0 : y1 + 1, x0 : x1 + 1], tallest) for x0, y0, x1, y1 in parts]
    if not any(sighting.boxes or sighting.is_doubtful for sighting in sightings):
        return Sighting((), False)
    in_whole = text_in(frame)
    pairs = zip(parts, sightings, strict=True)
    in_parts = {_placed(box, part=part, scale=scale) for part, sighting in pairs for box in sighting.boxes}
    more = {box for box in in_parts if not any(_is_within(box, outer=outer) for outer in in_whole.boxes)}
    return Sighting(tuple(sorted({*in_whole.boxes, *more})), in_whole.is_doubtful)


def _placed(box: Box, *, part: Box, scale: float) -> Box:
    """A box in a part of a scaled picture as a box in the frame."""
    x0, y0, x1, y1 = box
    left, top, _, _ = part
    return int((left + x0) / scale), int((top + y0) / scale), int((left + x1 + 1) / scale), int((top + y1 + 1) / scale)


def _is_within(box: Box, *, outer: Box) -> bool:
    """Whether a box lies within another one, give or take the width of a blur."""
    before = all(side >= bound - _MARGIN for side, bound in zip(box[:2], outer[:2], strict=True))
    return before and all(side <= bound + _MARGIN for side, bound in zip(box[2:], outer[2:], strict=True))


def _readings(frame: NDArray[np.uint8], tallest: float = 0) -> list[tuple[Box, str, float]]:
    """Lines of text: their boxes, what the reader makes of them, and how sure it is (0 to 1)."""
    scaled, lines, boxes = _lines(frame, tallest)
    return [(box, *reading) for box, reading in zip(boxes, recognition.read(scaled, lines), strict=True)]


def _lines(frame: NDArray[np.uint8], tallest: float = 0) -> tuple[NDArray[np.uint8], NDArray[np.float64], list[Box]]:
    """The scaled picture in RGB, the corners (lines, 4, 2) of the lines in it, and their boxes in the frame."""
    rows, columns = frame.shape[:2]
    scaled, scale = _scaled(frame)
    coloured = scaled if scaled.ndim == 3 else np.repeat(scaled[..., None], 3, axis=2)
    lines = detection.lines(coloured)
    sides = np.linalg.norm(np.diff(lines[:, :3], axis=1), axis=2) / scale
    lines = lines[sides.min(axis=1) <= max(_ANYWAY, tallest, _TALLEST * rows)]
    low = np.maximum(0, (lines.min(axis=1) / scale).astype(int) - _MARGIN)
    high = np.minimum([columns - 1, rows - 1], (lines.max(axis=1) / scale).astype(int) + _MARGIN)
    return coloured, lines, [(x0, y0, x1, y1) for (x0, y0), (x1, y1) in zip(low.tolist(), high.tolist(), strict=True)]


def _scaled(frame: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], float]:
    """The picture at the size at which it is read, and the scale of that size to its own."""
    rows, columns = frame.shape[:2]
    longest = max(rows, columns)
    scale = 2.0 if longest <= _SMALL else min(1.0, _LARGE / longest)
    if scale == 1:
        return frame, scale
    size = max(32, round(columns * scale)), max(32, round(rows * scale))
    return np.asarray(Image.fromarray(frame).resize(size, Image.Resampling.BICUBIC)), scale
