"""Where pictures show text, by two neural networks, a detector and a reader of lines (the extra `radiary[ocr]`).

Boxes are (x0, y0, x1, y1) in pixels from 0, both ends included.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from radiary.dicom.text import clips, detection, extra, faint, judging, recognition, shapes, strokes, views
from radiary.dicom.text.frames_together import Together
from radiary.dicom.text.judging import Verdict
from radiary.model.nouns import WHOLE, Box, Share

_VALUES, _EVERY = 64, 4
"""Greys of hidden values, spread over all of them, from which on faint letters may be plain by their ink alone; one row in so
many tells how many there are."""
_WORD = "SYNTHETICA"
"""The word that `trial` reads."""


@dataclass(frozen=True)
class SearchResult:
    """What the search of a picture gave: boxes of text, and of what may be text."""

    boxes: tuple[Box, ...] = ()
    doubts: tuple[Box, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether something else in it may be text."""
        return bool(self.doubts)


def trial() -> str | None:
    """None when this computer can read text in pictures, as reading a word shows; else a sentence why not, and what helps."""
    if not extra.is_installed():
        return "Text in pictures cannot be read, for ONNX Runtime is not installed: `radiary doctor` says how it is added."
    try:
        paper = Image.new("L", (240, 80), 255)
        ImageDraw.Draw(paper).text((30, 25), _WORD, fill=0, font=ImageFont.load_default(24))
        rgb = np.repeat(np.asarray(paper)[..., None], 3, axis=2)
        corners = np.array([line.corners for line in detection.lines(rgb)]).reshape(-1, 4, 2)
        is_read = _WORD in {reading for reading, _ in recognition.read(rgb, corners)}
    except Exception:  # noqa: BLE001 - whatever is broken, the same advice helps
        is_read = False
    advice = "`radiary doctor` says how it is installed again."
    return None if is_read else f"Text in pictures cannot be read, for a part of the program is missing or damaged: {advice}"


def text_in_instance(
    pictures: Sequence[NDArray[np.uint8]],
    *,
    is_slice: bool,
    sweeps: Sequence[Box] = (),
    together: Together | None = None,
    share: Share = WHOLE,
) -> SearchResult:
    """Search an instance's pictures, as `text_in` takes them, all of one shape; they may be loaded as they are asked for.

    Of a clip, the brightest and the darkest value of each pixel and the middle frame are searched, which show what stands still,
    and frames in which strokes stand that most others, or nearly all, do not have. Of slices, parts with strokes are searched.
    `together`: what the frames show together, if that was gathered before. `share`: the one that this process has in the work.
    """
    if len(pictures) > clips.FEW:
        return _together(_in_telling(one, sweeps) for one in clips.telling(pictures, together)[share.number :: share.of])
    frames = pictures if share.number == 0 else ()
    return _together(text_in_slice(frame) if is_slice else text_in(frame, sweeps=sweeps) for frame in frames)


def _in_telling(one: clips.Telling, sweeps: Sequence[Box]) -> SearchResult:
    """In a projection speckle runs together to what is like words, which a frame shows better: there likeness says nothing."""
    if not one.is_frame:
        return _seen(one.picture, _judged(one.picture, None))
    return text_in(one.picture, None if one.parts is None else within(one.picture, one.parts), sweeps=sweeps)


def _together(sightings: Iterable[SearchResult]) -> SearchResult:
    """All that was seen until there was a doubt, with which the instance is held whatever else there is."""
    boxes = set[Box]()
    for sighting in sightings:
        boxes.update(sighting.boxes)
        if sighting.is_doubtful:
            return SearchResult(tuple(sorted(boxes)), sighting.doubts)
    return SearchResult(tuple(sorted(boxes)))


def possible_text(frame: NDArray[np.uint8]) -> list[Box]:
    """Boxes of everything that looks like text in an 8-bit grey (rows, columns) or RGB (rows, columns, 3) picture.

    What several views show is told once: no box lies within another one.
    """
    boxes = {views.box(frame, view, line.corners) for view in views.views(frame, None) for line in detection.lines(view.picture)}
    boxes.update(faint.words(frame))
    return sorted(box for box in boxes if not any(views.is_within(box, other) for other in boxes - {box}))


def within(frame: NDArray[np.uint8], parts: Sequence[Box]) -> list[Box]:
    """Parts that lie in a picture, cut to it."""
    rows, columns = frame.shape[:2]
    cut = [(x0, y0, min(x1, columns - 1), min(y1, rows - 1)) for x0, y0, x1, y1 in parts]
    return [(x0, y0, x1, y1) for x0, y0, x1, y1 in cut if x0 < x1 and y0 < y1]


def text_in_slice(frame: NDArray[np.uint8]) -> SearchResult:
    """Search the parts of a slice that have plain strokes; where one shows text or a doubt, the whole slice."""
    parts, searched = strokes.parts(frame, strokes.PLAIN), partial(text_in, frame, least=faint.SURE)
    sighting = searched(parts) if parts else SearchResult()
    return searched() if sighting.boxes or sighting.is_doubtful else sighting


def text_in_hidden_values(frame: NDArray[np.uint8], *, is_slice: bool) -> SearchResult:
    """Search values of an image that its picture does not show: what is like words there is grain, made plain.

    Of a slice, the parts that have plain strokes come first.
    """
    is_used = np.zeros(256, dtype=bool)
    is_used[frame[::_EVERY]] = True
    has_inks = bool(is_used.sum() >= _VALUES)
    if is_slice:
        parts = strokes.parts(frame, strokes.PLAIN)
        sighting = _seen(frame, _judged(frame, parts, has_inks=has_inks)) if parts else SearchResult()
        if not (sighting.boxes or sighting.is_doubtful):
            return sighting
    return _seen(frame, _judged(frame, None, has_inks=has_inks))


def text_in(
    frame: NDArray[np.uint8],
    parts: Sequence[Box] | None = None,
    ground: NDArray[np.uint8] | None = None,
    *,
    least: float = faint.LIKELY,
    larger: float = faint.SURE,
    sweeps: Sequence[Box] = (),
) -> SearchResult:
    """Search an 8-bit grey (rows, columns) or RGB (rows, columns, 3) picture, or `parts` of it; markers such as `R` are no text.

    What looks like text and cannot be read is blanked where nothing but an even ground is around it, and else leaves a doubt.
    That is asked of `ground`, a picture of the same shape, where one is given. A word of letters above each other of which most
    was read is blanked whole.
    `least`, `larger`: how much something has to be like a word of small or larger letters, in `faint`'s terms.
    `sweeps`: parts that are drawn over time, whose beats are like letters: there likeness says nothing.
    """
    ground = frame if ground is None else ground
    judgements = _judged(frame, parts)
    sighting = _seen(ground, judgements)
    if sighting.is_doubtful:  # what else there is changes nothing
        return sighting
    words = [box for box in _overlooked(frame, parts, least, larger) if not any(judging.lies_in(box, one) for one in sweeps)]
    read_in_part = [(box, Verdict.TEXT) for box in words if judging.is_upright(box) and judging.is_text(box, judgements)]
    overlooked = [box for box in words if not judging.is_known(box, judgements)]
    repeated = [box for box in overlooked if shapes.is_repeated(frame, box)]
    left = [(box, Verdict.UNREADABLE) for box in overlooked if not any(judging.is_same(box, other) for other in repeated)]
    return _seen(ground, [*judgements, *read_in_part, *left])


def says_words(pictures: Sequence[NDArray[np.uint8]]) -> bool:
    """Whether pictures of one shape say something that is read for certain; of a clip, what tells of all of it."""
    frames = (one.picture for one in clips.telling(pictures)) if len(pictures) > clips.FEW else pictures
    return any(verdict is Verdict.TEXT for frame in frames for _, verdict in _judged(frame, None))


def text_in_typical_slice(frame: NDArray[np.uint8]) -> SearchResult:
    """Search a slice that stands for a whole series, all of it, where something is like a word.

    What cannot be read leaves a doubt where that likeness is: bones and couches have one or the other at times.
    """
    words = faint.words(frame, faint.SURE)
    judgements = _judged(frame, None) if words else []
    plain = [
        (box, verdict)
        for box, verdict in judgements
        if verdict is not Verdict.UNREADABLE or any(judging.are_touching(box, word) for word in words)
    ]
    return _seen(frame, plain)


def _judged(frame: NDArray[np.uint8], parts: Sequence[Box] | None, *, has_inks: bool = True) -> list[tuple[Box, Verdict]]:
    """What each line is that the detector finds in a picture, or in parts of it; nothing of one shape again and again."""
    found = (
        (views.box(frame, view, corners), verdict)
        for view in views.views(frame, parts, has_inks=has_inks)
        for corners, verdict in judging.judged(view.picture, detection.lines(view.picture), is_ink=view.is_ink)
    )
    return [(box, one) for box, one in found if one is not Verdict.UNREADABLE or not shapes.is_repeated(frame, box)]


def _seen(ground: NDArray[np.uint8], judgements: Sequence[tuple[Box, Verdict]]) -> SearchResult:
    """What is to be done about what was judged."""
    boxes, doubts = list[Box](), list[Box]()
    for box, verdict in judging.merged(judgements):
        (boxes if verdict is Verdict.TEXT or judging.stands_alone(ground, box) else doubts).append(box)
    return SearchResult(tuple(sorted(boxes)), tuple(sorted(doubts)))


def _overlooked(frame: NDArray[np.uint8], parts: Sequence[Box] | None, least: float, larger: float) -> list[Box]:
    """Boxes of what is like words in a picture, or in parts of it, whether the detector finds it or not."""
    if parts is None:
        return faint.words(frame, least, larger)
    return [
        (x0 + left, y0 + top, x1 + left, y1 + top)
        for left, top, right, bottom in parts
        for x0, y0, x1, y1 in faint.words(frame[top : bottom + 1, left : right + 1], least, larger)
    ]
