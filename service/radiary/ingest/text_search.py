"""Searches what was written to the tray for text, blanks what is found, and searches again; what stays doubtful is held.

Pictures are searched as their owner would see them. Reading runs in workers of its own, since a reader of text is heavy.
"""

import contextlib
import importlib.util
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from radiary.ingest import member_batches
from radiary.library import tray
from radiary.model.errors import Reason
from radiary.model.nouns import Box, Findings, Outcome, Placed, Task, Treatment
from radiary.workers.pool import Pool

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from radiary.dicom.text.reader import Sighting

Groups = tuple[tuple[Path, ...], ...]
"""An instance's pictures: what belongs together is searched together, as the frames of a clip are."""
_OVERVIEW = "-overview.png"
_FEW_GROUPS = 8
"""Frames and windows of an image make fewer groups than this. More are the tiles of a slide, each a group of its own, of which
only those that have strokes are read."""
_FEW_WINDOWS = 2
"""Windows beside its own in which an image that is no CT is looked at, at most."""
_UNTYPICAL = 8
"""Localizers and derived pictures of a series of slices that are searched at most."""


def is_possible() -> bool:
    """Whether the extra `radiary[ocr]` is installed."""
    return importlib.util.find_spec("onnxruntime") is not None


def boxes_in(picture: bytes) -> list[Box]:
    """Where a picture (PNG) shows text; to be run in a worker."""
    from radiary.dicom.render import encode
    from radiary.dicom.text import reader

    return reader.possible_text(encode.pixels_of(picture))


def cleared(
    task: Task, outcomes: dict[int, Outcome], findings: Mapping[int, Findings], *, pool: Pool, reader: Pool
) -> dict[int, Outcome]:
    """The outcomes with all text blanked or its pictures held; `findings` are of members. Raises what concerns the whole export.

    Of a series of slices, some are searched; where one of them shows text, all are.
    """
    if not task.searches_text:
        return outcomes
    placed = {index: one for index, one in outcomes.items() if isinstance(one, Placed) and not one.hold}
    sample = dict.fromkeys(_sample(placed))
    treatments = _treatments(task, placed, sample, pool=pool, reader=reader)
    suspected = {placed[index].facts.series for index in treatments}
    rest = [index for index, one in placed.items() if one.facts.series in suspected and index not in sample]
    treatments |= _treatments(task, placed, rest, pool=pool, reader=reader)
    if not treatments:
        return outcomes
    outcomes = outcomes | member_batches.developed_again(pool, task, _treated(findings, treatments))
    blanked = {index: one for index in treatments if isinstance(one := outcomes[index], Placed) and not one.hold}
    remaining = _treatments(task, blanked, blanked, pool=pool, reader=reader, is_blanked=True)
    held = {index: Treatment(hold=Reason.TEXT_REMAINS) for index in remaining}
    return outcomes | member_batches.developed_again(pool, task, _treated(findings, held))


def _treated(findings: Mapping[int, Findings], treatments: Mapping[int, Treatment]) -> dict[int, Findings]:
    return {index: replace(findings.get(index, Findings()), treatment=one) for index, one in sorted(treatments.items())}


def _sample(placed: Mapping[int, Placed]) -> list[int]:
    """Members to search: every one, or of a series of slices the first, middle and last, and what is not like the others."""
    chosen = [index for index, one in placed.items() if one.facts.text_search == "every"]
    series: dict[str, list[int]] = defaultdict(list)
    for index, one in placed.items():
        if one.facts.text_search == "some":
            series[one.facts.series].append(index)
    for members in series.values():
        ordered = sorted(members, key=lambda index: (placed[index].facts.position or 0, placed[index].facts.instance_number or 0))
        odd = [index for index in ordered if not placed[index].facts.is_typical][:_UNTYPICAL]
        suspected = [index for index in ordered if placed[index].suspects]
        chosen += {ordered[0], ordered[len(ordered) // 2], ordered[-1], *odd, *suspected}
    return sorted(chosen)


def _treatments(
    task: Task,
    placed: Mapping[int, Placed],
    members: Iterable[int],
    *,
    pool: Pool,
    reader: Pool,
    is_blanked: bool = False,
) -> dict[int, Treatment]:
    """What searching some members' pictures and copies leads to, where it leads to something.

    Slices without a stroke in them are not read: that is nearly all of them, and asking costs a hundredth. One that was blanked
    is read as a whole.
    """
    wanted = [index for index in members if placed[index].record.pictures]
    slices = [placed[index].facts.text_search == "some" and not is_blanked for index in wanted]
    treatments = treatments_of(
        [_pictures(task, index, placed[index]) for index in wanted],
        slices,
        pool=pool,
        reader=reader,
        copies=[_copy(task, index, placed[index]) for index in wanted],
        suspects=[placed[index].suspects for index in wanted],
    )
    return {index: one for index, one in zip(wanted, treatments, strict=True) if one != Treatment()}


def treatments_of(
    pictures: Sequence[Groups],
    slices: Sequence[bool],
    *,
    pool: Pool,
    reader: Pool,
    copies: Sequence[Path | None] = (),
    suspects: Sequence[tuple[Box, ...]] = (),
) -> list[Treatment]:
    """What searching each instance's pictures leads to, and its copy's values, if `copies` are there.

    Of `slices`, only those are read that have strokes in them or are suspected. A reader that crashes leaves a doubt.
    """
    copies, suspects = copies or [None] * len(pictures), suspects or [()] * len(pictures)
    asked = [place for place, is_slice in enumerate(slices) if is_slice and not suspects[place]]
    answers = pool.each(_has_strokes, [(pictures[place], copies[place]) for place in asked])
    plain = {place for place, answer in zip(asked, answers, strict=True) if answer is False}
    rest = [place for place in range(len(pictures)) if place not in plain]
    read = reader.each(_read, [(pictures[place], slices[place], copies[place], suspects[place]) for place in rest])
    treatments = {place: one or Treatment(hold=Reason.TEXT_UNCERTAIN) for place, one in zip(rest, read, strict=True)}
    return [treatments.get(place, Treatment()) for place in range(len(pictures))]


def _copy(task: Task, index: int, placed: Placed) -> Path | None:
    """The copy in the tray; None where there is none."""
    path = next((file.path for file in placed.record.copies if file.path.endswith(".dcm")), None)
    return tray.place(task.library_tray, index, path) if path else None


def _pictures(task: Task, index: int, placed: Placed) -> Groups:
    """The files in the tray: the frames in their order, the same in each other window, tiles of a slide one by one."""
    views = [file for file in placed.record.copies if file.path.endswith(".png") and not file.path.endswith("-16bit.png")]
    groups: dict[str, list[Path]] = {}
    for file in (*placed.record.pictures, *views):
        path = tray.place(task.library_tray, index, file.path)
        kind = "" if file in placed.record.pictures else re.sub(r".*-", "", path.stem)
        groups.setdefault(path.name if placed.facts.modality == "SM" else kind, []).append(path)
    return tuple(tuple(paths) for paths in groups.values())


# Imported in the workers only: numpy and Pillow weigh 60 MB, a reader of text 200 MB.


class _Frames(Sequence["NDArray[np.uint8]"]):
    """Pictures that are loaded as they are asked for: a long clip does not fit into memory."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths

    def __len__(self) -> int:
        return len(self._paths)

    def __getitem__(self, place: Any) -> Any:
        from radiary.dicom.render import encode

        return encode.pixels_of(self._paths[place].read_bytes())


def _has_strokes(groups: Groups, copy: Path | None) -> bool:
    from radiary.dicom.text import strokes

    frames = (frame for pictures in groups for frame in _Frames(pictures))
    return any(strokes.parts(frame, strokes.PLAIN) for frame in chain(frames, _hidden(groups, copy)))


def _hidden(groups: Groups, copy: Path | None) -> "Iterator[NDArray[np.uint8]]":
    """The values of an image of one frame as its picture does not show them; nothing where there is no copy."""
    from radiary.dicom import hidden_values
    from radiary.dicom.read.pixel_description import Undecodable
    from radiary.dicom.wall import deidentify

    if copy is not None and len(groups[0]) == 1:
        with contextlib.suppress(Undecodable, ValueError):
            yield from hidden_values.pictures(deidentify.readmitted(copy.read_bytes(), is_blanked=False))


def _read(groups: Groups, is_slice: bool, copy: Path | None = None, suspects: tuple[Box, ...] = ()) -> Treatment:
    from radiary.dicom.text import reader

    boxes: set[Box] = set()
    for pictures in groups:
        is_tile, is_overview = len(groups) > _FEW_GROUPS, pictures[0].name.endswith(_OVERVIEW)
        sighting = reader.text_in_instance(_Frames(pictures), is_slice=is_slice or is_tile)
        # Where something stands in the overview is no place in any tile.
        if sighting.is_doubtful or (is_overview and sighting.boxes):
            return Treatment(hold=Reason.TEXT_UNCERTAIN)
        boxes.update(sighting.boxes)
    for sighting in _seen_in_copy(groups, copy, suspects, is_slice=is_slice):
        if sighting.is_doubtful:
            return Treatment(hold=Reason.TEXT_UNCERTAIN)
        boxes.update(sighting.boxes)
    return Treatment(blank=tuple(sorted(boxes)))


def _seen_in_copy(groups: Groups, copy: Path | None, suspects: tuple[Box, ...], *, is_slice: bool) -> "Iterator[Sighting]":
    """What is seen in the stored values of an image of one frame; of a slice, where it is suspected, or has plain strokes.

    `is_slice` is not said of a slice that was blanked: then its windows are more than the two of another image.
    """
    from radiary.dicom.text import reader

    hidden = list(_hidden(groups, copy))
    is_slice = is_slice or len(hidden) > _FEW_WINDOWS
    for picture in chain(islice(_Frames(groups[0]), 1 if suspects else 0), hidden):
        if suspects:
            parts = reader.within(picture, suspects)
            sighting = reader.text_in(picture, parts)
            # What is new in one slice is one word, of which the network may find a part.
            yield replace(sighting, boxes=tuple(parts)) if sighting.boxes else sighting
        else:
            yield reader.text_in_slice(picture) if is_slice else reader.text_in(picture)
