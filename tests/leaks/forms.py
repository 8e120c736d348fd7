"""Token → the byte strings that betray it: character sets, UTF-16, base64, hex, escapes, numbers in binary."""

import base64
import html.entities
import struct
import urllib.parse
from collections.abc import Iterator

from leaks.tokens import SCRIPTS, Token

SHORTEST = 8
"""Bytes of a form: what is shorter turns up by chance."""
CODECS = tuple(sorted({codec for codec, _ in SCRIPTS.values()} - {"utf_8"}))


def of(token: Token) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each form, ASCII letters in lower case: what is searched is lowered, too."""
    if token.is_whole:
        return
    found = [(name, form.lower()) for name, form in _forms(token) if len(form) >= SHORTEST]
    yield from dict.fromkeys(found)


def _forms(token: Token) -> Iterator[tuple[str, bytes]]:
    for raw in token.raw:
        yield "as planted", raw
        yield "as planted, read as Latin-1", raw.decode("latin-1").encode()
    for text in token.texts:
        for case in dict.fromkeys((text, text.lower(), text.upper(), text.title())):
            yield from _encoded(case)
        if text.replace(".", "", 1).isdigit() and len(text) > 8:
            yield "double", struct.pack("<d", float(text))


def _encoded(text: str) -> Iterator[tuple[str, bytes]]:
    plain = text.encode()
    yield "UTF-8", plain
    yield "UTF-16 LE", text.encode("utf-16-le")
    yield "UTF-16 BE", text.encode("utf-16-be")
    yield "hex", plain.hex().encode()
    for shift in range(3):
        yield "base64", in_base64(plain, shift)
        yield "base64 of UTF-16", in_base64(text.encode("utf-16-le"), shift)
    if not text.isascii():
        yield from _beyond_ascii(text)


def _beyond_ascii(text: str) -> Iterator[tuple[str, bytes]]:
    for codec in CODECS:
        try:
            data = text.encode(codec)
        except UnicodeEncodeError:
            continue
        yield codec, data
        yield f"{codec}, read as Latin-1", data.decode("latin-1").encode()
    points = text.encode("utf-16-be")
    units = [int.from_bytes(points[at : at + 2], "big") for at in range(0, len(points), 2)]
    yield "JSON escapes", "".join(f"\\u{unit:04x}" for unit in units).encode()
    yield "YAML escapes", "".join(f"\\x{ord(one):02x}" if ord(one) < 256 else f"\\u{ord(one):04x}" for one in text).encode()
    yield "HTML entities", "".join(f"&#{ord(one)};" for one in text).encode()
    yield "HTML entities", "".join(f"&#x{ord(one):x};" for one in text).encode()
    yield "HTML entities", text.encode("ascii", "xmlcharrefreplace")
    yield "HTML entities", "".join(_NAMED.get(one, one) for one in text).encode()
    yield "percent encoding", urllib.parse.quote(text).encode()
    yield "UTF-8, read as Latin-1", text.encode().decode("latin-1").encode()


_NAMED = {letter: f"&{name}" for name, letter in html.entities.html5.items() if name.endswith(";") and len(letter) == 1}


def in_base64(data: bytes, shift: int) -> bytes:
    """The characters that stand for `data` whatever its neighbours are, when it begins at byte `shift` of a group of 3."""
    written = base64.b64encode(bytes(shift) + data)
    first = -(-shift * 8 // 6)
    return written[first : (shift + len(data)) * 8 // 6]
