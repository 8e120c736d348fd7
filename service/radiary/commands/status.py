"""`radiary status`: what the service is doing, and how the exports ended."""

import argparse
import json

from radiary.commands import console
from radiary.model.errors import Unusable
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.queue import folded


def status(asked: argparse.Namespace, settings: Settings) -> int:
    """Print it, for a person or for a program. Raises Unusable when the ledger is lost."""
    state = State(settings.state)
    if ledger.is_lost(state.ledger):
        raise Unusable(ledger.LOST)
    queue = folded(ledger.read(state.ledger))
    is_running, pulse = state.is_locked(), state.pulse()
    if asked.json:
        exports = {digest: json.loads(standing.last.model_dump_json()) for digest, standing in queue.exports.items()}
        print(json.dumps({"running": is_running, "service": pulse, "exports": exports}, indent=1))
        return 0
    places = {"pictures": settings.library, "chronicle": settings.chronicle / "index.html"}
    if any(study.held for study in queue.studies.values()):
        places["private shelf"] = settings.private
    console.status(pulse, queue, folders=settings.watch, places=places, is_running=is_running)
    return 0
