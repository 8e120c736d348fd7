"""Every row of PS3.15 Table E.1-1: a token by the row's VR, at top level and again three sequences deep."""

from collections.abc import Iterator, Sequence
from importlib import resources

from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

from leaks.elements import nested, put, put_items, put_number
from leaks.making import Maker, Study
from leaks.tokens import Mint

_TEXTS = frozenset({"LO", "LT", "SH", "ST", "UC", "UT"})
_DATES = frozenset({"DA", "DT", "TM"})
_CHUNK = 90
"""Rows in one object: one that cannot be read must not hide the others."""
_PATHS = ((0x52009229, 0x00089124, 0x00082112), (0x00081115, 0x00081140, 0x0040A170), (0x00186011, 0x00081140, 0x00082112))
"""Ways down through sequences that stay: functional groups, referenced series, ultrasound regions."""
_STRANGE = frozenset({0x0000, 0x0002})
"""Groups that make a data set unreadable for many: planted in objects of their own."""


def rows() -> list[dict[str, str]]:
    """The table by column name."""
    text = resources.files("radiary.dicom.wall").joinpath("profile.tsv").read_text(encoding="utf-8")
    header, *lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return [dict(zip(header, line, strict=True)) for line in lines]


def exact() -> dict[int, dict[str, str]]:
    """Rows for one tag, by tag; the others are repeating groups and private attributes."""
    return {int(row["tag"], 16): row for row in rows() if set(row["tag"]) <= set("0123456789ABCDEF")}


def plant(maker: Maker) -> None:
    """All rows twice: the deep half of them in implicit VR, where a dictionary has to know the VR."""
    found = exact()
    study = maker.study()
    for group in sorted(_STRANGE):
        made = maker.image(study)
        for tag in (tag for tag in found if tag >> 16 == group):
            plant_row(made, maker.mint, tag, found[tag], "top level")
        maker.add(made)
    tags = sorted(tag for tag in found if tag >> 16 not in _STRANGE)
    for start in range(0, len(tags), _CHUNK):
        chunk = tags[start : start + _CHUNK]
        made = maker.image(study)
        for tag in chunk:
            plant_row(made, maker.mint, tag, found[tag], "top level")
        maker.add(made)
        for syntax in (ExplicitVRLittleEndian, ImplicitVRLittleEndian):
            half = chunk[::2] if syntax == ExplicitVRLittleEndian else chunk[1::2]
            _plant_deep(maker, study, half, syntax, start // _CHUNK)


def _plant_deep(maker: Maker, study: Study, tags: Sequence[int], syntax: str, turn: int) -> None:
    found = exact()
    made = maker.image(study)
    place = nested(made, _PATHS[turn % len(_PATHS)])
    for tag in tags:
        plant_row(place, maker.mint, tag, found[tag], "three deep")
    maker.add(made, syntax)


def plant_row(place: Dataset, mint: Mint, tag: int, row: dict[str, str], depth: str) -> None:
    """One row's token. Dates that the default settings keep are planted as kept."""
    is_kept = row["rtnLongFullDates"] == "K" and row["vr"] in _DATES
    if row["vr"] == "UI" and tag in place:
        mint.forget(str(place[tag].value))
    kind = "dates kept by default" if is_kept else f"table rows, {row['vr']}"
    plant_value(place, mint, tag, row["vr"], f"{kind}, {depth}", is_kept=is_kept)


def plant_value(place: Dataset, mint: Mint, tag: int, vr: str, category: str, *, is_kept: bool = False) -> None:
    """A token of a VR's form at a tag."""
    if vr == "SQ":
        put_items(place, tag, *items(mint, category))
    elif vr in ("US", "SS", "UL", "SL", "FL", "FD"):
        number = float(mint.digits(9)) if vr not in ("US", "SS") else float(mint.chance.randrange(10007, 32000))
        mint.remember_number(category, number, f"{number:.0f}")
        put_number(place, tag, vr, number if vr in ("FL", "FD") else int(number))
    elif vr == "AS":
        put(place, tag, vr, mint.remember(category, f"{mint.digits(3)}D", is_whole=True))
    else:
        put(place, tag, vr, _text(mint, vr, category, is_kept=is_kept))


def _text(mint: Mint, vr: str, category: str, *, is_kept: bool) -> str:
    if vr in _TEXTS or vr in ("OB", "OW", "UN"):
        return mint.word(category).title() if vr in _TEXTS else mint.word(category, 6)
    if vr in ("CS", "AE"):
        return mint.word(category).upper()
    if vr == "PN":
        return mint.name(category)
    if vr == "UI":
        return mint.uid(category)
    if vr == "UR":
        return f"https://{mint.word(category)}.example/"
    if vr == "DS":
        return mint.remember(category, mint.decimal())
    if vr == "IS":
        return mint.digits(9, category)
    day, time = mint.date(), mint.time()
    made = {"DA": day, "TM": time, "DT": f"{day}{time}"}[vr]
    forms = (f"{day[:4]}-{day[4:6]}-{day[6:]}",) if vr == "DA" else ()
    return mint.remember(category, made, *forms, is_kept=is_kept)


def items(mint: Mint, category: str) -> Iterator[Dataset]:
    """An item with a code of a hospital's own, a name, a text and a UID."""
    made = Dataset()
    put(made, 0x00080100, "SH", mint.word(category).upper())
    put(made, 0x00080102, "SH", "99LOCAL")
    put(made, 0x00080104, "LO", mint.word(category))
    put(made, 0x0040A123, "PN", mint.name(category))
    put(made, 0x00081155, "UI", mint.uid(category))
    yield made
