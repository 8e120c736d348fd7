"""ICC profiles (ICC.1) of known colour spaces: recognized by what they say of colours, and written anew without a word of text.

A received profile may hold names and serial numbers, so it never leaves; one of a known kind is replaced by a clean one of ours.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

_MOST = 0.006
"""How far a primary's coordinate may lie from a known one's."""
_CURVE = 0.02
"""How far the light of a middle grey may."""
_ENTRIES = 1024
_PRIMARIES = (b"rXYZ", b"gXYZ", b"bXYZ")
_CURVES = (b"rTRC", b"gTRC", b"bTRC")


@dataclass(frozen=True)
class Space:
    """A colour space: its word in Color Space (0028,2002), its primaries as XYZ under D50, and the light of a value of 0 to 1."""

    word: str
    primaries: tuple[float, ...]
    light: Callable[[float], float]


def _srgb(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


def _adobe(value: float) -> float:
    return float(value**2.19921875)


SPACES = (
    Space("SRGB", (0.43607, 0.22249, 0.01392, 0.38515, 0.71687, 0.09708, 0.14307, 0.06061, 0.7141), _srgb),
    Space("ADOBERGB", (0.60974, 0.31111, 0.01947, 0.20528, 0.62567, 0.06087, 0.14919, 0.06322, 0.74457), _adobe),
    Space("DISPLAYP3", (0.51512, 0.2412, -0.00105, 0.29198, 0.69225, 0.04189, 0.1571, 0.06657, 0.78407), _srgb),
)


@lru_cache(maxsize=4)
def known(profile: bytes) -> tuple[str, bytes] | None:
    """The word and a clean profile for the colour space that a profile describes; None for one of another space or damaged."""
    try:
        tags = _tags(profile)
        if profile[12:20] != b"mntrRGB " and profile[12:20] != b"scnrRGB " and profile[12:20] != b"spacRGB ":
            return None
        primaries = tuple(number for name in _PRIMARIES for number in _xyz(tags[name]))
        greys = [_at_middle(tags[name]) for name in _CURVES]
    except (KeyError, struct.error, ValueError, IndexError, OverflowError):
        return None
    for space in SPACES:
        is_near = all(abs(one - other) <= _MOST for one, other in zip(primaries, space.primaries, strict=True))
        if is_near and all(abs(grey - space.light(0.5)) <= _CURVE for grey in greys):
            return space.word, _written(space)
    return None


def _tags(profile: bytes) -> dict[bytes, bytes]:
    """The elements of a profile by their signatures."""
    (count,) = struct.unpack(">I", profile[128:132])
    if count > 100:
        raise ValueError("no profile")
    entries = (struct.unpack(">4sII", profile[at : at + 12]) for at in range(132, 132 + 12 * count, 12))
    return {name: profile[start : start + size] for name, start, size in entries}


def _xyz(element: bytes) -> tuple[float, ...]:
    return tuple(number / 65536 for number in struct.unpack(">3i", element[8:20]))


def _at_middle(element: bytes) -> float:
    """The light of a value of one half, by a curve (`curv`) or a formula (`para`, of which all begin with the exponent)."""
    if element[:4] == b"curv":
        (count,) = struct.unpack(">I", element[8:12])
        if count == 0:
            return 0.5
        values = struct.unpack(f">{count}H", element[12 : 12 + 2 * count])
        return float(0.5 ** (values[0] / 256)) if count == 1 else (values[(count - 1) // 2] + values[count // 2]) / 2 / 65535
    if element[:4] != b"para":
        raise ValueError("no curve")
    kind = int.from_bytes(element[8:10])
    numbers = [
        number / 65536 for number in struct.unpack(f">{(1, 3, 4, 5, 7)[kind]}i", element[12 : 12 + 4 * (1, 3, 4, 5, 7)[kind]])
    ]
    exponent, scale, shift = numbers[0], numbers[1] if kind else 1.0, numbers[2] if kind else 0.0
    return float(max(0.0, scale * 0.5 + shift) ** exponent)


@lru_cache(maxsize=4)
def _written(space: Space) -> bytes:
    """A profile of version 2.1 with nothing in it but the space's word and its numbers."""
    word = space.word.encode()
    desc = b"desc" + bytes(4) + struct.pack(">I", len(word) + 1) + word + bytes(1 + 78)
    text = b"text" + bytes(4) + b"CC0\0"
    white = b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061)
    light = [round(space.light(place / (_ENTRIES - 1)) * 65535) for place in range(_ENTRIES)]
    curve = b"curv" + bytes(4) + struct.pack(f">I{_ENTRIES}H", _ENTRIES, *light)
    elements = [(b"desc", desc), (b"cprt", text), (b"wtpt", white)]
    for name, at in zip(_PRIMARIES, (0, 3, 6), strict=True):
        elements.append(
            (name, b"XYZ " + bytes(4) + struct.pack(">3i", *(round(one * 65536) for one in space.primaries[at : at + 3])))
        )
    body, table, start = b"", b"", 132 + 12 * (len(elements) + 3)
    for name, element in elements:
        table += struct.pack(">4sII", name, start + len(body), len(element))
        body += element + bytes(-len(element) % 4)
    table += b"".join(struct.pack(">4sII", name, start + len(body), len(curve)) for name in _CURVES)
    body += curve + bytes(-len(curve) % 4)
    head = struct.pack(">I4sI4s4s4s6H", start + len(body), bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ", 2024, 1, 1, 0, 0, 0)
    head += b"acsp" + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + struct.pack(">I", len(elements) + 3) + table + body
