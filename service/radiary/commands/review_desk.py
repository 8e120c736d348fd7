"""The desk of `radiary review`: what is held, where it shows text, and carrying out what is decided about it."""

import secrets
import threading
from dataclasses import dataclass, field
from typing import Any

from radiary.ingest import decisions
from radiary.ingest.decisions import Decision
from radiary.ingest.text_search import boxes_in, is_possible
from radiary.library.shelf import Library
from radiary.model.errors import AlreadyRunning
from radiary.model.events import FiledStudy
from radiary.model.records import InstanceRecord
from radiary.service import wiring
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.queue import folded
from radiary.workers.pool import Pool
from radiary.workers.process import process

_SHOWN = 3
"""Frames of a clip that are shown: first, middle, last."""


@dataclass
class Desk:
    """What lies on the desk, and what is decided about it."""

    settings: Settings
    _reader: Pool = field(default_factory=lambda: Pool(process, 1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def items(self) -> list[dict[str, Any]]:
        """Each held instance, in a stable order: what a person needs to decide, and nothing that tells who it is about."""
        events = list(ledger.read(State(self.settings.state).ledger))
        decided = decisions.decisions(events)
        return [_item(study, instance, decided) for study, instance in decisions.held(self._shelf, folded(events))]

    def picture(self, study: str, path: str) -> bytes | None:
        """A picture's bytes, when the shelf lists it."""
        for item in self.items():
            if item["study"] == study and path in item["pictures"]:
                return (self._shelf.root / str(item["folder"]) / path).read_bytes()
        return None

    def boxes(self, study: str, path: str) -> list[list[int]]:
        """Where a picture shows text; nothing without the extra that looks for it."""
        picture = self.picture(study, path)
        with self._lock:
            return [list(box) for box in self._reader.call(boxes_in, picture)] if picture and is_possible() else []

    def decide(self, decision: Decision) -> str:
        """Carry out, or leave to the service that runs; a sentence."""
        state = State(self.settings.state)
        try:
            with self._lock, wiring.started(self.settings) as opened:
                opened.bench.open(opened.queue)
                opened.attempts.decide(decision)
                opened.chronicle()
        except AlreadyRunning:
            state.ask("review", secrets.token_hex(8), decision.model_dump_json().encode())
            return "Noted: the service does it within seconds."
        return "Done."

    def close(self) -> None:
        """End what was started."""
        self._reader.close()

    @property
    def _shelf(self) -> Library:
        return Library(self.settings.private)


def _item(study: FiledStudy, instance: InstanceRecord, decided: dict[str, Any]) -> dict[str, Any]:
    paths = [one.path for one in instance.pictures]
    shown = paths if len(paths) <= _SHOWN else [paths[0], paths[len(paths) // 2], paths[-1]]
    event = decided.get(instance.uid)
    return {
        "study": study.uid,
        "instance": instance.uid,
        "folder": study.folder,
        "date": study.date or "without a date",
        "modality": study.modality,
        "pictures": shown,
        "frames": len(paths),
        "decision": event.decision if event else None,
    }
