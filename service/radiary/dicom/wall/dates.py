"""Dates and times of a patient as the owner's policy wants them: kept, shifted, cut to the month or year, or counted from the
patient's first day.
"""

import re
from datetime import date, timedelta

from radiary.documents import lexicon
from radiary.model.nouns import Policy

EPOCH = date(2000, 1, 1)
"""What a patient's first day becomes under relative dates."""

EARLIEST, LATEST = "19700101", "20991231"
"""Days (YYYYMMDD) of the first and the last exam that can be, where nobody knows what day it is."""

_DATE = re.compile(r"(\d{4})\.?(\d\d)\.?(\d\d)")
_NAME, _TIME = r"(?P<month>[^\W\d_]{3,})", r"(?:[T ]+(?P<time>\d\d.*))?"
_WRITTEN = [
    re.compile(form, re.DOTALL)
    for form in (
        r"(?P<year>\d{4})(?P<apart>[-/. :_]?)(?P<month>\d\d?)(?P=apart)(?P<day>\d\d?)(?:\.0+|Z|[T ]*(?P<time>\D?\d\d.*))?",
        r"(?P<day>\d\d?)(?P<apart>[-/. ])(?P<month>\d\d?)(?P=apart)(?P<year>\d{4})" + _TIME,
        r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20)\d\d)",
        rf"(?P<day>\d\d?)(?:er|st|nd|rd|th)?[-/. ]*{_NAME}[-/. ,]*(?P<year>\d{{4}})" + _TIME,
        rf"{_NAME}[-/. ]*(?P<day>\d\d?)(?:st|nd|rd|th)?[-/. ,]+(?P<year>\d{{4}})" + _TIME,
        rf"(?P<year>\d{{4}})[-/. ]*{_NAME}[-/. ]*(?P<day>\d\d?)" + _TIME,
        rf"{_NAME} +(?P<day>\d\d?) +(?P<time>\d\d:\d\d(?::\d\d)?) +(?:[A-Z]+ +)?(?P<year>\d{{4}})",
    )
]
"""Forms in which people and programs write a day; the last one is that of C's `asctime` and of the command `date`."""
_WEEKDAY = re.compile(r"[^\W\d_]+[,. ] *(?=[^\W_]+[-/. ])")
_MONTHS_OF_A_YEAR = 12
_DATE_TIME = re.compile(r"(\d{4})(\d\d)?(\d\d)?(\d{2,6}(\.\d{1,6})?)?([-+]\d{4})?")


def day(value: str) -> date | None:
    """The calendar day of a DA or DT value; None for a value that is no day."""
    match = _DATE.match(value)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def written_day(text: str) -> str | None:
    """The calendar day of a date in a form that people and programs write, as YYYYMMDD; None for a text that is none.

    Dashes, slashes, dots or blanks between its parts, the day, the year or the name of a month first, a time behind it. Where day
    and month cannot be told apart, the day stands first.
    """
    parts = _parts(text)
    return parts[0] if parts else None


def rewritten(text: str, vr: str) -> str:
    """A DA or DT in another form as the standard writes it (PS3.5 Table 6.2-1); anything else as it is."""
    parts = _parts(text)
    if parts is None or vr not in ("DA", "DT"):
        return text
    if vr == "DA":
        return parts[0]
    time = re.fullmatch(r"(\d\d)(?::?(\d\d)(?::?(\d\d)(\.\d{1,6})?)?)?\s*([-+]\d{4})?\D*", parts[1])
    return parts[0] + "".join(part or "" for part in time.groups()) if time else parts[0]


def _parts(text: str) -> tuple[str, str] | None:
    """Day (YYYYMMDD) and time of a text; None for one that is no day."""
    stripped = text.strip(" \0\"'")
    return _read(stripped) or _read(_WEEKDAY.sub("", stripped, count=1))


def _read(text: str) -> tuple[str, str] | None:
    for match in filter(None, (form.fullmatch(text) for form in _WRITTEN)):
        parts = match.groupdict()
        if not parts.get("apart", "-") and len(parts["month"] + parts["day"]) < len("0101"):
            continue
        month_, day_ = parts["month"] if parts["month"].isdigit() else month(parts["month"]), parts["day"]
        if month_ and int(month_) > _MONTHS_OF_A_YEAR and not match.string.startswith(parts["year"]):
            month_, day_ = day_, month_
        try:
            written = f"{date(int(parts['year']), int(month_ or 0), int(day_)):%Y%m%d}".rjust(8, "0")
        except ValueError:
            continue
        return written, (parts.get("time") or "").strip()
    return None


def month(name: str) -> str | None:
    """The number of a month that is named in English, Dutch, French or German, whole or by its first letters; None for none."""
    months, word = lexicon.words("months.txt"), lexicon.folded(name)
    return months.get(word) or months.get(word[:3])


def is_of_an_exam(written: str, latest: str = LATEST) -> bool:
    """Whether a day (YYYYMMDD) may be one on which somebody was examined: dummies such as 19000101 and 99991231 are none."""
    return EARLIEST <= written <= latest


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
