"""PS3.15 Table E.3.10-1 as data: private attributes that are safe, by creator, group and element within the creator's block.

Only those that hold numbers pass: a text attribute that is safe as its maker uses it may still hold anything.
"""

from functools import cache
from importlib import resources

_NUMBERS = frozenset({"AT", "DS", "FD", "FL", "IS", "SL", "SS", "SV", "UL", "US", "UV"})


@cache
def _table() -> dict[tuple[str, int, int], str]:
    text = resources.files("radiary.dicom.wall").joinpath("safe_private.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[2:])
    return {(creator, int(group, 16), int(element, 16)): vr for group, element, vr, creator, _ in rows if vr in _NUMBERS}


def vr(creator: str, tag: int) -> str | None:
    """The VR of a safe private number (tag as group << 16 | element, block included); None for any other attribute."""
    return _table().get((creator.strip(), tag >> 16, tag & 0xFF))
