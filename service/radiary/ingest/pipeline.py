"""The story on one page: an export from drop to shelf.

detected → stable → queued        disk/inbox, settle, intake
unpacked → read → de-identified → rendered      here, through the engine: disk/archive, dicom/
filed → logged → chronicled       here: disk/library, disk/ledger, chronicle/
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from radiary.archives import archive, source, unpack
from radiary.ingest import member_batches, saved_views, text_search
from radiary.library import assemble
from radiary.library.shelf import Library
from radiary.model.errors import LibraryOffline, NothingToFile, Reason, ShelfOffline, SourceChanged
from radiary.model.events import Filed, FiledStudy
from radiary.model.nouns import Export, Identity, Limits, Outcome, Placed, Policy, Task, Unanchored, Unscaled, Wanted
from radiary.state.people import People
from radiary.state.queue import Queue
from radiary.workers.pool import Pool

Progress = Callable[[int, int], None]
"""Called with how many members are done, and of how many."""


@dataclass(frozen=True)
class Bench:
    """Everything an ingest works with."""

    pool: Pool
    scout: Pool
    """Looks into an archive before it is queued: a process of its own, which may die of it."""
    reader: Pool
    """Looks for text in pictures: in processes of its own, since reading is heavy."""
    library: Library
    shelf: Library
    """The private shelf: what is held until its owner has looked at it."""
    people: People
    key: bytes = field(repr=False)
    wanted: Wanted
    scratch: Path
    """A private folder for what has to be unpacked."""
    limits: Limits = field(default_factory=Limits)
    passwords: Callable[[], tuple[str, ...]] = tuple
    patience: float = 120
    """Seconds that one picture may take."""
    policy: Policy = field(default_factory=Policy)
    searches_text: bool = False
    """Whether text in pictures can be looked for."""

    def task(self, export: Export, trays: tuple[Path, Path], passwords: tuple[str, ...]) -> Task:
        """All that developing an export takes. It travels with every batch, so it must not grow with the number of files."""
        return Task(
            replace(export, fingerprint=source.in_short(export.fingerprint)),
            self.key,
            *trays,
            self.wanted,
            passwords,
            self.limits,
            patience=self.patience,
            policy=self.policy,
            people=self.people.known(),
            searches_text=self.searches_text,
            scratch=self.scratch,
        )

    def home(self, is_held: bool) -> Library:
        """Where a study stands."""
        return self.shelf if is_held else self.library

    def open(self, queue: Queue) -> None:
        """Make sure that both places are there and are ours. Raises NotNow."""
        self.library.open(is_new=not queue.studies)
        try:
            self.shelf.open(is_new=not any(study.held for study in queue.studies.values()))
        except LibraryOffline:
            raise ShelfOffline from None


def ingest(export: Export, bench: Bench, queue: Queue, progress: Progress = lambda _done, _total: None) -> Filed:
    """File one export and say what was filed. Raises Unacceptable, Waiting, NotNow and Stopping; nothing is lost then.

    Doing it again changes nothing: the same bytes and key give the same pseudonyms, paths and pictures.
    """
    bench.open(queue)
    trays = bench.library.tray(export.digest), bench.shelf.tray(export.digest)
    passwords = bench.passwords()
    try:
        with unpack.readable(export, bench.scratch, bench.limits, passwords) as plain:
            with archive.opened(plain, passwords, bench.limits) as opened:
                indices = [member.index for member in opened.members()]
            task = bench.task(plain, trays, passwords)
            task, outcomes = _developed(task, indices, bench, queue, progress)
            outcomes = text_search.cleared(task, outcomes, pool=bench.pool, reader=bench.reader)
            folders = {uid: folder for (uid, held), folder in queue.folders().items() if not held}
            outcomes = saved_views.saved(task, outcomes, bench.pool, bench.reader, bench.library, folders)
        if source.fingerprint(export.path) != export.fingerprint:
            raise SourceChanged
        studies = assemble.studies(outcomes)
        skipped = assemble.skips(outcomes, studies)
        if not studies:
            raise NothingToFile(dict(skipped))
        filed: list[FiledStudy] = []
        for study in studies:
            home, tray = (bench.shelf, trays[1]) if study.record.held else (bench.library, trays[0])
            known = queue.folders().get((study.record.uid, study.record.held))
            stands, different = home.publish(study, tray, known)
            filed.append(stands)
            if different:
                skipped[Reason.DIFFERENT_PIXELS] += different
        return Filed(
            export=export.digest,
            studies=tuple(filed),
            pictures=sum(assemble.pictures(study.record) for study in studies),
            held=dict(sorted(assemble.holds(studies).items())),
            skipped=dict(sorted(skipped.items())),
            left=assemble.left(outcomes),
        )
    finally:
        member_batches.release(bench.pool)
        bench.library.clear(export.digest)
        bench.shelf.clear(export.digest)


def _developed(task: Task, indices: list[int], bench: Bench, queue: Queue, progress: Progress) -> tuple[Task, dict[int, Outcome]]:
    """Every member's outcome, and what is known for it now.

    Some go a second time: once their person's first day is known, and once the range of values of their series is.
    """
    outcomes = member_batches.developed(bench.pool, task, indices, lambda done: progress(done, len(indices)))
    again = [index for index, one in sorted(outcomes.items()) if isinstance(one, Unanchored)]
    if again:
        bench.people.learn(*_met(outcomes))
        task = replace(task, people=bench.people.known())
        outcomes |= member_batches.developed(bench.pool, task, again)
    scales: dict[str, tuple[float, float]] = {}
    again = []
    for index, outcome in sorted(outcomes.items()):
        if isinstance(outcome, Unscaled):
            low, high = scales.get(outcome.series, (outcome.low, outcome.high))
            scales[outcome.series] = min(low, outcome.low), max(high, outcome.high)
            again.append(index)
    task = replace(task, scales=scales | queue.scales(scales))
    outcomes |= member_batches.developed(bench.pool, task, again)
    bench.people.learn(*_met(outcomes))
    return task, outcomes


def _met(outcomes: dict[int, Outcome]) -> tuple[dict[str, Identity], dict[str, str]]:
    """Who is new, and each one's first day, where that is asked for."""
    found: dict[str, Identity] = {}
    days: dict[str, str] = {}
    for one in outcomes.values():
        if isinstance(one, Unanchored):
            found[one.person] = one.who
            days[one.person] = min(days.get(one.person, one.day), one.day)
        elif isinstance(one, Placed) and one.who:
            found[one.who[0]] = one.who[1]
    return found, days
