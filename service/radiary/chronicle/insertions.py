"""What was written into her file, until she has surely seen it: an editor may save an old text over it.

A file of ours, `.insertions.json`. It may be deleted: then what is gone from her file is taken as taken out by her.
"""

import hashlib
import json
import os
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from radiary.chronicle import lost_additions, text_lines
from radiary.chronicle.lost_additions import Batch, Reading, Text
from radiary.files import private

_LONG_AGO = 0
"""Time of reading of a file that nobody opened since it was written: any program that opens it puts its own there."""
_AT_ONCE = 30 * 10**9
"""Nanoseconds within which programs read a file that changed."""
_SAVING = 3 * 10**9
"""Nanoseconds before a save within which an editor may read what it is about to replace."""


@dataclass
class Insertions:
    """What was written since she saved her file last, and how the file was then."""

    batches: list[Batch] = field(default_factory=list)
    after: str = ""
    """The text as it was written last, by its SHA-256."""
    inode: int = 0
    written: int = 0
    """When, in ns; both are 0 where nobody can tell who opens the file."""
    waiting: dict[str, str] = field(default_factory=dict)
    """Entries that an old text was saved over and that could not be written again so far, by study with their day."""

    @property
    def offered(self) -> set[str]:
        """The entries that were written again."""
        return {study for batch in self.batches for study in batch.offered}

    def is_unchanged(self, text: str) -> bool:
        """Whether the file is as it was written, or nothing waits to be seen."""
        return not self.waiting and (not self.batches or _digest(text) == self.after)

    def lost(self, text: str, *, standing: Collection[str], missing: Collection[str], reading: Reading) -> dict[str, str]:
        """Of entries that are missing in the text now, those that an old text was saved over, with their day."""
        waiting = {study: day for study, day in self.waiting.items() if study in missing}
        if _digest(text) == self.after:
            return waiting
        lines = {*text.splitlines(), *_emptied(text)}
        now = Text(standing, missing, lines, _digest(_ended(text)), reading)
        return waiting | lost_additions.lost(self.batches, now)

    def is_seen(self, text: str, lost: Collection[str]) -> bool:
        """Whether she saved the file since, and nothing was lost by that."""
        return not lost and not self.is_unchanged(text)

    def add(
        self, before: str, after: str, *, studies: Mapping[str, str], lost: Mapping[str, str], reading: Reading
    ) -> "Insertions":
        """What is known after something was written: `studies`, with what had been `lost` of it.

        `reading` is who opened the file until then. A text that she saved in between was seen, but for what was lost.
        """
        times = {study: times for batch in self.batches for study, times in batch.offered.items()}
        offered = {study: times.get(study, 0) + 1 for study in lost if study in studies}
        batches = self.batches if _digest(before) == self.after else []
        older = [replace(batch, reading=max(batch.reading, reading)) for batch in batches]
        lines = _lines(before, after)
        new = Batch(dict(studies), _digest(_ended(before)), lines=lines, offered=offered)
        waiting = {study: day for study, day in lost.items() if study not in studies}
        return Insertions([*older, new], _digest(after), waiting=waiting)


def read(path: Path) -> Insertions:
    """What is remembered; nothing where it is lost or damaged."""
    try:
        said = json.loads(path.read_bytes())
        if "studies" in said:
            return _of_one(**said)
        return Insertions(**said | {"batches": [_batch(**one) for one in said["batches"]]})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Insertions()


def _batch(reading: int, **said: Any) -> Batch:
    return Batch(**said | {"studies": dict(said["studies"]), "offered": dict(said["offered"])}, reading=Reading(reading))


def _of_one(after: str, **said: Any) -> Insertions:
    """What former versions remember: the last batch alone, and nothing of when it was written."""
    said.pop("inode", None)
    return Insertions([Batch(**said)] if said["studies"] else [], after)


def keep(path: Path, insertions: Insertions) -> None:
    """Remember it."""
    private.replace(path, json.dumps(asdict(insertions)).encode())


def mark(path: Path, insertions: Insertions) -> Insertions:
    """Have a file that was just written say when somebody opens it; what is known then, with how to know it again."""
    status = path.stat()
    try:
        os.utime(path, ns=(_LONG_AGO, status.st_mtime_ns))
    except OSError:
        return insertions
    return replace(insertions, inode=status.st_ino, written=status.st_mtime_ns)


def reading(path: Path, insertions: Insertions) -> Reading:
    """Who opened the file since it was marked; not known of one that another took the place of, nor where nobody tells.

    What was opened after it was saved says nothing of who had opened it before.
    """
    try:
        status, place = path.stat(), os.statvfs(path)
    except OSError:
        return Reading.UNKNOWN
    if not insertions.written or status.st_ino != insertions.inode or place.f_flag & getattr(os, "ST_NOATIME", 1024):
        return Reading.UNKNOWN
    if status.st_atime_ns == _LONG_AGO:
        return Reading.NOBODY
    is_saved = status.st_mtime_ns != insertions.written
    is_ours = not hasattr(os, "O_NOATIME")  # reading it, as Radiary does, is not told from hers
    is_before = not is_saved or status.st_atime_ns + _SAVING <= status.st_mtime_ns
    is_late = status.st_atime_ns >= insertions.written + _AT_ONCE
    return Reading.PERSON if is_late and is_before and not is_ours else Reading.SOMEBODY


def _lines(before: str, after: str) -> list[str]:
    """Lines, and keys below a line, that stand in the text after and stood nowhere before."""
    _, changed = text_lines.changed(before, after, around=1)
    keys, stood = _keys(changed), set(before.splitlines())
    if any(stood.issuperset(key.split("\n")) for key in keys):
        keys -= _keys(before)
    return sorted({*keys, *(line for line in changed.splitlines() if line.strip())} - stood)


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
