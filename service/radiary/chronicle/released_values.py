"""Series of values that their owner lets out → what her pages show of them: a chart, a table, lines at their days."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from radiary.chronicle import chart
from radiary.chronicle.chart import ChartPoint
from radiary.chronicle.story import Story
from radiary.documents import interchange
from radiary.documents.series import Series
from radiary.language import Language, marked, sentence
from radiary.state.paper_facts import ConfirmedValue

FOLDER = "values"
"""Where the tables for other programs lie, beside the page."""
_EVENT = marked("Blood analysis")
STOPPED = sentence(
    "A series of values that you released is not shown: a word in it would tell who it is about. Correct its name in "
    "`radiary review`, or keep it private."
)


@dataclass(frozen=True)
class Released:
    """A series that she lets out, its days as her policy lets them be told; and whether into her site's data, too."""

    series: Series
    for_site: bool = False

    @property
    def name(self) -> str:
        """What it is called: the test, its unit, and the section where the paper names one."""
        series = self.series
        called = f"{series.section}: {series.name}" if series.section else series.name
        return f"{called} ({series.unit})" if series.unit else called

    @property
    def file(self) -> str:
        """The name of its table: it says nothing of the test."""
        return f"{self.series.code}.csv"

    @property
    def table(self) -> str:
        """Its values as a table for other programs."""
        return interchange.table([self.series])


@dataclass(frozen=True)
class ValueRow:
    """A value as the page's table shows it."""

    day: str
    words: str
    value: str
    range: str


@dataclass(frozen=True)
class SeriesView:
    """A series as a page shows it; `identity` is unique on the page."""

    identity: str
    name: str
    last: str
    chart: str
    rows: tuple[ValueRow, ...]
    link: str
    person: str
    has_range: bool


def allowed(released: Iterable[Released], may_show: Callable[[str], bool]) -> tuple[list[Released], str | None]:
    """Those in which nobody is named, and what is to be said of others."""
    released = list(released)
    shown = [one for one in released if may_show(f"{one.name}\n{one.table}")]
    return shown, None if len(shown) == len(released) else STOPPED


def at_their_days(story: Story, released: Iterable[Released]) -> Story:
    """The story with each value at its day; a day without a paper has one event more."""
    lines: dict[str, list[str]] = {}
    for released_series in released:
        for point in released_series.series.points:
            if point.value.day:
                lines.setdefault(str(point.value.day), []).append(_line(released_series, point.value))
    kinds: dict[str, list[str]] = {}
    for day, kind in story.papers:
        kinds.setdefault(day, []).append(kind)
    missing = tuple((day, _EVENT) for day in lines if _EVENT not in kinds.get(day, ()))
    return replace(story, papers=story.papers + missing, values={day: tuple(ones) for day, ones in lines.items()})


def views(released: Iterable[Released], language: Language, *, shows_people: bool) -> tuple[SeriesView, ...]:
    """The series as the page shows them."""
    return tuple(_view(one, language, shows_people=shows_people) for one in released)


def site_data(released: Iterable[Released], language: Language) -> list[dict[str, object]]:
    """What her site's data says of series: their points, and the chart ready to be put into a page."""
    return [
        {
            "name": one.series.name,
            "section": one.series.section,
            "unit": one.series.unit,
            "chart": _chart(one, language),
            "points": [_data(point.value) for point in one.series.points],
        }
        for one in released
        if one.for_site
    ]


def printed(value: ConfirmedValue) -> str:
    """A value as it is printed, with its flag."""
    return f"{_plain(value)} {value.flag}".strip()


def _plain(value: ConfirmedValue) -> str:
    return f"{value.comparator}{value.number:f}" if value.number is not None else value.word


def _line(released: Released, value: ConfirmedValue) -> str:
    unit = f" {released.series.unit}" if released.series.unit and value.number is not None else ""
    bounds = f" [{value.range}]" if value.range else ""
    called = f"{released.series.section}: {released.series.name}" if released.series.section else released.series.name
    flag = f" {value.flag}" if value.flag else ""
    return f"{called}: {_plain(value)}{unit}{flag}{bounds}"


def _view(released: Released, language: Language, *, shows_people: bool) -> SeriesView:
    values = [point.value for point in released.series.points]
    last = values[-1]
    said = [printed(last), language.short_day(str(last.day)) if last.day else ""]
    return SeriesView(
        identity=f"v{released.series.code}",
        name=released.name,
        last=", ".join(filter(None, said)),
        chart=_chart(released, language),
        rows=tuple(_row(value, language, hours=_hours(values)) for value in values),
        link=f"{FOLDER}/{released.file}",
        person=released.series.person if shows_people else "",
        has_range=any(value.range for value in values),
    )


def _row(value: ConfirmedValue, language: Language, *, hours: Collection[date]) -> ValueRow:
    when = _when(value, language, hours) if value.day else language.say("Without a date")
    return ValueRow(str(value.day or ""), when, value=printed(value), range=value.range)


def _hours(values: Iterable[ConfirmedValue]) -> set[date]:
    """The days of several samples, which their hours tell apart."""
    days = Counter(value.day for value in values)
    return {day for day, number in days.items() if day and number > 1}


def _when(value: ConfirmedValue, language: Language, hours: Collection[date]) -> str:
    return f"{language.short_day(str(value.day))} {value.time if value.day in hours else ''}".strip()


def _chart(released: Released, language: Language) -> str:
    """Drawn of what has a number and a day; the range as a band where one is printed."""
    values = [point.value for point in released.series.points if point.value.number is not None and point.value.day]
    hours, unit = _hours(values), released.series.unit
    marks = [_mark(value, value.number, unit, when=_when(value, language, hours)) for value in values if value.number is not None]
    if not marks:
        return ""
    bounds = _bounds(values)
    ends = language.short_day(marks[0].day), language.short_day(marks[-1].day)
    says = _says(marks, ends, language)
    if bounds is not None:
        says += " " + language.say("The band is the printed range, %(range)s.", range=next(v.range for v in values if v.range))
    drawn = chart.Range(*(None if side is None else float(side) for side in bounds)) if bounds else None
    return chart.drawn(marks, drawn, name=released.name, says=says, identity=f"c{released.series.code}", ends=ends)


def _says(marks: Sequence[ChartPoint], ends: tuple[str, str], language: Language) -> str:
    """The chart in a sentence."""
    many = language.count("%(number)s value", "%(number)s values", len(marks))
    lowest, highest = min(marks, key=lambda one: one.number), max(marks, key=lambda one: one.number)
    if len(marks) == 1:
        return f"{many}: {marks[0].text}."
    return language.say(
        "%(values)s from %(first)s to %(last)s. Lowest: %(low)s. Highest: %(high)s.",
        values=many, first=ends[0], last=ends[1], low=lowest.text, high=highest.text,
    )  # fmt: skip


def _mark(value: ConfirmedValue, number: Decimal, unit: str, *, when: str) -> ChartPoint:
    text = f"{printed(value)} {unit}".strip()
    return ChartPoint(str(value.day), float(number), text=f"{text}, {when}", is_bound=bool(value.comparator))


def _bounds(values: Collection[ConfirmedValue]) -> tuple[Decimal | None, Decimal | None] | None:
    """The range where the papers print one, and but one."""
    known = {(value.low, value.high) for value in values if value.range}
    return next(iter(known)) if len(known) == 1 and known != {(None, None)} else None


def _data(value: ConfirmedValue) -> Mapping[str, object]:
    number = None if value.number is None else float(value.number)
    told = {"date": str(value.day or ""), "printed": printed(value), "value": number, "comparator": value.comparator}
    return told | {"word": value.word, "flag": value.flag, "range": value.range}
