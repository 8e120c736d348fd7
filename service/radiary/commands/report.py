"""`radiary report`: what helps to find a mistake in Radiary, and nothing that identifies anybody.

It is made of closed vocabularies alone: versions, names of settings, checks and their verdicts, kinds of facts, reasons and
places in the code. No path, no name of a file, no value of a header, no word of the owner's can be in it.
"""

import json
import platform
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from radiary import __version__
from radiary.commands.checks.conditions import conditions, life
from radiary.commands.doctor import findings
from radiary.commands.speaking import console
from radiary.files import private
from radiary.language import Language, Sentence, refusal, sentence
from radiary.model.errors import Mistaken, Unusable
from radiary.model.events import Event, Failed
from radiary.settings import Origin, Settings, file_of, load_with_origins
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.queue import Queue, folded

_COUNTED = ("reason", "held", "skipped", "noted")
"""What says why in a fact: one slug, or how often each."""


def report(config: Path | None, overrides: Mapping[str, Any], path: Path | None) -> int:
    """Print it, or write it into a new file. Raises Mistaken."""
    text = json.dumps(contents(config, overrides), indent=1) + "\n"
    if path is None:
        sys.stdout.write(text)
        return 0
    try:
        private.write(path, text.encode())
    except FileExistsError:
        raise Mistaken(sentence("There is a file %(file)s already. Give the report another name.", file=path)) from None
    except OSError as error:
        raise Mistaken(sentence("It cannot be written there (%(why)s).", why=refusal(error))) from None
    console.say("Written: %(file)s. Read it before you send it; it names nobody.", file=path)
    return 0


def contents(config: Path | None, overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Everything, as it is written down; of settings that are refused, no more than why."""
    computer = {
        "radiary": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "packages": dict(_packages()),
    }
    try:
        settings, origins = load_with_origins(config, overrides)
    except Unusable as error:
        return computer | {"settings_refused": list(_without_values(error.args[0]))}
    return computer | _at_work(settings, origins, file_of(config))


def _without_values(said: object) -> Iterator[str]:
    """The messages that a sentence is made of; of their values those alone that are a setting's name."""
    message = said.message if isinstance(said, Sentence) else said
    if message in Language("nl", "commands").catalogue or message in Settings.model_fields:
        yield str(message)
    if isinstance(said, Sentence):
        for value in said.values.values():
            yield from _without_values(value)


def _at_work(settings: Settings, origins: Mapping[str, Origin], config: Path) -> dict[str, Any]:
    state = State(settings.state)
    try:
        events = list(ledger.read(state.ledger))
        faults = ledger.faults(state.ledger)
    except Unusable as error:
        events, faults = [], [str(error)]
    return {
        "settings": dict(_settings(settings, origins)),
        "checks": [[one.what, one.verdict] for one in findings(settings, config)],
        "service": _service(settings, state, folded(events)),
        "ledger": {"facts": len(events), "faults": faults, **_counted(events)},
        "internal_errors": sorted({event.error for event in events if isinstance(event, Failed)}),
    }


def _packages() -> Iterator[tuple[str, str]]:
    """Versions of what Radiary asks for, where it is installed."""
    try:
        names = sorted({Requirement(one).name for one in metadata.requires("radiary") or ()})
    except metadata.PackageNotFoundError:  # it runs from its sources
        return
    for name in names:
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            continue


def _settings(settings: Settings, origins: Mapping[str, Origin]) -> Iterator[tuple[str, object]]:
    """What is not as it comes: numbers and switches with their value, of texts and paths only that they are set."""
    for name, value in settings:
        if origins[name] is not Origin.DEFAULT:
            is_closed = isinstance(value, bool | int | float) or name in _WORDS
            yield name, value if is_closed else "(set)"


_WORDS = frozenset("after cine copies dates engine io_priority language log_level png_effort windows".split())
"""Settings whose value is one of a few words."""


def _service(settings: Settings, state: State, queue: Queue) -> dict[str, object]:
    pulse, is_locked = state.pulse(), state.is_locked()
    known = conditions(settings, queue, state.known_key(queue.key), {})
    return {
        "life": life(pulse, known, is_locked=is_locked).value,
        "paused": pulse.get("paused"),
        "troubles": pulse.get("troubles", {}),
        "arriving": pulse.get("arriving", 0),
        "has_note": bool(pulse.get("note")),
        "folders": [[one.what, one.reason] for one in known],
    }


def _counted(events: Iterable[Event]) -> dict[str, dict[str, int]]:
    """How often each kind of fact was written, and each reason."""
    kinds: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for event in events:
        kinds[event.type] += 1
        for name in _COUNTED:
            said = getattr(event, name, None)
            reasons.update({said: 1} if isinstance(said, str) else said if isinstance(said, Mapping) else {})
    return {"kinds": dict(sorted(kinds.items())), "reasons": dict(sorted(reasons.items()))}
