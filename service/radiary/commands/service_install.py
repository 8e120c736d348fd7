"""`radiary service install`: from the settings to a service that runs."""

import os
import pwd
from collections.abc import Iterable
from pathlib import Path

from radiary.commands.service_place import Place, ServiceArguments, plan_of, typed
from radiary.commands.speaking import console
from radiary.commands.speaking.spoken import say
from radiary.files import private
from radiary.installing.keeper import InstalledService
from radiary.installing.plan import Plan, shared
from radiary.language import marked, refusal, sentence
from radiary.model.errors import AlreadyRunning, OtherService, ServiceNotStarted, Unusable
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State


def install(asked: ServiceArguments, place: Place) -> int:
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
    for line in (*_sentences(plan, place, path, others, stands=stands), *aside):
        console.out.print(line, markup=False)
    console.answer(name=plan.name, installed=True)
    return 0


def _put_aside(place: Place, name: str) -> list[str]:
    """A file that somebody wrote by hand is kept: what stands in it may be missed."""
    path = place.keeper.path(name)
    if not any(one.path == path and one.work is None for one in place.keeper.standing()):
        return []
    aside = path.with_name(f"{path.name}.before")
    path.replace(aside)
    return [
        say(
            "The one that stood there was written by hand: it is %(file)s now. See whether it had other folders or settings.",
            file=aside,
        )
    ]


def refuse_others(plan: Plan, others: Iterable[InstalledService]) -> None:
    """Two services for one folder would file everything twice, or get in each other's way. Raises OtherService."""
    for other in others:
        if other.work is not None and shared(plan.state, plan.watched, other.work):
            why, command = sentence(OtherService.sentence()), typed("uninstall", other.path)
            raise OtherService(sentence("%(why)s It stands in %(file)s: %(command)s.", why=why, file=other.path, command=command))


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
        said = sentence("A folder of the service cannot be made (%(why)s): check the settings.", why=refusal(error))
        raise Unusable(said) from None


def _give(folders: Iterable[Path], person: str) -> None:
    """What root made below a person's home is hers."""
    entry = pwd.getpwnam(person)
    for folder in folders:
        os.chown(folder, entry.pw_uid, entry.pw_gid)


def _sentences(plan: Plan, place: Place, path: Path, others: Iterable[InstalledService], *, stands: bool) -> list[str]:
    """What was done, and what is to be done by whom."""
    anew = marked("The service %(name)s is made anew and running: %(file)s")
    first = marked("The service %(name)s is installed and running: %(file)s")
    lines = [say(anew if stands else first, name=plan.name, file=path)]
    there, missing = marked("  It watches %(folder)s"), marked("  It watches %(folder)s, which is missing")
    lines += [say(there if folder.exists() else missing, folder=folder) for folder in plan.watched]
    lines += [say("  and writes to %(folders)s", folders=", ".join(map(str, plan.folders.written)))]
    if not place.keeper.stays():
        lines.append(_of_leaving(place))
    by_hand = marked(
        "Another unit of Radiary's stands in %(file)s, written by hand: see that it has other folders, or remove it."
    )
    lines += [say(by_hand, file=one.path) for one in others if one.work is None]
    commands = {does: typed(does, path) for does in ("status", "logs")}
    lines.append(say("%(status)s and %(logs)s say how it is.", **commands))
    lines.append(say("After a change of the folders or of `after` in the settings, install it once more."))
    return lines


def _of_leaving(place: Place) -> str:
    if place.keeper.path("x").suffix == ".plist":
        return say(
            "It runs while you are logged in. macOS asks whether it may read the downloads folder: System Settings, Privacy & "
            "Security."
        )
    linger = f"`sudo loginctl enable-linger {place.person}`"
    return say("It ends when you log out: %(command)s has it go on.", command=linger)
