"""Whether the services that are installed here are those of the settings."""

import os
from collections.abc import Iterator
from pathlib import Path

from radiary.commands.service_place import ServiceArguments, place_of, typed
from radiary.installing.keeper import InstalledService
from radiary.installing.plan import Work, folders_of, outdated, shared
from radiary.language import sentence
from radiary.settings import Settings


def faults(settings: Settings, config: Path) -> Iterator[tuple[bool, str]]:
    """What is to be said of each, in a sentence, and whether it is in the way."""
    place = place_of(ServiceArguments())
    for standing in place.keeper.standing():
        yield from _faults_of(standing, settings, config, again=typed("install", standing.path))


def others(settings: Settings) -> Iterator[tuple[str, Work]]:
    """Services of this person's with another state folder: what each is called, and what it works on."""
    for standing in place_of(ServiceArguments()).keeper.standing():
        work = standing.work
        if work and work.state != str(settings.state) and os.access(work.state, os.R_OK | os.X_OK):
            yield standing.path.stem.removeprefix("org.radiary."), work


def starting(settings: Settings) -> str:
    """What is typed to start it: the service that is installed for this state folder, if there is one."""
    standing = place_of(ServiceArguments()).keeper.standing()
    own = (one.path for one in standing if one.work and one.work.state == str(settings.state))
    return next((typed("install", path) for path in own), "`radiary run`")


def _faults_of(standing: InstalledService, settings: Settings, config: Path, *, again: str) -> Iterator[tuple[bool, str]]:
    work = standing.work
    if work is None or not shared(settings.state, settings.watched, work):
        return
    if work.state != str(settings.state):
        other = sentence(
            "%(file)s watches the same folders for another state folder: %(command)s ends it.",
            file=standing.path,
            command=typed("uninstall", standing.path),
        )
        yield True, other
    elif not Path(work.program).exists():
        absent = sentence(
            "%(file)s calls a program that is not there any more: %(again)s makes it anew.", file=standing.path, again=again
        )
        yield True, absent
    elif outdated(folders_of(settings, config), settings.watched, work):
        former = sentence(
            "%(file)s was made for other folders than the settings have now: %(again)s makes it anew.",
            file=standing.path,
            again=again,
        )
        yield False, former
