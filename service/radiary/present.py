"""Presentation states: the image that each one is about, as its reader left it, made from the copies in the tray.

It comes after the search for text, so that an image that was blanked or is held shows nothing more here.
"""

from collections.abc import Mapping
from pathlib import Path

from radiary import deadline, look
from radiary.disk import library
from radiary.engine import Engine
from radiary.layout import code
from radiary.model import FileRecord, Outcome, Placed, Task, Treatment

_MOST = 32
"""Pictures of one state; some states name every slice of a series."""
Job = tuple[int, int]
"""The members that hold a state and an image it refers to."""


def saved(task: Task, outcomes: dict[int, Outcome], engine: Engine, reader: Engine) -> dict[int, Outcome]:
    """The outcomes, each state with its pictures `…-as-saved.png`. Raises Stopping."""
    placed = {index: one for index, one in outcomes.items() if isinstance(one, Placed) and not one.hold}
    jobs = _jobs(placed)
    made = engine.each(_saved, [(*_paths(task, placed, job), task.patience) for job in jobs])
    found = [(job, record) for job, record in zip(jobs, made, strict=True) if record]
    if task.looks:
        pictures = [((task.library_tray / str(state) / Path(record.path).name,),) for (state, _), record in found]
        slices = [placed[image].facts.look == "some" for (_, image), _ in found]
        seen = look.seen_in(pictures, slices, engine, reader)
        found = [one for one, treatment in zip(found, seen, strict=True) if treatment == Treatment()]
    return outcomes | {state: _with(placed[state], [one for (of, _), one in found if of == state]) for (state, _), _ in found}


def _jobs(placed: Mapping[int, Placed]) -> list[Job]:
    """Every state with each image that it refers to, where both left a copy."""
    images = {one.record.uid: index for index, one in placed.items() if one.record.pictures and one.record.copies}
    states = {index: one for index, one in placed.items() if one.facts.modality == "PR" and one.record.copies}
    found = [[(state, images[uid]) for uid in one.facts.refers if uid in images][:_MOST] for state, one in states.items()]
    return [job for jobs in found for job in jobs][: _MOST * _MOST]


def _paths(task: Task, placed: Mapping[int, Placed], job: Job) -> tuple[Path, Path, str]:
    """The two copies in the tray, and where the picture will stand: beside the image, under the state's code."""
    copies = [next(file.path for file in placed[index].record.copies if file.path.endswith(".dcm")) for index in job]
    state, image = (task.library_tray / str(index) / Path(path).name for index, path in zip(job, copies, strict=True))
    return state, image, f"{copies[1].removesuffix('.dcm')}-{code(placed[job[0]].record.uid)}-as-saved.png"


def _saved(state: Path, image: Path, target: str, patience: float) -> FileRecord | None:
    # Imported here, in a process of the pool's.
    from radiary.dicom import deidentify, presentation
    from radiary.dicom.matrix import Undecodable

    deadline.within(patience)
    try:
        of, clean = (deidentify.readmitted(path.read_bytes(), is_blanked=False) for path in (state, image))
        return library.put(state.parent, target, presentation.as_saved(of.dataset, clean))
    except (Undecodable, MemoryError, ValueError):
        return None
    finally:
        deadline.at_ease()


def _with(state: Placed, pictures: list[FileRecord]) -> Placed:
    record = state.record.model_copy(update={"pictures": tuple(sorted(pictures, key=lambda one: one.path))})
    return Placed(state.facts, state.hold, record, state.scale, state.who)
