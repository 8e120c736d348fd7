"""What a backup holds, and how it becomes a state folder again.

It may be taken while the service runs. The ledger is read first: it only ever grows, and every other file is replaced whole, so
what is read after it knows all that it tells of. Its head is made from the lines that were read.
"""

import contextlib
import json
import os
import secrets
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NoReturn

from radiary import __version__
from radiary.files import private
from radiary.model.errors import DamagedBackup
from radiary.state import ledger
from radiary.state.backup_file import Opening, Sealing

SETTINGS = "settings/config.toml"
_ABOUT = "about.json"
_STATE = "state/"
_LEDGER = "ledger.jsonl"
_KEY = "key"
_MADE_ANEW = {
    "ledger.head",
    "heartbeat.json",
    "digests.json",
    "backup.json",
    ".places.json",
    ".sound.json",
    "scratch",
    "lock",
    "review.html",
}
"""What the service makes by itself, knows of this computer alone, or holds only while it runs."""


@dataclass(frozen=True)
class Contents:
    """What is in a backup: when it was taken, by which version, how many facts, and the settings file, if there was one."""

    at: str
    radiary: str
    facts: int
    settings: bytes | None


def write(path: Path, state: Path, config: Path, *, passphrase: str) -> Contents:
    """Seal state folder and settings into a new file; it is whole or not there. Raises OSError, of a file that is there, too."""
    facts, end = _whole_lines(state / _LEDGER)
    settings = _bytes(config)
    contents = Contents(datetime.now(UTC).replace(microsecond=0).isoformat(), __version__, facts=facts, settings=settings)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.draft")
    try:
        with private.created(draft) as file:
            sealing = Sealing(file, passphrase)
            with tarfile.open(fileobj=sealing, mode="w|gz", format=tarfile.PAX_FORMAT) as archive:
                about = {"at": contents.at, "radiary": contents.radiary, "facts": facts}
                _add(archive, _ABOUT, json.dumps(about).encode())
                if settings is not None:
                    _add(archive, SETTINGS, settings)
                _add_ledger(archive, state / _LEDGER, end)
                _add(archive, _STATE + _KEY, (state / _KEY).read_bytes())
                for name in _names(state):
                    with contextlib.suppress(FileNotFoundError):  # replaced or taken away just now: the next one holds it
                        _add(archive, _STATE + name, (state / name).read_bytes())
            sealing.finish()
            file.flush()
            os.fsync(file.fileno())
        _appear(draft, path)
        private.sync(path.parent)
    finally:
        draft.unlink(missing_ok=True)
    return contents


def _appear(draft: Path, path: Path) -> None:
    """Another backup that was written to the same name meanwhile stays. Raises FileExistsError."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as a stick's
        if path.exists():
            raise FileExistsError from None
        draft.replace(path)


@contextlib.contextmanager
def unpacked(path: Path, beside: Path, passphrase: str) -> Iterator[tuple[Path, Contents]]:
    """A state folder from a backup, whole, in a private folder beside the one that it is for; what is not moved away is removed.

    Raises NotABackup, NewerBackup, WrongPassphrase, DamagedBackup and OSError.
    """
    place = beside.with_name(f".{beside.name}.restoring")
    shutil.rmtree(place, ignore_errors=True)
    try:
        with path.open("rb") as file:
            opening = Opening(file, passphrase)
            private.folder(place)
            contents = _unpack(opening, place)
            opening.finish()
        seq, line = ledger.last(place / _LEDGER)
        if seq:
            private.write(place / "ledger.head", json.dumps({"seq": seq, "hash": line}).encode())
        private.sync_all(place)
        yield place, contents
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _unpack(opening: Opening, place: Path) -> Contents:
    about: dict[str, object] = {}
    settings: bytes | None = None
    try:
        with tarfile.open(fileobj=opening, mode="r|gz") as archive:
            for member in archive:
                source = archive.extractfile(member)
                if source is None:
                    continue
                if member.name == _ABOUT:
                    about = json.loads(source.read())
                elif member.name == SETTINGS:
                    settings = source.read()
                else:
                    target = place / _inside(member.name)
                    private.folder(target.parent)
                    with private.created(target) as file:
                        shutil.copyfileobj(source, file)
    except (tarfile.TarError, ValueError, EOFError, FileExistsError):
        raise DamagedBackup from None
    facts = about.get("facts", 0)
    return Contents(
        str(about.get("at", "")), str(about.get("radiary", "")), facts=facts if isinstance(facts, int) else 0, settings=settings
    )


def _inside(name: str) -> str:
    """Where a file of the state folder belongs. Raises DamagedBackup for a name that leads elsewhere."""
    path = PurePosixPath(name)
    if not name.startswith(_STATE) or path.is_absolute() or ".." in path.parts or len(path.parts) < 2:
        raise DamagedBackup
    return name.removeprefix(_STATE)


def _names(state: Path) -> Iterator[str]:
    """Every file of the state folder that is to be kept, by its path; the ledger is apart."""
    for folder, folders, files in os.walk(state, onerror=_fail):
        below = Path(folder).relative_to(state)
        folders[:] = sorted(one for one in folders if below.parts or one not in _MADE_ANEW)
        for name in sorted(files):
            is_made_anew = not below.parts and (name in _MADE_ANEW or name in (_LEDGER, _KEY))
            if is_made_anew or name.endswith((".lock", ".draft")):
                continue
            if (Path(folder) / name).is_file():  # also by a link
                yield str(below / name)


def _fail(error: OSError) -> NoReturn:
    raise error


def _whole_lines(path: Path) -> tuple[int, int]:
    """How many facts are whole in the ledger just now, and how many bytes they take."""
    file = ledger.opened(path)
    if file is None:
        return 0, 0
    with file:
        end = ledger.end_of_last_line(file.fileno(), file.seek(0, os.SEEK_END))
        begin = ledger.end_of_last_line(file.fileno(), max(0, end - 1))
        line = os.pread(file.fileno(), end - begin, begin)
    return (ledger.parse(line).seq, end) if line else (0, 0)


def _add_ledger(archive: tarfile.TarFile, path: Path, size: int) -> None:
    if size:
        with path.open("rb") as file:
            archive.addfile(_entry(_STATE + _LEDGER, size), file)


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    archive.addfile(_entry(name, len(data)), BytesIO(data))


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
