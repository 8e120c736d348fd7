"""The chronicle as pages: they open from the disk, ask no server for anything, and print."""

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

from radiary.chronicle import overview, words
from radiary.chronicle.chapters import Chapter, DayEntry
from radiary.chronicle.day_view import DayView, short
from radiary.chronicle.joined_story import Band
from radiary.chronicle.own_days import moment
from radiary.chronicle.released_values import SeriesView
from radiary.language import ENGLISH, Language, unbroken

if TYPE_CHECKING:
    from jinja2 import Template

FIRST = "index.html"
_CLOSED, _OPENED = '<details name="day">', '<details name="day" open>'
_Any = TypeVar("_Any")
_TITLES = 160
"""Characters of a day's titles that are searched on another page than its own."""


@dataclass(frozen=True)
class PageFrame:
    """What stands around the days."""

    language: Language = ENGLISH
    title: str = ""
    """What she calls her chronicle; empty for its plain name."""
    notes: tuple[str, ...] = ()
    bands: tuple[Band, ...] = field(default=())
    values: tuple[SeriesView, ...] = ()
    """Series of values that she released."""
    is_newest_first: bool = False


def entry(day: DayView, language: Language) -> DayEntry:
    """A day, ready to be put on a page."""
    html = _template("day.html.j2").render(day=day, say=language.say)
    titles = " · ".join(event.title for event in day.events if event.title)[:_TITLES]
    tags = "\n".join(day.kinds), "\n".join(day.parts), "\n".join(day.threads)
    return DayEntry(day.date, html, found=(_json(day.date), _json([titles, *tags])[1:-1]), tags=tags)


def first(frame: PageFrame, days: Sequence[DayEntry], chapters: Sequence[Chapter]) -> str:
    """The page that one opens: the newest days, and the way to those before them."""
    say = frame.language.say
    every = [one for chapter in chapters for one in chapter.entries] + list(days)
    dates = [one.date for one in every if one.date]
    newest = max((one.date for one in days), key=_in_time, default="")
    return _page(
        frame,
        heading=frame.title or say("Chronicle"),
        lead=_lead(dates, len(every), frame.language),
        notes=frame.notes,
        overview=overview.drawn(dates, frame.bands),
        values=frame.values,
        days=_html(_in_order(days, frame), newest),
        filters=_filters(every, frame.language),
        chapters=[
            (year, [{"file": file_of(one), "text": _link(one, frame.language)} for one in group])
            for year, group in groupby(_in_order(chapters, frame), lambda one: one.name[:4])
        ],
        elsewhere=_index(chapters) if chapters else "",
    )


def chapter(frame: PageFrame, chapter: Chapter) -> str:
    """The page of a year, or of a month."""
    month = f"{frame.language.month(chapter.name)} {chapter.name[:4]}" if len(chapter.name) > 4 else chapter.name
    dates = [entry.date for entry in chapter.entries]
    return _page(
        frame,
        heading=month[:1].upper() + month[1:],
        lead=_lead(dates, len(dates), frame.language),
        days=_html(_in_order(chapter.entries, frame), ""),
        filters=_filters(chapter.entries, frame.language),
        home=FIRST,
    )


def file_of(chapter: Chapter) -> str:
    """What the page of a chapter is called."""
    return f"chronicle-{chapter.name}.html"


def _page(frame: PageFrame, **values: Any) -> str:
    order = "newest" if frame.is_newest_first else "oldest"
    nothing = {"values": (), "notes": (), "overview": "", "chapters": (), "elsewhere": "", "home": ""}
    own = {"style": _resource("page.css"), "script": _resource("page.js"), "order": order}
    return _template("page.html.j2").render(**(nothing | own | values), language=frame.language, say=frame.language.say)


def _in_time(date: str) -> tuple[bool, str]:
    """The order of days: one in words is at no time that is known."""
    return bool(moment(date)), date


def _lead(dates: Sequence[str], count: int, language: Language) -> str:
    if not count:
        return language.say("Nothing yet. Drop an export into the watched folder, and its day appears here.")
    many = language.count("%(number)s day", "%(number)s days", count)
    days = [date for date in dates if moment(date)]
    if len(days) < 2:
        return many
    day = language.short_day
    return language.say("%(days)s, from %(first)s to %(last)s", days=many, first=day(min(days)), last=day(max(days)))


def _in_order(days: Sequence[_Any], frame: PageFrame) -> Sequence[_Any]:
    """As her file has them."""
    return days[::-1] if frame.is_newest_first else days


def _html(days: Iterable[DayEntry], opened: str) -> str:
    return "\n".join(one.html.replace(_CLOSED, _OPENED, 1) if one.date == opened else one.html for one in days)


def _filters(days: Iterable[DayEntry], language: Language) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What can be chosen, by name and label: each value with its words."""
    tags = list(zip(*(one.tags for one in days), strict=True)) or [(), (), ()]
    kinds, parts, threads = ({value for tag in dict.fromkeys(ones) for value in tag.split("\n") if value} for ones in tags)
    return [
        ("kind", language.say("Kind"), sorted(((one, words.kind(one, language)) for one in kinds), key=lambda one: one[1])),
        ("part", language.say("Part"), sorted(((one, language.say(one)) for one in parts), key=lambda one: one[1])),
        ("thread", language.say("Thread"), [(one, short(one)) for one in sorted(threads)]),
    ]


def _link(chapter: Chapter, language: Language) -> str:
    days = language.count("%(number)s day", "%(number)s days", len(chapter.entries))
    return f"{language.month(chapter.name)} ({len(chapter.entries)})" if len(chapter.name) > 4 else days


def _index(chapters: Sequence[Chapter]) -> str:
    """What the search finds on other pages, as JSON."""
    named = [(_json(file_of(one)), one.entries) for one in chapters]
    rows = [f"[{entry.found[0]},{file},{entry.found[1]}]" for file, entries in named for entry in entries]
    return f"[{','.join(rows)}]"


def _json(data: object) -> str:
    """As JSON that ends no script."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("\u2028", " ")


def _digest(text: str) -> str:
    """How a policy names what may stand in the page (CSP 3, section 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _resource(name: str) -> str:
    return resources.files("radiary.chronicle").joinpath(name).read_text(encoding="utf-8").strip()


@cache
def _template(name: str) -> "Template":
    from jinja2 import Environment, StrictUndefined  # here: most commands write no page

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["digest"], environment.filters["unbroken"] = _digest, unbroken
    return environment.from_string(resources.files("radiary.chronicle").joinpath(name).read_text(encoding="utf-8"))
