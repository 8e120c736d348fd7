"""Which service is meant, for whom, and what it is made from."""

import os
import pwd
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from radiary import settings as sources
from radiary.commands.speaking import spoken
from radiary.installing import systemd, this_program
from radiary.installing.keeper import Keeper
from radiary.installing.launchd import Launchd
from radiary.installing.plan import Plan, folders_of
from radiary.installing.systemd import Systemd
from radiary.language import sentence
from radiary.model.errors import Mistaken
from radiary.settings import Settings

NAME = "radiary"


@dataclass(frozen=True)
class ServiceArguments:
    """What the command line says: settings for the service, and which one is meant."""

    config: Path | None = None
    overrides: Mapping[str, Any] = field(default_factory=dict)
    is_system: bool = False
    person: str | None = None
    name: str | None = None
    follows: bool = False
    as_json: bool = False


@dataclass(frozen=True)
class Place:
    """For whom, under which name, and by what it is kept."""

    person: str
    home: Path
    name: str
    keeper: Keeper


def place_of(asked: ServiceArguments) -> Place:
    """Whose service is meant. Raises Mistaken for a system service without the right to install it, or of nobody."""
    word = asked.name or ""
    if asked.name is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", word):
        raise Mistaken("A service's name is made of letters, digits, `-` and `_`.")
    if sys.platform == "darwin" and asked.is_system:
        raise Mistaken("On a Mac the service is an agent of whoever is logged in: leave out --system.")
    if asked.person is not None and not asked.is_system:
        raise Mistaken("--for says whom a service of the system is for: add --system.")
    person, home = _person(asked)
    parts = [NAME, *([person] if asked.is_system else []), *([word] if word else [])]
    keeper: Keeper = Launchd(home) if sys.platform == "darwin" else Systemd(person, home, is_system=asked.is_system)
    return Place(person, home, name="-".join(parts), keeper=keeper)


def typed(does: str, path: Path) -> str:
    """What is typed to have something done with the service whose file this is: that one, and no other."""
    word = path.name.removesuffix(".service").removesuffix(".plist").rpartition(".")[2].removeprefix(NAME).removeprefix("-")
    if path.parent != systemd.SYSTEM_UNITS:
        return _named(f"radiary service {does}", word)
    parts = word.split("-")
    known = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    person = next((name for name in known if _is_somebody(name)), parts[0])
    whose = f" --for {person}" if person else ""
    return _named(f"sudo $(which radiary) service {does} --system{whose}", word.removeprefix(person).removeprefix("-"))


def _named(command: str, name: str) -> str:
    return f"`{command} --name {name}`" if name else f"`{command}`"


def _is_somebody(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def settings_of(asked: ServiceArguments, place: Place) -> tuple[Settings, Path]:
    """The settings as they count for that person, and where her settings file is or would be."""
    if asked.is_system:
        os.environ["HOME"] = str(place.home)
        for name in [one for one in os.environ if one.startswith("XDG_")]:
            del os.environ[name]
    settings = sources.load(asked.config, asked.overrides)
    if not asked.as_json:
        spoken.use(settings.spoken)
    return settings, sources.file_of(asked.config)


def plan_of(asked: ServiceArguments, place: Place) -> tuple[Plan, Settings]:
    """What the service is made from."""
    settings, file = settings_of(asked, place)
    said = this_program.environment(asked.config, asked.overrides, settings.language)
    if asked.is_system:
        said = sources.media_folders() | said  # the file that says where they are is not to be seen from inside
    plan = Plan(
        name=place.name,
        person=place.person,
        home=place.home,
        program=this_program.program(),
        folders=folders_of(settings, file),
        config=file,
        state=settings.state,
        watched=settings.watched,
        environment=said,
        has_network=settings.engine == "dask",
        stop_seconds=settings.stop_seconds,
    )
    return plan, settings


def _own_name() -> str:
    """Who is at work here; a container may know only a number."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def _person(asked: ServiceArguments) -> tuple[str, Path]:
    """Name and home of whom it is for."""
    if not asked.is_system:
        return _own_name(), Path.home()
    if os.geteuid() != 0:
        command = f"sudo {' '.join([sys.argv[0], *sys.argv[1:]])}"
        raise Mistaken(sentence("A service of the system is root's to install: %(command)s", command=command))
    name = os.environ.get("SUDO_USER", "") if asked.person is None else asked.person
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        said = sentence("Nobody is called %(name)r here. Say whom the service is for: --for NAME.", name=name)
        raise Mistaken(said) from None
    if entry.pw_uid == 0:
        raise Mistaken("The service is not run as root. Say whom it is for: --for NAME.")
    return entry.pw_name, Path(entry.pw_dir)
