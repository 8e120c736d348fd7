"""What is read of a paper: nouns without a name in their `repr`."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points of the page as it is read, y from the top."""

APART = " · "
"""What stands between a large heading and a small one under it in a section."""
UNDECIDED, UNKNOWN_UNIT, NO_UNIT, NO_DATE = "undecided-separator", "unknown-unit", "no-unit", "no-date"
SCAN = "scan"
"""Why a value has to be looked at closely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One printed value: a number with its comparator, or a word in its place; nothing that is not printed."""

    name: str = field(repr=False)
    section: str = field(default="", repr=False)
    number: Decimal | None = field(default=None, repr=False)
    comparator: str = ""
    word: str = field(default="", repr=False)
    unit: str = ""
    low: Decimal | None = field(default=None, repr=False)
    high: Decimal | None = field(default=None, repr=False)
    range: str = field(default="", repr=False)
    """The printed range, as it stands."""
    flag: str = ""
    """H, HH, L, LL as the paper marks it; nothing is ever concluded."""
    day: date | None = field(default=None, repr=False)
    """The day of its column, where that says one."""
    time: str = ""
    """The hour of its column, likewise."""
    page: int = 0
    box: Box = (0, 0, 0, 0)
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    """A medicine of a plan, as the plan says it."""

    number: str = field(default="", repr=False)
    """The German number of the package (PZN)."""
    name: str = field(default="", repr=False)
    substances: tuple[str, ...] = field(default=(), repr=False)
    strength: str = field(default="", repr=False)
    form: str = field(default="", repr=False)
    schedule: str = field(default="", repr=False)
    """Morning, noon, evening and night as 1-0-1-0, or in words."""
    unit: str = ""
    note: str = field(default="", repr=False)
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a paper says: suggestions, which its owner confirms."""

    kind: str
    day: date | None = field(default=None, repr=False)
    time: str = ""
    laboratory: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    """The report's own number, by which its versions are known; never leaves the state folder."""
    status: str = ""
    """`preliminary` or `final`, where it says so."""
    issued: str = field(default="", repr=False)
    """When it was printed or released, as it says itself: YYYY-MM-DDTHH:MM."""
    values: tuple[Value, ...] = field(default=(), repr=False)
    medicines: tuple[Medicine, ...] = field(default=(), repr=False)
    """Of a medication plan whose code could be read."""
    pages: int = 0
    is_scan: bool = False
