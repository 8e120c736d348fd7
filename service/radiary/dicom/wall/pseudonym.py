"""Keyed pseudonyms: the same key and value always give the same pseudonym, and without the key nobody can test a guess.

A plain hash would not do: PS3.15 E.1.1 names identifiers few enough to be tried one by one. No table is kept.
"""

import base64
import hmac
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from pydicom._uid_dict import UID_dictionary

from radiary.model.nouns import Identity

_YEARS = 10 * 365
"""Days by which dates are moved, at most."""


@dataclass(frozen=True)
class Pseudonyms:
    """All pseudonyms under one secret key of 32 bytes."""

    key: bytes = field(repr=False)

    def uid(self, uid: str) -> str:
        """A UID under 2.25 (PS3.5 B.2) in place of `uid`; UIDs that the standard registers (PS3.6 A) and an empty one stay."""
        if not uid or uid in UID_dictionary:
            return uid
        return f"2.25.{int.from_bytes(self._digest('uid', uid)[:16])}"

    @lru_cache(64)  # noqa: B019 - by value: one for each key there is
    def person(self, identity: Identity) -> str:
        """A patient's code, `P-` and eight letters or digits, from name, birth date, identifier and issuer.

        Spellings that differ in case, accents, order or punctuation give one code. Any other difference gives another one
        until the owner says otherwise: two people must never be taken for one.
        """
        name = " ".join(sorted(re.findall(r"\w+", _plain(identity.name))))
        birth_date = re.sub(r"\D", "", identity.birth_date)
        attributes = (identity.issuer, identity.identifier, name, birth_date)
        return f"P-{_code(self._digest('person', *(_plain(part).strip() for part in attributes)))}"

    def code(self, scheme: str, value: str) -> str:
        """Eight letters or digits in place of a code that stands in no standard."""
        return _code(self._digest("code", scheme, value))

    def shift(self, person: str, *, keep_weekdays: bool) -> int:
        """The days by which a person's dates are moved, whole weeks if asked: one secret number, from -1 to ten years back."""
        step = 7 if keep_weekdays else 1
        return -step * (1 + int.from_bytes(self._digest("days", person)[:8]) % (_YEARS // step))

    def _digest(self, purpose: str, *parts: str) -> bytes:
        """HMAC-SHA256 over length-prefixed parts, so that two lists of parts never give the same bytes."""
        written = [part.encode(errors="surrogatepass") for part in (purpose, *parts)]
        message = b"".join(len(part).to_bytes(4) + part for part in written)
        return hmac.digest(self.key, message, "sha256")


def _code(digest: bytes) -> str:
    """Eight letters or digits (base32) of a digest's first 40 bits."""
    return base64.b32encode(digest[:5]).decode()


def _plain(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
