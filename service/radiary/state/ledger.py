"""The append-only event log: JSON Lines, fsynced, chained by hash, one writer.

Beside it stands its head (`ledger.head`: sequence number and hash of the last line), since a forward chain alone does not
notice a tail that was cut off. The head is written after the line, so it may lag by what was appended last, never lead.
"""

import contextlib
import errno
import hashlib
import json
import os
import re
import stat
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from radiary.files import private
from radiary.language import sentence
from radiary.model.errors import Unusable
from radiary.model.events import Event, NoFact, parsed

LOST = sentence("The ledger is lost. Put it back from a backup, or make it anew from the library with `radiary rebuild`.")


NEWER = sentence("This ledger was written by a newer version of Radiary. Install that version again; nothing was changed.")


UNREADABLE = sentence(
    "The ledger, `ledger.jsonl` in the state folder, cannot be read: it may not be opened, or something else lies in its place. "
    "Allow it, or put the file back from a backup."
)


NO_EVENT = sentence("The ledger holds a line that is no event. Run `radiary verify`.")
_BEGINNING = 4096
"""Bytes by which the beginning of a line is known."""


class NewerLedger(Unusable):
    """A line of the ledger holds what only a newer version knows."""


def is_lost(path: Path) -> bool:
    """Whether there was a ledger once and there is none now. Raises Unusable where that cannot be seen."""
    try:
        return not path.exists() and _head(path).exists()
    except OSError:
        raise Unusable(UNREADABLE) from None


def refuse_lost(path: Path) -> None:
    """Raises Unusable where there was a ledger once and there is none now, or where that cannot be seen."""
    if is_lost(path):
        raise Unusable(LOST)


def read(path: Path) -> Iterator[Event]:
    """Every event of a ledger, in order. A torn last line, which a power cut may leave, is not yet an event."""
    if (file := opened(path)) is not None:
        with file:
            for number, line in enumerate(file):
                if line.endswith(b"\n") or not (number or _may_be_torn(path, line)):
                    yield parse(line)


def opened(path: Path) -> BinaryIO | None:
    """A ledger, to be read; None where there is none. Raises Unusable for one that cannot be."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        return None
    except OSError:
        raise Unusable(UNREADABLE) from None


class Follower:
    """Reads a ledger to its end, and later what was added since. For one thread."""

    def __init__(self, path: Path) -> None:
        self._path, self._offset = path, 0

    def news(self) -> Iterator[Event]:
        """The events since the last one that was taken from here, in order."""
        if (file := opened(self._path)) is not None:
            with file:
                file.seek(self._offset)
                for line in file:
                    if line.endswith(b"\n"):
                        event = parse(line)
                        self._offset += len(line)
                        yield event


def parse(line: bytes) -> Event:
    """One line as an event. Raises Unusable for a line that is none, and NewerLedger for one of a newer version."""
    try:
        return parsed(line)
    except NoFact as error:
        if error.is_newer and _is_stamped(line):
            raise NewerLedger(NEWER) from None
        raise Unusable(NO_EVENT) from None


def _is_stamped(line: bytes) -> bool:
    """Whether a line has what the ledger puts on each."""
    return all(re.search(rb'"%s"\s*:' % name, line) for name in (b"seq", b"at", b"previous"))


def digest(event: Event) -> str:
    """The SHA-256 of a stamped event's line."""
    return hashlib.sha256(event.line).hexdigest()


def holds(path: Path, seq: int, line: str) -> bool:
    """Whether line `seq` of a ledger has this SHA-256."""
    if not path.exists():
        return False
    with path.open("rb") as file:
        line_there = next(islice(file, seq - 1, seq), b"")
    return hashlib.sha256(line_there.removesuffix(b"\n")).hexdigest() == line


def last(path: Path) -> tuple[int, str]:
    """Number and SHA-256 of a ledger's last line; 0 and nothing where there is none."""
    return _tail(path)


class Ledger:
    """The open ledger. `append` may be called from any thread."""

    def __init__(self, path: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._path = path
        self._now = now
        self._lock = threading.Lock()
        self.listeners: list[Callable[[Event], None]] = []
        """What is told of every event once it stands, in the thread that wrote it; they raise nothing."""
        self._cut_torn_tail()
        self._seq, self._previous = _tail(path)
        _check_head(path, self._seq)
        self._descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._size = os.fstat(self._descriptor).st_size
        private.sync(path.parent)

    def append(self, *events: Event) -> list[Event]:
        """Stamp the events, put them on the disk in one write and give them back as they stand there."""
        with self._lock:
            stamped, lines = [], []
            seq, previous = self._seq, self._previous
            for event in events:
                seq += 1
                update = {"seq": seq, "at": self._now().replace(microsecond=0), "previous": previous}
                lines.append(event.changed(**update).line)
                stamped.append(parsed(lines[-1]))
                previous = hashlib.sha256(lines[-1]).hexdigest()
            self._write(b"".join(line + b"\n" for line in lines))
            self._seq, self._previous = seq, previous
            with contextlib.suppress(OSError):  # the lines stand; the head may lag behind them
                private.replace(_head(self._path), json.dumps({"seq": seq, "hash": previous}).encode())
        for event in stamped:
            for listener in self.listeners:
                listener(event)
        return stamped

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)

    def _write(self, data: bytes) -> None:
        """All or nothing: what a full disk took of a line is cut off again."""
        before = os.fstat(self._descriptor).st_size
        try:
            written = os.write(self._descriptor, data)
            if written != len(data):
                raise OSError(28, "No space left on device")
            os.fsync(self._descriptor)
            self._make_sure_of_place(before, before + written)
        except OSError:
            os.ftruncate(self._descriptor, before)
            raise
        self._size = before + written

    def _make_sure_of_place(self, before: int, size: int) -> None:
        """A fact that went into a file which was deleted, moved or replaced stands nowhere. Raises OSError.

        Told by the size, since the number of a file (inode) may change at every look on some disks.
        """
        with contextlib.suppress(OSError):
            there = self._path.stat()
            if stat.S_ISREG(there.st_mode) and (self._size, there.st_size) == (before, size):
                return
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    def _cut_torn_tail(self) -> None:
        if self._path.exists():
            with self._path.open("r+b") as file:
                size = file.seek(0, os.SEEK_END)
                whole = end_of_last_line(file.fileno(), size)
                if size and not whole and not _may_be_torn(self._path, os.pread(file.fileno(), _BEGINNING, 0)):
                    raise Unusable(NO_EVENT)
                if whole < size:
                    file.truncate(whole)
                    os.fsync(file.fileno())


def faults(path: Path) -> list[str]:
    """What is wrong with a ledger, one sentence each; an empty list for a sound one. Raises NewerLedger."""
    if is_lost(path):
        return [LOST]
    file = opened(path)
    if file is None:
        return []
    sentences: list[str] = []
    previous, count = "", 0
    with file:
        for count, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                if count == 1 and not _may_be_torn(path, line):
                    return [sentence("Line %(number)s is no event.", number=count)]
                return [*sentences, sentence("Line %(number)s is torn; the next start cuts it off.", number=count)]
            try:
                sentences += _faults_of(line, count, previous)
            except NewerLedger:
                if not sentences:
                    raise
                sentences.append(NEWER)
            previous = hashlib.sha256(line[:-1]).hexdigest()
    head = _read_head(path)
    if head is not None and head[0] > count:
        cut = sentence(
            "The ledger ends at line %(number)s, but line %(last)s was written once: its end was cut off.",
            number=count,
            last=head[0],
        )
        sentences.append(cut)
    if head is not None and head[0] == count and head[1] != previous and not sentences:
        sentences.append(sentence("Line %(number)s was changed after it was written.", number=count))
    return sentences


def _faults_of(line: bytes, count: int, previous: str) -> list[str]:
    """The fault of one line, if it has one, by its number and the hash of the line before it. Raises NewerLedger."""
    try:
        event = parse(line)
    except NewerLedger:
        raise
    except Unusable:
        return [sentence("Line %(number)s is no event.", number=count)]
    if event.seq != count or event.previous != previous:
        return [
            sentence("Line %(number)s does not follow the line before it: a line was changed, added or removed.", number=count)
        ]
    return []


def _may_be_torn(path: Path, line: bytes) -> bool:
    """Whether all of a ledger may be the beginning of its first line, which a power cut may have filled with zeros."""
    return _read_head(path) is None and line[:_BEGINNING].lstrip(b"\0")[:1] in (b"", b"{")


def _tail(path: Path) -> tuple[int, str]:
    """Sequence number and hash of the last line."""
    if not path.exists():
        return 0, ""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(end_of_last_line(file.fileno(), max(0, end - 1)))
        last = file.read()
    return (parse(last).seq, hashlib.sha256(last[:-1]).hexdigest()) if last else (0, "")


def _head(path: Path) -> Path:
    return path.with_suffix(".head")


def _read_head(path: Path) -> tuple[int, str] | None:
    """Sequence number and hash of the line that was the last one when the head was written."""
    try:
        head = json.loads(_head(path).read_bytes())
        return int(head["seq"]), str(head["hash"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _check_head(path: Path, seq: int) -> None:
    head = _read_head(path)
    if head is not None and head[0] > seq:
        if not seq:
            raise Unusable(LOST)
        raise Unusable("The end of the ledger is missing. Put it back from a backup; `radiary verify` says what is gone.")


def end_of_last_line(descriptor: int, size: int) -> int:
    """The offset after the last newline."""
    end = size
    while end:
        start = max(0, end - 65536)
        newline = os.pread(descriptor, end - start, start).rfind(b"\n")
        if newline >= 0:
            return start + newline + 1
        end = start
    return 0
