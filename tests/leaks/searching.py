"""All tokens in all their forms at once: the first eight bytes of each form are looked up at every offset of the data."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leaks import forms
from leaks.opening import PIXELS, Blob, blobs, values
from leaks.tokens import Token

_BITS = 24
_MIXER = np.uint64(0x9E3779B97F4A7C15)
_STEP = 1 << 22
_GRAIN = 8
"""Greys between which the grain of an even ground lies."""
_LONG = 30
"""Characters of a number, digest or UID inside which eight digits stand by chance."""
_RUN = re.compile(rb"[0-9a-f.]+")


@dataclass(frozen=True)
class Leak:
    """A token that was found, in which form, and where."""

    token: Token
    form: str
    place: str


class Searcher:
    """Made once for an export's tokens."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self._whole: dict[str, Token] = {}
        self._numbers: dict[float, Token] = {}
        self._forms: dict[int, list[tuple[bytes, str, Token]]] = {}
        for token in tokens:
            if token.number is not None:
                self._numbers[token.number] = token
            elif token.is_whole:
                self._whole |= {text.lower(): token for text in token.texts}
            for name, form in forms.of(token):
                self._forms.setdefault(int.from_bytes(form[:8], "little"), []).append((form, name, token))
        self._keys = np.array(sorted(self._forms), dtype="<u8")
        self._table = np.zeros(1 << _BITS, dtype=bool)
        self._table[_mixed(self._keys)] = True
        words = "|".join(re.escape(word) for word in self._whole)
        self._words = re.compile(rb"(?<![\w])(" + words.encode() + rb")(?![\w])") if words else None

    def leaks(self, files: Iterable[tuple[str, bytes]]) -> list[Leak]:
        """What is found in files and in their names; each token once in a file and form."""
        found: dict[Leak, None] = {}
        seen: set[int] = set()
        for name, data in files:
            found |= dict.fromkeys(self._in_blob(Blob(name, name.encode("utf-8", "surrogateescape"), "its name", is_text=True)))
            for blob in blobs(name, data):
                key = hash(blob.data)
                if key not in seen:
                    seen.add(key)
                    found |= dict.fromkeys(self._in_blob(blob))
                    found |= dict.fromkeys(self._in_values(blob))
        return list(found)

    def in_text(self, text: str) -> bool:
        """Whether any token stands in a value's text."""
        return any(True for _ in self._in_blob(Blob("", text.encode("utf-8", "replace"), "", is_text=True)))

    def _in_blob(self, blob: Blob) -> Iterator[Leak]:
        data = blob.data.lower()
        for at in self._candidates(data):
            for form, name, token in self._forms.get(int.from_bytes(data[at : at + 8], "little"), ()):
                if data.startswith(form, at) and not (_is_chance(data, at, form) or (blob.part == PIXELS and _is_grain(form))):
                    yield Leak(token, name, f"{blob.name}: {blob.part}")
        if blob.is_text and self._words:
            for match in self._words.finditer(data):
                yield Leak(self._whole[match[1].decode()], "whole word", f"{blob.name}: {blob.part}")

    def _candidates(self, data: bytes) -> list[int]:
        """Offsets at which some form's first eight bytes stand."""
        found: list[int] = []
        for start in range(0, len(data), _STEP):
            part = data[start : start + _STEP + 7]
            for shift in range(min(8, max(0, len(part) - 7))):
                keys = np.frombuffer(part, "<u8", (len(part) - shift) // 8, shift)
                found += (8 * np.flatnonzero(self._are_keys(keys)) + shift + start).tolist()
        return sorted(found)

    def _are_keys(self, keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
        likely = self._table[_mixed(keys)]
        at = np.flatnonzero(likely)
        places = np.minimum(np.searchsorted(self._keys, keys[at]), len(self._keys) - 1)
        likely[at] = self._keys[places] == keys[at]
        return likely

    def _in_values(self, blob: Blob) -> Iterator[Leak]:
        for path, value in values(blob.data):
            word = value.lower().strip() if isinstance(value, str) else None
            token = self._numbers.get(float(value)) if word is None else self._whole.get(word)
            if token:
                yield Leak(token, "whole value", f"{blob.name}: {path}")


def _mixed(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return (keys * _MIXER) >> np.uint64(64 - _BITS)


def _is_grain(form: bytes) -> bool:
    """Whether the letters of a word lie as close together as the greys of an even ground, which spell it by chance."""
    return max(form) - min(form) <= _GRAIN


def _is_chance(data: bytes, at: int, form: bytes) -> bool:
    """Whether a short number lies inside a long one, a digest or a UID."""
    if len(form) > 12 or not form.replace(b".", b"").isdigit():
        return False
    begin = max(0, at - _LONG)
    run = next(match for match in _RUN.finditer(data, begin, at + len(form) + _LONG) if match.end() > at)
    return run.end() - run.start() >= _LONG
