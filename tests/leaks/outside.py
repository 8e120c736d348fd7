"""Text outside the table: every registered attribute that can hold words, unregistered tags, wrong VRs, UN."""

from collections.abc import Iterator

from pydicom.datadict import DicomDictionary
from pydicom.dataset import Dataset
from pydicom.uid import ImplicitVRLittleEndian

from leaks.elements import encoded, nested, put, put_items
from leaks.making import Maker
from leaks.rows import exact, items
from leaks.tokens import Mint

_WORDY = frozenset({"AE", "CS", "LO", "LT", "PN", "SH", "ST", "UC", "UR", "UT"})
_BULKY = frozenset({"OB", "OB or OW", "OD", "OF", "OL", "OV", "OW"})
_MADE_ANEW = frozenset({
    0x00080005, 0x00080016, 0x00080060, 0x00120062, 0x00120063, 0x00120064, 0x00280004, 0x00280301, 0x00280303,
    0x7FE00008, 0x7FE00009, 0x7FE00010, 0x7FE00001, 0x7FE00002, 0x00280302, 0x00281056, 0x20500020,
})  # fmt: skip
"""What decides how an object is read or shown, and the labels: a word in them would make another object of it, or none."""
_EQUIPMENT = frozenset(
    {0x00080070, 0x00081090, 0x00181210, 0x00281054, 0x00283003, 0x00409210, 0x00080100, 0x00080102, 0x00080103, 0x00080104}
)
"""Manufacturer, model, kernel, rescale type, LUT texts, codes: useful text outside the table."""
_DEEP = (0x52009229, 0x00089124, 0x00082112)
_CHUNK = 250


def registered(vrs: frozenset[str]) -> list[tuple[int, str, bool]]:
    """Tag, VR and whether it is retired, of all registered attributes of some VRs that Table E.1-1 does not name."""
    table = exact()
    found = [
        (tag, vr, bool(retired))
        for tag, (vr, _vm, _name, retired, _keyword) in DicomDictionary.items()
        if vr in vrs and tag not in table and tag >> 16 not in (0, 2, 4) and tag < 0xFFFA0000 and tag not in _MADE_ANEW
    ]
    return sorted(found)


def plant(maker: Maker) -> None:
    _registered(maker, _WORDY)
    _registered(maker, _BULKY)
    study = maker.study()
    for depth, path in (("top level", ()), ("three deep", _DEEP)):
        for plants in (_unregistered, _wrong_forms, _wrong_values, _unknown_vr, _codes):
            made = maker.image(study)
            plants(nested(made, path), maker.mint, depth)
            maker.add(made)
    made = maker.image(study)
    _lookup_tables(made, maker.mint)
    maker.add(made)
    made = maker.image(study)
    _unregistered(nested(made, _DEEP), maker.mint, "three deep, implicit")
    maker.add(made, ImplicitVRLittleEndian)


def _registered(maker: Maker, vrs: frozenset[str]) -> None:
    """At top level and, as only one frame's, in functional groups."""
    study = maker.study()
    found = registered(vrs)
    for start in range(0, len(found), _CHUNK):
        made = maker.image(study)
        place = nested(made, _DEEP if start // _CHUNK % 2 else ())
        for tag, vr, retired in found[start : start + _CHUNK]:
            kind = "retired" if retired else "equipment and codes" if tag in _EQUIPMENT else "outside the table"
            _word(place, maker.mint, tag, vr, f"registered text {kind}, {vr if vr in _WORDY else 'bulk'}")
        maker.add(made)
    if vrs is _WORDY:
        made = maker.image(study)
        for tag in _EQUIPMENT - {0x00080100, 0x00080102, 0x00080103, 0x00080104}:
            _word(made, maker.mint, tag, DicomDictionary[tag][0], "registered text equipment and codes, top level")
        maker.add(made)


def _word(place: Dataset, mint: Mint, tag: int, vr: str, category: str) -> None:
    if vr == "PN":
        put(place, tag, vr, mint.name(category))
    elif vr == "UR":
        put(place, tag, vr, f"https://{mint.word(category)}.example/")
    elif vr in _BULKY:
        put(place, tag, "OB" if " or " in vr else vr, mint.word(category, 8))
    else:
        word = mint.word(category)
        put(place, tag, vr, word.upper() if vr in ("CS", "AE") else word.title())


def _unregistered(place: Dataset, mint: Mint, depth: str) -> None:
    """Even groups and elements that no edition knows."""
    for number, vr in enumerate("AE CS LO LT PN SH ST UC UR UT UI OB UN DS".split()):
        text = {"UI": mint.uid, "PN": mint.name, "DS": lambda category: mint.digits(12, category)}.get(vr, mint.word)
        put(place, 0x0010F000 + number, vr, text(f"unregistered tag in a known group, {depth}"))
        put(place, 0x0F0E0010 + number, vr, text(f"unregistered group, {depth}"))
    put_items(place, 0x0F0E0100, *items(mint, f"unregistered sequence, {depth}"))


def _wrong_forms(place: Dataset, mint: Mint, depth: str) -> None:
    """Words where the VR promises a code, a number, a date or a UID, and registered tags under another VR."""
    category = f"text against its VR, {depth}"
    for tag, vr in _forms():
        put(place, tag, vr, mint.word(category))
    put(place, 0x00180022, "LO", mint.word(category))
    put(place, 0x00189073, "LO", mint.word(category))
    put(place, 0x00189004, "CS", f"{mint.word(category)}\\{mint.word(category)}")
    put_items(place, 0x00181008, *items(mint, category))
    put(place, 0x00081250, "LO", mint.word(category))


def _wrong_values(place: Dataset, mint: Mint, depth: str) -> None:
    """Words in the bytes of numbers: more of them than the attribute may have, or tags that do not exist."""
    for tag, vr, size in ((0x00186024, "US", 5), (0x00186026, "US", 6), (0x00280009, "AT", 6), (0x00186044, "US", 5)):
        put(place, tag, vr, mint.word(f"words in the bytes of numbers, {depth}", size))


def _forms() -> Iterator[tuple[int, str]]:
    yield from ((0x00180050, "DS"), (0x00201206, "IS"), (0x00180026, "UT"), (0x00187050, "CS"))
    yield from ((0x00189089, "FD"), (0x0018605C, "FL"), (0x00186050, "UL"))
    yield from ((0x0018700E, "TM"), (0x0018700C, "DA"), (0x00189516, "DT"), (0x00081150, "UI"), (0x0018A001, "LO"))


def _unknown_vr(place: Dataset, mint: Mint, depth: str) -> None:
    """UN with text, with an implicit data set, with a sequence of items, at tags known, unknown and in the table."""
    inner = Dataset()
    put(inner, 0x00100010, "PN", mint.name(f"UN with a sequence, {depth}"))
    put(inner, 0x00081155, "UI", mint.uid(f"UN with a sequence, {depth}"))
    put(inner, 0x00080104, "LO", mint.word(f"UN with a sequence, {depth}"))
    body = encoded(inner, ImplicitVRLittleEndian)
    item = b"\xfe\xff\x00\xe0" + len(body).to_bytes(4, "little") + body
    for tag in (0x00081111, 0x0008114A, 0x00189346, 0x0F100010):
        put(place, tag, "UN", item)
    for tag in (0x00180023, 0x0008103F, 0x00181020, 0x00200020, 0x00180089, 0x0F100012, 0x00204000):
        put(place, tag, "UN", mint.word(f"UN with text, {depth}", 6))
    put(place, 0x00083010, "UN", mint.uid(f"UN with a UID, {depth}"))
    put(place, 0x0020930E, "UN", mint.uid(f"UN with a UID, {depth}"))


def _codes(place: Dataset, mint: Mint, depth: str) -> None:
    """Codes whose scheme is a standard's and whose words are not, a hospital's own, and codes without any scheme.

    The hospital's scheme names its institution, too: it is one of the words that must not pass by themselves.
    """
    put(place, 0x00080080, "LO", "99LOCAL")
    put_items(place, 0x00080082, *items(mint, f"code of the institution, {depth}"))
    for tag, scheme in ((0x00082218, "SCT"), (0x00540220, "SRT"), (0x00082228, "DCM"), (0x00089215, "99LOCAL"), (0x00540222, "")):
        kind = {"99LOCAL": "code of a hospital's own scheme", "": "code without a scheme"}.get(
            scheme, "code of a standard scheme"
        )
        code = Dataset()
        put(code, 0x00080100, "SH", mint.word(f"{kind}: value, {depth}").upper())
        put(code, 0x00080104, "LO", mint.word(f"{kind}: meaning, {depth}").title())
        if scheme:
            put(code, 0x00080102, "SH", scheme)
        put_items(place, tag, code)


def _lookup_tables(place: Dataset, mint: Mint) -> None:
    """Words behind the entries of a lookup table."""
    table = Dataset()
    put(table, 0x00283002, "US", (4).to_bytes(2, "little") + bytes(2) + (16).to_bytes(2, "little"))
    put(table, 0x00283006, "OW", bytes(range(8)) + mint.word("lookup table: behind its entries", 6).encode())
    put(table, 0x00283003, "LO", mint.word("lookup table: explanation"))
    put_items(place, 0x00283010, table)
    for channel in range(3):
        put(place, 0x00281101 + channel, "US", (4).to_bytes(2, "little") + bytes(2) + (16).to_bytes(2, "little"))
        put(place, 0x00281201 + channel, "OW", bytes(range(8)) + mint.word("lookup table: behind its entries", 6).encode())
