"""In which transfer syntax Pixel Data really are: where they contradict the one that File Meta names, the bytes decide."""

from io import BufferedReader

import numpy as np
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRLittleEndian

from radiary.dicom.read import code_streams, elements

_JPEG = "1.2.840.10008.1.2.4."
NATIVE = frozenset({"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"})
_FAMILIES: dict[str, str | None] = {
    "1.2.840.10008.1.2.1.98": None,
    "1.2.840.10008.1.2.8.1": None,
    "1.2.840.10008.1.2.5": "rle",
    **dict.fromkeys((_JPEG + kind for kind in ("50", "51", "53", "55", "57", "70")), "jpeg"),
    **dict.fromkeys((_JPEG + kind for kind in ("80", "81")), "jpeg-ls"),
    **dict.fromkeys((_JPEG + kind for kind in ("90", "91", "92", "93", "201", "202", "203")), "jpeg-2000"),
    **dict.fromkeys((_JPEG + kind for kind in ("110", "111", "112")), "jpeg-xl"),
}
"""Transfer Syntax UID → the kind of its streams; None for those that begin like anything."""
KNOWN = NATIVE | _FAMILIES.keys()
"""Transfer syntaxes whose pixels can be read."""
_SYNTAXES = {
    "jpeg": _JPEG + "50",
    "jpeg-ls": _JPEG + "80",
    "jpeg-2000": _JPEG + "90",
    "jpeg-xl": _JPEG + "110",
    "rle": "1.2.840.10008.1.2.5",
}
_FILMS = tuple(f"{_JPEG}{number}" for number in range(100, 109))
_PIXELS, _BITS_ALLOCATED = 0x7FE00010, 0x00280100
_LONGEST = 1 << 16


def syntax(dataset: Dataset, named: str) -> str:
    """The transfer syntax that Pixel Data are in; the `named` one where the bytes do not contradict it."""
    element = elements.get(dataset, _PIXELS)
    value = element.value if element is not None else None
    if isinstance(value, BufferedReader):
        value.seek(0)
        value = value.read(_LONGEST)
    if not isinstance(value, bytes) or not value or named.startswith(_FILMS):
        return named
    is_in_fragments = value.startswith(code_streams.ITEM)
    if named in NATIVE:
        return named if not is_in_fragments else _sniffed(value) or named
    if not is_in_fragments:
        is_plain = named in _FAMILIES or _is_little_endian(dataset, value[:_LONGEST])
        return str(ExplicitVRLittleEndian) if is_plain and not code_streams.kind_of(value[:64]) else named
    if named in _FAMILIES:
        family = _FAMILIES[named]
        return named if family is None or _kind(value) in (family, None) else _sniffed(value) or named
    return _sniffed(value) or named


def _is_little_endian(dataset: Dataset, value: bytes) -> bool:
    """Whether uncompressed pixels of a syntax that nobody knows are little endian: as such they are smoother.

    Private syntaxes with big-endian pixels exist.
    """
    bits = elements.get(dataset, _BITS_ALLOCATED)
    if bits is None or bits.value not in (b"\x10\0", 16):
        return True
    little, big = (np.frombuffer(value[: len(value) // 2 * 2], order + "u2").astype(np.float64) for order in "<>")
    return bool(np.abs(np.diff(little)).sum() <= np.abs(np.diff(big)).sum())


def _kind(value: bytes) -> str | None:
    """The kind of the first stream in fragments."""
    first = _first(value)
    head = code_streams.head_of(first)
    return head.kind if head is not None else code_streams.kind_of(first)


def _first(value: bytes) -> bytes:
    """The beginning of the first fragment that holds something, behind the Basic Offset Table if there is one."""
    at = 0
    for _ in range(8):
        length = int.from_bytes(value[at + 4 : at + 8], "little")
        content = value[at + 8 : at + 8 + length]
        if not value.startswith(code_streams.ITEM, at):
            return b""
        if content and (at or code_streams.kind_of(content[:64])):
            return content[:_LONGEST]
        at += 8 + length
    return b""


def _sniffed(value: bytes) -> str | None:
    kind = _kind(value)
    return _SYNTAXES[kind] if kind else None
