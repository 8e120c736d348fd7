"""Carries decisions out, one after another, while the page goes on; or leaves them to the service when that runs."""

import queue
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from radiary.commands.held_pictures import HeldPictures
from radiary.ingest.decisions import Decision
from radiary.ingest.error_facts import place_in_code
from radiary.model.errors import AlreadyRunning, RadiaryError
from radiary.service import wiring
from radiary.service.wiring import Parts
from radiary.settings import Settings
from radiary.state.folder import State

_REFUSED = "The service could not carry it out; its log says why."


@dataclass
class Desk:
    """Decisions of one run of `radiary review`, which are never forgotten: `close` waits for those in hand."""

    settings: Settings
    held: HeldPictures
    errors: dict[str, str] = field(default_factory=dict)
    """Why the last decision about an instance was not carried out."""
    _waiting: "queue.SimpleQueue[Decision | None]" = field(default_factory=queue.SimpleQueue)
    _in_hand: dict[str, int] = field(default_factory=dict)
    """How many decisions about an instance are under way."""
    _letters: dict[str, tuple[Path, int]] = field(default_factory=dict)
    """Decisions that were left to the service, and the last fact about the instance before them."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._work, name="decisions", daemon=True)
        self._thread.start()

    def take(self, decisions: Sequence[Decision]) -> None:
        """Have them carried out as soon as it is their turn."""
        with self._lock:
            for decision in decisions:
                self.errors.pop(decision.instance, None)
                self._in_hand[decision.instance] = self._in_hand.get(decision.instance, 0) + 1
        for decision in decisions:
            self._waiting.put(decision)

    def working(self) -> list[str]:
        """The instances about which something is still to be done."""
        with self._lock:
            gone = {instance for instance, (letter, _) in self._letters.items() if not letter.exists()}
            self.held.refresh()  # after that: the service writes a fact down before it throws a letter away
            for instance, (_, before) in list(self._letters.items()):
                is_done = self._seq(instance) > before
                if is_done or instance in gone:
                    del self._letters[instance]
                if instance in gone and not is_done:
                    self.errors[instance] = _REFUSED
            return sorted({*self._letters, *(one for one, count in self._in_hand.items() if count)})

    def close(self) -> None:
        """Wait until everything is done."""
        self._waiting.put(None)
        self._thread.join()

    def _seq(self, instance: str) -> int:
        known = self.held.decided.get(instance)
        return known.seq if known else 0

    def _work(self) -> None:
        while (first := self._waiting.get()) is not None:
            try:
                with wiring.started(self.settings) as opened:
                    opened.bench.open(opened.queue)
                    is_last = self._carried_out(opened, first)
                    opened.chronicle()
                if is_last:
                    return
            except AlreadyRunning:
                self._leave(first)
            except (RadiaryError, OSError) as error:
                self._done(first, str(error) if isinstance(error, RadiaryError) else _refused(error))

    def _carried_out(self, opened: Parts, first: Decision) -> bool:
        """Carry out all that waits, with one start of the workers; whether the end was asked for."""
        decision: Decision | None = first
        while decision is not None:
            self._done(decision, _error(opened, decision))
            self.held.refresh()
            try:
                decision = self._waiting.get_nowait()
            except queue.Empty:
                return False
        return True

    def _done(self, decision: Decision, error: str | None) -> None:
        with self._lock:
            self._in_hand[decision.instance] = max(0, self._in_hand[decision.instance] - 1)
            if error:
                self.errors[decision.instance] = error

    def _leave(self, decision: Decision) -> None:
        """Leave a decision to the service."""
        state, name = State(self.settings.state), secrets.token_hex(8)
        before = self._seq(decision.instance)
        try:
            state.ask("review", name, decision.model_dump_json().encode())
        except OSError as error:
            self._done(decision, _refused(error))
            return
        with self._lock:
            self._letters[decision.instance] = state.folder / "wishes" / f"review-{name}", before
        self._done(decision, None)


def _error(opened: Parts, decision: Decision) -> str | None:
    try:
        opened.attempts.decide(decision)
    except RadiaryError as error:
        return str(error)
    except OSError as error:
        return _refused(error)
    except Exception as error:  # noqa: BLE001 - one odd picture must not keep the others waiting
        return f"An internal error, {place_in_code(error)}; please report it."
    return None


def _refused(error: OSError) -> str:
    return f"The computer refused something: {error.strerror}."
