"""A line of time at the head of the page, drawn by hand: a stroke for each day, a bar for each band."""

import datetime
from collections.abc import Iterable, Sequence
from functools import lru_cache

from radiary.chronicle.joined_story import Band
from radiary.chronicle.own_days import is_day

_WIDTH, _BASE = 720, 26
_MOST = 2000
"""Strokes that can be told from each other."""


def drawn(dates: Sequence[str], bands: Iterable[Band]) -> str:
    """The drawing, for the eye alone: the days follow as text. Nothing for less than three days."""
    days = sorted(filter(None, map(_ordinal, dates)))
    if len(days) < 3 or days[0] == days[-1]:
        return ""
    places = {_at(day, days) for day in {*days}}
    strokes = "".join(f"M{place} 12v{_BASE - 14}" for place in sorted(places)[:_MOST])
    spans = dict.fromkeys((_at(_clipped(band.start, days), days), _at(_clipped(band.until, days), days)) for band in bands)
    bars = "".join(f'<rect x="{x}" y="4" width="{max(2, end - x)}" height="5" rx="2.5"/>' for x, end in spans)
    years = "".join(
        f'<text x="{_at(datetime.date(year, 1, 1).toordinal(), days)}" y="40" text-anchor="middle">{year}</text>'
        for year in _years(days)
    )
    axis = f'<path class="axis" d="M0 {_BASE}H{_WIDTH}"/>'
    return (
        f'<svg class="overview" viewBox="0 0 {_WIDTH} 44" aria-hidden="true" focusable="false">'
        f'{axis}{bars}<path d="{strokes}"/>{years}</svg>'
    )


@lru_cache(maxsize=100_000)  # of every day, in every update of a chronicle
def _ordinal(date: str) -> int:
    """How many days after the beginning of the calendar; 0 of what is no day."""
    return datetime.date.fromisoformat(date).toordinal() if is_day(date) else 0


def _at(day: int, days: Sequence[int]) -> int:
    return round(4 + (_WIDTH - 8) * (day - days[0]) / (days[-1] - days[0]))


def _clipped(date: str, days: Sequence[int]) -> int:
    return min(max(datetime.date.fromisoformat(date).toordinal(), days[0]), days[-1])


def _years(days: Sequence[int]) -> list[int]:
    """Years that begin within the days, as many as have room."""
    first, last = datetime.date.fromordinal(days[0]).year, datetime.date.fromordinal(days[-1]).year
    step = max(1, -(-(last - first) // 12))
    return [year for year in range(first + 1, last + 1) if (year - first - 1) % step == 0]
