"""Searches what was written to the tray for text, blanks what is found, and searches again; what stays doubtful is held.

Pictures are searched as their owner would see them. Reading runs in workers of its own, since a reader of text is heavy.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from radiary.ingest import member_batches, reading_pictures, slice_series, tray_files
from radiary.ingest.tray_pictures import Groups
from radiary.model.errors import Reason
from radiary.model.nouns import WHOLE, Box, Findings, Outcome, Placed, Share, Task, Treatment
from radiary.workers.pool import Pool

_LARGE = 2_000_000
"""Bytes, as they came, that a member of an export has on average if it holds X-rays and clips, of which each is searched."""
_FEW_FRAMES = 2
"""Frames of an instance that are searched one by one; of more, some and what all show together are."""
_MOST_CRASHES = 3
"""Crashes of readers before any has read a picture, after which the rest of an export is held unread: one that hangs is ended
after minutes, which an export of many pictures would wait for again and again."""
_FEW_SLICES = 4
"""Slices that one worker gets at once: to read fewer costs less than to start another reader, which loads its models."""


def boxes_in(picture: bytes) -> list[Box]:
    """Where a picture (PNG) shows text; to be run in a worker."""
    from radiary.dicom.render import encode
    from radiary.dicom.text import reader

    return reader.possible_text(encode.pixels_of(picture))


def get_ready(task: Task, members: int, reader: Pool) -> None:
    """Begin to start readers of text while pictures are made, which takes a second, where it is likely that they are needed."""
    if task.searches_text and task.export.size >= _LARGE * members:
        reader.prepare(_open_models)


def _open_models() -> None:
    from radiary.dicom.text import engine
    from radiary.ingest import reading_pictures  # noqa: F401 - importing it takes half a second, which is the point

    engine.open_models()


def cleared(
    task: Task, outcomes: dict[int, Outcome], findings: Mapping[int, Findings], *, pool: Pool, reader: Pool
) -> dict[int, Outcome]:
    """The outcomes with all text blanked or its pictures held; `findings` are of members. Raises what concerns the whole export.

    Of a series of slices, some are searched, the first, middle and last one as wholes; where one of them shows text, all are.
    """
    if not task.searches_text:
        return outcomes
    placed = {index: one for index, one in outcomes.items() if isinstance(one, Placed) and not one.hold}
    placed |= slice_series.suspected_between_batches(task, placed, pool)
    sample = dict.fromkeys(slice_series.sample(placed))
    whole = slice_series.to_be_seen_whole(task, placed, pool)
    treatments = _treatments(task, placed, sample, pool=pool, reader=reader, seen_whole=whole)
    suspected = {placed[index].facts.series for index in treatments}
    rest = [index for index, one in placed.items() if one.facts.series in suspected and index not in {*treatments, *whole}]
    treatments |= _treatments(task, placed, rest, pool=pool, reader=reader, seen_whole=rest)
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


def _treatments(
    task: Task,
    placed: Mapping[int, Placed],
    members: Iterable[int],
    *,
    pool: Pool,
    reader: Pool,
    seen_whole: Collection[int] = (),
    is_blanked: bool = False,
) -> dict[int, Treatment]:
    """What searching some members' pictures and copies leads to, where it leads to something.

    Slices without a stroke in them are not read, nor those that are `seen_whole` in which nothing is like a word: that is nearly
    all of them, and asking costs a hundredth. One that was blanked is read as a whole.
    """
    wanted = [index for index in members if placed[index].record.pictures]
    slices = [placed[index].facts.text_search == "some" and not is_blanked for index in wanted]
    beside = {} if is_blanked else slice_series.beside(task, placed)
    treatments = treatments_of(
        [tray_files.pictures(task, index, placed[index]) for index in wanted],
        slices,
        pool=pool,
        reader=reader,
        copies=[tray_files.copy(task, index, placed[index]) for index in wanted],
        suspects=[placed[index].suspects for index in wanted],
        compared=[beside.get(index, ()) for index in wanted],
        seen_whole=[is_slice and index in seen_whole for index, is_slice in zip(wanted, slices, strict=True)],
        sweeps=[placed[index].record.sweeps for index in wanted],
        frames=[tray_files.frames(task, index) for index in wanted],
    )
    return {index: one for index, one in zip(wanted, treatments, strict=True) if one != Treatment()}


def _of_drawn(task: Task, placed: Mapping[int, Placed], reader: Pool) -> dict[int, Treatment]:
    """What is computed, such as a segmentation, and says words, or cannot be read, is held."""
    drawn = [index for index, one in placed.items() if one.facts.text_search == "drawn" and one.record.pictures]
    answers = reader.each(reading_pictures.says_words, [(tray_files.pictures(task, index, placed[index]),) for index in drawn])
    held = [index for index, answer in zip(drawn, answers, strict=True) if answer is not False]
    return dict.fromkeys(held, Treatment(hold=Reason.TEXT_UNCERTAIN))


def treatments_of(
    pictures: Sequence[Groups],
    slices: Sequence[bool],
    *,
    pool: Pool,
    reader: Pool,
    copies: Sequence[Path | None] = (),
    suspects: Sequence[tuple[Box, ...]] = (),
    compared: Sequence[tuple[Path, ...]] = (),
    seen_whole: Sequence[bool] = (),
    sweeps: Sequence[tuple[Box, ...]] = (),
    frames: Sequence[Path | None] = (),
) -> list[Treatment]:
    """What searching each instance's pictures leads to, and its copy's values, if `copies` are there.

    Of `slices`, only those are read that have strokes in them, letters where they are suspected, or something like a word if
    they are `seen_whole`; workers that develop members say so, for to start a reader takes longer. Suspected ones are `compared`,
    a slice's file and those of its neighbours. `sweeps` are parts that are drawn over time, `frames` files of what the frames of
    clips show together. A reader that crashes leaves a doubt.
    """
    copies, suspects = copies or [None] * len(pictures), suspects or [()] * len(pictures)
    compared, seen_whole = compared or [()] * len(pictures), seen_whole or [False] * len(pictures)
    sweeps, frames = sweeps or [()] * len(pictures), frames or [None] * len(pictures)
    asked = [place for place, is_slice in enumerate(slices) if is_slice]
    looks = [(pictures[place], copies[place], seen_whole[place], suspects[place], compared[place]) for place in asked]
    answers = pool.each(reading_pictures.may_show_text, looks)
    plain = {place for place, answer in zip(asked, answers, strict=True) if answer is False}
    rest = [place for place in range(len(pictures)) if place not in plain]
    jobs = list(zip(pictures, slices, copies, suspects, compared, seen_whole, sweeps, frames, strict=True))
    together = _FEW_SLICES if all(slices) else 1
    shares = _shares([pictures[place] for place in rest])
    calls = [(*jobs[place], share) for place in rest for share in shares]
    read = iter(reader.each(reading_pictures.read, calls, together=together, most_crashes=_MOST_CRASHES))
    treatments = {place: _of_all_shares(list(islice(read, len(shares)))) for place in rest}
    return [treatments.get(place, Treatment()) for place in range(len(pictures))]


def _shares(wanted: Sequence[Groups]) -> list[Share]:
    """How the search of each of some instances is shared: of several, each has a worker; a clip by itself has two."""
    is_clip = len(wanted) == 1 and len(wanted[0][0]) > _FEW_FRAMES
    return [Share(0, 2), Share(1, 2)] if is_clip else [WHOLE]


def _of_all_shares(read: Sequence[Treatment | None]) -> Treatment:
    """What the search of an instance leads to, by that of its shares; a reader that crashed leaves a doubt."""
    if any(one is None or one.hold for one in read):
        return Treatment(hold=Reason.TEXT_UNCERTAIN)
    return Treatment(blank=tuple(sorted({box for one in read if one for box in one.blank})))
