"""Private elements: creators that nobody knows, creators of Table E.3.10-1 with text smuggled in, numbers in wrong blocks."""

from pydicom.dataset import Dataset

from leaks.elements import nested, put, put_items, put_number
from leaks.making import Maker
from leaks.rows import items
from leaks.tokens import Mint

_SAFE = (
    (0x7053, "Philips PET Private Group", 0x00, "DS"),
    (0x00E1, "ELSCINT1", 0x21, "DS"),
    (0x01F1, "ELSCINT1", 0x01, "CS"),
    (0x0019, "GEMS_ACQU_01", 0x23, "DS"),
    (0x0043, "GEMS_PARM_01", 0x27, "SH"),
    (0x0019, "SIEMENS MR HEADER", 0x0C, "IS"),
    (0x0019, "SIEMENS MR HEADER", 0x0D, "CS"),
    (0x2001, "Philips Imaging DD 001", 0x03, "FL"),
)
"""Group, creator, element and VR of attributes that Table E.3.10-1 calls safe."""
_DEEP = (0x52009229, 0x00089124, 0x00082112)


def plant(maker: Maker) -> None:
    study = maker.study()
    for number, place in enumerate(((), _DEEP)):
        made = maker.image(study)
        where = nested(made, place)
        depth = ("top level", "three deep")[number]
        _unknown(where, maker.mint, f"private, unknown creator, {depth}")
        _homeless(where, maker.mint, f"private, no creator, {depth}")
        maker.add(made)
    for number, (group, creator, element, vr) in enumerate(_SAFE):
        made = maker.image(study)
        where = nested(made, _DEEP if number % 2 else ())
        _known(where, maker.mint, group, creator, element, vr)
        maker.add(made)


def _unknown(place: Dataset, mint: Mint, category: str) -> None:
    put(place, 0x00090010, "LO", mint.word(f"{category}: its name"))
    for element, vr in enumerate("AE AS CS LO LT PN SH ST UC UI UR UT OB OW UN".split()):
        text = {"UI": mint.uid, "PN": mint.name}.get(vr, mint.word)(category)
        put(place, 0x00091000 + element, vr, text)
    put_items(place, 0x000910A0, *items(mint, f"{category}: sequence"))


def _homeless(place: Dataset, mint: Mint, category: str) -> None:
    """Private elements without a block, below the blocks, and under a creator that names another block."""
    put(place, 0x00111001, "LO", mint.word(category))
    put(place, 0x00130001, "LO", mint.word(category))
    put(place, 0x00150011, "LO", "GEMS_ACQU_01")
    put(place, 0x00151023, "LO", mint.word(category))


def _known(place: Dataset, mint: Mint, group: int, creator: str, element: int, vr: str) -> None:
    """Words where the table promises a number or a code, words under its neighbours, its number in another block."""
    put(place, group << 16 | 0x10, "LO", creator)
    put(place, group << 16 | 0x11, "LO", mint.word("private, known creator: another's block"))
    put(
        place,
        group << 16 | 0x1000 | element,
        "CS" if vr == "CS" else "LO",
        mint.word("private, known creator: text smuggled in").upper(),
    )
    put(place, group << 16 | 0x10F0, "LO", mint.word("private, known creator: element not in the table"))
    number = float(mint.digits(9)) / 8
    if vr == "FL":
        put_number(place, group << 16 | 0x1100 | element, "FD", number)
        mint.remember_number("private, known creator: number in the wrong block", number)
    else:
        put(place, group << 16 | 0x1100 | element, "DS", mint.digits(12, "private, known creator: number in the wrong block"))
