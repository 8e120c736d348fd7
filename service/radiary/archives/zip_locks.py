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


class _LockedMember(pyzipper.zipfile_aes.AESZipExtFile):  # type: ignore[misc]  # pyzipper has no types
    """A locked member, packed by any method that an unlocked one may have."""

    def get_decompressor(self, compress_type: int) -> Any:
        if compress_type == deflate64.METHOD:
            return deflate64.Decompressor()
        return zip_methods.zstd_decompressor() if compress_type == zip_methods.ZSTD else super().get_decompressor(compress_type)


class _Locked(pyzipper.AESZipFile):  # type: ignore[misc]  # pyzipper has no types
    """A zip with ZipCrypto or AES."""

    zipextfile_cls = _LockedMember


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
    except (RuntimeError, *zip_methods.DAMAGE, EOFError, ValueError):
        return False
    return True
