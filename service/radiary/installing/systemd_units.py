"""Units for systemd, as text."""

import re
from collections.abc import Iterable
from pathlib import Path
from string import Template

from radiary.installing.plan import Plan, Work, outermost
from radiary.model.errors import Unusable

_HIDDEN = (Path("/home"), Path("/root"), Path("/run/user"), Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - not used, hidden
"""What ProtectHome=tmpfs and PrivateTmp=yes hide: what is wanted of it is bound into the empty folders there."""
_ALONE = "PrivateNetwork=yes\nIPAddressDeny=any\nRestrictAddressFamilies=AF_UNIX"
_ON_A_NETWORK = "# A cluster of workers is spoken to.\nRestrictAddressFamilies=AF_UNIX AF_INET AF_INET6"
_STOP_MARGIN = 20
"""Seconds that systemd waits beyond `stop_seconds`."""
_SECTION = "[X-Radiary]"


def file_name(name: str) -> str:
    """How a unit is called."""
    return f"{name}.service"


def user_unit(plan: Plan, template: str) -> str:
    """The unit of a person's own systemd. Her home is there to be read; she may write where the plan says."""
    outside = [path for path in plan.folders.written if not _is_temporary(path)]
    bound = [path for path in plan.folders.written if _is_temporary(path)]
    folders = [
        _line("ReadWritePaths", outside),
        _line("BindPaths", bound, separates=True),
        _line("BindReadOnlyPaths", [path for path in plan.folders.read if _is_temporary(path)], separates=True),
    ]
    return _filled(plan, template, folders)


def system_unit(plan: Plan, template: str) -> str:
    """The unit of the system's systemd, which runs as a person and sees her folders alone."""
    inside = [path for path in plan.folders.written if _is_hidden(path)]
    outside = [path for path in plan.folders.written if not _is_hidden(path)]
    read = outermost([*plan.folders.read, *plan.program.made_of])
    folders = [
        _line("BindPaths", inside, separates=True),
        _line("BindReadOnlyPaths", [path for path in read if _is_hidden(path)], separates=True),
        _line("ReadWritePaths", outside),
    ]
    return _filled(plan, template, folders)


def work_of(text: str) -> Work | None:
    """What a unit that was made here works on; None for one that somebody wrote by hand."""
    said: dict[str, list[str]] = {}
    for line in text.partition(_SECTION + "\n")[2].splitlines():
        name, _, value = line.partition("=")
        said.setdefault(name, []).append(value)
    if "State" not in said:
        return None
    watched, written = (tuple(said.get(name, ())) for name in ("Watch", "Write"))
    return Work(said["State"][0], watched, written=written, program=said.get("Program", [""])[0])


def _filled(plan: Plan, template: str, folders: Iterable[str]) -> str:
    environment = {"HOME": str(plan.home), **plan.environment} if "$person" in template else plan.environment
    work = plan.work
    told = [f"State={work.state}", *(f"Watch={one}" for one in work.watched), *(f"Write={one}" for one in work.written)]
    executed = outermost([Path("/usr"), *plan.program.made_of])
    return Template(template).substitute(
        name=plan.name,
        person=plan.person,
        command=" ".join(_word(part.replace("$", "$$")) for part in plan.program.command),
        environment="".join(f"Environment={_word(f'{name}={value}')}\n" for name, value in environment.items()),
        longest_stop=round(max(30, plan.stop_seconds + _STOP_MARGIN)),
        folders="".join(folders),
        network=_ON_A_NETWORK if plan.has_network else _ALONE,
        executes=" ".join(_word(str(path)) for path in executed),
        standing="\n".join(map(_plain, [*told, f"Program={work.program}"])),
    )


def _line(directive: str, paths: Iterable[Path], *, separates: bool = False) -> str:
    """A directive with paths, none of which has to be there; in a bound one a colon would separate source and target."""
    words = [_word("-" + (str(path).replace(":", "\\:") if separates else str(path))) for path in paths]
    return f"{directive}={' '.join(words)}\n" if words else ""


def _word(text: str) -> str:
    """One word as systemd reads it (systemd.syntax(7)): quoted where it must be, `%` doubled."""
    escaped = _plain(text).replace("%", "%%").replace("\\", "\\\\").replace('"', '\\"')
    return escaped if re.fullmatch(r"[\w./=:@%+,~-]+", escaped) else f'"{escaped}"'


def _plain(text: str | Path) -> str:
    """Raises Unusable for a line break, which no unit can hold."""
    if any(ord(character) < 32 for character in str(text)):
        raise Unusable("A folder or a setting with a line break in its name cannot stand in a unit. Give it another name.")
    return str(text)


def _is_hidden(path: Path) -> bool:
    return any(place in (path, *path.parents) for place in _HIDDEN)


def _is_temporary(path: Path) -> bool:
    return any(place in (path, *path.parents) for place in _HIDDEN[3:])
