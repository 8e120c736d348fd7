"""What a worker process does with members: out of the archive, through the wall, into the tray.

It opens the archive itself, once for all batches of an export; only small facts travel back to the coordinator, pixels
never do.
"""

import contextlib
import warnings
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import cast

from radiary.archives import archive
from radiary.archives.archive import Archive
from radiary.archives.spool import Spool
from radiary.dicom.develop import develop
from radiary.dicom.image_files import Development
from radiary.dicom.read.pixel_matrix import Undecodable
from radiary.dicom.read.signature import looks_like_dicom
from radiary.dicom.text import slices
from radiary.dicom.text.frames_together import Gathering
from radiary.dicom.text.slice_values import Rows
from radiary.dicom.wall.deidentify import Terms
from radiary.dicom.wall.pseudonym import Pseudonyms
from radiary.documents.signature import looks_like_pdf, looks_like_photograph
from radiary.ingest import filing, kept_frames, kept_rows, papers
from radiary.model.errors import RadiaryError, Reason
from radiary.model.nouns import Content, Export, NotDicom, Outcome, Placed, Skipped, Task
from radiary.model.records import InstanceRecord
from radiary.workers import time_limit


class _KeptOpen:
    """The archive of the export that this process works on: opening a zip of 100,000 members takes seconds."""

    def __init__(self) -> None:
        self._export: Export | None = None
        self._archive: Archive | None = None
        self._closing = contextlib.ExitStack()

    def archive(self, task: Task) -> Archive:
        """The task's archive, opened unless it is the one that is open."""
        if self._archive is None or self._export != task.export:
            self.close()
            opening = archive.opened(task.export, task.passwords, task.limits, task.scratch)
            self._export, self._archive = task.export, self._closing.enter_context(opening)
        return self._archive

    def close(self) -> None:
        """Let go of it."""
        self._export = self._archive = None
        self._closing.close()


kept_open = _KeptOpen()
"""One a process: batches of an export come one after another."""


def developed(task: Task, indices: Sequence[int]) -> list[Outcome]:
    """The outcome of each member. Raises Unacceptable, Waiting and NotNow, which concern the whole export.

    The rows of the slices near its ends are kept in the tray.
    """
    return _compared([(task, index) for index in indices], keeps_rows=task.searches_text)


def developed_each(members: Sequence[tuple[Task, int]]) -> list[Outcome]:
    """The same for members of one export of which something else is known of each; no rows are kept."""
    return _compared(members, keeps_rows=False)


def _compared(members: Sequence[tuple[Task, int]], *, keeps_rows: bool) -> list[Outcome]:
    first, _ = members[0]
    time_limit.set_to(first.patience)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        opened = kept_open.archive(first)
        outcomes = [_outcome(task, index, opened) for task, index in members]
    return _suspected(outcomes, members if keeps_rows else ())


def _suspected(outcomes: Sequence[tuple[Outcome, Rows | None]], members: Sequence[tuple[Task, int]]) -> list[Outcome]:
    """The outcomes, slices of a series among them compared with each other; of `members`, the rows near the ends are kept."""
    series: dict[tuple[str, tuple[int, int]], list[int]] = defaultdict(list)
    for place, (outcome, rows) in enumerate(outcomes):
        if isinstance(outcome, Placed) and rows is not None:
            series[outcome.facts.series, outcome.facts.size].append(place)
    compared = [outcome for outcome, _ in outcomes]
    for places in series.values():
        ordered = sorted(places, key=lambda place: _standing(compared[place]))
        standing = [rows for place in ordered if (rows := outcomes[place][1]) is not None]
        if members:
            _keep_ends(standing, [members[place] for place in ordered])
        suspected = slices.suspects(standing)
        for place, boxes in zip(ordered, suspected, strict=True):
            is_at_end = place in (ordered[0], ordered[-1])
            if boxes or is_at_end:
                compared[place] = replace(cast("Placed", compared[place]), suspects=boxes, is_at_end=is_at_end)
    return compared


def _keep_ends(rows: Sequence[Rows], members: Sequence[tuple[Task, int]]) -> None:
    """Keep what slices of other batches are compared with: the rows of the first and the last few of a series, in their order."""
    places = range(len(rows))
    for place in {*places[: slices.RUN], *places[-slices.RUN :]}:
        task, index = members[place]
        kept_rows.keep(rows[place], task.library_tray, index)


def _standing(outcome: Outcome) -> tuple[float, int]:
    """Where a slice stands in its series."""
    facts = cast("Placed", outcome).facts
    return facts.position or 0, facts.instance_number or 0


def _outcome(task: Task, index: int, opened: Archive) -> tuple[Outcome, Rows | None]:
    """One member's outcome, and the rows of a slice that are compared with its neighbours.

    Of what is no DICOM file, only the head is read. A damaged head is damage, too.
    """
    time_limit.set_to(task.patience)
    head = opened.head(index)
    is_paper = head is not None and (looks_like_pdf(head) or (task.takes_papers and looks_like_photograph(head)))
    if head is not None and not is_paper and not looks_like_dicom(head):
        return NotDicom(), None
    data = opened.read(index)
    if isinstance(data, Skipped):
        return data, None
    with contextlib.nullcontext() if isinstance(data, bytes) else data:
        if is_paper:
            return papers.outcome(task, data, index), None
        return _judged(task, index, data)


def _judged(task: Task, index: int, data: Content) -> tuple[Outcome, Rows | None]:
    terms = Terms(
        Pseudonyms(task.key),
        task.policy,
        people=task.people,
        searches_text=task.searches_text,
        takes_copies=task.takes_copies,
        latest=task.latest,
        apart=task.apart,
    )
    try:
        return _developed(task, index, data, terms=terms)
    except (RadiaryError, OSError, ImportError):
        raise
    except Exception:  # noqa: BLE001 - one member's oddity, in a codec or a parser, must cost that member alone
        return Skipped(Reason.UNREADABLE_HEADER), None


def _developed(task: Task, index: int, data: Content, *, terms: Terms) -> tuple[Outcome, Rows | None]:
    tick = partial(time_limit.set_to, task.patience)
    development = develop(data, terms, wanted=task.wanted, scales=task.scales, treatment=task.treatment, tick=tick)
    if not isinstance(development, Development):
        return development, None
    try:
        return _placed(task, index, development), development.rows
    except Undecodable as undecodable:
        return Skipped(undecodable.reason, development.facts.study), None


def _placed(task: Task, index: int, development: Development) -> Placed:
    """Write an instance's files as they are made. What was written of one that proves undecodable dies with the tray."""
    tray = task.private_tray if development.hold else task.library_tray
    is_searched = task.searches_text and not development.hold
    development.gathering = gathering = Gathering() if is_searched else None
    made = development.files(partial(time_limit.set_to, task.patience), lambda: Spool(tray))
    pictures, copies = filing.written(made, tray, index)
    pictures, runs = development.in_viewing_order(pictures)
    if gathering is not None:
        kept_frames.keep(gathering, [file.path for file in pictures], tray, index)
    facts = development.facts
    if development.hold == Reason.ENCAPSULATED_DOCUMENT:
        facts = replace(facts, label=papers.kind_in(tray, index, copies, task=task))
    return Placed(
        facts=facts,
        hold=development.hold,
        scale=development.scale,
        who=development.who if development.who[0] not in task.people else None,
        named=development.named,
        record=InstanceRecord(
            uid=facts.instance,
            number=facts.instance_number,
            position=facts.position,
            pixels=development.pixels,
            pictures=pictures,
            copies=copies,
            refers=facts.refers if facts.modality == "KO" else (),
            values=task.values,
            hold=development.hold,
            rule=development.rule,
            film=development.film,
            runs=runs,
            lost=dict(development.lost),
            normal=facts.normal,
            phase=facts.phase,
            is_localizer=facts.is_localizer,
            sweeps=facts.sweeps,
            blanked=task.treatment.blank,
        ),
    )
