"""What lies at a path of a watched folder: is it ours, is it whole, is it still being written, and its digest."""

import contextlib
import hashlib
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from radiary.archives import formats, names, self_extracting, split_sets, tree, zip_end
from radiary.archives.foreign_errors import is_of_the_disk
from radiary.dicom.read.signature import HEAD, looks_like_dicom
from radiary.documents.signature import TAIL, ends_as_pdf, ends_as_photograph, looks_like_pdf, looks_like_photograph
from radiary.model.errors import NoFile, SourceGone, SourceUnreadable, UnreadableExport
from radiary.model.nouns import Export, Fingerprint, Kind

_NAMES = (".dcm", ".dicom", ".p7m", ".p7e")
_CHUNK = 4 << 20
"""Bytes that are hashed at once."""


def files(path: Path) -> list[Path]:
    """The regular files at or below `path`, sorted by relative path; links are not followed. Of a split set, its parts."""
    return tree.walked(path).files if path.is_dir() else split_sets.parts(path)


def fingerprint(path: Path) -> Fingerprint:
    """(size, mtime, ctime in ns) of every file at or below `path`, sorted.

    Not the inode: on network and FUSE mounts it may be another one at every look.
    """
    rows = []
    for file in files(path):
        with contextlib.suppress(FileNotFoundError):
            status = file.stat()
            rows.append((status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    return tuple(sorted(rows))


def in_short(fingerprint: Fingerprint) -> Fingerprint:
    """One row that stands for all of them: another one when anything is another."""
    digest = hashlib.sha256(repr(fingerprint).encode()).digest()
    return ((int.from_bytes(digest[:8], "big"), 0, 0),)


@dataclass(frozen=True)
class Sighting:
    """What lies at a path, as far as its beginning and its end tell.

    `is_whole` is False for an empty file, one that does not begin as what it is called, a zip without its end, and a folder with
    a download in progress inside.
    """

    fingerprint: Fingerprint
    is_candidate: bool
    is_whole: bool


def sighted(
    path: Path,
    seen: Fingerprint,
    is_arriving: Callable[[str], bool] = lambda _name: False,
    *,
    takes_photographs: bool = False,
) -> Sighting:
    """What lies at a path whose fingerprint is `seen`; one that may not be read is no candidate, unless its name says so.

    Raises OSError for one that cannot be read just now.

    `is_arriving` knows the names, inside a folder, of downloads in progress. Photographs are candidates in folders of papers.
    """
    is_paper_here = is_picture_or_paper if takes_photographs else is_paper
    try:
        if path.is_dir():
            inside = files(path)
            is_whole = not any(is_arriving(one.name) for one in inside)
            return Sighting(seen, any(_is_dicom(one) or is_archive(one) or is_paper_here(one) for one in inside), is_whole)
        if split_sets.is_later_part(path.name):
            return Sighting(seen, split_sets.is_stray(path), is_whole=False)
        is_ours = _is_called_ours(path) or is_zip(path) or _begins_as_ours(path)
        return Sighting(seen, is_ours or (takes_photographs and is_photograph(path)), _is_whole(path))
    except PermissionError:
        return Sighting(seen, _is_called_ours(path), True)


def export(path: Path, seen: Fingerprint, known: str | None, *, tick: Callable[[], None] = lambda: None) -> Export:
    """The export at `path`; its bytes are read unless their digest is `known`, and `tick` is called as that gets on.

    Raises UnreadableExport, NoFile, SourceGone, and what `tick` raises.
    """
    with reading():
        if not stat.S_ISREG(mode := path.stat().st_mode) and not stat.S_ISDIR(mode):
            raise NoFile
        size = sum(row[0] for row in seen)
        return Export(known or _digest(path, tick), _kind(path), size=size, path=path, fingerprint=seen)


def _is_called_ours(path: Path) -> bool:
    if names.is_program(path.name):
        return is_archive(path)
    return path.suffix.lower() in _NAMES or names.is_archive(path.name) or split_sets.is_start(path.name)


def _kind(path: Path) -> Kind:
    """By content; a name decides only for what should be a zip and is neither that nor DICOM."""
    if path.is_dir():
        return "folder"
    if split_sets.is_set(path):
        return "archive"
    if is_paper(path):
        return "file"
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
    is_called_one = names.is_archive(path.name) or names.is_program(path.name) or split_sets.is_start(path.name)
    return is_called_one and formats.kind_of(path) is not None


def is_zip(path: Path) -> bool:
    """Whether a file begins as a zip does: a local header, or the end record of an empty one."""
    with path.open("rb") as file:
        return formats.kind(file.read(4)) == "zip"


def _digest(path: Path, tick: Callable[[], None]) -> str:
    """SHA-256, of a split set as a whole; of a folder over its files' sorted digests, so that names and dates do not count."""
    if not path.is_dir():
        with split_sets.opened(path) as file:
            return _digest_of(file, tick).hex()
    digests = []
    for file_path in files(path):
        with contextlib.suppress(PermissionError), file_path.open("rb") as file:  # what may not be read is counted when it is met
            digests.append(_digest_of(file, tick))
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()


def _digest_of(file: BinaryIO, tick: Callable[[], None]) -> bytes:
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        tick()
    return digest.digest()


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


def _begins_as_dicom(path: Path) -> bool:
    with path.open("rb") as file:
        return looks_like_dicom(file.read(HEAD))


def _begins_as_ours(path: Path) -> bool:
    """Whether a file begins as a DICOM file or a PDF does."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    return looks_like_dicom(head) or looks_like_pdf(head)


def is_paper(path: Path) -> bool:
    """Whether a file begins as a PDF; one that cannot be read does not."""
    try:
        with path.open("rb") as file:
            return looks_like_pdf(file.read(HEAD))
    except OSError:
        return False


def is_photograph(path: Path) -> bool:
    """Whether a file begins as a JPEG or a PNG; one that cannot be read does not."""
    try:
        with path.open("rb") as file:
            return looks_like_photograph(file.read(HEAD))
    except OSError:
        return False


def is_picture_or_paper(path: Path) -> bool:
    """Whether a file begins as a PDF or a photograph."""
    return is_paper(path) or is_photograph(path)


def _is_dicom(path: Path) -> bool:
    """Whether a file begins as a DICOM file; one that cannot be read does not."""
    try:
        return _begins_as_dicom(path)
    except OSError:
        return False


def _is_whole(path: Path) -> bool:
    """Not empty; a zip has its end, a split set all its parts; and what is called an archive or an image begins as one."""
    if split_sets.is_set(path):
        return split_sets.is_complete(path)
    if is_zip(path):
        return zip_end.is_there(path)
    if is_paper(path):
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - TAIL))
            return ends_as_pdf(file.read(TAIL))
    if is_photograph(path):
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - TAIL))
            return ends_as_photograph(file.read(TAIL))
    return _is_dicom(path) or is_archive(path) or holds_zip(path)
