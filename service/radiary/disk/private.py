"""Files and folders that only their owner can read (0600, 0700), and writes that a power cut leaves whole or undone."""

import os
from pathlib import Path


def folder(path: Path) -> Path:
    """Make `path` and its missing parents, each 0700; folders that exist keep their mode."""
    missing = [one for one in (path, *path.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
    return path


def write(path: Path, data: bytes) -> None:
    """Create `path` (0600) with `data`, on the disk before this returns. Raises FileExistsError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def replace(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step: whoever reads sees the old content or the new, never half.

    A file that was there keeps its mode.
    """
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    write(draft, data)
    if path.exists():
        draft.chmod(path.stat().st_mode & 0o777)
    draft.replace(path)
    sync(path.parent)


def sync(directory: Path) -> None:
    """Make a folder's entries last through a power cut."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
