"""What was written into her file last, until she has surely seen it: an editor may save an old text over it.

A file of ours, `.insertions.json`. It may be deleted: then what is gone from her file is taken as taken out by her.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path

from radiary.chronicle import text_lines
from radiary.files import private

_MOST = 3
"""Times that an entry is offered again."""
_LONG_AGO = 0
"""Time of reading of a file that nobody opened since it was written: any program that opens it puts its own there."""


@dataclass
class Insertions:
    """The entries that were written last, by study with their day, and the texts before and after, by their SHA-256."""

    studies: dict[str, str] = field(default_factory=dict)
    before: str = ""
    after: str = ""
    inode: int = 0
    lines: list[str] = field(default_factory=list)
    """Lines, and keys below a line, that were written and stood nowhere before: who has one in her text has seen the new one."""
    offered: dict[str, int] = field(default_factory=dict)

    def is_unchanged(self, text: str) -> bool:
        """Whether the file is as it was written, or nothing waits to be seen."""
        return not self.studies or _digest(text) == self.after

    def lost(self, text: str, missing: Collection[str], *, is_untouched: bool) -> set[str]:
        """Of entries that are missing in the text now, those that an old text was saved over.

        Where one that was written with them is there, or a line of it, she saw them all, and took the others out. So she did
        where the file is again what it was before, and somebody opened it since.
        """
        gone = set(self.studies) & set(missing)
        if len(gone) < len(self.studies) or not set(self.lines).isdisjoint({*text.splitlines(), *_emptied(text)}):
            return set()
        if _digest(_ended(text)) == self.before and not is_untouched:
            return set()
        return {study for study in gone if self.offered.get(study, 0) < _MOST}

    def is_seen(self, text: str, lost: Collection[str]) -> bool:
        """Whether she saved the file since, and nothing was lost by that."""
        return not lost and not self.is_unchanged(text)

    def add(self, before: str, after: str, *, studies: Mapping[str, str], again: Collection[str], inode: int) -> None:
        """Something was written."""
        self.offered = {study: self.offered.get(study, 0) + 1 for study in again}
        self.studies, self.inode = dict(studies), inode
        self.before, self.after = _digest(_ended(before)), _digest(after)
        _, changed = text_lines.changed(before, after, around=1)
        keys, stood = _keys(changed), set(before.splitlines())
        if any(stood.issuperset(key.split("\n")) for key in keys):
            keys -= _keys(before)
        self.lines = sorted({*keys, *(line for line in changed.splitlines() if line.strip())} - stood)


def read(path: Path) -> Insertions:
    """What is remembered; nothing where it is lost or damaged."""
    try:
        return Insertions(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return Insertions()


def keep(path: Path, insertions: Insertions) -> None:
    """Remember it."""
    private.replace(path, json.dumps(asdict(insertions)).encode())


def mark(path: Path) -> int:
    """Have a file that was just written say when somebody opens it; its number, by which it is known."""
    status = path.stat()
    with contextlib.suppress(OSError):
        os.utime(path, ns=(_LONG_AGO, status.st_mtime_ns))
    return status.st_ino


def is_untouched(path: Path, insertions: Insertions) -> bool:
    """Whether nobody opened the file to read since it was marked; not known of one that another took the place of."""
    with contextlib.suppress(OSError):
        status = path.stat()
        return status.st_ino == insertions.inode and status.st_atime_ns == _LONG_AGO
    return False


def _keys(text: str) -> set[str]:
    """Keys that stand alone on their line, each with the line above it."""
    return {f"{above}\n{key}" for above, key in pairwise(text.splitlines()) if key.endswith(":")}


def _emptied(text: str) -> set[str]:
    """Those of them under which nothing stands: what is left of an entry that was taken out."""
    lines = [*text.splitlines(), ""]
    below = {f"{above}\n{key}": line for above, key, line in zip(lines, lines[1:], lines[2:], strict=False)}
    return {key for key in _keys(text) if _indent(below[key]) <= _indent(key.rpartition("\n")[2])}


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _ended(text: str) -> str:
    """A text without the end of its last line: taking out an entry may leave one that was not there, or none."""
    return text.rstrip("\r\n")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
