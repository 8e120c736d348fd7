"""Finds any of many words in bytes: one word after another in a little, by one pattern of all of them in much.

A pattern of a person's names in every encoding takes a third of a second to make, in which half a megabyte is searched without.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TypeAlias

_LITTLE = 400_000_000
"""Bytes, times words, that are searched without a pattern."""


_Branches: TypeAlias = dict[bytes, "_Branches"]


class AnyOf:
    """Words; two of the same words are the same, whatever they have searched."""

    def __init__(self, words: Iterable[bytes]) -> None:
        self._words = frozenset(words)
        self._searched = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AnyOf) and other._words == self._words

    def __hash__(self) -> int:
        return hash(self._words)

    def __reduce__(self) -> tuple[type["AnyOf"], tuple[frozenset[bytes]]]:
        return AnyOf, (self._words,)

    def is_in(self, data: bytes) -> bool:
        """Whether any of them stands in it."""
        if self._searched < _LITTLE:
            self._searched += len(data) * len(self._words)
            return any(word in data for word in self._words)
        return self._pattern.search(data) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[bytes]:
        """Finds them in one pass: beginnings that they share are looked for once."""
        branches: _Branches = {}
        for word in self._words:
            branch = branches
            for place in range(len(word)):
                branch = branch.setdefault(word[place : place + 1], {})
            branch[b""] = {}
        return re.compile(_written(branches) if branches else rb"(?!)", re.DOTALL)


def _written(branches: _Branches) -> bytes:
    """Branches as a pattern; where a word ends, what goes on behind it need not be looked for."""
    if b"" in branches:
        return b""
    ways = [re.escape(letter) + _written(rest) for letter, rest in sorted(branches.items())]
    return ways[0] if len(ways) == 1 else b"(?:" + b"|".join(ways) + b")"
