"""When is a download complete, and when may it be moved? Sizes, names and time come in as arguments; nothing here acts."""

import re
from collections.abc import Iterable
from fnmatch import fnmatch

from radiary.archives.source import Sighting

PATIENCE = 10
"""Quiet periods for what may well be incomplete: an empty file, one that does not begin as what it is called, a zip without an
end, a folder that was seen growing."""
PATIENCE_FOR_MOVING = 60
"""Quiet periods that a folder must be still before it is moved or deleted: a program may pause in the midst of unpacking it."""

CONTROL_FILES = (".aria2", ".lftp-pget-status", ".st")
"""Endings of files that say that the file beside them, of the final name, has holes: those of aria2, lftp and axel."""
PARTIAL_ENDINGS = (
    ".!bt", ".!qb", ".!sync", ".!ut", ".adadownload", ".az!", ".bc!", ".crdownload", ".crswap", ".dlpart", ".download",
    ".downloading", ".dtapart", ".fdmdownload", ".filepart", ".getright", ".icloud", ".incomplete", ".jc!", ".mega", ".ob!",
    ".opdownload", ".part", ".partial", ".td", ".temp", ".tmp", ".ucdownload", ".unconfirmed", ".ut!", ".wkdownload", ".xltd",
    *CONTROL_FILES, "~",
)  # fmt: skip
"""Names under which browsers and tools write what is not finished; hidden names count, too."""
_SAFARI = re.compile(r"\.sb-[0-9a-f]+-\w+$", re.IGNORECASE)
_FIREFOX = re.compile(r"\.[A-Za-z0-9_-]{6,12}(?=(\.[^.]+)?$)")
"""What Firefox puts before the last ending of a download's name while it grows, beside an empty file of the final name."""


def is_partial(name: str) -> bool:
    """Whether a name is that of a download in progress."""
    return name.startswith(".") or _has_partial_ending(name)


def is_arriving_inside(name: str) -> bool:
    """Whether a name inside a folder is a download in progress; hidden files are other programs' notes there."""
    return not name.startswith(".") and _has_partial_ending(name)


def in_progress(names: Iterable[str]) -> set[str]:
    """The final names of downloads in progress, by the names in their folder: many a program keeps both.

    aria2 leaves the whole file's name with a file of its own beside it, Firefox an empty one beside `name.<random>.zip.part`.
    """
    finals: set[str] = set()
    for name in names:
        if _has_partial_ending(name) and not name.endswith("~"):
            final = _without_ending(name)
            finals |= {final, _FIREFOX.sub("", final)}
    return finals


def _has_partial_ending(name: str) -> bool:
    return name.lower().endswith(PARTIAL_ENDINGS) or (".sb-" in name.lower() and _SAFARI.search(name) is not None)


def _without_ending(name: str) -> str:
    ending = next((one for one in PARTIAL_ENDINGS if name.lower().endswith(one)), "")
    return name.removesuffix(name[len(name) - len(ending) :]) if ending else _SAFARI.sub("", name)


def is_ignored(name: str, patterns: Iterable[str]) -> bool:
    """Whether a name matches one of the person's own patterns."""
    return any(fnmatch(name, pattern) for pattern in patterns)


def still(sighting: Sighting, quiet: float, *, is_growing: bool = False) -> float:
    """How many seconds an entry must stay unchanged, by the seconds of a quiet period.

    `is_growing`: whether it is a folder that was seen to change.
    """
    return quiet * (1 if sighting.is_whole and not is_growing else PATIENCE)
