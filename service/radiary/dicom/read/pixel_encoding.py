"""In which transfer syntax Pixel Data really are: where they contradict the one that File Meta names, the bytes decide."""

from io import BufferedReader

import numpy as np
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian

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
_PIXELS, _BITS_ALLOCATED, _BITS_STORED, _REPRESENTATION = 0x7FE00010, 0x00280100, 0x00280101, 0x00280103
_LONGEST = 1 << 16
_SAMPLE = 1 << 13
"""Bytes in the middle of uncompressed pixels by which their order is judged."""


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
    if is_in_fragments and named in NATIVE:
        return _sniffed(value) or named
    if not is_in_fragments:
        return _of_native(dataset, value, named)
    if named in _FAMILIES:
        family = _FAMILIES[named]
        return named if family is None or _kind(value) in (family, None) else _sniffed(value) or named
    return _sniffed(value) or named


def _of_native(dataset: Dataset, value: bytes, named: str) -> str:
    """The syntax of uncompressed pixels: the named one, or the order of bytes that they bear out.

    Pixels are smoother in their own order. Under the name of an uncompressed syntax they have to break Bits Stored besides:
    values that are multiples of 256 look like small ones in the other order.
    """
    if named == ExplicitVRBigEndian or (named not in NATIVE and code_streams.kind_of(value[:64])):
        return named
    middle = len(value) // 4 * 2
    start = max(0, middle - _SAMPLE // 4 * 2)
    sample = value[start : start + _SAMPLE]
    is_swapped = _number(dataset, _BITS_ALLOCATED) == 16 and _is_smoother_swapped(sample)
    if named in NATIVE:
        return str(ExplicitVRBigEndian) if is_swapped and _fits_only_swapped(dataset, sample) else named
    return str(ExplicitVRBigEndian if is_swapped else ExplicitVRLittleEndian)


def _is_smoother_swapped(sample: bytes) -> bool:
    little, big = (np.frombuffer(sample[: len(sample) // 2 * 2], order + "u2").astype(np.float32) for order in "<>")
    return bool(np.abs(np.diff(big)).sum() < np.abs(np.diff(little)).sum())


def _fits_only_swapped(dataset: Dataset, sample: bytes) -> bool:
    """Whether most little-endian values have more bits than Bits Stored, and no big-endian one has."""
    bits = _number(dataset, _BITS_STORED)
    if not 8 < bits < 16:
        return False
    is_signed = _number(dataset, _REPRESENTATION) == 1
    low, high = (-(1 << bits - 1), 1 << bits - 1) if is_signed else (0, 1 << bits)
    kind = "i2" if is_signed else "u2"
    little, big = (np.frombuffer(sample[: len(sample) // 2 * 2], order + kind) for order in "<>")
    beyond = ((little < low) | (little >= high)).mean()
    return bool(beyond > 0.5 and ((big >= low) & (big < high)).all())


def _number(dataset: Dataset, tag: int) -> int:
    """An US that may not be decoded yet; 0 where it is none."""
    element = elements.get(dataset, tag)
    value = element.value if element is not None else None
    return int.from_bytes(value[:2], "little") if isinstance(value, bytes) else value if isinstance(value, int) else 0


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
