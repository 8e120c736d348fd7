"""Exports that their owner names by hand: filed at once, whatever waits in the queue."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from radiary.archives import search, source, split_sets
from radiary.ingest import admission
from radiary.ingest.attempt import Attempts
from radiary.ingest.pipeline import Progress
from radiary.model.errors import (
    Empty,
    NoDicom,
    NoSuchExport,
    NotAnArchive,
    NothingReadable,
    OthersPaper,
    PartMissing,
    UnreadableExport,
)
from radiary.model.events import Event, Filed, Queued
from radiary.model.nouns import Export


@dataclass(frozen=True)
class Ended:
    """The fact that an export ended in; whether it stood already, or was filed before and is now filed once more."""

    event: Event
    stood: bool = False
    again: bool = False


def file(path: Path, attempts: Attempts, *, again: bool, progress: Progress, tick: Callable[[], None] = lambda: None) -> Ended:
    """One export; with `again` what its owner took out of it, too. One that stands as it was filed is left alone.

    Raises Unacceptable, NotNow, Stopping, and OSError when the ledger cannot be written.
    """
    usual = attempts.bench
    attempts.bench = replace(usual, files_again=again)
    try:
        return _filed(path, attempts, progress, tick=tick)
    finally:
        attempts.bench = usual


def _filed(path: Path, attempts: Attempts, progress: Progress, *, tick: Callable[[], None]) -> Ended:
    if not path.exists():
        raise NoSuchExport
    path = split_sets.standing_for(path)
    attempts.bench.open(attempts.queue)
    with source.reading():
        fingerprint = source.fingerprint(path)
    export = source.export(path.absolute(), fingerprint, None, tick=tick)
    known = attempts.queue.exports.get(export.digest)
    before = known.conclusion if known is not None else None
    if isinstance(before, Filed) and _stands(attempts, before):
        return Ended(before, stood=True)
    fact = _judged(export, attempts)
    stamped = attempts.begin(fact)
    if attempts.bench.names:
        attempts.bench.names.note({export.digest: path.name})
    if not isinstance(fact, Queued):
        return Ended(stamped)
    return Ended(attempts.ingest(export, progress), again=isinstance(before, Filed))


def _judged(export: Export, attempts: Attempts) -> Event:
    """The first fact about an export that was named by hand; of one that is none, its owner wants to hear why."""
    try:
        return admission.fact(export, admission.refusal(export, attempts.bench.pool, attempts.bench))
    except NoDicom as nothing:
        if split_sets.is_later_part(export.path.name):
            raise PartMissing from None
        if not export.size and not export.path.is_dir():
            raise Empty from None
        if not os.access(export.path, os.R_OK | os.X_OK if export.path.is_dir() else os.R_OK):
            raise UnreadableExport from None
        if export.kind == "zip" and not source.holds_zip(export.path):
            raise NotAnArchive from None
        if not isinstance(nothing, OthersPaper) and attempts.bench.pool.call(search.names_hers, export):
            raise NothingReadable from None
        raise


def _stands(attempts: Attempts, filed: Filed) -> bool:
    """Whether everything that was filed is still there; what is missing comes back by filing again."""
    if filed.export in attempts.queue.reopened:
        return False
    if filed.export in attempts.queue.left_locked() and attempts.bench.passwords():
        return False
    if attempts.bench.people.lacks(study.patient for study in filed.studies):
        return False
    removed = attempts.queue.removed
    if attempts.bench.files_again and any((study.uid, study.held) in removed for study in filed.studies):
        return False
    return all(attempts.bench.home(is_held=study.held).stands(study.folder) for study in filed.studies)
