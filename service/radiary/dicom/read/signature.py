"""Whether a file is DICOM, by its first bytes and without a parser: cheap enough for every file of a downloads folder."""

from radiary.model.nouns import Content

HEAD = 144
"""Bytes that `looks_like_dicom` needs: the preamble, the prefix and the first element's header."""

_PREFIX = slice(128, 132)
FILE_META = b"\2\0\0\0UL\4\0"
"""The beginning of File Meta: its group length (0002,0000)."""
_VRS = frozenset(b"AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV".split())
_FIRST_ELEMENTS = {2: range(0x0103), 8: range(0x0071)}
"""Group → elements that a data set without preamble begins with: File Meta (0002,xxxx), or (0008,0000) to (0008,0070)."""


def head(content: Content) -> bytes:
    """The first bytes of a file."""
    if isinstance(content, bytes):
        return content[:HEAD]
    content.seek(0)
    return content.read(HEAD)


def looks_like_dicom(head: bytes) -> bool:
    """Whether a file that begins with `head` is a DICOM file (PS3.10 7.1), or one that lost its preamble, its prefix or both."""
    if head[_PREFIX] == b"DICM" or head[_PREFIX.start :].startswith(FILE_META):
        return True
    bare = head.removeprefix(b"DICM")
    return _is_element(bare, "little") or _is_element(bare, "big")


def _is_element(head: bytes, order: str) -> bool:
    """Whether `head` begins with a likely tag, then a VR or (implicit VR, always little endian) a short length (PS3.5 7.1)."""
    if len(head) < 12:
        return False
    little = order == "little"
    group = int.from_bytes(head[0:2], "little" if little else "big")
    element = int.from_bytes(head[2:4], "little" if little else "big")
    if element not in _FIRST_ELEMENTS.get(group, ()):
        return False
    if head[4:6] in _VRS:
        return True
    return little and int.from_bytes(head[4:8], "little") <= 64
