"""The story on one page: an export from drop to shelf.

detected → stable → queued                      watch/inbox, watch/completeness, ingest/intake
unpacked → read → de-identified → rendered      here, in the workers: archives, dicom/read, dicom/wall, dicom/render
filed → logged → chronicled                     here: library/shelf, state/ledger, chronicle/folder
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from radiary.archives import source, unpack
from radiary.archives.unpack import Readable
from radiary.ingest import (
    filing,
    lasting_windows,
    member_batches,
    own_copies,
    rescaling,
    saved_views,
    taking_out,
    text_engine,
    text_search,
    told_apart,
    viewers_pictures,
)
from radiary.ingest.bench import Bench
from radiary.library import assemble, ranges
from radiary.library.ranges import SeriesKey
from radiary.model.errors import ImagesMissing, NothingToFile, RadiaryError, Reason, SourceChanged
from radiary.model.events import Filed, FiledStudy
from radiary.model.nouns import (
    Export,
    Findings,
    Identity,
    NotDicom,
    Outcome,
    Placed,
    Skipped,
    Task,
    Unanchored,
    Unclaimed,
    Unscaled,
)
from radiary.state.queue import Queue

Progress = Callable[[int, int], None]
"""Called with how many members are done, and of how many."""


def ingest(export: Export, bench: Bench, queue: Queue, *, progress: Progress = lambda _done, _total: None) -> Filed:
    """File one export and say what was filed. Raises Unacceptable, Waiting, NotNow and Stopping; nothing is lost then.

    Doing it again changes nothing: the same bytes and key give the same pseudonyms, paths and pictures.
    """
    bench.open(queue)
    library_tray, private_tray = (bench.tray(export.digest, is_held=is_held) for is_held in (False, True))
    passwords = bench.passwords()
    try:
        unpacking = unpack.readable(
            export, bench.scratch, bench.limits, passwords=passwords, call=bench.pool.call, patience=bench.patience
        )
        with unpacking as plain:
            task = bench.task(plain.export, library_tray=library_tray, private_tray=private_tray, passwords=passwords)
            task = replace(task, takes_papers=bench.takes_papers(export))
            text_search.get_ready(task, plain.members, bench.reader)
            outcomes, findings = _developed(task, range(plain.members), bench=bench, queue=queue, progress=progress)
            task = replace(task, takes_copies=True)
            outcomes, findings, apart = _told_apart(task, outcomes, findings=findings, bench=bench, queue=queue)
            outcomes = viewers_pictures.set_aside(outcomes)
            outcomes = _with_papers(task, outcomes, bench)
            outcomes = text_search.cleared(task, outcomes, findings, pool=bench.pool, reader=bench.reader)
            outcomes = text_engine.said_why(outcomes, bench.engine)
            outcomes = outcomes if bench.files_again else taking_out.set_aside(outcomes, queue.removed)
            outcomes = saved_views.drawn(task, outcomes, bench, queue=queue)
        if source.fingerprint(export.path) != export.fingerprint:
            raise SourceChanged
        filed = _filed(plain, outcomes, trays={False: library_tray, True: private_tray}, bench=bench, queue=queue)
        return filed.changed(noted=apart)
    finally:
        member_batches.release(bench.pool)
        bench.library.clear(export.digest)
        bench.shelf.clear(export.digest)


def _developed(
    task: Task, indices: range, *, bench: Bench, queue: Queue, progress: Progress
) -> tuple[dict[int, Outcome], dict[int, Findings]]:
    """Every member's outcome, and what is known by now of those that went a second time.

    That is when another Radiary made them, once their person's first day is known, and once the range of values of their series
    is. Raises OnlyOwnCopies where there is nothing but what this library holds.
    """
    findings: dict[int, Findings] = {}
    outcomes = member_batches.developed(bench.pool, task, indices, progress=lambda done: progress(done, len(indices)))
    outcomes = own_copies.set_aside(outcomes, queue.known_studies(), bench.people.codes())
    task = replace(task, takes_copies=True)
    outcomes |= member_batches.developed(bench.pool, task, own_copies.of_others(outcomes))
    unanchored = {index: outcome for index, outcome in sorted(outcomes.items()) if isinstance(outcome, Unanchored)}
    if unanchored:
        bench.people.learn(*_people_in(outcomes))
        people = bench.people.known()
        findings = {index: Findings(people={one.person: people[one.person]}) for index, one in unanchored.items()}
        outcomes |= member_batches.developed_again(bench.pool, task, findings)
    scales = ranges.for_more(queue.studies.values(), _scales(outcomes))
    unscaled = {index: outcome for index, outcome in sorted(outcomes.items()) if isinstance(outcome, Unscaled)}
    scaled = {
        index: replace(
            findings.get(index, Findings()), scales={one.series: scales[one.study, one.series]}, values=(one.low, one.high)
        )
        for index, one in unscaled.items()
    }
    outcomes |= member_batches.developed_again(bench.pool, task, scaled)
    bench.people.learn(*_people_in(outcomes))
    bench.people.hear_of(name for one in outcomes.values() if isinstance(one, Placed) for name in one.named)
    return outcomes, findings | scaled


def _with_papers(task: Task, outcomes: dict[int, Outcome], bench: Bench) -> dict[int, Outcome]:
    """The outcomes, papers that lie beside DICOM as taken, though they name nobody; they are about whom the exams are about."""
    unclaimed = [index for index, one in sorted(outcomes.items()) if isinstance(one, Unclaimed)]
    exams = [one for one in outcomes.values() if not isinstance(one, NotDicom)]
    if not unclaimed or not exams or all(isinstance(one, Placed) and one.hold == Reason.PAPER for one in exams):
        return outcomes
    task = replace(task, takes_papers=True, acquaintances=bench.people.acquaintances(), people=bench.people.known())
    patients = {one.facts.patient for one in exams if isinstance(one, Placed)}
    taken = member_batches.developed(bench.pool, task, unclaimed)
    patient = patients.pop() if len(patients) == 1 else ""
    for index, one in taken.items():
        if isinstance(one, Placed) and not one.facts.patient:
            taken[index] = replace(one, facts=replace(one.facts, patient=patient))
    return outcomes | taken


def _told_apart(
    task: Task, outcomes: dict[int, Outcome], *, findings: dict[int, Findings], bench: Bench, queue: Queue
) -> tuple[dict[int, Outcome], dict[int, Findings], dict[str, int]]:
    """The outcomes with UIDs of their own for whatever only shares them, and how many those are, by reason."""
    noted: dict[str, int] = {}
    for reason, told in ((Reason.STUDY_UID_OF_SEVERAL, told_apart.people), (Reason.UID_OF_SEVERAL, told_apart.images)):
        apart = told(outcomes, bench, queue)
        if apart:
            findings = findings | told_apart.with_uids(findings, apart)
            outcomes = outcomes | member_batches.developed_again(
                bench.pool, task, {index: findings[index] for index in sorted(apart)}
            )
            noted[reason] = len(apart)
    return outcomes, findings, noted


def _scales(outcomes: Mapping[int, Outcome]) -> dict[SeriesKey, tuple[float, float]]:
    """The range of values of each series that names no window, over all its instances."""
    scales: dict[SeriesKey, tuple[float, float]] = {}
    for outcome in outcomes.values():
        if isinstance(outcome, Unscaled):
            key = outcome.study, outcome.series
            low, high = scales.get(key, (outcome.low, outcome.high))
            scales[key] = min(low, outcome.low), max(high, outcome.high)
    return scales


def _people_in(outcomes: Mapping[int, Outcome]) -> tuple[dict[str, Identity], dict[str, str]]:
    """Who is new, by the code that the identity gives, and each one's first day, where that is asked for."""
    identities: dict[str, Identity] = {}
    days: dict[str, str] = {}
    for outcome in outcomes.values():
        if isinstance(outcome, Unanchored):
            identities[outcome.person] = outcome.who
            days[outcome.person] = min(days.get(outcome.person, outcome.day), outcome.day)
        elif isinstance(outcome, Placed) and outcome.who:
            code, identities[code] = outcome.who[0], outcome.who[1]
    return identities, days


def _filed(plain: Readable, outcomes: Mapping[int, Outcome], *, trays: Mapping[bool, Path], bench: Bench, queue: Queue) -> Filed:
    """Publish every study out of its tray, by whether it is held. Raises NothingToFile, ImagesMissing and Waiting."""
    studies = assemble.studies(outcomes)
    skipped = assemble.skips(outcomes, studies) + Counter(plain.skipped)
    if not studies:
        raise _why_nothing(plain, outcomes, skipped)
    filed: list[FiledStudy] = []
    for study in studies:
        is_held = study.record.held
        known = queue.folders().get((study.record.uid, is_held))
        standing, different = filing.filed(study, bench.home(is_held=is_held), trays[is_held], known=known)
        filed.append(lasting_windows.kept(rescaling.filed(standing, bench, queue), bench))
        skipped += Counter({Reason.DIFFERENT_PIXELS: different})
    return Filed(
        export=plain.export.digest,
        studies=tuple(filed),
        pictures=sum(assemble.pictures(study.record) for study in studies),
        held=dict(sorted(assemble.holds(studies).items())),
        skipped=dict(sorted(skipped.items())),
        left=assemble.left(outcomes) + plain.left,
        again=bench.files_again,
    )


def _why_nothing(plain: Readable, outcomes: Mapping[int, Outcome], skipped: Mapping[str, int]) -> RadiaryError:
    """Why no picture came of an export: what is locked may hold them; a table of contents alone only speaks of them."""
    if plain.waiting is not None:
        return plain.waiting
    is_directory = any(isinstance(one, Skipped) and one.reason == Reason.DIRECTORY for one in outcomes.values())
    return ImagesMissing() if is_directory and not skipped else NothingToFile(dict(skipped))
