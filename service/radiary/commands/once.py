"""`radiary once`: the service's own ingest, on exports named by hand; by the service itself where it runs."""

import json
import secrets
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from radiary.commands.speaking import console, fact_sentences, spoken
from radiary.ingest import by_hand
from radiary.ingest.by_hand import Ended
from radiary.model.errors import AlreadyRunning, HandedBack, HoldsOurFolders, NoSuchExport, RadiaryError, ServiceGaveNoAnswer
from radiary.model.events import Filed
from radiary.service import wiring
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State

_POLL = 0.1
"""Seconds between looks for the service's answer."""


@dataclass(frozen=True)
class _Result:
    """What became of one path: a sentence, whether it stands in the library, and the same for a program."""

    sentence: str
    is_filed: bool
    for_programs: dict[str, Any]


def file(settings: Settings, paths: Sequence[Path], *, again: bool = False, as_json: bool = False) -> int:
    """File each export, with `again` what its owner took out of it, too; 0 when every one stands in the library, 1 otherwise.

    A path is shown by its position only. Raises NoSuchExport where there is none of them.
    """
    if not any(path.exists() for path in paths):
        raise NoSuchExport
    with ExitStack() as stack:
        parts: wiring.Parts | None = None
        try:
            parts = stack.enter_context(wiring.started(settings))
        except AlreadyRunning:
            console.remark("The service runs, and does it.")
        results = [_taken_in(number, path, paths, parts, settings, again=again) for number, path in enumerate(paths, 1)]
        note = _bring_up_to_date(parts) if parts else None
    if as_json:
        sys.stdout.write(json.dumps({"exports": [one.for_programs for one in results], "note": note}, indent=1) + "\n")
    elif note:
        console.err.print(spoken.translated(note), markup=False)
    return 0 if all(one.is_filed for one in results) and not note else 1


def _bring_up_to_date(parts: wiring.Parts) -> str | None:
    with console.busy("The chronicle is being brought up to date …"):
        parts.rescaling.settle(at_once=True)
        return parts.chronicle()


def _taken_in(
    number: int, path: Path, paths: Sequence[Path], parts: wiring.Parts | None, settings: Settings, *, again: bool
) -> _Result:
    """File one, and say so on standard error."""
    name = spoken.say("export %(number)s of %(all)s", number=number, all=len(paths))
    try:
        _refuse_ours(path, settings)
        if parts:
            with console.bar(console.err) as bar:
                task = bar.add_task(name, total=None)
                try:
                    ended = by_hand.file(path, parts.attempts, again=again, progress=console.shown_on(bar, task))
                finally:
                    bar.remove_task(task)
        else:
            ended = _by_service(State(settings.state), path, again=again)
        result = _result_of(name, ended)
    except RadiaryError as error:
        said = {"reason": error.reason(), "sentence": str(error)}
        result = _Result(spoken.headed(name, spoken.error(error)), is_filed=False, for_programs=said)
    console.err.print(result.sentence, markup=False)
    return result


def _refuse_ours(path: Path, settings: Settings) -> None:
    """Raises HoldsOurFolders for what would change while it is read, because it is read."""
    files = (settings.site_data, settings.site_images, settings.status_file, settings.metrics_file)
    written = settings.state, settings.library, settings.private, settings.chronicle, *filter(None, files)
    ours = [one.resolve() for one in written]
    around = path.resolve()
    if around == ours[0] or any(around in one.parents for one in ours):
        raise HoldsOurFolders


def _result_of(name: str, ended: Ended) -> _Result:
    event = ended.event
    how = spoken.say(event.type)
    if ended.stood:
        how = spoken.say("filed before, and all of it stands, so it was left alone")
    elif ended.again and isinstance(event, Filed):
        how = spoken.say("filed once more")
    said = json.loads(event.line) | {"stood": ended.stood, "again": ended.again}
    return _Result(spoken.headed(name, spoken.headed(how, fact_sentences.sentence(event))), isinstance(event, Filed), said)


def _by_service(state: State, path: Path, *, again: bool) -> Ended:
    """Hand it over, and wait for what the service says of it. Raises RadiaryError."""
    if not path.exists():
        raise NoSuchExport
    about = secrets.token_hex(8)
    letter = state.ask("once", about, json.dumps({"path": str(path.absolute()), "again": again}).encode())
    try:
        said = json.loads(_awaited(lambda: state.answer_to(about), lambda: letter.exists() and state.is_locked()))
    finally:
        letter.unlink(missing_ok=True)
    if "event" not in said:
        raise HandedBack(str(said.get("error")))
    return Ended(ledger.parse(json.dumps(said["event"]).encode()), stood=bool(said["stood"]), again=bool(said["again"]))


def _awaited(answer: Callable[[], bytes | None], is_coming: Callable[[], bool]) -> bytes:
    """The answer, as soon as it is there. Raises ServiceGaveNoAnswer where none will come."""
    while True:
        is_last = not is_coming()
        if (said := answer()) is not None:
            return said
        if is_last:
            raise ServiceGaveNoAnswer
        time.sleep(_POLL)
