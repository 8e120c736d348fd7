"""Passwords for locked archives, sealed, in a file that only its owner may read; others' files do not count."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from radiary.files import private
from radiary.model.errors import PasswordsUnreadable, Unusable
from radiary.state.sealed import Seal

_MARK = b"Radiary passwords 2\n"
"""What a sealed file begins with; older ones are plain text, one password a line."""


class Passwords:
    """The file at `path`; `key` gives the pseudonyms' key, and raises Unusable where it is lost."""

    def __init__(self, path: Path, key: Callable[[], bytes]) -> None:
        self._path = path
        self._key = key

    def all(self) -> tuple[str, ...]:
        """All that are remembered, the newest last; a file that an older Radiary left in plain text is sealed."""
        try:
            content = self._path.read_bytes()
            if self._path.stat().st_mode & 0o077:
                return ()
            known = self._opened(content)
        except (OSError, ValueError, Unusable):
            return ()
        if known and not content.startswith(_MARK):
            with contextlib.suppress(OSError, Unusable):  # a read-only disk: they are of use all the same
                self._keep(known)
        return known

    def add(self, password: str) -> None:
        """Remember a password."""
        if not self.are_at_hand():
            raise Unusable(PasswordsUnreadable.sentence())
        self._keep((*(one for one in self.all() if one != password), password))

    def forget(self) -> None:
        """Forget all of them."""
        self._path.unlink(missing_ok=True)

    def are_at_hand(self) -> bool:
        """Whether the file is its owner's alone and can be read, or there is none. Raises Unusable where the key is lost."""
        try:
            return not (self._path.stat().st_mode & 0o077) and bool(self._opened(self._path.read_bytes()))
        except FileNotFoundError:
            return True
        except (OSError, ValueError):
            return False

    def _opened(self, content: bytes) -> tuple[str, ...]:
        """The passwords in a file. Raises ValueError for a damaged one, Unusable where the key is lost."""
        text = Seal(self._key(), b"passwords").opened(content[len(_MARK) :]) if content.startswith(_MARK) else content
        if b"\0" in text:
            raise ValueError("zeros, as a power cut leaves them")
        return tuple(line for line in text.decode("utf-8-sig").splitlines() if line)

    def _keep(self, passwords: tuple[str, ...]) -> None:
        sealed = Seal(self._key(), b"passwords").closed("".join(f"{one}\n" for one in passwords).encode())
        private.folder(self._path.parent)
        private.replace(self._path, _MARK + sealed)
