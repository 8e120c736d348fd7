"""What lies on the disk as a run finds it: each file is asked for once, however much depends on it."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

FileState = tuple[int, int]
"""The time of a file's last change, in ns, and its size."""


class Looks(dict[str, FileState | None]):
    """The state of each file by its path; None of one that is not there. Drafts count as the files that they are to become."""

    def __init__(self, moves: Mapping[Path, Path]) -> None:
        super().__init__()
        self.drafts = {str(path): str(draft) for path, draft in moves.items()}

    def __missing__(self, path: str) -> FileState | None:
        state = self[path] = state_of(self.drafts.get(path, path))
        return state


def state_of(path: str) -> FileState | None:
    """The state of a file; None where none lies."""
    try:
        status = os.stat(path)  # noqa: PTH116 - of every exam in every run
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size) if stat.S_ISREG(status.st_mode) else None


def listed(folder: str) -> frozenset[str]:
    """The names of what lies in a folder; none where it is not there. Raises OSError."""
    return frozenset(os.listdir(folder)) if os.path.isdir(folder) else frozenset()  # noqa: PTH112, PTH208 - in every run
