"""Locked zips (ZipCrypto and AES), and which of the passwords opens one, in which encoding."""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import pyzipper

from radiary.archives import deflate64, zip_methods
from radiary.model.errors import Encrypted, LockedOddly, WrongPassword

_ENCODINGS = ("utf-8", "cp1252", "cp850", "cp437")
"""What programs make of a password with an umlaut: UTF-8 today; Windows' and its console's code pages before."""
_SAMPLES = 3
"""Locked members on which a password is tried: one may be damaged."""
_CHUNK = 1 << 20
"""Bytes that are unpacked at once to try a password."""


class _LockedMember(pyzipper.zipfile_aes.AESZipExtFile):  # type: ignore[misc]  # pyzipper has no types
    """A locked member, packed by any method that an unlocked one may have."""

    def get_decompressor(self, compress_type: int) -> Any:
        if compress_type == deflate64.METHOD:
            return deflate64.Decompressor()
        return zip_methods.zstd_decompressor() if compress_type == zip_methods.ZSTD else super().get_decompressor(compress_type)


class _Locked(pyzipper.AESZipFile):  # type: ignore[misc]  # pyzipper has no types
    """A zip with ZipCrypto or AES, each member with a password of its own among those that are `known`, the likeliest first."""

    zipextfile_cls = _LockedMember
    known: tuple[bytes, ...] = ()

    def _open_to_read(self, mode: str, member: Any, password: bytes | None) -> Any:
        """A member, open with the password that fits. Raises RuntimeError where none does."""
        if not member.flag_bits & 1 or len(self.known) < 2:
            return super()._open_to_read(mode, member, password)
        password = self._fitting(mode, member)
        self.known = tuple(dict.fromkeys((password, *self.known)))
        return super()._open_to_read(mode, member, password)

    def _fitting(self, mode: str, member: Any) -> bytes:
        """The known password that fits a member; any where none does. With AES, the quick check is slow, and is enough."""
        fitting = (one for one in self.known if self._seems_to_fit(mode, member, one))
        if member.wz_aes_version is not None:
            return next(fitting, self.known[0])
        likely = list(fitting) or [self.known[0]]
        return next((one for one in likely if len(likely) == 1 or self._fits(mode, member, one)), likely[0])

    def _seems_to_fit(self, mode: str, member: Any, password: bytes) -> bool:
        """Whether a password passes the quick check, which one in 256 wrong ones does with ZipCrypto."""
        try:
            super()._open_to_read(mode, member, password).close()
        except NotImplementedError:
            raise
        except RuntimeError:
            return False
        return True

    def _fits(self, mode: str, member: Any, password: bytes) -> bool:
        """Whether a password unpacks a member as far as its checksum."""
        try:
            with super()._open_to_read(mode, member, password) as stream:
                while stream.read(_CHUNK):
                    pass
        except zip_methods.damage(EOFError, ValueError):
            return False
        return True


def unlocked(file: BinaryIO, locked: Sequence[Any], passwords: Sequence[str]) -> Any:
    """The zip, open with the password that fits. Raises Encrypted, WrongPassword and LockedOddly.

    A wrong password is certain only when a checksum of bytes was read: it is tried on the smallest members that have some.
    """
    if not passwords:
        raise Encrypted
    samples = sorted(locked, key=lambda one: (not one.file_size, int(one.compress_size)))[:_SAMPLES]
    archive = _Locked(file)
    try:
        for password in _encoded(passwords):
            archive.setpassword(password)
            if any(_opens(archive, sample.filename) for sample in samples):
                archive.known = tuple(dict.fromkeys((password, *_encoded(passwords))))
                return archive
    except LockedOddly:
        archive.close()
        raise
    archive.close()
    raise WrongPassword


def _encoded(passwords: Sequence[str]) -> Iterator[bytes]:
    """Every password in every encoding that has its letters, each once."""
    known: set[bytes] = set()
    for encoding in _ENCODINGS:
        for password in passwords:
            encoded = password.encode(encoding, "ignore")
            if encoded not in known and encoded.decode(encoding) == password:
                known.add(encoded)
                yield encoded


def _opens(archive: Any, name: str) -> bool:
    """Whether a member can be read with the password that is set. Raises LockedOddly where no password would do."""
    try:
        archive.read(name)
    except NotImplementedError:
        raise LockedOddly from None
    except zip_methods.damage(RuntimeError, EOFError, ValueError):
        return False
    return True
