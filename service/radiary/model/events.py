"""The closed set of facts. One line of the ledger is one of these; together they are Radiary's only state.

The fields `seq`, `at` and `previous` are the ledger's own: it stamps them when a fact is appended. No field holds a name,
an identifier, a birth date or a source file's name: exports are known by the SHA-256 of their bytes, people and studies
by keyed pseudonyms.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

import msgspec
from msgspec import Meta

from radiary.model.errors import NOTHING_NEW
from radiary.model.nouns import Box, Kind

Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="SHA-256 of the export's bytes")]
Slug = Annotated[str, Meta(pattern="^[a-z]+(-[a-z]+)*$", description="why, for a program; `radiary status` has the sentence")]
StudyUid = Annotated[str, Meta(description="pseudonymous Study Instance UID of the exam")]
InstanceUid = Annotated[str, Meta(description="pseudonymous SOP Instance UID of the picture")]
IsHeld = Annotated[bool, Meta(description="whether it is the exam on the private shelf, not the one in the library")]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What is read is checked, what is made is not: the ledger reads each line before it writes it."""

    def changed(self, **values: Any) -> Self:
        """The same with other values."""
        return msgspec.structs.replace(self, **values)


class Fact(_Strict, frozen=True, kw_only=True, tag_field="type"):
    """One line of the ledger."""

    seq: Annotated[int, Meta(description="1, 2, 3 … without a gap")] = 0
    at: Annotated[datetime, Meta(tz=True, description="when it was appended, UTC")] = datetime.min.replace(tzinfo=UTC)
    previous: Annotated[str, Meta(description="SHA-256 of the line before, without its newline; empty on the first")] = ""

    @property
    def type(self) -> str:
        """What kind of fact it is."""
        return str(self.__struct_config__.tag)

    @property
    def line(self) -> bytes:
        """As the ledger has it, without its newline."""
        return _ENCODER.encode(self)


class Opened(Fact, frozen=True, kw_only=True, tag="opened"):
    """A ledger began, for this library and with this key's fingerprint."""

    radiary: Annotated[str, Meta(description="version that began it")]
    key: Annotated[str, Meta(description="fingerprint of the pseudonyms' key; it says nothing about the key")]


class Queued(Fact, frozen=True, kw_only=True, tag="queued"):
    """A complete export was found."""

    export: Digest
    kind: Annotated[Kind, Meta(description="a zip, another archive, a folder, or a loose file")]
    size: Annotated[int, Meta(description="bytes")]


class Started(Fact, frozen=True, kw_only=True, tag="started"):
    """Work on an export began; counted before the work, so that an export which kills the process cannot loop."""

    export: Digest
    attempt: Annotated[int, Meta(description="1, 2, 3 …")]


class FiledSeries(_Strict, frozen=True, kw_only=True):
    """A series as the chronicle needs it; `pictures` counts frames, `representative` is a path below the study's folder.

    A series of reports, notes or saved views has no picture.
    """

    uid: Annotated[str, Meta(description="pseudonymous Series Instance UID")]
    number: Annotated[int | None, Meta(description="the hospital's number of the series")]
    label: Annotated[str, Meta(description="what it is called in folder names, in words from closed lists")]
    modality: Annotated[str, Meta(description="its kind, in the standard's code, such as CT")]
    body_part: Annotated[str | None, Meta(description="in the standard's terms, where it is one of them")]
    pictures: Annotated[int, Meta(description="frames that have a picture")]
    representative: Annotated[str | None, Meta(description="the picture that stands for it, below the study's folder")] = None
    scale: Annotated[tuple[float, float] | None, Meta(description="range of values shown, where there is no window")] = None
    values: Annotated[
        tuple[float, float] | None,
        Meta(description="range of all its values, where there is no window and it can be shown in another range"),
    ] = None
    side: Annotated[str | None, Meta(description="which side of the body it shows: L, R or B for both")] = None
    view: Annotated[str | None, Meta(description="from where it looks at the body, in the standard's code")] = None
    words: Annotated[str, Meta(description="what the wall kept of the descriptions of series and study")] = ""


class FiledStudy(_Strict, frozen=True, kw_only=True):
    """A study as it stands after filing; `folder` is below the library, or below the private shelf when `held`."""

    uid: Annotated[str, Meta(description="pseudonymous Study Instance UID")]
    folder: Annotated[str, Meta(description="where it is, below the library or the private shelf")]
    date: Annotated[str | None, Meta(description="its day, as the setting `dates` lets it be known")]
    patient: Annotated[str, Meta(description="code of the person whom it is about")]
    modality: Annotated[str, Meta(description="its kind, in the standard's code, such as CT")]
    held: Annotated[bool, Meta(description="whether it is on the private shelf, not in the library")]
    series: Annotated[tuple[FiledSeries, ...], Meta(description="all of its series, those of earlier exports, too")]
    added: Annotated[int, Meta(description="pictures that this export brought and that were not there before")]


class Filed(Fact, frozen=True, kw_only=True, tag="filed"):
    """An export's studies stand in the library."""

    export: Digest
    studies: Annotated[
        tuple[FiledStudy, ...], Meta(description="every exam that it brought something of, as it stands since then")
    ]
    pictures: Annotated[int, Meta(description="pictures of this export that stand in the library or on the private shelf")]
    held: Annotated[Mapping[str, int], Meta(description="instances that went to the private shelf, by reason")]
    skipped: Annotated[Mapping[str, int], Meta(description="instances that were not filed, by reason")]
    left: Annotated[int, Meta(description="files beside the images, such as viewers and web pages, left where they were")]
    noted: Annotated[Mapping[str, int], Meta(description="instances that were filed otherwise than they came, by reason")] = {}
    again: Annotated[bool, Meta(description="whether its owner wanted back what she had taken out")] = False


class Ignored(Fact, frozen=True, kw_only=True, tag="ignored"):
    """Nothing in it is ours: left alone."""

    export: Digest
    reason: Slug


class Rejected(Fact, frozen=True, kw_only=True, tag="rejected"):
    """An export was refused for good; it is untouched."""

    export: Digest
    reason: Slug
    skipped: Annotated[Mapping[str, int], Meta(description="instances by the reason why they could not be filed")] = {}

    @property
    def is_failure(self) -> bool:
        """Whether anything is lacking: of what holds nothing new, nothing is."""
        return self.reason not in NOTHING_NEW


class AwaitingOwner(Fact, frozen=True, kw_only=True, tag="waiting"):
    """An export needs its owner, for a password say."""

    export: Digest
    reason: Slug


class Deferred(Fact, frozen=True, kw_only=True, tag="deferred"):
    """The place was not ready, which is no fault of the export: its attempt does not count."""

    export: Digest
    reason: Slug


class Failed(Fact, frozen=True, kw_only=True, tag="failed"):
    """An attempt ended in an internal error; `error` names the kind and the place in the code, never a value."""

    export: Digest
    error: Annotated[str, Meta(description="kind of the error, and the places in the code that it came through")]


class Forgotten(Fact, frozen=True, kw_only=True, tag="forgotten"):
    """Its owner wants to hear no more of an export; the same bytes are not taken again unless she asks for it."""

    export: Digest


class Superseded(Fact, frozen=True, kw_only=True, tag="superseded"):
    """An export that was not filed is not there any more: deleted, or replaced by another download. There is nothing to do."""

    export: Digest


class Rebuilt(Fact, frozen=True, kw_only=True, tag="rebuilt"):
    """A lost ledger began anew from what stands in the library; which exports brought it is not known any more."""

    studies: Annotated[tuple[FiledStudy, ...], Meta(description="every exam that stands there")]


class Rescaled(Fact, frozen=True, kw_only=True, tag="rescaled"):
    """Pictures of a study were made anew: a series that names no window came in parts, and is shown in the range of all of it.

    Or pictures came to it, in the `windows` that its owner asked for.
    """

    studies: Annotated[tuple[FiledStudy, ...], Meta(description="the exam as it stands since then")]
    windows: Annotated[tuple[str, ...], Meta(description="the further windows that were asked for; empty for a range")] = ()


class Chronicled(Fact, frozen=True, kw_only=True, tag="chronicled"):
    """An exam was written into the site data; from then on its entry and its pictures are their owner's.

    A second one for the same study names the pictures of series that came later; the entry was not touched for them.
    """

    study: StudyUid
    date: Annotated[str, Meta(description="the day under which it stands there")]
    pictures: Annotated[Mapping[str, str], Meta(description="name of the picture that stands for each series, by its UID")]
    title: Annotated[str, Meta(description="what the exam was called there, in words from closed lists")] = ""


class Removed(Fact, frozen=True, kw_only=True, tag="removed"):
    """Its owner took an exam out, or a series or an instance of it; the same pictures do not come back by themselves.

    `studies` is the exam as it stands since then; nothing when all of it is gone.
    """

    study: StudyUid
    held: IsHeld
    series: Annotated[str, Meta(description="UID of the series, where only that was taken out")] = ""
    instance: Annotated[str, Meta(description="UID of the instance, where only that was taken out")] = ""
    folder: Annotated[str, Meta(description="where the exam was filed")]
    trash: Annotated[str, Meta(description="name in the trash; empty when it was deleted by hand")] = ""
    studies: Annotated[tuple[FiledStudy, ...], Meta(description="the exam as it stands since then")] = ()

    @property
    def part(self) -> str:
        """What was taken out, by its UID; empty for a whole exam."""
        return self.instance or self.series


class Restored(Fact, frozen=True, kw_only=True, tag="restored"):
    """What was taken out stands in its place again."""

    study: StudyUid
    held: IsHeld
    series: Annotated[str, Meta(description="UID of the series, where only that came back")] = ""
    instance: Annotated[str, Meta(description="UID of the instance, where only that came back")] = ""
    trash: Annotated[str, Meta(description="name that it had in the trash")]
    studies: Annotated[tuple[FiledStudy, ...], Meta(description="the exam as it stands since then")]

    @property
    def part(self) -> str:
        """What came back, by its UID; empty for a whole exam."""
        return self.instance or self.series


class PutAway(Fact, frozen=True, kw_only=True, tag="put-away"):
    """A download was moved into a folder beside it, or deleted, as its owner wants finished ones to be."""

    export: Digest
    into: Annotated[
        Literal["done", "duplicate", "failed", "waiting", "deleted"],
        Meta(description="the folder that it was moved into, or that it was deleted"),
    ]


class Reviewed(Fact, frozen=True, kw_only=True, tag="reviewed"):
    """Its owner decided about a held picture; `studies` is the library's study as it stands since then, if it changed.

    `doubted`: it was to be released, with `boxes` blanked if there are any, and a second look stopped it. It waits for a second
    yes, which is a decision that `is_confirmed`.
    """

    study: StudyUid
    instance: InstanceUid
    decision: Annotated[Literal["released", "blanked", "kept", "undone", "doubted"], Meta(description="what was decided")]
    boxes: Annotated[tuple[Box, ...], Meta(description="what was blanked: x0, y0, x1, y1 in pixels, ends included")] = ()
    studies: Annotated[tuple[FiledStudy, ...], Meta(description="the library's exam as it stands since then, if it changed")] = ()
    is_gone: Annotated[bool, Meta(description="whether the study is not in the library any more")] = False
    doubts: Annotated[tuple[Slug, ...], Meta(description="why the second look stopped it")] = ()
    found: Annotated[tuple[Box, ...], Meta(description="where the second look found something")] = ()
    frames: Annotated[tuple[int, ...], Meta(description="the frames in which it did, from 1")] = ()
    is_confirmed: Annotated[bool, Meta(description="whether she said yes a second time, knowing of the doubt")] = False
    pictures: Annotated[int, Meta(description="how many pictures it has, each frame of a clip")] = 1


class LookedAgain(Fact, frozen=True, kw_only=True, tag="looked-again"):
    """Pictures of an exam that were held for want of a reader of text were searched.

    `studies` are the library's, if something was cleared, and the shelf's, as they stand since then.
    """

    study: StudyUid
    cleared: Annotated[int, Meta(description="instances that went from the private shelf into the library")]
    held: Annotated[Mapping[str, int], Meta(description="instances of the exam that stay on the private shelf, by reason")]
    studies: Annotated[tuple[FiledStudy, ...], Meta(description="the exam in both places, as it stands since then")] = ()
    is_gone: Annotated[bool, Meta(description="whether nothing of the exam is on the private shelf any more")] = False


class Described(Fact, frozen=True, kw_only=True, tag="described"):
    """Its owner said what kind of paper a held one is, whose, or of which day."""

    study: StudyUid
    kind: Annotated[Slug, Meta(description="what kind of paper it is, of `radiary papers kinds`")]
    patient: Annotated[str, Meta(description="code of the person whom it is about")]
    date: Annotated[str | None, Meta(description="its day, where one is known")]
    is_hers: Annotated[bool, Meta(description="false of a paper that is somebody else's: it is told nowhere")] = True


class Picked(Fact, frozen=True, kw_only=True, tag="picked"):
    """Its owner wants a picture to stand for its exam, or not to."""

    study: StudyUid
    instance: InstanceUid
    frame: Annotated[int, Meta(ge=1, description="of an image of several frames, which; from 1 on")] = 1
    is_wanted: Annotated[bool, Meta(description="false where it is not to stand for it any more")] = True


Event = (
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
    | Picked
)
_DECODER: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)
_ENCODER = msgspec.json.Encoder()


class NoFact(ValueError):
    """What was read is no fact; `is_newer` where it would be one but for a type, a field or a word that is not known here."""

    def __init__(self, *, is_newer: bool) -> None:
        super().__init__("no fact")
        self.is_newer = is_newer


_UNKNOWN = ("Object contains unknown field", "Invalid value", "Invalid enum value")
"""How msgspec begins to say so."""


def parsed(line: bytes) -> Event:
    """One line as a fact. Raises NoFact."""
    try:
        return _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NoFact(is_newer=str(error).startswith(_UNKNOWN)) from None


def schema() -> dict[str, Any]:
    """The JSON Schema of one line of the ledger."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of Radiary's ledger",
    } | msgspec.json.schema(Event)
