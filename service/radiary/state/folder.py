"""The state folder: who runs (lock), the pseudonyms' key, the ledger, and what can be deleted: heartbeat and digests."""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from radiary.files import private
from radiary.language import Sentence, marked, refusal, sentence
from radiary.model.errors import AlreadyRunning, Unusable
from radiary.state import soundness
from radiary.state.names import Names
from radiary.state.passwords import Passwords

_KEY_BYTES = 32
_CLOSED = marked(
    "The state folder %(folder)s cannot be written to (%(why)s). Allow it, or choose another with `--set state=FOLDER`."
)
_STAYING = ("review", "once")
"""Wishes with something to read: whoever carries them out takes them away."""
FRESH = 30.0
"""Seconds for which a sign of life holds; the service gives one every ten."""
_DIGESTS = 100_000
"""Digests that are remembered for the next start."""


@dataclass(frozen=True)
class Request:
    """A file in which another command left what its owner wishes, and what it says."""

    path: Path
    said: bytes
    mark: tuple[int, int]
    """By which it is told from a later one of its name."""

    def delete(self) -> None:
        """It is carried out, or cannot be; on a read-only disk it is read again, which does no harm.

        A later one that took its place meanwhile stays.
        """
        with contextlib.suppress(OSError):
            if _mark(self.path) == self.mark:
                self.path.unlink(missing_ok=True)


class State:
    """Everything below one private folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = folder / "ledger.jsonl"
        self.scratch = folder / "scratch"
        self.names = Names(folder / "names", self._key_of_sealed)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only one at work here. Raises AlreadyRunning. The lock dies with the process, however it dies."""
        try:
            private.folder(self.folder)
            descriptor = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise Unusable(self._why_closed(error)) from None
        try:
            _take(descriptor)
            yield
        finally:
            os.close(descriptor)

    def is_locked(self) -> bool:
        """Whether Radiary is at work here."""
        try:
            with (self.folder / "lock").open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except PermissionError:
            return self._gives_signs()
        except OSError:
            return False
        return False

    def _gives_signs(self) -> bool:
        """Whether somebody was at work just now: of a lock that is closed to us, nobody knows more."""
        pulse = self.pulse()
        try:
            os.kill(int(pulse["pid"]), 0)
        except PermissionError:
            return True
        except (KeyError, ValueError, TypeError, OSError, OverflowError):
            return False
        return 0 <= time.monotonic() - float(pulse.get("monotonic", -FRESH)) < FRESH

    def key(self, known: str | None) -> bytes:
        """The pseudonyms' secret, made on the first run; `known` is its fingerprint in the ledger.

        Raises Unusable when it is lost or another one: with a new key the same person and the same study would get new
        codes, and everything would be filed twice.
        """
        path = self.folder / "key"
        if not path.exists():
            if known is not None:
                raise Unusable(
                    "The key that makes the pseudonyms is lost: the file `key` is missing from the state folder. Put it "
                    "back from a backup. If there is none, move the state folder and the library away and start anew."
                )
            private.write(path, secrets.token_hex(_KEY_BYTES).encode() + b"\n")
            private.sync(self.folder)
        try:
            key = bytes.fromhex(path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            key = b""
        if len(key) != _KEY_BYTES or known not in (None, fingerprint(key)):
            raise Unusable("The file `key` in the state folder is not the key of this ledger. Put it back from a backup.")
        return key

    def key_at_hand(self) -> str:
        """The fingerprint of the key that is there; empty when there is none, or none that can be read."""
        try:
            return fingerprint(bytes.fromhex((self.folder / "key").read_text(encoding="ascii")))
        except (OSError, ValueError):
            return ""

    def known_key(self, known: str | None) -> bytes | None:
        """The secret of a ledger with this fingerprint, for a look; None where it is not there, or there is no ledger."""
        try:
            return self.key(known) if known is not None else None
        except Unusable:
            return None

    @property
    def passwords(self) -> Passwords:
        """The passwords of locked archives, which the pseudonyms' key seals; it is made now where nothing is filed yet."""
        return Passwords(self.folder / "passwords", self._key_of_sealed)

    def _key_of_sealed(self) -> bytes:
        has_key, has_ledger = (self.folder / "key").exists(), self.ledger.exists()
        private.folder(self.folder)
        return self.key(None if has_key or not has_ledger else "")

    def pause(self) -> None:
        """Have no export begun until `resume`, whoever starts the service. Raises Unusable."""
        try:
            private.folder(self.folder)
            (self.folder / "paused").touch(mode=0o600)
        except OSError as error:
            raise Unusable(self._closed(error)) from None

    def resume(self) -> bool:
        """Go on; whether it was paused. Raises Unusable."""
        was_paused = self.is_paused()
        try:
            (self.folder / "paused").unlink(missing_ok=True)
        except OSError as error:
            raise Unusable(self._closed(error)) from None
        return was_paused

    def _why_closed(self, error: OSError) -> str:
        """Why the lock cannot be taken; of a folder that cannot be looked into no more is known than what was refused."""
        with contextlib.suppress(OSError):
            return soundness.fault(self.folder / "lock") or self._closed(error)
        return self._closed(error)

    def _closed(self, error: OSError) -> Sentence:
        return sentence(_CLOSED, folder=self.folder, why=refusal(error))

    def is_paused(self) -> bool:
        """Whether its owner paused it."""
        return (self.folder / "paused").exists()

    def requests_folder(self) -> Path:
        """The folder in which other commands leave their wishes."""
        return private.folder(self.folder / "wishes")

    def ask(self, wish: str, about: str, said: bytes = b"") -> Path:
        """Leave a wish for the service that runs: `retry` or `forget` an export, file one `once`, `review`, `look` again, a new
        `chronicle`, or to `wake` up. It lies there until it is heard.
        """
        request = self.requests_folder() / f"{wish}-{about}"
        private.replace(request, said)
        return request

    def wishes(self) -> Iterator[tuple[str, str]]:
        """What was wished for, and about what; each but those of `_STAYING` is done when the next is asked for."""
        for path, mark in self._requests("[!.]*-*"):
            wish, _, about = path.name.partition("-")
            yield wish, about
            if wish not in _STAYING:
                Request(path, b"", mark).delete()

    def decisions(self) -> Iterator[Request]:
        """What was decided about held pictures, or is to be taken out; each stays until it is thrown away."""
        for path, mark in self._requests("review-*"):
            with contextlib.suppress(OSError):  # one that somebody else left, and that cannot be read, is nobody's decision
                yield Request(path, path.read_bytes(), mark)

    def handed_over(self) -> Iterator[Request]:
        """Exports that `radiary once` left; each stays until it is thrown away."""
        for path, mark in self._requests("once-*"):
            with contextlib.suppress(OSError):
                yield Request(path, path.read_bytes(), mark)

    def answer(self, about: str, said: bytes) -> None:
        """Say how a wish ended, to the command that waits for it."""
        private.note(private.folder(self.folder / "answers") / about, said)

    def answer_to(self, about: str) -> bytes | None:
        """How a wish ended, once; None while nobody has said so."""
        path = self.folder / "answers" / about
        try:
            said = path.read_bytes()
        except FileNotFoundError:
            return None
        path.unlink(missing_ok=True)
        return said

    def forget_answers(self) -> None:
        """Those that nobody waits for any more, and what would get one: a command that handed it over to another run gave up."""
        shutil.rmtree(self.folder / "answers", ignore_errors=True)
        for path, _ in self._requests("once-*"):
            path.unlink(missing_ok=True)

    def _requests(self, pattern: str) -> list[tuple[Path, tuple[int, int]]]:
        """Those that are whole and their marks, in order of arrival; another thread may take one away meanwhile.

        A stray folder is none.
        """
        requests = []
        for path in (self.folder / "wishes").glob(pattern):
            with contextlib.suppress(OSError):
                requests += [(_mark(path), path)] if stat.S_ISREG(path.stat(follow_symlinks=False).st_mode) else []
        return [(path, mark) for mark, path in sorted(requests)]

    def beat(self, **pulse: Any) -> None:
        """Say what the service is doing, for `radiary status`. A full disk is no reason to stop."""
        with contextlib.suppress(OSError):
            private.note(self.folder / "heartbeat.json", json.dumps(pulse).encode())

    def pulse(self) -> dict[str, Any]:
        """What the service said last; empty when it never ran."""
        return _json(self.folder / "heartbeat.json")

    def note_backup(self, at: str, facts: int) -> None:
        """A backup was taken, of so many facts."""
        with contextlib.suppress(OSError):
            private.note(self.folder / "backup.json", json.dumps({"at": at, "facts": facts}).encode())

    def backup_taken(self) -> dict[str, Any]:
        """When the newest backup was taken, and of how many facts; empty when none was."""
        return _json(self.folder / "backup.json")

    def digests(self) -> dict[str, str]:
        """Digests of files seen before, by the hash of their fingerprint: a cache that may be deleted."""
        return {key: str(value) for key, value in _json(self.folder / "digests.json").items()}

    def keep_digests(self, digests: dict[str, str]) -> None:
        """Remember digests for the next start."""
        newest = dict(list(digests.items())[-_DIGESTS:])
        with contextlib.suppress(OSError):
            private.replace(self.folder / "digests.json", json.dumps(newest).encode())


def _mark(path: Path) -> tuple[int, int]:
    """When a request was left, and which file it is."""
    status = path.stat(follow_symlinks=False)
    return status.st_mtime_ns, status.st_ino


def _take(descriptor: int) -> None:
    """Lock a file for ourselves; somebody's `radiary status` may be looking at it for a moment."""
    for _ in range(10):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return
    raise AlreadyRunning


def fingerprint(key: bytes) -> str:
    """Twelve digits by which a ledger knows its key; they say nothing about it."""
    return hashlib.sha256(b"radiary key fingerprint" + key).hexdigest()[:12]


def _json(path: Path) -> dict[str, Any]:
    try:
        loaded = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}
