"""Searches what was written to the tray for text, blanks what is found, and searches again; what stays doubtful is held.

Pictures are searched as their owner would see them. Reading runs in workers of its own, since a reader of text is heavy.
"""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from radiary.ingest import kept_rows, member_batches, reading_pictures
from radiary.ingest.reading_pictures import Groups
from radiary.library import tray
from radiary.model.errors import Reason
from radiary.model.nouns import Box, Findings, Outcome, Placed, Task, Treatment
from radiary.workers.pool import Pool

_UNTYPICAL = 8
"""Localizers and derived pictures of a series of slices that are searched at most."""
_FEW_SLICES = 4
"""Slices that one worker gets at once: to read fewer costs less than to start another reader, which loads its models."""
_BETWEEN = 2
"""Slices on each side of one at the end of a batch that it is compared with: a word may stand in two."""
_COMPARED = 2
"""Slices beside one that is suspected, in which the same does not stand."""


def boxes_in(picture: bytes) -> list[Box]:
    """Where a picture (PNG) shows text; to be run in a worker."""
    from radiary.dicom.render import encode
    from radiary.dicom.text import reader

    return reader.possible_text(encode.pixels_of(picture))


def cleared(
    task: Task, outcomes: dict[int, Outcome], findings: Mapping[int, Findings], *, pool: Pool, reader: Pool
) -> dict[int, Outcome]:
    """The outcomes with all text blanked or its pictures held; `findings` are of members. Raises what concerns the whole export.

    Of a series of slices, some are searched, the first, middle and last one as wholes; where one of them shows text, all are.
    """
    if not task.searches_text:
        return outcomes
    placed = {index: one for index, one in outcomes.items() if isinstance(one, Placed) and not one.hold}
    placed |= _between_batches(task, placed, pool)
    sample = dict.fromkeys(_sample(placed))
    typical = {index for members in _slices(placed) for index in _typical(members)}
    treatments = _treatments(task, placed, sample, pool=pool, reader=reader, typical=typical)
    suspected = {placed[index].facts.series for index in treatments}
    rest = [index for index, one in placed.items() if one.facts.series in suspected and index not in {*treatments, *typical}]
    treatments |= _treatments(task, placed, rest, pool=pool, reader=reader, typical=rest)
    treatments |= _of_drawn(task, placed, reader)
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
    for ordered in _slices(placed):
        odd = [index for index in ordered if not placed[index].facts.is_typical][:_UNTYPICAL]
        suspected = [index for index in ordered if placed[index].suspects]
        chosen += {*_typical(ordered), *odd, *suspected}
    return sorted(chosen)


def _typical(ordered: Sequence[int]) -> set[int]:
    """Of the slices of a series the one in the middle, and both ends, which have a neighbour less to be compared with."""
    return {ordered[0], ordered[len(ordered) // 2], ordered[-1]}


def _slices(placed: Mapping[int, Placed]) -> list[list[int]]:
    """The members of each series of slices, in their order."""
    series: dict[str, list[int]] = defaultdict(list)
    for index, one in placed.items():
        if one.facts.text_search == "some":
            series[one.facts.series].append(index)
    return [
        sorted(members, key=lambda index: (placed[index].facts.position or 0, placed[index].facts.instance_number or 0))
        for members in series.values()
    ]


def _treatments(
    task: Task,
    placed: Mapping[int, Placed],
    members: Iterable[int],
    *,
    pool: Pool,
    reader: Pool,
    typical: Collection[int] = (),
    is_blanked: bool = False,
) -> dict[int, Treatment]:
    """What searching some members' pictures and copies leads to, where it leads to something.

    Slices without a stroke in them are not read, nor `typical` ones in which nothing is like a word: that is nearly all of them,
    and asking costs a hundredth. One that was blanked is read as a whole.
    """
    wanted = [index for index in members if placed[index].record.pictures]
    slices = [placed[index].facts.text_search == "some" and not is_blanked for index in wanted]
    beside = {} if is_blanked else _beside(task, placed)
    treatments = treatments_of(
        [_pictures(task, index, placed[index]) for index in wanted],
        slices,
        pool=pool,
        reader=reader,
        copies=[_copy(task, index, placed[index]) for index in wanted],
        suspects=[placed[index].suspects for index in wanted],
        compared=[beside.get(index, ()) for index in wanted],
        typical=[is_slice and index in typical for index, is_slice in zip(wanted, slices, strict=True)],
    )
    return {index: one for index, one in zip(wanted, treatments, strict=True) if one != Treatment()}


def _of_drawn(task: Task, placed: Mapping[int, Placed], reader: Pool) -> dict[int, Treatment]:
    """What is computed, such as a segmentation, and says words, or cannot be read, is held."""
    drawn = [index for index, one in placed.items() if one.facts.text_search == "drawn" and one.record.pictures]
    answers = reader.each(reading_pictures.says_words, [(_pictures(task, index, placed[index]),) for index in drawn])
    held = [index for index, answer in zip(drawn, answers, strict=True) if answer is not False]
    return dict.fromkeys(held, Treatment(hold=Reason.TEXT_UNCERTAIN))


def _between_batches(task: Task, placed: Mapping[int, Placed], pool: Pool) -> dict[int, Placed]:
    """Slices at the ends of batches that are suspected beside the slices before and after them, which stand in others."""
    runs: list[list[int]] = []
    calls = []
    for members in _slices(placed):
        ordered = [index for index in members if placed[index].record.pictures]
        for first, last in _runs([placed[index].is_at_end and not placed[index].suspects for index in ordered]):
            runs.append(ordered[first : last + 1])
            begin = max(0, first - _BETWEEN)
            near = ordered[begin : last + 1 + _BETWEEN]
            files = [(kept_rows.place(task.library_tray, one), _values(task, one, placed[one])) for one in near]
            calls.append((files, first - begin, last - begin))
    answers = pool.each(reading_pictures.suspects_between, calls)
    suspected = [pair for run, answer in zip(runs, answers, strict=True) for pair in zip(run, answer or (), strict=False)]
    return {index: replace(placed[index], suspects=boxes) for index, boxes in suspected if boxes}


def _runs(is_asked: Sequence[bool]) -> list[tuple[int, int]]:
    """The first and the last place of each row of places that are asked for, short ones; never the first or last of all."""
    runs: list[tuple[int, int]] = []
    for place in range(1, len(is_asked) - 1):
        if not is_asked[place]:
            continue
        first, last = runs[-1] if runs else (place, place)
        if runs and last == place - 1 and place - first < _FEW_SLICES:
            runs[-1] = first, place
        else:
            runs.append((place, place))
    return runs


def _beside(task: Task, placed: Mapping[int, Placed]) -> dict[int, tuple[Path, ...]]:
    """Of slices that are suspected, the file of each one and of the nearest before and after it that are not.

    At an end, of the nearest two on the only side: beside one alone there is much grain that is new. Their copies, else their
    pictures.
    """
    beside = {}
    for members in _slices(placed):
        ordered = [index for index in members if placed[index].record.pictures]
        plain = [place for place, index in enumerate(ordered) if not placed[index].suspects]
        for place in set(range(len(ordered))).difference(plain):
            first = min(max(0, bisect(plain, place) - 1), max(0, len(plain) - _COMPARED))
            near = [ordered[one] for one in (place, *plain[first : first + _COMPARED])]
            beside[ordered[place]] = tuple(_values(task, one, placed[one]) for one in near)
    return beside


def treatments_of(
    pictures: Sequence[Groups],
    slices: Sequence[bool],
    *,
    pool: Pool,
    reader: Pool,
    copies: Sequence[Path | None] = (),
    suspects: Sequence[tuple[Box, ...]] = (),
    compared: Sequence[tuple[Path, ...]] = (),
    typical: Sequence[bool] = (),
) -> list[Treatment]:
    """What searching each instance's pictures leads to, and its copy's values, if `copies` are there.

    Of `slices`, only those are read that have strokes in them, are suspected, or `typical` of a series with something like a
    word; workers that develop members say so, for to start a reader takes longer. Suspected ones are `compared`, a slice's file
    and those of its neighbours. A reader that crashes leaves a doubt.
    """
    copies, suspects = copies or [None] * len(pictures), suspects or [()] * len(pictures)
    compared, typical = compared or [()] * len(pictures), typical or [False] * len(pictures)
    asked = [place for place, is_slice in enumerate(slices) if is_slice and not suspects[place]]
    looks = [(pictures[place], copies[place], typical[place]) for place in asked]
    answers = pool.each(reading_pictures.may_show_text, looks, together=_FEW_SLICES)
    plain = {place for place, answer in zip(asked, answers, strict=True) if answer is False}
    rest = [place for place in range(len(pictures)) if place not in plain]
    jobs = list(zip(pictures, slices, copies, suspects, compared, typical, strict=True))
    together = _FEW_SLICES if all(slices) else 1
    read = reader.each(reading_pictures.read, [jobs[place] for place in rest], together=together)
    treatments = {place: one or Treatment(hold=Reason.TEXT_UNCERTAIN) for place, one in zip(rest, read, strict=True)}
    return [treatments.get(place, Treatment()) for place in range(len(pictures))]


def _values(task: Task, index: int, placed: Placed) -> Path:
    """The file with a slice's values: its copy, else its picture."""
    return _copy(task, index, placed) or _pictures(task, index, placed)[0][0]


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
