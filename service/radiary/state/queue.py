"""The queue is a view of the ledger: what was queued and has no conclusion is pending. A fold over events, nothing more."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from radiary.model.errors import OnlyTakenOut, Reason
from radiary.model.events import (
    AwaitingOwner,
    Chronicled,
    Deferred,
    Described,
    Event,
    Failed,
    Filed,
    FiledStudy,
    Forgotten,
    Ignored,
    LookedAgain,
    Opened,
    Picked,
    PutAway,
    Queued,
    Rebuilt,
    Rejected,
    Removed,
    Rescaled,
    Restored,
    Reviewed,
    Started,
    Superseded,
)
from radiary.model.nouns import Kind
from radiary.workers.collecting import without_collecting

_MOST = Queued, Started, Filed
"""What most facts are: a long ledger is folded faster where these are asked for first."""
Conclusion = Filed | Ignored | Rejected | AwaitingOwner | Forgotten | Superseded
OfExport = Conclusion | Queued | Started | Deferred | Failed


_LOCKED = frozenset({Reason.LOCKED_MEMBER, Reason.INNER_ARCHIVE_LOCKED})
"""Why something was left out that a password opens."""


@dataclass(slots=True)
class Standing:
    """Where one export stands: `attempts` begun and not given back; `last` is its newest event, `kind` what was queued."""

    last: OfExport
    kind: Kind | None = None
    size: int = 0
    attempts: int = 0

    @property
    def queued(self) -> Queued | None:
        """That it was queued, to be said once more; None of what never was."""
        return Queued(export=self.last.export, kind=self.kind, size=self.size) if self.kind else None

    @property
    def conclusion(self) -> Conclusion | None:
        """The event that ended it, if one did."""
        return self.last if isinstance(self.last, Conclusion) else None


@dataclass
class Queue:
    """Every export's standing by digest, in order of arrival, and where each study stands."""

    exports: dict[str, Standing] = field(default_factory=dict)
    studies: dict[tuple[str, bool], FiledStudy] = field(default_factory=dict)
    chronicled: set[str] = field(default_factory=set)
    beginning: Opened | None = None
    removed: dict[tuple[str, bool], set[str]] = field(default_factory=dict)
    """What its owner took out, by study and whether that is held: UIDs of series and instances, an empty one for all of it."""
    trash: dict[tuple[bool, str], Removed] = field(default_factory=dict)
    """What can be had back, by whether it is held and its name in that trash: library and shelf have one each."""
    reopened: set[str] = field(default_factory=set)
    """Exports of which something was left out since it was taken out, and is back: to be looked into once more."""
    decided: set[str] = field(default_factory=set)
    """Instances about which their owner decided, and did not undo that."""
    doubted: dict[str, Reviewed] = field(default_factory=dict)
    """Releases that a second look stopped, by the UID of the instance, until something else is decided."""
    settled: dict[str, Reviewed] = field(default_factory=dict)
    """Decisions about held instances that stand: these wait for their owner no more."""
    confirmed: dict[str, Reviewed] = field(default_factory=dict)
    """Those that were stopped and released by a second yes, until something else is decided."""
    held: dict[str, set[str]] = field(default_factory=dict)
    """For which reasons something of a study was held, as far as the exports say that brought it."""
    described: dict[str, Described] = field(default_factory=dict)
    """What its owner said of papers, by study."""
    picks: dict[str, dict[tuple[str, int], bool]] = field(default_factory=dict)
    """By study: whether its owner wants a picture (UID of the instance, frame from 1), in the order in which she said so."""
    changes: int = field(default=0, compare=False)
    """How often it was said how studies stand: while this stays, they stay."""
    facts: int = field(default=0, compare=False)
    """How many events were taken in."""

    @property
    def key(self) -> str | None:
        """The fingerprint of the key that the ledger began with; None before that."""
        return self.beginning.key if self.beginning else None

    def fold(self, event: Event) -> None:
        """Take one event in."""
        self.facts += 1
        if isinstance(event, _MOST):
            self._fold_export(event)
        else:
            self._fold_other(event)

    def _fold_other(self, event: Event) -> None:
        if isinstance(event, Opened):
            self.beginning = event
        elif isinstance(event, Chronicled | Picked):
            self._note(event)
        elif isinstance(event, Rebuilt | Rescaled):
            self._stand(event.studies)
        elif isinstance(event, Reviewed):
            self._review(event)
        elif isinstance(event, LookedAgain):
            self._look_again(event)
        elif isinstance(event, Described):
            self._describe(event)
        elif isinstance(event, Removed):
            self._remove(event)
        elif isinstance(event, Restored):
            self.trash.pop((event.held, event.trash), None)
            self.removed.get((event.study, event.held), set()).discard(event.part)
            self.reopened |= set(self.cut_short())
            self._stand(event.studies)
        elif not isinstance(event, PutAway):
            self._fold_export(event)

    def _note(self, event: Chronicled | Picked) -> None:
        """What was told of a study, or what of it is to be shown: it stands as it stood."""
        if isinstance(event, Chronicled):
            known = self.studies.get((event.study, False))
            self.chronicled.add(known.uid if known else event.study)  # one text for both, of thousands
            return
        of_study, place = self.picks.setdefault(event.study, {}), (event.instance, event.frame)
        of_study.pop(place, None)
        of_study[place] = event.is_wanted

    def _look_again(self, event: LookedAgain) -> None:
        self._stand(event.studies)
        self.held[event.study] = set(event.held)
        if event.is_gone:
            self.studies.pop((event.study, True), None)

    def _review(self, event: Reviewed) -> None:
        self._stand(event.studies)
        if event.is_gone:
            self.studies.pop((event.study, False), None)
        self.doubted.pop(event.instance, None)
        self.confirmed.pop(event.instance, None)
        self.settled.pop(event.instance, None)
        if event.decision in ("released", "blanked", "kept"):
            self.settled[event.instance] = event
        (self.decided.discard if event.decision == "undone" else self.decided.add)(event.instance)
        if event.decision == "doubted":
            self.doubted[event.instance] = event
        if event.is_confirmed:
            self.confirmed[event.instance] = event

    def _remove(self, event: Removed) -> None:
        self.removed.setdefault((event.study, event.held), set()).add(event.part)
        if event.held:  # of a series it is not known which decisions were about it: what is left of the study is told again
            gone = {
                uid
                for uid, one in self.settled.items()
                if uid == event.instance or (not event.instance and one.study == event.study)
            }
            self.settled = {uid: one for uid, one in self.settled.items() if uid not in gone}
        if event.trash:
            self.trash[event.held, event.trash] = event
        if not event.studies:
            self.studies.pop((event.study, event.held), None)
        self._stand(event.studies)

    def _describe(self, event: Described) -> None:
        """A paper is of the kind, the day and the person that its owner says."""
        self.described[event.study] = event
        study = self.studies.get((event.study, True))
        self._stand([study] if study else [])

    def _stand(self, studies: Iterable[FiledStudy]) -> None:
        self.changes += 1
        for study in studies:
            said = self.described.get(study.uid) if study.held else None
            self.studies[study.uid, study.held] = _as_described(study, said) if said else study

    def _fold_export(self, event: OfExport) -> None:
        standing = self.exports.get(event.export)
        if standing is None:
            standing = self.exports[event.export] = Standing(event)
        standing.last = event
        self.reopened.discard(event.export)
        if isinstance(event, Queued):
            standing.kind, standing.size, standing.attempts = event.kind, event.size, 0
        elif isinstance(event, Started):
            standing.attempts += 1
        elif isinstance(event, Deferred):
            standing.attempts = max(0, standing.attempts - 1)
        elif isinstance(event, Filed):
            self._stand(event.studies)
            for study in event.studies if event.held else ():
                if study.held:
                    self.held.setdefault(study.uid, set()).update(event.held)
            again = {(study.uid, study.held) for study in event.studies if event.again} & self.removed.keys()
            self.removed = {known: parts for known, parts in self.removed.items() if known not in again}
            self.reopened |= set(self.cut_short()) - {event.export} if again else set()

    def pending(self) -> list[str]:
        """Digests of exports that wait for work, in order of arrival."""
        known = list(self.exports.items())  # at once: another thread may fold in meanwhile
        return [digest for digest, standing in known if standing.conclusion is None]

    def troubled(self) -> list[str]:
        """Digests of exports that were refused, or wait for their owner."""
        known = list(self.exports.items())
        return [digest for digest, standing in known if isinstance(standing.last, Rejected | AwaitingOwner)]

    def locked(self) -> list[str]:
        """Digests of exports that wait for a password."""
        known = list(self.exports.items())
        return [digest for digest, standing in known if isinstance(standing.last, AwaitingOwner)]

    def at_work(self) -> list[str]:
        """Digests of exports of which an attempt has begun and not ended."""
        known = list(self.exports.items())
        return [digest for digest, standing in known if isinstance(standing.last, Started)]

    def cut_short(self) -> list[str]:
        """Digests of exports of which something, or all, was left out since its owner had taken it out."""
        known = list(self.exports.items())
        return [digest for digest, standing in known if _left_out(standing.last)]

    def left_locked(self) -> list[str]:
        """Digests of exports that were filed without something that is locked in them."""
        known = list(self.exports.items())
        return [
            digest for digest, standing in known if isinstance(standing.last, Filed) and _LOCKED & standing.last.skipped.keys()
        ]

    def known_studies(self) -> set[str]:
        """The UID of every study that was ever filed."""
        return {uid for uid, _ in (*self.studies, *self.removed)}

    def has_ever_held(self) -> bool:
        """Whether anything was ever filed on the private shelf."""
        return any(is_held for _, is_held in (*self.studies, *self.removed))

    def held_pictures(self) -> int:
        """How many held pictures wait for a decision; each frame of a clip is one."""
        return sum(self.undecided().values())

    def undecided(self) -> Mapping[str, int]:
        """The same by study, of those in which some wait. Another thread may fold facts meanwhile."""
        settled = Counter[str]()
        for event in list(self.settled.values()):
            settled[event.study] += event.pictures
        studies = [study for study in list(self.studies.values()) if study.held]
        left = {study.uid: sum(series.pictures for series in study.series) - settled[study.uid] for study in studies}
        return {uid: pictures for uid, pictures in left.items() if pictures > 0}

    def in_trash(self, *, is_held: bool) -> set[str]:
        """The names of what is known to lie in the trash of the library, or of the shelf."""
        return {name for (held, name) in self.trash if held == is_held}

    def folders(self) -> dict[tuple[str, bool], str]:
        """The folder of every filed study, by its UID and whether it is held."""
        return {known: study.folder for known, study in self.studies.items()}


def _left_out(end: Event) -> bool:
    """Whether something of an export that ended so was left out since its owner had taken it out."""
    if isinstance(end, Filed):
        return Reason.TAKEN_OUT in end.skipped
    return isinstance(end, Rejected) and end.reason == OnlyTakenOut.reason()


def _as_described(study: FiledStudy, said: Described) -> FiledStudy:
    """A paper as its owner described it, whatever is read of it when it comes once more."""
    series = tuple(one.changed(label=said.kind) for one in study.series)
    return study.changed(date=said.date, patient=said.patient, series=series)


def folded(events: Iterable[Event]) -> Queue:
    """The view after all `events`."""
    queue = Queue()
    with without_collecting():
        for event in events:
            queue.fold(event)
    return queue
