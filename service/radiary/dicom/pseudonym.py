"""Keyed pseudonyms: the same key and value always give the same pseudonym, and without the key nobody can test a guess.

A plain hash would not do: PS3.15 E.1.1 names identifiers few enough to be tried one by one. No table is kept.
"""

import base64
import hmac
from dataclasses import dataclass, field

from pydicom._uid_dict import UID_dictionary


@dataclass(frozen=True)
class Pseudonyms:
    """All pseudonyms under one secret key of 32 bytes."""

    key: bytes = field(repr=False)

    def uid(self, uid: str) -> str:
        """A UID under 2.25 (PS3.5 B.2) in place of `uid`; the standard's registered ones (PS3.6 A) and the empty one stay."""
        if not uid or uid in UID_dictionary:
            return uid
        return f"2.25.{int.from_bytes(self._digest('uid', uid)[:16])}"

    def person(self, *, issuer: str, identifier: str, name: str, birth_date: str) -> str:
        """`P-` and eight letters or digits, by Patient ID and its issuer; by name and birth date where there is no ID."""
        known = (issuer, identifier) if identifier else ("", name, birth_date)
        return f"P-{_code(self._digest('person', *(part.strip().casefold() for part in known)))}"

    def _digest(self, purpose: str, *parts: str) -> bytes:
        """HMAC-SHA256 over length-prefixed parts, so that no two lists of parts read alike."""
        message = b"".join(len(part.encode()).to_bytes(4) + part.encode() for part in (purpose, *parts))
        return hmac.digest(self.key, message, "sha256")


def _code(digest: bytes) -> str:
    return base64.b32encode(digest[:5]).decode()
