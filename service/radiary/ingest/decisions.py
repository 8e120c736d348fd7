"""What its owner decided about a held picture: released, blanked and released, kept private, or undone again.

The shelf keeps its version in every case; what is released is made anew from it, so that every decision can be undone.
What a second look finds doubtful stands in no library before she said yes a second time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

from radiary.ingest import release, release_check
from radiary.ingest.bench import Bench
from radiary.ingest.release_check import Doubt
from radiary.library import assemble, whereabouts
from radiary.library.shelf import Library
from radiary.model.errors import Mistaken
from radiary.model.events import FiledStudy, Reviewed
from radiary.model.nouns import Box
from radiary.model.records import InstanceRecord, StudyRecord
from radiary.state.queue import Queue

_TRAY = "review"
_LARGEST = 1 << 16
"""No picture has more rows or columns (PS3.3 C.7.6.3.3)."""


class Decision(BaseModel):
    """One decision about one instance on the shelf, by pseudonymous UIDs; `is_confirmed` says yes though there is a doubt."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    study: str
    instance: str
    decision: Literal["released", "blanked", "kept", "undone"]
    boxes: tuple[Box, ...] = ()
    is_confirmed: bool = False

    @field_validator("boxes")
    @classmethod
    def _are_boxes(cls, boxes: tuple[Box, ...]) -> tuple[Box, ...]:
        if not all(0 <= x0 <= x1 < _LARGEST and 0 <= y0 <= y1 < _LARGEST for x0, y0, x1, y1 in boxes):
            raise ValueError
        return boxes


@dataclass(frozen=True)
class _Outcome:
    """What became of a decision: the library's study where it stands, whether that is gone, and why nothing was released."""

    filed: FiledStudy | None = None
    is_gone: bool = False
    doubt: Doubt | None = None


def carried_out(decision: Decision, bench: Bench, queue: Queue) -> Reviewed:
    """Carry a decision out; the fact to write down. Raises Mistaken for what is not on the shelf, and NotNow."""
    known = queue.studies.get((decision.study, True))
    if known is None:
        raise Mistaken("There is no such picture on the private shelf.")
    study = release.shelved(bench.shelf, known)
    instance = _instance(study.record, decision.instance)
    if (decision.decision == "blanked") != bool(decision.boxes):
        raise Mistaken("Draw at least one box over what is to be black.")
    is_release = decision.decision in ("released", "blanked")
    outcome = _released(decision, bench, queue, study, instance=instance) if is_release else _withdrawn(decision, bench, queue)
    doubt = outcome.doubt or Doubt(())
    return Reviewed(
        study=decision.study,
        instance=decision.instance,
        decision="doubted" if outcome.doubt else decision.decision,
        boxes=decision.boxes,
        studies=(outcome.filed,) if outcome.filed else (),
        is_gone=outcome.is_gone,
        doubts=doubt.reasons,
        found=doubt.boxes,
        frames=doubt.frames,
        is_confirmed=is_release and outcome.doubt is None and is_second_yes(decision, queue),
        pictures=len(instance.pictures),
    )


def is_second_yes(decision: Decision, queue: Queue) -> bool:
    """Whether it repeats, knowingly, exactly what a second look stopped: other boxes are looked at anew.

    It may come twice, from two windows that show the same doubt.
    """
    doubted = queue.doubted.get(decision.instance) or queue.confirmed.get(decision.instance)
    return decision.is_confirmed and doubted is not None and doubted.boxes == decision.boxes


def _withdrawn(decision: Decision, bench: Bench, queue: Queue) -> _Outcome:
    """Take an instance out of the library again, if it stands there. Raises NotNow."""
    known = queue.studies.get((decision.study, False))
    if known is None:
        return _Outcome()
    left = bench.library.withdraw(release.place(bench.library, known), decision.instance)
    return _Outcome(assemble.filed(left, known.folder, added=0) if left else None, is_gone=left is None)


def _released(decision: Decision, bench: Bench, queue: Queue, study: release.Shelved, *, instance: InstanceRecord) -> _Outcome:
    """Make the instance anew, blanked, look at it once more, and file it in the library if that leaves no doubt."""
    tray = bench.library.tray(_TRAY)
    known = queue.studies.get((decision.study, False))
    try:
        placed = release.made(study, instance, bench, boxes=decision.boxes, tray=tray)
        is_blanked = bool(decision.boxes)
        doubt = None if is_second_yes(decision, queue) else release_check.doubt(placed, tray, bench, is_blanked=is_blanked)
        if doubt:
            return replace(_withdrawn(decision, bench, queue), doubt=doubt)
        if known:
            bench.library.withdraw(release.place(bench.library, known), decision.instance)
        return _Outcome(release.filed({0: placed}, study, bench=bench, tray=tray, known=known))
    finally:
        bench.library.clear(_TRAY)


def _instance(record: StudyRecord, uid: str) -> InstanceRecord:
    instance = next((one for one in release.reviewable(record) if one.uid == uid), None)
    if instance is None:
        raise Mistaken("There is no such picture on the private shelf.")
    return instance


def held(shelf: Library, queue: Queue) -> Iterator[tuple[FiledStudy, StudyRecord | None]]:
    """Every study on the shelf, with the folder where it stands now, and its record, by date.

    None is the record of one that was deleted by hand, or is damaged.
    """
    studies = sorted((one for (_, is_held), one in queue.studies.items() if is_held), key=lambda one: one.folder)
    places = whereabouts.places(shelf, {study.uid: study.folder for study in studies})
    for study in studies:
        there = study.changed(folder=places.get(study.uid, study.folder))
        try:
            yield there, shelf.study(there.folder)
        except (OSError, ValueError):
            yield there, None
