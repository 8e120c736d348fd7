"""The service: start and stop order, signals, readiness, periodic work."""

import logging
import os
import shutil
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler

from radiary.announcing.published import Published
from radiary.files.disk_errors import of_ledger
from radiary.ingest import admission
from radiary.ingest.error_facts import place_in_code
from radiary.ingest.intake import Intake
from radiary.model.errors import AlreadyRunning, FolderShared, NotNow, Stopping, Unusable, explain
from radiary.service import sd_notify, wiring
from radiary.service.clock import WallClock
from radiary.service.display import Display
from radiary.service.handed_over import HandedOver
from radiary.service.heartbeat import Heartbeat
from radiary.service.rescans import Rescans
from radiary.service.signals import AskedBySignals
from radiary.service.work_loop import WorkLoop
from radiary.settings import Settings
from radiary.watch.inbox import Inbox, Pass
from radiary.watch.put_away import PutAway
from radiary.workers import priority

log = logging.getLogger("radiary")

_HEARTBEAT = 10
"""Seconds between signs of life; half of a service manager's watchdog interval when that is shorter."""
_SIGNAL_POLL = 1
"""Seconds. Python runs signal handlers in the main thread only, and a signal that the system gave to another thread does not wake
it: it wakes by itself this often, and then runs them."""
_LAST_FACT = 1
"""Seconds that writing the last fact may take when the service ends without what is under way: the disk may be what hangs."""
_MARGIN = 5
"""Seconds that a service manager waits beyond `stop_seconds`."""
_CHRONICLE = 3600
"""Seconds between looks at the chronicle when nothing was filed: a folder that was not writable may be now."""


def run(settings: Settings, reload: Callable[[], Settings], display: Display | None = None) -> int:
    """Serve until SIGTERM or SIGINT; 0 after a stop that was asked for, 1 when a part of the service died.

    `display` shows it on a terminal. SIGHUP reads the settings again with `reload`: good ones take over in the same process, bad
    ones change nothing.
    """
    before: Settings | None = None
    asked = AskedBySignals()
    while True:
        try:
            with wiring.started(settings, is_service=True) as parts:
                status, following = _Service(parts, reload, asked, display=display).serve()
        except (Unusable, AlreadyRunning) as error:
            if before is None:
                raise
            log.error("the new settings cannot be used, the old ones are: %s", error)
            settings, before = before, None
            continue
        if following is None:
            return status
        settings, before = following, settings


def _inbox(parts: wiring.Parts, wake: threading.Event) -> Inbox:
    settings = parts.settings
    return Inbox(
        settings.watched,
        quiet=settings.quiet_seconds,
        ignore=settings.ignore,
        own=(settings.library, settings.private, settings.chronicle, settings.state),
        polling=settings.polling,
        wake=wake,
        clock=time.monotonic,
        retries=settings.after == "sort",
        also_wakes=parts.state.requests_folder(),
        documents=settings.documents,
    )


class _Service:
    def __init__(
        self, parts: wiring.Parts, reload: Callable[[], Settings], asked: AskedBySignals, *, display: Display | None
    ) -> None:
        self._parts = parts
        self._display = display
        self._reload = reload
        self._asked = asked
        self._stop = threading.Event()
        self._wake = threading.Event()
        wake_loop = threading.Event()
        settings = parts.settings
        self._inbox = _inbox(parts, self._wake)
        self._rescans = Rescans(settings.rescan_seconds)
        self._intake = Intake(
            self._inbox,
            parts.ledger,
            parts.queue,
            bench=parts.bench,
            digests=parts.state.digests(),
            putting_away=PutAway(settings.after, lambda is_held: parts.bench.home(is_held=is_held)),
            arrived=wake_loop.set,
            ended=self._wake.set,
            clock=time.monotonic,
        )
        published = Published(parts.queue, status=settings.status_file, metrics=settings.metrics_file)
        self._announcer = wiring.announcer(parts)
        listeners = (
            published.publish,
            *([display.progress] if display else ()),
            *([self._announcer.pulse] if self._announcer else ()),
        )
        self._heartbeat = Heartbeat(parts.state, self._intake, settings.rescan_seconds, listeners=listeners)
        parts.ledger.listeners += [one.heard for one in (self._announcer, display) if one]
        for pool in (parts.bench.pool, parts.bench.reader):
            pool.on_sign = self._heartbeat.alive
        self._loop = self._work_loop(parts, wake_loop)

    def _work_loop(self, parts: wiring.Parts, wake: threading.Event) -> WorkLoop:
        return WorkLoop(
            attempts=parts.attempts,
            intake=self._intake,
            heartbeat=self._heartbeat,
            decisions=parts.state.decisions,
            chronicle=parts.chronicle,
            idle_work=parts.do_idle_work,
            prepare_workers=parts.prepare,
            end_workers=parts.rest,
            handed_over=HandedOver(parts.state, parts.attempts, self._heartbeat).file_all,
            is_paused=parts.state.is_paused,
            is_on_battery=priority.is_on_battery if parts.settings.pause_on_battery else lambda: False,
            wake=wake,
            stop=self._stop,
        )

    def serve(self) -> tuple[int, Settings | None]:
        """The exit status, or the settings to go on with."""
        threading.excepthook = lambda failed: log.error("a part of the service died: %s", _place(failed.exc_value))
        self._inbox.start()
        if self._announcer:
            self._announcer.start()
        threads = [self._thread(self._take_in), self._thread(self._loop.run)]
        self._scheduler = self._periodic_work()
        self._scheduler.start()
        self._heartbeat.beat()
        sd_notify.notify("READY=1")
        if self._display:
            self._display.ready(self._parts.settings)
        log.info("ready: watching %d folder(s)", len(self._parts.settings.watched))
        self._check_library()
        following = self._served()
        longest = round((self._parts.settings.stop_seconds + _MARGIN) * 1e6)
        sd_notify.notify(f"STOPPING=1\nEXTEND_TIMEOUT_USEC={longest}" if following is None else "RELOADING=1")
        self._scheduler.shutdown(wait=False)
        self._stop.set()
        self._intake.stop()
        self._parts.stop()
        self._wake.set()
        self._loop.wake.set()
        self._join(threads)
        self._inbox.stop()
        if self._announcer:
            self._announcer.stop()
        self._heartbeat.end()
        log.info("stopped" if following is None else "settings read again")
        return (0 if self._asked.to_end else 1), None if self._asked.to_end else following

    def _served(self) -> Settings | None:
        """Wait until the service is to end; the settings to go on with, when that was asked for and they are good."""
        clock = WallClock()
        while True:
            while not self._asked.anything.wait(_SIGNAL_POLL):
                if clock.was_set():
                    self._do_periodic_work_now()
            self._asked.anything.clear()
            if self._asked.to_end or self._stop.is_set():
                return None
            if not self._asked.to_reload:
                continue
            self._asked.to_reload = False
            try:
                return self._reload()
            except Unusable as error:
                log.error("the settings were not changed: %s", error)

    def _do_periodic_work_now(self) -> None:
        """The scheduler counts by the wall clock: set back by hours, it would rest for hours."""
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=datetime.now(UTC))

    def _join(self, threads: list[threading.Thread]) -> None:
        """Give what is under way its time; then end without it, as a power cut would. The ledger replays it."""
        deadline = time.monotonic() + self._parts.settings.stop_seconds
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        if any(thread.is_alive() for thread in threads):
            log.warning("what was under way did not end in time and is given up; it is taken up again at the next start")
            last_fact = threading.Thread(target=self._parts.attempts.give_back, daemon=True)
            last_fact.start()
            last_fact.join(_LAST_FACT)
            self._parts.bench.pool.kill()
            shutil.rmtree(self._parts.bench.scratch, ignore_errors=True)
            logging.shutdown()
            os._exit(0 if self._asked.to_end else 1)

    def _check_library(self) -> None:
        try:
            self._parts.bench.open(self._parts.queue)
        except NotNow as error:
            log.warning("%s", error)
            self._heartbeat.idle(error.reason())

    def _thread(self, work: Callable[[], None]) -> threading.Thread:
        """A part of the service: when it ends, all ends, and the service manager starts anew."""

        def live() -> None:
            try:
                work()
            finally:
                self._stop.set()
                self._asked.anything.set()

        thread = threading.Thread(target=live, name=work.__name__, daemon=True)
        thread.start()
        return thread

    def _periodic_work(self) -> BackgroundScheduler:
        """Periodic work only sets flags and says how we are; whatever was missed while asleep is done once."""
        settings = self._parts.settings
        watchdog = int(os.environ.get("WATCHDOG_USEC", "0")) / 2e6
        beat = min(_HEARTBEAT, watchdog) if watchdog else _HEARTBEAT
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        scheduler = BackgroundScheduler(job_defaults=defaults, timezone=UTC)
        scheduler.add_job(self._rescan, "interval", seconds=settings.rescan_seconds, id="rescan")
        scheduler.add_job(self._loop.ask_for_chronicle, "interval", seconds=_CHRONICLE, id="chronicle")
        scheduler.add_job(self._beat, "interval", seconds=beat, id="heartbeat")
        return scheduler

    def _take_in(self) -> None:
        """Scan whenever something woke us, and again while something is arriving or being looked into."""
        quiet = self._parts.settings.quiet_seconds
        known = len(self._intake.digests)
        while not self._stop.is_set():
            self._wake.clear()
            try:
                for wish, about in self._parts.state.wishes():
                    self._hear(wish, about)
                began = time.thread_time()
                self._note(self._intake.scan())
                self._rescans.note(time.monotonic(), time.thread_time() - began)
            except Stopping:
                return
            except OSError as error:
                self._say_that_it_cannot_be_written(of_ledger(error))
                self._stop.wait(5)
            if len(self._intake.digests) != known and not self._intake.is_looking:
                known = len(self._intake.digests)
                self._parts.state.keep_digests(self._intake.digests)
            self._wake.wait(self._until_next_look(quiet))
            self._stop.wait(min(0.2, quiet / 4))

    def _say_that_it_cannot_be_written(self, why: type[NotNow]) -> None:
        if self._heartbeat.paused != why.reason():
            log.warning("the ledger cannot be written; trying again: %s", why.sentence())
            self._heartbeat.idle(why.reason())

    def _note(self, seen: Pass) -> None:
        """Say what a scan found that its owner should know, and have the workers get ready."""
        for number, reason in seen.away.items():
            if self._heartbeat.last_pass.away.get(number) != reason:
                said = {"watched_folder": number, "reason": reason}
                log.warning("watched folder %d: %s", number + 1, explain(reason), extra=said)
        if not set(seen.shared) <= set(self._heartbeat.last_pass.shared):
            log.warning("%s", FolderShared.sentence())
        self._heartbeat.last_pass = seen
        if seen.arriving:
            self._loop.expect()
            admission.prepare(self._parts.bench)

    def _until_next_look(self, quiet: float) -> float | None:
        """Seconds; None for until something wakes us. What is arriving is looked at often, since not every event is told."""
        last = self._heartbeat.last_pass
        waits = [seconds for seconds in (last.again, quiet / 4 if last.arriving else None) if seconds is not None]
        if self._intake.is_looking:
            waits.append(0.5)
        return max(0.05, min(waits)) if waits else None

    def _hear(self, wish: str, about: str) -> None:
        """What another command left for us; decisions are the worker's, since the library is its alone."""
        if wish in ("review", "once", "wake"):
            self._loop.wake.set()
        elif wish == "look":
            self._parts.searching_again.ask()
            self._loop.wake.set()
        elif wish == "chronicle":
            self._loop.ask_for_chronicle()
        else:
            self._intake.wish(wish, about)

    def _rescan(self) -> None:
        if self._rescans.are_due(time.monotonic()):
            self._wake.set()
        if self._heartbeat.note:
            self._loop.ask_for_chronicle()

    def _beat(self) -> None:
        if any((self._parts.state.folder / "wishes").glob("*-*")):
            self._wake.set()
        self._heartbeat.beat()


def _place(error: BaseException | None) -> str:
    return place_in_code(error) if error is not None else "unknown"
