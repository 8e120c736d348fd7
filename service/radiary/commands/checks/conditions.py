"""What is as it should be on the disk, and what is not: the same for `radiary status` and `radiary doctor`."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

from radiary.language import sentence
from radiary.library.ownership import Claim, claim_of
from radiary.library.shelf import Library
from radiary.model.errors import (
    ChronicleOffline,
    ChronicleReadOnly,
    FolderMissing,
    FolderShared,
    FolderUnreachable,
    KeyLost,
    LibraryFull,
    LibraryOffline,
    LibraryReadOnly,
    NotNow,
    PasswordsUnreadable,
    ShelfOffline,
    ShelfReadOnly,
    StateFull,
    StateUnwritable,
)
from radiary.settings import Settings
from radiary.state.folder import FRESH, State
from radiary.state.people import People
from radiary.state.queue import Queue
from radiary.watch import folders
from radiary.workers.collecting import without_collecting

WATCHED = "watch"
_PATIENCE = 5.0
"""Seconds in which a folder answers; a share whose server is gone may never."""
_FULL = 1 << 20
"""Bytes of free space below which a disk counts as full."""
_ROUNDED = 0.1
"""Seconds by which a sign of life may seem to come from the future."""


@dataclass(frozen=True)
class Condition:
    """A folder: the setting that names it, where it is, and the reason (a slug) why it cannot be used, if there is one."""

    what: str
    path: Path
    reason: str | None


class Life(Enum):
    """Whether the service is there."""

    RUNNING = "running"
    SILENT = "silent"
    NONE = "none"


def life(pulse: Mapping[str, Any], conditions: list[Condition], *, is_locked: bool) -> Life:
    """Whether the service runs and gives signs of life; with a full disk it cannot, and is taken at its lock."""
    if not is_locked:
        return Life.NONE
    now = time.monotonic()
    age = now - pulse.get("monotonic", now)
    can_tell = not {StateFull.reason(), StateUnwritable.reason()} & {condition.reason for condition in conditions}
    return Life.SILENT if can_tell and not -_ROUNDED <= age < FRESH else Life.RUNNING


def said_of_watched(pulse: Mapping[str, Any]) -> dict[str, str]:
    """What the service said of watched folders, by position: why it cannot look into them, or that another one watches them."""
    return {**dict.fromkeys(map(str, pulse.get("shared", ())), FolderShared.reason()), **pulse.get("away", {})}


def conditions(settings: Settings, queue: Queue, key: bytes | None, away: Mapping[str, str]) -> list[Condition]:
    """Every folder of the settings; `away` is what the service, which may see more or less, said of watched ones, by position."""
    watched = [
        Condition(WATCHED, folder, away.get(str(number)) or _reason(partial(folders.look_into, folder)))
        for number, folder in enumerate(settings.watched)
    ]
    library = LibraryOffline if queue.known_studies() else None
    shelf = ShelfOffline if queue.has_ever_held() else None
    is_key_lost, was_told = key is None and queue.key is not None, bool(queue.chronicled)
    state = State(settings.state)  # with neither key nor ledger, nobody knows whose a library is
    claim = claim_of(state, queue) if not is_key_lost and _is_at_hand(state.ledger) else None
    return [
        *watched,
        Condition("library", settings.library, _reason(partial(_usable, settings.library, library, claim))),
        Condition("private", settings.private, _reason(partial(_usable, settings.private, shelf, claim, closed=ShelfReadOnly))),
        Condition("chronicle", settings.chronicle, _reason(partial(_chronicle, settings.chronicle, was_told=was_told))),
        Condition("state", settings.state, _reason(partial(_state, settings.state, key, is_key_lost=is_key_lost))),
    ]


def chronicle_faults(settings: Settings, queue: Queue) -> list[tuple[bool, str]]:
    """What is wrong with the owner's file and pictures, in sentences, and whether each keeps exams out of her file."""
    from radiary.chronicle import faults  # here: `status` and `doctor` alone look at the chronicle
    from radiary.chronicle.site import site_of
    from radiary.commands.checks import her_file

    site = site_of(settings)
    try:
        with without_collecting():
            said = list(faults.sentences(site))
        left_out = None if any(is_in_the_way for is_in_the_way, _ in said) else her_file.left_out(settings, queue)
    except OSError:
        return [(True, sentence("The chronicle's file cannot be read: %(file)s", file=site.data))]
    return said if left_out is None or (False, left_out) in said else [*said, (True, left_out)]


def _usable(place: Path, offline: type[NotNow] | None, claim: Claim | None, *, closed: type[NotNow] = LibraryReadOnly) -> None:
    """Raises NotNow for a library or shelf that cannot be used; `offline` when its mark has to be there and is not.

    With `claim`, also for one that does not belong to the state folder; `closed` where it cannot be written to.
    """
    try:
        if offline is not None and not Library(place).is_marked:
            raise offline
        if claim is not None:
            claim.check(Library(place), completes=False)
        if not os.access(nearest(place), os.W_OK | os.X_OK):
            raise closed
    except (PermissionError, LibraryReadOnly):  # the shelf is read as libraries are, and is none
        raise closed from None
    if shutil.disk_usage(nearest(place)).free < _FULL:
        raise LibraryFull


def _chronicle(place: Path, *, was_told: bool) -> None:
    from radiary.chronicle.site import Site  # here: `status` and `doctor` alone look at the chronicle

    if was_told and not place.parent.is_dir():
        raise FolderMissing
    if was_told and Site(place).is_bare():
        raise ChronicleOffline
    _usable(place, None, None, closed=ChronicleReadOnly)


def _state(place: Path, key: bytes | None, *, is_key_lost: bool) -> None:
    try:
        if not os.access(nearest(place), os.W_OK | os.X_OK):
            raise StateUnwritable
    except PermissionError:
        raise StateUnwritable from None
    if shutil.disk_usage(nearest(place)).free < _FULL:
        raise StateFull
    if is_key_lost:
        raise KeyLost
    if key is not None:
        People(place / "people", key).all()
        if not State(place).passwords.are_at_hand():
            raise PasswordsUnreadable


def _is_at_hand(ledger: Path) -> bool:
    """Whether a ledger can be read, or there is none."""
    try:
        return not ledger.exists() or (ledger.is_file() and os.access(ledger, os.R_OK))
    except PermissionError:
        return False


def nearest(place: Path) -> Path:
    """The folder itself, or the one above it in which it will be made."""
    return next(folder for folder in (place, *place.parents) if folder.exists())


def _reason(look: Callable[[], None]) -> str | None:
    """Why a look failed; one that does not come to its end is left to itself."""
    reasons = [FolderUnreachable.reason()]

    def work() -> None:
        reasons.extend(_said(look))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(_PATIENCE)
    return reasons[-1] or None


def _said(look: Callable[[], None]) -> Iterator[str]:
    try:
        look()
    except NotNow as error:
        yield error.reason()
    except OSError:
        yield FolderUnreachable.reason()
    else:
        yield ""
