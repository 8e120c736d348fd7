"""Looks for text in what was written to the tray, blanks what is found, and looks again; what stays doubtful is held.

The pictures are looked at as their owner would see them, in processes of their own: readers of text are heavy.
"""

import importlib.util
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    slices = [placed[index].facts.look == "some" and not is_warned for index in wanted]
    seen = seen_in([_pictures(task, index, placed[index]) for index in wanted], slices, engine, reader)
    return {index: found for index, found in zip(wanted, seen, strict=True) if found != Treatment()}


def seen_in(pictures: Sequence[tuple[Path, ...]], slices: Sequence[bool], engine: Engine, reader: Engine) -> list[Treatment]:
    """What looking at each instance's pictures leads to; of `slices`, only those are read that have strokes in them."""
    asked = [place for place, is_slice in enumerate(slices) if is_slice]
    answers = engine.each(_has_strokes, [(pictures[place],) for place in asked])
    plain = {place for place, answer in zip(asked, answers, strict=True) if answer is False}
    rest = [place for place in range(len(pictures)) if place not in plain]
    seen = reader.each(_look, [(pictures[place], slices[place]) for place in rest])
    found = {place: one or Treatment(hold=Reason.TEXT_UNCERTAIN) for place, one in zip(rest, seen, strict=True)}
    return [found.get(place, Treatment()) for place in range(len(pictures))]


def _pictures(task: Task, index: int, one: Placed) -> tuple[Path, ...]:
    """The files in the tray: the frames in their order, then the same in other windows."""
    folder = task.library_tray / str(index)
    views = [file for file in one.record.copies if file.path.endswith(".png") and not file.path.endswith("-16bit.png")]
    return tuple(folder / Path(file.path).name for file in (*one.record.pictures, *views))


def _has_strokes(pictures: tuple[Path, ...]) -> bool:
    # Imported here, in a process of the pool's.
    from radiary.dicom import encode, text

    return any(text.strokes(encode.opened(path.read_bytes())) for path in text.some(pictures))


def _look(pictures: tuple[Path, ...], is_slice: bool) -> Treatment:
    # Imported here, in a process of the reader's: it weighs 200 MB.
    from radiary.dicom import encode, text

    frames = [path.read_bytes() for path in text.some(pictures)]
    sizes = [encode.size(frame) for frame in frames]
    sighting = text.seen_in([frame for frame, size in zip(frames, sizes, strict=True) if size == sizes[0]], is_slice=is_slice)
    others = [frame for frame, size in zip(frames, sizes, strict=True) if size != sizes[0]]
    if sighting.is_doubtful or any(text.seen_in([other], is_slice=False) != text.NOTHING for other in others):
        return Treatment(hold=Reason.TEXT_UNCERTAIN)
    return Treatment(blank=sighting.boxes)
