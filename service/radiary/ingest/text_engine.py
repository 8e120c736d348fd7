"""The reader of text, as far as this computer has one: whether it works, and what is said of pictures when it does not."""

import importlib
from dataclasses import dataclass, field, replace

from radiary.dicom.text import extra
from radiary.model.errors import GaveUp, Reason
from radiary.model.nouns import Outcome, Placed
from radiary.workers import time_limit
from radiary.workers.pool import Pool

_TRIAL_SECONDS = 60.0
"""Time that a trial may take on a computer with much else to do; a library that hangs when it is loaded takes more."""


@dataclass
class TextEngine:
    """What is known of the reader in the processes of `reader`: that it works is remembered, trouble is looked at each time."""

    reader: Pool = field(repr=False)
    known: str | None = None
    """Why no text could be read when that was asked last."""
    _is_well: bool = False

    def trouble(self) -> str | None:
        """Why no text can be read, as a slug; None where it can be. Raises Stopping and NotNow."""
        if not self._is_well:
            self.known = _tried(self.reader)
            self._is_well = self.known is None
        return self.known

    def forget(self) -> None:
        """Something went wrong with it: it is tried again before it is believed."""
        self._is_well = False


def said_why(outcomes: dict[int, Outcome], engine: TextEngine | None) -> dict[int, Outcome]:
    """The outcomes, with what is wrong with the reader as the reason for what is held for want of one.

    A doubt may come of a reader that broke meanwhile, so it is tried again. Raises Stopping and NotNow.
    """
    reasons = {one.hold for one in outcomes.values() if isinstance(one, Placed)}
    if engine is None or reasons.isdisjoint({Reason.TEXT_NOT_LOOKED_FOR, Reason.TEXT_UNCERTAIN}):
        return outcomes
    if Reason.TEXT_UNCERTAIN in reasons:
        engine.forget()
    trouble = engine.trouble()
    return outcomes if trouble is None else {index: _held(one, trouble) for index, one in outcomes.items()}


def missing_library(reader: Pool) -> str | None:
    """The library of the system for want of which the reader does not load, as far as it says. Raises Stopping and NotNow."""
    try:
        return reader.call(_missing_library)
    except GaveUp:
        return None


def _held(outcome: Outcome, trouble: str) -> Outcome:
    if not isinstance(outcome, Placed) or outcome.hold not in (Reason.TEXT_NOT_LOOKED_FOR, Reason.TEXT_UNCERTAIN):
        return outcome
    return replace(outcome, hold=trouble, record=replace(outcome.record, hold=trouble))


def _tried(reader: Pool) -> str | None:
    importlib.invalidate_caches()  # what was installed since this process began is found, too
    if not extra.is_installed():
        return Reason.TEXT_READER_NOT_INSTALLED
    try:
        return reader.call(_trouble)
    except GaveUp:
        return Reason.TEXT_READER_CRASHED


def _trouble() -> str | None:
    # Imported here, in a process of the reader's: it takes 200 MB.
    from radiary.dicom.text import engine

    time_limit.set_to(_TRIAL_SECONDS)
    try:
        return engine.trouble()
    finally:
        time_limit.lift()


def _missing_library() -> str | None:
    from radiary.dicom.text import inference

    with time_limit.at_most(_TRIAL_SECONDS):
        return inference.missing_library()
