"""Whether a download may be hers: the first DICOM file, at any depth, or a listing that speaks of some.

What shows no sign of DICOM is somebody else's, whatever is wrong with it.
"""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from radiary.archives import archive, formats, split_sets, zips
from radiary.archives.archive import Archive
from radiary.archives.descent import Descent, Spilling
from radiary.archives.keeping import Kept
from radiary.archives.names import is_archive, is_called_dicom, may_be_dicom
from radiary.archives.sinks import Enough, Sink
from radiary.archives.speaking import speaks_of_dicom
from radiary.dicom.read.signature import HEAD, looks_like_dicom
from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.model.errors import (
    DamagedArchive,
    Empty,
    Encrypted,
    FormatNotInstalled,
    LockedOddly,
    NotAnArchive,
    PackedOddly,
    PartMissing,
    RadiaryError,
    RarArchive,
    SealedMail,
    TooDeep,
    TruncatedArchive,
    Unacceptable,
    UnsafeArchive,
    Waiting,
    WrongPassword,
)
from radiary.model.nouns import Export, Limits
from radiary.workers import time_limit

_FIRST = 1000
"""Files of a bomb that are looked at."""
_CMS = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07"
"""What kind of CMS content follows (the object identifier 1.2.840.113549.1.7)."""


def holds_dicom(export: Export, place: Path, limits: Limits, *, passwords: Sequence[str]) -> bool:
    """Whether an export shows a sign of DICOM; `place` is for archives inside it.

    Raises Unacceptable and Waiting for what may be hers and cannot be opened, MemoryError and NotNow.
    """
    try:
        return _looked_into(export, place, limits, passwords=passwords)
    except (Unacceptable, Waiting) as error:
        if _may_be_hers(error, export, place=place, limits=limits, passwords=passwords):
            raise
        return False


def _looked_into(export: Export, place: Path, limits: Limits, *, passwords: Sequence[str]) -> bool:
    if split_sets.is_later_part(export.path.name):
        _refuse_stray_part_of_hers(export.path)
        return False
    if export.kind == "archive":
        if split_sets.is_set(export.path) and not split_sets.is_complete(export.path):
            _refuse_part_of_hers(export, place, limits, passwords=passwords)
            return False

        def spill(sink: Sink) -> None:
            formats.spill(export.path, sink, passwords, name=export.path.name)

        return _descends(spill, export, place=place, limits=limits, passwords=passwords)
    with archive.opened(export, passwords, limits) as plain:
        if plain.holds_archives:
            return _descends(plain.spill, export, place=place, limits=limits, passwords=passwords)
        is_shown = _shows(plain, passwords)
    if not is_shown and export.kind == "file":
        _refuse_what_is_named(export.path)
    return is_shown


def _may_be_hers(error: Unacceptable | Waiting, export: Export, *, place: Path, limits: Limits, passwords: Sequence[str]) -> bool:
    """Whether there is a sign of DICOM in what cannot be opened, for this reason."""
    match error:
        case Empty() | NotAnArchive() | DamagedArchive():
            return False
        case TruncatedArchive():
            return export.kind == "zip" and _shows_though_cut(export, place, limits, passwords=passwords)
        case UnsafeArchive():
            return _shows_though_unsafe(export, limits)
        case Encrypted() | WrongPassword() | LockedOddly() | PackedOddly():
            return not lists_others_alone(export)
        case FormatNotInstalled():
            return formats.kind_of(export.path) != "iso" or speaks_of_dicom(export.path)
        case RarArchive():
            return export.kind == "folder" or formats.kind_of(export.path) != "rar" or speaks_of_dicom(export.path)
        case _:
            return True


def lists_others_alone(export: Export) -> bool:
    """Whether an archive has a list of its files that can be read, and nothing in it may be DICOM."""
    try:
        listed = None if export.kind == "folder" else formats.listed(export.path)
    except (RadiaryError, MemoryError):
        return False
    return listed is not None and not any(map(may_be_dicom, listed))


def names_hers(export: Export) -> bool:
    """Whether files in it are called as DICOM files or archives are. Raises Unacceptable and Waiting."""
    names = [path.name for path in export.path.rglob("*")] if export.kind == "folder" else formats.listed(export.path)
    return any(is_called_dicom(name) or is_archive(name) for name in names or ())


def _shows(plain: Archive, passwords: Sequence[str]) -> bool:
    """By the first bytes of every member; of one that cannot be read, the name decides. Raises Waiting."""
    is_doubtful = False
    for member in plain.members():
        time_limit.sign()
        head = plain.head(member.index)
        if head is not None and looks_like_dicom(head):
            return True
        is_doubtful |= head is None and plain.may_be_dicom(member.index)
    if plain.is_waiting:
        raise WrongPassword if passwords else Encrypted
    return is_doubtful


def _descends(spill: Spilling, export: Export, *, place: Path, limits: Limits, passwords: Sequence[str]) -> bool:
    """By everything in it, depth by depth. Raises Waiting, RarArchive and TooDeep, and what concerns the whole."""
    with on_disk():
        kept = Kept(None, private.folder(place), time_limit.sign)
    descent = Descent(kept, limits, passwords)
    try:
        descent.whole(spill, export.size)
    except Enough:
        return True
    if kept.is_waiting and not kept.is_doubtful:
        raise WrongPassword if passwords else Encrypted
    if descent.holds_rar and not kept.is_doubtful:
        raise RarArchive
    if descent.is_too_deep and not kept.is_doubtful:
        raise TooDeep
    return kept.is_doubtful


def _shows_though_cut(export: Export, place: Path, limits: Limits, *, passwords: Sequence[str]) -> bool:
    """Whether there is DICOM in the part of a cut zip that is there."""
    with split_sets.opened(export.path) as file:
        if looks_like_dicom(zips.cut_beginning(file, HEAD)):
            return True
    try:
        return _descends(
            lambda sink: formats.spill(export.path, sink, passwords), export, place=place, limits=limits, passwords=passwords
        )
    except (Unacceptable, Waiting):
        return False


def _refuse_part_of_hers(export: Export, place: Path, limits: Limits, *, passwords: Sequence[str]) -> None:
    """Raise PartMissing where what is there of a split set shows DICOM, or its last part lists some.

    A 7z archive says what is in it in its last part alone: without that, it may be anything.
    """
    with export.path.open("rb") as file:
        lists = formats.kind(file.read(formats.MAGIC)) == "7z" or any(map(may_be_dicom, zips.listed_at_the_end(file)))
    if lists or _shows_though_cut(export, place, limits, passwords=passwords):
        raise PartMissing


def _refuse_stray_part_of_hers(path: Path) -> None:
    """Raise PartMissing for a part without the file that stands for its set, which names DICOM files or lists some."""
    with path.open("rb") as file:
        lists = any(map(may_be_dicom, zips.listed_at_the_end(file)))
    if split_sets.is_stray(path) and (lists or speaks_of_dicom(path)):
        raise PartMissing


def _shows_though_unsafe(export: Export, limits: Limits) -> bool:
    """Whether the listing of a bomb speaks of DICOM, or one of the first files of a zip that may be DICOM is."""
    if any(map(is_called_dicom, formats.listed(export.path) or ())):
        return True
    if export.kind != "zip":
        return False
    with export.path.open("rb") as file, zips.opened(file, (), takes_cut=True) as opened:
        plain = archive.Zip(opened, limits)
        named = (index for index in range(len(opened.members)) if plain.may_be_dicom(index))
        return any(looks_like_dicom(plain.head(index) or b"") for index in islice(named, _FIRST))


def _refuse_what_is_named(path: Path) -> None:
    """Raise RarArchive or SealedMail for a file that is one, and speaks of DICOM."""
    with path.open("rb") as file:
        start = file.read(64)
    if formats.kind(start) == "rar" and speaks_of_dicom(path):
        raise RarArchive
    name, _, ending = path.name.rpartition(".")
    if ending.lower() in ("p7m", "p7e") and _CMS in start and may_be_dicom(name) and "." in name:
        raise SealedMail
