"""Whether another service watches the same folder: each holds a lock on it that others may share, and asks for one of its own."""

import contextlib
import fcntl
import os
from pathlib import Path


class Sharing:
    """The locks of one service, by device and inode. What is locked cannot be unmounted: a disk that may be is left alone."""

    def __init__(self) -> None:
        self.lasting = frozenset(place.stat().st_dev for place in (Path("/"), Path.home()) if place.exists())
        """Devices that nobody unmounts while a service runs."""
        self.held: dict[tuple[int, int], int] = {}

    def is_shared(self, folder: Path) -> bool:
        """Whether another service watches a folder, too, as far as its file system tells."""
        try:
            descriptor = self._opened(folder)
        except OSError:
            return False
        if descriptor is None:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return isinstance(error, BlockingIOError)
        finally:
            with contextlib.suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return False

    def _opened(self, folder: Path) -> int | None:
        status = folder.stat()
        which = status.st_dev, status.st_ino
        if status.st_dev in self.lasting and which not in self.held:
            self.held[which] = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        return self.held.get(which)

    def end(self) -> None:
        """Let go of all folders."""
        while self.held:
            os.close(self.held.popitem()[1])
