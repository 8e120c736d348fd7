"""Where pictures show text, by two neural networks, a detector and a reader of lines (the extra `radiary[ocr]`).

Boxes are (x0, y0, x1, y1) in pixels from 0, both ends included.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from radiary.dicom.text import clips, detection, enhancing, inference, inks, judging, recognition, strokes
from radiary.dicom.text.judging import Verdict
from radiary.model.nouns import Box

_ENLARGED = 2.0
"""Letters of 9 pixels are found at twice their size."""
_LARGEST = {1: 700_000, 2: 400_000, 4: 150_000}
"""Pixels of all parts that are looked at for letters of one size, by how many times smaller; if they are more, smaller still."""
_MOST_PARTS = 0.8
"""Share of a picture from which on it is looked at as a whole instead of in parts."""
_MARGIN, _AROUND = 3, 0.25
"""Pixels added on each side of a line's box for the blur of its letters, or this share of their height if that is more."""
_WORD = "SYNTHETICA"
"""The word that `trial` reads."""


@dataclass(frozen=True)
class Sighting:
    """What the search of a picture gave: boxes of text, and whether something else in it may be text."""

    boxes: tuple[Box, ...]
    is_doubtful: bool


class _View(NamedTuple):
    """A part of a picture as it is looked at: RGB, its scale to the picture, and where it begins there (x, y)."""

    picture: NDArray[np.uint8]
    scale: float
    origin: tuple[int, int]
    is_ink: bool


def trial() -> str | None:
    """None when this computer can read text in pictures, as reading a word shows; else a sentence why not, and what helps."""
    if not inference.is_installed():
        return "Text in pictures cannot be read, for ONNX Runtime is not installed: `pip install 'radiary[ocr]'` adds it."
    try:
        paper = Image.new("L", (240, 80), 255)
        ImageDraw.Draw(paper).text((30, 25), _WORD, fill=0, font=ImageFont.load_default(24))
        rgb = np.repeat(np.asarray(paper)[..., None], 3, axis=2)
        corners = np.array([line.corners for line in detection.lines(rgb)]).reshape(-1, 4, 2)
        is_read = _WORD in {reading for reading, _ in recognition.read(rgb, corners)}
    except Exception:  # noqa: BLE001 - whatever is broken, the same advice helps
        is_read = False
    advice = "`pip install --force-reinstall 'radiary[ocr]'` installs Radiary and its reader of text again."
    return None if is_read else f"Text in pictures cannot be read, for a part of the program is missing or damaged: {advice}"


def text_in_instance(pictures: Sequence[NDArray[np.uint8]], *, is_slice: bool) -> Sighting:
    """Search an instance's pictures, as `text_in` takes them, all of one shape; they may be loaded as they are asked for.

    Of a clip, the brightest and the darkest value of each pixel and the middle frame are searched, which show what stands still,
    and every frame in which strokes stand that its neighbours do not have. Of slices, parts with strokes are searched.
    """
    if len(pictures) > 2:
        return combined([text_in(frame) for frame in clips.telling(pictures)])
    return combined([text_in_slice(frame) if is_slice else text_in(frame) for frame in pictures])


def combined(sightings: Sequence[Sighting]) -> Sighting:
    """All that was seen."""
    boxes = {box for sighting in sightings for box in sighting.boxes}
    return Sighting(tuple(sorted(boxes)), any(sighting.is_doubtful for sighting in sightings))


def possible_text(frame: NDArray[np.uint8]) -> list[Box]:
    """Boxes of everything that looks like text in an 8-bit grey (rows, columns) or RGB (rows, columns, 3) picture.

    What several views show is told once: no box lies within another one.
    """
    boxes = {_box(frame, view, line.corners) for view in _views(frame, None) for line in detection.lines(view.picture)}
    return sorted(box for box in boxes if not any(_is_within(box, other) for other in boxes - {box}))


def _is_within(box: Box, other: Box) -> bool:
    return other[0] <= box[0] and other[1] <= box[1] and box[2] <= other[2] and box[3] <= other[3]


def within(frame: NDArray[np.uint8], parts: Sequence[Box]) -> list[Box]:
    """Parts that lie in a picture, cut to it."""
    rows, columns = frame.shape[:2]
    cut = [(x0, y0, min(x1, columns - 1), min(y1, rows - 1)) for x0, y0, x1, y1 in parts]
    return [(x0, y0, x1, y1) for x0, y0, x1, y1 in cut if x0 < x1 and y0 < y1]


def text_in_slice(frame: NDArray[np.uint8]) -> Sighting:
    """Search the parts of a slice that have plain strokes; where one shows text or a doubt, the whole slice."""
    parts = strokes.parts(frame, strokes.PLAIN)
    sighting = text_in(frame, parts) if parts else Sighting((), False)
    return text_in(frame) if sighting.boxes or sighting.is_doubtful else sighting


def text_in(frame: NDArray[np.uint8], parts: Sequence[Box] | None = None) -> Sighting:
    """Search an 8-bit grey (rows, columns) or RGB (rows, columns, 3) picture, or `parts` of it; markers such as `R` are no text.

    What looks like text and cannot be read is blanked where nothing but an even ground is around it, and else leaves a doubt.
    """
    judgements = [
        (_box(frame, view, corners), verdict)
        for view in _views(frame, parts)
        for corners, verdict in judging.judged(view.picture, detection.lines(view.picture), is_ink=view.is_ink)
    ]
    boxes, is_doubtful = [], False
    for box, verdict in judging.settled(judgements):
        if verdict is Verdict.TEXT or judging.stands_alone(frame, box):
            boxes.append(box)
        else:
            is_doubtful = True
    return Sighting(tuple(sorted(boxes)), is_doubtful)


def _views(frame: NDArray[np.uint8], parts: Sequence[Box] | None) -> Iterator[_View]:
    """What is looked at of a picture: its parts with strokes, the smaller the letters the larger, and the places of its inks."""
    small, middle, tall = (strokes.parts(frame, letters) for letters in strokes.BY_SIZE) if parts is None else (parts, [], parts)
    small = _most(frame, small)
    yield from _scaled(frame, small, smaller=1)
    middle = [part for part in _most(frame, middle) if not any(_is_within(part, larger) for larger in small)]
    yield from _scaled(frame, middle, smaller=2)
    yield from _scaled(frame, _most(frame, tall, 0), smaller=4)
    for layer in inks.layers(frame):
        yield from _scaled(layer, strokes.parts(layer, strokes.INK), smaller=1, is_ink=True)


def _most(frame: NDArray[np.uint8], parts: Sequence[Box], share: float = _MOST_PARTS) -> Sequence[Box]:
    """Parts of a picture, or the whole of it where they are more than a share."""
    rows, columns = frame.shape[:2]
    is_most = sum((x1 + 1 - x0) * (y1 + 1 - y0) for x0, y0, x1, y1 in parts) > share * rows * columns
    return [(0, 0, columns - 1, rows - 1)] if is_most else parts


def _scaled(frame: NDArray[np.uint8], parts: Sequence[Box], *, smaller: int, is_ink: bool = False) -> Iterator[_View]:
    """Views of a picture's parts, enlarged, or so many times smaller than that."""
    pixels = sum((x1 + 1 - x0) * (y1 + 1 - y0) for x0, y0, x1, y1 in parts)
    for part in parts:
        yield _view(frame, part, min(_ENLARGED / smaller, (_LARGEST[smaller] / pixels) ** 0.5), is_ink=is_ink)


def _view(frame: NDArray[np.uint8], part: Box, scale: float, *, is_ink: bool) -> _View:
    x0, y0, x1, y1 = part
    cut = frame[y0 : y1 + 1, x0 : x1 + 1]
    rows, columns = cut.shape[:2]
    size = max(32, round(columns * scale)), max(32, round(rows * scale))
    resampling = Image.Resampling.BICUBIC if scale > 1 else Image.Resampling.BOX
    scaled = np.asarray(Image.fromarray(cut).resize(size, resampling))
    shown = scaled if is_ink else enhancing.enhanced(scaled)
    coloured = shown if shown.ndim == 3 else np.repeat(shown[..., None], 3, axis=2)
    return _View(coloured, scale, (x0, y0), is_ink)


def _box(frame: NDArray[np.uint8], view: _View, corners: NDArray[np.float64]) -> Box:
    """The box in the picture around a line in a view of it, with a margin."""
    rows, columns = frame.shape[:2]
    placed = corners / view.scale + view.origin
    margin = max(_MARGIN, _AROUND * judging.height(placed))
    x0, y0 = np.maximum(0, (placed.min(axis=0) - margin).astype(int)).tolist()
    x1, y1 = np.minimum([columns - 1, rows - 1], (placed.max(axis=0) + margin).astype(int)).tolist()
    return x0, y0, x1, y1
