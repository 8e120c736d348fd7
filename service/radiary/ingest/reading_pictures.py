"""What is seen in an instance's pictures, and in its copy's values.

All of it runs in workers: numpy and Pillow, imported there only, weigh 60 MB, a reader of text 200 MB.
"""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from radiary.ingest import kept_frames, suspected_slices, tray_pictures
from radiary.ingest.tray_pictures import Frames, Groups
from radiary.model.errors import Reason
from radiary.model.nouns import WHOLE, Box, Share, Treatment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from radiary.dicom.hidden_values import Shown
    from radiary.dicom.text.reader import SearchResult

_OVERVIEW = "-overview.png"
_FEW_GROUPS = 8
"""Frames and windows of an image make fewer groups than this. More are the tiles of a slide, each a group of its own, of which
only those that have strokes are read."""
_FEW_WINDOWS = 2
"""Windows beside its own in which an image that is no CT is looked at, at most."""


def may_show_text(
    groups: Groups,
    copy: Path | None,
    is_seen_whole: bool = False,
    suspects: tuple[Box, ...] = (),
    compared: tuple[Path, ...] = (),
) -> bool:
    """Whether a slice has plain strokes, in its pictures or its copy's values, letters where it is suspected, or, if it is seen
    whole, what is like a word.
    """
    from radiary.dicom.text import strokes

    frames = (frame for pictures in groups for frame in Frames(pictures))
    hidden = (shown.picture for shown in _hidden(groups, copy))
    if any(strokes.parts(frame, strokes.PLAIN) for frame in chain(frames, hidden)):
        return True
    if suspects and suspected_slices.may_show_text(Frames(groups[0])[0], copy, suspects, compared):
        return True
    return is_seen_whole and _has_likeness(Frames(groups[0])[0])


def _has_likeness(frame: "NDArray[np.uint8]") -> bool:
    from radiary.dicom.text import faint

    return bool(faint.words(frame, faint.SURE))


def _hidden(groups: Groups, copy: Path | None) -> "Iterator[Shown]":
    """The values of an image as its pictures do not show them; nothing of a slide, and where there is no copy."""
    if copy is not None and len(groups) <= _FEW_GROUPS:
        yield from tray_pictures.hidden(copy, is_clip=len(groups[0]) > 1)


def read_hidden(view: Path) -> Treatment:
    """What searching a view of values that no picture shows leads to."""
    from radiary.dicom.text import reader

    sighting = reader.text_in_hidden_values(Frames([view])[0], is_slice=False)
    return Treatment(hold=Reason.TEXT_UNCERTAIN) if sighting.is_doubtful else Treatment(blank=sighting.boxes)


def says_words(groups: Groups) -> bool:
    """Whether something is read for certain in pictures of what is computed, whose outlines look like text."""
    from radiary.dicom.text import reader

    return any(reader.says_words(Frames(pictures)) for pictures in groups)


def read(
    groups: Groups,
    is_slice: bool,
    copy: Path | None = None,
    suspects: tuple[Box, ...] = (),
    compared: tuple[Path, ...] = (),
    is_seen_whole: bool = False,
    sweeps: tuple[Box, ...] = (),
    frames: Path | None = None,
    share: Share = WHOLE,
) -> Treatment:
    """What searching an instance leads to: `copy` and what it is compared with are files of the tray.

    `is_seen_whole`: a slice that stands for a series is looked at as a whole, whether it has plain strokes or not.
    `sweeps`: parts that are drawn over time. `frames`: where lies what the frames of a clip show together, if that was kept.
    `share`: the one that this process has in the search; the last one has that of the copy.
    """
    from radiary.dicom.text import reader

    boxes: set[Box] = set()
    for place, pictures in enumerate(groups):
        is_tile, is_overview = len(groups) > _FEW_GROUPS, pictures[0].name.endswith(_OVERVIEW)
        together = kept_frames.kept(frames, len(pictures)) if frames is not None and place == 0 else None
        sighting = reader.text_in_instance(
            Frames(pictures), is_slice=is_slice or is_tile, sweeps=sweeps, together=together, share=share
        )
        # Where something stands in the overview is no place in any tile.
        if sighting.is_doubtful or (is_overview and sighting.boxes):
            return Treatment(hold=Reason.TEXT_UNCERTAIN)
        boxes.update(sighting.boxes)
    if share.number < share.of - 1:
        return Treatment(blank=tuple(sorted(boxes)))
    typical = map(reader.text_in_typical_slice, islice(Frames(groups[0]), 1 if is_seen_whole else 0))
    if suspects:
        rest = suspected_slices.seen(Frames(groups[0])[0], copy, suspects, compared)
    else:
        rest = _seen_in_copy(groups, copy, is_slice=is_slice)
    for sighting in chain(typical, rest):
        if sighting.is_doubtful:
            return Treatment(hold=Reason.TEXT_UNCERTAIN)
        boxes.update(sighting.boxes)
    return Treatment(blank=tuple(sorted(boxes)))


def _seen_in_copy(groups: Groups, copy: Path | None, *, is_slice: bool) -> "Iterator[SearchResult]":
    """What is seen in the stored values of an image; of a slice, where it has plain strokes.

    `is_slice` is not said of a slice that was blanked: then its windows are more than the two of another image.
    """
    from radiary.dicom.text import reader

    hidden = list(_hidden(groups, copy))
    is_slice = is_slice or len(hidden) > _FEW_WINDOWS
    for picture, _ in hidden:
        yield reader.text_in_hidden_values(picture, is_slice=is_slice)
