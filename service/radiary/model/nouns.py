"""The nouns. Received things have no name in their `repr`, so that no log or traceback can show one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple, cast, get_args

if TYPE_CHECKING:
    from io import BufferedReader

    from pydicom.dataset import Dataset

    from radiary.model.records import InstanceRecord

Kind = Literal["zip", "folder", "file", "archive"]
SLICES = frozenset({"CT", "MR", "NM", "PT"})
"""Modalities whose frames are slices of a volume; frames of all others follow each other in time or depth."""
CtWindow = Literal["soft-tissue", "lung", "bone", "brain"]
"""What a CT may further be shown in; values outside a window are its black or its white."""
CT_WINDOWS: tuple[CtWindow, ...] = get_args(CtWindow)
Piece = bytes | memoryview
"""A part of a file, its bytes in one row."""
Content = bytes | BinaryIO
"""A file's bytes, or an open file where they would fill the memory."""
Fingerprint = tuple[tuple[int, int, int], ...]
"""(size in bytes, mtime, ctime in ns) of every file at one place, sorted: equal means untouched.

The time of a change can be preset; nobody presets the ctime.
"""


@dataclass(frozen=True)
class Export:
    """What a person dropped: an archive, a folder or a loose DICOM file, known by the SHA-256 of its bytes.

    `zip` is read member by member; any other `archive` only from front to end.
    """

    digest: str
    kind: Kind
    size: int
    path: Path = field(repr=False)
    fingerprint: Fingerprint = field(repr=False)


@dataclass(frozen=True)
class Limits:
    """How much an archive may unpack to: files, bytes, bytes of one file, and how many archives inside archives."""

    files: int = 200_000
    bytes: int = 64 << 30
    member: int = 4 << 30
    depth: int = 3


@dataclass(frozen=True)
class Member:
    """One file inside an export, by its position; `size` in bytes as the archive claims it."""

    index: int
    size: int


Effort = Literal["fast", "small"]
Dates = Literal["keep", "shift", "month", "year", "relative"]


@dataclass(frozen=True)
class Policy:
    """What the wall does beyond the Basic Profile, by the names of the options of PS3.15 E.3.

    `retain_size_and_weight` keeps these two alone, rounded, as uptake values need them.
    `words` are the person's own additions to the safe words of descriptions.
    """

    dates: Dates = "keep"
    keep_weekdays: bool = False
    retain_safe_private: bool = True
    retain_uids: bool = False
    retain_device_identity: bool = False
    retain_institution_identity: bool = False
    retain_patient_characteristics: bool = False
    retain_size_and_weight: bool = False
    clean_descriptors: bool = True
    clean_structured_content: bool = True
    clean_graphics: bool = True
    words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Identity:
    """Who a received object says it is about; it stays in memory and in the private record of the state folder."""

    name: str = field(repr=False)
    birth_date: str = field(repr=False)
    identifier: str = field(repr=False)
    issuer: str = field(repr=False)


@dataclass(frozen=True)
class Acquaintance:
    """A person whom the private record knows: her code, and how hospitals write her name and birth date."""

    code: str
    identities: tuple[Identity, ...] = field(repr=False)


Box = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels from 0, both ends included."""


@dataclass(frozen=True)
class Orientation:
    """Letters at the top, right, bottom and left edge, in the patient's own terms (L: to the patient's left); and the plane.

    Letters are empty where they are not known; the plane is `axial`, `coronal`, `sagittal`, or empty.
    """

    letters: tuple[str, str, str, str] = ("", "", "", "")
    plane: str = ""


class Share(NamedTuple):
    """One of several shares in the work on one instance, from 0, that go to workers side by side."""

    number: int
    of: int


WHOLE = Share(0, 1)


@dataclass(frozen=True)
class Treatment:
    """What looking at an instance's pictures led to: boxes to blank in every frame, or why they have to wait for their owner."""

    blank: tuple[Box, ...] = ()
    hold: str | None = None


@dataclass(frozen=True)
class Wanted:
    """What is made of an instance beside its pictures."""

    copies: bool = True
    """Its de-identified DICOM copy."""
    windows: tuple[str, ...] = ()
    """Further pictures of a CT in these windows; `others`: in the object's own further windows."""
    sixteen_bits: bool = False
    cine: bool = False
    """One animated WebP of a clip."""
    tiles: int = 256
    """Tiles of a slide up to which each one becomes a picture; the overview is made of any number."""
    png_effort: Effort = "fast"
    """Whether pictures are to be made quickly or to be small."""
    small_copies: bool = False
    """Whether copies are compressed, without loss."""


@dataclass(frozen=True, slots=True)
class Apart:
    """The pseudonymous UIDs that a member gets instead of its own, which somebody else's study or another image has, too.

    Empty ones stay.
    """

    study: str = ""
    instance: str = ""


@dataclass(frozen=True)
class Task:
    """All that developing an export's members takes; it travels to the worker processes with every batch of them.

    So it must not grow with the export: what was found out about single members (`Findings`) is put in where they are developed.
    """

    export: Export
    key: bytes = field(repr=False)
    library_tray: Path = field(repr=False)
    private_tray: Path = field(repr=False)
    wanted: Wanted
    passwords: tuple[str, ...] = field(default=(), repr=False)
    limits: Limits = field(default_factory=Limits)
    patience: float = 120
    """Seconds that one picture may take."""
    policy: Policy = field(default_factory=Policy)
    people: Mapping[str, Person] = field(default_factory=dict, repr=False)
    """What is known of people, by the code that their identity gives by itself."""
    searches_text: bool = False
    """Whether text in pictures can be looked for; what cannot be cleared without is held."""
    scratch: Path | None = field(default=None, repr=False)
    """A private folder for members that are too large for memory."""
    scales: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """The range of values agreed on for a series that names no window, by its pseudonymous UID."""
    values: tuple[float, float] | None = None
    """The range of the values of the one member in hand, where it names no window."""
    treatment: Treatment = field(default_factory=Treatment)
    apart: Apart = field(default_factory=Apart)
    """The UIDs of its own that the one member in hand gets."""
    latest: str = "20991231"
    """The last day (YYYYMMDD) on which an exam can have been made: tomorrow, as another time zone has it already."""
    acquaintances: tuple[Acquaintance, ...] = field(default=(), repr=False)
    """Who is known: a paper is hers if it names one of them."""
    takes_papers: bool = False
    """Whether a paper is taken that names nobody who is known: beside DICOM, and from a folder of papers."""
    takes_copies: bool = False
    """Whether copies that a Radiary made are developed like anything else: somebody else's are."""


@dataclass(frozen=True)
class Person:
    """How the wall speaks of a person: `code`, and the first day (YYYYMMDD) from which relative dates count."""

    code: str
    first_day: str | None = None
    root: str = ""
    """The code that the patient had first: it decides by how much dates are moved, whatever the patient is called later."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known of one member by the time that it is developed again; see `Task`."""

    scales: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    values: tuple[float, float] | None = None
    people: Mapping[str, Person] = field(default_factory=dict, repr=False)
    treatment: Treatment = field(default_factory=Treatment)
    apart: Apart = field(default_factory=Apart)


@dataclass(frozen=True)
class Instance:
    """A received SOP Instance: identified.

    `transfer_syntax` is the UID its data set and pixels are encoded in, `data` its file.
    """

    dataset: Dataset = field(repr=False)
    transfer_syntax: str
    data: Content = field(repr=False)

    @property
    def digest(self) -> str:
        """The SHA-256 of its file."""
        if isinstance(self.data, bytes):
            return hashlib.sha256(self.data).hexdigest()
        self.data.seek(0)
        return hashlib.file_digest(cast("BufferedReader", self.data), "sha256").hexdigest()


@dataclass(frozen=True)
class Deidentified:
    """What may leave: only `dicom/deidentify.py` makes one. UIDs and codes are pseudonyms; words come from closed lists."""

    dataset: Dataset = field(repr=False)
    transfer_syntax: str
    facts: Facts
    hold: str | None
    """Why it may not go into the library before its owner has looked at it; None when it may."""
    who: tuple[str, Identity] = field(repr=False)
    """Whom it is about, and the code that this identity gives by itself."""
    has_overlay: bool = False
    """Whether it came with an overlay: that never leaves, and may be all there was to see."""
    colours: bytes | None = field(default=None, repr=False)
    """The received ICC profile: pictures are made with it, but it does not leave, since it holds text of its own."""
    named: tuple[str, ...] = field(default=(), repr=False)
    """Whom else the received header names; that stays in the private record, for the chronicle's gate."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What filing and the story need to know of an instance; nothing in it identifies anyone."""

    study: str
    series: str
    instance: str
    patient: str
    date: str | None
    modality: str
    body_part: str | None
    series_number: int | None
    instance_number: int | None
    position: float | None
    """Millimetres along the slice normal, (0020,0032) · (0020,0037)."""
    normal: tuple[float, float, float] | None = None
    """The slice normal, of length 1."""
    phase: tuple[float, ...] = ()
    """Temporal Position, Echo Number and Time, b-value, Trigger Time: what tells it from other images at its place."""
    is_localizer: bool = False
    text_search: Literal["every", "some", "drawn", "none"] = "none"
    """Whether text has to be looked for in every picture, in some of the series, among what is computed, or nowhere."""
    refers: tuple[str, ...] = ()
    """What a key object selection or a presentation state is about: pseudonymous SOP Instance UIDs."""
    dates: tuple[str, ...] = ()
    """Study, Series, Acquisition and Content Date as YYYY-MM-DD, each empty where it cannot be the day of an exam."""
    is_typical: bool = True
    """Whether it is an original slice like its neighbours; localizers and derived pictures are not."""
    label: str = ""
    """What it is in a word of a closed list, where neither body part nor modality says it: the kind of a paper."""
    side: str | None = None
    """Which side of the body it shows: `L`, `R` or `B` for both."""
    view: str | None = None
    """From where it looks at the body, in the standard's code: `CC`, `MLO`, `PA` …"""
    words: str = ""
    """What the wall kept of the descriptions of series and study."""
    size: tuple[int, int] = (0, 0)
    """Rows and columns of a picture."""
    sweeps: tuple[Box, ...] = ()
    """Parts of an ultrasound that are drawn over time: Doppler spectra, M-mode, curves of heart and breath."""


@dataclass(frozen=True)
class Skipped:
    """An instance that was not filed, and why; `study` is its pseudonymous Study Instance UID when it could be read."""

    reason: str
    study: str | None = None


@dataclass(frozen=True)
class NotDicom:
    """A member that is no DICOM file: a viewer, a web page, a copy as JPEG. Left where it is."""


@dataclass(frozen=True)
class Unclaimed(NotDicom):
    """A paper (PDF) that names nobody who is known: taken only beside DICOM, or from a folder of papers."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An instance whose files stand in the tray; the paths in `record` are relative to its study."""

    facts: Facts
    hold: str | None
    record: InstanceRecord
    scale: tuple[float, float] | None = None
    """The range it was shown with, where it names no window of its own."""
    who: tuple[str, Identity] | None = field(default=None, repr=False)
    """Whom it is about, where that is a person who was not known yet."""
    suspects: tuple[Box, ...] = ()
    """Parts of a slice with something new in them, which the slices before and after it do not have."""
    is_at_end: bool = False
    """Whether it was the first or the last slice of its series in a batch, and had one neighbour at most there."""
    named: tuple[str, ...] = field(default=(), repr=False)
    """Whom else the received header names."""


@dataclass(frozen=True)
class Unscaled:
    """An instance without any window: `low` and `high` are its values' range, to be agreed on for its whole series."""

    series: str
    low: float
    high: float
    study: str = ""


@dataclass(frozen=True)
class Unanchored:
    """An instance of a person (by the code of the identity) whose first day is not known yet; `day` (YYYYMMDD) is its own."""

    person: str
    who: Identity = field(repr=False)
    day: str


@dataclass(frozen=True)
class Copied:
    """An instance that says a Radiary made it: `study` and `who` are what stands in it, pseudonyms of a key that may be ours."""

    study: str
    who: Identity = field(repr=False)


Outcome = Placed | Skipped | NotDicom | Unscaled | Unanchored | Copied
