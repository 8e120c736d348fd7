"""Looks for text in what was written to the tray, blanks what is found, and looks again; what stays doubtful is held.

The pictures are looked at as their owner would see them, in processes of their own: readers of text are heavy.
"""

import importlib.util
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from radiary.disk.library import in_tray
from radiary.errors import Reason
from radiary.model import Box, Outcome, Placed, Task, Treatment
from radiary.workers.pool import Engine

Groups = tuple[tuple[Path, ...], ...]
"""An instance's pictures: what belongs together is looked at together, as the frames of a clip are."""
_VIEWS, _OVERVIEW = 8, "-overview.png"
"""More groups than windows that one can ask for: the tiles of a slide, of which only those with strokes are read."""
_UNTYPICAL = 8
"""Localizers and derived pictures of one series that are looked at when it is a series of slices."""


def is_possible() -> bool:
    """Whether the extra `radiary[ocr]` is installed."""
    return importlib.util.find_spec("rapidocr_onnxruntime") is not None


def boxes_in(picture: bytes) -> list[Box]:
    """Where a picture (PNG) shows text; to be run in a process of its own."""
    from radiary.dicom import encode, text

    return text.found(encode.opened(picture))


def cleared(task: Task, outcomes: dict[int, Outcome], engine: Engine, reader: Engine) -> dict[int, Outcome]:
    """The outcomes with all text blanked or its pictures held. Raises what concerns the whole export."""
    if not task.looks:
        return outcomes
    placed = {index: one for index, one in outcomes.items() if isinstance(one, Placed) and not one.hold}
    first = _sample(placed)
    treatments = _looked(task, placed, first, engine, reader)
    guilty = {placed[index].facts.series for index in treatments}
    rest = [index for index, one in placed.items() if one.facts.series in guilty and index not in first]
    treatments |= _looked(task, placed, rest, engine, reader, is_warned=True)
    if not treatments:
        return outcomes
    outcomes = outcomes | engine.develop(replace(task, treatments=treatments), sorted(treatments))
    blanked = {index: one for index in treatments if isinstance(one := outcomes[index], Placed) and not one.hold}
    again = {
        index: Treatment(hold=Reason.TEXT_REMAINS) for index in _looked(task, blanked, blanked, engine, reader, is_warned=True)
    }
    return outcomes | engine.develop(replace(task, treatments=again), sorted(again))


def _sample(placed: Mapping[int, Placed]) -> list[int]:
    """Members to look at: every one, or of a series of slices the first, middle and last and what is not like the others."""
    chosen = [index for index, one in placed.items() if one.facts.look == "every"]
    series: dict[str, list[int]] = defaultdict(list)
    for index, one in placed.items():
        if one.facts.look == "some":
            series[one.facts.series].append(index)
    for members in series.values():
        ordered = sorted(members, key=lambda index: (placed[index].facts.position or 0, placed[index].facts.instance_number or 0))
        odd = [index for index in ordered if not placed[index].facts.is_typical][:_UNTYPICAL]
        chosen += {ordered[0], ordered[len(ordered) // 2], ordered[-1], *odd}
    return sorted(chosen)


def _looked(
    task: Task, placed: Mapping[int, Placed], members: Iterable[int], engine: Engine, reader: Engine, *, is_warned: bool = False
) -> dict[int, Treatment]:
    """What looking at some members' pictures leads to, where it leads to something. A reader that crashes leaves a doubt.

    Slices without a stroke in them are not read: that is nearly all of them, and asking costs a hundredth. Where text was found
    in their series (`is_warned`), every one is.
    """
    wanted = [index for index in members if placed[index].record.pictures]
    slices = [placed[index].facts.look == "some" and not is_warned for index in wanted]
    seen = seen_in([_pictures(task, index, placed[index]) for index in wanted], slices, engine, reader)
    return {index: found for index, found in zip(wanted, seen, strict=True) if found != Treatment()}


def seen_in(pictures: Sequence[Groups], slices: Sequence[bool], engine: Engine, reader: Engine) -> list[Treatment]:
    """What looking at each instance's pictures leads to; of `slices`, only those are read that have strokes in them."""
    asked = [place for place, is_slice in enumerate(slices) if is_slice]
    answers = engine.each(_has_strokes, [(pictures[place],) for place in asked])
    plain = {place for place, answer in zip(asked, answers, strict=True) if answer is False}
    rest = [place for place in range(len(pictures)) if place not in plain]
    seen = reader.each(_look, [(pictures[place], slices[place]) for place in rest])
    found = {place: one or Treatment(hold=Reason.TEXT_UNCERTAIN) for place, one in zip(rest, seen, strict=True)}
    return [found.get(place, Treatment()) for place in range(len(pictures))]


def _pictures(task: Task, index: int, one: Placed) -> Groups:
    """The files in the tray: the frames in their order, the same in each other window, tiles of a slide one by one."""
    views = [file for file in one.record.copies if file.path.endswith(".png") and not file.path.endswith("-16bit.png")]
    groups: dict[str, list[Path]] = {}
    for file in (*one.record.pictures, *views):
        path = in_tray(task.library_tray, index, file.path)
        kind = "" if file in one.record.pictures else re.sub(r".*-", "", path.stem)
        groups.setdefault(path.name if one.facts.modality == "SM" else kind, []).append(path)
    return tuple(tuple(paths) for paths in groups.values())


def _has_strokes(groups: Groups) -> bool:
    # Imported here, in a process of the pool's.
    from radiary.dicom import encode, strokes, text

    paths = (path for pictures in groups for path in text.some(pictures))
    return any(strokes.parts(encode.opened(path.read_bytes()), strokes.PLAIN) for path in paths)


def _look(groups: Groups, is_slice: bool) -> Treatment:
    # Imported here, in a process of the reader's: it weighs 200 MB.
    from radiary.dicom import text

    boxes: set[Box] = set()
    for pictures in groups:
        is_tile, is_overview = len(groups) > _VIEWS, pictures[0].name.endswith(_OVERVIEW)
        sighting = text.seen_in([path.read_bytes() for path in text.some(pictures)], is_slice=is_slice or is_tile)
        # Where something stands in the overview is no place in any tile.
        if sighting.is_doubtful or (is_overview and sighting.boxes):
            return Treatment(hold=Reason.TEXT_UNCERTAIN)
        boxes.update(sighting.boxes)
    return Treatment(blank=tuple(sorted(boxes)))
