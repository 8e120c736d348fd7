"""Names in other alphabets, in the character set they declare, in another one, and with three components."""

from leaks.elements import nested, put
from leaks.making import Maker
from leaks.tokens import SCRIPTS

_JAPANESE = ("ISO 2022 IR 87", "ISO 2022 IR 159")
_ESCAPED = {"ISO 2022 IR 149": b"\x1b$)C", "ISO 2022 IR 58": b"\x1b$)A"}
_DEEP = (0x52009229, 0x00089124, 0x00082112)


def bytes_of(text: str, charset: str) -> bytes:
    """Text as a data set of that character set holds it, escape sequences included."""
    data = text.encode(SCRIPTS[charset][0])
    return _ESCAPED.get(charset, b"") + data


def plant(maker: Maker) -> None:
    """The person's name, somebody else's in descriptions, names that lie deep, and a character set that lies."""
    for charset in SCRIPTS:
        declared = f"\\{charset}" if charset.startswith("ISO 2022") else charset
        category = f"other alphabets: {charset}"
        made = maker.image(maker.study(maker.person("Nobody")))
        put(made, 0x00080005, "CS", declared)
        put(made, 0x00100010, "PN", _name(maker, category, charset))
        for tag, vr in ((0x00081030, "LO"), (0x00080090, "PN"), (0x00204000, "LT"), (0x00180010, "LO"), (0x00080070, "LO")):
            text = maker.mint.in_script(charset)
            where = "other alphabets: Manufacturer" if tag == 0x00080070 else category
            put(made, tag, vr, maker.mint.remember_raw(where, bytes_of(text, charset), text))
        text = maker.mint.in_script(charset)
        put(nested(made, _DEEP), 0x00081048, "PN", maker.mint.remember_raw(category, bytes_of(text, charset), text))
        maker.add(made)
        _lie(maker, charset)


def _name(maker: Maker, category: str, charset: str) -> bytes:
    """Alphabetic, ideographic and phonetic components; a multi-byte name has all three."""
    mint = maker.mint
    family, given = mint.in_script(charset), mint.in_script(charset)
    for part in (family, given):
        mint.remember_raw(category, bytes_of(part, charset), part)
    if charset.startswith("ISO 2022"):
        third = mint.in_script(charset)
        mint.remember_raw(category, bytes_of(third, charset), third)
        romanized = mint.name(category).encode()
        return romanized + b"=" + bytes_of(family, charset) + b"^" + bytes_of(given, charset) + b"=" + bytes_of(third, charset)
    return bytes_of(family, charset) + b"^" + bytes_of(given, charset)


def _lie(maker: Maker, charset: str) -> None:
    """Bytes of one character set under the name of another one, or of none."""
    made = maker.image(maker.study(maker.person("Nobody")))
    if charset != "ISO_IR 192":
        put(made, 0x00080005, "CS", "ISO_IR 192")
    for tag, vr in ((0x00081030, "LO"), (0x00100010, "PN"), (0x00204000, "LT"), (0x00102000, "LO")):
        text = maker.mint.in_script(charset)
        put(made, tag, vr, maker.mint.remember_raw("other alphabets: declared wrongly", bytes_of(text, charset), text))
    maker.add(made)
