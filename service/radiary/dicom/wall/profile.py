"""PS3.15 Table E.1-1 as data, and what the Basic Profile and the ten options of E.3 make of each row.

`profile.tsv` holds the table (edition in its first line); `.ci/profile_table.py` writes it from the standard's XML. Rows are
keyed by tag number, since dictionaries lack some of them.
"""

from enum import Enum
from functools import cache
from importlib import resources

from radiary.model.nouns import Policy

EDITION = "2026d"


class Action(Enum):
    """What happens to an attribute; `DATE` means what the policy says of dates."""

    REMOVE = "remove"
    EMPTY = "empty"
    REPLACE = "replace"
    KEEP = "keep"
    CLEAN = "clean"
    REPLACE_UIDS = "replace UIDs"
    DATE = "as dates are dealt with"


_ACTIONS = {
    "X": Action.REMOVE,
    "Z": Action.EMPTY,
    "D": Action.REPLACE,
    "K": Action.KEEP,
    "C": Action.CLEAN,
    "U": Action.REPLACE_UIDS,
    "X/Z": Action.EMPTY,
    "X/D": Action.REPLACE,
    "Z/D": Action.REPLACE,
    "X/Z/D": Action.REPLACE,
    "X/Z/U*": Action.REPLACE_UIDS,
}
"""The table's action codes (PS3.15 Table E.1-1a); where one leaves a choice, what is valid for every Type of an attribute."""

_OPTIONS = {
    "rtnUIDs": "retain_uids",
    "rtnDevId": "retain_device_identity",
    "rtnInstId": "retain_institution_identity",
    "rtnPatChars": "retain_patient_characteristics",
    "cleanDesc": "clean_descriptors",
    "cleanStructCont": "clean_structured_content",
    "cleanGraph": "clean_graphics",
}
"""The table's columns and the policy's names for them; the two columns of dates are one choice, `dates`."""

_NEVER = frozenset({0x0000, 0x0002, 0x0004, 0xFFFA, 0xFFFC, 0xFFFE})
"""Groups that never leave: commands, File Meta, media directories, digital signatures, padding, delimiters."""

SIZE_AND_WEIGHT = (0x00101020, 0x00101030)
"""Patient's Size in metres and Weight in kilograms, which a standardized uptake value is computed from."""
_PATIENT = 0x0010
"""The patient's group: what of it is not in the table, such as the Body Mass Index, counts as a patient characteristic."""


@cache
def rows() -> tuple[dict[str, str], ...]:
    """The table's rows by column name; `-` where a cell is empty."""
    text = resources.files("radiary.dicom.wall").joinpath("profile.tsv").read_text(encoding="utf-8")
    header, *lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple(dict(zip(header, line, strict=True)) for line in lines)


@cache
def _exact() -> dict[int, dict[str, str]]:
    """The rows with one exact tag. Those of tag ranges, curves (50xx), overlays (60xx) and private groups, `action` removes."""
    return {int(row["tag"], 16): row for row in rows() if all(digit in "0123456789ABCDEF" for digit in row["tag"])}


class Profile:
    """The table under one policy."""

    def __init__(self, policy: Policy) -> None:
        self._chosen = {tag: _chosen(row, policy) for tag, row in _exact().items()}
        self._of_patient = None if policy.retain_patient_characteristics else Action.REMOVE

    def action(self, tag: int) -> Action | None:
        """What happens to a tag (group << 16 | element); None for a tag outside the table."""
        group = tag >> 16
        if group % 2 or group in _NEVER or group >> 8 in (0x50, 0x60):
            return Action.REMOVE
        if group == _PATIENT and tag not in self._chosen:
            return self._of_patient
        return self._chosen.get(tag)


@cache
def under(policy: Policy) -> Profile:
    """The table under `policy`."""
    return Profile(policy)


def _chosen(row: dict[str, str], policy: Policy) -> Action:
    """What a row says under a policy: dates first, then the first option of the policy with an action, else the Basic Profile."""
    if policy.retain_size_and_weight and int(row["tag"], 16) in SIZE_AND_WEIGHT:
        return Action.KEEP
    if row["rtnLongFullDates"] == "K":
        return Action.DATE
    for column, option in _OPTIONS.items():
        if row[column] != "-" and getattr(policy, option):
            return _ACTIONS[row[column]]
    return _ACTIONS[row["basic"]]


@cache
def is_description(tag: int) -> bool:
    """Whether the Clean Descriptors Option names a tag: free text that mostly does not identify."""
    return _exact().get(tag, {}).get("cleanDesc") == "C"
