"""One export after another, decisions about held pictures between them, the chronicle whenever nothing can be worked at."""

import logging
import threading
import time
from collections.abc import Callable, Iterator

from radiary.ingest.attempt import Worker, where
from radiary.ingest.decisions import Decision
from radiary.ingest.intake import Intake, reason_of
from radiary.model.errors import NotNow, OnBattery, RadiaryError, SourceChanged, SourceGone, SourceUnreadable, Stopping
from radiary.model.events import Deferred, Failed, Filed
from radiary.model.nouns import Export
from radiary.service.backoff import BackOff
from radiary.service.heartbeat import Heartbeat

log = logging.getLogger("radiary")

_OF_SOURCE = frozenset({SourceGone.reason(), SourceChanged.reason(), SourceUnreadable.reason()})
"""Why an export cannot be worked at until a scan has found it again."""

_DECISIONS = "decisions"
"""The name under which decisions that have to wait are put off; exports go on."""

_REST = 60
"""Seconds without work after which the workers are sent home."""


class Workday:
    """The service's second thread. `bell` rings when there is something to do, `stop` when it is over."""

    def __init__(
        self,
        worker: Worker,
        intake: Intake,
        heartbeat: Heartbeat,
        decisions: Callable[[], Iterator[bytes]],
        chronicle: Callable[[], str | None],
        prepare: Callable[[], None],
        rest: Callable[[], None],
        saves_power: Callable[[], bool],
        *,
        bell: threading.Event,
        stop: threading.Event,
    ) -> None:
        self.bell = bell
        self._worker = worker
        self._intake = intake
        self._heartbeat = heartbeat
        self._decisions = decisions
        self._chronicle = chronicle
        self._prepare = prepare
        self._rest = rest
        self._saves_power = saves_power
        self._is_expecting = False
        self._stop = stop
        self.is_chronicle_due = True
        self._back_off = BackOff()

    def ask_for_chronicle(self) -> None:
        """Have it brought up to date as soon as nothing else is to be done."""
        self.is_chronicle_due = True
        self.bell.set()

    def expect(self) -> None:
        """Something is arriving."""
        if not self._is_expecting:
            self._is_expecting = True
            self.bell.set()

    def work_off(self) -> None:
        """One export after another; the chronicle whenever nothing can be worked at."""
        while not self._stop.is_set():
            self.bell.clear()
            try:
                self._decide()
                export = self._next()
                if export is None:
                    self._tell()
                    self._wait()
                else:
                    self._ingest(export)
            except Stopping:
                return
            except OSError as error:
                log.warning("the ledger cannot be written (%s); trying again", type(error).__name__)
                self._back_off.begin("", time.monotonic())
                self._wait()

    def _next(self) -> Export | None:
        """What is to be worked at now; nothing while the computer should save its battery."""
        export = self._intake.next(self._is_due) if self._is_due("") else None
        if export is None or not self._saves_power():
            return export
        if self._heartbeat.paused != OnBattery.reason():
            log.info("%s", OnBattery.sentence())
            self._heartbeat.idle(OnBattery.reason())
        return None

    def _wait(self) -> None:
        """Until something is to be done; the workers get ready for what is arriving, and go home when nothing came of it."""
        if self._is_expecting:
            self._prepare()
        remaining = self._back_off.remaining(time.monotonic())
        if not self.bell.wait(_REST if remaining is None else min(_REST, remaining)):
            self._is_expecting = False
            self._rest()

    def _decide(self) -> None:
        """Carry out decisions of `radiary review`; the library is this thread's alone."""
        if not self._is_due(_DECISIONS):
            return
        for decision in self._decisions():
            try:
                self._worker.decide(Decision.model_validate_json(decision))
                self.is_chronicle_due = True
            except (NotNow, OSError) as error:
                log.warning("a decision about a held picture has to wait: %s", _told(error))
                self._back_off.begin(_DECISIONS, time.monotonic())
                return
            except Stopping:
                raise
            except Exception as error:  # noqa: BLE001 - a decision that cannot be carried out must not be tried for ever
                log.warning("a decision about a held picture could not be carried out: %s", _told(error))
        self._back_off.end(_DECISIONS)

    def _is_due(self, name: str) -> bool:
        return self._back_off.is_over(name, time.monotonic())

    def _tell(self) -> None:
        if self.is_chronicle_due:
            self.is_chronicle_due = False
            note = self._chronicle()
            if note and note != self._heartbeat.note:
                log.warning("chronicle: %s", note)
            self._heartbeat.note = note
            self._heartbeat.beat()

    def _ingest(self, export: Export) -> None:
        """One attempt, and when the next one may be: of this export after an error, of any while the place is not ready."""
        short = export.digest[:12]
        log.info("export %s: started", short)
        end = self._worker.ingest(export, self._heartbeat.working(short))
        log.info("export %s: %s%s", short, end.type, reason_of(end))
        now, paused = time.monotonic(), None
        if isinstance(end, Failed):
            self._back_off.begin(export.digest, now)
        elif isinstance(end, Deferred) and end.reason in _OF_SOURCE:
            self._back_off.begin(export.digest, now)
            self._intake.lost(export)
        elif isinstance(end, Deferred):
            paused = end.reason
            self._back_off.begin("", now)
        else:
            self.is_chronicle_due |= isinstance(end, Filed)
            self._back_off.end(export.digest)
            self._intake.concluded(export, end)
        self._heartbeat.idle(paused)


def _told(error: BaseException) -> str:
    return str(error) if isinstance(error, RadiaryError) else where(error)
