"""What `radiary doctor` asks of the computer: its clock, its notices of changes, the packages that Radiary is installed with."""

import importlib
import importlib.util
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from radiary.commands.check import Check
from radiary.model.events import Event
from radiary.watch import listening

_EXTRAS = {
    "7z archives": ("py7zr", "archives", "exports in this format are refused"),
    "images of patient CDs": ("pycdlib", "archives", "exports in this format are refused"),
    "system keyring": ("keyring", "keyring", "`radiary unlock --keyring` has nothing to ask"),
    "notifications": ("jeepney", "notifications", "the desktop is told nothing"),
}
_EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right stands before this version."""
_DRIFT = timedelta(minutes=10)
"""How far a clock may have been set back since something was written down."""


def clock(last: Event | None, now: datetime) -> Check:
    """Whether the clock can be right; `last` is the newest fact. Days on pages and in the trash go by it."""
    if now < _EARLIEST:
        return Check("clock", "bad", f"it says {now:%Y-%m-%d}, which is past. Set it: days in library and trash go by it.")
    if last and last.at > now + _DRIFT:
        sentence = f"it says {now:%Y-%m-%d %H:%M} UTC, but a fact was written down at {last.at:%Y-%m-%d %H:%M}. Set it."
        return Check("clock", "note", sentence)
    return Check("clock", "well", f"{now:%Y-%m-%d %H:%M} UTC")


def notices_of_changes(folders: tuple[Path, ...], *, polling: bool, seconds: float) -> Check:
    """Whether the system tells when something comes; without, downloads are found every so many `seconds`."""
    what = "notices of changes"
    if polling:
        return Check(what, "well", "not asked for: `polling` compares listings")
    there = [folder for folder in folders if folder.is_dir()]
    if trouble := next((one for one in map(listening.trouble, there) if one), None):
        sentence = (
            f"the system gives none ({trouble}), so downloads are found every {seconds:g} seconds. On Linux, `sudo sysctl "
            "fs.inotify.max_user_instances=512 fs.inotify.max_user_watches=524288` gives it more of them."
        )
        return Check(what, "note", sentence)
    return Check(what, "well", "the system gives them")


def packages() -> Iterator[Check]:
    """Whether every package is there in a version that Radiary works with, and whether the optional ones work."""
    wrong = sorted(_unmet())
    if wrong:
        yield Check("packages", "bad", f"{', '.join(wrong)}. Install Radiary again: `pip install --force-reinstall radiary`.")
    else:
        yield Check("packages", "well", "all there, in versions that work together")
    for what, (module, extra, without) in _EXTRAS.items():
        yield _extra(what, module, extra, without)


def _unmet() -> Iterator[str]:
    try:
        required = metadata.requires("radiary") or []
    except metadata.PackageNotFoundError:  # it runs from its sources
        return
    for requirement in map(Requirement, required):
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            yield f"{requirement.name} is missing"
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            yield f"{requirement.name} {version} is not {requirement.specifier}"


def _extra(what: str, module: str, extra: str, without: str) -> Check:
    install = f"`pip install 'radiary[{extra}]'`"
    if importlib.util.find_spec(module) is None:
        return Check(what, "note", f"not installed: {without}. {install} adds it.")
    try:
        importlib.import_module(module)
    except Exception as error:  # noqa: BLE001 - whatever a broken package raises
        return Check(what, "bad", f"installed, but broken ({type(error).__name__}): {without}. {install} installs it anew.")
    return Check(what, "well", "installed")
