"""PS3.15 Table E.1-1 as data, and what the Basic Profile with dates kept makes of each row.

`profile.tsv` holds the table (edition in its first line); `.ci/profile_table.py` writes it from the standard. Rows are
keyed by tag number, since dictionaries lack some of them.
"""

from enum import Enum
from functools import cache
from importlib import resources

EDITION = "2026d"


class Action(Enum):
    """What happens to an attribute."""

    REMOVE = "remove"
    EMPTY = "empty"
    REPLACE = "replace"
    KEEP = "keep"
    REPLACE_UIDS = "replace UIDs"


_ACTIONS = {
    "X": Action.REMOVE,
    "Z": Action.EMPTY,
    "D": Action.REPLACE,
    "K": Action.KEEP,
    "U": Action.REPLACE_UIDS,
    "X/Z": Action.EMPTY,
    "X/D": Action.REPLACE,
    "Z/D": Action.REPLACE,
    "X/Z/D": Action.REPLACE,
    "X/Z/U*": Action.REPLACE_UIDS,
}
"""Where the standard leaves a choice, the alternative that is valid for every Type an IOD may give the attribute."""


@cache
def rows() -> tuple[dict[str, str], ...]:
    """The table's rows by column name; `-` where a cell is empty."""
    text = resources.files("radiary.dicom").joinpath("profile.tsv").read_text(encoding="utf-8")
    header, *lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple(dict(zip(header, line, strict=True)) for line in lines)


@cache
def _by_tag() -> dict[int, Action]:
    """Exact tags only. Curves (50xx), overlays (60xx) and private groups never reach the table: `action` removes them."""
    chosen = {}
    for row in rows():
        if all(digit in "0123456789ABCDEF" for digit in row["tag"]):
            kept = row["rtnLongFullDates"] == "K"
            chosen[int(row["tag"], 16)] = Action.KEEP if kept else _ACTIONS[row["basic"]]
    return chosen


@cache
def _descriptions() -> frozenset[int]:
    exact = (row for row in rows() if all(digit in "0123456789ABCDEF" for digit in row["tag"]))
    return frozenset(int(row["tag"], 16) for row in exact if row["cleanDesc"] == "C")


def is_description(tag: int) -> bool:
    """Whether the Clean Descriptors Option names a tag: free text that mostly does not identify."""
    return tag in _descriptions()


def action(tag: int) -> Action | None:
    """The profile's action for a tag (group << 16 | element); None for a tag outside the table."""
    group = tag >> 16
    if group % 2 or group in _NEVER or group >> 8 in (0x50, 0x60):
        return Action.REMOVE
    return _by_tag().get(tag)


_NEVER = frozenset({0x0000, 0x0002, 0x0004, 0xFFFA, 0xFFFC, 0xFFFE})
"""Commands, File Meta, media directories, digital signatures, padding, delimiters: never part of what leaves."""
