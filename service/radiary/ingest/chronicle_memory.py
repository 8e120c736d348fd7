"""What is remembered of the chronicle, from one process to the next: without it each begins with the reading of every day.

A file of the state folder, sealed with the pseudonyms' key, which may be deleted. Who takes it has it alone: of two that went on
from the same memory, neither would know what the other one wrote.
"""

import contextlib
import io
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import radiary
from radiary.chronicle.site import Site
from radiary.files import private
from radiary.state.ledger import Follower
from radiary.state.sealed import Seal
from radiary.workers.collecting import without_collecting

if TYPE_CHECKING:  # the service leaves all of it to a process of its own
    from radiary.chronicle.remembered import Remembered
    from radiary.chronicle.story import Fold

_FOLDERS = ("viewer", "sheets")
"""Folders of ours, whose files are not looked into one by one where nothing was put in or taken out."""


@dataclass
class Memory:
    """What need not be looked at again, and the story up to a fact of the ledger."""

    remembered: "Remembered"
    story: "Fold"
    told_of: int = 0


@dataclass(frozen=True)
class Keeper:
    """Keeps the memory at `path`; `follower` reads the ledger of which it tells."""

    path: Path
    key: bytes
    follower: Follower

    def taken(self, site: Site, library: Path) -> Memory | None:
        """What was kept by the same program for the same places, which are as it left them; the file is gone then."""
        try:
            sealed = self.path.read_bytes()
            self.path.unlink()
            kept = self._seal(site, library).opened(sealed)
        except (OSError, ValueError):
            return None
        with without_collecting():
            place, times, memory = pickle.loads(kept)  # noqa: S301 - only who has the key can have sealed it
        is_known: Memory | None = memory if times == _times(site) and self.follower.go_on_behind(place) else None
        return is_known

    def keep(self, memory: Memory, site: Site, library: Path) -> None:
        """Keep it for the next one; on a full or read-only disk that one begins anew."""
        memory.remembered.last = None  # her file is read at each beginning
        with without_collecting(), contextlib.suppress(OSError):
            private.replace(self.path, self._seal(site, library).closed(_pickled((self.follower.place(), _times(site), memory))))

    def _seal(self, site: Site, library: Path) -> Seal:
        """Another program, or other places, cannot open it."""
        return Seal(self.key, repr((sys.version, list(_program()), site.language.code, _places(site), library)).encode())


def _pickled(kept: object) -> bytes:
    """As bytes; what there are ten thousands of as calls of their classes, which are read in a fraction of the time."""
    from radiary.chronicle.chapters import DayEntry
    from radiary.chronicle.own_days import OwnDay, OwnEvent, OwnPicture
    from radiary.chronicle.story import Picture

    written = io.BytesIO()
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    many: tuple[type[Any], ...] = (DayEntry, OwnDay, OwnEvent, OwnPicture, Picture)
    pickler.dispatch_table = {kind: _by_values(kind) for kind in many}
    pickler.dump(kept)
    return written.getvalue()


def _by_values(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda one: (kind, values(one))


def _places(site: Site) -> tuple[Path | None, ...]:
    return site.folder, site.data, site.images, site.memory


def _times(site: Site) -> list[int]:
    """When something was last put into each of our folders, or taken out of it."""
    times = []
    for name in _FOLDERS:
        with contextlib.suppress(OSError):
            times.append((site.folder / name).stat().st_mtime_ns)
    return times


def _program() -> Iterator[tuple[str, int, int]]:
    """The files that Radiary consists of, with time and size."""
    for place, folders, names in os.walk(Path(radiary.__file__).parent):
        folders[:] = sorted(one for one in folders if one != "__pycache__")
        for name in sorted(names):
            status = os.stat(f"{place}/{name}")  # noqa: PTH116 - hundreds, at every beginning
            yield f"{place}/{name}", status.st_mtime_ns, status.st_size
