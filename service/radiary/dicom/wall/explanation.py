"""What the wall did to one object, attribute by attribute: for its owner's eyes, from the received file alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pydicom.datadict import dictionary_description, dictionary_has_tag
from pydicom.dataset import Dataset

from radiary.dicom.read import header
from radiary.dicom.wall import profile
from radiary.dicom.wall.profile import Profile
from radiary.model.nouns import Deidentified, Instance, Policy


@dataclass(frozen=True)
class Change:
    """One attribute: its place, what happened to it, why, and its received value, shortened, which may identify."""

    place: str
    what: str
    why: str
    before: str = field(repr=False)


def changes(received: Instance, clean: Deidentified, policy: Policy) -> list[Change]:
    """Every attribute that did not pass unchanged, at every depth, in order."""
    return list(_changes(received.dataset, clean.dataset, profile.under(policy), prefix=""))


def _changes(received: Dataset, clean: Dataset, table: Profile, *, prefix: str) -> Iterator[Change]:
    for tag in sorted(received.keys()):
        number = int(tag)
        place = f"{prefix}({number >> 16:04X},{number & 0xFFFF:04X}) {_name(number)}"
        before, after = header.value(received, number), header.value(clean, number)
        if number not in clean:
            yield Change(place, what="removed", why=_why(number, table), before=_short(before))
        elif clean[number].VR == "SQ" and before is not None:
            for index, (old, new) in enumerate(zip(before, after or (), strict=False)):
                yield from _changes(old, new, table, prefix=f"{place}[{index + 1}] > ")
        elif str(before) != str(after) and not isinstance(before, bytes):
            what = "emptied" if after is None else "replaced"
            yield Change(place, what=what, why=_why(number, table), before=_short(before))


def _name(tag: int) -> str:
    return dictionary_description(tag) if dictionary_has_tag(tag) else "private" if tag >> 16 & 1 else "unknown"


def _why(tag: int, table: Profile) -> str:
    if tag >> 16 & 1:
        return "private attributes are removed, but for numbers that the standard calls safe (PS3.15 E.3.10)"
    row = next((row for row in profile.rows() if row["tag"] == f"{tag:08X}"), None)
    if row is not None:
        chosen = table.action(tag)
        return f"PS3.15 Table E.1-1: {chosen.value if chosen else row['basic']}"
    if not dictionary_has_tag(tag):
        return "not in the standard's dictionary"
    if table.action(tag) is not None:
        return "a group that never leaves"
    return "outside the table: no safe words, not the form its type demands, or one of your own words"


def _short(value: object) -> str:
    text = f"{len(value)} bytes" if isinstance(value, bytes) else " ".join(str(value if value is not None else "").split())
    return text if len(text) <= 60 else text[:59] + "…"
