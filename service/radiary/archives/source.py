"""What lies at a path of a watched folder: is it ours, is it whole, is it still being written, and its digest."""

import contextlib
import fcntl
import hashlib
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from radiary.archives import formats, names, self_extracting, split_sets, tree, zip_end
from radiary.archives.foreign_errors import is_of_the_disk
from radiary.dicom.read.signature import HEAD, looks_like_dicom
from radiary.model.errors import SourceGone, SourceUnreadable, UnreadableExport
from radiary.model.nouns import Export, Fingerprint, Kind

_NAMES = (".dcm", ".dicom", ".rar", ".p7m", ".p7e")


def files(path: Path) -> list[Path]:
    """The regular files at or below `path`, sorted by relative path; links are not followed. Of a split set, its parts."""
    return tree.walked(path).files if path.is_dir() else split_sets.parts(path)


def fingerprint(path: Path) -> Fingerprint:
    """(device, inode, size, mtime, ctime in ns) of every file at or below `path`, sorted."""
    rows = []
    for file in files(path):
        with contextlib.suppress(FileNotFoundError):
            status = file.stat()
            rows.append((status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    return tuple(sorted(rows))


def in_short(fingerprint: Fingerprint) -> Fingerprint:
    """One row that stands for all of them: another one when anything is another."""
    digest = hashlib.sha256(repr(fingerprint).encode()).digest()
    return ((int.from_bytes(digest[:8], "big"), 0, 0, 0, 0),)


@dataclass(frozen=True)
class Sighting:
    """What lies at a path, as far as its beginning and its end tell.

    `is_whole` is False for an empty file, for a zip without its end, and for a folder with a download in progress inside.
    """

    fingerprint: Fingerprint
    is_candidate: bool
    is_whole: bool


def sighted(path: Path, seen: Fingerprint, is_arriving: Callable[[str], bool] = lambda _name: False) -> Sighting:
    """What lies at a path whose fingerprint is `seen`; one that cannot be read is no candidate, unless its name says so.

    `is_arriving` knows the names, inside a folder, of downloads in progress.
    """
    try:
        if path.is_dir():
            inside = files(path)
            is_whole = not any(is_arriving(one.name) for one in inside)
            return Sighting(seen, any(_is_dicom(one) or is_archive(one) for one in inside), is_whole)
        candidate = _is_called_ours(path) or is_zip(path) or _is_dicom(path)
        return Sighting(seen, candidate, _is_whole(path))
    except PermissionError:
        return Sighting(seen, _is_called_ours(path), True)
    except OSError:
        return Sighting(seen, False, True)


def is_being_written(path: Path) -> bool:
    """Whether a program has a file at or below `path` open for writing, as far as Linux tells the files' owner."""
    lease = getattr(fcntl, "F_SETLEASE", None)
    return lease is not None and any(_refuses_lease(one, lease) for one in files(path))


def _refuses_lease(path: Path, lease: int) -> bool:
    """A read lease is refused while any writer, mmap included, has the file open (fcntl(2))."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.fcntl(descriptor, lease, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, lease, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def export(path: Path, seen: Fingerprint, known: str | None) -> Export:
    """The export at `path`; its bytes are read unless their digest is `known`. Raises UnreadableExport and SourceGone."""
    with reading():
        size = sum(row[2] for row in seen)
        return Export(known or _digest(path), _kind(path), size, path, seen)


def _is_called_ours(path: Path) -> bool:
    if path.suffix.lower() == ".exe":
        return self_extracting.holds_zip(path) or self_extracting.holds_7z(path)
    return path.suffix.lower() in _NAMES or names.is_archive(path.name) or split_sets.is_start(path.name)


def _kind(path: Path) -> Kind:
    """By content; a name decides only for what should be a zip and is neither that nor DICOM."""
    if path.is_dir():
        return "folder"
    if split_sets.is_set(path):
        return "archive"
    if holds_zip(path):
        return "zip"
    if is_archive(path):
        return "archive"
    return "zip" if path.suffix.lower() == ".zip" and not _is_dicom(path) else "file"


def holds_zip(path: Path) -> bool:
    """Whether a file is a zip, or one stands behind something else in what is called a zip or a program."""
    is_behind = path.suffix.lower() in (".zip", ".exe") and not _is_dicom(path)
    return is_zip(path) or (is_behind and self_extracting.holds_zip(path))


def is_archive(path: Path) -> bool:
    """Whether a file is called as an archive is, and begins as one does."""
    is_called_one = names.is_archive(path.name) or path.suffix.lower() == ".exe"
    return is_called_one and formats.kind_of(path) is not None


def is_zip(path: Path) -> bool:
    """Whether a file begins as a zip does: a local header, or the end record of an empty one."""
    with path.open("rb") as file:
        return formats.kind(file.read(4)) == "zip"


def _digest(path: Path) -> str:
    """SHA-256; of a folder: over its files' sorted digests, so that names and dates do not count."""
    digests = []
    for file_path in files(path):
        with file_path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").digest())
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest() if path.is_dir() else digests[0].hex()


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Say what an OSError means that reading an export gave, without its path. Stands around system calls on it only."""
    try:
        yield
    except PermissionError:
        raise UnreadableExport from None
    except (FileNotFoundError, NotADirectoryError):
        raise SourceGone from None
    except OSError as error:
        if not is_of_the_disk(error):
            raise zipfile.BadZipFile from None
        raise SourceUnreadable from None


def _is_dicom(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return looks_like_dicom(file.read(HEAD))
    except OSError:
        return False


def _is_whole(path: Path) -> bool:
    """Not empty; and a zip has its end."""
    return path.stat().st_size > 0 and (not is_zip(path) or zip_end.is_there(path))
