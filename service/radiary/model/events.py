"""The closed set of facts. One line of the ledger is one of these; together they are Radiary's only state.

The fields `seq`, `at` and `previous` are the ledger's own: it stamps them when a fact is appended. No field holds a name,
an identifier, a birth date or a source file's name: exports are known by the SHA-256 of their bytes, people and studies
by keyed pseudonyms.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, TypeAdapter
from pydantic.dataclasses import dataclass

from radiary.model.errors import NOTHING_NEW
from radiary.model.nouns import Box, Kind

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256 of the export's bytes")]
Slug = Annotated[str, Field(pattern="^[a-z]+(-[a-z]+)*$", description="why, for a program; `radiary status` has the sentence")]
StudyUid = Annotated[str, Field(description="pseudonymous Study Instance UID of the exam")]
InstanceUid = Annotated[str, Field(description="pseudonymous SOP Instance UID of the picture")]
IsHeld = Annotated[bool, Field(description="whether it is the exam on the private shelf, not the one in the library")]

_STRICTLY = ConfigDict(extra="forbid", defer_build=True)
"""Validators are made when they are first needed: a command that reads no fact does without."""


class Fact(BaseModel):
    """One line of the ledger."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    seq: int = Field(default=0, description="1, 2, 3 … without a gap")
    at: datetime = Field(default=datetime.min.replace(tzinfo=UTC), description="when it was appended, UTC")
    previous: str = Field(default="", description="SHA-256 of the line before, without its newline; empty on the first")


class Opened(Fact):
    """A ledger began, for this library and with this key's fingerprint."""

    type: Literal["opened"] = "opened"
    radiary: str = Field(description="version that began it")
    key: str = Field(description="fingerprint of the pseudonyms' key; it says nothing about the key")


class Queued(Fact):
    """A complete export was found."""

    type: Literal["queued"] = "queued"
    export: Digest
    kind: Kind = Field(description="a zip, another archive, a folder, or a loose file")
    size: int = Field(description="bytes")


class Started(Fact):
    """Work on an export began; counted before the work, so that an export which kills the process cannot loop."""

    type: Literal["started"] = "started"
    export: Digest
    attempt: int = Field(description="1, 2, 3 …")


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICTLY)
class FiledSeries:
    """A series as the chronicle needs it; `pictures` counts frames, `representative` is a path below the study's folder.

    A series of reports, notes or saved views has no picture.
    """

    uid: str = Field(description="pseudonymous Series Instance UID")
    number: int | None = Field(description="the hospital's number of the series")
    label: str = Field(description="what it is called in folder names, in words from closed lists")
    modality: str = Field(description="its kind, in the standard's code, such as CT")
    body_part: str | None = Field(description="in the standard's terms, where it is one of them")
    pictures: int = Field(description="frames that have a picture")
    representative: str | None = Field(default=None, description="the picture that stands for it, below the study's folder")
    scale: tuple[FiniteFloat, FiniteFloat] | None = Field(
        default=None, description="range of values shown, where there is no window"
    )
    values: tuple[FiniteFloat, FiniteFloat] | None = Field(
        default=None, description="range of all its values, where there is no window and it can be shown in another range"
    )
    side: str | None = Field(default=None, description="which side of the body it shows: L, R or B for both")
    view: str | None = Field(default=None, description="from where it looks at the body, in the standard's code")
    words: str = Field(default="", description="what the wall kept of the descriptions of series and study")


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICTLY)
class FiledStudy:
    """A study as it stands after filing; `folder` is below the library, or below the private shelf when `held`."""

    uid: str = Field(description="pseudonymous Study Instance UID")
    folder: str = Field(description="where it is, below the library or the private shelf")
    date: str | None = Field(description="its day, as the setting `dates` lets it be known")
    patient: str = Field(description="code of the person whom it is about")
    modality: str = Field(description="its kind, in the standard's code, such as CT")
    held: bool = Field(description="whether it is on the private shelf, not in the library")
    series: tuple[FiledSeries, ...] = Field(description="all of its series, those of earlier exports, too")
    added: int = Field(description="pictures that this export brought and that were not there before")


class Filed(Fact):
    """An export's studies stand in the library."""

    type: Literal["filed"] = "filed"
    export: Digest
    studies: tuple[FiledStudy, ...] = Field(description="every exam that it brought something of, as it stands since then")
    pictures: int = Field(description="pictures of this export that stand in the library or on the private shelf")
    held: Mapping[str, int] = Field(description="instances that went to the private shelf, by reason")
    skipped: Mapping[str, int] = Field(description="instances that were not filed, by reason")
    left: int = Field(description="files beside the images, such as viewers and web pages, left where they were")
    noted: Mapping[str, int] = Field(default={}, description="instances that were filed otherwise than they came, by reason")
    again: bool = Field(default=False, description="whether its owner wanted back what she had taken out")


class Ignored(Fact):
    """Nothing in it is ours: left alone."""

    type: Literal["ignored"] = "ignored"
    export: Digest
    reason: Slug


class Rejected(Fact):
    """An export was refused for good; it is untouched."""

    type: Literal["rejected"] = "rejected"
    export: Digest
    reason: Slug
    skipped: Mapping[str, int] = Field(default={}, description="instances by the reason why they could not be filed")

    @property
    def is_failure(self) -> bool:
        """Whether anything is lacking: of what holds nothing new, nothing is."""
        return self.reason not in NOTHING_NEW


class AwaitingOwner(Fact):
    """An export needs its owner, for a password say."""

    type: Literal["waiting"] = "waiting"
    export: Digest
    reason: Slug


class Deferred(Fact):
    """The place was not ready, which is no fault of the export: its attempt does not count."""

    type: Literal["deferred"] = "deferred"
    export: Digest
    reason: Slug


class Failed(Fact):
    """An attempt ended in an internal error; `error` names the kind and the place in the code, never a value."""

    type: Literal["failed"] = "failed"
    export: Digest
    error: str = Field(description="kind of the error, and the places in the code that it came through")


class Forgotten(Fact):
    """Its owner wants to hear no more of an export; the same bytes are not taken again unless she asks for it."""

    type: Literal["forgotten"] = "forgotten"
    export: Digest


class Superseded(Fact):
    """An export that was not filed is not there any more: deleted, or replaced by another download. There is nothing to do."""

    type: Literal["superseded"] = "superseded"
    export: Digest


class Rebuilt(Fact):
    """A lost ledger began anew from what stands in the library; which exports brought it is not known any more."""

    type: Literal["rebuilt"] = "rebuilt"
    studies: tuple[FiledStudy, ...] = Field(description="every exam that stands there")


class Rescaled(Fact):
    """Pictures of a study were made anew: a series that names no window came in parts, and is shown in the range of all of it.

    Or pictures came to it, in the `windows` that its owner asked for.
    """

    type: Literal["rescaled"] = "rescaled"
    studies: tuple[FiledStudy, ...] = Field(description="the exam as it stands since then")
    windows: tuple[str, ...] = Field(default=(), description="the further windows that were asked for; empty for a range")


class Chronicled(Fact):
    """An exam was written into the site data; from then on its entry and its pictures are their owner's.

    A second one for the same study names the pictures of series that came later; the entry was not touched for them.
    """

    type: Literal["chronicled"] = "chronicled"
    study: StudyUid
    date: str = Field(description="the day under which it stands there")
    pictures: Mapping[str, str] = Field(description="name of the picture that stands for each series, by its UID")
    title: str = Field(default="", description="what the exam was called there, in words from closed lists")


class Removed(Fact):
    """Its owner took an exam out, or a series or an instance of it; the same pictures do not come back by themselves.

    `studies` is the exam as it stands since then; nothing when all of it is gone.
    """

    type: Literal["removed"] = "removed"
    study: StudyUid
    held: IsHeld
    series: str = Field(default="", description="UID of the series, where only that was taken out")
    instance: str = Field(default="", description="UID of the instance, where only that was taken out")
    folder: str = Field(description="where the exam was filed")
    trash: str = Field(default="", description="name in the trash; empty when it was deleted by hand")
    studies: tuple[FiledStudy, ...] = Field(default=(), description="the exam as it stands since then")

    @property
    def part(self) -> str:
        """What was taken out, by its UID; empty for a whole exam."""
        return self.instance or self.series


class Restored(Fact):
    """What was taken out stands in its place again."""

    type: Literal["restored"] = "restored"
    study: StudyUid
    held: IsHeld
    series: str = Field(default="", description="UID of the series, where only that came back")
    instance: str = Field(default="", description="UID of the instance, where only that came back")
    trash: str = Field(description="name that it had in the trash")
    studies: tuple[FiledStudy, ...] = Field(description="the exam as it stands since then")

    @property
    def part(self) -> str:
        """What came back, by its UID; empty for a whole exam."""
        return self.instance or self.series


class PutAway(Fact):
    """A download was moved into a folder beside it, or deleted, as its owner wants finished ones to be."""

    type: Literal["put-away"] = "put-away"
    export: Digest
    into: Literal["done", "duplicate", "failed", "waiting", "deleted"] = Field(
        description="the folder that it was moved into, or that it was deleted"
    )


class Reviewed(Fact):
    """Its owner decided about a held picture; `studies` is the library's study as it stands since then, if it changed.

    `doubted`: it was to be released, with `boxes` blanked if there are any, and a second look stopped it. It waits for a second
    yes, which is a decision that `is_confirmed`.
    """

    type: Literal["reviewed"] = "reviewed"
    study: StudyUid
    instance: InstanceUid
    decision: Literal["released", "blanked", "kept", "undone", "doubted"] = Field(description="what was decided")
    boxes: tuple[Box, ...] = Field(default=(), description="what was blanked: x0, y0, x1, y1 in pixels, ends included")
    studies: tuple[FiledStudy, ...] = Field(default=(), description="the library's exam as it stands since then, if it changed")
    is_gone: bool = Field(default=False, description="whether the study is not in the library any more")
    doubts: tuple[Slug, ...] = Field(default=(), description="why the second look stopped it")
    found: tuple[Box, ...] = Field(default=(), description="where the second look found something")
    frames: tuple[int, ...] = Field(default=(), description="the frames in which it did, from 1")
    is_confirmed: bool = Field(default=False, description="whether she said yes a second time, knowing of the doubt")


class LookedAgain(Fact):
    """Pictures of an exam that were held for want of a reader of text were searched.

    `studies` are the library's, if something was cleared, and the shelf's, as they stand since then.
    """

    type: Literal["looked-again"] = "looked-again"
    study: StudyUid
    cleared: int = Field(description="instances that went from the private shelf into the library")
    held: Mapping[str, int] = Field(description="instances of the exam that stay on the private shelf, by reason")
    studies: tuple[FiledStudy, ...] = Field(default=(), description="the exam in both places, as it stands since then")
    is_gone: bool = Field(default=False, description="whether nothing of the exam is on the private shelf any more")


class Described(Fact):
    """Its owner said what kind of paper a held one is, whose, or of which day."""

    type: Literal["described"] = "described"
    study: StudyUid
    kind: Annotated[Slug, Field(description="what kind of paper it is, of `radiary papers kinds`")]
    patient: str = Field(description="code of the person whom it is about")
    date: str | None = Field(description="its day, where one is known")
    is_hers: bool = Field(default=True, description="false of a paper that is somebody else's: it is told nowhere")


class Picked(Fact):
    """Its owner wants a picture to stand for its exam, or not to."""

    type: Literal["picked"] = "picked"
    study: StudyUid
    instance: InstanceUid
    frame: int = Field(default=1, ge=1, description="of an image of several frames, which; from 1 on")
    is_wanted: bool = Field(default=True, description="false where it is not to stand for it any more")


Event = Annotated[
    Opened
    | Queued
    | Started
    | Filed
    | Ignored
    | Rejected
    | AwaitingOwner
    | Deferred
    | Failed
    | Forgotten
    | Superseded
    | Rebuilt
    | Rescaled
    | Chronicled
    | Reviewed
    | LookedAgain
    | Described
    | Removed
    | Restored
    | PutAway
    | Picked,
    Field(discriminator="type"),
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event, config=ConfigDict(defer_build=True))


def schema() -> dict[str, Any]:
    """The JSON Schema of one line of the ledger."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of Radiary's ledger",
    } | EVENT.json_schema()
