"""What `radiary doctor` asks of the computer: its clock, its notices of changes, the packages that Radiary is installed with."""

import importlib
import importlib.util
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from radiary.commands.checks.check import Check
from radiary.files import installation
from radiary.language import joined, sentence
from radiary.model.events import Event
from radiary.watch import listening

_EXTRAS = {
    sentence("7z archives"): ("py7zr", "archives", sentence("exports in this format are refused")),
    sentence("images of patient CDs"): ("pycdlib", "archives", sentence("exports in this format are refused")),
    sentence("first pictures of films"): ("cv2", "films", sentence("`radiary review` tells of films without one")),
    sentence("system keyring"): ("keyring", "keyring", sentence("`radiary unlock --keyring` has nothing to ask")),
    sentence("notifications"): ("jeepney", "notifications", sentence("the desktop is told nothing")),
}
_MORE_NOTICES = "sudo sysctl fs.inotify.max_user_instances=512 fs.inotify.max_user_watches=524288"
_EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right stands before this version."""
_DRIFT = timedelta(minutes=10)
"""How far a clock may have been set back since something was written down."""


def clock(last: Event | None, now: datetime) -> Check:
    """Whether the clock can be right; `last` is the newest fact. Days on pages and in the trash go by it."""
    what, moment = sentence("clock"), "%Y-%m-%d %H:%M"
    if now < _EARLIEST:
        past = sentence("it says %(day)s, which is past. Set it: days in library and trash go by it.", day=f"{now:%Y-%m-%d}")
        return Check(what, "bad", past)
    if last and last.at > now + _DRIFT:
        late = sentence(
            "it says %(now)s UTC, but a fact was written down at %(last)s. Set it.",
            now=now.strftime(moment),
            last=last.at.strftime(moment),
        )
        return Check(what, "note", late)
    return Check(what, "well", f"{now.strftime(moment)} UTC")


def notices_of_changes(folders: tuple[Path, ...], *, polling: bool, seconds: float) -> Check:
    """Whether the system tells when something comes; without, downloads are found every so many `seconds`."""
    what = sentence("notices of changes")
    if polling:
        return Check(what, "well", sentence("not asked for: `polling` compares listings"))
    there = [folder for folder in folders if folder.is_dir()]
    if trouble := next((one for one in map(listening.trouble, there) if one), None):
        none = sentence(
            "the system gives none (%(why)s), so downloads are found every %(seconds)s seconds. On Linux, `%(command)s` gives it "
            "more of them.",
            why=trouble,
            seconds=f"{seconds:g}",
            command=_MORE_NOTICES,
        )
        return Check(what, "note", none)
    return Check(what, "well", sentence("the system gives them"))


def packages() -> Iterator[Check]:
    """Whether every package is there in a version that Radiary works with, and whether the optional ones work."""
    wrong = sorted(_unmet())
    if wrong:
        again = sentence(
            "%(packages)s. Install Radiary again: `%(install)s`.",
            packages=joined(wrong, ", "),
            install=installation.adding(again=True),
        )
        yield Check(sentence("packages"), "bad", again)
    else:
        yield Check(sentence("packages"), "well", sentence("all there, in versions that work together"))
    for what, (module, extra, without) in _EXTRAS.items():
        yield _extra(what, module, extra, without=without)


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
            yield sentence("%(package)s is missing", package=requirement.name)
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            package, wanted = f"{requirement.name} {version}", requirement.specifier
            yield sentence("%(package)s is not %(wanted)s", package=package, wanted=wanted)


def _extra(what: str, module: str, extra: str, *, without: str) -> Check:
    install = f"`{installation.adding(extra)}`"
    if importlib.util.find_spec(module) is None:
        missing = sentence("not installed: %(without)s. %(install)s adds it.", without=without, install=install)
        return Check(what, "note", missing)
    try:
        importlib.import_module(module)
    except Exception as error:  # noqa: BLE001 - whatever a broken package raises
        broken = sentence(
            "installed, but broken (%(error)s): %(without)s. %(install)s installs it anew.",
            error=type(error).__name__,
            without=without,
            install=install,
        )
        return Check(what, "bad", broken)
    return Check(what, "well", sentence("installed"))
