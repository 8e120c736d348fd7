"""Carries decisions out, one after another, while the page goes on; or leaves them to the service when that runs."""

import contextlib
import queue
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from radiary.commands.held.pictures import HeldPictures
from radiary.commands.speaking import spoken
from radiary.ingest.decisions import Decision
from radiary.ingest.error_facts import place_in_code
from radiary.ingest.taking_out import Description, Windowing, Wish
from radiary.language import sentence
from radiary.model.errors import AlreadyRunning, RadiaryError
from radiary.service import wiring
from radiary.service.wiring import Parts
from radiary.settings import Settings
from radiary.state.folder import State

_REFUSED = sentence("The service could not carry it out; its log says why.")


@dataclass(frozen=True)
class Afresh:
    """Values that she lets out, or keeps again, are no fact of the ledger: the chronicle is to be brought up to date for them."""


Work = Wish | Afresh


def about(work: Work) -> str:
    """What a wish is about, by its UID: an instance, or the study that is a paper."""
    if isinstance(work, Afresh | Windowing):
        return ""
    return work.paper if isinstance(work, Description) else work.instance


@dataclass(frozen=True)
class _Letter:
    """A decision that was left to the service, and the last fact about the instance before it."""

    path: Path
    before: int
    decision: Work


@dataclass
class Desk:
    """Decisions of one run of `radiary review`, which are never forgotten: `close` waits for those in hand."""

    settings: Settings
    held: HeldPictures
    errors: dict[str, str] = field(default_factory=dict)
    """Why the last decision about an instance was not carried out."""
    taken: int = 0
    """How many decisions about something were taken so far."""
    _waiting: "queue.SimpleQueue[Work | None]" = field(default_factory=queue.SimpleQueue)
    _in_hand: dict[str, int] = field(default_factory=dict)
    """How many decisions about an instance are under way."""
    _letters: dict[str, _Letter] = field(default_factory=dict)
    """Decisions that were left to the service, by what they are about."""
    _to_be_told: list[Afresh] = field(default_factory=list)
    """What is done once the chronicle is up to date."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _is_done: threading.Event = field(default_factory=threading.Event)
    """Waited for instead of the thread, which Python takes for ended when Ctrl-C interrupts waiting for it."""

    def __post_init__(self) -> None:
        threading.Thread(target=self._work, name="decisions", daemon=True).start()

    def take(self, decisions: Sequence[Work]) -> None:
        """Have them carried out as soon as it is their turn."""
        with self._lock:
            for decision in decisions:
                self.taken += bool(about(decision))
                self.errors.pop(about(decision), None)
                self._in_hand[about(decision)] = self._in_hand.get(about(decision), 0) + 1
        for decision in decisions:
            self._waiting.put(decision)

    def working(self) -> list[str]:
        """The instances about which something is still to be done. What was left to a service that ended is done here."""
        with self._lock:
            gone = {instance for instance, letter in self._letters.items() if not letter.path.exists()}
            self.held.refresh()  # after that: the service writes a fact down before it throws a letter away
            for instance, letter in list(self._letters.items()):
                is_done = self._seq(instance) > letter.before
                if is_done or instance in gone:
                    del self._letters[instance]
                if instance in gone and not is_done:
                    self.errors[instance] = spoken.translated(_REFUSED)
            if self._letters and not State(self.settings.state).is_locked():
                self._take_back()
            return sorted({*self._letters, *(one for one, count in self._in_hand.items() if count)})

    def _take_back(self) -> None:
        """Have decisions carried out here that nobody took."""
        for instance, letter in list(self._letters.items()):
            with contextlib.suppress(OSError):  # it was taken after all, or cannot be thrown away: it is looked at again
                letter.path.unlink()
                del self._letters[instance]
                self._in_hand[instance] = self._in_hand.get(instance, 0) + 1
                self._waiting.put(letter.decision)

    def in_hand(self) -> int:
        """How many decisions about something are neither carried out nor left to the service."""
        with self._lock:
            return sum(count for about, count in self._in_hand.items() if about)

    def leave_the_rest(self) -> None:
        """Leave to the service what has not begun; whoever carries out the others has nothing more to do."""
        with contextlib.suppress(queue.Empty):
            while True:
                if (waiting := self._waiting.get_nowait()) is not None:
                    self._leave(waiting)

    def close(self) -> None:
        """Wait until everything is done."""
        self._waiting.put(None)
        self._is_done.wait()

    def _seq(self, instance: str) -> int:
        return self.held.told_of.get(instance, 0)

    def _work(self) -> None:
        try:
            self._carry_out_all()
        finally:
            self._is_done.set()

    def _carry_out_all(self) -> None:
        while (first := self._waiting.get()) is not None:
            try:
                with wiring.started(self.settings) as parts:
                    parts.bench.open(parts.queue)
                    is_last = self._carried_out(parts, first)
                    parts.chronicle()
                    while self._to_be_told:
                        self._done(self._to_be_told.pop(), None)
                if is_last:
                    return
            except AlreadyRunning:
                self._leave(first)
            except (RadiaryError, OSError) as error:
                self._done(first, spoken.error(error) if isinstance(error, RadiaryError) else spoken.refused(error))

    def _carried_out(self, parts: Parts, first: Work) -> bool:
        """Carry out all that waits, with one start of the workers; whether the end was asked for."""
        decision: Work | None = first
        while decision is not None:
            if isinstance(decision, Afresh):
                self._to_be_told.append(decision)
            else:
                self._overtake(decision)
                self._done(decision, _error(parts, decision))
            self.held.refresh()
            try:
                decision = self._waiting.get_nowait()
            except queue.Empty:
                return False
        return True

    def _overtake(self, decision: Wish) -> None:
        """What was left to a service that ended is not carried out after what she decided since about the same picture."""
        if not isinstance(decision, Decision):
            return
        with self._lock:
            self._letters.pop(decision.instance, None)
        for letter in State(self.settings.state).decisions():
            with contextlib.suppress(ValueError, OSError):  # what is no decision about a picture stays
                if Decision.model_validate_json(letter.said).instance == decision.instance:
                    letter.delete()

    def _done(self, decision: Work, error: str | None) -> None:
        with self._lock:
            self._in_hand[about(decision)] = max(0, self._in_hand[about(decision)] - 1)
            if error:
                self.errors[about(decision)] = error

    def _leave(self, decision: Work) -> None:
        """Leave a decision to the service."""
        state, name = State(self.settings.state), secrets.token_hex(8)
        before = self._seq(about(decision))
        try:
            if isinstance(decision, Afresh):
                state.ask("chronicle", "now")
                self._done(decision, None)
                return
            state.ask("review", name, decision.model_dump_json().encode())
        except OSError as error:
            self._done(decision, spoken.refused(error))
            return
        with self._lock:
            self._letters[about(decision)] = _Letter(state.folder / "wishes" / f"review-{name}", before, decision)
        self._done(decision, None)


def _error(parts: Parts, decision: Wish) -> str | None:
    try:
        parts.attempts.decide(decision)
    except RadiaryError as error:
        return spoken.error(error)
    except OSError as error:
        return spoken.refused(error)
    except Exception as error:  # noqa: BLE001 - one odd picture must not keep the others waiting
        return spoken.say("An internal error, %(place)s; please report it.", place=place_in_code(error))
    return None
