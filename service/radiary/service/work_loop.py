"""One export after another, decisions about held pictures between them, the chronicle whenever nothing can be worked at."""

import logging
import threading
import time
from collections.abc import Callable, Iterator

from radiary.files.disk_errors import is_full, of_ledger
from radiary.ingest.attempt import Attempts
from radiary.ingest.error_facts import place_in_code
from radiary.ingest.intake import Intake, reason_of
from radiary.ingest.taking_out import WISH, Description
from radiary.language import marked
from radiary.model.errors import (
    LibraryFull,
    LibraryOffline,
    NotNow,
    OnBattery,
    OutOfMemory,
    Paused,
    RadiaryError,
    ShelfOffline,
    SourceChanged,
    SourceGone,
    SourceUnreadable,
    StateFull,
    Stopping,
    explain,
)
from radiary.model.events import Deferred, Failed, Filed, Restored
from radiary.model.nouns import Export
from radiary.service.backoff import BackOff
from radiary.service.heartbeat import Heartbeat
from radiary.service.room import ASK_AGAIN, Room
from radiary.state.folder import Request

log = logging.getLogger("radiary")

_OF_SOURCE = frozenset({SourceGone.reason(), SourceChanged.reason(), SourceUnreadable.reason()})
"""Why an export cannot be worked at until a scan has found it again."""

_NO_ROOM = frozenset({LibraryFull.reason(), StateFull.reason(), OutOfMemory.reason()})
"""Why an export does not fit, while a smaller one may."""

_AWAY = (LibraryOffline, ShelfOffline)
"""What keeps decisions about one place waiting, while those about the other can be carried out."""

_PLACES, _DECISIONS = "places", "decisions"
"""Names under which work on all exports, or decisions alone, are paused; an export alone is by its digest."""

_LONGEST_WAIT = 3600.0
"""Seconds between two tries of an export that cannot be filed though everything is in its place."""
_STUCK = marked("A decision about an exam cannot be carried out just now; the log says why. It is tried again.")
"""What is said of decisions that fail each on their own."""
_INTERNAL = marked("An internal error, of which the log says more. Please report it.")
_UNREAD = marked("It cannot be read, or is of another version of Radiary. Restart the service, and decide once more.")
"""Why a decision was refused that nobody foresaw, and one that is none to this version."""

_IDLE_SECONDS = 60
"""Time without work after which the workers are ended."""


class WorkLoop:
    """The service's second thread. `wake` is set when there is something to do, `stop` when the service ends."""

    def __init__(
        self,
        *,
        attempts: Attempts,
        intake: Intake,
        heartbeat: Heartbeat,
        decisions: Callable[[], Iterator[Request]],
        chronicle: Callable[[], str | None],
        idle_work: Callable[[], tuple[bool, float | None]] = lambda: (False, None),
        prepare_workers: Callable[[], None],
        end_workers: Callable[[], None],
        is_on_battery: Callable[[], bool],
        is_paused: Callable[[], bool] = lambda: False,
        handed_over: Callable[[], bool] = lambda: False,
        wake: threading.Event,
        stop: threading.Event,
    ) -> None:
        self.wake = wake
        self._attempts = attempts
        self._intake = intake
        self._heartbeat = heartbeat
        self._decisions = decisions
        self._chronicle = chronicle
        self._idle_work = idle_work
        self._idle_again: float | None = None
        self._prepare_workers = prepare_workers
        self._end_workers = end_workers
        self._is_on_battery = is_on_battery
        self._is_paused = is_paused
        self._handed_over = handed_over
        self._is_expecting = False
        self._told: str | None = None
        self._stop = stop
        self.is_chronicle_due = True
        self._back_off = BackOff()
        self._room = Room()
        self._worked_at = time.monotonic()

    def ask_for_chronicle(self) -> None:
        """Have it brought up to date as soon as nothing else is to be done."""
        self.is_chronicle_due = True
        self.wake.set()

    def expect(self) -> None:
        """Something is arriving: the workers get ready meanwhile."""
        if not self._is_expecting:
            self._is_expecting = True
            self._worked_at = time.monotonic()
            self.wake.set()

    def run(self) -> None:
        """Work until the service ends."""
        while not self._stop.is_set():
            self.wake.clear()
            try:
                self._carry_out_decisions()
                self._file_what_was_handed_over()
                export = self._next_export()
                if export is None:
                    self._bring_chronicle_up_to_date()
                    self._wait()
                else:
                    self._ingest(export)
                    self._worked_at = time.monotonic()
            except Stopping:
                return
            except OSError as error:
                self._pause(of_ledger(error).reason())
                self._wait()

    def _next_export(self) -> Export | None:
        """What is to be worked at now; nothing while its owner paused it, or the computer should save its battery."""
        if self._is_paused():
            self._rest(Paused)
            return None
        if not self._are_places_ready():
            return None
        self._room.keep(self._attempts.queue.pending())
        free = self._attempts.bench.free() if self._room.reason else ()
        now = time.monotonic()
        export = self._intake.next(lambda digest: self._is_due(digest) and self._room.may_fit(digest, free=free, now=now))
        if export is None and self._heartbeat.paused != self._room.reason:
            self._heartbeat.idle(self._room.reason)
        if export is None or not self._is_on_battery():
            return export
        self._rest(OnBattery)
        return None

    def _rest(self, why: type[NotNow]) -> None:
        if self._heartbeat.paused != why.reason():
            log.info("%s", why.sentence())
            self._heartbeat.idle(why.reason())

    def _file_what_was_handed_over(self) -> None:
        if self._handed_over():
            self.is_chronicle_due = True
            self._intake.scan_soon()
            self._worked_at = time.monotonic()

    def _are_places_ready(self) -> bool:
        """Whether exports can be worked at. After one could not, the places are asked first, every few seconds, and no fact is
        written before they are ready again.
        """
        if not self._back_off.has_begun(_PLACES):
            return True
        if not self._is_due(_PLACES):
            return False
        try:
            self._attempts.bench.try_out(self._attempts.queue)
        except NotNow as error:
            self._pause(error.reason())
            return False
        self._back_off.end(_PLACES)
        return True

    def _pause(self, reason: str) -> None:
        """Nothing can be worked at for now."""
        if self._heartbeat.paused != reason:
            log.warning("%s", explain(reason))
        self._back_off.begin(_PLACES, time.monotonic(), longest=ASK_AGAIN)
        self._heartbeat.idle(reason)

    def _wait(self) -> None:
        """Until something is to be done; the workers get ready for what is arriving, and are ended when nothing came of it."""
        if self._is_expecting:
            self._prepare_workers()
        room = ASK_AGAIN if self._room.reason else None
        waits = (self._back_off.remaining(time.monotonic()), self._idle_again, room, _IDLE_SECONDS)
        self.wake.wait(min(seconds for seconds in waits if seconds is not None))
        if not self.wake.is_set() and time.monotonic() - self._worked_at >= _IDLE_SECONDS:
            self._is_expecting = False
            self._worked_at = time.monotonic()
            self._end_workers()

    def _carry_out_decisions(self) -> None:
        """Those of `radiary review`; the library is this thread's alone."""
        if not self._is_due(_DECISIONS):
            return
        put_off = 0
        for request in self._decisions():
            if self._is_due(request.path.name) and self._is_carried_out(request):
                request.delete()
                self._back_off.end(request.path.name)
            elif self._back_off.has_begun(_DECISIONS) and not self._is_due(_DECISIONS):
                return
            else:
                put_off += 1
        self._back_off.end(_DECISIONS)
        self._heartbeat.say_stuck(_STUCK if put_off else None)

    def _is_carried_out(self, request: Request) -> bool:
        """Whether a decision is done with. One that fails on its own disk, or its own folder, keeps no other one waiting."""
        about = ""
        try:
            wish = WISH.validate_json(request.said)
            about = wish.paper if isinstance(wish, Description) else wish.study
            fact = self._attempts.decide(wish)
            self._heartbeat.carried_out(about)
            self.is_chronicle_due = True
            if isinstance(fact, Restored):
                self._intake.scan_soon()
        except (NotNow, OSError) as error:
            is_alone = isinstance(error, _AWAY) or (isinstance(error, OSError) and not is_full(error))
            name = request.path.name if is_alone else _DECISIONS
            if not self._back_off.has_begun(name):
                log.warning("a decision about an exam has to wait: %s", _reason(error))
            self._back_off.begin(name, time.monotonic())
            return False
        except Stopping:
            raise
        except Exception as error:  # noqa: BLE001 - a decision that cannot be carried out must not be tried for ever
            log.warning("a decision about an exam could not be carried out: %s", _reason(error))
            ours = _INTERNAL if about else _UNREAD
            self._heartbeat.refuse(str(error) if isinstance(error, RadiaryError) else ours, about=about)
        return True

    def _is_due(self, name: str) -> bool:
        return self._back_off.is_over(name, time.monotonic())

    def _bring_chronicle_up_to_date(self) -> None:
        """First the series that are shown in too narrow a range, if they are still by now."""
        is_changed, self._idle_again = self._idle_work()
        if self.is_chronicle_due or is_changed:
            self.is_chronicle_due = False
            note = self._chronicle()
            if note and note != self._told:
                log.warning("chronicle: %s", note)
            self._told = note
            self._heartbeat.note = note
            self._heartbeat.beat()

    def _ingest(self, export: Export) -> None:
        """One attempt, and when the next one may be: of this export after an error, of any while the place is not ready."""
        short = export.digest[:12]
        log.info("export %s: started", short)
        end = self._attempts.ingest(export, self._heartbeat.working(short))
        log.info("export %s: %s%s", short, end.type, reason_of(end))
        now = time.monotonic()
        if isinstance(end, Failed):
            self._back_off.begin(export.digest, now)
        elif isinstance(end, Deferred):
            self._defer(export, end.reason, now)
        else:
            self.is_chronicle_due |= isinstance(end, Filed)
            self._back_off.end(export.digest)
            self._room.accept(export.digest)
            self._intake.concluded(export, end)
        if not self._back_off.has_begun(_PLACES):
            self._heartbeat.idle(self._room.reason)

    def _defer(self, export: Export, reason: str, now: float) -> None:
        """An export has to wait: for its own place, for room, or, with all others, for ours."""
        if reason in _OF_SOURCE:
            self._back_off.begin(export.digest, now)
            self._intake.lost(export)
        elif reason in _NO_ROOM:
            self._room.refuse(export.digest, reason, free=self._attempts.bench.free(), now=now)
        else:
            self._pause_what_is_not_ready(export, reason, now)

    def _pause_what_is_not_ready(self, export: Export, reason: str, now: float) -> None:
        """All exports where a place is not ready; this one alone where all are: one odd folder may be to blame, say."""
        try:
            self._attempts.bench.try_out(self._attempts.queue)
        except NotNow as error:
            self._pause(error.reason())
        else:
            log.warning("export %s has to wait: %s", export.digest[:12], explain(reason))
            self._back_off.begin(export.digest, now, longest=_LONGEST_WAIT)


def _reason(error: BaseException) -> str:
    return str(error) if isinstance(error, RadiaryError) else place_in_code(error)
