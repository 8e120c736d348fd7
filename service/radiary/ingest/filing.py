"""What was made of members becomes studies that stand: written to the tray, merged with what is known, published."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from radiary.library import assemble, layout, merge, tray, whereabouts
from radiary.library.assemble import Assembled
from radiary.library.shelf import Library
from radiary.model.events import FiledStudy
from radiary.model.records import FileRecord

if TYPE_CHECKING:
    from radiary.dicom.image_files import Made


def written(made: Iterable["Made"], folder: Path, member: int) -> tuple[tuple[FileRecord, ...], tuple[FileRecord, ...]]:
    """Write a member's files into the tray `folder` as they are made: the records of its pictures by name, and of all others."""
    pictures: list[FileRecord] = []
    others: list[FileRecord] = []
    for file in made:
        (pictures if file.is_picture else others).append(tray.put(folder, member, file.path, parts=file.parts))
    return tuple(sorted(pictures, key=lambda file: file.path)), tuple(others)


def filed(study: Assembled, home: Library, made: Path, *, known: str | None) -> tuple[FiledStudy, int]:
    """File a study whose files lie in the tray `made`; `known` is its folder, if the ledger knows one.

    Returns what the ledger says of it, and how many of its instances are known with other pixels. Raises StudyDamaged and
    NotNow. A study that stands on the disk is known, though the ledger may have lost it. Where its owner moved it, it is found;
    the ledger goes on calling it by Radiary's own words, since hers may name somebody.
    """
    record = study.record
    filed_at = known or layout.study_folder(record.date, record.modality, record.uid)
    folder = (whereabouts.place_to_gain(home, record.uid, known) if known else None) or filed_at
    standing = home.standing(folder)
    if standing is None:
        home.publish(record, study.members, made, folder=folder)
        return assemble.filed(record, filed_at, added=assemble.pictures(record)), 0
    merged = merge.merged(standing, record, home.lost(folder, standing))
    if merged.gained.series or merged.record != standing:
        home.extend(merged.gained, study.members, made=made, folder=folder, record=merged.record)
    return assemble.filed(merged.record, filed_at, added=merged.added), merged.different
