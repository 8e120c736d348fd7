"""Story → site data in the person's own form, by inserting text: no line that stands there is ever rewritten.

A YAML library finds line numbers, and once more to verify that nothing but the addition changed; it never writes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from radiary.chronicle.story import Exam, Story
from radiary.chronicle.yaml_days import (
    Days,
    MappingNode,
    Node,
    NotMergeable,
    SequenceNode,
    composed,
    date_of,
    events_of,
    images_of,
    read,
)
from radiary.chronicle.yaml_passages import SiteData

Dated = tuple[str, Exam]


@dataclass(frozen=True)
class Addition:
    """The file's new text, the exams that are in it now, and why others are not."""

    text: str
    exams: tuple[tuple[str, Exam], ...]
    note: str | None


def added(site: SiteData, story: Story, known: frozenset[str]) -> Addition:
    """Insert every dated exam that is not `known` (by study UID). Raises NotMergeable when nothing can be added at all.

    All at once, and where that cannot be, one by one, so that a day which cannot be added to keeps no other one waiting.
    """
    wanted = [
        (day.date, exam) for day in story.days for exam in day.exams if day.date and exam.pictures and exam.study not in known
    ]
    try:
        return Addition(site.mark + _with_all(site, wanted), tuple(wanted), None)
    except NotMergeable:
        text = site.text
        exams, note = [], None
        for one in wanted:
            try:
                text = _with_exams(text, read(text), [one], newline=_newline(text))
                exams.append(one)
            except NotMergeable as error:
                note = str(error)
        return Addition(site.mark + text, tuple(exams), note)


def _with_all(site: SiteData, exams: Sequence[Dated]) -> str:
    """The text with exams; only the passages in which they belong are touched, and read again."""
    pieces, done, newline = [], 0, _newline(site.text)
    for start, end, dates in site.excerpts({date for date, _ in exams}):
        here = [one for one in exams if one[0] in dates]
        pieces += [site.text[done:start], _with_exams(site.text[start:end], site.days(start, end), here, newline=newline)]
        done = end
    return "".join([*pieces, site.text[done:]])


def _newline(text: str) -> str:
    """How lines end in a file; a passage of it may be a single line that does not."""
    return "\r\n" if "\r\n" in text else "\n"


def _with_exams(text: str, before: Days, exams: Sequence[Dated], *, newline: str) -> str:
    """The text with exams, but those that a run which was cut short put there. Raises NotMergeable rather than change more."""
    events: dict[str, list[dict[str, Any]]] = {}
    for day in before:
        events.setdefault(date_of(day), []).extend(events_of(day))
    new = [(date, exam) for date, exam in exams if not any(_is_ours(event, exam) for event in events.get(date, []))]
    if not new:
        return text
    after = _inserted(text, [date_of(day)[:10] for day in before], new, newline=newline)
    if _plain(_without(read(after), new)) != _plain(before):
        dates = " and ".join(sorted({date for date, _ in new}))
        raise NotMergeable(f"The exam of {dates} could not be added without changing what stands there; it was left alone.")
    return after


def _is_ours(event: dict[str, Any], exam: Exam) -> bool:
    return not {picture.name for picture in exam.pictures}.isdisjoint(images_of(event))


def _without(days: Days, exams: Sequence[Dated]) -> Days:
    """The days without the exams' events, and without a day when nothing else is in it."""
    ours: dict[str, list[Exam]] = {}
    for date, exam in exams:
        ours.setdefault(date, []).append(exam)
    kept = []
    for day in days:
        mine = ours.get(date_of(day), [])
        if any(_is_ours(event, exam) for event in events_of(day) for exam in mine):
            events = [one for one in day["events"] if not (isinstance(one, dict) and any(_is_ours(one, exam) for exam in mine))]
            if events or set(day) != {"date", "events"}:
                kept.append({**day, "events": events})
        else:
            kept.append(day)
    return kept


def _plain(days: Days) -> list[Any]:
    """What the days mean, for comparing: line breaks at the end of text, and how an empty day is written, do not count."""
    plain = [_trimmed({"events": None, **day, "date": date_of(day)}) for day in days]
    return [day for day in plain if day["events"] or len(day) > 2]


def _trimmed(value: Any) -> Any:
    if isinstance(value, str):
        return value.rstrip()
    if isinstance(value, list):
        return [_trimmed(one) for one in value]
    return {key: _trimmed(one) for key, one in value.items()} if isinstance(value, dict) else value


def _inserted(text: str, dates: Sequence[str], exams: Sequence[Dated], *, newline: str) -> str:
    """The text with more events, each on its day or on a new day in ascending order; `dates` are those of its days.

    A missing last newline stays missing.
    """
    ended = not text or text.endswith("\n")
    whole = text if ended else text + newline
    lines = whole.splitlines(keepends=True)
    root = composed(whole)
    days = root.value if isinstance(root, SequenceNode) else []
    if isinstance(root, SequenceNode) and root.flow_style:
        if days:
            raise NotMergeable("The chronicle is written in YAML's flow style, which cannot be added to; it was left alone.")
        lines[root.start_mark.line] = lines[root.start_mark.line].replace("[]", "", 1).lstrip(" ")
    column = root.start_mark.column if isinstance(root, SequenceNode) and days else 0
    places = [
        (*_place(lines, list(zip(dates, days, strict=True)), column, date, [exam for _, exam in group]), date)
        for date, group in groupby(sorted(exams, key=itemgetter(0)), key=itemgetter(0))
    ]
    grown, done = [], 0
    for at, block, _ in sorted(places, key=lambda one: (one[0], one[2])):
        grown += [*lines[done:at], *(line.replace("\n", newline) for line in block)]
        done = at
    changed = "".join([*grown, *lines[done:]])
    return changed if ended else changed.removesuffix(newline)


def _place(
    lines: list[str], days: Sequence[tuple[str, MappingNode]], indent: int, date: str, exams: Sequence[Exam]
) -> tuple[int, list[str]]:
    """Before which line to insert what; empties an `events` that holds nothing."""
    for day, node in days:
        if day == date:
            keys = {key.value: (key, value) for key, value in node.value}
            return _on_day(lines, node, keys.get("events"), date, exams)
        if day > date:
            return node.start_mark.line, _day(indent, date, exams)
    return _end(lines, len(lines)), _day(indent, date, exams)


def _on_day(
    lines: list[str], day: MappingNode, events: tuple[Node, Node] | None, date: str, exams: Sequence[Exam]
) -> tuple[int, list[str]]:
    column = day.start_mark.column
    if events is None:
        return _end(lines, day.end_mark.line), [f"{' ' * column}events:\n", *_entries(column + 2, date, exams)]
    key, value = events
    if isinstance(value, SequenceNode) and value.value and not value.flow_style:
        return _end(lines, value.end_mark.line), _entries(value.start_mark.column, date, exams)
    line = key.start_mark.line
    before, colon, rest = lines[line].partition("events:")
    nothing = re.fullmatch(r"[ \t]*(?:\[\s*\]|~|null)?((?:\s+#[^\n]*)?\s*)", rest)
    if not colon or nothing is None:
        raise NotMergeable(f"The chronicle's `events` on line {line + 1} cannot be added to; it was left alone.")
    lines[line] = f"{before}events:{nothing.group(1)}"
    return line + 1, _entries(column + 2, date, exams)


def _end(lines: list[str], line: int) -> int:
    """Step back over blank lines and comments of the margin, so that an insertion stands right behind what it follows."""
    while line and (not lines[line - 1].strip() or lines[line - 1].startswith(("#", "..."))):
        line -= 1
    return line


def _day(indent: int, date: str, exams: Sequence[Exam]) -> list[str]:
    space = " " * indent
    return [f"{space}- date: {date}\n", f"{space}  events:\n", *_entries(indent + 4, date, exams)]


def _entries(column: int, date: str, exams: Sequence[Exam]) -> list[str]:
    space, lines = " " * column, []
    for exam in exams:
        images = ", ".join(f'"{picture.name}"' for picture in exam.pictures)
        lines += [f'{space}- title: "{exam.title}"\n', f'{space}  folder: "{date}"\n', f"{space}  images: [{images}]\n"]
    return lines
