"""`radiary service`: install, uninstall, status, logs. systemd or launchd keeps the service that is made from the settings."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict

from radiary.commands.command_line.exits import Exit
from radiary.commands.service_install import install
from radiary.commands.service_place import Place, ServiceArguments, place_of, typed
from radiary.commands.speaking import console
from radiary.commands.speaking.spoken import count, say
from radiary.installing.keeper import Health
from radiary.language import marked, sentence
from radiary.model.errors import Mistaken, ServiceNotStopped


def service(asked: ServiceArguments, does: str) -> int:
    """Do it; the exit status. Raises Unusable, NoServiceManager, NoSession, OtherService and ServiceNotStarted."""
    place = place_of(asked)
    run: dict[str, Callable[[ServiceArguments, Place], int]] = {
        "install": install,
        "uninstall": uninstall,
        "status": status,
        "logs": logs,
    }
    return run[does](asked, place)


def uninstall(_asked: ServiceArguments, place: Place) -> int:
    """Stop it and take it away; nothing that it made."""
    path = place.keeper.path(place.name)
    if not path.exists():
        console.say("There is no service %(name)s here: %(file)s is missing.", name=place.name, file=path)
        console.answer(name=place.name, installed=False)
        return 1
    if any(one.path == path and one.work is None for one in place.keeper.standing()):
        raise Mistaken(
            sentence(
                "%(file)s was written by hand, not by `radiary service install`: stop it and take it away yourself.", file=path
            )
        )
    place.keeper.check()
    place.keeper.remove(place.name)
    if place.keeper.health(place.name).is_running:
        raise ServiceNotStopped
    console.say(
        "The service %(name)s is stopped and taken away. Library, chronicle and state folder stay where they are.",
        name=place.name,
    )
    console.answer(name=place.name, installed=False)
    return 0


def status(asked: ServiceArguments, place: Place) -> int:
    """Whether it is installed and runs: 0, else 3."""
    is_installed = place.keeper.path(place.name).exists()
    if is_installed:
        place.keeper.check()
    health = place.keeper.health(place.name) if is_installed else Health(is_running=False, is_enabled=False)
    if asked.as_json:
        told = {"name": place.name, "installed": is_installed, "file": str(place.keeper.path(place.name))} | asdict(health)
        sys.stdout.write(json.dumps(told, indent=1) + "\n")
    else:
        console.out.print(said_of(place, health, is_installed=is_installed), markup=False)
    return 0 if health.is_running else Exit.NOT_RUNNING


def logs(asked: ServiceArguments, place: Place) -> int:
    """Show its log, as far as there is a service: 3 without one."""
    if not place.keeper.path(place.name).exists():
        console.out.print(said_of(place, Health(is_running=False, is_enabled=False), is_installed=False), markup=False)
        return Exit.NOT_RUNNING
    return place.keeper.logs(place.name, follows=asked.follows)


def said_of(place: Place, health: Health, *, is_installed: bool) -> str:
    """Whether it runs, when it starts, and what is typed for that."""
    path = place.keeper.path(place.name)
    install = typed("install", path)
    if not is_installed:
        return say("The service %(name)s is not installed: %(install)s does it.", name=place.name, install=install)
    needs_no_login = place.keeper.needs_no_login() if health.is_enabled else place.keeper.is_system
    starts = say(_STARTS[health.is_enabled, needs_no_login], install=install)
    if health.is_running:
        again = count(
            " It was started again once after a fault.", " It was started again %(number)s times after a fault.", health.restarts
        )
        return say("The service %(name)s is running.", name=place.name) + f" {starts}{again if health.restarts else ''}"
    is_unusable = health.exit_status == Exit.UNUSABLE
    why = say(" The settings have a mistake, or the state folder is not the library's.") if is_unusable else ""
    halts = say("The service %(name)s is installed, but not running.", name=place.name)
    return f"{halts}{why} {starts} " + say("%(logs)s says more.", logs=typed("logs", path))


_STARTS = {
    (True, True): marked("It starts with the computer."),
    (True, False): marked("It starts when you log in."),
    (False, True): marked("It does not start with the computer: %(install)s mends that."),
    (False, False): marked("It does not start when you log in: %(install)s mends that."),
}
"""By whether it is enabled, and whether it does without a login."""
