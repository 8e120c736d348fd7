"""The slices of each series in their order: which of them stand for it, and which are compared with which.

Rows are compared in workers, which keep those of the slices near the ends of their batches.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from radiary.ingest import suspected_slices, tray_files
from radiary.model.nouns import Placed, Task
from radiary.workers.pool import Pool

_UNTYPICAL = 8
"""Localizers and derived pictures of a series of slices that are searched at most."""
_RUN = 4
"""Slices at the ends of batches that are asked for together."""
_BETWEEN = 2
"""Slices on each side of one at the end of a batch that it is compared with: a word may stand in two."""
_COMPARED = 2
"""Slices beside one that is suspected, in which the same does not stand."""
_SPREAD = 16
"""Slices of a series, far from each other, that are compared for what stands in all of them."""


def in_order(placed: Mapping[int, Placed]) -> list[list[int]]:
    """The members of each series of slices, in their order; those of another size, with which none is compared, by themselves."""
    series: dict[tuple[str, tuple[int, int]], list[int]] = defaultdict(list)
    for index, one in placed.items():
        if one.facts.text_search == "some":
            series[one.facts.series, one.facts.size].append(index)
    return [
        sorted(members, key=lambda index: (placed[index].facts.position or 0, placed[index].facts.instance_number or 0))
        for members in series.values()
    ]


def sample(placed: Mapping[int, Placed]) -> list[int]:
    """Members to search: every one, or of a series of slices the first, middle and last, and what is not like the others."""
    chosen = [index for index, one in placed.items() if one.facts.text_search == "every"]
    for ordered in in_order(placed):
        odd = [index for index in ordered if not placed[index].facts.is_typical][:_UNTYPICAL]
        suspected = [index for index in ordered if placed[index].suspects]
        chosen += {*_typical(ordered), *odd, *suspected}
    return sorted(chosen)


def _typical(ordered: Sequence[int]) -> set[int]:
    """Of the slices of a series the one in the middle, and both ends, which have a neighbour less to be compared with."""
    return {ordered[0], ordered[len(ordered) // 2], ordered[-1]}


def to_be_seen_whole(task: Task, placed: Mapping[int, Placed], pool: Pool) -> set[int]:
    """The typical slices of each series in which something like words may stand at one place, from slice to slice."""
    series = in_order(placed)
    calls = [([tray_files.rows(task, index, placed[index]) for index in _far_apart(members, placed)],) for members in series]
    answers = pool.each(suspected_slices.may_last, calls)
    return {index for members, answer in zip(series, answers, strict=True) if answer is not False for index in _typical(members)}


def _far_apart(ordered: Sequence[int], placed: Mapping[int, Placed]) -> list[int]:
    """Some slices of a series, evenly spread, of which rows were kept, if there are enough of these."""
    pictured = _pictured(placed, ordered)
    kept = [index for index in pictured if placed[index].is_at_end]
    chosen = kept if len(kept) >= min(_SPREAD, len(pictured)) else pictured
    last = len(chosen) - 1
    return [chosen[place] for place in sorted({round(step * last / (_SPREAD - 1)) for step in range(_SPREAD)})] if chosen else []


def suspected_between_batches(task: Task, placed: Mapping[int, Placed], pool: Pool) -> dict[int, Placed]:
    """Slices at the ends of batches that are suspected beside the slices before and after them, which stand in others.

    Then those near one that is: a worker had not enough slices to see that a word stands in two or three of them.
    """
    at_ends = {index for index, one in placed.items() if one.is_at_end and not one.suspects}
    first = _suspected(task, placed, at_ends, pool)
    near = {
        index
        for ordered in map(partial(_pictured, placed), in_order(placed))
        for place, suspect in enumerate(ordered)
        if suspect in first
        for index in ordered[max(0, place - _BETWEEN) : place + _BETWEEN + 1]
    }
    return first | _suspected(task, placed, {index for index in near if index not in first and not placed[index].suspects}, pool)


def _suspected(task: Task, placed: Mapping[int, Placed], asked: Collection[int], pool: Pool) -> dict[int, Placed]:
    """Those among slices that are asked for which are suspected."""
    runs: list[list[int]] = []
    calls = []
    for members in in_order(placed):
        ordered = _pictured(placed, members)
        for first, last in _runs([index in asked for index in ordered]):
            runs.append(ordered[first : last + 1])
            begin = max(0, first - _BETWEEN)
            near = ordered[begin : last + 1 + _BETWEEN]
            files = [tray_files.rows(task, one, placed[one]) for one in near]
            calls.append((files, first - begin, last - begin))
    answers = pool.each(suspected_slices.suspects_between, calls)
    suspected = [pair for run, answer in zip(runs, answers, strict=True) for pair in zip(run, answer or (), strict=False)]
    return {index: replace(placed[index], suspects=boxes) for index, boxes in suspected if boxes}


def _pictured(placed: Mapping[int, Placed], members: Sequence[int]) -> list[int]:
    return [index for index in members if placed[index].record.pictures]


def _runs(is_asked: Sequence[bool]) -> list[tuple[int, int]]:
    """The first and the last place of each row of places that are asked for, short ones; never the first or last of all."""
    runs: list[tuple[int, int]] = []
    for place in range(1, len(is_asked) - 1):
        if not is_asked[place]:
            continue
        first, last = runs[-1] if runs else (place, place)
        if runs and last == place - 1 and place - first < _RUN:
            runs[-1] = first, place
        else:
            runs.append((place, place))
    return runs


def beside(task: Task, placed: Mapping[int, Placed]) -> dict[int, tuple[Path, ...]]:
    """Of slices that are suspected, the file of each one and of the nearest before and after it that are not.

    At an end, of the nearest two on the only side: beside one alone there is much grain that is new. Elsewhere a second one
    before it comes last: what begins with a slice may stay in those after it. Their copies, else their pictures.
    """
    beside = {}
    for members in in_order(placed):
        ordered = _pictured(placed, members)
        plain = [place for place, index in enumerate(ordered) if not placed[index].suspects]
        for place in set(range(len(ordered))).difference(plain):
            first = min(max(0, bisect(plain, place) - 1), max(0, len(plain) - _COMPARED))
            is_between = first > 0 and plain[first] < place < plain[-1]
            places = place, *plain[first : first + _COMPARED], *plain[first - 1 : first if is_between else 0]
            near = [ordered[one] for one in places]
            beside[ordered[place]] = tuple(tray_files.values(task, one, placed[one]) for one in near)
    return beside
