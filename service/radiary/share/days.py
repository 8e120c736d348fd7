"""Days as a copy calls them: true ones, or counted from the first exam in it; and texts without any date."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from radiary.dicom.wall import dates, identity_forms
from radiary.language import Language
from radiary.share import calendar_words

_NEAR = 1830
"""Days from the first exam up to which a date in a report is counted: a birthday's distance would tell the age."""
_MONTHS = 12
_LEFT_OUT = "(…)"
_NAMES = "|".join(sorted(identity_forms.month_names(), key=lambda name: (-len(name), name)))
_YEAR = r"(?:19|20)\d\d"
_UNITS = (
    "[mcdkµμ]?m[23²³]?|[mcdµμkn]?g|[mcdµμ]?l|[mnµμ]?s|hu|cc|h|k?hz|mhz|kv|ma|mas|mgy|msv|uv|iu|ui|ie|bq|kbq|mbq|gbq|px|cgy|gy|°"
)
"""What a number of four digits may be a measure in."""
_NAMED = rf"(?<![^\W\d_])(?:{_NAMES})(?![^\W\d_])\.?"
_NTH = r"(?:ste|st|nd|rd|th|er|[eè]re|ᵉʳ|de|te[nr]?|e|\.)?"
"""What stands behind the number of a day: 1st, 1ste, 2de, 1er, 3ten."""
_ON_WEEKDAY = (
    rf"(?<![^\W_])(?:{calendar_words.WEEKDAYS}|(?:{calendar_words.SHORT_WEEKDAYS})\.?),?[ ]+(?:(?:the|den|der|le|de)[ ])?"
)
_DATE = re.compile(
    rf"""(?<![\d.])(?:{_ON_WEEKDAY})?(?:
    {_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[T ]?\d{{4,6}}(?:\.\d+)?)?(?:[-+]\d{{4}})?(?!\d)
    |(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2]){_YEAR}(?!\d)
    |{_YEAR}(?:[-/ ]|\.[ ]?)\d{{1,2}}(?:[-/ ]|\.[ ]?)\d{{1,2}}(?!\d)
    |{_YEAR}[-/. ]{{0,2}}{_NAMED}[-/. ]{{0,2}}\d{{1,2}}{_NTH}(?!\d)
    |\d{{1,2}}([-/.])\d{{1,2}}\1['’]?(?:{_YEAR}|\d\d)(?!\d|\.\d)
    |\d{{1,2}}[ ]([-/.])[ ]\d{{1,2}}[ ]\2[ ]{_YEAR}(?!\d|\.\d)
    |\d{{1,2}}[./]{_YEAR}(?!\d|\.\d)
    |\d{{1,2}}{_NTH}(?:[ ](?:of|de|du|van))?[-/. ]{{0,3}}{_NAMED}(?:[-/., ]{{0,2}}['’]?(?:{_YEAR}|\d\d)\b)?
    |{_NAMED}[-/. ]{{1,2}}(?:the[ ])?\d{{1,2}}(?:(?:st|nd|rd|th)\b)?(?!\d|[.,]\d|\s?(?:%|(?:{_UNITS})\b))(?:,?[ ]['’]?{_YEAR}\b)?
    |{_NAMED}[-/. ]{{1,2}}(?:{_YEAR}|['’]\d\d)\b
    |{_YEAR}[-/]\d{{2}}(?!\d)
    |{_YEAR}(?![\d.,]*\d|\s?(?:%|(?:{_UNITS})\b))
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""A date as people and programs write it, a day or a month of a year, or a year that measures nothing."""
_UID = re.compile(r"(?<![\d.])(?:[0-2](?:\.\d+){4,}|2\.25\.\d{10,})")


@dataclass(frozen=True)
class Days:
    """How days are said in one copy: true ones, or relative to `first` (YYYY-MM-DD), or not at all where that is empty."""

    first: str = ""
    are_relative: bool = False
    """Whether no date may stand anywhere."""

    def heading(self, day: str, language: Language) -> str:
        """A day in words, its first letter a capital."""
        said = self.said(day, language)
        said = language.day(said) if said and not self.are_relative else said or language.say("Without a date")
        return said[:1].upper() + said[1:]

    def said(self, day: str, language: Language) -> str:
        """A day as the viewer is told it: YYYY-MM-DD, or counted; nothing where there is none."""
        if not day or not self.are_relative:
            return day
        return language.say("Day %(number)s", number=self._distance(day)) if self.first else ""

    def _distance(self, day: str) -> int:
        return (date.fromisoformat(day) - date.fromisoformat(self.first)).days

    def text(self, text: str, language: Language) -> tuple[str, int]:
        """A text as it may stand in the copy, and how many dates in it were changed. No identifier is left in any."""
        plain = _UID.sub(_LEFT_OUT, text)
        if not self.are_relative:
            return plain, 0
        counted, changed = _DATE.subn(lambda match: self._instead_of(match[0], language), plain)
        told, parts = calendar_words.left_out(counted, _LEFT_OUT)
        return told, changed + parts

    def _instead_of(self, written: str, language: Language) -> str:
        written = re.sub(rf"^(?:{_ON_WEEKDAY})", "", written, flags=re.IGNORECASE)
        day = None if _is_ambiguous(written) or not self.first else dates.written_day(written)
        there = date(int(day[:4]), int(day[4:6]), int(day[6:])).isoformat() if day else ""
        is_near = bool(there) and abs(self._distance(there)) <= _NEAR
        return self.said(there, language) if there and is_near else _LEFT_OUT


def _is_ambiguous(written: str) -> bool:
    """Whether it may be the third of April as well as the fourth of March."""
    numbers = re.fullmatch(r"(\d{1,2})[-/. ]?(\d{1,2})[-/. ]?\d+", written)
    return numbers is not None and int(numbers[1]) != int(numbers[2]) and max(int(numbers[1]), int(numbers[2])) <= _MONTHS


def relative(exams: Iterable[str]) -> Days:
    """Days counted from the first of `exams`; where none has a day, nothing is said of days."""
    return Days(min((day for day in exams if day), default=""), are_relative=True)
