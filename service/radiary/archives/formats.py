"""Archive formats that are read from front to end: which one a file is, and what pushes its files into a sink.

Every format is a well-kept library's. The LGPL ones (7z, ISO images) are the extra `radiary[archives]`.
"""

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from radiary.archives import discs, self_extracting, seven_zips, signatures, split_sets, tars, zips
from radiary.archives.foreign_errors import is_of_the_disk
from radiary.archives.sinks import Enough, Sink
from radiary.model.errors import (
    DamagedArchive,
    NotAnArchive,
    RadiaryError,
    RarArchive,
    SourceGone,
    SourceUnreadable,
    TruncatedArchive,
    UnreadableExport,
)

MAGIC = 32_774
"""Bytes that `kind` wants to see: an ISO image says what it is in its 17th sector."""

_STARTS = {
    signatures.LOCAL: "zip",
    signatures.END: "zip",  # the end record of an empty one
    signatures.DESCRIPTOR + signatures.LOCAL: "zip",  # the first part of a split one
    signatures.SEVEN_ZIP: "7z",
    signatures.RAR: "rar",
    signatures.GZIP: "gz",
    signatures.BZIP2: "bz2",
    signatures.XZ: "xz",
    b"\x28\xb5\x2f\xfd": "zst",
}


def kind(start: bytes) -> str | None:
    """Which format a file is that begins with `start` (up to `MAGIC` bytes); None for none."""
    for magic, name in _STARTS.items():
        if start.startswith(magic):
            return name
    if start[257:262] == b"ustar":
        return "tar"
    return "iso" if start[32_769:32_774] in (b"CD001", b"BEA01") else None


def kind_of(path: Path) -> str | None:
    """Which format a file is, or the set that it stands for. Raises OSError."""
    with opened(path) as file:
        return _kind(file)


def packs_one(path: Path) -> bool:
    """Whether a file is a single packed one, as far as its beginning can be read: what is wrong with it is wrong with that."""
    with contextlib.suppress(Exception), opened(path) as file:
        packing = _kind(file)
        return packing in tars.OPENERS and tars.is_one(file, packing)
    return False


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """What a path stands for, from where the archive begins."""
    with split_sets.opened(path) as file:
        yield self_extracting.archive(file)


def _kind(file: BinaryIO) -> str | None:
    named = kind(file.read(MAGIC)) or ("zip" if self_extracting.is_zip(file) else None)
    file.seek(0)
    return named


def spill(path: Path, sink: Sink, passwords: Sequence[str], *, name: str = "") -> None:
    """Push every file of an archive into `sink`; `name` is its own, for one that packs a single file.

    Raises Unacceptable, Waiting, NotNow, MemoryError and what the sink raises. What came out before stands.
    """
    try:
        with opened(path) as file:
            _read(file, _kind(file), sink, passwords, re.sub(r"\.\w+$", "", name))
    except (RadiaryError, Enough, MemoryError):
        raise
    except FileNotFoundError:
        raise SourceGone from None
    except PermissionError:
        raise UnreadableExport from None
    except EOFError:
        raise TruncatedArchive from None
    except Exception as error:  # noqa: BLE001 - foreign readers raise whatever they like on damaged archives
        if is_of_the_disk(error):
            raise SourceUnreadable from None
        raise DamagedArchive from None


def _read(file: BinaryIO, found: str | None, sink: Sink, passwords: Sequence[str], name: str) -> None:
    match found:
        case "zip":
            zips.spill(file, sink, passwords)
        case "7z":
            seven_zips.read(file, sink, passwords)
        case "iso":
            discs.read(file, sink)
        case "tar":
            tars.read(file, sink)
        case "gz" | "bz2" | "xz" | "zst":
            tars.read_packed(file, sink, found, name=name)
        case "rar":
            raise RarArchive
        case _:
            raise NotAnArchive


_LISTS: dict[str | None, Callable[[BinaryIO], list[str] | None]] = {"zip": zips.listed, "7z": seven_zips.listed}


def listed(path: Path) -> list[str] | None:
    """The names of an archive's files, where its kind has a list of them that can be read; else None."""
    with opened(path) as file:
        packing = _kind(file)
        return _LISTS[packing](file) if packing in _LISTS else None
