"""Text in pictures: where it stands, as a detector and a reader of text see it (the extra `radiary[ocr]`).

Boxes are (x0, y0, x1, y1) in pixels from 0, both ends included.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from radiary.dicom.text import strokes
from radiary.model.nouns import Box

Item = TypeVar("Item")

_ALLOWED = re.compile(
    r"(R|L|RT|LT|RE|LI|G|D|[RL]-?(CC|MLO|ML|LM|XCCL|XCCM|CV|AT|SIO|FB|LMO)|CC|MLO|ML|LM|AP|PA|LAT|HORIZ|SUPINE|ERECT|UPRIGHT"
    r"|STEHEND|LIEGEND|STAAND|LIGGEND|DEBOUT|COUCHE|STANDING|PORTABLE|[AHFPRL]{1,3}|[\W\d]{0,2})"
)
"""Markers that say nothing about a person: sides, views, positions."""
_READ = 3
"""Letters or digits from which on a reading is text for certain."""
_SURE, _LIKELY = 0.6, 0.35
"""Scores of the reader: from the first on a reading counts, from the second on a box is doubtful."""
_TALLEST = 0.2
"""No line of text is taller than this share of the picture's height."""
_FRAMES = 128
"""Frames of a clip that are looked at."""
_SMALL, _LARGE = 640, 1600
"""Longest side in pixels below which a picture is enlarged to twice its size, and above which it is made smaller, to be read."""
_MARGIN = 3
"""Pixels around what was found that go with it: the blur of letters."""


@dataclass(frozen=True)
class Sighting:
    """What looking at a picture gave: boxes of text, and whether something else may be text."""

    boxes: tuple[Box, ...]
    is_doubtful: bool


def some(items: Sequence[Item]) -> Sequence[Item]:
    """Of a clip's frames, some at even distances: text that stands still stands on each of them."""
    step = max(1, -(-len(items) // _FRAMES))
    return items[::step]


def seen_in(frames: Sequence[NDArray[np.uint8]], *, is_slice: bool) -> Sighting:
    """Look at an instance's pictures, grey (rows, columns) or RGB (rows, columns, 3).

    One is looked at as it is, several by their brightest and darkest values and the middle one.

    Of slices and of pictures that are not small, only the parts that have strokes are read first, since reading costs a
    hundred times as much as looking for them; one that shows text there is read as a whole.
    """
    if len(frames) > 2:
        frames = [np.max(frames, axis=0), np.min(frames, axis=0), frames[len(frames) // 2]]
    sightings = [_seen_in_parts(frame, is_slice=is_slice) for frame in frames]
    boxes = {box for sighting in sightings for box in sighting.boxes}
    return Sighting(tuple(sorted(boxes)), any(sighting.is_doubtful for sighting in sightings))


def _seen_in_parts(frame: NDArray[np.uint8], *, is_slice: bool) -> Sighting:
    """Look where strokes are, and everywhere once there is a text or a doubt."""
    if not is_slice and max(frame.shape[:2]) <= _SMALL:
        return seen(frame)
    shown, scale = (frame, 1.0) if is_slice else _shown(frame)
    shown = np.asarray(shown)
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


def found(frame: NDArray[np.uint8]) -> list[Box]:
    """Boxes of everything that looks like text in an 8-bit grey (rows, columns) or RGB (rows, columns, 3) picture."""
    return [box for box, _, _ in _lines(frame)]


def seen(frame: NDArray[np.uint8], tallest: float = 0) -> Sighting:
    """Look at a picture: text for certain, markers left out, and whether a doubt remains.

    No line is taller than a fifth of the picture, or, in a part of one, than `tallest` pixels.
    """
    boxes, is_doubtful = [], False
    for box, reading, score in _lines(frame, tallest):
        words = re.sub(r"[\s.:]+", "", reading).upper()
        if _ALLOWED.fullmatch(words):
            continue
        if score >= _SURE and sum(map(str.isalnum, words)) >= _READ:
            boxes.append(box)
        elif score >= _LIKELY:
            is_doubtful = True
    return Sighting(tuple(boxes), is_doubtful)


def _lines(frame: NDArray[np.uint8], tallest: float = 0) -> list[tuple[Box, str, float]]:
    """Lines of text: where, what the reader makes of them, and how sure it is (0 to 1)."""
    rows, columns = frame.shape[:2]
    shown, scale = _shown(frame)
    result, _ = _reader()(np.ascontiguousarray(np.asarray(shown.convert("RGB"))[..., ::-1]), use_cls=False)
    lines = []
    for corners, reading, score in result or ():
        xs, ys = [point[0] / scale for point in corners], [point[1] / scale for point in corners]
        if max(ys) - min(ys) <= max(40, tallest, _TALLEST * rows):
            x0, y0 = max(0, int(min(xs)) - _MARGIN), max(0, int(min(ys)) - _MARGIN)
            x1, y1 = min(columns - 1, int(max(xs)) + _MARGIN), min(rows - 1, int(max(ys)) + _MARGIN)
            lines.append(((x0, y0, x1, y1), str(reading), float(score)))
    return lines


def _shown(frame: NDArray[np.uint8]) -> tuple[Image.Image, float]:
    """A picture of the size at which it is read, and its scale."""
    rows, columns = frame.shape[:2]
    longest = max(rows, columns)
    scale = 2.0 if longest <= _SMALL else min(1.0, _LARGE / longest)
    picture = Image.fromarray(frame)
    if scale == 1:
        return picture, scale
    size = max(32, round(columns * scale)), max(32, round(rows * scale))
    return picture.resize(size, Image.Resampling.BICUBIC), scale


@cache
def _reader() -> Any:
    """One reader a process; it takes half a second to make."""
    from rapidocr_onnxruntime import RapidOCR

    return RapidOCR(
        intra_op_num_threads=1, inter_op_num_threads=1, text_score=0.0, det_limit_type="max", det_limit_side_len=2 * _LARGE
    )
