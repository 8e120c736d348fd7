"""Codes of one copy: drawn anew for each, so that two copies cannot be told to be of one person, or of one exam."""

import hmac
from collections.abc import Callable

from radiary.library import layout


class Codes:
    """Eight letters for whatever has a name in the library, by a secret that is thrown away with this."""

    def __init__(self, draw: Callable[[int], bytes]) -> None:
        self._secret = draw(32)

    def code(self, name: str) -> str:
        """What a thing is called in this copy; the same thing is always called the same in it."""
        return layout.code(self._keyed(name).hex())

    def number(self, name: str, below: int) -> int:
        """A number for a thing, from 0 on."""
        return int.from_bytes(self._keyed(f"number {name}")[:8]) % below

    def _keyed(self, name: str) -> bytes:
        return hmac.digest(self._secret, name.encode(), "sha256")
