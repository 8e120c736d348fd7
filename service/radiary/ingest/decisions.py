"""What its owner decided about a held picture: released, blanked and released, kept private, or undone again.

The shelf keeps its version in every case; what is released is made anew from it, so that every decision can be undone.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

from radiary.archives.spool import Spool
from radiary.ingest import filing
from radiary.ingest.bench import Bench
from radiary.library import assemble, whereabouts
from radiary.library.shelf import Library
from radiary.model.errors import ShelfOffline, Unusable
from radiary.model.events import Event, FiledStudy, Reviewed
from radiary.model.nouns import Box, Placed, Wanted
from radiary.model.records import FileRecord, InstanceRecord, StudyRecord
from radiary.state.queue import Queue

_TRAY = "review"
_GONE = (
    "This exam is not on the private shelf any more, or its record is damaged; nothing was changed. Put its folder back, "
    "or file its export again."
)
_LARGEST = 1 << 16
"""No picture has more rows or columns (PS3.3 C.7.6.3.3)."""


class Decision(BaseModel):
    """One decision about one instance on the shelf, by pseudonymous UIDs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    study: str
    instance: str
    decision: Literal["released", "blanked", "kept", "undone"]
    boxes: tuple[Box, ...] = ()

    @field_validator("boxes")
    @classmethod
    def _are_boxes(cls, boxes: tuple[Box, ...]) -> tuple[Box, ...]:
        if not all(0 <= x0 <= x1 < _LARGEST and 0 <= y0 <= y1 < _LARGEST for x0, y0, x1, y1 in boxes):
            raise ValueError
        return boxes


def carried_out(decision: Decision, bench: Bench, queue: Queue) -> Reviewed:
    """Carry a decision out; the fact to write down. Raises Unusable for what is not on the shelf, and NotNow."""
    shelved = queue.studies.get((decision.study, True))
    if shelved is None:
        raise Unusable("There is no such picture on the private shelf.")
    folder, record = _shelved(bench.shelf, shelved)
    instance = _instance(record, decision.instance)
    if (decision.decision == "blanked") != bool(decision.boxes):
        raise Unusable("Draw at least one box over what is to be black.")
    known = queue.studies.get((decision.study, False))
    filed: FiledStudy | None = None
    is_gone = False
    if decision.decision in ("released", "blanked"):
        filed = _release(decision, bench, record, instance, folder, known)
    elif known:
        left = bench.library.withdraw(_place(bench.library, known), decision.instance)
        filed = assemble.filed(left, known.folder, added=0) if left else None
        is_gone = left is None
    return Reviewed(
        study=decision.study,
        instance=decision.instance,
        decision=decision.decision,
        boxes=decision.boxes,
        studies=(filed,) if filed else (),
        is_gone=is_gone,
    )


def _place(home: Library, study: FiledStudy) -> str:
    """Its folder; the one where it was filed when it is gone."""
    return whereabouts.place(home, study.uid, study.folder) or study.folder


def _shelved(shelf: Library, study: FiledStudy) -> tuple[str, StudyRecord]:
    """Where a study stands, and its record. Raises Unusable where it is gone or damaged, and ShelfOffline where the shelf is."""
    if not shelf.is_marked:
        raise ShelfOffline
    try:
        folder = _place(shelf, study)
        return folder, shelf.study(folder)
    except (OSError, ValueError):
        raise Unusable(_GONE) from None


def _instance(record: StudyRecord, uid: str) -> InstanceRecord:
    instance = next((one for one in reviewable(record) if one.uid == uid), None)
    if instance is None:
        raise Unusable("There is no such picture on the private shelf.")
    return instance


def _release(
    decision: Decision, bench: Bench, record: StudyRecord, instance: InstanceRecord, folder: str, known: FiledStudy | None
) -> FiledStudy:
    """Make the instance anew, blanked, and file it in the library."""
    tray = bench.library.tray(_TRAY)
    try:
        boxes = decision.boxes if decision.decision == "blanked" else ()
        scale = next(one.scale for one in record.series if instance in one.instances)
        placed = bench.pool.call(_remade, bench.shelf.root / folder, instance, bench.wanted, boxes, scale, tray)
        if known:
            bench.library.withdraw(_place(bench.library, known), decision.instance)
        (study,) = assemble.studies({0: placed})
        study = replace(study, record=replace(study.record, patient=record.patient, date=record.date))
        return filing.filed(study, bench.library, tray, known.folder if known else None)[0]
    finally:
        bench.library.clear(_TRAY)


def _remade(
    folder: Path,
    instance: InstanceRecord,
    wanted: Wanted,
    boxes: tuple[Box, ...],
    scale: tuple[float, float] | None,
    tray: Path,
) -> Placed:
    # Imported here, in a process of the pool: pixels are no part of the idle service.
    from radiary.dicom.develop import remade
    from radiary.dicom.wall.deidentify import readmitted

    copy = next((one for one in instance.copies if one.path.endswith(".dcm")), None)
    if copy is None:
        raise Unusable("Only pictures that have an anonymized DICOM copy beside them can be released; file the export again.")
    data = _sound(folder, copy)
    made = remade(readmitted(data, is_blanked=bool(boxes)), wanted, boxes=boxes, scale=scale)
    pictures, copies = filing.written(made.files(spool=lambda: Spool(tray)), tray, 0)
    anew = replace(instance, pixels=made.pixels, pictures=pictures, copies=copies)
    return Placed(facts=made.facts, hold=None, record=anew, scale=scale)


def _sound(folder: Path, file: FileRecord) -> bytes:
    try:
        data = (folder / file.path).read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise Unusable("The picture on the shelf is not as it was filed; `radiary verify` says more.")
    return data


def decisions(events: Iterable[Event]) -> dict[tuple[str, str], Reviewed]:
    """The last decision about each instance, by study and its own UID; undone ones are open again."""
    last = {(event.study, event.instance): event for event in events if isinstance(event, Reviewed)}
    return {key: event for key, event in last.items() if event.decision != "undone"}


def held(shelf: Library, queue: Queue) -> Iterator[tuple[FiledStudy, StudyRecord | None]]:
    """Every study on the shelf, with the folder where it stands now, and its record, by date.

    None is the record of one that was deleted by hand, or is damaged.
    """
    studies = sorted((one for (_, is_held), one in queue.studies.items() if is_held), key=lambda one: one.folder)
    places = whereabouts.places(shelf, {study.uid: study.folder for study in studies})
    for study in studies:
        there = replace(study, folder=places.get(study.uid, study.folder))
        try:
            yield there, shelf.study(there.folder)
        except (OSError, ValueError):
            yield there, None


def reviewable(record: StudyRecord) -> list[InstanceRecord]:
    """The instances of a study that can be looked at."""
    return [instance for series in record.series for instance in series.instances if instance.pictures]
