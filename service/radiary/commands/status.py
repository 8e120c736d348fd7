"""`radiary status`: what the service is doing, and how the exports ended."""

import argparse
import json

from radiary.commands import console
from radiary.commands.conditions import conditions, life
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
    is_locked, pulse = state.is_locked(), state.pulse()
    away = pulse.get("away", {}) if is_locked else {}
    known = conditions(settings, queue, state.known_key(queue.key), away)
    alive = life(pulse, known, is_locked=is_locked)
    if asked.json:
        exports = {digest: json.loads(standing.last.model_dump_json()) for digest, standing in queue.exports.items()}
        folders = [{"what": one.what, "path": str(one.path), "reason": one.reason} for one in known]
        service = {"running": is_locked, "life": alive.value, "service": pulse}
        print(json.dumps(service | {"folders": folders, "exports": exports}, indent=1))
        return 0
    places = {"pictures": settings.library, "chronicle": settings.chronicle / "index.html"}
    if any(study.held for study in queue.studies.values()):
        places["private shelf"] = settings.private
    console.status(pulse, queue, life=alive, conditions=known, places=places)
    return 0
