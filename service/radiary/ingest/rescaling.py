"""Series that name no window and come in parts: their pictures are made anew in the range of all parts, from their copies.

What comes later is shown in the range of all that came; what was there before follows as that is filed, where this is cheap, or
once nothing more of the series comes.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from radiary.ingest import error_facts, sound_copies
from radiary.ingest.bench import Bench
from radiary.library import assemble, ranges, renewal, tray, whereabouts
from radiary.library.ranges import Key, Range
from radiary.model.errors import NotNow, RadiaryError, Unacceptable
from radiary.model.events import FiledStudy, Rescaled
from radiary.model.nouns import Wanted
from radiary.model.records import FileRecord, InstanceRecord, SeriesRecord, StudyRecord
from radiary.state.queue import Queue
from radiary.workers import time_limit

log = logging.getLogger("radiary")

_TRAY = "rescaling"
_STILL = 5.0
"""Seconds without more of a series, after which no more of it is coming just now."""


def filed(study: FiledStudy, bench: Bench, queue: Queue) -> FiledStudy:
    """A study to which more was filed just now, its pictures made anew if that is worth it. Raises NotNow and Stopping."""
    due = ranges.due_in(study, queue.studies.get((study.uid, not study.held)))
    series = {one.uid: one for one in study.series}
    worth = {uid: wanted for uid, wanted in due.items() if ranges.is_worth_it(series[uid], wanted, study.added)}
    return _renewed_or_as_it_is(study, worth, bench) if worth else study


def _renewed_or_as_it_is(study: FiledStudy, wanted: Mapping[str, Range], bench: Bench) -> FiledStudy:
    """An error of ours leaves the study as it is: it must not keep an export, nor other studies, waiting."""
    try:
        return renewed(study, wanted, bench)
    except RadiaryError:
        raise
    except Exception as error:  # noqa: BLE001 - see above
        log.error("%s cannot be shown anew: internal error, %s", study.folder, error_facts.place_in_code(error))
        return study


def renewed(study: FiledStudy, wanted: Mapping[str, Range], bench: Bench) -> FiledStudy:
    """A study with series in the ranges `wanted`, where all of a series can be made anew. Raises NotNow and Stopping."""
    home = bench.home(is_held=study.held)
    folder = whereabouts.place(home, study.uid, study.folder)
    record = home.standing(folder) if folder else None
    if record is None or folder is None:
        return study
    made = home.tray(_TRAY)
    try:
        series = [_remade(one, wanted.get(one.uid), folder=home.root / folder, made=made, bench=bench) for one in record.series]
        anew = replace(record, series=tuple(series))
        if anew != record:
            renewal.renew(home.root / folder, _changed(record, anew, made), anew, made=made)
    finally:
        home.clear(_TRAY)
    return assemble.filed(anew, study.folder, added=study.added)


def _remade(series: SeriesRecord, wanted: Range | None, *, folder: Path, made: Path, bench: Bench) -> SeriesRecord:
    """A series in the range `wanted`, its pictures in the tray; as it is when one of them cannot be made anew."""
    scale = ranges.hull([series.scale, wanted])
    shown = [one for one in series.instances if one.pictures]
    if wanted is None or scale is None or scale == series.scale:
        return series
    calls = [(folder, one, scale, bench.wanted, made, bench.patience) for one in shown]
    results = bench.pool.each(_instance_remade, calls)
    anew = {one.uid: one for one in results if one is not None}
    if len(anew) < len(shown):
        return series
    return replace(series, scale=scale, instances=tuple(anew.get(one.uid, one) for one in series.instances))


def _changed(record: StudyRecord, anew: StudyRecord, made: Path) -> dict[str, Path]:
    """What is to be put in the place of files of the same names: those in the tray."""
    before = {file.path: file for series in record.series for one in series.instances for file in one.files}
    after = [file for series in anew.series for one in series.instances for file in one.files]
    return {file.path: tray.place(made, 0, file.path) for file in after if before[file.path] != file}


def _instance_remade(
    folder: Path, instance: InstanceRecord, scale: Range, wanted: Wanted, made: Path, patience: float
) -> InstanceRecord | None:
    # Imported here, in a process of the pool: pixels are no part of the idle service.
    from radiary.dicom.develop import remade
    from radiary.dicom.wall.deidentify import readmitted

    data = sound_copies.sound(folder, instance.copy)
    if data is None:
        return None
    time_limit.set_to(patience)
    try:
        names = {file.path for file in instance.files}
        deep, film = (any(name.endswith(ending) for name in names) for ending in ("-16bit.png", "-cine.webp"))
        shown = replace(wanted, copies=False, windows=(), sixteen_bits=deep, cine=film)
        development = remade(readmitted(data, is_blanked=False), shown, boxes=(), scale=scale)
        files = {
            file.path: tray.put(made, 0, file.path, parts=file.parts)
            for file in development.files(lambda: time_limit.set_to(patience))
            if file.path in names
        }
    finally:
        time_limit.lift()
    return _with(instance, files)


def _with(instance: InstanceRecord, files: Mapping[str, FileRecord]) -> InstanceRecord | None:
    """The instance with other files of the same names; None unless all its pictures are among them."""
    if not {file.path for file in instance.pictures} <= files.keys():
        return None
    pictures, copies = (tuple(files.get(file.path, file) for file in ones) for ones in (instance.pictures, instance.copies))
    return replace(instance, pictures=pictures, copies=copies)


@dataclass
class Settling:
    """Brings series to the ranges of all their parts once they are still. `tell` writes a fact down."""

    bench: Bench
    queue: Queue
    tell: Callable[[Rescaled], None]
    _since: dict[Key, tuple[FiledStudy, float]] = field(default_factory=dict)
    """Studies as they were when they were last asked for, and when that began (monotonic seconds)."""
    _given_up: dict[Key, FiledStudy] = field(default_factory=dict)
    """What cannot be brought to its range, as it stands now."""
    _seen: int = -1
    """The queue's `changes` when it was looked through last, which takes a tenth of a second for 10,000 studies."""

    def settle(self, *, at_once: bool = False) -> tuple[bool, float | None]:
        """Make anew what is still, or all `at_once`: whether that changed anything, and seconds until the rest may be still.

        Raises Stopping, and OSError when the ledger cannot be written.
        """
        if self._seen == self.queue.changes and not self._since:
            return False, None
        self._seen = self.queue.changes
        due = ranges.due(self.queue.studies)
        due = {key: series for key, series in due.items() if self._given_up.get(key) != self.queue.studies[key]}
        now = time.monotonic()
        self._since = {key: self._still_since(key, now) for key in due}
        waits = {key: 0.0 if at_once else since + _STILL - now for key, (_, since) in self._since.items()}
        changed = [self._renew(key, due[key]) for key, wait in waits.items() if wait <= 0]
        return any(changed), min((wait for wait in waits.values() if wait > 0), default=None)

    def _still_since(self, key: Key, now: float) -> tuple[FiledStudy, float]:
        study = self.queue.studies[key]
        known = self._since.get(key)
        return known if known and known[0] == study else (study, now)

    def _renew(self, key: Key, series: Mapping[str, Range]) -> bool:
        study = self.queue.studies[key]
        try:
            self.bench.open(self.queue)
            anew = _renewed_or_as_it_is(study, series, self.bench)
        except (NotNow, Unacceptable) as error:
            log.info("%s is not shown anew: %s", study.folder, error)
            return False
        if anew != study:
            self.tell(Rescaled(studies=(anew.changed(added=0),)))
        if ranges.due_in(anew, None).keys() & series.keys():
            self._given_up[key] = self.queue.studies[key]
        return anew != study
