"""Archive formats that are read from front to end: each pushes its files into a sink, which decides what to keep.

Every format is a well-kept library's. The LGPL ones (7z, ISO images) are the extra `radiary[archives]`.
"""

import bz2
import contextlib
import gzip
import importlib
import lzma
import re
import struct
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import IO, Any, Protocol

from radiary.archives import zips
from radiary.model.errors import (
    Encrypted,
    FormatNotInstalled,
    NotAnArchive,
    RadiaryError,
    SourceGone,
    SourceUnreadable,
    TruncatedArchive,
    UnreadableExport,
    UnsafeArchive,
    WrongPassword,
)

NAME = re.compile(r"\.(zip|7z|iso|img|tar|t(ar\.)?(gz|bz2|xz|zst)|tgz|tbz2?|txz|tzst)$", re.IGNORECASE)
"""Names that may stand for an archive; the content decides."""
MAGIC = 32_774
"""Bytes that `kind` wants to see: an ISO image says what it is in its 17th sector."""

_CHUNK = 1 << 20
_STARTS = {
    b"PK\x03\x04": "zip",  # a local header
    b"PK\x05\x06": "zip",  # the end record of an empty one
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "gz",
    b"BZh": "bz2",
    b"\xfd7zXZ\x00": "xz",
    b"\x28\xb5\x2f\xfd": "zst",
}
_EXTENDED = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)
_DAMAGE = (EOFError, NotImplementedError, lzma.LZMAError, ValueError, struct.error, *zips.DAMAGE)


class Enough(Exception):
    """A sink has seen what it wanted: no need to read on."""


class Writer(Protocol):
    """Takes one file's bytes."""

    def write(self, data: bytes) -> int: ...

    def close(self) -> None: ...


class Sink(Protocol):
    """Takes an archive's files."""

    def begin(self, name: str) -> Writer:
        """A file begins. Raises UnsafeArchive for one that no honest archive holds."""

    def skip(self, name: str) -> None:
        """A folder or a link: it counts, and nothing comes of it."""


def kind(start: bytes) -> str | None:
    """Which format a file is that begins with `start` (up to `MAGIC` bytes); None for none."""
    for magic, name in _STARTS.items():
        if start.startswith(magic):
            return name
    if start[257:262] == b"ustar":
        return "tar"
    return "iso" if start[32_769:32_774] in (b"CD001", b"BEA01") else None


def spill(path: Path, sink: Sink, passwords: Sequence[str]) -> None:
    """Push every file of an archive into `sink`. Raises Unacceptable, Encrypted and what the sink raises."""
    try:
        with path.open("rb") as file:
            reader = _READERS.get(kind(file.read(MAGIC)) or "")
        if reader is None:
            raise NotAnArchive
        reader(path, sink, passwords)
    except (RadiaryError, Enough):
        raise
    except FileNotFoundError:
        raise SourceGone from None
    except PermissionError:
        raise UnreadableExport from None
    except Exception as error:  # noqa: BLE001 - foreign readers raise whatever they like on damaged archives
        if isinstance(error, OSError) and error.errno is not None:
            raise SourceUnreadable from None
        raise TruncatedArchive from None


def _copied(sink: Sink, name: str, source: IO[bytes]) -> int:
    """Push one file into the sink; how many bytes it had."""
    writer = sink.begin(name)
    size = _poured(writer, source)
    writer.close()
    return size


def _poured(writer: Writer, source: IO[bytes]) -> int:
    size = 0
    while chunk := source.read(_CHUNK):
        size += writer.write(chunk)
    return size


def _zip(path: Path, sink: Sink, passwords: Sequence[str]) -> None:
    with zips.opened(path, passwords) as archive:
        spill_zip(archive, sink)


def spill_zip(archive: Any, sink: Sink) -> None:
    """Push every file of an open zip into `sink`. Raises what the sink raises."""
    for member in zips.files(archive):
        writer = sink.begin(member.filename)
        # What of a damaged member came out is kept, and found to be cut short when it is read.
        with contextlib.suppress(*_DAMAGE), zips.member_opened(archive, member) as source:
            _poured(writer, source)
        writer.close()


def _tar(opened: Callable[..., Any]) -> Callable[[Path, Sink, Sequence[str]], None]:
    """A reader for tar files behind a compression that `opened` undoes."""

    def read(path: Path, sink: Sink, _passwords: Sequence[str]) -> None:
        with opened(path, "rb") as stream, tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header) as archive:
            for member in archive:
                source = archive.extractfile(member) if member.isfile() else None
                if source is not None:
                    _copied(sink, member.name, source)
                else:
                    sink.skip(member.name)
                archive.members.clear()  # type: ignore[attr-defined]  # typeshed lacks it; else every header stays in memory

    return read


class _Header(tarfile.TarInfo):
    """An entry's header. Devices and sparse files are in no export; long names and extended headers have their bound."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        is_extended = self.type not in tarfile.SUPPORTED_TYPES or self.type in _EXTENDED
        if self.isdev() or self.type == tarfile.GNUTYPE_SPARSE or (is_extended and self.size > _CHUNK):
            raise UnsafeArchive
        made: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]  # the one hook before a header is read
        if made.issparse():
            raise UnsafeArchive
        return made


def _seven_zip(path: Path, sink: Sink, passwords: Sequence[str]) -> None:
    library = _library("py7zr")
    is_locked = False
    for password in (None, *passwords):
        try:
            # Given a file and not a path, py7zr unpacks its blocks one after another.
            with path.open("rb") as file, library.SevenZipFile(file, password=password) as archive:
                is_locked |= archive.needs_password()
                if is_locked and password is None:
                    continue
                archive.extract(factory=_Factory(sink), targets=[one.filename for one in archive.list() if one.is_file])
                return
        except (RadiaryError, Enough):
            raise
        except library.PasswordRequired:
            is_locked = True
        except Exception:
            if not is_locked:
                raise
    raise WrongPassword if passwords else Encrypted


class _Factory:
    """py7zr's way of handing over files one by one."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def create(self, filename: str) -> "_SevenZipMember":
        return _SevenZipMember(self._sink.begin(filename))


class _SevenZipMember:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._size = 0

    def write(self, data: bytes | bytearray) -> int:
        self._size += len(data)
        return self._writer.write(bytes(data))

    def read(self, size: int | None = None) -> bytes:  # noqa: ARG002 - py7zr's interface
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:  # noqa: ARG002 - py7zr's interface
        return self._size

    def flush(self) -> None:
        pass

    def size(self) -> int:
        return self._size

    def close(self) -> None:
        self._writer.close()


def _iso(path: Path, sink: Sink, _passwords: Sequence[str]) -> None:
    library = _library("pycdlib")
    image = library.PyCdlib()
    try:
        image.open(str(path))
    except (library.pycdlibexception.PyCdlibException, ValueError, IndexError):
        raise TruncatedArchive from None
    try:
        view = {"udf_path": "/"} if image.has_udf() else {"joliet_path": "/"} if image.has_joliet() else {"iso_path": "/"}
        (name,) = view
        for folder, _, files in image.walk(**view):
            for file_name in files:
                place = f"{folder.rstrip('/')}/{file_name}"
                with image.open_file_from_iso(**{name: place}) as source:
                    if _copied(sink, place.lstrip("/"), source) != source.length():
                        raise TruncatedArchive
    except (library.pycdlibexception.PyCdlibException, ValueError, IndexError):
        raise TruncatedArchive from None
    finally:
        image.close()


def _library(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        raise FormatNotInstalled from None


_READERS: dict[str, Callable[[Path, Sink, Sequence[str]], None]] = {
    "zip": _zip,
    "tar": _tar(open),
    "gz": _tar(gzip.open),
    "bz2": _tar(bz2.open),
    "xz": _tar(lzma.open),
    "zst": _tar(zips.open_zstd),
    "7z": _seven_zip,
    "iso": _iso,
}
