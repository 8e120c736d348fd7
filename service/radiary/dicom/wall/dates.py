"""Dates and times of a patient as the owner's policy wants them: kept, shifted, cut to the month or year, or counted from the
patient's first day.
"""

import re
from datetime import date, timedelta

from radiary.model.nouns import Policy

EPOCH = date(2000, 1, 1)
"""What a patient's first day becomes under relative dates."""

_DATE = re.compile(r"(\d{4})\.?(\d\d)\.?(\d\d)")
_DATE_TIME = re.compile(r"(\d{4})(\d\d)?(\d\d)?(\d{2,6}(\.\d{1,6})?)?([-+]\d{4})?")


def day(value: str) -> date | None:
    """The calendar day of a DA or DT value; None for a value that is no day."""
    match = _DATE.match(value)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def changed(value: str, vr: str, policy: Policy, *, days: int | None) -> str | None:
    """A DA, DT or TM value (PS3.5 Table 6.2-1) as it may leave; None when it may not. `days` moves dates; None while unknown."""
    if policy.dates == "keep" or not value:
        return value
    if policy.dates in ("month", "year"):
        return _truncated(value, vr, to=policy.dates)
    if vr == "TM":
        return value
    calendar_day = day(value)
    if calendar_day is None or days is None:
        return None
    try:
        moved = (calendar_day + timedelta(days=days)).strftime("%Y%m%d")
    except OverflowError:
        return None
    if vr == "DA":
        return moved
    time = _DATE_TIME.fullmatch(value)
    return moved + (time[4] or "") + (time[6] or "") if time else None


def _truncated(value: str, vr: str, *, to: str) -> str | None:
    """A value cut `to` the month or year; a DA, which must be a day, becomes the first one of it. None for a TM."""
    calendar_day = day(value)
    if vr == "TM" or calendar_day is None:
        return None
    if vr == "DT":
        return f"{calendar_day:%Y%m}" if to == "month" else f"{calendar_day:%Y}"
    return f"{calendar_day:%Y%m}01" if to == "month" else f"{calendar_day:%Y}0101"
