"""`radiary service install`: from the settings to a service that runs."""

import os
import pwd
from collections.abc import Iterable
from pathlib import Path

from radiary.commands import console
from radiary.commands.service_place import Asked, Place, plan_of, taking_away
from radiary.files import private
from radiary.installing.keeper import Standing
from radiary.installing.plan import Plan, shared
from radiary.model.errors import AlreadyRunning, OtherService, ServiceNotStarted, Unusable
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State


def install(asked: Asked, place: Place) -> int:
    """Write the service's file, start it, and say what was done; again, it takes the place of what stood there."""
    place.keeper.check()
    plan, settings = plan_of(asked, place)
    others = [one for one in place.keeper.standing() if one.path != place.keeper.path(plan.name)]
    refuse_others(plan, others)
    stands = place.keeper.path(plan.name).exists()
    if State(settings.state).is_locked() and not (stands and place.keeper.health(plan.name).is_running):
        raise AlreadyRunning
    _make_folders(settings, place, plan)
    aside = _put_aside(place, plan.name)
    path = place.keeper.put(plan)
    place.keeper.start(plan.name)
    if not place.keeper.health(plan.name).is_running:
        raise ServiceNotStarted
    for line in (*_told(plan, place, path, others, stands=stands), *aside):
        console.out.print(line, markup=False)
    return 0


def _put_aside(place: Place, name: str) -> list[str]:
    """A file that somebody wrote by hand is kept: what stands in it may be missed."""
    path = place.keeper.path(name)
    if not any(one.path == path and one.work is None for one in place.keeper.standing()):
        return []
    aside = path.with_name(f"{path.name}.before")
    path.replace(aside)
    return [f"The one that stood there was written by hand: it is {aside} now. See whether it had other folders or settings."]


def refuse_others(plan: Plan, others: Iterable[Standing]) -> None:
    """Two services for one folder would file everything twice, or get in each other's way. Raises OtherService."""
    for other in others:
        if other.work is not None and shared(plan.state, plan.watched, other.work):
            raise OtherService(f"{OtherService.sentence()} It stands in {other.path}: {taking_away(other.path)}.")


def _make_folders(settings: Settings, place: Place, plan: Plan) -> None:
    """Where nothing was filed yet, the folders are made now: the service may not make them, and sees none that comes later.

    Later, one that is missing is on a disk that is away, and must not be made anew in its place.
    """
    state = State(settings.state)
    try:
        is_new = not state.ledger.exists() and not ledger.is_lost(state.ledger)
        wanted = [*plan.folders.written, plan.config.parent] if is_new else [settings.state]
        for folder in wanted:
            missing = [one for one in (folder, *folder.parents) if not one.exists()]
            private.folder(folder)
            if place.keeper.is_system:
                _give(missing, place.person)
    except OSError as error:
        raise Unusable(f"A folder of the service cannot be made ({error.strerror}): check the settings.") from None


def _give(folders: Iterable[Path], person: str) -> None:
    """What root made below a person's home is hers."""
    entry = pwd.getpwnam(person)
    for folder in folders:
        os.chown(folder, entry.pw_uid, entry.pw_gid)


def _told(plan: Plan, place: Place, path: Path, others: Iterable[Standing], *, stands: bool) -> list[str]:
    """What was done, and what is to be done by whom."""
    scope = " --system" if place.keeper.is_system else ""
    lines = [f"The service {plan.name} is {'made anew' if stands else 'installed'} and running: {path}"]
    lines += [f"  It watches {folder}" + ("" if folder.exists() else ", which is missing") for folder in plan.watched]
    lines += [f"  and writes to {', '.join(map(str, plan.folders.written))}"]
    if not place.keeper.stays():
        lines.append(_of_leaving(place))
    lines += [
        f"Another unit of Radiary's stands in {one.path}, written by hand: see that it has other folders, or remove it."
        for one in others
        if one.work is None
    ]
    lines.append(f"`radiary service status{scope}` and `radiary service logs{scope}` say how it is.")
    lines.append("After a change of the folders or of `after` in the settings, install it once more.")
    return lines


def _of_leaving(place: Place) -> str:
    if place.keeper.path("x").suffix == ".plist":
        asks = "macOS asks whether it may read the downloads folder: System Settings, Privacy & Security."
        return f"It runs while you are logged in. {asks}"
    return f"It ends when you log out: `sudo loginctl enable-linger {place.person}` has it go on."
