"""A file of the state folder that is sealed with the pseudonyms' key, so that no search, backup or index reads it in passing."""

import contextlib
import fcntl
import hmac
import os
from collections.abc import Iterator
from pathlib import Path

from Cryptodome.Cipher import AES

from radiary.files import private
from radiary.model.errors import Unusable


class Sealed:
    """AES-GCM: nonce and tag of 16 bytes each, then the content. `purpose` gives each file a key of its own."""

    def __init__(self, path: Path, key: bytes, purpose: str) -> None:
        self._path = path
        self._key = hmac.digest(key, purpose.encode(), "sha256")

    def content(self) -> bytes:
        """What is in it; nothing where there is none. Raises Unusable for a file that is damaged, or sealed with another key."""
        try:
            sealed = self._path.read_bytes()
            return AES.new(self._key, AES.MODE_GCM, nonce=sealed[:16]).decrypt_and_verify(sealed[32:], sealed[16:32])
        except FileNotFoundError:
            return b""
        except (OSError, ValueError):
            raise Unusable(
                f"The file `{self._path.name}` in the state folder cannot be read. Put it back from a backup."
            ) from None

    def replace(self, content: bytes) -> None:
        """Let it hold something else, whole or not at all."""
        cipher = AES.new(self._key, AES.MODE_GCM)
        sealed, tag = cipher.encrypt_and_digest(content)
        private.replace(self._path, bytes(cipher.nonce) + tag + sealed)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only one who changes it."""
        private.folder(self._path.parent)
        descriptor = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
