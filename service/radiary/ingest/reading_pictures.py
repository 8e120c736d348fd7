"""What is seen in an instance's pictures, in its copy's values, and in what a slice has and its neighbours have not.

All of it runs in workers: numpy and Pillow, imported there only, weigh 60 MB, a reader of text 200 MB.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from radiary.ingest import kept_rows
from radiary.model.errors import Reason
from radiary.model.nouns import Box, Treatment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from radiary.dicom.hidden_values import Shown
    from radiary.dicom.text.reader import SearchResult
    from radiary.dicom.text.slice_values import Rows

Groups = tuple[tuple[Path, ...], ...]
"""An instance's pictures: what belongs together is searched together, as the frames of a clip are."""
_OVERVIEW = "-overview.png"
_FEW_GROUPS = 8
"""Frames and windows of an image make fewer groups than this. More are the tiles of a slide, each a group of its own, of which
only those that have strokes are read."""
_FEW_WINDOWS = 2
"""Windows beside its own in which an image that is no CT is looked at, at most."""


class _Frames(Sequence["NDArray[np.uint8]"]):
    """Pictures that are loaded as they are asked for: a long clip does not fit into memory."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths

    def __len__(self) -> int:
        return len(self._paths)

    def __getitem__(self, place: Any) -> Any:
        from radiary.dicom.render import encode

        return encode.pixels_of(self._paths[place].read_bytes())


def may_show_text(groups: Groups, copy: Path | None, is_seen_whole: bool = False) -> bool:
    """Whether a slice has plain strokes, in its pictures or its copy's values, or what is like a word, if it is seen whole."""
    from radiary.dicom.text import strokes

    frames = (frame for pictures in groups for frame in _Frames(pictures))
    hidden = (shown.picture for shown in _hidden(groups, copy))
    if any(strokes.parts(frame, strokes.PLAIN) for frame in chain(frames, hidden)):
        return True
    return is_seen_whole and _has_likeness(_Frames(groups[0])[0])


def _has_likeness(frame: "NDArray[np.uint8]") -> bool:
    from radiary.dicom.text import faint

    return bool(faint.words(frame, faint.SURE))


def _hidden(groups: Groups, copy: Path | None) -> "Iterator[Shown]":
    """The values of an image as its pictures do not show them; nothing of a slide, and where there is no copy."""
    from radiary.dicom import hidden_values
    from radiary.dicom.read.pixel_matrix import Undecodable
    from radiary.dicom.wall import deidentify

    if copy is not None and len(groups) <= _FEW_GROUPS:
        with contextlib.suppress(Undecodable, ValueError), copy.open("rb") as file:
            data = file.read() if len(groups[0]) == 1 else file  # a clip may be larger than memory
            yield from hidden_values.pictures(deidentify.readmitted(data, is_blanked=False))


def read_hidden(view: Path) -> Treatment:
    """What searching a view of values that no picture shows leads to."""
    from radiary.dicom.text import reader

    sighting = reader.text_in_hidden_values(_Frames([view])[0], is_slice=False)
    return Treatment(hold=Reason.TEXT_UNCERTAIN) if sighting.is_doubtful else Treatment(blank=sighting.boxes)


def says_words(groups: Groups) -> bool:
    """Whether something is read for certain in pictures of what is computed, whose outlines look like text."""
    from radiary.dicom.text import reader

    return any(reader.says_words(_Frames(pictures)) for pictures in groups)


def read(
    groups: Groups,
    is_slice: bool,
    copy: Path | None = None,
    suspects: tuple[Box, ...] = (),
    compared: tuple[Path, ...] = (),
    is_seen_whole: bool = False,
    sweeps: tuple[Box, ...] = (),
) -> Treatment:
    """What searching an instance leads to: `copy` and what it is compared with are files of the tray.

    `is_seen_whole`: a slice that stands for a series is looked at as a whole, whether it has plain strokes or not.
    `sweeps`: parts that are drawn over time.
    """
    from radiary.dicom.text import reader

    boxes: set[Box] = set()
    for pictures in groups:
        is_tile, is_overview = len(groups) > _FEW_GROUPS, pictures[0].name.endswith(_OVERVIEW)
        sighting = reader.text_in_instance(_Frames(pictures), is_slice=is_slice or is_tile, sweeps=sweeps)
        # Where something stands in the overview is no place in any tile.
        if sighting.is_doubtful or (is_overview and sighting.boxes):
            return Treatment(hold=Reason.TEXT_UNCERTAIN)
        boxes.update(sighting.boxes)
    typical = map(reader.text_in_typical_slice, islice(_Frames(groups[0]), 1 if is_seen_whole else 0))
    hidden = _seen_in_copy(groups, copy, suspects, is_slice=is_slice)
    for sighting in chain(typical, _new_in(groups, suspects, compared), hidden):
        if sighting.is_doubtful:
            return Treatment(hold=Reason.TEXT_UNCERTAIN)
        boxes.update(sighting.boxes)
    return Treatment(blank=tuple(sorted(boxes)))


def _new_in(groups: Groups, suspects: tuple[Box, ...], compared: tuple[Path, ...]) -> "Iterator[SearchResult]":
    """What is seen in what a slice has and its neighbours have not, where it is suspected.

    Where that may lie elsewhere in the picture, whatever is seen leaves a doubt.
    """
    from radiary.dicom.text import reader, slices

    new = slices.what_is_new([_stored(path) for path in compared])
    if new is None:
        return
    if _lie_in_place(groups, compared[0]):
        parts = reader.within(new, suspects)
        yield _whole(_plain(reader.text_in(new, parts, _Frames(groups[0])[0]), new), parts)
    else:
        sighting = _plain(reader.text_in(new), new)
        yield replace(sighting, boxes=(), doubts=(*sighting.boxes, *sighting.doubts))


def _plain(sighting: "SearchResult", new: "NDArray[np.uint8]") -> "SearchResult":
    """What is seen in a picture of what is new, but for its grain."""
    from radiary.dicom.text import slices

    boxes, doubts = (tuple(box for box in some if slices.is_plain(new, box)) for some in (sighting.boxes, sighting.doubts))
    return replace(sighting, boxes=boxes, doubts=doubts)


def _lie_in_place(groups: Groups, copy: Path | None) -> bool:
    """Whether a part of the stored values is the same part of the picture: not where pixels are not square, and are made so."""
    values = _stored(copy) if copy and copy.suffix == ".dcm" else None
    return values is not None and values.shape == _Frames(groups[0])[0].shape[:2]


def suspects_between(files: Sequence[tuple[Path, Path]], first: int, last: int) -> list[tuple[Box, ...]]:
    """The parts of slices that those before and after them do not have, of those from the first to the last place of some.

    Of each slice the file of its rows, if these are kept, and the file with its values.
    """
    from radiary.dicom.text import slices

    rows = [rows for kept, values in files if (rows := _rows(kept, values)) is not None]
    return slices.suspects(rows, range(first, last + 1)) if len(rows) == len(files) else []


def may_last(files: Sequence[tuple[Path, Path]]) -> bool:
    """Whether slices far from each other, in their order, have something at one place that may be words; files as above."""
    from radiary.dicom.text import lasting

    return lasting.may_be_in([rows for kept, values in files if (rows := _rows(kept, values)) is not None])


def _rows(kept: Path, values: Path) -> "Rows | None":
    from radiary.dicom.text.slices import rows_of

    if (rows := kept_rows.kept(kept)) is not None:
        return rows
    return None if (stored := _stored(values)) is None else rows_of(stored)


def _whole(sighting: "SearchResult", parts: Sequence[Box]) -> "SearchResult":
    """What is new in one slice is one word, of which the network may find a part."""
    return replace(sighting, boxes=tuple(parts)) if sighting.boxes else sighting


def _stored(path: Path) -> "NDArray[np.generic] | None":
    """The values of a slice's copy, or of its picture; None where there are none of one frame."""
    from radiary.dicom import hidden_values
    from radiary.dicom.read.pixel_matrix import Undecodable
    from radiary.dicom.wall import deidentify

    if path.suffix == ".png":
        picture: NDArray[np.uint8] = _Frames([path])[0]
        return picture
    with contextlib.suppress(Undecodable, ValueError):
        return hidden_values.stored(deidentify.readmitted(path.read_bytes(), is_blanked=False))
    return None


def _seen_in_copy(groups: Groups, copy: Path | None, suspects: tuple[Box, ...], *, is_slice: bool) -> "Iterator[SearchResult]":
    """What is seen in the stored values of an image; of a slice, where it is suspected, or has plain strokes.

    `is_slice` is not said of a slice that was blanked: then its windows are more than the two of another image. Where grain is
    like the smallest words at times, something has to be like one for certain.
    """
    from radiary.dicom.text import faint, reader

    hidden = list(_hidden(groups, copy))
    is_slice = is_slice or len(hidden) > _FEW_WINDOWS
    if not suspects:
        for picture, _ in hidden:
            yield reader.text_in_hidden_values(picture, is_slice=is_slice)
        return
    own = [(picture, False) for picture in islice(_Frames(groups[0]), 1)]
    lies_in_place = _lie_in_place(groups, copy)
    for picture, is_quiet in (*own, *hidden):
        if lies_in_place:
            parts = reader.within(picture, suspects)
            yield _whole(reader.text_in(picture, parts, least=faint.QUITE if is_quiet else faint.SURE), parts)
        else:
            yield reader.text_in(picture)
