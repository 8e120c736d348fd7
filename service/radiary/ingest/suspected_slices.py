"""Which slices have something that those before and after them have not, and what is seen there.

All of it runs in workers: numpy, imported there only, weighs much.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from radiary.ingest import kept_rows, tray_pictures
from radiary.model.nouns import Box

_BESIDE = 3
"""Files of a slice and of those right beside it, after which that of a farther one comes."""

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from radiary.dicom.text.reader import SearchResult
    from radiary.dicom.text.slice_values import Rows


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
    return None if (stored := tray_pictures.stored(values)) is None else rows_of(stored)


def may_show_text(picture: "NDArray[np.uint8]", copy: Path | None, suspects: Sequence[Box], compared: Sequence[Path]) -> bool:
    """Whether a suspected slice is to be read: mostly grain or an organ's edge is new in it. Arguments are those of `seen`."""
    return not _lie_in_place(picture, copy) or _with_letters(compared, suspects) != []


def _with_letters(compared: Sequence[Path], suspects: Sequence[Box]) -> "list[NDArray[np.uint8]] | None":
    """Pictures of what is new in a slice in which letters may stand; None where there is nothing to compare it with.

    What begins with it and stays is new beside those before it alone, of which the farther one comes last.
    """
    from radiary.dicom.text import slices

    stored = [tray_pictures.stored(path) for path in compared]
    beside = [stored[1:_BESIDE], stored[1:2] + stored[_BESIDE:]] if len(stored) > _BESIDE else [stored[1:]]
    pictures = [new for some in beside if (new := slices.what_is_new([*stored[:1], *some])) is not None]
    return [new for new in pictures if any(slices.may_be_letters(new, box) for box in suspects)] if pictures else None


def seen(
    picture: "NDArray[np.uint8]", copy: Path | None, suspects: tuple[Box, ...], compared: Sequence[Path]
) -> "Iterator[SearchResult]":
    """What is seen where a slice is suspected: in what is new in it, in its picture, and in its copy's values.

    `compared`: the file of the slice, and those of slices beside it, before and after it, and a second one before it. Where what
    is new may lie elsewhere in the picture, whatever is seen in it leaves a doubt.
    """
    from radiary.dicom.text import faint, reader, slices

    pictures = _with_letters(compared, suspects)
    windows = [(picture, False), *(tray_pictures.hidden(copy) if copy else ())]
    if not _lie_in_place(picture, copy):
        for new in pictures or ():
            sighting = _new(reader.text_in(new), [new])
            yield replace(sighting, boxes=(), doubts=(*sighting.boxes, *sighting.doubts))
        yield from (reader.text_in(shown) for shown, _ in windows)
        return
    parts = reader.within(picture, suspects)
    if pictures is not None:
        words = [box for new in pictures for part in parts for box in slices.letters_in(new, part)]
        yield from (_whole(_new(reader.text_in(new, parts, picture, larger=faint.QUITE), [new]), words) for new in pictures)
        looked_at = windows if pictures else []
        yield from (_whole(_new(reader.text_in(shown, parts, larger=faint.LIKELY), pictures), words) for shown, _ in looked_at)
        return
    for shown, is_quiet in windows:  # without anything to compare with, grain would be like the smallest words
        yield _whole(reader.text_in(shown, parts, least=faint.QUITE if is_quiet else faint.SURE), parts)


def _new(sighting: "SearchResult", pictures: "Sequence[NDArray[np.uint8]]") -> "SearchResult":
    """Of what is seen that which is new in one of some pictures of what is new."""
    from radiary.dicom.text import slices

    boxes, doubts = (
        tuple(box for box in some if any(slices.is_new_in(new, box) for new in pictures))
        for some in (sighting.boxes, sighting.doubts)
    )
    return replace(sighting, boxes=boxes, doubts=doubts)


def _lie_in_place(picture: "NDArray[np.uint8]", copy: Path | None) -> bool:
    """Whether a part of the stored values is the same part of the picture: not where pixels are not square, and are made so."""
    values = tray_pictures.stored(copy) if copy is not None else None
    return values is not None and values.shape == picture.shape[:2]


def _whole(sighting: "SearchResult", words: Sequence[Box]) -> "SearchResult":
    """What is new in one slice like letters are is words, of which the network may find a part."""
    return replace(sighting, boxes=(*sighting.boxes, *words)) if sighting.boxes else sighting
