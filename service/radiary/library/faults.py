"""Where the files of a library differ from what its studies' records and the ledger say."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from radiary.language import sentence
from radiary.library import assemble, layout
from radiary.library.shelf import Library
from radiary.library.strangers import is_stranger
from radiary.model.records import FileRecord


def faults(library: Library, expected: Mapping[str, int], *, reads_files: bool = True) -> Iterator[str]:
    """One sentence each. `expected` has, by folder, how many pictures the ledger knows.

    Without `reads_files` the records alone are read, which takes seconds where every file takes hours.
    """
    present, remains = set(library.folders()), library.remains()
    for folder in sorted(remains):
        yield sentence("%(folder)s holds pictures, but no %(record)s.", folder=folder, record=layout.STUDY_FILE)
    for folder in sorted(set(expected) - present - remains):
        yield sentence("%(folder)s is in the ledger but not on the disk.", folder=folder)
    for folder in sorted(present - set(expected)):
        yield sentence("%(folder)s is on the disk but not in the ledger.", folder=folder)
    for folder in sorted(present):
        yield from _of_study(library, folder, expected.get(folder), reads_files=reads_files)


def is_sound(library: Library, folder: str) -> bool:
    """Whether a study is there with every file that it lists, byte for byte, and nothing else."""
    return not any(_of_study(library, folder, None))


def _of_study(library: Library, folder: str, pictures: int | None, *, reads_files: bool = True) -> Iterator[str]:
    try:
        record = library.study(folder)
        listed = {file.path: file for series in record.series for one in series.instances for file in one.files}
    except (OSError, ValueError):
        yield sentence("%(file)s cannot be read.", file=f"{folder}/{layout.STUDY_FILE}")
        return
    if pictures is not None and assemble.pictures(record) != pictures:
        there = assemble.pictures(record)
        yield sentence(
            "%(folder)s lists %(number)s pictures, but the ledger knows %(known)s.", folder=folder, number=there, known=pictures
        )
    if reads_files:
        yield from _of_files(library, folder, listed)


def _of_files(library: Library, folder: str, listed: Mapping[str, FileRecord]) -> Iterator[str]:
    base = library.root / folder
    present = {str(path.relative_to(base)) for path in base.rglob("*") if path.is_file()} - {layout.STUDY_FILE}
    for path in sorted(path for path in present - set(listed) if not is_stranger(path)):
        yield sentence("%(file)s is on the disk but not in its %(record)s.", file=f"{folder}/{path}", record=layout.STUDY_FILE)
    for path, file in sorted(listed.items()):
        if path not in present:
            yield sentence("%(file)s is missing.", file=f"{folder}/{path}")
        elif _digest(base / path) != file.sha256:
            yield sentence("%(file)s has changed.", file=f"{folder}/{path}")


def _digest(path: Path) -> str:
    """SHA-256 of a file that may be larger than the memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
