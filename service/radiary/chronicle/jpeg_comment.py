"""A comment at the beginning of a JPEG that Radiary made: of what it was made, so that it can be told when that has changed."""

_START, _COMMENT = b"\xff\xd8", b"\xff\xfe"
"""Start of image, and of a comment (ISO/IEC 10918-1, B.1.1.3 and B.2.4.5)."""


def written(jpeg: bytes, comment: bytes) -> bytes:
    """The JPEG with a comment before all else."""
    return _START + _COMMENT + (2 + len(comment)).to_bytes(2) + comment + jpeg.removeprefix(_START)


def parted(data: bytes) -> tuple[bytes, bytes]:
    """The comment, and what stands behind it; both are empty when there is none."""
    if data[:4] != _START + _COMMENT:
        return b"", b""
    end = 4 + int.from_bytes(data[4:6])
    return data[6:end], data[end:]
