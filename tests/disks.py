"""Disks as a power cut and a lack of room make them: what was put on one and when, and one that is full."""

import contextlib
import os
import resource
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Place = tuple[int, int]
_ELSEWHERE = Path("/dev/shm"), Path("/var/tmp")
"""Memory, and a disk, for where all else is in memory."""


def place(path: Path) -> Place:
    """(device, inode)."""
    status = path.stat()
    return status.st_dev, status.st_ino


@contextlib.contextmanager
def another() -> Iterator[Path]:
    """A folder on another file system; skips the test where there is none."""
    ours = Path(tempfile.gettempdir()).stat().st_dev
    others = [one for one in _ELSEWHERE if os.access(one, os.W_OK) and one.stat().st_dev != ours]
    if not others:
        pytest.skip("no second file system")
    with tempfile.TemporaryDirectory(dir=others[0]) as folder:
        yield Path(folder)


def synced(monkeypatch: pytest.MonkeyPatch, seen: Callable[[], object] = lambda: None) -> list[tuple[Place, object]]:
    """Fills with every file or folder that goes to the disk from now on, and what `seen` tells at that moment."""
    found: list[tuple[Place, object]] = []

    def noted(descriptor: int, *, real: Callable[[int], None] = os.fsync) -> None:
        status = os.fstat(descriptor)
        real(descriptor)
        found.append(((status.st_dev, status.st_ino), seen()))

    monkeypatch.setattr(os, "fsync", noted)
    return found


@contextlib.contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process grows beyond `size` bytes: writing takes what fits, and then fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
