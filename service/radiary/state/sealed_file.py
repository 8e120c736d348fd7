"""A file of the state folder that is sealed with the pseudonyms' key, so that no search, backup or index reads it in passing."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from radiary.files import private
from radiary.files.disk_errors import on_state_disk
from radiary.language import sentence
from radiary.model.errors import Unusable
from radiary.state.sealed import Seal


class Sealed:
    """One file; `purpose` gives each a key of its own."""

    def __init__(self, path: Path, key: bytes, purpose: str) -> None:
        self._path = path
        self._seal = Seal(key, purpose.encode())

    def content(self) -> bytes:
        """What is in it; nothing where there is none. Raises Unusable for a file that is damaged, or sealed with another key."""
        try:
            return self._seal.opened(self._path.read_bytes())
        except FileNotFoundError:
            return b""
        except (OSError, ValueError):
            said = sentence(
                "The file `%(file)s` in the state folder cannot be read. Put it back from a backup.", file=self._path.name
            )
            raise Unusable(said) from None

    def replace(self, content: bytes) -> None:
        """Let it hold something else, whole or not at all. Raises NotNow where the disk refuses."""
        with on_state_disk():
            private.replace(self._path, self._seal.closed(content))

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only one who changes it."""
        with on_state_disk():
            private.folder(self._path.parent)
            descriptor = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
