"""The day of a paper as the owner's policy lets dates be told; the true one stays on the paper."""

from datetime import date

from radiary.dicom.wall import dates
from radiary.dicom.wall.pseudonym import Pseudonyms
from radiary.model.nouns import Person, Policy


def by_policy(day: date | None, policy: Policy, key: bytes, *, person: Person | None) -> str | None:
    """YYYY-MM-DD; None where there is no day, or nobody is known by whose days it could be moved."""
    if day is None:
        return None
    days: int | None = 0
    if policy.dates == "relative":
        first = dates.day(person.first_day or "") if person else None
        days = (dates.EPOCH - first).days if first else None
    elif policy.dates == "shift":
        days = Pseudonyms(key).shift(person.root or person.code, keep_weekdays=policy.keep_weekdays) if person else None
    changed = dates.changed(day.strftime("%Y%m%d"), "DA", policy, days=days)
    return f"{changed[:4]}-{changed[4:6]}-{changed[6:8]}" if changed else None
