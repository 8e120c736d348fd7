"""What `radiary review` works with: the pictures on the private shelf, where they show text, and carrying out decisions."""

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from radiary.ingest import decisions
from radiary.ingest.decisions import Decision
from radiary.ingest.text_search import boxes_in, is_possible
from radiary.library.shelf import Library
from radiary.model.errors import AlreadyRunning
from radiary.model.events import FiledStudy, Reviewed
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


@dataclass(frozen=True)
class Listed:
    """Every held instance, in a stable order: what a person needs to decide, and nothing that tells who it is about.

    `missing` are folders of exams that are not on the shelf any more, or whose record is damaged.
    """

    instances: tuple[Mapping[str, Any], ...]
    missing: tuple[str, ...]


@dataclass
class HeldPictures:
    """For one run of `radiary review`, in which several requests are answered at a time."""

    settings: Settings
    _paths: dict[tuple[str, str], Path] = field(default_factory=dict)
    """Where each shown picture lies, by study and path: listing them again for every request would read the whole shelf."""
    _reader: Pool = field(default_factory=lambda: Pool(process, 1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def listed(self) -> Listed:
        """What is held now, with what was decided about each."""
        events = list(ledger.read(State(self.settings.state).ledger))
        decided = decisions.decisions(events)
        instances: list[Mapping[str, Any]] = []
        missing: list[str] = []
        for study, record in decisions.held(self._shelf, folded(events)):
            if record is None:
                missing.append(study.folder)
            else:
                instances += [_described(study, one, decided.get((study.uid, one.uid))) for one in decisions.reviewable(record)]
        root = self._shelf.root
        self._paths = {(one["study"], path): root / one["folder"] / path for one in instances for path in one["pictures"]}
        return Listed(tuple(instances), tuple(missing))

    def picture(self, study: str, path: str) -> bytes | None:
        """A picture's bytes, when it is one of those that are shown."""
        if (study, path) not in self._paths:
            self.listed()
        place = self._paths.get((study, path))
        try:
            return place.read_bytes() if place else None
        except OSError:
            return None

    def boxes(self, study: str, path: str) -> list[list[int]]:
        """Where a picture shows text; nothing without the extra that looks for it."""
        picture = self.picture(study, path)
        with self._lock:
            return [list(box) for box in self._reader.call(boxes_in, picture)] if picture and is_possible() else []

    def decide(self, decision: Decision) -> str:
        """Carry a decision out, or leave that to the service when it runs; what to tell her. Raises RadiaryError and OSError."""
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
        """End the process that looks for text."""
        self._reader.close()

    @property
    def _shelf(self) -> Library:
        return Library(self.settings.private)


def _described(study: FiledStudy, instance: InstanceRecord, decided: Reviewed | None) -> Mapping[str, Any]:
    paths = [one.path for one in instance.pictures]
    shown = paths if len(paths) <= _SHOWN else [paths[0], paths[len(paths) // 2], paths[-1]]
    return {
        "study": study.uid,
        "instance": instance.uid,
        "folder": study.folder,
        "date": study.date or "without a date",
        "modality": study.modality,
        "pictures": shown,
        "frames": len(paths),
        "decision": decided.decision if decided else None,
    }
