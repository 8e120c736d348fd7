"""When is a download complete? Sizes, names and time come in as arguments; nothing here looks at a disk or a clock."""

from collections.abc import Container, Iterable
from enum import Enum
from fnmatch import fnmatch

from radiary.archives.source import Sighting

PATIENCE = 10
"""Quiet periods after which an empty file or a zip without an end is taken for what it is: a broken download."""

PARTIAL_ENDINGS = (".crdownload", ".part", ".partial", ".download", ".opdownload", ".tmp", "~")
"""Names under which browsers and tools write what is not finished; hidden names count, too."""


class Verdict(Enum):
    """Whether to take a thing now, look again soon, or leave it alone until it changes."""

    TAKE = "take"
    WAIT = "wait"
    LEAVE = "leave"


def is_partial(name: str, siblings: Container[str]) -> bool:
    """Whether a name is a download in progress, or stands beside one of its own name (Firefox keeps both)."""
    if name.startswith(".") or name.lower().endswith(PARTIAL_ENDINGS):
        return True
    return any(name + ending in siblings for ending in PARTIAL_ENDINGS)


def is_arriving_inside(name: str) -> bool:
    """Whether a name inside a folder is a download in progress; hidden files are other programs' notes there."""
    return not name.startswith(".") and is_partial(name, ())


def is_ignored(name: str, patterns: Iterable[str]) -> bool:
    """Whether a name matches one of the person's own patterns."""
    return any(fnmatch(name, pattern) for pattern in patterns)


def verdict(sighting: Sighting, unchanged: float, quiet: float) -> Verdict:
    """Decide on an entry that has been `unchanged` seconds (a quiet period is `quiet` seconds)."""
    if not sighting.is_candidate:
        return Verdict.LEAVE
    return Verdict.WAIT if unchanged < still(sighting, quiet) else Verdict.TAKE


def still(sighting: Sighting, quiet: float) -> float:
    """How many seconds an entry must stay unchanged."""
    return quiet * (1 if sighting.is_whole else PATIENCE)
