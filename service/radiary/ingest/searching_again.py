"""What was held for want of a reader of text is searched once there is one: what is clear goes into the library by itself.

It is done in small steps when nothing else is to do, each with one fact, so that it can stop and go on at any time.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from radiary.ingest import error_facts, release, text_search
from radiary.ingest.bench import Bench
from radiary.ingest.release import Shelved
from radiary.library import assemble, tray
from radiary.model.errors import WITHOUT_READER, Mistaken, RadiaryError, Reason, Stopping, Unacceptable
from radiary.model.events import FiledStudy, LookedAgain
from radiary.model.nouns import SLICES, Box, Placed, Treatment
from radiary.model.records import InstanceRecord, StudyRecord
from radiary.state.queue import Queue

log = logging.getLogger("radiary")

_TRAY = "looking"
_MOST = 16
"""Instances that are searched in one step: exports that come meanwhile wait for no more."""
_PAUSE = 3600.0
"""Seconds until a reader that is in trouble is tried again by itself; a start of the service tries it at once."""


@dataclass
class SearchingAgain:
    """Steps through what waits for a reader. `tell` writes a fact down."""

    bench: Bench
    queue: Queue
    tell: Callable[[LookedAgain], None]
    _given_up: set[str] = field(default_factory=set)
    """Instances that cannot be searched again, until the next start."""
    _not_before: float = 0.0
    _asks_all: bool = False
    _has_changed: bool = False
    _seen: int = -1
    """The queue's `changes` when nothing was found to do."""

    def ask(self) -> None:
        """Look at all that waits, now, though the ledger may not say of which exams something does."""
        self._asks_all, self._seen, self._not_before = True, -1, 0.0

    def step(self) -> tuple[bool, bool]:
        """Search a few instances: whether there is more to do, and if not, whether anything changed since there was nothing.

        Raises Stopping, and OSError when the ledger cannot be written.
        """
        try:
            has_more = self._has_searched()
        except (Stopping, OSError):
            raise
        except Exception as error:  # noqa: BLE001 - one odd picture must not end the service, nor be tried again at once
            said = str(error) if isinstance(error, RadiaryError) else f"internal error, {error_facts.place_in_code(error)}"
            log.warning("what waits for a look for text is left for now: %s", said)
            self._not_before, has_more = time.monotonic() + _PAUSE, False
        if has_more:
            return False, True
        has_changed, self._has_changed = self._has_changed, False
        return has_changed, False

    def _has_searched(self) -> bool:
        if self._seen == self.queue.changes or time.monotonic() < self._not_before:
            return False
        waiting = next(self._waiting(), None)
        if waiting is None:
            self._seen, self._asks_all = self.queue.changes, False
            return False
        if self.trouble():
            self._not_before = time.monotonic() + _PAUSE
            return False
        self._has_changed |= self._search_study(*waiting)
        return True

    def trouble(self) -> str | None:
        """Why nothing can be searched; None where it can be. Raises Stopping and NotNow."""
        if self.bench.can_search_text():
            return None
        return (self.bench.engine.known if self.bench.engine else None) or Reason.TEXT_NOT_LOOKED_FOR

    def _waiting(self) -> Iterator[tuple[FiledStudy, Shelved, list[InstanceRecord]]]:
        for (uid, is_held), study in list(self.queue.studies.items()):
            if not is_held or not (self._asks_all or not WITHOUT_READER.isdisjoint(self.queue.held.get(uid, ()))):
                continue
            try:
                shelved = release.shelved(self.bench.shelf, study)
            except RadiaryError:
                continue  # its own affair: `radiary verify` and the page tell of it
            waiting = [one for one in release.reviewable(shelved.record) if self._waits(one, uid)]
            if waiting:
                yield study, shelved, waiting[:_MOST]

    def _waits(self, instance: InstanceRecord, study: str) -> bool:
        """Whether it is held for want of a reader; where nobody noted why, its exports may leave no other reason."""
        reasons = {instance.hold} if instance.hold else self.queue.held.get(study, set())
        return bool(reasons) and reasons <= WITHOUT_READER and instance.uid not in self._given_up | self.queue.decided

    def _search_study(self, study: FiledStudy, shelved: Shelved, instances: Sequence[InstanceRecord]) -> bool:
        self.bench.open(self.queue)
        made = self.bench.library.tray(_TRAY)
        try:
            cleared, doubtful = self._searched(shelved, instances, made)
            if not cleared and not doubtful:
                return False
            known = self.queue.studies.get((study.uid, False))
            filed = release.filed(cleared, shelved, bench=self.bench, tray=made, known=known) if cleared else None
            uids = {one.record.uid for one in cleared.values()}
            left = _left(shelved.record, uids, doubtful)
            self.tell(self._fact(study, left, filed, cleared=len(uids)))  # first: a crash leaves it on the shelf as well, no more
            self.bench.shelf.drop(shelved.folder, _only(shelved.record, uids), left)
        finally:
            self.bench.library.clear(_TRAY)
        return True

    def _searched(
        self, shelved: Shelved, instances: Sequence[InstanceRecord], made: Path
    ) -> tuple[dict[int, Placed], dict[str, str]]:
        """What is clear, blanked perhaps, in the tray; and why the others stay held, by UID."""
        placed = dict(self._made(shelved, instances, made, {}))
        treatments = self._treatments(placed, made)
        blank = {placed[number].record.uid: one.blank for number, one in treatments.items() if one.blank and not one.hold}
        doubtful = {placed[number].record.uid: one.hold for number, one in treatments.items() if one.hold}
        again = [one for one in instances if one.uid in blank]
        blanked = dict(self._made(shelved, again, made, blank)) if again else {}
        remaining = self._treatments(blanked, made)
        doubtful |= {blanked[number].record.uid: Reason.TEXT_REMAINS for number, one in remaining.items() if one != Treatment()}
        clear = {number: one for number, one in placed.items() if one.record.uid not in blank} | blanked
        return {number: one for number, one in clear.items() if one.record.uid not in doubtful}, doubtful

    def _made(
        self, shelved: Shelved, instances: Sequence[InstanceRecord], made: Path, blank: Mapping[str, tuple[Box, ...]]
    ) -> Iterator[tuple[int, Placed]]:
        """Each instance anew in the tray, by the number under which it lies there: a second time, with boxes, under others."""
        for number, instance in enumerate(instances, start=_MOST if blank else 0):
            boxes = blank.get(instance.uid, ())
            try:
                yield number, release.made(shelved, instance, self.bench, boxes=boxes, tray=made, member=number)
            except (Mistaken, Unacceptable):
                self._given_up.add(instance.uid)

    def _treatments(self, placed: Mapping[int, Placed], made: Path) -> dict[int, Treatment]:
        pictures = [tuple(_groups(one, made, number)) for number, one in placed.items()]
        slices = [one.facts.modality in SLICES for one in placed.values()]
        treatments = text_search.treatments_of(
            pictures,
            slices,
            pool=self.bench.pool,
            reader=self.bench.reader,
            copies=[_copy(one, made, number) for number, one in placed.items()],
            seen_whole=slices,
            sweeps=[one.record.sweeps for one in placed.values()],
        )
        return dict(zip(placed, treatments, strict=True))

    def _fact(self, study: FiledStudy, left: StudyRecord, filed: FiledStudy | None, *, cleared: int) -> LookedAgain:
        """How both studies stand since then, and why the rest of it is still held."""
        standing = assemble.filed(left, study.folder, added=0) if left.series else None
        reasons = Counter(one.hold or "" for series in left.series for one in series.instances)
        reasons = reasons if "" not in reasons else Counter(self.queue.held.get(study.uid, ()))
        return LookedAgain(
            study=study.uid,
            cleared=cleared,
            held=dict(sorted(reasons.items())),
            studies=tuple(one for one in (filed, standing) if one),
            is_gone=standing is None,
        )


def _copy(placed: Placed, made: Path, member: int) -> Path | None:
    """An instance's copy in the tray."""
    return tray.place(made, member, placed.record.copy.path) if placed.record.copy else None


def _groups(placed: Placed, made: Path, member: int) -> Iterator[tuple[Path, ...]]:
    """An instance's pictures, and each further window of them, as the search takes them; tiles of a slide one by one."""
    paths = tuple(tray.place(made, member, file.path) for file in placed.record.pictures)
    if placed.facts.modality == "SM":
        yield from ((path,) for path in paths)
    else:
        yield paths
    for file in placed.record.copies:
        if file.path.endswith(".png") and not file.path.endswith("-16bit.png"):
            yield (tray.place(made, member, file.path),)


def _only(record: StudyRecord, uids: set[str]) -> StudyRecord:
    series = (replace(one, instances=tuple(i for i in one.instances if i.uid in uids)) for one in record.series)
    return replace(record, series=tuple(one for one in series if one.instances))


def _left(record: StudyRecord, cleared: set[str], doubtful: Mapping[str, str]) -> StudyRecord:
    """A study without what was cleared, with the reasons why the rest stays."""
    uids = {one.uid for series in record.series for one in series.instances} - cleared
    left = _only(record, uids)
    series = (
        replace(one, instances=tuple(replace(i, hold=doubtful.get(i.uid, i.hold)) for i in one.instances)) for one in left.series
    )
    return replace(left, series=tuple(series))
