"""`radiary backup FILE`, and `radiary restore FILE`: the state folder and the settings, sealed with a passphrase."""

import contextlib
import getpass
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from radiary import settings as sources
from radiary.commands.speaking import console, spoken
from radiary.files import moving, private
from radiary.language import marked, refusal, sentence
from radiary.model.errors import DamagedBackup, Mistaken, NotABackup, Unusable
from radiary.settings import Settings
from radiary.share import named_places
from radiary.state import backup, backup_file, ledger, soundness
from radiary.state.folder import State
from radiary.state.queue import folded

_NOT_GIVEN = marked("No passphrase was given. Type it on a terminal, or name a file by --passphrase-file whose first line it is.")
_SHORTEST = 8


@dataclass(frozen=True)
class BackupArguments:
    """What the command line says of settings and of where a backup goes."""

    config: Path | None = None
    overrides: Mapping[str, Any] = field(default_factory=dict)
    into: Path | None = None
    replaces: bool = False
    passphrase_file: Path | None = None


def keep(settings: Settings, config: Path, path: Path, *, passphrase_file: Path | None) -> int:
    """Write a backup; the service may run meanwhile. Raises Mistaken."""
    target = path.expanduser().absolute()
    named_places.refuse_without_folder(target.parent)
    with named_places.writing_to(path):
        is_taken = target.exists()
    if is_taken:
        raise Mistaken(sentence("There is a file %(file)s already. Give the backup another name.", file=path))
    if settings.state.resolve() in target.resolve().parents:
        raise Mistaken("A backup must not lie in the state folder, which it is to outlive. Put it on another disk.")
    if not (settings.state / "key").exists():
        raise Mistaken("There is nothing to keep yet: Radiary has not run with this state folder.")
    secret = passphrase(passphrase_file, is_new=True)
    try:
        contents = backup.write(target, settings.state, config, passphrase=secret)
    except FileExistsError:
        raise Mistaken(sentence("There is a file %(file)s already. Give the backup another name.", file=path)) from None
    except OSError as error:
        _refuse_state(settings.state, error)
        with named_places.writing_to(path):
            raise
    State(settings.state).note_backup(contents.at, contents.facts)
    facts = spoken.count("%(number)s fact", "%(number)s facts", contents.facts)
    console.answer(facts=contents.facts, settings=contents.settings is not None)
    alone = marked("Kept: the state folder with %(facts)s, in %(file)s.")
    with_settings = marked("Kept: the state folder with %(facts)s and the settings, in %(file)s.")
    console.say(alone if contents.settings is None else with_settings, facts=facts, file=path)
    if ledger.is_lost(settings.state / "ledger.jsonl"):
        console.out.print(spoken.translated(ledger.LOST), markup=False)
    console.say("Without the passphrase nobody opens it, you neither. Library and private shelf are folders to be copied.")
    return 0


def _refuse_state(state: Path, error: OSError) -> None:
    """Raises Unusable, or the error itself, where the state folder is to blame, and not the backup's place."""
    place = Path(error.filename or "")
    if state in place.parents:
        raise Unusable(closed) if (closed := soundness.fault(place)) else error


def restore(asked: BackupArguments, path: Path) -> int:
    """Put a backup in the place of a state folder that is not there; the settings, where there are none. Raises Mistaken."""
    file = sources.file_of(asked.config)
    settings = sources.load(asked.config if file.exists() else None, asked.overrides)
    if not console.is_answering():
        spoken.use(settings.spoken)
    _refuse_other(path)
    secret = passphrase(asked.passphrase_file, is_new=False)
    beside = (asked.into or settings.state).expanduser().resolve()  # what a link leads to is what is meant
    with named_places.writing_to(beside), ExitStack() as stack:
        made, contents = stack.enter_context(backup.unpacked(path.expanduser(), beside, secret))
        _check(made)
        target = beside if asked.into or file.exists() else _state_of(contents, made, asked).resolve()
        former = _make_room(target, stack, replaces=asked.replaces)
        _move(made, target)
        State(target).note_backup(contents.at, contents.facts)
        with named_places.writing_to(file):
            placed = _put_settings(contents, file)
    facts = spoken.count("%(number)s fact", "%(number)s facts", contents.facts)
    console.say(
        "Restored: the state folder %(folder)s, as it was on %(day)s with %(facts)s.",
        folder=target,
        day=contents.at[:10],
        facts=facts,
    )
    notes = [*former, *placed, *_of_ledger(target)]
    console.answer(facts=contents.facts, at=contents.at, notes=notes)
    for line in notes:
        console.out.print(spoken.translated(line), markup=False)
    console.say("`radiary doctor` says whether library and private shelf belong to it.")
    return 0


def _refuse_other(path: Path) -> None:
    """What is no backup needs no passphrase. Raises Mistaken and DamagedBackup."""
    try:
        with path.expanduser().open("rb") as file:
            backup_file.refuse_other(file)
    except NotABackup:
        raise NotABackup(
            sentence("%(file)s is no backup of Radiary's. Name a file that `radiary backup` wrote.", file=path)
        ) from None
    except (FileNotFoundError, NotADirectoryError):
        raise Mistaken(sentence("There is no file %(file)s.", file=path)) from None
    except OSError as error:
        closed = sentence(
            "The backup %(file)s cannot be read (%(why)s). Allow it, or name another one.", file=path, why=refusal(error)
        )
        raise Mistaken(closed) from None


def is_backup(name: str) -> bool:
    """Whether what is to be restored is a backup's file, and no exam: exams are folders, and in no file."""
    path = Path(name).expanduser()
    return path.suffix == ".radiary" or any(one.is_file() for one in (path, *path.parents))


def passphrase(file: Path | None, *, is_new: bool) -> str:
    """From a file's first line, the prompt, or a pipe. Raises Mistaken for a short or mistyped one."""
    if file is not None:
        try:
            said = file.expanduser().read_text(encoding="utf-8").splitlines()[0]
        except (OSError, ValueError, IndexError):
            raise Mistaken(sentence("No passphrase can be read from %(file)s.", file=file)) from None
    elif not sys.stdin.isatty():
        said = console.typed(sys.stdin.readline())
    else:
        said = _asked(is_new=is_new)
    if not said:
        raise Mistaken(_NOT_GIVEN)
    if is_new and len(said) < _SHORTEST:
        raise Mistaken(sentence("A passphrase has at least %(number)s characters; several words are best.", number=_SHORTEST))
    return said


def _asked(*, is_new: bool) -> str:
    try:
        said = getpass.getpass(spoken.say("Passphrase of the backup: "))
        if is_new and getpass.getpass(spoken.say("Once more: ")) != said:
            raise Mistaken("The two are not the same.")
    except EOFError:
        return ""
    return said


def _check(made: Path) -> None:
    """Raises NewerLedger, and Unusable for a key that is not the ledger's. Of a ledger that was damaged before is told later."""
    if not (made / "key").exists():
        raise DamagedBackup
    try:
        known = folded(ledger.read(made / "ledger.jsonl")).key
    except ledger.NewerLedger:
        raise
    except Unusable:
        return
    State(made).key(known)


def _state_of(contents: backup.Contents, made: Path, asked: BackupArguments) -> Path:
    """Where the settings of the backup want it: they are to count here."""
    if contents.settings is None:
        return sources.load(None, asked.overrides).state
    draft = made / "config.toml"
    private.write(draft, contents.settings)
    try:
        return sources.load(draft, asked.overrides).state
    finally:
        draft.unlink()


def _make_room(target: Path, stack: ExitStack, *, replaces: bool) -> list[str]:
    """A state folder that is in use is left alone, one that holds something too, unless it is to be put aside."""
    if not target.exists():
        return []
    stack.enter_context(State(target).locked())
    if not (left := [one for one in target.iterdir() if one.name != "lock"]):
        (target / "lock").unlink()
        with contextlib.suppress(OSError):  # what a disk is mounted on stays, and is filled
            target.rmdir()
        return []
    if not replaces:
        full = sentence(
            "The state folder %(folder)s is not empty (%(number)s files or folders). --replace puts it aside.",
            folder=target,
            number=len(left),
        )
        raise Mistaken(full)
    aside = target.with_name(f"{target.name}.before-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    target.rename(aside)
    return [sentence("What was there lies in %(folder)s now.", folder=aside)]


def _move(made: Path, target: Path) -> None:
    """All at once, or into an empty folder that stays: the key last, without which nothing begins to work there."""
    private.folder(target.parent)
    if target.exists():
        for path in sorted(made.iterdir(), key=lambda path: path.name == "key"):
            moving.move(path, target / path.name)
        private.sync(target)
    else:
        moving.move(made, target)
    private.sync(target.parent)


def _put_settings(contents: backup.Contents, file: Path) -> list[str]:
    """The settings file, where there is none; one that is there stays."""
    if contents.settings is None:
        return []
    if not file.exists():
        private.folder(file.parent)
        private.write(file, contents.settings)
        return [sentence("The settings are in %(file)s.", file=file)]
    if file.read_bytes() == contents.settings:
        return []
    beside = file.with_name(f"{file.name}.from-backup")
    private.replace(beside, contents.settings)
    return [sentence("There are settings already, and they stay; those of the backup are beside them, in %(file)s.", file=beside)]


def _of_ledger(state: Path) -> list[str]:
    return [
        sentence("The ledger was damaged when the backup was taken: %(why)s", why=one)
        for one in ledger.faults(state / "ledger.jsonl")
    ]
