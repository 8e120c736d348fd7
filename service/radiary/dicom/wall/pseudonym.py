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


@dataclass(frozen=True)
class Pseudonyms:
    """All pseudonyms under one secret key of 32 bytes."""

    key: bytes = field(repr=False)

    def uid(self, uid: str) -> str:
        """A UID under 2.25 (PS3.5 B.2) in place of `uid`; the standard's registered ones (PS3.6 A) and the empty one stay."""
        if not uid or uid in UID_dictionary:
            return uid
        return f"2.25.{int.from_bytes(self._digest('uid', uid)[:16])}"

    @lru_cache(64)  # noqa: B019 - by value: one for each key there is
    def person(self, identity: Identity) -> str:
        """`P-` and eight letters or digits, by all that an object says of whom it is about.

        Spellings that differ in case, accents, order or punctuation are one; anything else is another person until the
        owner says otherwise: two people must never be taken for one.
        """
        name = " ".join(sorted(re.findall(r"\w+", _plain(identity.name))))
        birth_date = re.sub(r"\D", "", identity.birth_date)
        known = (identity.issuer, identity.identifier, name, birth_date)
        return f"P-{_code(self._digest('person', *(_plain(part).strip() for part in known)))}"

    def code(self, scheme: str, value: str) -> str:
        """Eight letters or digits in place of a code that no standard wrote."""
        return _code(self._digest("code", scheme, value))

    def shift(self, person: str, *, keep_weekdays: bool) -> int:
        """How many days a person's dates are moved: one secret number, back in time by up to ten years, never none."""
        step = 7 if keep_weekdays else 1
        return -step * (1 + int.from_bytes(self._digest("days", person)[:8]) % (_YEARS // step))

    def _digest(self, purpose: str, *parts: str) -> bytes:
        """HMAC-SHA256 over length-prefixed parts, so that no two lists of parts read alike."""
        written = [part.encode(errors="surrogatepass") for part in (purpose, *parts)]
        message = b"".join(len(part).to_bytes(4) + part for part in written)
        return hmac.digest(self.key, message, "sha256")


def _code(digest: bytes) -> str:
    return base64.b32encode(digest[:5]).decode()


def _plain(text: str) -> str:
    """Lower case without accents."""
    taken_apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in taken_apart if not unicodedata.combining(one))
