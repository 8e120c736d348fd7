"""Looks for text in what was written to the tray, blanks what is found, and looks again; what stays doubtful is held.

The pictures are looked at as their owner would see them, in processes of their own: readers of text are heavy.
"""

import importlib.util
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from radiary.engine import Engine
from radiary.errors import Reason
from radiary.model import Box, Outcome, Placed, Task, Treatment

Found = tuple[Treatment, ...]
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
    paths = {index: _pictures(task, index, placed[index]) for index in wanted}
    slices = {index: None for index in wanted if placed[index].facts.look == "some" and not is_warned}
    answers = engine.each(_has_strokes, [(paths[index],) for index in slices])
    plain = {index for index, answer in zip(slices, answers, strict=True) if answer is False}
    wanted = [index for index in wanted if index not in plain]
    seen = reader.each(_look, [(paths[index], index in slices) for index in wanted])
    doubt = Treatment(hold=Reason.TEXT_UNCERTAIN)
    return {index: found or doubt for index, found in zip(wanted, seen, strict=True) if found != Treatment()}


def _pictures(task: Task, index: int, one: Placed) -> tuple[Path, ...]:
    """The files in the tray, in frame order."""
    folder = task.library_tray / str(index)
    return tuple(folder / Path(picture.path).name for picture in one.record.pictures)


def _has_strokes(pictures: tuple[Path, ...]) -> bool:
    # Imported here, in a process of the pool's.
    from radiary.dicom import encode, text

    return any(text.strokes(encode.opened(path.read_bytes())) for path in text.some(pictures))


def _look(pictures: tuple[Path, ...], is_slice: bool) -> Treatment:
    # Imported here, in a process of the reader's: it weighs 200 MB.
    from radiary.dicom import text

    frames = [path.read_bytes() for path in text.some(pictures)]
    sighting = text.seen_in(frames, is_slice=is_slice)
    if sighting.is_doubtful:
        return Treatment(hold=Reason.TEXT_UNCERTAIN)
    return Treatment(blank=sighting.boxes)
