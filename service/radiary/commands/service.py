"""`radiary service`: install, uninstall, status, logs. systemd or launchd keeps the service that is made from the settings."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict

from radiary.commands import console
from radiary.commands.exits import Exit
from radiary.commands.service_install import install
from radiary.commands.service_place import Asked, Place, place_of
from radiary.installing.keeper import Health
from radiary.model.errors import Mistaken, ServiceNotStopped

DOES = ("install", "uninstall", "status", "logs")


def service(asked: Asked, does: str) -> int:
    """Do it; the exit status. Raises Unusable, NoServiceManager, NoSession, OtherService and ServiceNotStarted."""
    place = place_of(asked)
    run: dict[str, Callable[[Asked, Place], int]] = {
        "install": install,
        "uninstall": uninstall,
        "status": status,
        "logs": lambda asked, place: place.keeper.logs(place.name, follows=asked.follows),
    }
    return run[does](asked, place)


def uninstall(_asked: Asked, place: Place) -> int:
    """Stop it and take it away; nothing that it made."""
    path = place.keeper.path(place.name)
    if not path.exists():
        console.out.print(f"There is no service {place.name} here: {path} is missing.", markup=False)
        return 1
    if any(one.path == path and one.work is None for one in place.keeper.standing()):
        raise Mistaken(f"{path} was written by hand, not by `radiary service install`: stop it and take it away yourself.")
    place.keeper.check()
    place.keeper.remove(place.name)
    if place.keeper.health(place.name).is_running:
        raise ServiceNotStopped
    console.out.print(
        f"The service {place.name} is stopped and taken away. Library, chronicle and state folder stay where they are.",
        markup=False,
    )
    return 0


def status(asked: Asked, place: Place) -> int:
    """Whether it is installed and runs: 0, else 3."""
    is_installed = place.keeper.path(place.name).exists()
    if is_installed:
        place.keeper.check()
    health = place.keeper.health(place.name) if is_installed else Health(is_running=False, is_enabled=False)
    if asked.as_json:
        told = {"name": place.name, "installed": is_installed, "file": str(place.keeper.path(place.name))} | asdict(health)
        sys.stdout.write(json.dumps(told, indent=1) + "\n")
    else:
        console.out.print(_sentence(place, health, is_installed=is_installed), markup=False)
    return 0 if health.is_running else Exit.NOT_RUNNING


def _sentence(place: Place, health: Health, *, is_installed: bool) -> str:
    scope = " --system" if place.keeper.is_system else ""
    if not is_installed:
        return f"The service {place.name} is not installed: `radiary service install{scope}` does it."
    when = "with the computer" if place.keeper.is_system else "when you log in"
    starts = (
        f"It starts {when}." if health.is_enabled else f"It does not start {when}: `radiary service install{scope}` mends that."
    )
    if health.is_running:
        again = f" It was started again {health.restarts} times after a fault." if health.restarts else ""
        return f"The service {place.name} is running. {starts}{again}"
    why = " The settings have a mistake." if health.exit_status == Exit.UNUSABLE else ""
    return f"The service {place.name} is installed, but not running.{why} {starts} `radiary service logs{scope}` says more."
