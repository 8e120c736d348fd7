"""What `study.json` holds: one study, de-identified, with every file's digest.

Dataclasses with slots, since a study may have tens of thousands of instances, and models of pydantic's carry a dictionary and
a set each.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Literal

from pydantic import ConfigDict, FiniteFloat, TypeAdapter
from pydantic.dataclasses import dataclass

_STRICTLY = ConfigDict(extra="forbid", defer_build=True)


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICTLY)
class FileRecord:
    """One file in a study's folder: `path` relative to it, SHA-256 and size in bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICTLY)
class FilmRecord:
    """What the header of a film (MPEG-2, MPEG-4, HEVC) says of it: how long it lasts, and the pixels of its pictures."""

    seconds: FiniteFloat | None = None
    columns: int | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICTLY)
class RunRecord:
    """Frames of one object that are looked through in one go: those of one stack at one time, echo or b-value.

    `frames` are their numbers in the copy, from 0, in viewing order; `positions` along the normal, in mm, where they are known.
    """

    frames: tuple[int, ...]
    positions: tuple[FiniteFloat, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICTLY)
class InstanceRecord:
    """One SOP Instance: its pseudonymous UID, the SHA-256 of its decoded pixels, its pictures in viewing order, its copy."""

    uid: str
    number: int | None
    position: float | None
    pixels: str
    pictures: tuple[FileRecord, ...]
    copies: tuple[FileRecord, ...]
    """Its DICOM copy and whatever else was made of it: other windows, a film, a report's text."""
    refers: tuple[str, ...] = ()
    """Of a key object selection: the pseudonymous UIDs of what it selects."""
    values: tuple[FiniteFloat, FiniteFloat] | None = None
    """The range of its values, where it names no window."""
    hold: str | None = None
    """Why it is held, on the private shelf; of what an older version filed there, nothing is known."""
    normal: tuple[FiniteFloat, FiniteFloat, FiniteFloat] | None = None
    """The direction that its slice faces, of length 1."""
    phase: tuple[FiniteFloat, ...] = ()
    """What tells it from other images at its place: time, echo, diffusion, heartbeat; see `Facts`."""
    is_localizer: bool = False
    lost: Mapping[str, int] = field(default_factory=dict)
    """Frames that it should have and that are not among its pictures, by reason."""
    rule: str | None = None
    """By which rule its pictures are shown where its own window shows one shade of many values: `another-window`, `stored-units`,
    or `own-range`.
    """
    runs: tuple[RunRecord, ...] = ()
    """Of an object whose frames say where they lie: its pictures in runs, one after another; see `library/frame_runs.py`."""
    sweeps: tuple[tuple[int, int, int, int], ...] = ()
    """Parts of an ultrasound's pictures that are drawn over time (x0, y0, x1, y1), both ends included; see `Facts`."""
    blanked: tuple[tuple[int, int, int, int], ...] = ()
    """Parts of its pictures that were made black, for text stood there (x0, y0, x1, y1), both ends included."""
    film: FilmRecord | None = None
    """Of a film, which is held as it came; of what an older version filed, nothing is known."""

    @property
    def copy(self) -> FileRecord | None:
        """Its de-identified DICOM copy."""
        return next((file for file in self.copies if file.path.endswith(".dcm")), None)

    @property
    def files(self) -> tuple[FileRecord, ...]:
        """All that was made of it."""
        return (*self.pictures, *self.copies)


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICTLY)
class SeriesRecord:
    """One series: instances in viewing order (position along the normal, then Instance Number)."""

    uid: str
    number: int | None
    label: str
    modality: str
    body_part: str | None
    scale: tuple[FiniteFloat, FiniteFloat] | None = None
    """The range of values that is shown, where the series names no window: more slices are shown alike."""
    side: str | None = None
    view: str | None = None
    words: str = ""
    """Side, view and the words of its descriptions, as `Facts` has them, where all of the series says the same."""
    instances: tuple[InstanceRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICTLY)
class StudyRecord:
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


_STUDY, _SERIES, _INSTANCE = TypeAdapter(StudyRecord), TypeAdapter(SeriesRecord), TypeAdapter(InstanceRecord)


def parsed(data: bytes) -> StudyRecord:
    """What a `study.json` holds. Raises ValueError."""
    return _STUDY.validate_json(data)


def written(record: StudyRecord) -> Iterator[bytes]:
    """What a `study.json` is to hold, piece by piece, an instance a line."""
    series = (
        _nested(_SERIES.dump_json(replace(one, instances=())), b"instances", map(_line, one.instances)) for one in record.series
    )
    yield from _nested(_STUDY.dump_json(replace(record, series=())), b"series", series)
    yield b"\n"


def _line(instance: InstanceRecord) -> Iterator[bytes]:
    yield _INSTANCE.dump_json(instance)


def _nested(data: bytes, name: bytes, items: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    """An object's JSON with `items` in its empty list; a quotation mark within a value is never without a backslash."""
    before, after = data.split(b'"%s":[]' % name)
    yield before + b'"%s":[' % name
    for place, item in enumerate(items):
        yield b",\n" if place else b"\n"
        yield from item
    yield b"\n]" + after
