"""Dates and times of a patient as the owner's policy wants them: kept, shifted, cut to the month or year, or counted from the
patient's first day.
"""

import re
from datetime import date, timedelta

from radiary.model.nouns import Policy

EPOCH = date(2000, 1, 1)
"""The day on which relative dates begin: a patient's first day becomes this one."""

_DATE = re.compile(r"(\d{4})\.?(\d\d)\.?(\d\d)")
_DATE_TIME = re.compile(r"(\d{4})(\d\d)?(\d\d)?(\d{2,6}(\.\d{1,6})?)?([-+]\d{4})?")


def day(value: str) -> date | None:
    """The calendar day of a DA or DT value; None for none."""
    found = _DATE.match(value)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def changed(value: str, vr: str, policy: Policy, days: int | None) -> str | None:
    """A DA, DT or TM value (PS3.5 Table 6.2-1) that may leave; None where nothing can. `days`: the patient's shift, if known."""
    if policy.dates == "keep" or not value:
        return value
    if policy.dates in ("month", "year"):
        return _cut(value, vr, policy.dates)
    if vr == "TM":
        return value
    known = day(value)
    if known is None or days is None:
        return None
    try:
        moved = (known + timedelta(days=days)).strftime("%Y%m%d")
    except OverflowError:
        return None
    if vr == "DA":
        return moved
    time = _DATE_TIME.fullmatch(value)
    return moved + (time[4] or "") + (time[6] or "") if time else None


def _cut(value: str, vr: str, to: str) -> str | None:
    known = day(value)
    if vr == "TM" or known is None:
        return None
    if vr == "DT":
        return f"{known:%Y%m}" if to == "month" else f"{known:%Y}"
    return f"{known:%Y%m}01" if to == "month" else f"{known:%Y}0101"
