"""Zip files of every kind: deflate64 and zstd beside the usual methods, passwords, and directories that need mending."""

import contextlib
import struct
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

from radiary.archives import names, zip_gaps, zip_reading, zip_repair, zip_walk
from radiary.archives.sinks import Sink, copied
from radiary.archives.zip_methods import BAD, ZipFile, damaged_member
from radiary.files import deflate
from radiary.model.errors import Encrypted, LockedOddly, Reason, TruncatedArchive, WrongPassword

_SPECIAL = {0o010000, 0o020000, 0o060000, 0o140000}
"""Unix file types of pipes, devices and sockets."""
_UNOPENED = (*BAD, ValueError, EOFError, IndexError, OverflowError, NotImplementedError, struct.error)
"""What reading a directory raises that is damaged, or says what the reader does not know."""


class Opened:
    """A zip, open: a `zipfile.ZipFile` or one of its likes, and what is odd about it."""

    def __init__(self, plain: "_Plain", archive: Any, *, is_unlocked: bool) -> None:
        self.archive = archive
        self.members = files(archive)
        self.odd = odd(self.members)
        """Members that are left out, by position."""
        self.is_cut = plain.is_cut
        self._plain = plain
        if not is_unlocked:
            locked = (number for number, member in enumerate(self.members) if member.flag_bits & 1)
            self.odd = dict.fromkeys(locked, Reason.LOCKED_MEMBER) | self.odd

    @property
    def may_miss_members(self) -> bool:
        """Whether there may be more in it than its members, though it is not cut."""
        if self._plain.is_walked:
            return self._plain.is_mended and not self.is_cut
        return zip_gaps.are_there(self.archive, self._plain.file)

    def __enter__(self) -> "Opened":
        return self

    def __exit__(self, *_: object) -> None:
        self.archive.close()


class _Plain(NamedTuple):
    """A zip, open without a password; the file to read it by, which has a directory.

    `is_walked`: whether that was made by the headers of the members; `is_mended`: whether members may be missing then.
    """

    archive: Any
    file: BinaryIO
    is_walked: bool = False
    is_mended: bool = False
    is_cut: bool = False


def opened(file: BinaryIO, passwords: Sequence[str], *, takes_cut: bool = False) -> Opened:
    """A zip, open with the password that fits. Raises TruncatedArchive, LockedOddly, Encrypted and WrongPassword.

    With no such password, one that holds something unlocked that may be DICOM is opened as far as that goes.
    """
    plain = _plain(file)
    if plain.is_cut and not takes_cut:
        raise TruncatedArchive
    members = files(plain.archive)
    locked = [member for member in members if member.flag_bits & 1]
    if not locked:
        return Opened(plain, plain.archive, is_unlocked=True)
    from radiary.archives import zip_locks  # here: most zips are not locked, and pyzipper takes its time

    try:
        archive = zip_locks.unlocked(plain.file, locked, passwords)
    except (Encrypted, WrongPassword, LockedOddly):
        if any(names.may_be_dicom(one.filename) and one.file_size for one in members if not one.flag_bits & 1):
            return Opened(plain, plain.archive, is_unlocked=False)
        plain.archive.close()
        raise
    plain.archive.close()
    return Opened(plain, archive, is_unlocked=True)


def listed(file: BinaryIO) -> list[str]:
    """The names of its files, as far as they can be read. Raises TruncatedArchive."""
    with _plain(file).archive as archive:
        return [member.filename for member in files(archive)]


def listed_at_the_end(file: BinaryIO) -> list[str]:
    """The names in the directory at a file's end, wherever their members are; none where there is no directory."""
    with contextlib.suppress(*_UNOPENED), ZipFile(file) as archive:
        return [member.filename for member in files(archive)]
    return []


def _plain(file: BinaryIO) -> _Plain:
    """A zip by its directory, or by the headers of its members where there is none. Raises TruncatedArchive."""
    for readable in () if zip_repair.is_anothers(file) else _readable(file):
        with contextlib.suppress(*_UNOPENED):
            archive = ZipFile(readable)
            if _set_straight(archive):
                return _Plain(archive, readable)
            archive.close()
    walk = zip_walk.walked(file)
    if not walk.entries:
        raise TruncatedArchive
    mended = zip_repair.mended(file, walk.entries)
    try:
        is_mended = not zip_repair.has_all(file, walk)
        return _Plain(ZipFile(mended), mended, is_walked=True, is_mended=is_mended, is_cut=walk.is_cut)
    except _UNOPENED:
        raise TruncatedArchive from None


def _readable(file: BinaryIO) -> Iterator[BinaryIO]:
    """The file as it is, and, for a reader that stumbles over that, as it may be read."""
    yield file
    yield zip_repair.readable(file)


def _set_straight(archive: Any) -> bool:
    """Whether members lie where the directory says, or where it says but for the bytes in front of the zip.

    We look after members that overlap; the reader does not need to.
    """
    members = files(archive)
    for one in members:
        if hasattr(one, "_end_offset"):
            one._end_offset = None
    return not members or any(zip_reading.start(archive, member) is not None for member in (members[0], members[-1]))


def files(archive: Any) -> list[Any]:
    """The members that are files, in the order of the central directory: what holds something is one, whatever its name."""
    return [member for member in archive.infolist() if member.file_size or not member.filename.endswith("/")]


def odd(members: Sequence[Any]) -> dict[int, Reason]:
    """What is left out, by position: special files, and members that lie on top of others.

    Of those that overlap, the ones that end first are kept: one that claims to reach over all others costs itself alone.
    """
    reasons: dict[int, Reason] = {}
    end = 0
    for number, member in sorted(enumerate(members), key=lambda one: _end(one[1])):
        if not 0 <= member.header_offset < zip_reading.FARTHEST:
            reasons[number] = Reason.DAMAGED_MEMBER
        elif (member.external_attr >> 16) & 0o170000 in _SPECIAL:
            reasons[number] = Reason.SPECIAL_FILE
        elif member.header_offset < end:
            reasons[number] = Reason.OVERLAPPING_MEMBER
        else:
            end = _end(member)
    return reasons


def _end(member: Any) -> int:
    return int(member.header_offset) + 30 + int(member.compress_size)


def spill(file: BinaryIO, sink: Sink, passwords: Sequence[str]) -> None:
    """Push every file of a zip into `sink`. Raises TruncatedArchive, Waiting, LockedOddly and what the sink raises."""
    with opened(file, passwords, takes_cut=True) as archive:
        spill_opened(archive, sink)
        if archive.is_cut:
            raise TruncatedArchive


def spill_opened(opened: Opened, sink: Sink) -> None:
    """Push every file of an open zip into `sink`. Raises what the sink raises."""
    if opened.may_miss_members:
        sink.blame(Reason.ARCHIVE_DAMAGED)
    for number, member in enumerate(opened.members):
        if opened.odd.get(number) is Reason.LOCKED_MEMBER:
            sink.lock(member.filename)
        elif number in opened.odd:
            sink.skip(opened.odd[number])
        else:
            _spill_member(opened.archive, member, sink)


def _spill_member(archive: Any, member: Any, sink: Sink) -> None:
    try:
        source = zip_reading.member_opened(archive, member)
    except NotImplementedError:
        sink.begin(member.filename).drop(Reason.COMPRESSION_NOT_SUPPORTED)
    except RuntimeError:
        sink.lock(member.filename)
    except damaged_member():
        sink.begin(member.filename).drop(Reason.DAMAGED_MEMBER)
    else:
        with source, contextlib.suppress(*damaged_member(MemoryError)):
            copied(sink, member.filename, source, size=member.file_size)


def cut_beginning(file: BinaryIO, size: int) -> bytes:
    """The first bytes of the member within which a zip ends."""
    cut = zip_walk.walked(file).cut
    if cut is None or cut.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or cut.flags & 1:
        return b""
    file.seek(cut.start)
    packed = file.read(size + zip_reading.HEADROOM)
    return deflate.beginning(packed, size) if cut.method == zipfile.ZIP_DEFLATED else packed[:size]
