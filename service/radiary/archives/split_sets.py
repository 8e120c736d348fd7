"""One archive in several files side by side: `x.zip.001`, `x.zip.002` …, cut anywhere, and WinZip's `x.z01` … `x.zip`.

A set is known by one path: its first file where they are numbered, its `.zip`, which is the last one, with WinZip's.
"""

import contextlib
import re
from collections.abc import Iterator
from io import SEEK_END, BufferedReader
from itertools import count, takewhile
from pathlib import Path
from typing import BinaryIO, NamedTuple

from radiary.archives import joined, names, signatures, zip_end

_NUMBERED = re.compile(r"^(.+)\.(\d{3})$")
_WINZIPS = re.compile(r"^(.+)\.z(\d{2})$", re.IGNORECASE)
_ZIP = b"PK"


def is_start(name: str) -> bool:
    """Whether a file stands for a numbered set."""
    numbered = part(name)
    return numbered is not None and numbered.is_numbered and numbered.number == 1


def is_later_part(name: str) -> bool:
    """Whether a file is a part of a set that another one stands for."""
    return part(name) is not None and not is_start(name)


def standing_for(path: Path) -> Path:
    """The file that stands for the set of which a file is a part; the file itself where it is none, or there is no such file."""
    start = _start(path)
    return start if start is not None and path in parts(start) else path


def is_stray(path: Path) -> bool:
    """Whether a file is a part of a set whose file that stands for it is not there."""
    return is_later_part(path.name) and _start(path) is None


def _start(path: Path) -> Path | None:
    one = part(path.name)
    if one is None:
        return None
    starts = [f"{one.archive}.001"] if one.is_numbered else [one.archive, f"{one.archive.removesuffix('.zip')}.ZIP"]
    return next((start for name in starts if (start := path.with_name(name)).is_file()), None)


class Part(NamedTuple):
    """Which part of which archive a file is by its name; `is_numbered`: its last one has a number as well."""

    archive: str
    number: int
    is_numbered: bool


def part(name: str) -> Part | None:
    """What part a file is; None of one that is none, as WinZip's last one is not by its name."""
    numbered, winzips = _NUMBERED.match(name), _WINZIPS.match(name)
    if numbered is not None and names.ARCHIVE.search(numbered[1]) is not None:
        return Part(numbered[1], int(numbered[2]), is_numbered=True)
    return Part(f"{winzips[1]}.zip", int(winzips[2]), is_numbered=False) if winzips is not None else None


def parts(path: Path) -> list[Path]:
    """The files of a set, in their order, as far as they are there; the file itself where there is no set."""
    if is_start(path.name):
        stem = path.name[: -len("001")]
        return list(takewhile(Path.is_file, (path.with_name(f"{stem}{number:03d}") for number in count(1))))
    if path.suffix.lower() == ".zip":
        ending = ".z" if path.suffix.islower() else ".Z"
        before = list(takewhile(Path.is_file, (path.with_suffix(f"{ending}{number:02d}") for number in count(1))))
        with contextlib.suppress(OSError):
            return [*before[: _disks_before(path)], path] if before else [path]
    return [path]


def is_set(path: Path) -> bool:
    """Whether a path stands for a set, whole or not. Raises OSError."""
    return is_start(path.name) or (path.suffix.lower() == ".zip" and _disks_before(path) > 0)


def is_complete(path: Path) -> bool:
    """Whether all parts of a set are there. Raises OSError."""
    if not is_start(path.name):
        return len(parts(path)) == 1 + _disks_before(path)
    with opened(path) as file:
        start = file.read(32)
        if start.startswith(signatures.SEVEN_ZIP):
            beginning, length = (int.from_bytes(start[at : at + 8], "little") for at in (12, 20))
            return 32 + beginning + length == file.seek(0, SEEK_END)
        return not start.startswith(_ZIP) or zip_end.ends(file)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """What a path stands for as one file: a set's parts one behind another, or the file itself. Raises OSError."""
    with contextlib.ExitStack() as closing:
        files = [closing.enter_context(part.open("rb")) for part in parts(path)]
        if len(files) == 1:
            yield files[0]
        else:
            yield closing.enter_context(BufferedReader(joined.Joined([joined.piece(file) for file in files])))


def _disks_before(path: Path) -> int:
    """How many files of a set stand in front of its last one, as that one says; 0 for a zip of its own, whatever it says."""
    with path.open("rb") as file:
        place = zip_end.directory(file)
        file.seek(0)
        is_alone = (
            file.read(4) == signatures.LOCAL and not path.with_suffix(".z01").exists() and not path.with_suffix(".Z01").exists()
        )
    return place.disks if place is not None and not is_alone else 0
