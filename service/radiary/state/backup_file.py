"""The file that a backup is: a stream sealed with a passphrase, in pieces, so that a ledger of any length takes no memory.

A line that says what it is; a line of JSON with its format and the way from the passphrase to a key (scrypt, RFC 7914); then
pieces of AES-256-GCM, each with its number in its nonce, and whether it is the last one: a piece that is changed, moved, missing
or cut is seen. The first two lines are sealed with each piece.
"""

import hashlib
import hmac
import json
import secrets
import sys
from io import BufferedIOBase
from typing import Any, BinaryIO

from Cryptodome.Cipher import AES

from radiary.model.errors import DamagedBackup, NewerBackup, NotABackup, WrongPassphrase

FORMAT = 1
_FIRST = b"Radiary backup\n"
_PIECE = 1 << 20
_TAG = 16
_COST = {"n": 1 << 17, "r": 8, "p": 1}
"""128 MB and half a second for each guess at the passphrase."""
_MOST = {"n": 1 << 19, "r": 8, "p": 4}
"""A header that wants more is none of ours."""
_LONGEST_LINE = 1000


class Sealing(BufferedIOBase):
    """Writes to a file, for `tarfile`. `finish` writes the last piece; without it the file is no backup."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        salt = secrets.token_bytes(16)
        key, check = _keys(passphrase, salt, **_COST)
        said = {"format": FORMAT, "kdf": "scrypt", **_COST, "salt": salt.hex(), "check": check.hex()}
        self._header = _FIRST + json.dumps(said).encode() + b"\n"
        self._file, self._key, self._number, self._waiting = file, key, 0, bytearray()
        file.write(self._header)

    def write(self, data: Any) -> int:
        """Take some; what fills a piece is written."""
        given = bytes(data)
        self._waiting += given
        while len(self._waiting) > _PIECE:
            self._seal(bytes(self._waiting[:_PIECE]), is_last=False)
            del self._waiting[:_PIECE]
        return len(given)

    def finish(self) -> None:
        """Write the rest."""
        self._seal(bytes(self._waiting), is_last=True)

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        sealed, tag = _cipher(self._key, self._number, self._header, is_last=is_last).encrypt_and_digest(piece)
        self._file.write(sealed + tag)
        self._number += 1


class Opening(BufferedIOBase):
    """Reads what was sealed, for `tarfile`. Raises NotABackup, NewerBackup, WrongPassphrase and DamagedBackup."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        line = _header(file)
        self._header = _FIRST + line
        self._key = _opened(line, passphrase)
        self._file, self._number, self._ready, self._is_done = file, 0, bytearray(), False
        self._next = file.read(_PIECE + _TAG)

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes, as many as there are up to `size`."""
        size = sys.maxsize if size is None or size < 0 else size
        while len(self._ready) < size and not self._is_done:
            self._open_piece()
        taken = bytes(self._ready[:size])
        del self._ready[:size]
        return taken

    def finish(self) -> None:
        """Read to the end, which is to be there and whole."""
        while self.read(_PIECE):
            pass

    def _open_piece(self) -> None:
        piece, self._next = self._next, self._file.read(_PIECE + _TAG)
        self._is_done = not self._next
        cipher = _cipher(self._key, self._number, self._header, is_last=self._is_done)
        try:
            self._ready += cipher.decrypt_and_verify(piece[:-_TAG], piece[-_TAG:])
        except ValueError:
            raise DamagedBackup from None
        self._number += 1


def refuse_other(file: BinaryIO) -> None:
    """Look at the beginning, which needs no passphrase. Raises NotABackup, NewerBackup and DamagedBackup."""
    _way_to_key(_header(file))


def _header(file: BinaryIO) -> bytes:
    """The line behind the one that says what it is."""
    first = file.read(len(_FIRST))
    if first != _FIRST:
        raise DamagedBackup if first and _FIRST.startswith(first) else NotABackup
    return file.readline(_LONGEST_LINE)


def _opened(line: bytes, passphrase: str) -> bytes:
    """The key that a header leads to."""
    cost, salt, wanted = _way_to_key(line)
    key, check = _keys(passphrase, salt, **cost)
    if not hmac.compare_digest(check, wanted):
        raise WrongPassphrase
    return key


def _way_to_key(line: bytes) -> tuple[dict[str, int], bytes, bytes]:
    """What a header says: the cost of a guess, the salt, and what tells a wrong passphrase."""
    try:
        said: dict[str, Any] = json.loads(line)
        version, cost = int(said["format"]), {name: int(said[name]) for name in _COST} if said["format"] == FORMAT else {}
        salt, wanted = (bytes.fromhex(said[name]) if cost else b"" for name in ("salt", "check"))
    except (ValueError, KeyError, TypeError):
        raise DamagedBackup from None
    if version > FORMAT:
        raise NewerBackup
    if not cost or any(not 1 <= cost[name] <= most for name, most in _MOST.items()) or cost["n"] & (cost["n"] - 1):
        raise DamagedBackup
    return cost, salt, wanted


def _keys(passphrase: str, salt: bytes, *, n: int, r: int, p: int) -> tuple[bytes, bytes]:
    """A key for the pieces, and another one that tells a wrong passphrase from a damaged file."""
    made = hashlib.scrypt(passphrase.encode(), salt=salt, n=n, r=r, p=p, maxmem=256 * n * r, dklen=48)
    return made[:32], made[32:]


def _cipher(key: bytes, number: int, header: bytes, *, is_last: bool) -> Any:
    cipher = AES.new(key, AES.MODE_GCM, nonce=number.to_bytes(11) + bytes([is_last]))
    cipher.update(header)
    return cipher
