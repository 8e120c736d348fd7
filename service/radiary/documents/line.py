"""A row of a table as it is read: what stands in which column."""

import re
from dataclasses import dataclass
from datetime import date

from radiary.documents.rows import Row

_MARKS = re.compile(r"[\s*°§#:]+$")
Sampled = tuple[date | None, str]
"""The day and the hour that stand over a value, where they do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its name, what stands under each head of values with its day and hour, unit, range and flag."""

    row: Row
    page: int
    name: str = ""
    values: tuple[tuple[Sampled, str], ...] = ()
    unit: str = ""
    range: str = ""
    is_sure: bool = True
    """Whether it stands under a head; without one only what has a known unit or a range counts."""
    is_note: bool = False
    others: tuple[str, ...] = ()
    """Further values with units of their own, such as a percentage before the number: the range is not theirs."""

    @property
    def unmarked_name(self) -> str:
        """Its name without the marks behind it."""
        return _MARKS.sub("", self.name)
