"""`radiary once`: the same ingest as the service's, in the foreground, on exports named by hand."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from radiary.archives import source
from radiary.commands import console
from radiary.ingest.admission import judged
from radiary.model.errors import Empty, NoDicom, NoSuchExport, NotAnArchive, RadiaryError, UnreadableExport
from radiary.model.events import Event, Filed, Queued
from radiary.model.nouns import Export
from radiary.service import wiring
from radiary.settings import Settings


def file(settings: Settings, paths: Sequence[Path], *, again: bool = False) -> int:
    """File each export, with `again` what its owner took out of it, too; 0 when every one stands in the library, 1 otherwise.

    A path is shown by its position only.
    """
    with wiring.started(settings) as opened, console.bar(console.err) as bar:
        is_done = True
        opened.attempts.bench = replace(opened.bench, files_again=again)
        for number, path in enumerate(paths, 1):
            name = f"export {number} of {len(paths)}"
            task = bar.add_task(name, total=None)
            try:
                end = _filed(opened, path, console.shown_on(bar, task))
                sentence, is_filed = f"{name}: {end.type}: {console.sentence(end)}", isinstance(end, Filed)
            except RadiaryError as error:
                sentence, is_filed = f"{name}: {error}", False
            bar.remove_task(task)
            bar.console.print(sentence, markup=False)
            is_done &= is_filed
        opened.settling.settle(at_once=True)
        note = opened.chronicle()
        if note:
            bar.console.print(note, markup=False)
    return 0 if is_done and not note else 1


def _filed(opened: wiring.Parts, path: Path, progress: Callable[[int, int], None]) -> Event:
    """The event the export ended in; one that stands in the library is not filed again. Raises Unacceptable and NotNow."""
    if not path.exists():
        raise NoSuchExport
    opened.bench.open(opened.queue)
    export = source.export(path.absolute(), source.fingerprint(path), None)
    known = opened.queue.exports.get(export.digest)
    if known is not None and isinstance(known.conclusion, Filed) and _stands(opened, known.conclusion):
        return known.conclusion
    fact = _judged(export, opened)
    stamped = opened.ledger.append(fact)[0]
    opened.queue.fold(stamped)
    return opened.attempts.ingest(export, progress) if isinstance(fact, Queued) else stamped


def _judged(export: Export, opened: wiring.Parts) -> Event:
    """The first fact about an export that was named by hand; of one that is none, its owner wants to hear why."""
    try:
        return judged(export, opened.bench)
    except NoDicom:
        if not export.size and not export.path.is_dir():
            raise Empty from None
        if not os.access(export.path, os.R_OK | os.X_OK if export.path.is_dir() else os.R_OK):
            raise UnreadableExport from None
        if export.kind == "zip" and not source.holds_zip(export.path):
            raise NotAnArchive from None
        raise


def _stands(opened: wiring.Parts, filed: Filed) -> bool:
    """Whether everything that was filed is still there; what is missing comes back by filing again."""
    if opened.attempts.bench.files_again and any((study.uid, study.held) in opened.queue.removed for study in filed.studies):
        return False
    homes = {False: opened.bench.library, True: opened.bench.shelf}
    return all(homes[study.held].stands(study.folder) for study in filed.studies)
