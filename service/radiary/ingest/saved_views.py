"""Presentation states: the image that each one is about, as its reader left it, made from the copies in the tray.

It comes after the search for text, so that an image that was blanked or is held shows nothing more here.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from radiary.ingest import text_search
from radiary.ingest.bench import Bench
from radiary.library import tray, whereabouts
from radiary.library.layout import code
from radiary.library.shelf import Library
from radiary.model.nouns import Effort, Outcome, Placed, Task, Treatment
from radiary.model.records import FileRecord, InstanceRecord
from radiary.state.queue import Queue
from radiary.workers import time_limit

_MOST = 32
"""Pictures of one state; some states name every slice of a series."""


@dataclass(frozen=True)
class Job:
    """A member that holds a state, and the copy of an image it refers to: where it is, and where it stands in its study."""

    state: int
    image: Path
    path: str
    is_slice: bool


def drawn(task: Task, outcomes: dict[int, Outcome], bench: Bench, *, queue: Queue) -> dict[int, Outcome]:
    """The outcomes, each state with its pictures `…-as-saved.png`. Raises Stopping.

    A state may come later than its image, which then stands in the library.
    """
    pool = bench.pool
    placed = {index: one for index, one in outcomes.items() if isinstance(one, Placed) and not one.hold}
    images = _Images(task, placed, bench.library, queue=queue)
    jobs = [job for index, one in placed.items() for job in _jobs(index, one, images)][: _MOST * _MOST]
    copies = [_tray(task, job.state, _copy(placed[job.state])) for job in jobs]
    work = [
        (copy, job.state, *_target(placed, job), task.wanted.png_effort, task.patience)
        for copy, job in zip(copies, jobs, strict=True)
    ]
    made = pool.each(_saved, work)
    drawn_views = [(job, record) for job, record in zip(jobs, made, strict=True) if record]
    if task.searches_text:
        pictures = [((_tray(task, job.state, record.path),),) for job, record in drawn_views]
        seen = text_search.treatments_of(pictures, [job.is_slice for job, _ in drawn_views], pool=pool, reader=bench.reader)
        drawn_views = [one for one, treatment in zip(drawn_views, seen, strict=True) if treatment == Treatment()]
    shown = defaultdict[int, list[FileRecord]](list)
    for job, record in drawn_views:
        shown[job.state].append(record)
    return outcomes | {state: _with(placed[state], pictures) for state, pictures in shown.items()}


@dataclass(frozen=True)
class Image:
    """An image with a copy of it: where that is, and where it stands in its study."""

    copy: Path
    path: str
    is_slice: bool


class _Images:
    """The images of an export, and those that stand in the library: each study's record is read once, however many states ask."""

    def __init__(self, task: Task, placed: Mapping[int, Placed], library: Library, *, queue: Queue) -> None:
        self._root = library.root
        self._library = library
        self._folders = {uid: folder for (uid, is_held), folder in queue.folders().items() if not is_held}
        self._standing: dict[str, dict[str, Image]] = {}
        self._new = {
            (one.facts.study, one.record.uid): Image(_tray(task, index, path), path, one.facts.text_search == "some")
            for index, one in placed.items()
            if one.record.pictures and (path := _copy(one))
        }

    def image(self, study: str, uid: str) -> Image | None:
        """An image of this export, or of this study in the library; None where there is none, or no copy of it. Raises NotNow."""
        return self._new.get((study, uid)) or self._in_library(study).get(uid)

    def _in_library(self, study: str) -> dict[str, Image]:
        if study not in self._standing:
            folder = self._folders.get(study)
            folder = whereabouts.place(self._library, study, folder) if folder is not None else None
            try:
                series = self._library.study(folder).series if folder is not None else ()
            except (OSError, ValueError):
                series = ()
            self._standing[study] = {
                one.uid: Image(self._root / str(folder) / path, path, record.modality in ("CT", "MR", "NM", "PT"))
                for record in series
                for one in record.instances
                if one.pictures and (path := _copy_of(one))
            }
        return self._standing[study]


def _jobs(index: int, state: Placed, images: _Images) -> list[Job]:
    """One state with each image that it refers to."""
    if state.facts.modality != "PR" or not _copy(state):
        return []
    images_shown = (images.image(state.facts.study, uid) for uid in state.facts.refers[:_MOST])
    return [Job(index, image.copy, path=image.path, is_slice=image.is_slice) for image in images_shown if image]


def _copy(placed: Placed) -> str:
    return _copy_of(placed.record)


def _copy_of(record: InstanceRecord) -> str:
    """Where an instance's DICOM copy stands in its study; nothing when there is none."""
    return next((file.path for file in record.copies if file.path.endswith(".dcm")), "")


def _tray(task: Task, index: int, path: str) -> Path:
    return tray.place(task.library_tray, index, path)


def _target(placed: Mapping[int, Placed], job: Job) -> tuple[Path, str]:
    """The image's copy, and where its picture will stand: beside it, under the state's code."""
    return job.image, f"{job.path.removesuffix('.dcm')}-{code(placed[job.state].record.uid)}-as-saved.png"


def _saved(state: Path, member: int, image: Path, target: str, effort: Effort, patience: float) -> FileRecord | None:
    # Imported here, in a process of the pool's.
    from radiary.dicom.read.pixel_matrix import Undecodable
    from radiary.dicom.render import presentation
    from radiary.dicom.wall import deidentify

    time_limit.set_to(patience)
    try:
        of, clean = (deidentify.readmitted(path.read_bytes(), is_blanked=False) for path in (state, image))
        return tray.put(state.parent, member, target, parts=(presentation.as_saved(of.dataset, clean, effort),))
    except (Undecodable, MemoryError, OSError, ValueError):
        return None
    finally:
        time_limit.lift()


def _with(state: Placed, pictures: list[FileRecord]) -> Placed:
    record = replace(state.record, pictures=tuple(sorted(pictures, key=lambda one: one.path)))
    return Placed(state.facts, state.hold, record=record, scale=state.scale, who=state.who)
