"""`radiary explain`: what the wall takes from an export and why, for its owner's eyes. Nothing of it is stored."""

import contextlib
import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from radiary.archives import archive, source, unpack
from radiary.commands.speaking import console, spoken
from radiary.language import marked
from radiary.model.errors import Mistaken, NoDicom, NoSuchExport
from radiary.model.nouns import Content, Export, Limits, Policy, Skipped
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.queue import folded

_DIGITS = 4
_SAID = (
    *(marked("removed"), marked("emptied"), marked("replaced"), marked("a group that never leaves")),
    marked("private attributes are removed, but for numbers that the standard calls safe (PS3.15 E.3.10)"),
    marked("not in the standard's dictionary"),
    marked("outside the table: no safe words, not the form its type demands, or one of your own words"),
)
"""What the wall says of an attribute; what it quotes of the standard's table is in no other language."""


def explain(settings: Settings, named: str, *, shows_values: bool, as_json: bool) -> int:
    """Print what was removed from which attribute, counted over all its files. Raises NoDicom and NoSuchExport."""
    export = _export(named, settings)
    state = State(settings.state)
    if not as_json:
        console.show_names(state, [export.digest])
    beginning = folded(ledger.read(state.ledger)).beginning
    key = state.key(beginning.key) if beginning else bytes(32)
    counted: Counter[tuple[str, str, str, str]] = Counter()
    holds_dicom = False
    # What is taken does not depend on a person's first day, which is not known here.
    policy = replace(settings.policy, dates="shift") if settings.dates == "relative" else settings.policy
    limits, passwords = Limits(), state.passwords.all()
    with (
        unpack.readable(export, state.scratch / "explain", limits, passwords=passwords) as plain,
        archive.opened(plain.export, passwords, limits) as files,
    ):
        for member in files.members():
            data = files.read(member.index)
            if isinstance(data, Skipped):
                continue
            with contextlib.nullcontext() if isinstance(data, bytes) else data:
                changes = _changes(data, key, policy, shows=shows_values)
                holds_dicom |= changes is not None
                counted.update(changes or ())
    if not holds_dicom:
        raise NoDicom
    _print(counted, as_json=as_json, shows=shows_values)
    return 0


def _changes(data: Content, key: bytes, policy: Policy, *, shows: bool) -> set[tuple[str, str, str, str]] | None:
    """What becomes of the values of a file; None of one that is no DICOM."""
    # Imported here: most commands do without pydicom.
    from radiary.dicom.read import header
    from radiary.dicom.read.signature import head, looks_like_dicom
    from radiary.dicom.wall import explanation
    from radiary.dicom.wall.deidentify import Terms, deidentify
    from radiary.dicom.wall.pseudonym import Pseudonyms
    from radiary.model.nouns import Deidentified, Instance

    if not looks_like_dicom(head(data)):
        return None
    instance = header.read(data)
    clean = deidentify(instance, Terms(Pseudonyms(key), policy, searches_text=True)) if isinstance(instance, Instance) else None
    if not isinstance(instance, Instance) or not isinstance(clean, Deidentified):
        return set()
    received = header.read(data)
    assert isinstance(received, Instance)
    return {(one.place, one.what, one.why, one.before if shows else "") for one in explanation.changes(received, clean, policy)}


def _print(counted: Counter[tuple[str, str, str, str]], *, as_json: bool, shows: bool) -> None:
    rows: list[dict[str, Any]] = [
        {"attribute": place, "what": what, "why": why, "files": count} | ({"value": value} if shows else {})
        for (place, what, why, value), count in sorted(counted.items())
    ]
    if as_json:
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
        return
    for row in rows:
        value = f"  {spoken.say('was: %(value)s', value=row['value'])}" if shows else ""
        files = spoken.count("%(number)s file", "%(number)s files", row["files"])
        what, why = spoken.say(row["what"]), spoken.say(row["why"])
        console.say(
            "%(attribute)s: %(what)s in %(files)s; %(why)s", attribute=row["attribute"], what=what, files=files, why=why + value
        )
    if not shows:
        console.say("`--values` shows what stood there, on this terminal only.")


def _export(named: str, settings: Settings) -> Export:
    """A path, or the digits or the name of an export that still lies in a watched folder. Raises NoSuchExport and Mistaken."""
    path = Path(named).expanduser()
    if path.exists():
        return source.export(path.absolute(), source.fingerprint(path), None)
    beginnings = _beginnings(named, State(settings.state))
    for folder in settings.watched:
        for candidate in sorted(folder.iterdir()) if folder.is_dir() else ():
            seen = source.fingerprint(candidate)
            if not candidate.name.startswith(".") and source.sighted(candidate, seen).is_candidate:
                export = source.export(candidate, seen, None)
                if export.digest.startswith(beginnings):
                    return export
    queue = folded(ledger.read(State(settings.state).ledger))
    if not any(digest.startswith(beginnings) for digest in queue.exports):
        raise Mistaken("No export begins with these digits; `radiary status --all` shows those that are known.")
    raise Mistaken("This export does not lie in a watched folder any more; name its file where it lies now.")


def _beginnings(named: str, state: State) -> tuple[str, ...]:
    """Of digests of exports that are meant: by their digits, or by a name that one once had. Raises NoSuchExport."""
    called = tuple(digest for digest, name in state.names.all().items() if name == named)
    are_digits = len(named) >= _DIGITS and set(named.lower()) <= set("0123456789abcdef")
    if not called and not are_digits:
        raise NoSuchExport
    return (*called, named.lower()) if are_digits else called
