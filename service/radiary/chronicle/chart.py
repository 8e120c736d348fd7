"""A chart of one series as inline SVG, made by hand: points over time, and the range that is printed.

It holds no script. It is drawn in the colour of the text around it, so it can be read on light and dark ground and on paper.
"""

import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 360, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 348, 14, 164
"""The field in which points stand."""
_TICKS = 4
"""Steps of the scale, about."""
_SVG = 'fill="none" stroke="currentColor"'


@dataclass(frozen=True)
class ChartPoint:
    """One value: its day (YYYY-MM-DD), its number, how it is printed, and whether that says less than the number."""

    day: str
    number: float
    text: str
    is_bound: bool = False
    """Whether a comparator stands before it: it is drawn as an open ring."""


@dataclass(frozen=True)
class Range:
    """The printed range; a side that is not printed is None."""

    low: float | None
    high: float | None


def drawn(
    marks: Sequence[ChartPoint], bounds: Range | None, *, name: str, says: str, identity: str, ends: tuple[str, str]
) -> str:
    """The chart; nothing for no mark. `name` and `says` are for who cannot see it, `ends` the first and last day in words."""
    if not marks:
        return ""
    days = [datetime.date.fromisoformat(one.day).toordinal() for one in marks]
    scale = _Scale([one.number for one in marks], bounds)
    places = [(_across(day, days), scale.at(one.number)) for day, one in zip(days, marks, strict=True)]
    line = " ".join(f"{x:g},{y:g}" for x, y in places)
    parts = [
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="{identity}-t {identity}-d">',
        f'<title id="{identity}-t">{escape(name)}</title><desc id="{identity}-d">{escape(says)}</desc>',
        *_band(bounds, scale),
        *_grid(scale),
        f'<polyline points="{line}" {_SVG} stroke-width="1.5"/>' if len(places) > 1 else "",
        *(_dot(one, place) for one, place in zip(marks, places, strict=True)),
        *_days(ends if days[0] != days[-1] else (ends[0], "")),
        "</svg>",
    ]
    return "".join(parts)


class _Scale:
    """Numbers as heights, with some air, and round steps."""

    def __init__(self, numbers: Sequence[float], bounds: Range | None) -> None:
        sides = [side for side in (bounds.low, bounds.high) if side is not None] if bounds else []
        low, high = min([*numbers, *sides]), max([*numbers, *sides])
        air = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
        self.low = 0.0 if 0 <= low < air * 4 else low - air
        self.high = high + air

    def at(self, number: float) -> float:
        share = (number - self.low) / (self.high - self.low)
        return round(_BOTTOM - (_BOTTOM - _TOP) * min(1.0, max(0.0, share)), 1)

    def steps(self) -> list[float]:
        wanted = (self.high - self.low) / _TICKS
        size = 10.0 ** math.floor(math.log10(wanted))
        step = next(size * one for one in (1, 2, 5, 10) if size * one >= wanted)
        first = math.ceil(self.low / step)
        return [round(number * step, 10) for number in range(first, first + _TICKS + 2) if number * step <= self.high]


def _across(day: int, days: Sequence[int]) -> float:
    if days[0] == days[-1]:
        return (_LEFT + _RIGHT) / 2
    return round(_LEFT + 8 + (_RIGHT - _LEFT - 16) * (day - days[0]) / (days[-1] - days[0]), 1)


def _band(bounds: Range | None, scale: _Scale) -> Iterator[str]:
    if bounds is not None:
        top = _TOP if bounds.high is None else scale.at(bounds.high)
        bottom = _BOTTOM if bounds.low is None else scale.at(bounds.low)
        size = f'x="{_LEFT}" y="{top:g}" width="{_RIGHT - _LEFT}" height="{max(1.0, bottom - top):g}"'
        yield f'<rect class="range" {size} fill="currentColor" fill-opacity=".13"/>'


def _grid(scale: _Scale) -> Iterator[str]:
    for step in scale.steps():
        y = scale.at(step)
        yield f'<path d="M{_LEFT} {y:g}H{_RIGHT}" {_SVG} stroke-opacity=".2"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:g}" text-anchor="end" fill="currentColor" font-size="12">{step:g}</text>'


def _dot(point: ChartPoint, place: tuple[float, float]) -> str:
    fill = 'fill="Canvas"' if point.is_bound else 'fill="currentColor"'
    circle = f'<circle cx="{place[0]:g}" cy="{place[1]:g}" r="3.5" {fill} stroke="currentColor" stroke-width="1.5">'
    return f"{circle}<title>{escape(point.text)}</title></circle>"


def _days(ends: tuple[str, str]) -> Iterator[str]:
    first, last = ends
    x, anchor = (_LEFT, "start") if last else ((_LEFT + _RIGHT) / 2, "middle")
    yield f'<text x="{x:g}" y="{_BOTTOM + 24}" text-anchor="{anchor}" fill="currentColor" font-size="12">{escape(first)}</text>'
    if last:
        yield f'<text x="{_RIGHT}" y="{_BOTTOM + 24}" text-anchor="end" fill="currentColor" font-size="12">{escape(last)}</text>'
