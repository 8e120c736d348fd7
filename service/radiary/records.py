"""What `study.json` holds: one study, de-identified, with every file's digest."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, FiniteFloat


class Record(BaseModel):
    """A line of `study.json`."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FileRecord(Record):
    """One file in a study's folder: `path` relative to it, SHA-256 and size in bytes."""

    path: str
    sha256: str
    size: int


class InstanceRecord(Record):
    """One SOP Instance: its pseudonymous UID, the SHA-256 of its decoded pixels, its pictures in frame order, its copy."""

    uid: str
    number: int | None
    position: float | None
    pixels: str
    pictures: tuple[FileRecord, ...]
    copies: tuple[FileRecord, ...]
    """Its DICOM copy and whatever else was made of it: other windows, a film, a report's text."""
    refers: tuple[str, ...] = ()
    """Of a key object selection: the pseudonymous UIDs of what it selects."""


class SeriesRecord(Record):
    """One series: instances in viewing order (position along the normal, then Instance Number)."""

    uid: str
    number: int | None
    label: str
    modality: str
    body_part: str | None
    scale: tuple[FiniteFloat, FiniteFloat] | None = None
    """The range of values that is shown, where the series names no window: more slices are shown alike."""
    instances: tuple[InstanceRecord, ...]


class StudyRecord(Record):
    """`study.json`: all that is known of one study, de-identified."""

    version: Literal[1] = 1
    uid: str
    patient: str
    date: str | None
    modality: str
    held: bool
    """Whether it stands on the private shelf, until its owner has looked at it."""
    series: tuple[SeriesRecord, ...]
    skipped: Mapping[str, int]
