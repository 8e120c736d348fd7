"""Files and folders that only their owner can read (0600, 0700), and writes that a power cut leaves whole or undone."""

import contextlib
import ctypes
import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

_MANY = 32
"""Files from which on one call for all of them is cheaper than one each."""


def folder(path: Path) -> Path:
    """Make `path` and its missing parents, each 0700; folders that exist keep their mode."""
    missing = [one for one in (path, *path.parents) if not one.exists()]
    for parent in reversed(missing):
        parent.mkdir(mode=0o700, exist_ok=True)
    return path


def created(path: Path) -> BinaryIO:
    """A new file (0600), open for writing; `sync_all` puts many of them on the disk. Raises FileExistsError."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def emptied(path: Path) -> BinaryIO:
    """A file (0600), open for writing, without what it held before, if there was one."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


@contextlib.contextmanager
def _begun(path: Path) -> Iterator[BinaryIO]:
    """A new file that is taken away again where it cannot be written to its end, as on a full disk. Raises FileExistsError."""
    file = created(path)
    try:
        with file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def write(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Create `path` (0600) with `data`, on the disk before this returns. Raises FileExistsError."""
    with _begun(path) as file:
        file.writelines((data,) if isinstance(data, bytes) else data)
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, data: bytes | Iterable[bytes], *, may_be: Callable[[], bool] | None = None) -> bool:
    """Put `data` at `path` in one step: whoever reads sees the old content or the new, never half.

    A file that was there keeps its mode. Whether it `may_be` is asked when nothing but that step is left; False if not.
    """
    draft = _draft(path)
    write(draft, data)
    if path.exists():
        draft.chmod(path.stat().st_mode & 0o777)
    if may_be is not None and not may_be():
        draft.unlink()
        return False
    draft.replace(path)
    sync(path.parent)
    return True


def note(path: Path, data: bytes, mode: int = 0o600) -> None:
    """`replace` without waiting for the disk: for what is made anew within seconds, and may be lost by a power cut."""
    draft = _draft(path)
    with _begun(draft) as file:
        file.write(data)
        os.fchmod(file.fileno(), mode)
    draft.replace(path)


def _draft(path: Path) -> Path:
    """Where a file is written before it takes its place; a long name leaves room for it, too."""
    draft = path.with_name(f".{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:12]}.draft")
    draft.unlink(missing_ok=True)
    return draft


def sync_all(tree: Path) -> None:
    """Put every file below a folder on the disk, then the folders.

    Many files share one call to their file system where it has one: a tenth of the time that one call each takes.
    """
    below = (Path(place, name) for place, _, names in os.walk(tree) for name in names)
    _sync_each((one for one in below if one.is_file()), tree)
    for place, _, _ in os.walk(tree):
        sync(Path(place))


def move_all(moves: Mapping[Path, Path], tree: Path) -> None:
    """Put files at their places, by what is written already, all below `tree`: each stands there whole or not at all.

    A file that was there keeps its mode.
    """
    _sync_each(moves.values(), tree)
    for target, draft in moves.items():
        if target.exists():
            draft.chmod(target.stat().st_mode & 0o777)
        draft.replace(target)
    _sync_each(sorted({target.parent for target in moves}), tree)


def _sync_each(paths: Iterable[Path], tree: Path) -> None:
    """Files or folders on the disk; the file system of `tree` at once where they are many."""
    rest = iter(paths)
    first = list(islice(rest, _MANY))
    if len(first) < _MANY or not _sync_file_system(tree):
        for path in chain(first, rest):
            _sync(path, os.O_RDONLY)


def _sync_file_system(folder: Path) -> bool:
    """syncfs(2), which since Linux 5.8 also tells of pages that could not be written; False where there is none."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform == "linux" else None
    if call is None:
        return False
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if call(descriptor):
            raise OSError(ctypes.get_errno(), "syncfs")
    finally:
        os.close(descriptor)
    return True


def sync(directory: Path) -> None:
    """Make a folder's entries last through a power cut."""
    _sync(directory, os.O_RDONLY | os.O_DIRECTORY)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
