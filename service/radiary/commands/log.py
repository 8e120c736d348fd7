"""`radiary log`: the ledger, fact by fact, oldest first."""

import json
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from radiary.commands.speaking import console
from radiary.model import events
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State

_POLL = 0.2
"""Seconds between looks for more."""


def log(settings: Settings, *, follow: bool, schema: bool, as_json: bool) -> int:
    """Print every fact, for a person or for a program; with `--follow`, those to come, too."""
    if schema:
        print(json.dumps(events.schema(), indent=1))
        return 0
    path = State(settings.state).ledger
    names = {} if as_json else console.names_for_owner(State(settings.state))
    if not path.exists():
        console.remark("Nothing has happened yet: drop an export into a watched folder, with `radiary run` running.")
    exams: dict[str, str] = {}
    for line in _lines(path, follow=follow):
        print(line.decode().rstrip("\n") if as_json else _said(ledger.parse(line), names, exams), flush=True)
    return 0


def _said(event: events.Event, names: Mapping[str, str], exams: dict[str, str]) -> str:
    """A line; `exams` learns from each fact where studies stand."""
    exams |= {study.uid: study.folder for study in getattr(event, "studies", ())}
    return console.wrapped(console.line(event, names, exams))


def _lines(path: Path, *, follow: bool) -> Iterator[bytes]:
    """Whole lines of the ledger, and with `follow` those to come."""
    while True:
        while follow and not path.exists():
            time.sleep(_POLL)
        if (file := ledger.opened(path)) is None:
            return
        with file:
            while not follow or _is_same(path, file.fileno()):
                line = file.readline()
                if line.endswith(b"\n"):
                    yield line
                elif not follow:
                    return
                else:
                    file.seek(-len(line), 1)
                    time.sleep(_POLL)
        time.sleep(_POLL)


def _is_same(path: Path, descriptor: int) -> bool:
    """Whether the open ledger is still the one at its place: `rebuild` or a backup may have put another one there."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return True
