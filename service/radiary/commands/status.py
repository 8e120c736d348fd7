"""`radiary status`: what the service is doing, and how the exports ended."""

import contextlib
import getpass
import json
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from radiary.commands.absent import gone, in_trash
from radiary.commands.checks.conditions import Condition, Life, chronicle_faults, conditions, life, said_of_watched
from radiary.commands.command_line.exits import Exit
from radiary.commands.speaking import console, summary
from radiary.commands.speaking.spoken import count, explain, listed, say, translated
from radiary.language import marked
from radiary.model.errors import WITHOUT_READER, NotNow, Paused, RadiaryError
from radiary.model.events import FiledStudy
from radiary.settings import Settings
from radiary.state import ledger, soundness
from radiary.state.folder import State
from radiary.state.queue import Queue, folded

_SYSTEM = Path("/var/lib/radiary")


def status(settings: Settings, *, shows_all: bool, as_json: bool) -> int:
    """Print it, for a person or for a program: on a terminal the first lines, and with `shows_all` or elsewhere all of it.

    Raises Unusable when the ledger is lost.
    """
    state = State(settings.state)
    ledger.refuse_lost(state.ledger)
    queue = folded(ledger.read(state.ledger))
    is_locked, pulse = state.is_locked(), state.pulse()
    away = said_of_watched(pulse) if is_locked else {}
    key = state.known_key(queue.key)
    known, patients = conditions(settings, queue, key, away), {study.patient for study in queue.studies.values()}
    unsound = list(soundness.faults(settings.state, key, patients))
    alive = life(pulse, known, is_locked=is_locked)
    missing = _missing(settings, queue, known)
    faults = [] if any(one.reason for one in known if one.what == "chronicle") else chronicle_faults(settings, queue)
    notes = list(_notes(settings, queue, len(missing)))
    ends = Exit.NOT_RUNNING if alive is Life.NONE else Exit.DONE
    if as_json:
        notes += [translated(one) for one in (*unsound, *(said for _, said in faults)) if one != pulse.get("note")]
        notes += _other_services(settings)
        service = {"running": is_locked, "life": alive.value, "service": pulse, "notes": notes}
        print(json.dumps(service | _for_programs(queue, known), indent=1))
        return ends
    places = {"pictures": settings.library, "chronicle": settings.chronicle / "index.html"}
    if any(study.held for study in queue.studies.values()):
        places["private shelf"] = settings.private
    pulse = _heard(pulse, alive, faults)
    names = console.names_for_owner(state)
    hindered = [*map(translated, unsound), *_hindered(pulse, known, faults, names)]
    papers = _papers(settings, queue, known)
    is_short = console.out.is_terminal and not shows_all
    first = (
        summary.runs(alive, pulse, known, is_paused=state.is_paused(), start=_start(settings, alive)),
        summary.waits(queue, known, gone=len(missing), papers=papers, hindered=hindered, is_short=is_short),
        summary.last(queue),
    )
    console.out.print("\n".join(first), markup=False)
    if is_short:
        return ends
    console.status(pulse, queue, life=alive, conditions=known, places=places, names=names)
    for note in [*notes, *_other_services(settings)]:
        console.out.print(f"  {note}", markup=False)
    return ends


def _start(settings: Settings, alive: Life) -> str:
    """What would start it, if it does not run."""
    if alive is not Life.NONE:
        return ""
    from radiary.commands.installed_service import starting  # here: while it runs, nobody asks

    return starting(settings)


def _for_programs(queue: Queue, known: list[Condition]) -> dict[str, Any]:
    """How folders and exports stand, for JSON."""
    exports = {digest: json.loads(standing.last.line) for digest, standing in queue.exports.items()}
    folders = [{"what": one.what, "path": str(one.path), "reason": one.reason} for one in known]
    return {"folders": folders, "exports": exports}


def _heard(pulse: dict[str, Any], alive: Life, faults: list[tuple[bool, str]]) -> dict[str, Any]:
    """What the service said of itself, if it runs; its note as a sentence that can be said in another language."""
    note = next((sentence for _, sentence in faults if sentence == pulse.get("note")), pulse.get("note"))
    return {} if alive is Life.NONE else {**pulse, "note": note}


def _hindered(
    pulse: dict[str, Any], known: list[Condition], faults: list[tuple[bool, str]], names: Mapping[str, str]
) -> Iterator[str]:
    """What keeps the service from its work, and what is wrong with the owner's file, where no folder's condition says it."""
    yield from summary.hindrances(pulse, {Paused.reason(), *(one.reason for one in known)}, names)
    yield from (translated(sentence) for _, sentence in faults)


def _missing(settings: Settings, queue: Queue, known: list[Condition]) -> list[FiledStudy]:
    """Exams that were deleted by hand; none while their place is not as it must be."""
    if not any(one.reason for one in known if one.what in ("library", "private")):
        with contextlib.suppress(NotNow):
            return gone(settings, queue)
    return []


def _papers(settings: Settings, queue: Queue, known: list[Condition]) -> int:
    """How many papers wait to be looked at; none while their place is not as it must be."""
    is_there = not any(one.reason for one in known if one.what in ("state", "private"))
    if is_there and any(study.held and study.modality == "DOC" for study in queue.studies.values()):
        from radiary.commands.held.papers import HeldPapers  # here: most people have none, and it takes its time

        with contextlib.suppress(RadiaryError):
            return len(HeldPapers(settings, queue).left())
    return 0


def _notes(settings: Settings, queue: Queue, missing: int) -> Iterator[str]:
    """What is to be said of exams that are not where they were, and of another state folder."""
    if missing:
        yield count(
            "An exam was deleted by hand: `radiary remove --gone` makes that final, `radiary once` on its export brings it back.",
            "%(number)s exams were deleted by hand: `radiary remove --gone` makes that final, `radiary once` on their exports "
            "brings them back.",
            missing,
        )
    waiting = [uid for uid, reasons in queue.held.items() if (uid, True) in queue.studies and WITHOUT_READER & reasons]
    if waiting:
        why = listed(sorted({explain(one) for uid in waiting for one in WITHOUT_READER & queue.held[uid]}))
        yield count(
            "An exam has pictures that are held since text could not be looked for: %(why)s. `radiary doctor` says whether it "
            "can be now.",
            "%(number)s exams have pictures that are held since text could not be looked for: %(why)s. `radiary doctor` says "
            "whether it can be now.",
            len(waiting),
            why=why,
        )
    taken_out = in_trash(settings, queue)
    if taken_out:
        days = count("%(number)s day", "%(number)s days", settings.trash_days)
        yield say(
            "%(number)s taken out, in the trash for %(days)s: `radiary restore` shows what.", number=len(taken_out), days=days
        )
    other = _of_system() if queue.beginning is None else None
    if other and other != settings.state:
        command = f"radiary status --set state={shlex.quote(str(other))}"
        yield say("A service of the system keeps its state elsewhere: %(command)s", command=command)


def _other_services(settings: Settings) -> Iterator[str]:
    """What is to be said of services with another state folder."""
    from radiary.commands.installed_service import others  # here: the first lines do without

    for name, work in others(settings):
        runs = marked("Another service, %(name)s, runs and watches %(folders)s.")
        halts = marked("Another service, %(name)s, does not run; it is there to watch %(folders)s.")
        is_running = State(Path(work.state)).is_locked()
        yield say(runs if is_running else halts, name=name, folders=", ".join(work.watched))


def _of_system() -> Path | None:
    """Where a shut-in system unit keeps the state of this user's service, or of the only one there is."""
    with contextlib.suppress(OSError, KeyError):
        own = _SYSTEM / getpass.getuser()
        return own if own.exists() else next((one for one in sorted(_SYSTEM.iterdir()) if one.is_dir()), None)
    return None
