"""From the private shelf into the library: instances are made anew of their copies there, and filed like any others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from radiary.archives.spool import Spool
from radiary.ingest import filing, lasting_windows, sound_copies
from radiary.ingest.bench import Bench
from radiary.library import assemble, whereabouts
from radiary.library.shelf import Library
from radiary.model.errors import Mistaken, ShelfOffline
from radiary.model.events import FiledStudy
from radiary.model.nouns import Box, Placed, Wanted
from radiary.model.records import InstanceRecord, StudyRecord

_GONE = (
    "This exam is not on the private shelf any more, or its record is damaged; nothing was changed. Put its folder back, "
    "or file its export again."
)


@dataclass(frozen=True)
class Shelved:
    """A study on the private shelf: the folder where it stands now, below the shelf, and its record."""

    folder: str
    record: StudyRecord


def place(home: Library, study: FiledStudy) -> str:
    """Its folder; the one where it was filed when it is gone."""
    return whereabouts.place(home, study.uid, study.folder) or study.folder


def shelved(shelf: Library, study: FiledStudy) -> Shelved:
    """A study as it stands on the shelf. Raises Mistaken where it is gone or damaged, and ShelfOffline where the shelf is."""
    if not shelf.is_marked:
        raise ShelfOffline
    try:
        folder = place(shelf, study)
        return Shelved(folder, shelf.study(folder))
    except (OSError, ValueError):
        raise Mistaken(_GONE) from None


def made(
    study: Shelved, instance: InstanceRecord, bench: Bench, *, boxes: tuple[Box, ...], tray: Path, member: int = 0
) -> Placed:
    """An instance anew in the tray, with `boxes` black. Raises Mistaken, Stopping and NotNow."""
    scale = next(one.scale for one in study.record.series if instance in one.instances)
    folder = bench.shelf.root / study.folder
    return bench.pool.call(_remade, folder, instance, bench.wanted, boxes, scale, tray, member)


def filed(placed: Mapping[int, Placed], study: Shelved, *, bench: Bench, tray: Path, known: FiledStudy | None) -> FiledStudy:
    """File what was made of one study's instances; `known` is that study in the library. Raises StudyDamaged and NotNow."""
    (assembled,) = assemble.studies(placed)
    record = replace(assembled.record, patient=study.record.patient, date=study.record.date)
    standing, _ = filing.filed(replace(assembled, record=record), bench.library, tray, known=known.folder if known else None)
    return lasting_windows.kept(standing, bench)


def _remade(
    folder: Path,
    instance: InstanceRecord,
    wanted: Wanted,
    boxes: tuple[Box, ...],
    scale: tuple[float, float] | None,
    tray: Path,
    member: int,
) -> Placed:
    # Imported here, in a process of the pool: pixels are no part of the idle service.
    from radiary.dicom.develop import remade
    from radiary.dicom.wall.deidentify import readmitted

    if instance.copy is None:
        raise Mistaken("Only pictures that have an anonymized DICOM copy beside them can be released; file the export again.")
    data = sound_copies.sound(folder, instance.copy)
    if data is None:
        raise Mistaken("The picture on the shelf is not as it was filed; `radiary verify` says more.")
    development = remade(readmitted(data, is_blanked=bool(boxes)), wanted, boxes=boxes, scale=scale)
    pictures, copies = filing.written(development.files(spool=lambda: Spool(tray)), tray, member)
    pictures, runs = development.in_viewing_order(pictures)
    anew = replace(instance, pixels=development.pixels, pictures=pictures, copies=copies, runs=runs, hold=None, blanked=boxes)
    return Placed(facts=development.facts, hold=None, record=anew, scale=scale)


def reviewable(record: StudyRecord) -> Sequence[InstanceRecord]:
    """The instances of a study that can be looked at."""
    return [instance for series in record.series for instance in series.instances if instance.pictures]
