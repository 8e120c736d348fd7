"""What each line that the detector found is: text, something that looks like text and cannot be read, or nothing."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from radiary.dicom.text import recognition, shapes
from radiary.dicom.text.detection import Line
from radiary.dicom.text.markers import is_marker
from radiary.model.nouns import Box

_READ, _SURE = 3, 0.6
"""Letters or digits of the shortest reading that is certainly text, and its least score (0 to 1)."""
_SAME_LETTER = 2 / 3
"""Share of a reading that is one letter from which on it is none: beads, clips and teeth read as `00000`."""
_PAIR = 3.0
"""Times as long as high up to which a line that reads as one or two letters is no more: two round organs read as `00`."""
_SHAPED, _SHAPED_INK = 1.34, 1.5
"""Least sum of a line's score and of the separation of its greys from which on it looks like text; and in the place of an ink."""
_ROUND, _PLAIN = frozenset("0OQCDGU69_-.,~'\"()"), 1.75
"""Letters that round organs are read as; and the least sum (as above) from which on an ink's place looks like text though it
reads as one or two other letters."""
_SAME, _WITHIN = 0.5, 0.95
"""Share of the larger of two boxes that both have, where they are about the same thing; of one that lies within another."""
_BEYOND = 1.5
"""Times as far as beyond its sides that a farther look at a line may reach beyond each of its ends: a letter is wider."""
_READ_SHARE = 0.6
"""Share of a box that was read, from which on it holds nothing else."""
_UPRIGHT = 1.5
"""How much taller than wide a box of letters above each other is, at least."""
_RING, _EVEN = 6, 4.0
"""Pixels around a box, and the greatest standard deviation of their greys on an even ground."""


class Verdict(Enum):
    """What a line is."""

    TEXT = "text"
    UNREADABLE = "looks like text, but cannot be read"
    MARKER = "a side, a view or a position"
    NOTHING = "a letter by itself, or no text"


def judged(picture: NDArray[np.uint8], lines: Sequence[Line], *, is_ink: bool) -> Iterator[tuple[NDArray[np.float64], Verdict]]:
    """Corners of lines in an RGB picture that are something; `is_ink`: the picture shows the place of one ink."""
    readings = recognition.read(picture, np.array([line.corners for line in lines]).reshape(-1, 4, 2))
    letters = []
    for line, (reading, score) in zip(lines, readings, strict=True):
        verdict = _verdict(picture, line, reading, score=score, is_ink=is_ink)
        if verdict is not Verdict.NOTHING:
            yield line.corners, verdict
        if not shapes.is_long(line.corners) and _looks(picture, line) >= _SHAPED:
            letters.append(line.corners)
    yield from ((corners, Verdict.UNREADABLE) for corners in shapes.rows_of_letters(letters))


def _verdict(picture: NDArray[np.uint8], line: Line, reading: str, *, score: float, is_ink: bool) -> Verdict:
    words = re.sub(r"[\s.:]+", "", reading).upper()
    length, high = shapes.sides(line.corners)
    is_all_read = length <= (len(reading) + 1) * high
    if score >= _SURE and is_marker(words) and words.isascii() and any(map(str.isalpha, words)) and is_all_read:
        return Verdict.MARKER
    if score >= _SURE and sum(map(str.isalnum, words)) >= _READ:
        return Verdict.UNREADABLE if _is_one_letter(words) else Verdict.TEXT
    if is_ink and shapes.is_long(line.corners) and not _ROUND.issuperset(words) and _looks(picture, line) >= _PLAIN:
        return Verdict.UNREADABLE
    if not shapes.is_long(line.corners) or (0 < len(words) < _READ and length < _PAIR * high):
        return Verdict.NOTHING
    is_shaped = _looks(picture, line) >= (_SHAPED_INK if is_ink else _SHAPED)
    return Verdict.UNREADABLE if is_shaped else Verdict.NOTHING


def _is_one_letter(words: str) -> bool:
    """Whether a reading is little but one letter; round ones count as the same."""
    letters = Counter("0" if letter in _ROUND else letter for letter in words if letter.isalnum())
    return max(letters.values()) >= _SAME_LETTER * letters.total()


def _looks(picture: NDArray[np.uint8], line: Line) -> float:
    """How much a line looks like text, 0 to 2."""
    return line.score + shapes.separation(picture, line.corners)


def height(corners: NDArray[np.float64]) -> float:
    """The height of a line's letters."""
    return shapes.sides(corners)[1]


def stands_alone(frame: NDArray[np.uint8], box: Box) -> bool:
    """Whether the ground around a box in a picture is even, as it is outside anatomy."""
    x0, y0, x1, y1 = box
    top, left = max(0, y0 - _RING), max(0, x0 - _RING)
    around = frame[top : y1 + _RING + 1, left : x1 + _RING + 1].astype(np.float32)
    is_ring = np.ones(around.shape[:2], dtype=bool)
    is_ring[y0 - top : y1 + 1 - top, x0 - left : x1 + 1 - left] = False
    return not is_ring.any() or float(around[is_ring].std(axis=0).max()) <= _EVEN


def is_known(box: Box, judgements: Sequence[tuple[Box, Verdict]]) -> bool:
    """Whether most of a box is text or a marker that was read."""
    return _is_read(box, [other for other, verdict in judgements if verdict in (Verdict.TEXT, Verdict.MARKER)])


def is_upright(box: Box) -> bool:
    """Whether a box is that of letters above each other: the detector of lines loses those at their ends."""
    x0, y0, x1, y1 = box
    return y1 - y0 > _UPRIGHT * (x1 - x0)


def is_text(box: Box, judgements: Sequence[tuple[Box, Verdict]]) -> bool:
    """Whether most of a box is text that was read."""
    return _is_read(box, [other for other, verdict in judgements if verdict is Verdict.TEXT])


def _is_read(box: Box, boxes: Sequence[Box]) -> bool:
    x0, y0, x1, y1 = box
    is_read = np.zeros((y1 + 1 - y0, x1 + 1 - x0), dtype=bool)
    for left, top, right, bottom in boxes:
        is_read[max(0, top - y0) : max(0, bottom + 1 - y0), max(0, left - x0) : max(0, right + 1 - x0)] = True
    return float(is_read.mean()) >= _READ_SHARE


def merged(judgements: Sequence[tuple[Box, Verdict]]) -> list[tuple[Box, Verdict]]:
    """What is left of judgements of several views: a marker in one is none of text in another; boxes within others go.

    Of one line of text that was seen more or less closely, the closest box stays: the others cover more than its letters.
    """
    markers = [box for box, verdict in judgements if verdict is Verdict.MARKER]
    rest = [
        (box, verdict)
        for box, verdict in judgements
        if verdict is not Verdict.MARKER and not any(is_same(box, marker) for marker in markers)
    ]
    text = [box for box, verdict in rest if verdict is Verdict.TEXT]
    rest = [(box, verdict) for box, verdict in rest if verdict is not Verdict.TEXT or not _is_seen_closer(box, text)]
    rest.sort(key=lambda one: (one[1] is not Verdict.TEXT, -_area(one[0])))
    left: list[tuple[Box, Verdict]] = []
    for box, verdict in rest:
        if not any(_shared(box, larger) >= _WITHIN * _area(box) for larger, _ in left):
            left.append((box, verdict))
    return left


def _is_seen_closer(box: Box, boxes: Sequence[Box]) -> bool:
    """Whether another box is about the same line, from end to end, and smaller."""
    within = [one for one in boxes if _area(one) < _area(box) and _shared(one, box) >= _WITHIN * _area(one)]
    return any(is_same(box, one) and _has_both_ends(one, box) for one in within)


def _has_both_ends(box: Box, farther: Box) -> bool:
    """Whether a box within another one of the same line leaves no letter of it out, neither the first nor the last."""
    beyond = box[0] - farther[0], box[1] - farther[1], farther[2] - box[2], farther[3] - box[3]
    along = 0 if farther[2] - farther[0] >= farther[3] - farther[1] else 1
    return max(beyond[along::2]) <= _BEYOND * max(beyond[1 - along :: 2])


def is_same(box: Box, other: Box) -> bool:
    """Whether two boxes are about the same thing."""
    return _shared(box, other) >= _SAME * max(_area(box), _area(other))


def lies_in(box: Box, other: Box) -> bool:
    """Whether most of a box lies in another one."""
    return _shared(box, other) >= _SAME * _area(box)


def are_touching(box: Box, other: Box) -> bool:
    """Whether two boxes have a pixel in common."""
    return _shared(box, other) > 0


def _area(box: Box) -> int:
    return (box[2] + 1 - box[0]) * (box[3] + 1 - box[1])


def _shared(box: Box, other: Box) -> int:
    """Pixels that lie in both."""
    across = min(box[2], other[2]) + 1 - max(box[0], other[0])
    down = min(box[3], other[3]) + 1 - max(box[1], other[1])
    return max(0, across) * max(0, down)
