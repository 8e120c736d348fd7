"""`radiary status`: what the service is doing, and how the exports ended."""

import argparse
import contextlib
import getpass
import json
from collections.abc import Iterator
from pathlib import Path

from radiary.commands import console
from radiary.commands.taking_out import gone, in_trash
from radiary.library import ownership
from radiary.library.shelf import Library
from radiary.model.errors import NotNow, Unusable
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.queue import Queue, folded

_SYSTEM = Path("/var/lib/radiary")


def status(asked: argparse.Namespace, settings: Settings) -> int:
    """Print it, for a person or for a program. Raises Unusable when the ledger is lost."""
    state = State(settings.state)
    if ledger.is_lost(state.ledger):
        raise Unusable(ledger.LOST)
    queue = folded(ledger.read(state.ledger))
    is_running, pulse = state.is_locked(), state.pulse()
    notes = list(_notes(settings, state, queue))
    if asked.json:
        exports = {digest: json.loads(standing.last.model_dump_json()) for digest, standing in queue.exports.items()}
        print(json.dumps({"running": is_running, "service": pulse, "notes": notes, "exports": exports}, indent=1))
        return 0
    places = {"pictures": settings.library, "chronicle": settings.chronicle / "index.html"}
    if any(study.held for study in queue.studies.values()):
        places["private shelf"] = settings.private
    console.status(pulse, queue, folders=settings.watch, places=places, is_running=is_running)
    for note in notes:
        console.out.print(f"  {note}", markup=False)
    return 0


def _notes(settings: Settings, state: State, queue: Queue) -> Iterator[str]:
    """What is to be said of the state folder and of the library that stands beside it."""
    found = ownership.trouble(Library(settings.library), ownership.claim_of(state, queue))
    if found:
        yield found.sentence()
    missing = []
    with contextlib.suppress(NotNow):
        missing = [] if found else gone(settings, queue)
    if missing:
        what = "An exam was" if len(missing) == 1 else f"{len(missing)} exams were"
        yield f"{what} deleted by hand: `radiary remove --gone` makes that final, `radiary once` on its export brings it back."
    taken_out = in_trash(settings, queue)
    if taken_out:
        yield f"{len(taken_out)} taken out, in the trash for {settings.trash_days} days: `radiary restore` shows what."
    other = _of_system() if queue.beginning is None else None
    if other and other != settings.state:
        yield f"A service of the system keeps its state elsewhere: RADIARY_STATE={other} radiary status"


def _of_system() -> Path | None:
    """Where a shut-in system unit keeps the state of this user's service, or of the only one there is."""
    with contextlib.suppress(OSError, KeyError):
        own = _SYSTEM / getpass.getuser()
        return own if own.exists() else next((one for one in sorted(_SYSTEM.iterdir()) if one.is_dir()), None)
    return None
