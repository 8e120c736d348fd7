"""Whether a file is a PDF or a photograph, by its first bytes; whether it is whole, by its last ones."""

HEAD, TAIL = 144, 2048
"""Bytes of the beginning and of the end that are looked at."""


def looks_like_pdf(head: bytes) -> bool:
    """Whether a file that begins with `head` is a PDF (ISO 32000-1, 7.5.2), perhaps behind a byte order mark or empty lines.

    Not with anything else before its header: so do zips begin that hold a PDF.
    """
    return head[:HEAD].lstrip(b"\xef\xbb\xbf\0\t\r\n ").startswith(b"%PDF-")


def ends_as_pdf(tail: bytes) -> bool:
    """Whether a file that ends with `tail` has a PDF's end."""
    return b"%%EOF" in tail


def looks_like_photograph(head: bytes) -> bool:
    """Whether a file that begins with `head` is a JPEG or a PNG."""
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def ends_as_photograph(tail: bytes) -> bool:
    """Whether a file that ends with `tail` has a JPEG's end, or a PNG's."""
    return b"\xff\xd9" in tail or b"IEND" in tail
