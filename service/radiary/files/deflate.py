"""Deflate (RFC 1950, 1951) by ISA-L: whole pieces at once, several times as fast as zlib."""

from isal import isal_zlib

_LEVEL = 1
_DAMAGE: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # a class, whatever the package's stubs say


def checksum(data: bytes, before: int = 0) -> int:
    """CRC-32, going on from `before`."""
    return int(isal_zlib.crc32(data, before))


def packed(data: object) -> bytes:
    """Anything with a buffer, as a zlib stream."""
    return bytes(isal_zlib.compress(data, _LEVEL))


def beginning(data: bytes, size: int) -> bytes:
    """Up to `size` bytes of a raw stream that may be cut; nothing of a damaged one."""
    try:
        return bytes(isal_zlib.decompressobj(-15).decompress(data, size))
    except _DAMAGE:
        return b""


def unpacked(data: bytes, size: int, crc: int) -> bytes | None:
    """A raw stream of exactly `size` bytes with this CRC-32; None for any other."""
    try:
        inflated: bytes = isal_zlib.decompressobj(-15).decompress(data, size + 1)
    except _DAMAGE:
        return None
    return inflated if len(inflated) == size and checksum(inflated) == crc else None
