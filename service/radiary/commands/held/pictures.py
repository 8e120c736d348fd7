"""What `radiary review` shows: everything on the private shelf that can be looked at, and what was decided about it.

Ledger and shelf are read once; after that, only what is new in the ledger is.
"""

import datetime
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from radiary.chronicle.words import KINDS
from radiary.commands.held import films as held_films
from radiary.commands.held.films import HeldFilm
from radiary.commands.speaking import spoken
from radiary.ingest import decisions, release
from radiary.language import marked
from radiary.library.shelf import Library
from radiary.model.errors import WITHOUT_READER, Reason
from radiary.model.events import Described, FiledStudy, Removed, Reviewed
from radiary.model.records import InstanceRecord, StudyRecord
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.queue import Queue

_WHY = {
    Reason.ULTRASOUND_REGIONS_MISSING: marked("This ultrasound does not say where its picture ends and where text may stand."),
    Reason.BURNED_IN_ANNOTATION: marked(
        "Its file says so, or it is of a kind that often shows a name: screen captures, photos, paper."
    ),
    Reason.TEXT_UNCERTAIN: marked("Something in it looks like text, and could not be read for certain."),
    Reason.TEXT_REMAINS: marked("Text in it was made black, and some could be read even then."),
}
_UNKNOWN = marked("An older version of Radiary held it, and did not note why.")
_PICTURES = marked("a picture"), marked("%(number)s pictures, alike")
_CLIPS = marked("a clip of %(frames)s frames"), marked("%(number)s clips of %(frames)s frames each, alike")
"""One, and several that are alike."""
_PNG_SIZE = slice(16, 24)
"""Where a PNG says its columns and rows, four bytes each."""


@dataclass(frozen=True)
class Held:
    """One held instance: where its files lie, why it is held, and how large its pictures are (columns, rows)."""

    study: FiledStudy
    series: str
    record: InstanceRecord
    folder: Path
    why: str
    size: tuple[int, int]


@dataclass
class HeldPictures:
    """For one run of `radiary review`, in which several requests are answered at a time."""

    settings: Settings
    instances: dict[str, Held] = field(default_factory=dict)
    """By pseudonymous UID, exams by date, in viewing order."""
    films: dict[str, HeldFilm] = field(default_factory=dict)
    """Those on the shelf, by pseudonymous UID."""
    missing: list[str] = field(default_factory=list)
    """Folders of exams that are not on the shelf any more, or whose record is damaged."""
    decided: dict[str, Reviewed] = field(default_factory=dict)
    told_of: dict[str, int] = field(default_factory=dict)
    """The last fact about an instance, or about a study that is a paper, by UID."""
    queue: Queue = field(default_factory=Queue)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._follower = ledger.Follower(State(self.settings.state).ledger)

    def refresh(self) -> None:
        """Take in what is new in the ledger; the shelf is read again only when something else than decisions is."""
        with self._lock:
            new = list(self._follower.news())
            for event in new:
                self.queue.fold(event)
                if isinstance(event, Reviewed | Removed | Described):
                    self.told_of[event.study if isinstance(event, Described) else event.instance] = event.seq
                if isinstance(event, Reviewed):
                    self.decided[event.instance] = event
            if any(not isinstance(event, Reviewed) for event in new):
                self._list()

    def items(self) -> list[dict[str, Any]]:
        """What is to be decided, what is alike together: pictures of one series, of one size, held for one reason."""
        alike: dict[tuple[Any, ...], list[Held]] = {}
        for one in list(self.instances.values()):
            alike.setdefault((one.study.uid, one.series, one.size, len(one.record.pictures), one.why), []).append(one)
        films = [held_films.item(one, words(one.study.date)) for one in list(self.films.values())]
        return [*(_item(ones) for ones in alike.values()), *films]

    def pictures(self) -> int:
        """How many wait for a decision; each frame of a clip is one, as everywhere."""
        settled = self.queue.settled
        return sum(len(one.record.pictures) for uid, one in list(self.instances.items()) if uid not in settled)

    def states(self) -> dict[str, dict[str, Any]]:
        """What was decided, by instance; nothing of those that are open."""
        known = list(self.decided.items())
        return {uid: _state(event) for uid, event in known if event.decision != "undone" and uid in self.instances}

    def _list(self) -> None:
        shelf = Library(self.settings.private)
        instances: dict[str, Held] = {}
        films: dict[str, HeldFilm] = {}
        self.missing = []
        for study, record in decisions.held(shelf, self.queue):
            if record is None:
                self.missing.append(study.folder)
            else:
                folder = shelf.root / study.folder
                instances |= {one.record.uid: one for one in self._held_of(study, record, folder)}
                films |= {one.uid: one for one in held_films.films(study, record, folder)}
        self.instances, self.films = instances, films

    def _held_of(self, study: FiledStudy, record: StudyRecord, folder: Path) -> Iterator[Held]:
        series = {instance.uid: one.uid for one in record.series for instance in one.instances}
        for instance in release.reviewable(record):
            why = _why(instance.hold, self.queue.held.get(study.uid, set()))
            yield Held(
                study,
                series[instance.uid],
                record=instance,
                folder=folder,
                why=why,
                size=_size(folder / instance.pictures[0].path),
            )


def words(date: str | None) -> str:
    """A day as it is said: `2024-03-12` as 12 March 2024."""
    return spoken.day(datetime.date.fromisoformat(date)) if date else spoken.say("without a date")


def _item(alike: Sequence[Held]) -> dict[str, Any]:
    first = alike[0]
    frames = len(first.record.pictures)
    one, many = _CLIPS if frames > 1 else _PICTURES
    what = spoken.say(many if len(alike) > 1 else one, number=len(alike), frames=frames)
    kind = KINDS.get(first.study.modality, first.study.modality)
    return {
        "kind": "picture",
        "id": first.record.uid,
        "exam": f"{spoken.say(kind)}, {words(first.study.date)}",
        "study": first.study.uid,
        "what": what,
        "why": first.why,
        "width": first.size[0],
        "height": first.size[1],
        "frames": frames,
        "members": [one.record.uid for one in alike],
    }


def _state(event: Reviewed) -> dict[str, Any]:
    return {
        "decision": event.decision,
        "boxes": event.boxes,
        "found": event.found,
        "frames": event.frames,
        "doubts": [spoken.explain(reason) for reason in event.doubts],
        "confirmed": event.is_confirmed,
    }


def _why(hold: str | None, of_study: set[str]) -> str:
    """Why an instance is held, in a sentence; of what an older version filed, as far as its exports say."""
    reason = hold or (next(iter(of_study)) if len(of_study) == 1 else None)
    if reason is None:
        return spoken.say(_UNKNOWN)
    if reason in WITHOUT_READER:
        return spoken.say("It %(why)s.", why=spoken.explain(reason))
    other = spoken.say("It is held for this reason: %(why)s.", why=spoken.explain(reason))
    return next((spoken.say(why) for known, why in _WHY.items() if known == reason), other)


def _size(picture: Path) -> tuple[int, int]:
    """Columns and rows of a PNG; 0 of one that is not there."""
    try:
        with picture.open("rb") as file:
            head = file.read(24)[_PNG_SIZE]
    except OSError:
        head = b""
    columns, rows = (partial(int.from_bytes, byteorder="big")(part) for part in (head[:4], head[4:]))
    return columns, rows
