"""What can go wrong, at three grains. A class says what happens next; its docstring is the sentence a person reads.

    RadiaryError
    ├── Unusable          settings or state are not as they must be: exit status 78
    ├── Mistaken          what was asked for cannot be done: exit status 2
    │   └── NoSuchExport  HoldsOurFolders
    ├── Unacceptable      the export is refused for good          → `rejected`
    │   ├── Empty  NotAnArchive  TruncatedArchive  DamagedArchive  UnsafeArchive  TooDeep  UnreadableExport  NoFile  GaveUp
    │   ├── NothingToFile  ImagesMissing  StudyDamaged  FormatNotInstalled  PackedOddly  LockedOddly  RarArchive  SealedMail
    │   ├── OnlyOwnCopies  OnlyTakenOut  DamagedPaper  NothingReadable
    │   └── NoDicom  OthersPaper   nothing here is ours                    → `ignored`
    ├── Waiting           the export needs its owner              → `waiting`
    │   └── Encrypted  WrongPassword  LockedPaper
    ├── NotNow            the place is not ready; tried again     → `deferred`
    │   ├── LibraryOffline  LibraryReadOnly  LibraryFull  LibraryOfAnotherKey  LibraryAhead  LibraryUnknown
    │   ├── ShelfOffline  ShelfReadOnly  ChronicleOffline  ChronicleReadOnly
    │   ├── StateFull  StateUnwritable  PeopleDamaged  KeyLost  PasswordsUnreadable
    │   ├── SourceChanged  SourceGone  SourceUnreadable  PartMissing
    │   ├── FolderMissing  FolderDenied  FolderUnreachable  FolderShared
    │   └── WorkersUnavailable  OutOfMemory  ClusterOffline  OnBattery  Paused
    ├── Stopping          the service was asked to stop           → nothing: the ledger replays
    ├── NoServiceManager  NoSession  ServiceNotStarted   of `radiary service`
    ├── FolderRefused     a folder of the settings, in a command
    ├── NotShared         of `radiary share`, and of `radiary pick` that writes copies
    ├── NotWritten        no room where something was to be written
    └── DamagedBackup     of `radiary restore`

One slug per reason: the class name in kebab case, or a member of `Reason` for what costs one instance only.
"""

import re
from collections.abc import Mapping
from enum import StrEnum


class RadiaryError(Exception):
    """Something went wrong."""

    @classmethod
    def reason(cls) -> str:
        """The slug a program can match."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def sentence(cls) -> str:
        """The docstring on one line, for a person."""
        return " ".join((cls.__doc__ or "").split())

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else self.sentence()


class Unusable(RadiaryError):
    """Radiary cannot start like this."""


class Mistaken(RadiaryError):
    """This cannot be done."""


class AlreadyRunning(RadiaryError):
    """Radiary is already running with this state folder, as a service or by another command.

    Stop it, or wait until it has ended.
    """


class HandedBack(RadiaryError):
    """The service could not file it."""


class ServiceGaveNoAnswer(RadiaryError):
    """The service stopped, or is of another version, before it had filed this. Restart it, or run this once more."""


class NoServiceManager(RadiaryError):
    """Neither systemd nor launchd is at work here, so nothing can keep a service.

    Have `radiary run` started by whatever starts programs on this computer, or in a container as its command.
    """


class NoSession(RadiaryError):
    """Your own systemd does not answer: its user bus is missing, as after `su`, in a container, or without `dbus-user-session`.

    Log in as NAME at the computer or by ssh and try again, or have it run without a login by `sudo loginctl enable-linger NAME`.
    A service of the system needs none of it: `sudo $(which radiary) service install --system`.
    """


class FolderRefused(RadiaryError):
    """A folder cannot be used."""


class NotShared(RadiaryError):
    """Nothing was shared."""


class NotWritten(RadiaryError):
    """Nothing was written."""


class NotABackup(Mistaken):
    """This file is no backup of Radiary's."""


class NewerBackup(Mistaken):
    """This backup was made by a newer version of Radiary. Install that one; nothing was changed."""


class WrongPassphrase(Mistaken):
    """This is not the passphrase that the backup was made with. Nothing was changed."""


class DamagedBackup(RadiaryError):
    """The backup is damaged, or its end is missing. Take another copy of it; nothing was changed."""


class OtherService(Mistaken):
    """Another service of Radiary's works on the same folders; take it away first."""


class ServiceNotStarted(RadiaryError):
    """The service is installed, but does not start. `radiary service logs` says why; install it again when that is mended."""


class ServiceNotStopped(RadiaryError):
    """The service could not be stopped, so it was not taken away. Its log says more (`radiary service logs`)."""


class Stopping(RadiaryError):
    """Radiary was asked to stop; the export is taken up again at the next start."""


class Unacceptable(RadiaryError):
    """This export cannot be taken in."""


class Empty(Unacceptable):
    """The file is empty. Download it again."""


class NotAnArchive(Unacceptable):
    """The file is called a zip but is none, perhaps a web page saved by mistake. Download it again."""


class TruncatedArchive(Unacceptable):
    """It is incomplete: its end is missing. Download it again."""


class DamagedArchive(Unacceptable):
    """It is damaged inside, and nothing of it can be read. Download it again."""


class UnsafeArchive(Unacceptable):
    """It is built as no honest export is: it unpacks to far more, or to far more files, than it should.

    It was not opened. If you trust it, unpack it yourself and drop the folder.
    """


class TooDeep(Unacceptable):
    """Its images lie in an archive inside archives inside archives. Unpack it yourself and drop the folder."""


class UnreadableExport(Unacceptable):
    """Radiary may not read this file or folder. Give your user the right to read it."""


class NothingToFile(Unacceptable):
    """It holds DICOM files, but no picture that could be filed; the reasons are counted beside it."""

    def __init__(self, skipped: Mapping[str, int]) -> None:
        super().__init__(self.sentence())
        self.skipped = skipped


class NothingReadable(Unacceptable):
    """No DICOM image can be read in it, though files in it are called so, or are archives: they are damaged, or something else.

    Download it again.
    """


class OnlyOwnCopies(Unacceptable):
    """It holds copies that Radiary made itself, of exams that it knows, and nothing new: it was left alone."""


class OnlyTakenOut(Unacceptable):
    """You took out of the library what it holds, so it was left alone. `radiary once --again` on it files it again."""


class GaveUp(Unacceptable):
    """Every attempt at it ended in a crash or an internal error, so it was set aside, untouched.

    Stop the service and try `radiary once` on it; if that fails, too, please report it.
    """


class ImagesMissing(Unacceptable):
    """The table of contents of a disc (`DICOMDIR`) is here, but its images are not in it.

    Copy or download the whole disc, with the folders beside that file.
    """


class StudyDamaged(Unacceptable):
    """The folder of its study in the library has no sound `study.json`; `radiary verify` names it.

    Move that folder away, then run `radiary once` on the export.
    """


class LockedOddly(Unacceptable):
    """It is locked in a way that only the program which made it can open.

    Unpack it with that program and the password, and drop the folder instead.
    """


class FormatNotInstalled(Unacceptable):
    """Reading this kind of archive needs the extra `radiary[archives]`. Install it, then run `radiary retry`."""


class PackedOddly(Unacceptable):
    """It is packed in a way that cannot be unpacked yet. Unpack it with the program that made it, and drop the folder instead."""


class RarArchive(Unacceptable):
    """It is a RAR archive, which Radiary cannot open. Unpack it yourself (`unar`, 7-Zip, WinRAR) and drop the folder instead."""


class SealedMail(Unacceptable):
    """It is a sealed message (CMS, S/MIME), which only your mail program and your key can open.

    Open it there, save what is in it, and drop that instead.
    """


class DamagedPaper(Unacceptable):
    """The PDF is damaged, or its end is missing. Download it again."""


class DamagedPhotograph(Unacceptable):
    """The photograph is damaged, its end is missing, or it is too large to be read. Take or copy it again."""


class NoDicom(Unacceptable):
    """There are no DICOM images in it, so it was left alone."""


class OthersPaper(NoDicom):
    """It holds papers (PDF), but none that names somebody whom Radiary knows, so it was left alone.

    A paper is taken when its first page has the family name and the birth date of a person whose exams are filed, or when it lies
    in a folder named in the setting `documents`.
    """


class Waiting(RadiaryError):
    """This export needs something from you."""


class Encrypted(Waiting):
    """It is locked with a password: run `radiary unlock`."""


class WrongPassword(Waiting):
    """It is locked, and none of the passwords given so far opens it: run `radiary unlock` once more."""


class LockedPaper(Waiting):
    """The PDF is locked with a password, and none given so far opens it: run `radiary unlock`."""


class NotNow(RadiaryError):
    """This cannot be done just now and will be tried again."""


class LibraryOffline(NotNow):
    """The library folder is missing or not the one it was. Connect its disk; Radiary goes on by itself.

    To begin a new library in an empty folder, put an empty file called `.radiary` into it.
    """


class LibraryOfAnotherKey(NotNow):
    """The library was made with another key than the state folder has, and every exam would be filed twice.

    Put the state folder that belongs to it back from a backup (`radiary restore FILE`), or choose another library in the
    settings.
    """


class LibraryAhead(NotNow):
    """The library is newer than the ledger: the state folder is an older one, or its ledger is lost.

    Put the newest one back, or run `radiary rebuild`, which adds to the ledger what stands in the library.
    """


class LibraryUnknown(NotNow):
    """The library holds exams of which this state folder knows nothing, and every one would be filed twice.

    Put the state folder that belongs to it back from a backup (`radiary restore FILE`). If its file `key` is there and only the
    ledger is lost, run `radiary rebuild`. To begin anew, choose another library in the settings.
    """


class ShelfOffline(NotNow):
    """The private shelf's folder is missing or not the one it was. Put it back; Radiary goes on by itself.

    To begin a new shelf in an empty folder, put an empty file called `.radiary` into it.
    """


class ChronicleOffline(NotNow):
    """The chronicle's folder is empty, as when its disk is not connected. Connect it; Radiary goes on by itself.

    To begin a new chronicle, delete the empty folder, or put an empty file called `.radiary` into it.
    """


class FolderMissing(NotNow):
    """The folder is missing. Make it (`mkdir -p`), connect its disk, or name another one in the settings.

    It is taken up by itself as soon as it is there.
    """


class FolderDenied(NotNow):
    """The folder may not be read. Allow Radiary to read it.

    On a Mac: System Settings, Privacy & Security, Files and Folders.
    """


class FolderUnreachable(NotNow):
    """The folder's disk or network share does not answer. Connect it; Radiary goes on by itself."""


class FolderShared(NotNow):
    """Another Radiary, with a state folder of its own, watches this folder, too, so that each files every download.

    Stop one of them, or have it watch another folder (`watch` in the settings).
    """


class WorkersUnavailable(NotNow):
    """The processes that make pictures cannot be started, perhaps because Radiary is being upgraded just now.

    It goes on by itself. If this does not pass, install Radiary again and restart it.
    """


class PeopleDamaged(NotNow):
    """The file `people` in the state folder cannot be read. Put it back from a backup; Radiary goes on by itself."""


class KeyLost(NotNow):
    """The file `key` in the state folder is missing, damaged or not the one of its ledger. Put it back from a backup.

    If there is none, move the state folder and the library away and start anew.
    """


class PasswordsUnreadable(NotNow):
    """The file `passwords` in the state folder is damaged, or others can read it, so no password in it is tried.

    Close it with `chmod 600`, or put it back from a backup; or `radiary unlock --forget`, and give the passwords once more.
    """


class StateFull(NotNow):
    """The disk with the state folder is full, or has less than the 1 GB free that unpacking leaves.

    Make room there; Radiary goes on by itself.
    """


class StateUnwritable(NotNow):
    """The state folder cannot be written to: its disk is away, damaged or read-only. Mend that; Radiary goes on by itself."""


class LedgerTakenAway(NotNow):
    """The ledger, `ledger.jsonl` in the state folder, was moved, replaced or changed while Radiary ran, so nothing is filed.

    Put the same file back, or restart Radiary.
    """


class LibraryReadOnly(NotNow):
    """The library folder cannot be made or written to. Allow writing there, or choose another one in the settings."""


class ShelfReadOnly(NotNow):
    """The private shelf's folder cannot be made or written to. Allow writing there, or choose another one in the settings."""


class ChronicleReadOnly(NotNow):
    """The chronicle's folder cannot be made or written to. Allow writing there, or choose another one in the settings."""


class LibraryFull(NotNow):
    """The disk is full. Make room; Radiary goes on by itself."""


class OutOfMemory(NotNow):
    """It takes more memory than is free just now, or than a worker may use (`worker_gigabytes` in the settings).

    Close other programs; Radiary goes on by itself.
    """


class PartMissing(NotNow):
    """It is one archive in several files, of which at least one is missing. Put all of them side by side."""


class Paused(NotNow):
    """You paused Radiary: it begins no export until `radiary resume`."""


class OnBattery(NotNow):
    """The computer runs on its battery. Plug it in; Radiary goes on by itself."""


class ClusterOffline(NotNow):
    """The cluster's scheduler does not answer, wants certificates, or has no workers with Radiary.

    Start them, or give Dask its certificates; Radiary goes on by itself.
    """


class NoFile(Unacceptable):
    """It is neither a file nor a folder, but a pipe, a device or the like. Save what is to come out of it, and name that."""


class NoSuchExport(Mistaken):
    """There is no such file or folder. Check how its name is written."""


class HoldsOurFolders(Mistaken):
    """Folders that Radiary writes lie in it, so it never stands still. Name what is to be filed, not the folder around it."""


class SourceChanged(NotNow):
    """The export changed while it was being read; it will be read again when it is still."""


class SourceUnreadable(NotNow):
    """The disk that the export lies on gives errors. Check it, or copy the export to another one."""


class SourceGone(NotNow):
    """The export is no longer where it was found. Put it back into the watched folder."""


class Reason(StrEnum):
    """Why one instance was skipped or held. The slug is the value; `SENTENCES` holds what a person reads."""

    CODEC_CRASHED = "codec-crashed"
    TOO_SLOW = "too-slow"
    NOT_ENOUGH_MEMORY = "not-enough-memory"
    COMPRESSION_NOT_SUPPORTED = "compression-not-supported"
    DAMAGED_MEMBER = "damaged-member"
    UNREADABLE_HEADER = "unreadable-header"
    NESTED_TOO_DEEPLY = "nested-too-deeply"
    NO_PIXEL_DATA = "no-pixel-data"
    PIXEL_DATA_TRUNCATED = "pixel-data-truncated"
    FRAMES_MISSING = "frames-missing"
    FRAMES_DAMAGED = "frames-damaged"
    FRAMES_BEYOND_NUMBER = "frames-beyond-number"
    PIXEL_DATA_UNREADABLE = "pixel-data-unreadable"
    PIXEL_FORMAT_NOT_SUPPORTED = "pixel-format-not-supported"
    DISPLAY_VALUE_NOT_UNDERSTOOD = "display-value-not-understood"
    COLOURS_CONTRADICTED = "colours-contradicted"
    SIZE_CONTRADICTED = "size-contradicted"
    COMPRESSION_CONTRADICTED = "compression-contradicted"
    OVERLAY_ONLY = "overlay-only"
    TOO_LARGE = "too-large"
    TRANSFER_SYNTAX_NOT_SUPPORTED = "transfer-syntax-not-supported"
    DIFFERENT_PIXELS = "different-pixels"
    DUPLICATE = "duplicate"
    UID_OF_SEVERAL = "uid-of-several"
    STUDY_UID_OF_SEVERAL = "study-uid-of-several"
    OWN_COPY = "own-copy"
    TAKEN_OUT = "taken-out"
    DIRECTORY = "directory"
    KEY_OBJECT_SELECTION = "key-object-selection"
    PRESENTATION_STATE = "presentation-state"
    STRUCTURED_REPORT = "structured-report"
    ENCAPSULATED_DOCUMENT = "encapsulated-document"
    WAVEFORM = "waveform"
    SOUND = "sound"
    UNKNOWN_CURVE = "unknown-curve"
    NEW_KIND = "new-kind"
    RADIOTHERAPY = "radiotherapy"
    REGISTRATION = "registration"
    VIDEO = "video"
    PAPER = "paper"
    NOT_AN_IMAGE = "not-an-image"
    ULTRASOUND_REGIONS_MISSING = "ultrasound-regions-missing"
    BURNED_IN_ANNOTATION = "burned-in-annotation"
    TEXT_NOT_LOOKED_FOR = "text-not-looked-for"
    TEXT_UNCERTAIN = "text-uncertain"
    TEXT_REMAINS = "text-remains"
    TEXT_SEEN = "text-seen"
    NAME_REMAINS = "name-remains"
    TEXT_READER_NOT_INSTALLED = "text-reader-not-installed"
    TEXT_READER_UNLOADABLE = "text-reader-unloadable"
    TEXT_READER_INCOMPLETE = "text-reader-incomplete"
    TEXT_READER_WRONG = "text-reader-wrong"
    TEXT_READER_CRASHED = "text-reader-crashed"
    LOCKED_MEMBER = "locked-member"
    SPECIAL_FILE = "special-file"
    OVERLAPPING_MEMBER = "overlapping-member"
    ARCHIVE_DAMAGED = "archive-damaged"
    INNER_ARCHIVE_LOCKED = "inner-archive-locked"
    INNER_ARCHIVE_DAMAGED = "inner-archive-damaged"
    INNER_ARCHIVE_TOO_DEEP = "inner-archive-too-deep"
    INNER_ARCHIVE_UNSAFE = "inner-archive-unsafe"
    INNER_ARCHIVE_PACKED_ODDLY = "inner-archive-packed-oddly"
    INNER_ARCHIVE_NOT_INSTALLED = "inner-archive-not-installed"
    FOLDER_UNREADABLE = "folder-unreadable"
    FOLDER_TOO_DEEP = "folder-too-deep"
    FILE_UNREADABLE = "file-unreadable"
    LINK_NOT_FOLLOWED = "link-not-followed"


SENTENCES: dict[str, str] = {
    Reason.CODEC_CRASHED: "the decoder crashed on it",
    Reason.TOO_SLOW: "the decoder did not come to an end with it (`picture_seconds` in the settings)",
    Reason.NOT_ENOUGH_MEMORY: "it needs more memory than a worker may use (`worker_gigabytes` in the settings)",
    Reason.COMPRESSION_NOT_SUPPORTED: "packed in a way that cannot be unpacked yet (unpack it yourself and drop the folder)",
    Reason.DAMAGED_MEMBER: "damaged inside the archive (download it again)",
    Reason.UNREADABLE_HEADER: "a damaged DICOM file (download it again)",
    Reason.NESTED_TOO_DEEPLY: "its DICOM header is nested too deeply",
    Reason.NO_PIXEL_DATA: "an image without its pixels",
    Reason.PIXEL_DATA_TRUNCATED: "cut short, pixels are missing (download it again)",
    Reason.FRAMES_MISSING: "frames of a clip whose header speaks of more than there are; the others were filed",
    Reason.FRAMES_DAMAGED: "damaged frames of a clip; the others were filed",
    Reason.FRAMES_BEYOND_NUMBER: "frames beyond the number that its header says, which may be anything; the others were filed",
    Reason.PIXEL_DATA_UNREADABLE: "damaged pixels, or an encoding that cannot be read yet",
    Reason.PIXEL_FORMAT_NOT_SUPPORTED: "stored in a pixel format that cannot be shown yet",
    Reason.DISPLAY_VALUE_NOT_UNDERSTOOD: "says how it is to be shown in a value that cannot be understood",
    Reason.COLOURS_CONTRADICTED: "its pixels are of another number or kind of colours than its header says",
    Reason.SIZE_CONTRADICTED: "its pixels are of another size than its header says",
    Reason.COMPRESSION_CONTRADICTED: "its header names one compression, its pixels have another, which cannot be told",
    Reason.OVERLAY_ONLY: "an empty picture whose content stands in an overlay, which is never shown since it may hold names",
    Reason.TOO_LARGE: "claims to be larger than any real picture, so it was not opened",
    Reason.TRANSFER_SYNTAX_NOT_SUPPORTED: "compressed in a way that cannot be read yet",
    Reason.DIFFERENT_PIXELS: "a second version of a picture that is known already (the first one was kept)",
    Reason.UID_OF_SEVERAL: "shares its number (SOP Instance UID) with another picture, and was given one of its own",
    Reason.STUDY_UID_OF_SEVERAL: "shares its exam's number (Study Instance UID) with somebody else's, and was filed apart",
    Reason.DUPLICATE: "the same picture once more",
    Reason.OWN_COPY: "a copy that Radiary made itself, of an exam that it knows",
    Reason.TAKEN_OUT: "taken out by you (`radiary once --again` files it again)",
    Reason.DIRECTORY: "the disc's table of contents",
    Reason.KEY_OBJECT_SELECTION: "a note of key images, not a picture",
    Reason.PRESENTATION_STATE: "a saved view of an image, not a picture",
    Reason.STRUCTURED_REPORT: "a report, not a picture",
    Reason.ENCAPSULATED_DOCUMENT: "a document, not a picture",
    Reason.WAVEFORM: "a curve such as an ECG, not a picture",
    Reason.SOUND: "sound, in which somebody may speak",
    Reason.UNKNOWN_CURVE: "a recording that names no curve of a body for each of its channels, so that it may be sound",
    Reason.NEW_KIND: "a kind of object that is newer than this Radiary (a newer one may know it)",
    Reason.RADIOTHERAPY: "a radiotherapy plan, not a picture",
    Reason.REGISTRATION: "a note of how pictures lie to each other, not a picture",
    Reason.VIDEO: "a film, in whose pictures names cannot be looked for; it is kept on the private shelf as it came",
    Reason.PAPER: "a paper, held as it is (`radiary papers` shows it)",
    Reason.NOT_AN_IMAGE: "not a picture",
    Reason.ULTRASOUND_REGIONS_MISSING: "an ultrasound that does not say where text may stand",
    Reason.BURNED_IN_ANNOTATION: "may show names in the picture itself",
    Reason.TEXT_NOT_LOOKED_FOR: "may show text, which only the extra `radiary[ocr]` can look for",
    Reason.TEXT_UNCERTAIN: "shows something that may be text",
    Reason.TEXT_REMAINS: "still shows text after it was blanked",
    Reason.TEXT_SEEN: "shows text",
    Reason.NAME_REMAINS: "holds a name, a number or a birth date that is known here",
    Reason.TEXT_READER_NOT_INSTALLED: "could not be searched for text: ONNX Runtime is not installed (the extra `radiary[ocr]`)",
    Reason.TEXT_READER_UNLOADABLE: "could not be searched for text: ONNX Runtime, or a library that it needs, does not load",
    Reason.TEXT_READER_INCOMPLETE: "could not be searched for text: the reader's models are missing or damaged",
    Reason.TEXT_READER_WRONG: "could not be searched for text: the reader does not read a word that was drawn to try it",
    Reason.TEXT_READER_CRASHED: "could not be searched for text: the reader crashes on this computer, or hangs",
    Reason.LOCKED_MEMBER: "locked with a password (`radiary unlock`, or unpack it yourself and drop the folder)",
    Reason.SPECIAL_FILE: "a device, a pipe or a file with holes, as no disc of images holds one",
    Reason.OVERLAPPING_MEMBER: "lies on top of another file in the zip, as in no honest one",
    Reason.ARCHIVE_DAMAGED: "damage of the archive itself: something of it may be missing (download it again)",
    Reason.INNER_ARCHIVE_LOCKED: "an archive inside that is locked (`radiary unlock`, or unpack it yourself and drop the folder)",
    Reason.INNER_ARCHIVE_DAMAGED: "an archive inside that is damaged, so that something of it is missing (download it again)",
    Reason.INNER_ARCHIVE_TOO_DEEP: "an archive inside too many others (unpack it yourself and drop the folder)",
    Reason.INNER_ARCHIVE_UNSAFE: "an archive inside that unpacks to far more than it should (if you trust it, unpack it)",
    Reason.INNER_ARCHIVE_PACKED_ODDLY: "an archive inside that cannot be unpacked yet (unpack it yourself and drop the folder)",
    Reason.INNER_ARCHIVE_NOT_INSTALLED: "an archive inside that needs the extra `radiary[archives]`",
    Reason.FOLDER_UNREADABLE: "a folder that may not be opened (give your user the right to read it)",
    Reason.FOLDER_TOO_DEEP: "a folder inside too many others to be opened",
    Reason.FILE_UNREADABLE: "a file that may not be read (give your user the right to read it)",
    Reason.LINK_NOT_FOLLOWED: "a link that leads elsewhere, which is not followed (put what it stands for in its place)",
}


WITHOUT_READER = frozenset(
    {
        Reason.TEXT_NOT_LOOKED_FOR,
        Reason.TEXT_READER_NOT_INSTALLED,
        Reason.TEXT_READER_UNLOADABLE,
        Reason.TEXT_READER_INCOMPLETE,
        Reason.TEXT_READER_WRONG,
        Reason.TEXT_READER_CRASHED,
    }
)
"""Why a picture is held that was not searched: it is looked at once text can be read. The first one is of older versions."""

NOTHING_NEW = frozenset({OnlyOwnCopies.reason(), OnlyTakenOut.reason()})
"""Why a download is left alone that is no failure, so that nothing waits for its owner."""


def _classes(base: type[RadiaryError]) -> dict[str, str]:
    known = {base.reason(): base.sentence()}
    for child in base.__subclasses__():
        known |= _classes(child)
    return known


def sentences() -> list[str]:
    """Every sentence that a reason has."""
    return [*_classes(RadiaryError).values(), *SENTENCES.values()]


def explain(reason: str) -> str:
    """The sentence for any slug a ledger may hold; the slug itself for one from a newer version."""
    return (_classes(RadiaryError) | SENTENCES).get(reason, reason)
